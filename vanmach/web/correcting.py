"""What people correct, as the interface takes it and tells it, and what is written down of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from graph.errors import QueryParameterError
from graph.schema import schema
from ingest import said
from vanmach.web import interface
from vanmach.web.changes import Change, Changes, now
from vanmach.web.collection import Collection
from vanmach.web.models import AGENCY, DOCUMENT, Model
from vanmach.web.worker import Correct, Undo

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


Correction = Annotated[WrongLink | Same | Different | PlaceOf, Field(discriminator="kind")]


class Corrected(Model):
    """A correction that was made."""

    number: int
    who: str
    when: str
    kind: str = Field(description="The section of corrections.yaml: same, different, headers or wrong.")
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
    if len(set(given.names)) < len(given.names):
        raise QueryParameterError("one of the names is given twice", "name two different ones")
    return changes.begin(Correct(given.kind, list(given.names), who, now()), who)


def undo(changes: Changes, number: int, who: str) -> Change:
    """Have a correction taken back.

    Raises:
        WorkspaceBusy: too many changes wait.
    """
    return changes.begin(Undo(number, who, now()), who)
