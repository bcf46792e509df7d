"""What a person says of who has a part in a task or a target: none, another than was read, or one that nobody read.

assignments:
- {document: 15-kh-ubnd-1a2b3c, section: II.1, task: Rà soát tủ sách, agency: Phòng Y tế huyện X, role: chủ trì,
   instead: phối hợp}
- {document: 15-kh-ubnd-1a2b3c, task: Rà soát tủ sách, agency: Sở Y tế tỉnh Y, place: [tỉnh Y], instead: theo dõi}
- {document: 15-kh-ubnd-1a2b3c, target: Tỷ lệ xã có thư viện, agency: Phòng Y tế huyện X, role: thực hiện}

A task is named by how its text begins, a target by that or by what it measures, and by the section where several begin
so: a number changes where another version of the program reads one more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import WorkspaceError
from ingest.record import GIAO_ROLES, AgencyRef, Assignment, Place, Record, Target, Task, said_by_a_person
from ingest.resolving.agency_identity import head_of

ASSIGNMENTS = "assignments"
"""The section of corrections.yaml."""

ROLES = (*GIAO_ROLES, "phối hợp", "báo cáo")

Item = TypeVar("Item", Task, Target)

_BEGINNING = 80  # characters of a task's text, which are enough to tell it from the others of its section
_TEXTS = ("document", "section", "task", "target", "agency", "role", "instead")


@dataclass(frozen=True, slots=True)
class AssignmentSaid:
    """A part in a task, or with `of_target` in a target, that was read and is not so, or is so and was not read.

    `document` is the record's id, `text` how the item's text begins, `agency` the canonical name as the record has it,
    `role` the part that was read, None: nobody read one; `section` None where every item that begins so is meant,
    and `instead` the role that the agency has; None: it has no part. `place` is the jurisdiction of an agency that the
    record does not name.
    """

    document: str
    text: str
    agency: str
    role: str | None
    section: str | None = None
    instead: str | None = None
    place: Place | None = None
    of_target: bool = False

    def is_of(self, item: Task | Target) -> bool:
        if isinstance(item, Target) is not self.of_target or self.section not in (None, item.section):
            return False
        return item.text.startswith(self.text) or (isinstance(item, Target) and item.subject.startswith(self.text))

    def means(self, part: Assignment) -> bool:
        return (part.name, part.role) == (self.agency, self.role)

    def to_yaml(self) -> dict[str, Any]:
        """The entry as it stands in the file."""
        told = {"target" if self.of_target else "task": self.text, "place": self.place and list(self.place)}
        names = ("document", "section", "task", "target", "agency", "place", "role", "instead")
        said = {name: told[name] if name in told else getattr(self, name, None) for name in names}
        return {name: value for name, value in said.items() if value is not None}


def assignments_said(path: Path, raw: Any) -> tuple[AssignmentSaid, ...]:
    """The entries of the section.

    Args:
        path: of the file, for the message.
        raw: what stands in the section.

    Raises:
        WorkspaceError: an entry is not as it should be.
    """
    if not isinstance(raw, list) or not all(map(_is_entry, raw)):
        raise WorkspaceError(
            f"{path}: {ASSIGNMENTS}: each entry says document, task or target, agency, and role or instead or both, "
            f"perhaps section (in quotes) and, without role, place; roles are {', '.join(ROLES)}, and of a target "
            f"{', '.join(GIAO_ROLES)}",
            "see docs/corrections.md",
        )
    return tuple(map(_read, raw))


def _read(entry: Mapping[str, Any]) -> AssignmentSaid:
    texts: dict[str, str] = {name: str(entry[name]) for name in _TEXTS if name in entry}
    text = texts.pop("task", "") or texts.pop("target", "")
    place = tuple(entry["place"]) if "place" in entry else None
    return AssignmentSaid(text=text, place=place, of_target="target" in entry, **{"role": None, **texts})  # type: ignore[arg-type]


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict) or not set(entry) <= {*_TEXTS, "place"}:
        return False
    texts = {name: value for name, value in entry.items() if name != "place"}
    said = [entry[name] for name in ("role", "instead") if name in entry]
    return (
        {"document", "agency"} <= set(entry)
        and ("task" in entry) is not ("target" in entry)
        and all(_is_text(value) or (name == "section" and type(value) is int) for name, value in texts.items())
        and bool(said)
        and all(role in (GIAO_ROLES if "target" in entry else ROLES) for role in said)
        and ("place" not in entry or ("role" not in entry and _is_place(entry["place"])))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_place(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def corrected(record: Record, said: Sequence[AssignmentSaid]) -> Record:
    """The record with one correction after the other made; the later one finds what the earlier one left."""
    for one in said:
        record = replace(
            record,
            tasks=tuple(_mended(record, task, one) for task in record.tasks),
            targets=tuple(_mended(record, target, one) for target in record.targets),
        )
    return record


def unheard(records: Mapping[str, Record], said: Sequence[AssignmentSaid]) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do, with the corrections that mean nothing in the records (by id, as they were read).

    That an agency has a part which the program reads by now as well is no error.
    """
    now = dict(records)
    for one in said:
        record = now.get(one.document)
        items = [] if record is None else [item for item in items_of(record) if one.is_of(item)]
        text = f"{one.text[:60]}…" if len(one.text) > 60 else one.text
        has_no = (
            f"corrections.yaml: {ASSIGNMENTS}: {one.document} has no {'target' if one.of_target else 'task'} “{text}”"
        )
        shown = "`vanmach show --why` lists its tasks with who does them"
        if one.role is not None and not any(one.means(part) for item in items for part in item.assignments):
            yield f"{has_no} that {one.agency} has the part {one.role!r} in", shown
        elif record is None or not items:
            yield has_no, shown
        elif one.role is None and _agency(record, one) is None:
            message = f"corrections.yaml: {ASSIGNMENTS}: {one.document} names no agency {one.agency!r}"
            yield message, "write its whole name, and its place from the top: [tỉnh X, huyện Y]"
        else:
            now[one.document] = corrected(record, [one])


