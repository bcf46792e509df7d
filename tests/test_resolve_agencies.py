"""Which names are one agency, who belongs to a collective, and who took over from whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.places import places
from ingest.corrections import Corrections
from ingest.resolving.agency_changes import read_changes
from ingest.resolving.agency_statements import agencies_of
from ingest.resolving.resolve_agencies import Agencies, ResolvedAgency, resolve_agencies
from tests.records import record

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "resolve_agencies.yaml").read_text("utf-8"))


def _rows(key: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if key in row]


def _resolved(row: dict[str, Any]) -> Agencies:
    corrections = Corrections(
        headers=row.get("headers", {}), agencies=read_changes(row.get("changes", []), "corrections.yaml", "test")
    )
    records = {id_: corrections.apply(id_, record(raw)) for id_, raw in row["records"].items()}
    return resolve_agencies(records, places(), corrections)


def _named(row: dict[str, Any]) -> list[ResolvedAgency]:
    """The agencies that the records name, without those that they only imply."""
    resolution = _resolved(row)
    corrections = Corrections(headers=row.get("headers", {}))
    records = {id_: corrections.apply(id_, record(raw)) for id_, raw in row["records"].items()}
    ids = {resolution.id_of(id_, ref.name, ref.place) for id_, said in records.items() for ref in agencies_of(said)}
    return [agency for agency in resolution.agencies() if agency.id in ids]


@pytest.mark.parametrize("row", _rows("agencies"), ids=lambda row: row["name"])
def test_names_are_joined_or_kept_apart(row: dict[str, Any]) -> None:
    assert sorted(a.name for a in _named(row)) == sorted(row["agencies"])


@pytest.mark.parametrize("row", _rows("members"), ids=lambda row: row["name"])
def test_collectives_have_the_members_of_the_day(row: dict[str, Any]) -> None:
    agencies = _resolved(row).agencies()
    classes = {a.id for a in agencies if a.collective}
    members = [a for a in agencies if classes.intersection(a.members_of)]
    assert len(members) == row["members"]
    assert {a.name for a in members} >= set(row.get("among", ()))


@pytest.mark.parametrize("row", _rows("classes"), ids=lambda row: row["name"])
def test_a_class_is_told_by_its_members(row: dict[str, Any]) -> None:
    agencies = _resolved(row).agencies()
    classes = {a.id: a for a in agencies if a.collective}
    counted = [(classes[id_].name, sum(id_ in a.members_of for a in agencies)) for id_ in classes]
    assert sorted(counted) == sorted(map(tuple, row["classes"]))


@pytest.mark.parametrize("row", _rows("periods"), ids=lambda row: row["name"])
def test_agencies_have_their_time(row: dict[str, Any]) -> None:
    periods = {a.name: [a.valid_from, a.valid_to] for a in _resolved(row).agencies()}
    assert {name: periods[name] for name in row["periods"]} == row["periods"]


@pytest.mark.parametrize("row", _rows("heirs"), ids=lambda row: row["name"])
def test_who_took_over_from_whom(row: dict[str, Any]) -> None:
    resolution = _resolved(row)
    name = {a.id: a.name for a in resolution.agencies()}
    taken = [
        {"later": name[later], "date": how.date, **({"field": how.field} if how.field else {}), "source": how.source}
        for later, earlier, how in resolution.successions()
        if name[earlier] == row["of"]
    ]
    expected = [{**heir, "source": heir.get("source", row.get("source"))} for heir in row["heirs"]]
    assert sorted(taken, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("row", _rows("now"), ids=lambda row: row["name"])
def test_a_duty_can_be_followed_to_whoever_holds_it_now(row: dict[str, Any]) -> None:
    resolution = _resolved(row)
    agencies = {a.id: a for a in resolution.agencies()}
    reached = {id_ for id_, a in agencies.items() if a.name == row["of"]}
    for _ in range(len(agencies)):
        reached |= {later for later, earlier, _ in resolution.successions() if earlier in reached}
    assert sorted(agencies[id_].name for id_ in reached if not agencies[id_].valid_to) == sorted(row["now"])


@pytest.mark.parametrize("row", _rows("parts"), ids=lambda row: row["name"])
def test_organs_are_part_of_their_body(row: dict[str, Any]) -> None:
    name = {a.id: a.name for a in _resolved(row).agencies()}
    found = {a.name: name[a.parent] if a.parent else None for a in _resolved(row).agencies()}
    assert {organ: found[organ] for organ in row["parts"]} == row["parts"]
