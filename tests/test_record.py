"""The record: what is written is read back, in the format of the annotations, and a damaged file is named."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph.errors import RecordError
from ingest.extract import extract
from ingest.intake import find_files
from ingest.reading.read import read
from ingest.record import FORMAT, Record, dump, from_json, load, to_json

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FILES = [path for path in find_files([EXAMPLES]) if isinstance(path, Path)]


def recorded(path: Path) -> tuple[str, Record]:
    cleaned, record = extract(read(path), path.name)
    return cleaned.text, record


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_record_is_read_back_as_it_was_written(path: Path) -> None:
    _, record = recorded(path)
    assert from_json(orjson.loads(dump(record))) == record


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_offset_lies_in_the_text(path: Path) -> None:
    text, record = recorded(path)
    found = [*record.recipients, *record.documents, *record.relations, *record.tasks, *record.targets]
    found += [a for item in (*record.tasks, *record.targets) for a in item.assignments]
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(0 <= f.start < f.end <= len(text) for f in record.header.found.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_anchor_stands_at_its_task(path: Path) -> None:
    text, record = recorded(path)
    for task in record.tasks:
        assert " ".join(text[task.start : task.end].split()).startswith(task.anchor[:20]), task.section


def test_the_json_has_the_annotations_keys() -> None:
    _, record = recorded(EXAMPLES / "bac-giang" / "yen-dung-kh-120.docx")
    raw = to_json(record)
    assert {"file", "header", "recipients", "documents", "relations", "tasks", "targets"} <= set(raw)
    assert {"from", "type", "to"} <= set(raw["relations"][0])
    assert {
        "section",
        "anchor",
        "leads",
        "coordinators",
        "deadline",
        "recurrence",
        "report_to",
        "requires_plan",
    } <= set(raw["tasks"][0])
    assert {"key", "type", "issued_on", "issuer", "anchor"} <= set(raw["documents"][0])
    assert all(isinstance(name, str) for name in raw["recipients"])


def test_one_file_gives_the_same_bytes_again() -> None:
    path = EXAMPLES / "bac-giang" / "kh-41-kh-ubnd.html"
    assert dump(recorded(path)[1]) == dump(recorded(path)[1])


def test_a_record_of_a_newer_program_is_refused() -> None:
    with pytest.raises(RecordError, match="newer program"):
        from_json({"format": FORMAT + 1, "file": "a.txt"})


@pytest.mark.parametrize("cut", [0, 1, 200])
def test_a_record_cut_short_is_named(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(dump(recorded(EXAMPLES / "hai-phong" / "tien-lang-kh.txt")[1])[:cut])
    with pytest.raises(RecordError, match=r"record\.json"):
        load(path)


def test_a_file_that_holds_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    for text in ("[]", '{"documents": []}'):
        path.write_text(text, "utf-8")
        with pytest.raises(RecordError, match=r"record\.json: .*not a record"):
            load(path)


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(RecordError, match=r"a\.txt: not a record"):
        from_json({"file": "a.txt", "header": {}})
