"""Adding documents and correcting facts in the browser: the graph follows without a restart, and nothing is harmed."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.workspace import Workspace
from tests.command import vanmach
from tests.web import Web, serving_folder
from tests.web_page import page, texts
from vanmach.web import uploads
from vanmach.web.collection import WorkspaceCollection
from vanmach.web.uploads import harmless

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN TÂN LẬP
Số: {number}/KH-UBND

Tân Lập, ngày 12 tháng 3 năm 2024

KẾ HOẠCH
Phát triển thư viện {what}

Thực hiện Kế hoạch số 9/KH-UBND ngày 02/02/2024 của UBND tỉnh Sông Lam, UBND huyện ban hành Kế hoạch như sau:

1. Phòng Văn hóa rà soát tủ sách, xong trước ngày 30/6/2024.
"""


def plan(number: int, what: str = "cơ sở") -> bytes:
    return PLAN.format(number=number, what=what).encode()


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(tmp_path_factory.mktemp("changes") / "workspace") as web:
        add(web, ("a.txt", plan(15)))
        yield web


def over(web: Web, change: dict[str, Any]) -> dict[str, Any]:
    """A change when it has ended."""
    until = time.monotonic() + 90
    while change["state"] not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.1)
        change = web.json(f"/changes/{change['id']}")
    return change


def add(web: Web, *files: tuple[str, bytes], place: str = "") -> dict[str, Any]:
    sent = [("files", (name, content)) for name, content in files]
    answer = web.client.post("/api/v1/ingests", files=sent, data={"place": place})
    assert answer.status_code == 202, answer.text
    return over(web, answer.json())


def correct(web: Web, **correction: Any) -> dict[str, Any]:
    answer = web.post("/corrections", correction)
    assert answer.status_code == 202, answer.text
    return over(web, answer.json())


def undo(web: Web, number: int) -> dict[str, Any]:
    return over(web, web.post(f"/corrections/{number}/undo", None).json())


def states(change: dict[str, Any]) -> list[tuple[str, str]]:
    return [(file["name"], file["state"]) for file in change["files"]]


def test_a_document_is_there_when_it_was_read(web: Web) -> None:
    before = web.json("/collection")["counts"]["Document"]
    assert "16/KH-UBND" not in web.get("/documents").text
    done = add(web, ("kế hoạch 16.txt", plan(16)))
    assert (done["state"], states(done)) == ("done", [("kế hoạch 16.txt", "read")])
    assert web.json(f"/documents/{done['files'][0]['document']}")["symbol"] == "16/KH-UBND"
    assert web.json("/collection")["counts"]["Document"] > before
    assert "16/KH-UBND" in web.get("/documents").text
    assert "tủ sách" in web.json(f"/documents/{done['files'][0]['document']}/text")["text"]


def test_each_file_says_what_became_of_it(web: Web) -> None:
    done = add(web, ("b.txt", plan(17)), ("empty.txt", b""), ("c.exe", b"MZ"), ("d.docx", b"PK\x03\x04 no zip"))
    told = dict(states(done))
    assert told == {"b.txt": "read", "empty.txt": "failed", "c.exe": "failed", "d.docx": "failed"}
    reasons = {file["name"]: file["message"] for file in done["files"]}
    assert "empty" in reasons["empty.txt"]
    assert ".docx" in reasons["c.exe"]
    assert reasons["d.docx"]
    assert not any("/" in reason.replace("—", "") for reason in (reasons["empty.txt"], reasons["d.docx"]))


def test_two_files_of_one_name_are_two_documents(web: Web) -> None:
    first, second = (add(web, ("same name.txt", plan(number)))["files"][0]["document"] for number in (18, 19))
    assert [web.json(f"/documents/{id_}")["status"] for id_ in (first, second)] == ["ingested", "ingested"]


def test_the_newer_file_of_a_document_takes_the_place_of_the_older(web: Web) -> None:
    titles = []
    for what in ("ở xã", "ở thôn", "ở bản"):
        done = add(web, (f"{what}.txt", plan(20, what)))
        assert states(done) == [(f"{what}.txt", "read")]
        titles.append(web.json(f"/documents/{done['files'][0]['document']}")["title"])
    assert titles == ["Phát triển thư viện ở xã", "Phát triển thư viện ở thôn", "Phát triển thư viện ở bản"]


