"""The pages that change the collection: add documents, correct facts, take that back, and watch how far it is."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from graph.errors import QueryParameterError
from queries.lookup import find_agency, find_document
from vanmach.web import correcting, interface
from vanmach.web.api import Asked
from vanmach.web.api_changes import Changing, Who, add
from vanmach.web.changes import Change
from vanmach.web.collection import Collection
from vanmach.web.correcting import Corrected, MissingPart, PlaceOf, Role, Same, WrongLink, WrongPart
from vanmach.web.forms import OWN_FORM
from vanmach.web.templating import page
from vanmach.web.uploads import TAKEN

pages_changes = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=300)]


def _watched(change: Change) -> Response:
    return RedirectResponse(f"/changes/{change.id}", 303)


@pages_changes.get("/add")
def choose(request: Request, changes: Changing) -> Response:
    return page(request, "add.html", taken=",".join(TAKEN), changes=changes.all()[:10])


@pages_changes.post("/add", dependencies=OWN_FORM)
def take(
    of: Asked, changes: Changing, who: Who, files: Annotated[list[UploadFile], File()], place: Text = ""
) -> Response:
    return _watched(add(of, changes, files, place, who))


@pages_changes.get("/changes/{change}")
def watch(request: Request, changes: Changing, change: str) -> Response:
    return page(request, "change.html", change=changes.one(change))


@pages_changes.get("/corrections")
def corrections(of: Asked, request: Request, changes: Changing) -> Response:
    found = correcting.corrections(of)
    ids = [id_ for one in found for id_ in _named(one)]
    of_two = [id_ for one in found if one.kind in ("same", "different") for id_ in _named(one)]
    names = {**interface.agency_names(of, of_two), **interface.document_names(of, ids)}
    return page(request, "corrections.html", corrections=found, names=names)


def _named(one: Corrected) -> list[str]:
    """The ids that a correction names."""
    if one.kind in ("wrong", "assignments"):
        return [one.value["document"]]
    return list(map(str, one.value))


@pages_changes.post("/corrections/{number}/undo", dependencies=OWN_FORM)
def undo(changes: Changing, who: Who, number: int) -> Response:
    return _watched(correcting.undo(changes, number, who))


@pages_changes.post("/documents/{document}/wrong-link", dependencies=OWN_FORM)
def wrong_link(
    of: Asked, changes: Changing, who: Who, document: str, relation: Text, target: Text, source: Text = "this"
) -> Response:
    given = WrongLink(kind="wrong_link", document=document, relation=relation, target=target, source=source)
    return _watched(correcting.correct(of, changes, given, who))


@pages_changes.post("/tasks/{task}/wrong-part", dependencies=OWN_FORM)
def wrong_part(
    of: Asked,
    changes: Changing,
    who: Who,
    task: str,
    agency: Text,
    role: Annotated[Role, Form()],
    instead: Annotated[Role | Literal[""], Form()] = "",
) -> Response:
    given = WrongPart(kind="wrong_part", task=task, agency=agency, role=role, instead=instead or None)
    return _watched(correcting.correct(of, changes, given, who))


@pages_changes.post("/tasks/{task}/part", dependencies=OWN_FORM)
def part(of: Asked, changes: Changing, who: Who, task: str, other: Text, role: Annotated[Role, Form()]) -> Response:
    given = MissingPart(kind="missing_part", task=task, agency=_id_of(of, "agencies", other), role=role)
    return _watched(correcting.correct(of, changes, given, who))


@pages_changes.post("/documents/{document}/place", dependencies=OWN_FORM)
def place(of: Asked, changes: Changing, who: Who, document: str, place: Text) -> Response:
    parts = [part.strip() for part in place.split("/") if part.strip()]
    if not 1 <= len(parts) <= 3:
        raise QueryParameterError(f"{place!r} is no place", 'write it from the top: "tỉnh X/huyện Y"')
    return _watched(correcting.correct(of, changes, PlaceOf(kind="place", document=document, place=parts), who))


@pages_changes.post("/{things}/{id_}/same", dependencies=OWN_FORM)
def same(
    of: Asked, changes: Changing, who: Who, things: Literal["documents", "agencies"], id_: str, other: Text
) -> Response:
    given = Same(kind="same", names=[id_, _id_of(of, things, other)])
    return _watched(correcting.correct(of, changes, given, who))


def _id_of(of: Collection, things: str, text: str) -> str:
    """The id of what a person named."""
    with of.reading() as store:
        return find_document(store, text).id if things == "documents" else find_agency(store, text).id
