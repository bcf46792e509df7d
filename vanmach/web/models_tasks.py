"""What the interface gives of a task: who has a part in it, and its line up and down."""

from __future__ import annotations

from pydantic import Field

from vanmach.web.models import DOCUMENT, Day, DocumentSummary, Model, Passage
from vanmach.web.models_implementation import Branch


class DocumentTask(Model):
    """A task as its document gives it; agencies by their names."""

    id: str = Field(examples=[f"{DOCUMENT}#2"])
    section: str | None = Field(examples=["III.1-1"])
    heading: str | None
    text: str
    leads: list[str]
    coordinators: list[str]
    report_to: list[str]
    deadline: Day
    deadline_text: str | None
    recurrence: str | None
    requires_plan: bool
    start: int | None
    end: int | None


class TaskAgency(Model):
    """An agency's part in a task."""

    agency: str
    agency_id: str
    role: str
    evidence: Passage | None


class TaskLink(Model):
    """A task of another document that this one makes concrete."""

    id: str
    text: str
    evidence: Passage | None


class Task(DocumentTask):
    """A task with its line up and down."""

    document: DocumentSummary
    agencies: list[TaskAgency]
    concretises: list[TaskLink]
    up: Branch = Field(description="What the document implements.")
    down: Branch = Field(description="Where the task goes.")
