"""What people correct, as the interface takes it and tells it, and what is written down of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from graph.errors import LookupFailed, QueryParameterError
from graph.places import places
from graph.schema import schema
from ingest import said
from ingest.assignment_corrections import AssignmentSaid, also, corrected, items_of, said_of
from ingest.corrections import Corrections
from ingest.record import GIAO_ROLES, Place, Record, Target
from ingest.record import Task as ReadTask
from ingest.resolving.agency_statements import AgencyStatements
from vanmach.web import interface
from vanmach.web.changes import Change, Changes, now
from vanmach.web.collection import Collection
from vanmach.web.models import AGENCY, DOCUMENT, TASK, Model
from vanmach.web.worker import Correct, Undo

Role = Literal["chủ trì", "thực hiện", "theo dõi", "phối hợp", "báo cáo"]
Name = Annotated[str, Field(min_length=1, max_length=300)]


class WrongLink(Model):
    """The document does not stand so to the other one."""

    kind: Literal["wrong_link"]
    document: Name = Field(description="Id of the document in whose text the link was read.", examples=[DOCUMENT])
    relation: Name = Field(description="Type of the edge.", examples=["THUC_HIEN"])
    target: Name = Field(
        description="Symbol or name of the other document, as the text has it.", examples=["41/KH-UBND"]
    )
    source: Name = Field(default="this", description="The same of the document that the link begins at, if another.")


class Same(Model):
    """Agencies, or documents, that are one."""

    kind: Literal["same"]
    names: Annotated[list[Name], Field(min_length=2, max_length=50, description="Their ids.", examples=[[AGENCY, "…"]])]


class Different(Model):
    """Agencies, or documents, that are not one, although they look it."""

    kind: Literal["different"]
    names: Annotated[list[Name], Field(min_length=2, max_length=50, description="Their ids.")]


class PlaceOf(Model):
    """The jurisdiction that a document belongs to."""

    kind: Literal["place"]
    document: Name = Field(examples=[DOCUMENT])
    place: Annotated[list[Name], Field(min_length=1, max_length=3, description="From the top down.")]


class WrongPart(Model):
    """An agency does not do that in a task, or for a target."""

    kind: Literal["wrong_part"]
    task: Name = Field(description="Id of the task or target.", examples=[TASK])
    agency: Name = Field(description="Id of the agency.", examples=[AGENCY])
    role: Role = Field(description="What it is said to do.")
    instead: Role | None = Field(default=None, description="What it does; left out: it has no part.")


class MissingPart(Model):
    """An agency has a part in a task, or is to reach a target, and nobody read that."""

    kind: Literal["missing_part"]
    task: Name = Field(description="Id of the task or target.", examples=[TASK])
    agency: Name = Field(description="Id of the agency.", examples=[AGENCY])
    role: Role = Field(description="What it does.")


Correction = Annotated[WrongLink | WrongPart | MissingPart | Same | Different | PlaceOf, Field(discriminator="kind")]


class Corrected(Model):
    """A correction that was made."""

    number: int
    who: str
    when: str
    kind: str = Field(description="The section of corrections.yaml: same, different, headers, wrong or assignments.")
    value: Any
    undone_by: str | None
    undone_when: str | None


def corrections(collection: Collection) -> list[Corrected]:
    """What was corrected here, the newest first.

    Raises:
        WorkspaceError: the graph is on a server.
    """
    found = said.entries(collection.folder / "corrections.yaml")
    return [
        Corrected(
            number=one.number,
            who=one.who,
            when=one.when,
            kind=one.kind,
            value=one.value,
            undone_by=one.undone[0] if one.undone else None,
            undone_when=one.undone[1] if one.undone else None,
        )
        for one in reversed(found)
    ]


def correct(collection: Collection, changes: Changes, given: Correction, who: str) -> Change:
    """Have a correction made.

    Raises:
        LookupFailed: it names what is not there.
        QueryParameterError: there is no such type of link, or a name is given twice.
        WorkspaceBusy: too many changes wait.
    """
    if isinstance(given, WrongLink):
        if given.relation not in schema().edges:
            raise QueryParameterError(f"there is no link {given.relation!r}", f"one of {', '.join(schema().edges)}")
        interface.document(collection, given.document)
        value: Any = {"document": given.document, "type": given.relation, "to": given.target}
        if given.source != "this":
            value["from"] = given.source
        return changes.begin(Correct("wrong", value, who, now()), who)
    if isinstance(given, PlaceOf):
        interface.document(collection, given.document)
        return changes.begin(Correct("headers", {given.document: {"place": given.place}}, who, now()), who)
    if isinstance(given, WrongPart | MissingPart):
        said = _wrong_part(collection, given) if isinstance(given, WrongPart) else _missing_part(collection, given)
        return changes.begin(Correct("assignments", said.to_yaml(), who, now()), who)
    if len(set(given.names)) < len(given.names):
        raise QueryParameterError("one of the names is given twice", "name two different ones")
    return changes.begin(Correct(given.kind, list(given.names), who, now()), who)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A task or a target of a record, as the corrections up to now left it, and the ids of the agencies there."""

    id: str
    record: Record
    item: ReadTask | Target
    ids: Mapping[tuple[str, Place], str]


