"""What stands before every request of the web application."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute
from selectolax.lexbor import LexborHTMLParser

from tests.served import ROOT, free_port
from tests.web import Web, serving_folder
from vanmach.serving import is_loopback
from vanmach.web import access
from vanmach.web.access import local, shown_name
from vanmach.web.pages import pages
from vanmach.web.pages_changes import pages_changes
from vanmach.web.pages_queries import pages_queries
from vanmach.web.rates import Buckets, Rate
from vanmach.web.running import bound

PASSWORD = "mật khẩu số 1"
_POSTED = re.compile(r'method="post"(?:[^>{]|\{\{.*?\}\})*>(.{30})', re.DOTALL)
CYPHER = {"cypher": "RETURN 1 AS one"}


@pytest.fixture(scope="module")
def web(workspace: Path) -> Iterator[Web]:
    with serving_folder(workspace) as web:
        yield web


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Web]:
    with serving_folder(tmp_path / "workspace", PASSWORD) as web:
        yield web


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "", "127.0.0.1.evil.example", "localhost.evil"])
def test_another_name_is_no_name_of_this_machine(web: Web, host: str) -> None:
    assert web.get("/api/v1/queries", host=host).status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "192.0.2.7"])
def test_its_own_names_and_addresses_are(web: Web, host: str) -> None:
    assert web.get("/api/v1/queries", host=host).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_another_sites_page_writes_nothing(web: Web, headers: dict[str, str]) -> None:
    answer = web.post("/cypher", CYPHER, headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "ForeignOrigin")


def test_a_page_of_its_own_and_a_program_may(web: Web) -> None:
    own = {"origin": web.url, "sec-fetch-site": "same-origin"}
    assert [web.post("/cypher", CYPHER, headers).status_code for headers in (own, {})] == [200, 200]


@pytest.mark.parametrize("path", ["/api/v1/collection", "/api/v1/documents/none", "/nothing"])
def test_every_answer_has_the_headers(web: Web, path: str) -> None:
    headers = web.get(path).headers
    assert "'unsafe" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_too_much_is_refused_before_it_is_read(web: Web) -> None:
    answer = web.client.post("/api/v1/cypher", content=b"x" * 100_000, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (413, "TooLarge")


def test_too_much_that_does_not_say_so_is_cut_off(web: Web) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b'{"cypher": "' + b" " * 1_000

    answer = web.client.post("/api/v1/cypher", content=chunks(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (413, "TooLarge")


def test_a_body_that_does_not_come_is_given_up(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanmach.web.security._PAUSE", 0.3)
    with socket.create_connection(("127.0.0.1", web.port)) as slow:
        slow.sendall(
            f"POST /api/v1/cypher HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nContent-Type: application/json\r\n"
            "Content-Length: 100\r\n\r\n{".encode()
        )
        slow.settimeout(20)
        assert slow.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_request_whose_headers_do_not_come_is_given_up(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanmach.web.running.IMPATIENCE", 0.3)
    for begun in (b"", b"GET / HT", f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nX-Slow: ".encode()):
        with socket.create_connection(("127.0.0.1", web.port)) as slow:
            slow.sendall(begun)
            slow.settimeout(20)
            assert slow.recv(100) == b""
    assert web.get("/api/v1/queries").status_code == 200


def test_many_slow_clients_leave_the_others_served(web: Web) -> None:
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(socket.create_connection(("127.0.0.1", web.port))).sendall(b"GET / HT")
        assert web.get("/api/v1/queries").status_code == 200


def test_no_answer_waits_for_the_receipt_of_its_first_part() -> None:
    with bound("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_bucket_fills_again() -> None:
    buckets = Buckets(Rate(at_once=2, a_second=1000))
    assert [buckets.take("a") for _ in range(2)] == [0, 0]
    slow = Buckets(Rate(at_once=2, a_second=0.001))
    assert [slow.take("a") > 0 for _ in range(3)] == [False, False, True]
    assert slow.take("b") == 0


def test_without_the_password_nothing_is_told(locked: Web) -> None:
    assert locked.get("/api/v1/collection").status_code == 401
    assert locked.get("/api/v1/openapi.json").status_code == 401
    page = locked.get("/documents/x?lang=en")
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/documents/x%3Flang%3Den&lang=en")
    assert locked.get("/documents?text=a&lang=x").headers["location"] == "/login?next=/documents%3Ftext%3Da%26lang%3Dx"


def test_the_login_offers_nothing_that_is_behind_it(locked: Web) -> None:
    page = LexborHTMLParser(locked.get("/login").text)
    assert [link.attributes["href"] for link in page.css("header a")] == ["/", "/login?lang=en"]
    assert [form.attributes["action"] for form in page.css("form")] == ["/login"]


def test_who_mistypes_the_password_need_not_type_the_name_again(locked: Web) -> None:
    answer = locked.send("/login", "/login", {"name": "Mai <b>", "password": "wrong password"})
    assert answer.status_code == 403
    name = LexborHTMLParser(answer.text).css_first("#name")
    assert name is not None
    assert name.attributes["value"] == "Mai <b>"


@pytest.mark.parametrize(
    ("given", "goes"),
    [("/agencies", "/agencies"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("http://evil.example", "/"),
     ("javascript:alert(1)", "/"), ("/a\r\nSet-Cookie: x", "/"), ("", "/")],
)  # fmt: skip
def test_after_the_login_one_stays_here(given: str, goes: str) -> None:
    assert local(given) == goes


def test_a_name_is_one_short_line() -> None:
    assert shown_name("  Nguyễn\tThị\n<b>Mai</b>\x00 ") == "Nguyễn Thị <b>Mai</b>"
    assert len(shown_name("x" * 1000)) == 80


@pytest.mark.parametrize(
    ("host", "expected"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)]
)
def test_loopback_is_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_forged_session_is_none(locked: Web) -> None:
    forged = "vanmach_session=eyJuYW1lIjogIm1haSJ9.aaaa.bbbb"
    assert locked.get("/api/v1/collection", cookie=forged).status_code == 401


def logged_in(web: Web, password: str) -> int:
    """The status of an attempt to log in."""
    form = {"name": "Nguyễn Thị Mai", "password": password, "next": "/agencies"}
    answer = web.send("/login", "/login", form)
    if answer.status_code == 303:
        assert answer.headers["location"] == "/agencies"
    return answer.status_code


def test_the_password_opens_until_one_logs_out(locked: Web) -> None:
    assert logged_in(locked, "falsch falsch") == 403
    assert locked.get("/api/v1/collection").status_code == 401
    assert logged_in(locked, PASSWORD) == 303
    assert locked.get("/api/v1/collection").status_code == 200
    assert "Đăng xuất" in locked.get("/").text
    cookie = next(iter(locked.client.cookies.jar))
    assert cookie.has_nonstandard_attr("httponly")
    assert cookie.get_nonstandard_attr("samesite") == "lax"
    assert locked.send("/", "/logout").status_code == 303
    assert locked.get("/api/v1/collection").status_code == 401


FORMS = sorted(
    route.path
    for router in (pages, pages_changes, pages_queries)
    for route in router.routes
    if isinstance(route, APIRoute) and "POST" in route.methods
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("token", [None, "", "falsch", "đ"], ids=str)
def test_a_form_without_the_sessions_token_does_nothing(web: Web, form: str, token: str | None) -> None:
    assert web.get("/corrections").status_code == 200
    filled = form.format(number=1, document="d", task="d", things="documents", id_="d")
    # what else a form needs is there: only the token is missing
    fields = {"relation": "x", "target": "x", "place": "x", "agency": "x", "role": "chủ trì", "other": "x"}
    sent = fields if token is None else {**fields, "token": token}
    files = [("files", ("a.txt", b"x"))] if form == "/add" else None
    answer = web.client.post(filled, data=sent, files=files)
    assert (answer.status_code, "Hãy tải lại trang rồi gửi lần nữa" in answer.text) == (403, True)


def test_the_token_of_another_session_is_none_of_this_one(web: Web) -> None:
    with httpx.Client(base_url=web.url, trust_env=False) as other:
        (token,) = re.findall(r'name="token" value="([^"]+)"', other.get("/login").text)
        assert other.post("/logout", data={"token": token}).status_code == 303
    web.get("/login")
    assert web.client.post("/logout", data={"token": token}).status_code == 403


def test_a_login_begins_a_session_with_a_token_of_its_own(locked: Web) -> None:
    before = re.findall(r'name="token" value="([^"]+)"', locked.get("/login").text)[0]
    assert logged_in(locked, PASSWORD) == 303
    assert before not in locked.get("/").text
    assert locked.client.post("/logout", data={"token": before}).status_code == 403


def test_every_form_that_changes_something_has_the_token() -> None:
    templates = Path(access.__file__).parent / "templates"
    forms = [
        (path.name, form) for path in templates.glob("*.html") for form in _POSTED.findall(path.read_text("utf-8"))
    ]
    assert len(forms) >= len(FORMS)
    assert [name for name, form in forms if not form.startswith('{% include "token.html" %}')] == []


def test_the_password_is_not_tried_too_often(locked: Web) -> None:
    tries = [logged_in(locked, "wrong password") for _ in range(6)]
    assert tries == [403] * 5 + [429]
    assert logged_in(locked, PASSWORD) == 429


def test_the_command_serves_until_it_is_ended(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "vanmach", "serve", "--port", str(port), "-w", str(tmp_path / "workspace")]
    environment = {name: value for name, value in os.environ.items() if name != "VANMACH_SERVE_PASSWORD"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "building the graph of the stored records …\n"  # it is a new workspace
        assert process.stderr.readline() == f"open http://127.0.0.1:{port}/ in a browser; Ctrl-C ends it\n"
        assert httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.stderr.read() == "stopped\n"
        assert process.wait(30) == 0
