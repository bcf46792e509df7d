"""The pages of `vanmach serve`: what they show, in what language, in what order; and as files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from graph.bolt import BoltStore
from graph.read_back import read_back
from queries.parameters import words
from tests.conftest import Neo4jAddress
from tests.web import Web, copied, serving, serving_folder
from tests.web_page import data_in, page, texts
from vanmach.web import collection as collections
from vanmach.web import extents, interface, pages
from vanmach.web import words as web_words
from vanmach.web.collection import Collection
from vanmach.web.models import Fact
from vanmach.web.reading import segments
from vanmach.web.templating import drawn

DIRECTIVE = "21-CT/TW"
TABS = ["", "/text", "/tasks", "/targets", "/cascade", "/units", "/check", "/matrix", "/timeline"]


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("pages") / "workspace")) as web:
        yield web


def test_the_start_page_says_what_there_is(web: Web) -> None:
    found = page(web, "/")
    assert texts(found, ".numbers .Document strong") == ["22"]
    assert DIRECTIVE in texts(found, ".cards strong")
    assert texts(found, "tbody th") == ["trung ương", "tỉnh", "huyện", "xã"]


def test_what_is_counted_is_named_in_the_plural(web: Web) -> None:
    counted = [said.split(maxsplit=1)[1] for said in texts(page(web, "/?lang=en"), ".numbers li")]
    assert counted == ["Documents", "Agencies", "Tasks", "Targets"]
    page(web, "/?lang=vi")


def test_kinds_of_agencies_and_documents_are_told_in_the_readers_language(web: Web) -> None:
    vi, en = (web_words.words(language) for language in ("vi", "en"))
    assert [said.value("agency_kind", "sở") for said in (vi, en)] == ["sở", "department of a province"]
    assert [said.value("type", "Biên bản") for said in (vi, en)] == ["Biên bản", "Minutes (Biên bản)"]
    assert en.value("type", "Sổ tay") == "Sổ tay"
    shown = texts(page(web, "/agencies?text=ban%20thuong%20vu%20huyen&lang=en"), "td.agency_kind")
    assert set(shown) == {"standing committee"}
    page(web, "/?lang=vi")


def test_directives_beyond_the_first_are_folded(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = interface.collection_summary(web.collection)
    law = summary.directives[0].model_copy(update={"status": "cited", "symbol": None, "title": "Luật Đê điều"})
    many = [*summary.directives, *[law] * pages.SHOWN]
    monkeypatch.setattr(interface, "collection_summary", lambda of: summary.model_copy(update={"directives": many}))
    found = page(web, "/")
    assert DIRECTIVE in texts(found, "main > .cards strong")
    assert len(texts(found, "main > .cards strong")) == pages.SHOWN
    assert texts(found, "details > summary") == [f"{len(summary.directives)} văn bản gốc khác"]
    assert texts(found, "details a") == ["Luật Đê điều"] * len(summary.directives)


def test_search_leads_to_documents_and_agencies(web: Web) -> None:
    found = page(web, "/search?text=uy%20ban%20nhan%20dan%20huyen%20yen%20dung")
    links = {node.text(): node.attributes["href"] for node in found.css(".results a")}
    assert str(links["120/KH-UBND"]).startswith("/documents/120-kh-ubnd-")
    assert str(links["Ủy ban nhân dân huyện Yên Dũng"]).startswith("/agencies/")


@pytest.mark.parametrize("tab", TABS)
def test_every_page_of_a_document_leads_to_the_others(web: Web, tab: str) -> None:
    at = f"/documents/{web.document(DIRECTIVE)}"
    found = page(web, at + tab)
    assert texts(found, "h1") == [DIRECTIVE]
    assert len(found.css(".tabs a")) == 9
    assert [node.attributes["href"] for node in found.css('.tabs a[aria-current="page"]')] == [at + tab]


def test_the_text_has_every_fact_in_its_place(web: Web) -> None:
    id_ = web.document("120/KH-UBND")
    read, found = web.json(f"/documents/{id_}/text"), page(web, f"/documents/{id_}/text")
    shown = found.css_first("[data-text]").text()
    assert shown.strip() == read["text"].strip()
    marked = {int(n) for node in found.css("[data-text] mark") for n in str(node.attributes["data-facts"]).split()}
    assert marked == {fact["number"] for fact in read["facts"] if fact["end"]}
    first = found.css_first("[data-text] mark")
    assert "Tên cơ quan ban hành" in str(first.attributes["title"]) or first.attributes["title"]


def test_a_day_that_was_read_is_told_as_one(web: Web) -> None:
    found = texts(page(web, f"/documents/{web.document('120/KH-UBND')}/text"), ".facts .said a")
    assert {"05/10/2023", "31/03/2024"} <= set(found)


def fact(number: int, start: int, end: int) -> Fact:
    return Fact(
        number=number, kind="task", name="", value="", about={}, section="", start=start, end=end, rule="r",
        confidence=1.0, explanation_vi="", explanation_en="", within=None,
    )  # fmt: skip


def test_facts_that_overlap_are_all_marked() -> None:
    found = segments("abcdef", [fact(0, 0, 4), fact(1, 2, 6), fact(2, 2, 3), fact(3, 0, 0)])
    assert [(s.text, [f.number for f in s.facts], [f.number for f in s.begins]) for s in found] == [
        ("ab", [0], [0]), ("c", [2, 0, 1], [1, 2]), ("d", [0, 1], []), ("ef", [1], []),
    ]  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
def test_the_day_is_kept_on_the_way_from_page_to_page(web: Web, tab: str) -> None:
    found = page(web, f"/documents/{web.document(DIRECTIVE)}{tab}?as_of=2023-10-20")
    assert found.css_first("#as_of").attributes["value"] == "2023-10-20"
    assert "Như vào ngày 20/10/2023: văn bản ban hành sau ngày đó không được tính." in texts(found, "p.note")
    links = [str(a.attributes["href"]) for a in found.css("main a[href]") if "download" not in a.attributes]
    lead_on = [link for link in links if link.startswith(("/documents/", "/agencies/", "/tasks/"))]
    without = f"/documents/{web.document(DIRECTIVE)}{tab}"  # the link that leaves the day out
    assert len(lead_on) > 8
    assert [link for link in lead_on if "as_of=2023-10-20" not in link] == [without]


def test_a_table_of_a_day_is_filtered_and_taken_along_as_of_it(web: Web) -> None:
    at = f"/documents/{web.document(DIRECTIVE)}/units"
    found = page(web, f"{at}?as_of=2023-10-04")
    assert found.css_first('form[role="search"] input[name="as_of"]').attributes["value"] == "2023-10-04"
    (link,) = (str(a.attributes["href"]) for a in found.css(".downloads a") if a.text() == "JSON")
    rows = json.loads(web.get(link).text)
    assert 0 < len(rows) < len(json.loads(web.get(f"{at}.json").text))


def test_an_agency_has_on_a_day_what_it_had_then(web: Web) -> None:
    id_ = next(u["agency_id"] for u in web.json(f"/documents/{web.document(DIRECTIVE)}/units?limit=1000")["rows"]
               if u["agency"] == "Ủy ban nhân dân huyện Yên Dũng")  # fmt: skip
    before, after = (web.json(f"/agencies/{id_}?as_of={day}") for day in ("2023-10-04", "2023-10-05"))
    assert len(before["documents"]) + 1 == len(after["documents"])
    found = page(web, f"/agencies/{id_}/plans?as_of=2023-10-04")
    assert found.css_first("#as_of").attributes["value"] == "2023-10-04"
    assert all("as_of=2023-10-04" in str(a.attributes["href"]) for a in found.css("tbody a"))


def test_a_table_filters_sorts_and_turns_pages(web: Web) -> None:
    at = f"/documents/{web.document(DIRECTIVE)}/units"
    whole = page(web, at)
    assert len(whole.css("tbody tr")) == 100
    assert texts(whole, ".pages span") == ["Trang 1 / 3"]
    assert len(page(web, f"{at}?page=3").css("tbody tr")) == web.json(f"{at}?limit=1")["total"] - 200
    few = page(web, f"{at}?text=lao%20dong%20yen%20dung")
    assert 0 < len(few.css("tbody tr")) < 100
    assert all({"lao", "dong", "yen", "dung"} <= set(words(text)) for text in texts(few, "tbody tr"))
    up, down = (texts(page(web, f"{at}?sort={by}"), "tbody td.number") for by in ("tasks", "-tasks"))
    assert [int(n) for n in up] == sorted(int(n) for n in up)
    assert [int(n) for n in down] == sorted((int(n) for n in down), reverse=True)


def test_a_table_is_drawn_once_for_everybody(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(pages, "drawn", lambda table, said: made.append((said, table.order.page)) or drawn(table, said))
    at = f"/documents/{web.document(DIRECTIVE)}/units?sort=place"
    asked = [at, at, f"{at}&lang=en", f"{at}&lang=en", f"{at}&lang=vi&page=2", f"{at}&lang=vi"]
    shown = [texts(page(web, address), "tbody tr")[0] for address in asked]
    assert made == [("vi", 1), ("en", 1), ("vi", 2)]
    assert shown[0] == shown[1] == shown[5] != shown[4]


def test_a_column_without_a_value_is_not_shown_but_stands_in_the_file(web: Web) -> None:
    at = f"/documents/{web.document('120/KH-UBND')}/units"
    assert "Nay thuộc về" not in texts(page(web, at), "thead th")
    assert "Nay thuộc về" in texts(page(web, f"{at}?as_of=2025-08-01"), "thead th")
    assert "Nay thuộc về" in web.get(f"{at}.csv").content.decode("utf-8-sig").splitlines()[0]


def test_a_pages_table_has_the_place_below_the_agency_and_a_file_in_a_column(web: Web) -> None:
    at = f"/documents/{web.document(DIRECTIVE)}/check"
    found = page(web, at)
    assert "Địa bàn" not in texts(found, "thead th")
    assert "xã Yên Lư, huyện Yên Dũng, tỉnh Bắc Giang" in texts(page(web, f"{at}?text=yen lu yen dung"), "td .below")
    assert "Địa bàn" in web.get(f"{at}.csv").content.decode("utf-8-sig").splitlines()[0]


def test_a_deadline_is_not_said_twice_on_a_tasks_page(web: Web) -> None:
    tasks = web.json(f"/documents/{web.document('120/KH-UBND')}/tasks")["rows"]
    task = next(one for one in tasks if one["deadline"] == "2024-03-31")
    assert task["deadline_text"] in task["text"]
    found = page(web, f"/tasks/{quote(task['id'], safe='')}")
    assert "Thời hạn" in texts(found, "dt") and "Thời hạn (nguyên văn)" not in texts(found, "dt")


def test_what_a_header_says_is_told_in_the_readers_language(web: Web) -> None:
    found = page(web, f"/documents/{web.document('120/KH-UBND')}/text?lang=en")
    assert "Header: Level district" in texts(found, ".facts .said")
    page(web, "/?lang=vi")


def test_a_duty_names_its_document_where_that_has_no_symbol(web: Web) -> None:
    found = page(web, f"/agencies/{web.json('/agencies?text=phong lao dong tien lang')['rows'][0]['id']}")
    assert [name for name in texts(found, "td a[href^='/documents/']") if re.search(r"-[0-9a-f]{10}$", name)] == []


@pytest.mark.parametrize("asked", ["page=0", "page=-1", "page=99999999", "page=²", "sort=none", "sort=--", "text=%00"])
def test_an_order_that_is_none_is_no_error(web: Web, asked: str) -> None:
    page(web, f"/documents?{asked}")


def test_files_have_all_rows_in_the_order_asked_for(web: Web) -> None:
    at = f"/documents/{web.document(DIRECTIVE)}/units"
    asked = "?text=huyen%20yen%20dung&sort=-tasks"
    rows = json.loads(web.get(f"{at}.json{asked}").text)
    assert len(rows) > 20
    assert [row["tasks"] for row in rows] == sorted((row["tasks"] for row in rows), reverse=True)
    table = list(csv.DictReader(io.StringIO(web.get(f"{at}.csv{asked}").content.decode("utf-8-sig"))))
    assert [line["Cơ quan"] for line in table] == [row["agency"] for row in rows]
    answer = web.get(f"{at}.xlsx{asked}")
    assert answer.headers["content-disposition"] == 'attachment; filename="units.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = list(sheet.values)
    assert cells[0][:2] == ("Cơ quan", "Cấp")
    assert [line[0] for line in cells[1:]] == [row["agency"] for row in rows]


@pytest.mark.parametrize(
    "path",
    ["/documents.csv", "/agencies.xlsx", "/documents/{d}/matrix.csv", "/documents/{d}/check.json",
     "/documents/{d}/tasks.xlsx", "/documents/{d}/timeline.csv", "/documents/{d}/relations.csv"],
)  # fmt: skip
def test_every_table_can_be_had_as_a_file(web: Web, path: str) -> None:
    answer = web.get(path.format(d=web.document(DIRECTIVE)))
    assert (answer.status_code, len(answer.content) > 50) == (200, True)


@pytest.mark.parametrize(
    "path",
    ["/documents/none", "/agencies/none", "/tasks/none", "/documents.exe", "/none.csv", "/none", "/static/none.css",
     "/static/..%2Fwords.yaml", "/documents/none/view"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(web: Web, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 404
    assert "Không làm được" in answer.text


def test_english_is_chosen_by_the_address_and_stays(web: Web) -> None:
    with web.client.__class__(base_url=web.url, trust_env=False) as reader:
        assert '<html lang="vi">' in reader.get("/").text
        assert '<html lang="en">' in reader.get("/?lang=en").text
        assert "Documents" in reader.get("/agencies").text
        assert '<html lang="vi">' in reader.get("/?lang=vi").text


def test_words_are_there_in_both_languages() -> None:
    raw = yaml.safe_load((Path(web_words.__file__).parent / "words.yaml").read_text("utf-8"))
    entries = [(section, key, said) for section, found in raw.items() for key, said in found.items()]
    assert [entry for entry in entries if set(entry[2]) != {"vi", "en"} or not all(entry[2].values())] == []
    holes = re.compile(r"\{(\w+)\}")
    assert [key for _, key, said in entries if set(holes.findall(said["vi"])) != set(holes.findall(said["en"]))] == []


def test_while_the_graph_is_updated_a_page_says_so_and_comes_again(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "PATIENCE", 0.1)
    with web.collection._gate.shut():
        answer = web.get("/documents/not-asked-before")
    found = LexborHTMLParser(answer.text)
    assert (answer.status_code, "Đồ thị đang được cập nhật" in answer.text) == (503, True)
    assert found.css_first('meta[http-equiv="refresh"]').attributes["content"] == "5"
    assert web.get("/documents/not-asked-before").status_code == 404


@pytest.mark.neo4j
def test_the_pages_to_read_work_with_neo4j_behind_them(
    web: Web, neo4j_address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web.collection.reading() as store:
        graph = read_back(store)
    there = BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password)
    there.load(graph)
    with serving(Collection(there)) as other:
        document, agency = other.document(DIRECTIVE), other.json("/agencies?text=ubnd huyen yen dung")["rows"][0]["id"]
        tabs = [f"/documents/{document}{tab}" for tab in ("", "/tasks", "/cascade", "/view", "/units", "/check",
                                                         "/matrix", "/timeline", "/units.xlsx", "/text")]  # fmt: skip
        whole = ["/", "/picture", "/picture/view", "/search?text=giao+duc", "/ask/directives"]
        for path in [*whole, *tabs, f"/agencies/{agency}"]:
            assert (path, other.get(path).status_code) == (path, 200)
        for path in (f"/documents/{document}/units", f"/agencies/{agency}", "/collection"):
            ours, theirs = web.json(path), other.json(path)
            assert {**ours, "writable": None} == {**theirs, "writable": None}
        monkeypatch.setattr(extents, "MOST", 18)
        for path in ("/picture/view?level=huyện", "/picture/view?province=tỉnh Bắc Giang&as_of=2024-01-01"):
            assert sorted(data_in(web.get(path).text)[1:]) == sorted(data_in(other.get(path).text)[1:])
        assert other.get("/add").status_code == 409
        assert other.client.post("/api/v1/corrections", json={}).status_code in (409, 422)
