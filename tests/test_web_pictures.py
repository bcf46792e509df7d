"""The pictures of a cascade and of the whole collection, and what is shown of those that are too large."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.read_back import read_back
from ingest.rules import rule_in_words
from queries.answers import plans_owed
from tests.web import Web, copied, serving_folder
from tests.web_page import data_in, packed, page, texts
from vanmach.web import extents, interface
from vanmach.web.extents import Extent, choose
from viz import render_view

DIRECTIVE = "21-CT/TW"


@pytest.fixture(scope="module")
def web(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with serving_folder(copied(workspace, tmp_path_factory.mktemp("pictures") / "workspace")) as web:
        yield web


def test_the_view_is_framed_by_pages_of_its_own_alone(web: Web) -> None:
    answer = web.get(f"/documents/{web.document(DIRECTIVE)}/view")
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "default-src 'none'" in answer.text
    assert '<script type="text/plain" id="data">' in answer.text


@pytest.mark.parametrize("symbol", [DIRECTIVE, "120/KH-UBND", "41/KH-UBND"])
def test_the_view_is_that_of_the_command(web: Web, symbol: str) -> None:
    """Only the part of the graph that it shows is read."""
    id_ = web.document(symbol)
    with web.collection.reading() as store:
        expected = render_view(read_back(store), id_, plans_owed(store, id_, interface.today()), rules=rule_in_words)
    assert web.get(f"/documents/{id_}/view").text == expected


def test_so_is_the_view_of_a_day(web: Web) -> None:
    id_, day = web.document(DIRECTIVE), "2023-10-20"
    with web.collection.reading() as store:
        expected = render_view(read_back(store), id_, plans_owed(store, id_, day), day, rules=rule_in_words)
    assert data_in(web.get(f"/documents/{id_}/view?as_of={day}").text) == data_in(expected)


def assert_shows_a_level_or_a_province(web: Web, at: str) -> list[dict[str, Any]]:
    """The documents of a picture's province, after its level and its province were looked at."""
    every = {one["id"]: one for one in web.json("/documents?limit=1000")["rows"]}
    district, province = (
        [every[id_] for id_ in every.keys() & set(data_in(web.get(f"{at}/view?{asked}").text))]
        for asked in ("level=huyện", "province=tỉnh Bắc Giang")
    )
    assert {one["level"] for one in district} == {"trung ương", "tỉnh", "huyện"}
    assert {one["level"] for one in province} == {"trung ương", "tỉnh", "huyện", "xã"}
    assert {(one["place"] or "").rpartition(", ")[2] for one in province} == {"", "tỉnh Bắc Giang"}
    return province


def test_of_a_large_cascade_one_picture_shows_a_level_or_a_province(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extents, "MOST", 12)
    at = f"/documents/{web.document(DIRECTIVE)}"
    found = page(web, f"{at}/cascade")
    assert found.css_first("iframe").attributes["src"] == f"{at}/view?level=huy%E1%BB%87n"
    assert texts(found, "#level option[selected]") == ["huyện"]
    assert texts(found, "#province option")[1:] == ["tỉnh Bắc Giang", "tỉnh Quảng Trị"]
    assert_shows_a_level_or_a_province(web, at)


def test_the_picture_of_the_whole_collection_is_that_of_the_command(web: Web) -> None:
    with web.collection.reading() as store:
        expected = render_view(read_back(store), None, plans_owed(store, None, interface.today()), rules=rule_in_words)
    assert web.get("/picture/view").text == expected
    found = page(web, "/picture")
    assert found.css_first("iframe").attributes["src"] == "/picture/view"
    assert DIRECTIVE in " ".join(texts(found, "#directive option"))


def test_of_a_large_collection_one_picture_shows_a_level_a_province_or_a_directive(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extents, "MOST", 18)
    found = page(web, "/picture")
    assert found.css_first("iframe").attributes["src"] == "/picture/view?level=huy%E1%BB%87n"
    assert "của kho" in texts(found, ".hint")[1]
    province = assert_shows_a_level_or_a_province(web, "/picture")
    assert 0 < len(province) <= 18
    directive = web.document(DIRECTIVE)
    answer = web.get(f"/picture?directive={directive}&province=tỉnh Bắc Giang")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/documents/{directive}/cascade?province=t%E1%BB%89nh+B%E1%BA%AFc+Giang"
    assert web.get("/picture?level=thôn").status_code == 400


def test_the_duties_of_a_collection_that_is_too_large_to_judge_are_left_to_its_directives(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extents, "MOST", 11)  # what is remembered is of another extent
    monkeypatch.setattr(interface, "JUDGED", 5)
    assert "quá lớn để xét" in texts(page(web, "/picture"), ".hint")[0]
    assert '"duties":[]' in json.dumps(
        packed(web.get("/picture/view?province=tỉnh Quảng Trị").text), separators=(",", ":")
    )


@pytest.mark.parametrize("asked", ["level=thôn", "province=tỉnh Không Có"])
def test_an_extent_that_is_not_there_is_told(web: Web, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setattr(extents, "MOST", 12)
    for part in ("cascade", "view"):
        answer = web.get(f"/documents/{web.document(DIRECTIVE)}/{part}?{asked}")
        assert (answer.status_code, "Sơ đồ này không có" in answer.text) == (400, True)


def test_an_extent_that_is_too_large_even_so_is_cut_and_that_is_told() -> None:
    choice = choose(
        {("trung ương", None): 1, ("xã", "xã Hai, tỉnh Một"): extents.MOST + 7}, Extent(province="tỉnh Một")
    )
    assert (choice.shown, choice.left_out) == (extents.MOST, 8)