def _asked(collection: Collection, task: str) -> _Asked:
    """Where a person's word on a part belongs: the graph knows agencies by ids that other records have a say in.

    Raises:
        LookupFailed: it is not in a document that is here.
    """
    id_, _, ordinal = task.rpartition("#")
    number = ordinal.removeprefix("c")
    held = collection.documents
    # what is asked for may be a path: only a name that is there is looked at
    if held is not None and number.isascii() and number.isdigit() and id_ in held.ids():
        corrections = held.corrections()
        record = corrections.apply(id_, held.record(id_))
        items: Sequence[ReadTask | Target] = record.targets if ordinal.startswith("c") else record.tasks
        if 0 < int(number) <= len(items):
            return _Asked(id_, record, items[int(number) - 1], _ids(corrections, id_, record))
    raise LookupFailed(f"no document that is here has the task or target {task!r}", "see the tasks of its document")


def _ids(corrections: Corrections, id_: str, record: Record) -> Mapping[tuple[str, Place], str]:
    return AgencyStatements(places(), corrections).read(id_, record).ids


def _wrong_part(collection: Collection, given: WrongPart) -> AssignmentSaid:
    """A part as the record has it.

    Raises:
        LookupFailed: see `_asked`, or the agency has no such part in it.
        QueryParameterError: the part is what it is said to be instead, or none that it can be.
    """
    if given.instead == given.role:
        raise QueryParameterError(f"{given.role} is what is read already", "say another part, or none")
    of = _asked(collection, given.task)
    _check_role(of, given.instead)
    for part in of.item.assignments:
        if part.role == given.role and of.ids[part.name, part.place] == given.agency:
            return said_of(of.id, of.record, of.item, part, given.instead)
    raise LookupFailed(f"{given.agency!r} has not the part {given.role!r} in this task", "reload the page of the task")


def _missing_part(collection: Collection, given: MissingPart) -> AssignmentSaid:
    """A part that nobody read, with the agency as the record names it, or else by its name and place.

    Raises:
        LookupFailed: see `_asked`, or there is no such agency, or its name and place do not tell which it is.
        QueryParameterError: it has the part already, or the part is none that it can be.
    """
    of = _asked(collection, given.task)
    _check_role(of, given.role)
    if any(p.role == given.role and of.ids[p.name, p.place] == given.agency for p in of.item.assignments):
        name = next(name for (name, _), id_ in of.ids.items() if id_ == given.agency)
        raise QueryParameterError(f"{name} has the part {given.role!r} already", "say another part")
    known = interface.agency(collection, given.agency)
    place = tuple(reversed(known.place.split(", "))) if known.place else ()
    tried = [(name, None) for (name, _), id_ in of.ids.items() if id_ == given.agency]
    assert collection.documents is not None  # what is asked for was found there
    corrections = collection.documents.corrections()
    for name, where in (*tried, (known.name, None), (known.name, place)):
        said = also(of.id, of.record, of.item, name, where, given.role)
        mended = corrected(of.record, [said])
        ids = _ids(corrections, of.id, mended)
        new = {(p.name, p.place) for item in items_of(mended) if said.is_of(item) for p in item.assignments}
        if any(ids[one] == given.agency for one in new):
            return said
    raise LookupFailed(f"{known.name} cannot be told from its name alone", "say what it is the same as first")


def _check_role(of: _Asked, role: str | None) -> None:
    if isinstance(of.item, Target) and role is not None and role not in GIAO_ROLES:
        raise QueryParameterError(f"of a target an agency cannot be {role!r}", f"one of {', '.join(GIAO_ROLES)}")


def undo(changes: Changes, number: int, who: str) -> Change:
    """Have a correction taken back.

    Raises:
        WorkspaceBusy: too many changes wait.
    """
    return changes.begin(Undo(number, who, now()), who)
