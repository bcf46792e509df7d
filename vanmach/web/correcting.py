"""What people correct, as the interface takes it and tells it, and what is written down of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from graph.errors import LookupFailed, QueryParameterError
from graph.places import places
from graph.schema import schema
from ingest import said
from ingest.assignment_corrections import said_of
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
    """An agency does not do that in a task."""

    kind: Literal["wrong_part"]
    task: Name = Field(description="Id of the task.", examples=[TASK])
    agency: Name = Field(description="Id of the agency.", examples=[AGENCY])
    role: Role = Field(description="What it is said to do.")
    instead: Role | None = Field(default=None, description="What it does; left out: it has no part.")


Correction = Annotated[WrongLink | WrongPart | Same | Different | PlaceOf, Field(discriminator="kind")]


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
    if isinstance(given, WrongPart):
        return changes.begin(Correct("assignments", _assignment(collection, given), who, now()), who)
    if len(set(given.names)) < len(given.names):
        raise QueryParameterError("one of the names is given twice", "name two different ones")
    return changes.begin(Correct(given.kind, list(given.names), who, now()), who)


def _assignment(collection: Collection, given: WrongPart) -> dict[str, str]:
    """A part in a task as the record has it: the graph knows the agency by an id that others have a say in.

    Raises:
        LookupFailed: the task is not in a document that is here, or the agency has no such part in it.
        QueryParameterError: the part is what it is said to be instead.
    """
    if given.instead == given.role:
        raise QueryParameterError(f"{given.role} is what is read already", "say another part, or none")
    id_, _, ordinal = given.task.rpartition("#")
    held = collection.documents
    # what is asked for may be a path: only a name that is there is looked at
    if held is None or not ordinal.isascii() or not ordinal.isdigit() or id_ not in held.ids():
        raise LookupFailed(f"no document that is here has the task {given.task!r}", "see the tasks of its document")
    corrections = held.corrections()
    record = corrections.apply(id_, held.record(id_))
    ids = AgencyStatements(places(), corrections).read(id_, record).ids
    for task in record.tasks[int(ordinal) - 1 : int(ordinal)] if int(ordinal) else ():
        for part in task.assignments:
            if part.role == given.role and ids[part.name, part.place] == given.agency:
                return said_of(id_, record, task, part, given.instead).to_yaml()
    raise LookupFailed(f"{given.agency!r} has not the part {given.role!r} in this task", "reload the page of the task")


def undo(changes: Changes, number: int, who: str) -> Change:
    """Have a correction taken back.

    Raises:
        WorkspaceBusy: too many changes wait.
    """
    return changes.begin(Undo(number, who, now()), who)
