"""What the pages say when something does not work: in the language that is chosen, with the way to go on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from graph import errors
from graph.errors import VanmachError
from tests.web import Web, copied, serving_folder
from vanmach.web import error_words, running
from vanmach.web.error_words import in_words, told, told_line
from vanmach.web.security import POLICY

ROOT = Path(__file__).parent.parent
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "web_errors.yaml").read_text("utf-8"))
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, VanmachError)}

# what a page can come to; the rest is asked from the command line alone
SOURCES = [
    path
    for folder in ("graph", "queries", "ingest", "vanmach/web")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not {"rdf", "push.py", "serialise.py", "serving.py", "running.py", "profile.py", "sparql.py", "places.py",
            "header.py", "files.py", "model.py", "schema.py"} & {path.name, path.parent.name}
] + [ROOT / "viz" / "cascade.py"]  # fmt: skip

# an engine's own words: the page says what kind of error it is, and quotes them
OPAQUE = {("bolt.py", "said"), ("arcade.py", "text")}
# what a hole holds where the words depend on it
HELD = {
    ("lookup.py", "what"): ["document", "agency"],
    ("lookup.py", "_LISTS[what]"): ["`vanmach documents`", "`vanmach query agencies`"],
    ("extents.py", "name"): ["level", "province"],
    ("interface.py", "name"): ["role", "level", "severity"],
}


def templates(node: ast.expr, names: dict[str, list[ast.expr]], module: str) -> Iterator[str]:
    """What an expression can say, with 'x' or 7 for what changes; nothing where that is not known."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [list(held(part, names, module)) for part in node.values]
        yield from map("".join, product(*parts))
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body, names, module)
        yield from templates(node.orelse, names, module)
    elif isinstance(node, ast.Name) and (module, node.id) not in OPAQUE:
        for value in names.get(node.id, ()):
            yield from templates(value, names, module)


def held(part: ast.expr, names: dict[str, list[ast.expr]], module: str) -> Iterator[str]:
    """What a part of a text can be."""
    if not isinstance(part, ast.FormattedValue):
        yield from templates(part, names, module)
    elif found := HELD.get((module, ast.unparse(part.value))) or list(templates(part.value, names, module)):
        yield from found
    else:
        yield "'x'" if part.conversion == ord("r") else "7"


def said_in(path: Path) -> Iterator[tuple[str, str]]:
    """The messages and hints of every error that a module raises."""
    tree = ast.parse(path.read_text("utf-8"))
    names: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            texts = (ast.Constant, ast.JoinedStr, ast.IfExp)
            if isinstance(node.value, texts) and not (
                isinstance(node.value, ast.Constant) and not isinstance(node.value.value, str)
            ):
                names.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = node.args[1:3] if node.func.id == "Wrong" else node.args[:2] if node.func.id in KINDS else []
        for section, text in zip(("messages", "hints"), texts, strict=False):
            for one in templates(text, names, path.name):
                if re.search(r"[^\W\d]{2}", one.replace("'x'", "")):
                    yield section, one


def every_error() -> list[tuple[str, str, str]]:
    return sorted({(path.name, *said) for path in SOURCES for said in said_in(path)})


@pytest.mark.parametrize(("module", "section", "said"), every_error(), ids=str)
def test_whatever_a_page_can_come_to_has_its_words(module: str, section: Any, said: str) -> None:
    vietnamese, english = (in_words(section, said, language) for language in ("vi", "en"))
    assert vietnamese, f"{module}: errors.yaml has no words for: {said}"
    assert english is not None
    assert "`vanmach" not in english, "a page speaks of no command"
    assert vietnamese != said


def test_enough_errors_are_looked_at() -> None:
    assert len(every_error()) > 150


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_error_has_words_for_what_is_not_foreseen(kind: str) -> None:
    for language in ("vi", "en"):
        found = told(kind, "Unexpected token near line 3", "", language)
        assert (bool(found.text), found.own) == (True, "Unexpected token near line 3")


def test_holes_are_the_same_on_both_sides() -> None:
    holes = re.compile(r"\{(\w+)\}")
    for section in ("messages", "hints"):
        for said, words in error_words._data()[section].items():
            for text in (words,) if isinstance(words, str) else words.values():
                assert isinstance(text, str), said
                assert set(holes.findall(text)) <= set(holes.findall(said)), said


