"""Why a fact is there: nothing that a record says is left out, and what is marked is what was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.corrections import Corrections
from ingest.explain import Fact, explain
from ingest.extract import extract
from ingest.intake import find_files
from ingest.quote import quote
from ingest.reading.read import SourceText, read
from ingest.record import Found, Record, said_by_a_person
from ingest.rules import Explanation
from tests.test_robustness import found_in

FILES = [path for path in find_files([Path(__file__).parent.parent / "examples"]) if isinstance(path, Path)]
PLAN = """ỦY BAN NHÂN DÂN
HUYỆN HẢI LĂNG

Số: 7/KH-UBND

Hải Lăng, ngày 12 tháng 4 năm 2024

KẾ HOẠCH
Dạy nghề theo Kế hoạch số 4/KH-UBND của UBND tỉnh

1. Phòng Tư pháp

- Chủ trì, phối hợp với Phòng Nội vụ
rà soát văn bản trước ngày 30/6/2024.

- Định kỳ 6 tháng báo cáo UBND huyện.

- Xây dựng kế hoạch tập huấn.
"""


def of(text: str) -> tuple[str, Record]:
    cleaned, record = extract(SourceText(text, "text"), "a.txt", ("tỉnh Quảng Trị", "huyện Hải Lăng"))
    return cleaned.text, record


def every(facts: list[Fact]) -> Iterator[Fact]:
    for fact in facts:
        yield fact
        yield from every(list(fact.facts))


def told(text: str, *kinds: str) -> list[tuple[str, ...]]:
    """(kind, name, value, passage with the fact in ‹ ›, rule) of the facts of these kinds."""
    cleaned, record = of(text)
    found = [fact for fact in every(explain("x", record, cleaned)) if fact.kind in kinds]
    return [(f.kind, f.name, f.value, "{}‹{}›{}".format(*f.passage), f.found.rule) for f in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_everything_that_a_record_says_is_explained(path: Path) -> None:
    cleaned, record = extract(read(path), path.name)
    facts = list(every(explain("x", record, cleaned.text)))
    said = [*found_in(record), *record.header.found.values(), *(f for t in record.tasks for f in t.found.values())]
    place = lambda found: (found.start, found.end, found.rule, found.confidence)  # noqa: E731
    assert {place(found) for found in said} - {place(fact.found) for fact in facts} == set()
    assert len(facts) >= len(said)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_marked_is_what_was_read(path: Path) -> None:
    cleaned, record = extract(read(path), path.name)
    for fact in every(explain("x", record, cleaned.text)):
        start, end = fact.found.start, fact.found.end
        assert fact.passage[1] == " ".join(cleaned.text[start:end].split())
        assert "".join(fact.passage) == quote(cleaned.text, start, end)


def test_the_header() -> None:
    assert told(PLAN, "header")[:6] == [
        ("header", "type", "Kế hoạch", "‹KẾ HOẠCH›", "type line"),
        ("header", "symbol", "7/KH-UBND", "Số: ‹7/KH-UBND›", "number line"),
        ("header", "issued_on", "2024-04-12", "‹Hải Lăng, ngày 12 tháng 4 năm 2024›", "date line"),
        ("header", "issuer", "Ủy ban nhân dân huyện Hải Lăng", "‹ỦY BAN NHÂN DÂN HUYỆN HẢI LĂNG›", "letterhead"),
        ("header", "level", "huyện", "‹ỦY BAN NHÂN DÂN HUYỆN HẢI LĂNG›", "letterhead"),
        ("header", "place", "huyện Hải Lăng, tỉnh Quảng Trị", "‹›", "given place"),
    ]


def test_cited_documents_and_relations() -> None:
    title = "Dạy nghề theo ‹Kế hoạch số 4/KH-UBND của UBND tỉnh›"
    pointed = "Dạy nghề ‹theo Kế hoạch số 4/KH-UBND của UBND tỉnh›"
    assert told(PLAN, "document", "relation") == [
        ("document", "Kế hoạch", "4/KH-UBND", title, "symbol"),
        ("relation", "DAN_CHIEU", "4/KH-UBND", pointed, "mentioned"),
    ]


def test_the_parts_of_a_task() -> None:
    first = "- Chủ trì, phối hợp với ‹Phòng Nội vụ›"
    assert told(PLAN, "lead", "coordinator", "report_to", "deadline", "recurrence", "requires_plan") == [
        ("lead", "chủ trì", "Phòng Tư pháp huyện Hải Lăng", "‹Phòng Tư pháp›", "heading"),
        ("coordinator", "phối hợp", "Phòng Nội vụ huyện Hải Lăng", first, "phối hợp với"),
        ("deadline", "", "2024-06-30", "rà soát văn bản trước ‹ngày 30/6/2024›.", "date with a cue"),
        ("lead", "chủ trì", "Phòng Tư pháp huyện Hải Lăng", "‹Phòng Tư pháp›", "heading"),
        (
            "report_to",
            "báo cáo",
            "Ủy ban nhân dân huyện Hải Lăng",
            "- Định kỳ 6 tháng báo cáo ‹UBND huyện›.",
            "báo cáo",
        ),
        ("recurrence", "", "định kỳ 6 tháng", "- ‹Định kỳ 6 tháng› báo cáo UBND huyện.", "word of recurrence"),
        ("lead", "chủ trì", "Phòng Tư pháp huyện Hải Lăng", "‹Phòng Tư pháp›", "heading"),
        ("requires_plan", "", "", "- ‹Xây dựng kế hoạch› tập huấn.", "order of a plan"),
    ]


def test_a_time_beside_a_task_is_marked_where_it_stands() -> None:
    text = PLAN.replace("trước ngày 30/6/2024.", "về đất đai.\n\nThời gian thực hiện: 30/6/2024.")
    assert ("deadline", "", "2024-06-30", "Thời gian thực hiện: ‹30/6/2024›.", "time alone") in told(text, "deadline")


def test_what_a_person_said_has_no_passage() -> None:
    cleaned, record = of(PLAN)
    corrected = Corrections({"a.txt": {"symbol": "8/KH-UBND", "level": "huyện"}}).apply("x", record)
    facts = {fact.name: fact for fact in explain("x", corrected, cleaned) if fact.kind == "header"}
    assert facts["symbol"].value == "8/KH-UBND"
    assert facts["symbol"].found == facts["level"].found == said_by_a_person("correction")
    assert facts["symbol"].passage == ("", "", "")
    assert facts["issuer"].found.rule == "letterhead"


def test_a_rule_that_nobody_explained_does_no_harm() -> None:
    cleaned, record = of(PLAN)
    unknown = Found(start=0, end=5, rule="new", confidence=0.5)
    header = replace(record.header, found={"symbol": unknown})
    (fact,) = [f for f in explain("x", replace(record, header=header), cleaned) if f.name == "symbol"]
    assert fact.to_json()["explanation"] == {"vi": Explanation().vi, "en": ""}