def test_a_place_can_be_told_with_the_files(web: Web) -> None:
    text = plan(21).replace("HUYỆN TÂN LẬP".encode(), b"").replace("Tân Lập, ".encode(), b"")
    done = add(web, ("e.txt", text), place="tỉnh Sông Lam/huyện Tân Lập")
    assert web.json(f"/documents/{done['files'][0]['document']}")["place"] == "huyện Tân Lập, tỉnh Sông Lam"


def links(web: Web, symbol: str) -> set[tuple[str, str]]:
    relations = web.json(f"/documents/{web.document(symbol)}")["relations"]
    return {(r["relation"], r["symbol"]) for r in relations if r["direction"] == "out"}


def test_a_wrong_link_goes_is_written_down_and_comes_back(web: Web) -> None:
    id_ = web.document("15/KH-UBND")
    assert ("THUC_HIEN", "9/KH-UBND") in links(web, "15/KH-UBND")
    done = correct(web, kind="wrong_link", document=id_, relation="THUC_HIEN", target="9/KH-UBND")
    assert done["state"] == "done", done
    assert ("THUC_HIEN", "9/KH-UBND") not in links(web, "15/KH-UBND")
    (entry,) = [e for e in web.json("/corrections") if e["number"] == done["number"]]
    assert (entry["kind"], entry["undone_by"]) == ("wrong", None)
    assert entry["who"]
    assert entry["when"].startswith("20")
    written = yaml.safe_load((web.collection.folder / "corrections.yaml").read_text("utf-8"))
    assert written["said"][-1]["wrong"]["to"] == "9/KH-UBND"
    assert undo(web, done["number"])["state"] == "done"
    assert ("THUC_HIEN", "9/KH-UBND") in links(web, "15/KH-UBND")
    assert web.json("/corrections")[0]["undone_by"]


def test_two_agencies_become_one(web: Web) -> None:
    add(web, ("placed.txt", plan(22)), place="tỉnh Sông Lam/huyện Tân Lập")
    named = {a["name"]: a["id"] for a in web.json("/agencies?text=song lam&limit=1000")["rows"]}
    named |= {a["name"]: a["id"] for a in web.json("/agencies?text=van hoa tan lap")["rows"]}
    one, other = list(named.values())[:2]
    done = correct(web, kind="same", names=[one, other])
    assert done["state"] == "done", done
    left = [web.get(f"/api/v1/agencies/{id_}").status_code for id_ in (one, other)]
    assert sorted(left) == [200, 404]
    undo(web, done["number"])
    assert [web.get(f"/api/v1/agencies/{id_}").status_code for id_ in (one, other)] == [200, 200]
    (said, *_) = texts(page(web, "/corrections"), "li.undone")
    assert " · ".join(list(named)[:2]) in said
    assert re.search(r"đã bỏ: \S.*, \d\d/\d\d/\d{4} \d\d:\d\d UTC", said)


def test_a_plan_belongs_to_the_province_that_is_said(web: Web) -> None:
    id_ = web.document("15/KH-UBND")
    done = correct(web, kind="place", document=id_, place=["tỉnh Lai Châu", "huyện Tân Lập"])
    assert web.json(f"/documents/{id_}")["place"] == "huyện Tân Lập, tỉnh Lai Châu"
    undo(web, done["number"])
    assert web.json(f"/documents/{id_}")["place"] != "huyện Tân Lập, tỉnh Lai Châu"