@pytest.mark.parametrize("case", CASES["lines"], ids=lambda case: case["line"][:50])
def test_a_line_of_a_change_is_told_in_words(case: dict[str, str]) -> None:
    assert [told_line("ReadError", case["line"], language).text for language in ("vi", "en")] == [
        case["vi"],
        case["en"],
    ]


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("errors") / "workspace")) as web:
        yield web


def text_of(page: str) -> str:
    found = LexborHTMLParser(page).css_first("p.wrong")
    assert found is not None, page
    return " ".join(found.text().split())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", CASES["asked"], ids=lambda case: case["path"][:60])
def test_a_page_says_in_its_language_what_is_wrong(web: Web, case: dict[str, Any], language: str) -> None:
    asked = case["path"].replace("{d}", web.document("120/KH-UBND"))
    path = f"{asked}{'&' if '?' in asked else '?'}lang={language}"
    answer = web.client.get(path, headers=case.get("headers"))
    assert answer.status_code == case["status"]
    assert f'<html lang="{language}">' in answer.text
    assert case[language] in text_of(answer.text)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", CASES["sent"], ids=lambda case: case["to"])
def test_a_form_says_in_the_readers_language_what_is_wrong(web: Web, case: dict[str, Any], language: str) -> None:
    document = web.document("120/KH-UBND")
    files = [("files", (case["file"], b"x"))] if "file" in case else None
    if case.get("without_token"):
        answer = web.client.post(case["to"], data=case["form"], headers={"cookie": f"lang={language}"})
    else:
        web.get(f"/?lang={language}")
        answer = web.send("/add", case["to"].format(d=document), case.get("form"), files)
    assert answer.status_code == case["status"], answer.text
    assert case[language] in text_of(answer.text)


def test_what_the_guards_refuse_is_a_page_too(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = web.client.post("/add", content=b"x", headers={"origin": "http://evil.example", "cookie": "lang=vi"})
    assert (foreign.status_code, "trang của nơi khác" in text_of(foreign.text)) == (403, True)
    large = web.client.post("/corrections/1/undo", content=b"x" * 100_000, headers={"cookie": "lang=vi"})
    assert (large.status_code, "nhiều nhất 64,000 byte" in text_of(large.text)) == (413, True)
    monkeypatch.setattr("vanmach.web.rates.Buckets.take", lambda self, who: 3.0)
    often = web.client.get("/", headers={"cookie": "lang=vi"})
    assert (often.status_code, often.headers["retry-after"]) == (429, "4")
    assert text_of(often.text) == "Bạn hỏi quá nhiều trong thời gian ngắn. Hãy thử lại sau ít giây."
    assert '<meta http-equiv="refresh" content="5">' in often.text
    assert web.client.get("/static/pages.css").status_code == 200, "the page that says so is to look like one"
    assert web.client.get("/api/v1/queries").json()["type"] == "TooManyRequests"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_too_many_connections_are_told_as_a_page(web: Web, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 1)
    said = {"vi": "Có quá nhiều người hỏi cùng lúc. Hãy thử lại sau giây lát.",
            "en": "Too many ask at once — try again in a moment"}  # fmt: skip
    answer = web.client.get(f"/documents?lang={language}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.headers["content-security-policy"] == POLICY
    assert text_of(answer.text) == said[language]
    assert '<meta http-equiv="refresh" content="5">' in answer.text
    assert web.client.get("/static/pages.css").status_code == 200
    assert web.client.get("/api/v1/documents").json()["type"] == "TooManyConnections"


def test_english_sentences_begin_as_such_and_names_stay_as_they_are(web: Web) -> None:
    assert text_of(web.get("/agencies/none?lang=en").text).startswith("No agency has the id 'none' — ")
    assert text_of(web.get("/documents?as_of=x&lang=en").text).startswith("as_of x: not a date")
    web.get("/?lang=vi")


def test_a_program_is_told_the_same_in_both_languages(web: Web) -> None:
    answers = [web.get("/api/v1/documents/none", cookie=f"lang={language}").json() for language in ("vi", "en")]
    assert answers[0] == answers[1]
    assert answers[0]["title"] == "no document has the id 'none'"


def test_a_name_that_several_have_leads_to_each(web: Web) -> None:
    agency = web.json("/agencies?text=yen dung")["rows"][0]["id"]
    answer = web.send(f"/agencies/{agency}", f"/agencies/{agency}/same", {"other": "uy ban nhan dan"})
    assert answer.status_code == 404
    links = re.findall(r'<a href="(/agencies/[^"]+)">([^<]+)</a>', answer.text)
    assert len(links) > 3
    assert all(web.get(at).status_code == 200 for at, _ in links[:2])