def _mended(record: Record, item: Item, one: AssignmentSaid) -> Item:
    if not one.is_of(item):
        return item
    if one.role is not None:
        kept = (_with_role(part, one.instead) if one.means(part) else part for part in item.assignments)
        return replace(item, assignments=tuple(part for part in kept if part is not None))
    agency = _agency(record, one)
    if agency is None or any((part.name, part.role) == (agency.name, one.instead) for part in item.assignments):
        return item
    said = said_by_a_person("correction")
    values = {name: getattr(agency, name) for name in AgencyRef.__dataclass_fields__} | {
        name: getattr(said, name) for name in ("start", "end", "rule", "confidence")
    }
    return replace(item, assignments=(*item.assignments, Assignment(role=str(one.instead), **values)))


def items_of(record: Record) -> tuple[Task | Target, ...]:
    """What agencies can have a part in."""
    return (*record.tasks, *record.targets)


def _with_role(part: Assignment, role: str | None) -> Assignment | None:
    """The agency still stands where it was read; what part it has was said."""
    said = said_by_a_person("correction")
    return replace(part, role=role, rule=said.rule, confidence=said.confidence) if role else None


def _agency(record: Record, one: AssignmentSaid) -> AgencyRef | None:
    """The agency that a correction names: as the record has it, else as its name and place tell it."""
    refs: list[AgencyRef] = [*record.recipients, *(part for item in items_of(record) for part in item.assignments)]
    for ref in refs:
        if ref.name == one.agency and one.place in (None, ref.place):
            return ref
    # spaCy takes a while to import, and only a name that the record does not have is read
    from ingest.naming.agencies import Scope, canonical

    place = record.header.place if one.place is None else one.place
    known = canonical(one.agency, Scope(place=place))
    if known is not None and known.name == one.agency and one.place in (None, known.place):
        return known
    if one.place is None:
        return None
    said = said_by_a_person("correction")
    return AgencyRef(
        start=said.start,
        end=said.end,
        rule=said.rule,
        confidence=said.confidence,
        name=one.agency,
        head=head_of(one.agency, one.place),
        written=one.agency,
        kind="",
        level=None,
        place=one.place,
    )


def said_of(id_: str, record: Record, item: Task | Target, part: Assignment, instead: str | None) -> AssignmentSaid:
    """The correction of one part of a task or target, as it is to be written down.

    Args:
        id_: of the record.
        record: as the corrections before this one left it.
        item, part: of the record.
        instead: the role that the agency has; None: it has no part.
    """
    return _in_few_words(record, item, AssignmentSaid(id_, "", part.name, part.role, item.section or None, instead))


def also(id_: str, record: Record, item: Task | Target, agency: str, place: Place | None, role: str) -> AssignmentSaid:
    """The correction that an agency has a part in a task or target which nobody read; see `said_of`."""
    return _in_few_words(record, item, AssignmentSaid(id_, "", agency, None, item.section or None, role, place))


def _in_few_words(record: Record, item: Task | Target, said: AssignmentSaid) -> AssignmentSaid:
    """The correction with as many of the item's words as tell it from the others of its section."""
    texts = [item.text[:_BEGINNING].rstrip(), item.text]
    if isinstance(item, Target):
        texts.insert(0, item.subject)
    tried = [replace(said, text=text, of_target=isinstance(item, Target)) for text in texts if text]
    return next((one for one in tried if sum(map(one.is_of, items_of(record))) == 1), tried[-1])
