"""What a record says, fact by fact, each with the passage that it was read in and the rule that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ingest.quote import marked
from ingest.record import GIAO_ROLES, Assignment, Found, Header, Record, Task
from ingest.resolving.identity import place_name
from ingest.rules import explain_rule

_BESIDE = {"symbol_suffix": "symbol", "level": "issuer", "place": "issuer"}
"""Fields of the header that were read together with another one, or follow from it where nobody supplied them."""

_KINDS = {"phối hợp": "coordinator", "báo cáo": "report_to", **dict.fromkeys(GIAO_ROLES, "lead")}
_OF_A_DOCUMENT = ("issuer", "issued_on", "title", "inferred")
_OF_A_TARGET = ("comparator", "value", "value_max", "unit", "by")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a document.

    `kind` is header, recipient, document, relation, task, lead, coordinator, report_to, deadline, recurrence,
    requires_plan or target; `name` says which (the header's field, the type of a document or relation, the role),
    `value` what was read, `about` what else was read with it. `passage` is the sentence in three parts, the second of
    which is the fact itself; all are empty where a person said it. `facts` are those of a task or target.
    """

    kind: str
    name: str
    value: str
    doc: str
    section: str
    found: Found
    passage: tuple[str, str, str]
    about: Mapping[str, Any]
    facts: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        """The fact as plain JSON values, see docs/json.md."""
        evidence = {"doc": self.doc, "start": self.found.start, "end": self.found.end, "quote": "".join(self.passage)}
        evidence |= {"section": self.section, "rule": self.found.rule, "confidence": self.found.confidence}
        return {
            "kind": self.kind,
            "name": self.name,
            "value": self.value,
            "about": dict(self.about),
            "evidence": [evidence],
            "passage": dict(zip(("before", "fact", "after"), self.passage, strict=True)),
            "explanation": asdict(explain_rule(self.found.rule)),
            "facts": [fact.to_json() for fact in self.facts],
        }


class _Explainer:
    def __init__(self, doc: str, record: Record, text: str) -> None:
        self._doc, self._record, self._text = doc, record, text
        self._names = {"this": "this", **{document.ref: document.key for document in record.documents}}

    def _fact(
        self,
        kind: str,
        value: str,
        found: Found,
        *,
        name: str = "",
        section: str = "",
        about: Mapping[str, Any] | None = None,
        facts: Iterable[Fact] = (),
    ) -> Fact:
        passage = marked(self._text, found.start, found.end) if found.end else ("", "", "")
        return Fact(kind, name, value, self._doc, section, found, passage, about or {}, tuple(facts))

    def facts(self) -> Iterator[Fact]:
        """All facts in the order of the record."""
        record = self._record
        yield from self._header(record.header)
        for recipient in record.recipients:
            yield self._fact("recipient", recipient.name, recipient)
        for document in record.documents:
            about = {name: value for name in _OF_A_DOCUMENT if (value := getattr(document, name))}
            yield self._fact("document", document.key, document, name=document.type or "", about=about)
        for relation in record.relations:
            ends = {"from": self._names[relation.source], "to": self._names[relation.target]}
            yield self._fact("relation", ends["to"], relation, name=relation.type, section=relation.section, about=ends)
        for task in record.tasks:
            yield self._fact("task", task.text, task, section=task.section, facts=self._of_task(task))
        for target in record.targets:
            about = {name: getattr(target, name) for name in _OF_A_TARGET}
            parts = (self._assigned(part, target.section) for part in target.assignments)
            yield self._fact("target", target.subject, target, section=target.section, about=about, facts=parts)

    def _header(self, header: Header) -> Iterator[Fact]:
        fields = ("type", "symbol", "symbol_suffix", "issued_on", "issuer", "level", "place", "title", "signer")
        for field in (*fields, "signer_position"):
            value = place_name(header.place) if field == "place" else getattr(header, field)
            found = header.found.get(field) or header.found.get(_BESIDE.get(field, ""))
            if value and found and not (field == "symbol_suffix" and header.symbol):
                yield self._fact("header", str(value), found, name=field)

    def _of_task(self, task: Task) -> Iterator[Fact]:
        for part in task.assignments:
            yield self._assigned(part, task.section)
        for name, found in task.found.items():
            value = getattr(task, name)
            yield self._fact(name, "" if value is True else str(value), found, section=task.section)

    def _assigned(self, part: Assignment, section: str) -> Fact:
        return self._fact(_KINDS[part.role], part.name, part, name=part.role, section=section)


def explain(doc: str, record: Record, text: str) -> list[Fact]:
    """Every fact of a record.

    Args:
        doc: the id under which the document is stored.
        record: with the person's corrections, if there are any (`ingest.corrections`).
        text: the cleaned text that its offsets count in.
    """
    return list(_Explainer(doc, record, text).facts())
