"""Whether the confidence of facts tells how often they are right.

Each fact of a record is held against the annotation, by the scorer's own way of comparing names, documents and places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

SURE = 0.9
"""What is marked with this confidence or more is meant to be used without reading the passage."""

_FIELDS = {"phối hợp": "coordinators", "báo cáo": "report_to"}
"""The annotation's field for a role; every other role is a lead."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact of a record: its kind, the rule that found it, its confidence, and whether the annotation has it."""

    kind: str
    rule: str
    confidence: float
    right: bool


def scorer(path: Path) -> ModuleType:
    """The scorer, which is a program without an ending to its name, as a module."""
    loader = SourceFileLoader("score", str(path))
    spec = spec_from_loader("score", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def judge(score: ModuleType, gold: Json, record: Json, text: str) -> Iterator[Judged]:
    """Every fact of a record that has a confidence.

    Args:
        score: the scorer.
        gold: the annotation.
        record: the record as JSON.
        text: the text in which the anchors of both stand.
    """
    name = lambda written: score.agency(written, False)  # noqa: E731
    sent = {name(recipient) for recipient in gold.get("recipients", [])}
    for fact in record["recipients_found"]:
        yield Judged("recipient", fact["rule"], fact["confidence"], name(fact["name"]) in sent)
    keys = {score.doc_key(document["key"]) for document in gold.get("documents", [])}
    for fact in record["documents"]:
        yield Judged("document", fact["rule"], fact["confidence"], score.doc_key(fact["key"]) in keys)
    relation = lambda r: (score.doc_key(r["from"]), r["type"], score.doc_key(r["to"]))  # noqa: E731
    relations = {relation(r) for r in gold.get("relations", [])}
    for fact in record["relations"]:
        yield Judged("relation", fact["rule"], fact["confidence"], relation(fact) in relations)
    flat = score.flat(text)
    for ours, fact in score.pair(gold.get("tasks", []), record["tasks"], flat, 30):
        if fact:
            yield Judged("task", fact["rule"], fact["confidence"], ours is not None)
            yield from _assigned(name, ours or {}, fact)
    for ours, fact in score.pair(gold.get("targets", []), record["targets"], flat, 200):
        if fact:
            alike = ours is not None and _aim(ours) == _aim(fact)
            yield Judged("target", fact["rule"], fact["confidence"], alike)


def _assigned(name: Any, gold: Json, task: Json) -> Iterator[Judged]:
    for part in task["assignments"]:
        field = _FIELDS.get(part["role"], "leads")
        known = {name(agency) for agency in gold.get(field) or []}
        kind = {"coordinators": "PHOI_HOP", "report_to": "BAO_CAO", "leads": "GIAO"}[field]
        yield Judged(kind, part["rule"], part["confidence"], name(part["name"]) in known)


def _aim(target: Json) -> tuple[Any, ...]:
    return (target.get("comparator"), target.get("value"), target.get("value_max"), str(target.get("by")))


def share_right(facts: Iterable[Judged]) -> tuple[int, float]:
    """How many facts there are, and which share of them is right (1 where there are none)."""
    right = [fact.right for fact in facts]
    return len(right), sum(right) / len(right) if right else 1.0


def report(facts: list[Judged], by_rule: bool = False) -> Iterator[str]:
    """Lines that tell how right the sure facts are, then how right the facts of each confidence are."""
    count, share = share_right(fact for fact in facts if fact.confidence >= SURE)
    yield f"of {count} facts marked {SURE} or more {share:.1%} are right"
    bins: dict[str, list[Judged]] = defaultdict(list)
    for fact in facts:
        bins[f"{fact.confidence:.2f}" + (f"  {fact.kind}: {fact.rule}" if by_rule else "")].append(fact)
    for label in sorted(bins, reverse=True):
        count, share = share_right(bins[label])
        yield f"  {label:42}{count:6d}{share:8.3f}"