def test_who_leads_a_task_is_corrected_and_that_undone(web: Web) -> None:
    task = f"{web.document('15/KH-UBND')}%231"

    def parts() -> list[tuple[str, str]]:
        return [(one["role"], one["agency"]) for one in web.json(f"/tasks/{task}")["agencies"]]

    (lead,) = web.json(f"/tasks/{task}")["agencies"]
    part = {"task": task.replace("%23", "#"), "agency": lead["agency_id"], "role": lead["role"]}
    done = correct(web, kind="wrong_part", **part, instead="phối hợp")
    assert parts() == [("phối hợp", lead["agency"])]
    written = yaml.safe_load((web.collection.folder / "corrections.yaml").read_text("utf-8"))["said"][-1]
    assert (written["assignments"]["task"], written["assignments"]["agency"]) == (
        "Phòng Văn hóa rà soát tủ sách, xong trước ngày 30/6/2024.", lead["agency"],
    )  # fmt: skip
    again = web.post("/corrections", {"kind": "wrong_part", **part})
    assert (again.status_code, "has not the part" in again.json()["title"]) == (404, True)
    undo(web, done["number"])
    assert parts() == [(lead["role"], lead["agency"])]


def issuer(web: Web, document: str) -> str:
    """The id of who issued a document; there are as many of the name as documents that do not tell its province."""
    named = web.json("/agencies?text=uy ban nhan dan huyen tan lap")["rows"]
    issued = {a["id"]: {d["id"] for d in web.json(f"/agencies/{a['id']}")["documents"]} for a in named}
    return next(id_ for id_, documents in issued.items() if document in documents)


def test_who_was_not_read_is_added_to_a_task_and_to_a_target_and_that_undone(web: Web) -> None:
    added = plan(22).decode() + "2. Đến năm 2025, tỷ lệ xã có thư viện đạt 80%.\n"
    document = add(web, ("targets.txt", added.encode()))["files"][0]["document"]
    agency = issuer(web, document)
    targets = [f for f in web.json(f"/documents/{document}/text")["facts"] if f["kind"] == "target"]
    for task in (f"{document}#1", targets[0]["about"]["id"]):
        done = correct(web, kind="missing_part", task=task, agency=agency, role="theo dõi")
        assert done["state"] == "done", done
        facts = web.json(f"/documents/{document}/text")["facts"]
        (part,) = [f for f in facts if f["rule"] == "correction"]
        assert (part["about"]["agency"], task in part["about"].values(), part["name"]) == (agency, True, "theo dõi")
        twice = web.post("/corrections", {"kind": "missing_part", "task": task, "agency": agency, "role": "theo dõi"})
        assert (twice.status_code, "already" in twice.json()["title"]) == (400, True)
        wrong = correct(web, kind="wrong_part", task=task, agency=agency, role="theo dõi")
        assert not [f for f in web.json(f"/documents/{document}/text")["facts"] if f["rule"] == "correction"]
        undo(web, wrong["number"])
        undo(web, done["number"])
    refused = web.post("/corrections", {"kind": "missing_part", "task": task, "agency": agency, "role": "phối hợp"})
    assert (refused.status_code, refused.json()["type"]) == (400, "QueryParameterError")


@pytest.mark.parametrize(
    ("correction", "status", "kind"),
    [
        ({"kind": "wrong_link", "document": "none", "relation": "THUC_HIEN", "target": "x"}, 404, "LookupFailed"),
        ({"kind": "wrong_link", "document": "none", "relation": "x", "target": "x"}, 400, "QueryParameterError"),
        ({"kind": "place", "document": "none", "place": ["x"]}, 404, "LookupFailed"),
        ({"kind": "wrong_part", "task": "x#1", "agency": "x", "role": "chủ trì"}, 404, "LookupFailed"),
        ({"kind": "wrong_part", "task": "../15#1", "agency": "x", "role": "chủ trì"}, 404, "LookupFailed"),
        ({"kind": "wrong_part", "task": "ậ" * 298 + "#1", "agency": "x", "role": "chủ trì"}, 404, "LookupFailed"),
        ({"kind": "missing_part", "task": "x#c1", "agency": "x", "role": "chủ trì"}, 404, "LookupFailed"),
        ({"kind": "wrong_part", "task": "none", "agency": "x", "role": "chủ trì"}, 404, "LookupFailed"),
        (
            {"kind": "wrong_part", "task": "x#1", "agency": "x", "role": "chủ trì", "instead": "chủ trì"},
            400,
            "QueryParameterError",
        ),
        ({"kind": "wrong_part", "task": "x#1", "agency": "x", "role": "sếp"}, 422, "InvalidRequest"),
        ({"kind": "same", "names": ["x", "x"]}, 400, "QueryParameterError"),
        ({"kind": "same", "names": ["x"]}, 422, "InvalidRequest"),
        ({"kind": "nothing"}, 422, "InvalidRequest"),
    ],
    ids=str,
)
def test_a_correction_of_nothing_is_refused(web: Web, correction: Any, status: int, kind: str) -> None:
    answer = web.post("/corrections", correction)
    assert (answer.status_code, answer.json()["type"]) == (status, kind)


