"""What the interface gives of a task or a target: who has a part in it, and its line up and down."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from vanmach.web.models import (
    DOCUMENT,
    TARGET,
    Comparator,
    Counted,
    Day,
    DocumentSummary,
    Figure,
    HighestFigure,
    Model,
    Passage,
    Unit,
)
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
    """An agency's part in a task or a target."""

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


class DocumentTarget(Model):
    """A target as its document gives it; agencies by their names."""

    id: str = Field(examples=[TARGET])
    section: str | None = Field(examples=["II.1"])
    text: str | None
    subject: Counted
    comparator: Comparator
    value: Figure
    value_max: HighestFigure
    unit: Unit
    deadline: Day
    leads: list[str]
    start: int | None
    end: int | None


class TargetBeside(Model):
    """A target of another document beside this one, or a document that leaves it out."""

    document: DocumentSummary
    target: DocumentTarget | None = Field(description="Null where the document leaves it out.")
    standing: Literal["giống", "thấp hơn", "không nêu"] = Field(
        description="How the lower of both stands to the upper: of the same subject, less than it, or not there."
    )


class Target(DocumentTarget):
    """A target with its line up and down, one document each way."""

    document: DocumentSummary
    agencies: list[TaskAgency]
    evidence: Passage | None = Field(description="Where it was read.")
    up: list[TargetBeside] = Field(description="Targets of what its document implements.")
    down: list[TargetBeside] = Field(description="Targets of what implements its document, or that these leave it out.")
