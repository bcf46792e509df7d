"""The record: what one document says, and nothing that any other document says.

A record is a pure function of the file. On disk it is one JSON object in the format of the gold
annotations (header, recipients, documents, relations, tasks, targets) with offsets, rules and
confidence added. All offsets count characters of the document's cleaned text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field, fields
from pathlib import Path
from typing import Any, TypeVar

import orjson

from graph.errors import RecordError
from ingest.values import value

FORMAT = 1
"""Version of the record's JSON; a reader refuses a newer one."""

SENT = "gửi"
"""The rule of those to whom a task has something else than a report sent."""

Place = tuple[str, ...]
"""A jurisdiction from the top down, each part with its kind: ("tỉnh Bắc Giang", "huyện Yên Dũng").

() is the whole country. A part that the text does not tell ends in "?": ("tỉnh Quảng Trị", "huyện ?").
("?",) means that nothing at all is known.
"""


@value(frozen=True, slots=True, kw_only=True)
class Found:
    """Where and how a fact was found: offsets, the rule's name, confidence from 0 to 1."""

    start: int
    end: int
    rule: str
    confidence: float


def said_by_a_person(rule: str) -> Found:
    """How a fact was found that stands in no text: somebody supplied it (`rule` tells where)."""
    return Found(start=0, end=0, rule=rule, confidence=1.0)


@value(frozen=True, slots=True, kw_only=True)
class AgencyRef(Found):
    """An agency as this document names it.

    `name` is canonical, with its jurisdiction ("Phòng Tư pháp huyện Yên Dũng"); `head` is the same without
    the jurisdiction ("Phòng Tư pháp"); `parent` is the agency that it is a department of, if any (canonical).
    """

    name: str
    head: str
    written: str
    kind: str
    level: str | None
    place: Place
    collective: bool = False
    parent: str | None = None


@value(frozen=True, slots=True, kw_only=True)
class Attached:
    """The plan that a decision carries in the same text."""

    type: str
    title: str
    start: int


@value(frozen=True, slots=True, kw_only=True)
class Header:
    """What the document is. None is "not printed"; `issuer` holds "?" for an unknown part.

    `found` maps a field's name to where it was read; level and place, if they are not in it, are those of the issuer.
    """

    type: str | None = None
    symbol: str | None = None
    symbol_suffix: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    issuer_head: str | None = None
    level: str | None = None
    place: Place = ("?",)
    title: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    attached: Attached | None = None
    found: Mapping[str, Found] = field(default_factory=dict)


@value(frozen=True, slots=True, kw_only=True)
class CitedDocument(Found):
    """A document that the text mentions, once for all its mentions; start and end are the first mention's.

    `ref` ("d1", "d2" …) names it inside this record; `key` is its normalised symbol, or its name.
    `issuer` is canonical with its jurisdiction, `place` that jurisdiction. `inferred` lists the fields that the
    text implies but does not print. `mentions` are all passages, short forms included.
    """

    ref: str
    key: str
    type: str | None
    issued_on: str | None = None
    issuer: str | None = None
    level: str | None = None
    place: Place = ("?",)
    title: str | None = None
    anchor: str = ""
    inferred: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()


@value(frozen=True, slots=True, kw_only=True)
class Relation(Found):
    """`source` and `target` are refs of cited documents, or "this"."""

    source: str
    type: str
    target: str
    section: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Assignment(AgencyRef):
    """An agency with its part in a task: "chủ trì", "thực hiện" or "theo dõi" (GIAO), "phối hợp", "báo cáo"."""

    role: str


@value(frozen=True, slots=True, kw_only=True)
class Task(Found):
    """One thing that somebody is told to do; `text` is the passage from start to end, spaces folded.

    `anchor_occurrence` tells which of the places where the anchor stands is meant (2, 3 …); None is the first.
    `plan_deadline` is by when the plan is due that it orders, which may be before its last time, or not be said.
    `found` maps a field's name (deadline, recurrence, requires_plan) to where it was read.
    """

    section: str
    anchor: str
    text: str
    anchor_occurrence: int | None = None
    heading: str = ""
    assignments: tuple[Assignment, ...] = ()
    deadline: str | None = None
    deadline_text: str | None = None
    recurrence: str | None = None
    requires_plan: bool = False
    plan_deadline: str | None = None
    found: Mapping[str, Found] = field(default_factory=dict)

    def agencies(self, *roles: str) -> list[str]:
        """Canonical names of those with one of these roles, each once, in the order of the text."""
        return list(dict.fromkeys(a.name for a in self.assignments if a.role in roles))


