"""What the interface gives of how a document is implemented: units, duties, findings, trees, matrix and timeline."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from vanmach.web.models import AGENCY, Area, Day, DocumentSummary, Level, Model, Passage, StandingCount


class Unit(Model):
    """An agency with a role in what a document sets going."""

    agency: str
    agency_id: str = Field(examples=[AGENCY])
    level: Level
    place: Area
    role: str = Field(examples=["chủ trì"])
    collective: bool
    via: list[str] = Field(description="Classes of agencies through which it has its tasks.")
    tasks: int
    documents: list[str] = Field(description="Ids of the documents that give them.")
    evidence: list[Passage]
    holders: list[str] = Field([], description="Asked of a day: who holds its tasks on it, where the agency is gone.")
    orphaned: bool = Field(False, description="Asked of a day: it is gone, and nobody is known to have taken over.")


Status = Annotated[str, Field(description="có kế hoạch, chậm, chưa đến hạn, không rõ or chưa có.", examples=["chậm"])]


class Duty(Model):
    """A unit that was told to issue a plan, and how that stands today."""

    agency: str
    agency_id: str | None
    level: Level
    place: Area
    via: str | None = Field(description="The class of agencies through which it has the duty.")
    status: Status
    days_late: int | None
    plan: str | None = Field(description="Id of the plan.")
    plan_type: str | None
    plan_issued_on: Day
    plan_by: str | None = Field(description="Who issued it, where that stands in for the agency.")
    deadline: Day
    held: int = Field(description="How many documents of it, or of a body whose plan counts for it, are here.")
    holders: list[str] = Field(description="Who holds the duty today, if others.")
    orphaned: bool = Field(description="The agency is gone, and nobody is known to have taken over.")
    source: str = Field(description="Id of the document that asks for it.")
    task: str | None
    section: str | None
    evidence: list[Passage]


class Finding(Model):
    """What a check complains of; what it does not tell is null."""

    check: str = Field(examples=["missing_plans"])
    severity: str = Field(description="error, warning or info.", examples=["warning"])
    agency: str | None
    agency_id: str | None
    level: Level
    place: Area
    status: Status | None
    days_late: int | None
    deadline: Day
    plan: str | None
    held: int | None
    holders: list[str] | None
    source: str | None = Field(description="Id of the document that it is about.")
    task: str | None
    target: str | None = Field(description="Id of the target that it is about.")
    section: str | None
    other: str | None = Field(description="Id of another document concerned.")
    evidence: list[Passage] | None


class Link(Model):
    """How a document of a tree hangs on the one above it."""

    type: str = Field(examples=["THUC_HIEN"])
    evidence: list[Passage]
    agency: str | None = None
    via: str | None = None


class TreeTask(Model):
    """A task in a tree."""

    id: str
    section: str | None
    text: str
    leads: list[str]
    coordinators: list[str]
    report_to: list[str]
    deadline: Day
    recurrence: str | None
    requires_plan: bool


class Branch(Model):
    """A document of a tree with what stands below it."""

    document: DocumentSummary
    edge: Link | None
    tasks: list[TreeTask] | int = Field(description="How many it gives; at the root of a task's tree the tasks.")
    children: list[Branch]
    cycle: bool = Field(description="It stands under itself; the branch ends here.")
    concrete: list[str] = Field(default=[], description="Ids of its tasks that make the task concrete.")


class MatrixCell(Model):
    column: str = Field(description="A level, or nothing where rows are agencies.")
    counts: list[StandingCount]


class MatrixRow(Model):
    name: str = Field(description="A province or an agency; empty is the whole country.")
    id: str | None = Field(description="Of the agency.")
    cells: list[MatrixCell]


class Matrix(Model):
    """Units that had to issue a plan, counted by province and level or for each agency."""

    by: Literal["province", "agency"]
    columns: list[str]
    rows: list[MatrixRow]


class LevelTimes(Model):
    """How many days from the document to the plans of a level."""

    level: Level
    plans: int
    least: int
    median: float
    most: int


class DatedPlan(DocumentSummary):
    days: int
    standing: str | None = Field(description="Of the duty that it meets, if it was asked for.")


class Timeline(Model):
    """The days from a document to all that implement it, as far as their dates are known to the day."""

    document: DocumentSummary
    levels: list[LevelTimes]
    plans: list[DatedPlan]
