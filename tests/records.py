"""Records out of the short YAML that test rows are written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ingest.record import AgencyRef, Assignment, CitedDocument, Header, Record, Relation, Target, Task

_FOUND = {"start": 0, "end": 1, "rule": "test", "confidence": 1.0}


def _agency(raw: Mapping[str, Any]) -> dict[str, Any]:
    place = tuple(raw.get("place", ("?",)))
    defaults = {"head": raw["name"], "written": raw["name"], "kind": "", "level": None}
    return {**_FOUND, **defaults, **raw, "place": place}


def record(raw: Mapping[str, Any], file: str = "test.txt") -> Record:
    """A record; every field that a row leaves out has a plain default."""
    header = {**raw.get("header", {})}
    header["place"] = tuple(header.get("place", ("?",)))
    documents = [
        CitedDocument(**{**_FOUND, "ref": f"d{i}", "type": None, **d, "place": tuple(d.get("place", ("?",)))})
        for i, d in enumerate(raw.get("documents", ()), 1)
    ]
    relations = [Relation(**{**_FOUND, **r}) for r in raw.get("relations", ())]
    tasks = [
        replace(
            Task(**{**_FOUND, "section": "", "anchor": "", "text": "", **t, "assignments": ()}),
            assignments=_assignments(t),
        )
        for t in raw.get("tasks", ())
    ]
    targets = [
        replace(Target(**{**_FOUND, "section": "", "anchor": "", **t, "assignments": ()}), assignments=_assignments(t))
        for t in raw.get("targets", ())
    ]
    return Record(
        file=file,
        header=Header(**header),
        recipients=tuple(AgencyRef(**_agency(a)) for a in raw.get("recipients", ())),
        documents=tuple(documents),
        relations=tuple(relations),
        tasks=tuple(tasks),
        targets=tuple(targets),
    )


def _assignments(raw: Mapping[str, Any]) -> tuple[Assignment, ...]:
    return tuple(Assignment(**{"role": "chủ trì", **_agency(a)}) for a in raw.get("assignments", ()))