@value(frozen=True, slots=True, kw_only=True)
class Target(Found):
    """A figure to be reached; `comparator` is ">=", "<=", "=", "≈" or "range".

    `anchor_occurrence` tells which of the places where the anchor stands is meant (2, 3 …); None is the first.
    """

    section: str
    anchor: str
    subject: str
    comparator: str
    value: float | None
    value_max: float | None = None
    unit: str | None = None
    by: str | None = None
    text: str = ""
    anchor_occurrence: int | None = None
    assignments: tuple[Assignment, ...] = ()


@value(frozen=True, slots=True, kw_only=True)
class Record:
    """All that one document says."""

    file: str
    header: Header
    recipients: tuple[AgencyRef, ...] = ()
    documents: tuple[CitedDocument, ...] = ()
    relations: tuple[Relation, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()


T = TypeVar("T")

GIAO_ROLES = ("chủ trì", "thực hiện", "theo dõi")


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, in the annotation format with more beside it."""
    header = asdict(record.header)
    attached = header.pop("attached")
    keys = {"this": "this", **{d.ref: d.key for d in record.documents}}
    return {
        "format": FORMAT,
        "file": record.file,
        "header": header,
        **({"attached": attached} if attached else {}),
        "recipients": [r.name for r in record.recipients],
        "recipients_found": [asdict(r) for r in record.recipients],
        "documents": [asdict(d) for d in record.documents],
        "relations": [
            {
                "from": keys[r.source],
                "type": r.type,
                "to": keys[r.target],
                "from_ref": r.source,
                "to_ref": r.target,
                **{k: v for k, v in asdict(r).items() if k not in ("source", "type", "target")},
            }
            for r in record.relations
        ],
        "tasks": [
            {
                **asdict(t),
                "leads": t.agencies(*GIAO_ROLES),
                "coordinators": t.agencies("phối hợp"),
                "report_to": t.agencies("báo cáo"),
            }
            for t in record.tasks
        ],
        "targets": [asdict(t) for t in record.targets],
    }


def _build(kind: type[T], raw: Mapping[str, Any]) -> T:
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items() if k in names}
    return kind(**values)


def _located(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {**raw, "found": {name: _build(Found, found) for name, found in raw.get("found", {}).items()}}


def _assigned(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {**raw, "assignments": [_build(Assignment, a) for a in raw.get("assignments", ())]}


def from_json(raw: Mapping[str, Any]) -> Record:
    """The record that `to_json` wrote.

    Raises:
        RecordError: it is of a newer format, or a field is missing.
    """
    if not isinstance(raw, Mapping):
        raise RecordError("not a record", "ingest the file again")
    if raw.get("format", 0) > FORMAT:
        raise RecordError(f"{raw.get('file')}: a record of a newer program", "update vanmach")
    try:
        attached = _build(Attached, raw["attached"]) if raw.get("attached") else None
        header = _located(raw["header"])
        relations = [{**r, "source": r["from_ref"], "target": r["to_ref"]} for r in raw["relations"]]
        documents = [{**d, "mentions": [tuple(m) for m in d.get("mentions", ())]} for d in raw["documents"]]
        return Record(
            file=raw["file"],
            header=_build(Header, {**header, "attached": attached}),
            recipients=tuple(_build(AgencyRef, r) for r in raw["recipients_found"]),
            documents=tuple(_build(CitedDocument, d) for d in documents),
            relations=tuple(_build(Relation, r) for r in relations),
            tasks=tuple(_build(Task, _located(_assigned(t))) for t in raw["tasks"]),
            targets=tuple(_build(Target, _assigned(t)) for t in raw["targets"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"{raw.get('file', 'a record')}: not a record ({error})", "ingest the file again") from error


def dump(record: Record) -> bytes:
    """The record as UTF-8 JSON, the same bytes for the same record."""
    return orjson.dumps(to_json(record), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def load(path: Path) -> Record:
    """The record in a file.

    Raises:
        RecordError: the file is missing, cut short, or no record.
    """
    try:
        return from_json(orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError) as error:
        raise RecordError(f"{path}: {error}", "ingest the document again, or remove its folder") from error
    except RecordError as error:
        raise RecordError(f"{path}: {error.message}", error.hint) from error
