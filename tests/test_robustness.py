"""Whatever the text, extraction gives a record whose facts lie in it, in time that grows with its length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.reading.read import SourceText, read
from ingest.record import CitedDocument, Found, Header, Record, dump, from_json
from tests.growth import grows_linearly

EXAMPLES = Path(__file__).parents[1] / "examples"
SEEDS = [
    read(path).text
    for path in sorted(EXAMPLES.glob("*/*"))
    if path.suffix in (".txt", ".md", ".html", ".docx") and path.name != "README.md"
]
# words that open something, and letters and marks that scans repeat
TRIGGERS = [
    "a", "Đ", "0", " ", "\n", "\t", "…", ".", "(", "“", "|", "**", "- ", "1. ", "I. ", "Điều 1. ", "Sở ", "UBND ",
    "tỉnh ", "của ", "và ", "ngày ", "số ", "số 1/KH-UBND ", "Nghị quyết ", "Luật ", "Đề án “", "thực hiện ",
    "giai đoạn 2021-2025 ", "chủ trì, phối hợp với ", "trước ngày 1/2/2020 ", "đạt 95% ", "Nơi nhận:\n- ",
    "được sửa đổi tại ", "(sau đây gọi tắt là ", "KẾ HOẠCH\n", "Kính gửi: ",
]  # fmt: skip

seeds = st.sampled_from(SEEDS)
shares = st.floats(0, 1)


@st.composite
def misread(draw: st.DrawFn) -> str:
    """A document of which single characters are dropped or change places."""
    text = list(draw(seeds))
    for at in draw(st.lists(shares, min_size=1, max_size=60)):
        index = int(at * (len(text) - 2))
        text[index : index + 2] = draw(st.sampled_from([[text[index]], [text[index + 1], text[index]], []]))
    return "".join(text)


@st.composite
def shuffled(draw: st.DrawFn) -> str:
    """A document whose lines stand in another order."""
    return "\n".join(draw(st.permutations(draw(seeds).split("\n"))))


@st.composite
def cut(draw: st.DrawFn) -> str:
    """A document that begins or ends in its middle."""
    text, at = draw(seeds), draw(shares)
    return draw(st.sampled_from([text[: int(at * len(text))], text[int(at * len(text)) :]]))


@st.composite
def joined(draw: st.DrawFn) -> str:
    """Two documents in one file, the first of them perhaps not to its end."""
    return draw(cut()) + draw(st.sampled_from(["", " ", "\n", "\n\n"])) + draw(seeds)


@st.composite
def interrupted(draw: st.DrawFn) -> str:
    """A document with a long run of one letter, mark or word in it."""
    text, run = draw(seeds), draw(st.sampled_from(TRIGGERS)) * draw(st.integers(2, 400))
    at = int(draw(shares) * len(text))
    return text[:at] + run + text[at:]


texts = st.one_of(misread(), shuffled(), cut(), joined(), interrupted(), st.text(max_size=300))


def found_in(fact: Any) -> Iterator[Found]:
    """Everything in a record that was found at a place of the text."""
    if isinstance(fact, Found):
        yield fact
    if isinstance(fact, tuple):
        for part in fact:
            yield from found_in(part)
    elif is_dataclass(fact) and not isinstance(fact, Header):
        for field in fields(fact):
            yield from found_in(getattr(fact, field.name))


def passages(record: Record) -> Iterator[tuple[int, int]]:
    """The offsets of every fact, of every mention of a document and of what the header was read from."""
    for fact in found_in(record):
        yield fact.start, fact.end
        if isinstance(fact, CitedDocument):
            yield from fact.mentions
    yield from ((found.start, found.end) for found in record.header.found.values())


@settings(max_examples=150)
@given(texts)
def test_every_text_gives_a_record_that_lies_in_it(text: str) -> None:
    cleaned, record = extract(SourceText(text, "text"), "a.txt")
    outside = [(s, e) for s, e in passages(record) if not 0 <= s <= e <= len(cleaned.text)]
    assert outside == []
    assert {r.source for r in record.relations} <= {"this", *(d.ref for d in record.documents)}
    assert from_json(orjson.loads(dump(record))) == record


@pytest.mark.parametrize(
    "piece",
    ["Sở ", "số 1/KH-UBND ", "(((", "- ", "a", "UBND xã, ", "Nghị quyết ", "Đề án “", "ngày ", ", ", "_", "| a "],
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    assert grows_linearly(lambda size: extract(SourceText(piece * (size // len(piece)) + "a", "text"), "a.txt"), 8_000)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(TRIGGERS), min_size=1, max_size=4).map("".join))
def test_time_grows_with_the_length_of_any_repetition(piece: str) -> None:
    assert grows_linearly(lambda size: extract(SourceText(piece * (size // len(piece)), "text"), "a.txt"), 6_000)
