"""Which names are one agency, and who belongs to a collective."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.places import places
from ingest.resolve_agencies import AgencyResolution, resolve_agencies
from tests.records import record

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "resolve_agencies.yaml").read_text("utf-8"))


def _resolved(row: dict[str, Any]) -> AgencyResolution:
    return resolve_agencies({id_: record(raw) for id_, raw in row["records"].items()}, places())


@pytest.mark.parametrize("row", [r for r in ROWS if "agencies" in r], ids=lambda row: row["name"])
def test_names_are_joined_or_kept_apart(row: dict[str, Any]) -> None:
    assert sorted(a.name for a in _resolved(row).agencies()) == sorted(row["agencies"])


@pytest.mark.parametrize("row", [r for r in ROWS if "members" in r], ids=lambda row: row["name"])
def test_collectives_have_the_members_of_the_day(row: dict[str, Any]) -> None:
    agencies = _resolved(row).agencies()
    (collective,) = [a for a in agencies if a.collective]
    assert sum(collective.id in a.members_of for a in agencies) == row["members"]
    assert sum(not a.collective for a in agencies) == row["members"]
