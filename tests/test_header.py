from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ingest.cleaning.clean import clean as clean_text
from ingest.formalities.header import read_header, scope_of
from ingest.formalities.recipients import read_recipients
from ingest.naming.agencies import Scope
from ingest.outlining.outline import outline
from ingest.record import Attached, Header
from ingest.text import CleanText

FOLDER = Path(__file__).parent / "cases"
HEADERS = yaml.safe_load((FOLDER / "header.yaml").read_text("utf-8"))
RECIPIENTS = yaml.safe_load((FOLDER / "recipients.yaml").read_text("utf-8"))
ISSUER = Scope(("tỉnh Sơn La",), "tỉnh", "Ủy ban nhân dân tỉnh Sơn La", "Ủy ban nhân dân")


def header(text: str, place: tuple[str, ...] | None = None) -> Header:
    clean = CleanText(text)
    return read_header(clean, outline(clean), place)


def shown(value: object) -> object:
    """A field in the form of a row."""
    if isinstance(value, Attached):
        return [value.type, value.title]
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", HEADERS, ids=lambda c: c["name"])
def test_header(case: dict) -> None:
    found = header(case["text"])
    assert {field: shown(getattr(found, field)) for field in case["header"]} == case["header"]


def test_the_place_that_a_person_supplies_wins() -> None:
    text = next(c["text"] for c in HEADERS if c["name"] == "no letterhead, the issuer speaks of itself")
    place = ("tỉnh Nam Định", "huyện Hải Hậu")
    found = header(text, place)
    assert (found.place, found.issuer) == (place, "Ủy ban nhân dân huyện Hải Hậu")
    assert scope_of(found) == Scope(place, "huyện", "Ủy ban nhân dân huyện Hải Hậu", "Ủy ban nhân dân")
    assert (found.found["place"].rule, found.found["place"].confidence) == ("given place", 1.0)


def test_each_field_says_where_it_was_read() -> None:
    text = HEADERS[0]["text"]
    found = header(text).found
    printed = {field: text[where.start : where.end] for field, where in found.items()}
    assert printed["type"] == "KẾ HOẠCH"
    assert printed["symbol"].strip() == "88/KH-UBND"
    assert printed["signer"] == "Trần Văn Lúa"
    assert printed["issuer"].split()[0] == "ỦY"
    assert printed["issued_on"].startswith("Thái Bình")


@pytest.mark.parametrize("text", ["", " \n\t\n", "A" * 50_000, "KẾ HOẠCH", "Số:", "Nơi nhận:", "\x00ſİ ﬁ\n" * 50])
def test_anything_is_read_without_an_error(text: str) -> None:
    found = header(text)
    clean = CleanText(text)
    assert isinstance(read_recipients(clean, outline(clean), scope_of(found)), list)


@pytest.mark.parametrize("case", RECIPIENTS, ids=lambda c: c["name"])
def test_recipients(case: dict) -> None:
    clean = CleanText(case["text"])
    raw = case.get("scope", {})
    scope = replace(ISSUER, **{**raw, **({"place": tuple(raw["place"])} if "place" in raw else {})})
    found = read_recipients(clean, outline(clean), scope)
    assert [r.name for r in found] == case["recipients"]
    assert all(0 <= r.start < r.end <= len(case["text"]) for r in found)


def test_an_address_goes_on_in_the_rows_of_its_table() -> None:
    cleaned = clean_text(
        "| Kính gửi: | - Sở Y tế; |\n|---|---|\n| | - Sở Nội vụ; |\n| | - Công an tỉnh. |\n| Số | 5 |\n\nThực hiện:"
    )
    found = read_recipients(cleaned, outline(cleaned), ISSUER)
    assert [r.name for r in found] == ["Sở Y tế tỉnh Sơn La", "Sở Nội vụ tỉnh Sơn La", "Công an tỉnh Sơn La"]
