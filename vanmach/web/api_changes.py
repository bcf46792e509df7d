"""What changes the collection, in the JSON interface: documents that are added, facts that are corrected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Request, UploadFile

from graph.errors import ReadError, WorkspaceError
from ingest.record import Place
from vanmach.web import correcting, uploads
from vanmach.web.api import PROBLEMS, Asked
from vanmach.web.changes import Change, Changes
from vanmach.web.collection import Collection
from vanmach.web.correcting import Corrected, Correction
from vanmach.web.worker import Ingest

api_changes = APIRouter(prefix="/api/v1", responses=PROBLEMS)


def changes_of(request: Request) -> Changes:
    """The changes of the workspace.

    Raises:
        WorkspaceError: the graph is on a server.
    """
    changes: Changes | None = request.app.state.changes
    if changes is None:
        raise WorkspaceError("nothing can be changed here: the graph is on a server", "serve the folder of a workspace")
    return changes


def who_of(request: Request) -> str:
    who: str = request.app.state.access.who(request)
    return who


Changing = Annotated[Changes, Depends(changes_of)]
Who = Annotated[str, Depends(who_of)]
PlaceText = Annotated[
    str, Form(max_length=300, description='Whose documents they are, where the text does not say: "tỉnh X/huyện Y".')
]


def add(of: Collection, changes: Changes, files: list[UploadFile], place: str, who: str) -> Change:
    """Keep files and have them read.

    Raises:
        ReadError: none of them is a document.
        WorkspaceBusy: too many changes wait.
    """
    if len(files) > uploads.AT_ONCE:
        raise ReadError(f"more than {uploads.AT_ONCE} files", "add them in parts")
    received = uploads.receive([(file.filename or "", file.file) for file in files], of.folder)
    if not received.kept:
        told = "; ".join(f"{file.name}: {file.message}" for file in received.refused) or "no file was sent"
        raise ReadError(told, "choose documents")
    return changes.begin(Ingest(received.kept, _place(place)), who, received.refused)


def _place(given: str) -> Place | None:
    return tuple(part.strip() for part in given.split("/") if part.strip()) or None


@api_changes.post("/ingests", status_code=202, tags=["changes"])
def add_documents(
    of: Asked,
    changes: Changing,
    who: Who,
    files: Annotated[list[UploadFile], File(description="DOCX, PDF, HTML, Markdown or text.")],
    place: PlaceText = "",
) -> Change:
    """Add documents; the change tells how far it is, and what became of each file."""
    return add(of, changes, files, place, who)


@api_changes.get("/changes", tags=["changes"])
def changes(changes: Changing) -> list[Change]:
    """What was changed since the program runs, the newest first."""
    return changes.all()


@api_changes.get("/changes/{change}", tags=["changes"])
def change(changes: Changing, change: Annotated[str, Path(description="Id of a change.", max_length=20)]) -> Change:
    """How far a change is."""
    return changes.one(change)


@api_changes.get("/corrections", tags=["changes"])
def corrections(of: Asked) -> list[Corrected]:
    """What was corrected here, the newest first."""
    return correcting.corrections(of)


@api_changes.post("/corrections", status_code=202, tags=["changes"])
def correct(of: Asked, changes: Changing, who: Who, correction: Correction) -> Change:
    """Correct a fact; what a person says wins over what the program reads."""
    return correcting.correct(of, changes, correction, who)


@api_changes.post("/corrections/{number}/undo", status_code=202, tags=["changes"])
def undo(
    changes: Changing, who: Who, number: Annotated[int, Path(description="Of the correction.", ge=1, le=1_000_000_000)]
) -> Change:
    """Take a correction back."""
    return correcting.undo(changes, number, who)