def test_a_correction_that_cannot_be_leaves_everything_as_it_was(web: Web) -> None:
    path = web.collection.folder / "corrections.yaml"
    before = path.read_bytes() if path.exists() else None
    done = correct(web, kind="same", names=["no-such-thing-1a2b3c4d5e", "no-such-thing-5e4d3c2b1a"])
    assert (done["state"], "nothing has the name" in done["message"]) == ("failed", True)
    assert (path.read_bytes() if path.exists() else None) == before
    assert web.document("15/KH-UBND")
    assert undo(web, 10_000)["state"] == "failed"


HOSTILE = {
    "../../etc/passwd.txt": "passwd.txt", "..\\..\\win.txt": "win.txt", "/abs/olute.txt": "olute.txt",
    ".hidden.txt": "hidden.txt", "...": "van-ban", "": "van-ban", "a\x00b\r\n.txt": "ab.txt",
    "CON<>:\"|?*.txt": "CON.txt",
    "ke\u0302\u0301 hoa\u0323ch.txt": "kế hoạch.txt", "\u202egnp.txt": "gnp.txt", "\ud800.txt": "txt",
}  # fmt: skip


@pytest.mark.parametrize("told", HOSTILE, ids=lambda told: ascii(told))
def test_a_name_leads_nowhere_else(told: str) -> None:
    assert harmless(told) == HOSTILE[told]


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    cut = harmless("đ" * 500 + ".docx")
    assert cut.endswith(".docx")
    assert len(cut.encode()) <= 120


def test_an_upload_stays_in_its_folder(web: Web) -> None:
    add(web, ("../../../../evil.txt", plan(31)), ("..%2f..%2fevil2.txt", plan(32)))
    folder = web.collection.folder
    assert {path.name for path in folder.parent.iterdir()} == {folder.name}
    kept = [path for path in (folder / "uploads").rglob("*") if path.is_file()]
    assert {path.parent.parent for path in kept} == {folder / "uploads"}


def test_a_zip_bomb_is_refused_and_the_others_are_read(web: Web) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    done = add(web, ("bomb.docx", bomb.getvalue()), ("f.txt", plan(33)))
    assert dict(states(done)) == {"bomb.docx": "failed", "f.txt": "read"}


def test_a_file_that_is_too_large_is_refused(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1_000)
    done = add(web, ("g.txt", plan(34)), ("large.txt", b"x" * 2_000))
    assert dict(states(done)) == {"g.txt": "read", "large.txt": "failed"}
    assert list((web.collection.folder / "uploads").glob(".part-*")) == []


def test_an_upload_of_a_gigabyte_is_refused_at_once(web: Web) -> None:
    with socket.create_connection(("127.0.0.1", web.port)) as sender:
        sender.sendall(
            f"POST /api/v1/ingests HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nContent-Length: {1 << 30}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x".encode()
        )
        sender.settimeout(20)
        assert sender.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("content", "type_"),
    [(b"{}", "application/json"), (b"no form", "multipart/form-data"), (b"no form", "multipart/form-data; boundary=x"),
     (b"<xml/>", "text/xml"), (b"files=a", "application/x-www-form-urlencoded"),
     (b"", "multipart/form-data; boundary=")],
    ids=str,
)  # fmt: skip
def test_what_is_no_form_is_told_so(web: Web, content: bytes, type_: str) -> None:
    answer = web.client.post("/api/v1/ingests", content=content, headers={"content-type": type_})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_file_that_is_read_is_no_change(web: Web) -> None:
    answer = web.client.post("/api/v1/ingests", files=[("files", ("a.exe", b"MZ"))])
    assert (answer.status_code, answer.json()["type"]) == (400, "ReadError")


