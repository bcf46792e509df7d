"""What the interface gives: the models of /api/v1, which the pages show too."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

DOCUMENT = "120-kh-ubnd-2023-10-05-f6d9906a0b"
TASK = f"{DOCUMENT}#2"
TARGET = f"{DOCUMENT}#c1"
AGENCY = "phong-lao-dong-thuong-binh-va-xa-hoi-huyen-yen-dung-fef2a14bc3"

Day = Annotated[str | None, Field(description="ISO 8601; 2023 or 2023-10 where no more is known.")]
Level = Annotated[str | None, Field(description="trung ương, tỉnh, huyện, xã or cơ sở.", examples=["huyện"])]
Area = Annotated[str | None, Field(description="The smallest part first.", examples=["huyện Yên Dũng, tỉnh Bắc Giang"])]

Counted = Annotated[str | None, Field(description="What is counted or measured.")]
Comparator = Annotated[str | None, Field(description=">=, <=, =, ≈ or range.", examples=[">="])]
Figure = Annotated[float | None, Field(examples=[40.0])]
HighestFigure = Annotated[float | None, Field(description="The upper end of a range.")]
Unit = Annotated[str | None, Field(examples=["%"])]


class Model(BaseModel):
    """Facts that are not known are null."""

    model_config = ConfigDict(frozen=True)


class Rows(Model, Generic[T]):
    """A part of a list."""

    total: int = Field(description="How many there are in all.")
    offset: int = Field(description="How many stand before the first of these.")
    rows: list[T]


class Passage(Model):
    """Where a fact was read."""

    doc: str = Field(description="Id of the document in whose text it stands.", examples=[DOCUMENT])
    start: int = Field(description="Offset in characters of the cleaned text.", examples=[1726])
    end: int = Field(examples=[1747])
    quote: str | None = Field(description="The sentence around it.")
    section: str | None = Field(examples=["IV.1"])
    rule: str = Field(description="What found it.", examples=["subject"])
    confidence: float = Field(description="From 0 to 1.", examples=[0.85])


class DocumentSummary(Model):
    id: str = Field(examples=[DOCUMENT])
    symbol: str | None = Field(examples=["120/KH-UBND"])
    type: str | None = Field(examples=["Kế hoạch"])
    title: str | None
    issuer: str | None = Field(examples=["Ủy ban nhân dân huyện Yên Dũng"])
    issued_on: Day = Field(examples=["2023-10-05"])
    level: Level
    place: Area
    status: str | None = Field(description="`ingested`: its text is here; `cited`: others name it.")


class Relation(Model):
    """How a document stands to another one, and the passage that says so."""

    direction: Literal["in", "out"]
    relation: str = Field(description="Type of the edge.", examples=["THUC_HIEN"])
    id: str
    symbol: str | None
    type: str | None
    title: str | None
    issuer: str | None
    issued_on: Day
    status: str | None
    evidence: Passage | None


class Document(DocumentSummary):
    """A document with all that is known of it."""

    symbol_suffix: str | None
    signer: str | None
    signer_position: str | None
    source: str | None
    inferred: list[str] | None
    ambiguous_with: list[str] | None
    names: list[str] | None
    tasks: int
    targets: int
    relations: list[Relation]
    has_text: bool = Field(description="Whether its text can be had from here.")


class StandingCount(Model):
    """How many units stand how."""

    status: str
    units: int


class AgencySummary(Model):
    id: str = Field(examples=[AGENCY])
    name: str
    kind: str | None
    level: Level
    place: Area
    collective: bool
    aliases: list[str] | None


class AgencyDuty(Model):
    """A task of an agency, in whatever document."""

    document: str
    symbol: str | None
    name: str = Field(description="What the document is called in few words.")
    issued_on: Day
    task: str
    section: str | None
    text: str
    role: str
    via: str | None
    deadline: Day
    recurrence: str | None
    requires_plan: bool
    inherited_from: str | None = Field(description="Whose task it was, where that agency is gone and this took over.")
    part: str | None = Field(description="Which part of its work this agency took over.")
    evidence: list[Passage]


class AgencyTarget(Model):
    """A target that an agency has to reach, in whatever document."""

    document: str
    symbol: str | None
    name: str = Field(description="What the document is called in few words.")
    issued_on: Day
    target: str = Field(examples=[TARGET])
    section: str | None
    text: str | None
    subject: Counted
    comparator: Comparator
    value: Figure
    value_max: HighestFigure
    unit: Unit
    deadline: Day
    role: str
    via: str | None
    inherited_from: str | None = Field(description="Whose target it was, where that agency is gone and this took over.")
    part: str | None = Field(description="Which part of its work this agency took over.")
    evidence: list[Passage]


class Partner(Model):
    """An agency that shares tasks with another one."""

    partner: str
    partner_id: str
    level: Level
    tasks: int


class Agency(AgencySummary):
    duties: list[AgencyDuty]
    targets: list[AgencyTarget]
    documents: list[DocumentSummary] = Field(description="Those that it issued.")
    partners: list[Partner]


class Fact(Model):
    """What was read in a text, or said by a person."""

    number: int = Field(description="In the order of the text.")
    kind: str = Field(examples=["deadline"])
    name: str
    value: str
    about: dict[str, Any] = Field(
        description="What else was read; `ref`, `from_ref`, `to_ref` are names in the record, `id` is that of a task "
        "or target, `agency` that of who has a part in the `task` or `target`."
    )
    section: str
    start: int = Field(description="Offset in characters; 0 to 0 where a person said it.")
    end: int
    rule: str
    confidence: float
    explanation_vi: str = Field(description="What the rule looks at, in words.")
    explanation_en: str
    within: int | None = Field(description="Number of the task or target that it belongs to.")


class Text(Model):
    """The cleaned text of a document with every fact."""

    document: DocumentSummary
    text: str
    facts: list[Fact]


class Found(Model):
    """What a search found, the most of each kind that were asked for."""

    text: str
    documents: Rows[DocumentSummary]
    agencies: Rows[AgencySummary]


class LevelCount(Model):
    """What there is of a level, and how its units stand with the plans that they were told to issue."""

    level: Level
    ingested: int
    cited: int
    standings: list[StandingCount] = Field(description="Empty too where the collection is too large to be judged.")


class Directive(DocumentSummary):
    """A document at the top."""

    implementing: int = Field(description="How many documents implement it directly.")


class CollectionSummary(Model):
    """What is in the collection and how complete it is."""

    counts: dict[str, int] = Field(description="Nodes by label and edges by type.", examples=[{"Document": 22}])
    levels: list[LevelCount]
    directives: list[Directive] = Field(
        description="Documents that others implement, and that implement none; those that most implement first."
    )
    writable: bool = Field(description="Whether documents can be added and facts corrected here.")


class QueryParameter(Model):
    name: str
    type: str
    optional: bool
    meaning: str


class Query(Model):
    """A question that is ready."""

    name: str
    doc: str
    parameters: list[QueryParameter]
    returns: list[str]
    severity: str | None


class Table(Model):
    """Rows of a query; a node is an object of its properties with `_label`, an edge one with `_type`."""

    columns: list[str]
    rows: list[list[Any]]


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="Kind of the error.", examples=["LookupFailed"])
    title: str = Field(examples=["no document has the id 'x'"])
    status: int = Field(examples=[404])
    detail: str = Field(description="What to do next.")
    candidates: list[dict[str, Any]] = Field(default=[], description="What a name may mean.")