def test_the_pages_do_the_same(web: Web) -> None:
    id_ = web.document("15/KH-UBND")
    answer = web.send("/add", "/add", files=[("files", ("h.txt", plan(35)))])
    assert answer.status_code == 303
    watched, at = answer.headers["location"], f"/documents/{id_}"
    over(web, web.json(watched))
    assert "Đã xong" in web.get(watched).text
    form = {"relation": "THUC_HIEN", "target": "9/KH-UBND"}
    answer = web.send(f"/documents/{id_}/text", f"/documents/{id_}/wrong-link", form)
    done = over(web, web.json(answer.headers["location"]))
    assert f'action="/corrections/{done["number"]}/undo"' in web.get("/corrections").text
    answer = web.send("/corrections", f"/corrections/{done['number']}/undo")
    assert over(web, web.json(answer.headers["location"]))["state"] == "done"
    answer = web.send(at, f"{at}/place", {"place": "tỉnh Lai Châu/huyện Tân Lập"})
    assert over(web, web.json(answer.headers["location"]))["state"] == "done"
    form = {"agency": web.json(f"/tasks/{id_}%231")["agencies"][0]["agency_id"], "role": "thực hiện", "instead": ""}
    assert f'value="{form["agency"]}"' in web.get(f"/tasks/{id_}%231").text
    answer = web.send(f"/tasks/{id_}%231", f"/tasks/{id_}%231/wrong-part", form)
    assert over(web, web.json(answer.headers["location"]))["state"] == "done"
    assert "Không có ai" in web.get(f"/tasks/{id_}%231").text
    assert "thực hiện → không tham gia" in web.get("/corrections").text
    form = {"other": issuer(web, id_), "role": "chủ trì"}
    answer = web.send(f"/tasks/{id_}%231", f"/tasks/{id_}%231/part", form)
    assert over(web, web.json(answer.headers["location"]))["state"] == "done"
    assert "chủ trì" in web.get(f"/tasks/{id_}%231").text
    assert "máy không đọc được → chủ trì" in web.get("/corrections").text
    assert web.send(at, f"{at}/place", {"place": "/"}).status_code == 400
    assert web.send(at, f"{at}/same", {"other": "no such document"}).status_code == 404


def test_a_change_waits_until_the_workspace_is_open_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = WorkspaceCollection(tmp_path / "workspace")
    with collection.let_go() as shut:
        shut()
    opening, go_on, opened = threading.Event(), threading.Event(), Workspace.store

    def slowly(held: Workspace) -> Any:
        opening.set()
        go_on.wait(20)
        return opened(held)

    monkeypatch.setattr(Workspace, "store", slowly)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(lambda: collection.remembered("counts", lambda store: store.counts()))
        assert opening.wait(20)
        let_go = collection.let_go()
        begun = pool.submit(let_go.__enter__)
        time.sleep(0.2)
        go_on.set()
        assert asked.result(20).get("Document", 0) == 0
        begun.result(20)
        let_go.__exit__(None, None, None)
    collection.close()


def test_another_sites_page_changes_nothing(web: Web) -> None:
    number = len(web.json("/changes"))
    for path in ("/add", "/api/v1/ingests"):
        answer = web.client.post(
            path, files=[("files", ("z.txt", plan(40)))], headers={"origin": "http://evil.example"}
        )
        assert answer.status_code == 403
    assert len(web.json("/changes")) == number


def test_the_commands_read_what_was_added(web: Web, tmp_path: Path) -> None:
    with serving_folder(tmp_path / "workspace") as other:
        add(other, ("a.txt", plan(15)))
    found = vanmach("documents", "-w", tmp_path / "workspace", "--format", "json").json
    assert {document["symbol"] for document in found} == {"15/KH-UBND", "9/KH-UBND"}
