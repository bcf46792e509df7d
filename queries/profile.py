"""A profile: duties to issue a plan that the law gives to a class of agencies, in a file that an official can write.

    duties:
      - documents: {types: [Chỉ thị, Nghị quyết], level: tỉnh}
        agencies: Ủy ban nhân dân
        of_level: huyện
        within_days: 30
        basis: khoản 2 Điều 5 Quy chế làm việc …

Every unit of `of_level` in the area of the document's issuer is bound, as the units were on the document's day; where
that is the issuer's own level, its own unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graph.errors import WorkspaceError
from graph.schema import schema

_KEYS = {"documents", "agencies", "of_level", "within_days", "basis"}
_OF_DOCUMENTS = {"types", "level", "issuer", "since", "until"}


@dataclass(frozen=True, slots=True)
class LegalDuty:
    """A duty that the law gives.

    Args:
        types, level: of the documents that must be followed by a plan.
        agencies: the body that each unit has ("Ủy ban nhân dân"), without the unit's name.
        of_level: the level of the units.
        basis: the provision, as a report should cite it.
        within_days: days from the document's date; None is no term.
        issuer: how the name of the documents' issuer begins ("Hội đồng nhân dân"); "" is any.
        since, until: only documents from this day, to this day; "" is open.
    """

    types: tuple[str, ...]
    level: str
    agencies: str
    of_level: str
    basis: str
    within_days: int | None = None
    issuer: str = ""
    since: str = ""
    until: str = ""

    def is_about(self, document: Mapping[str, Any]) -> bool:
        """Whether a document (with type, level, issuer and issued_on) is one that must be followed by a plan."""
        on = document["issued_on"] or ""
        in_time = (not self.since or on >= self.since) and (not self.until or "" < on <= self.until)
        of_kind = document["type"] in self.types and (document["issuer"] or "").startswith(self.issuer)
        return of_kind and document["level"] == self.level and in_time


def read_profile(path: Path) -> tuple[LegalDuty, ...]:
    """The duties in a profile file.

    Raises:
        WorkspaceError: the file cannot be read, or an entry is not of that form; the message says which.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise WorkspaceError(f"{path}: {error.strerror}", "name the profile's file") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: not YAML", "docs/check.md shows a profile") from error
    if not isinstance(raw, dict) or set(raw) != {"duties"} or not isinstance(raw["duties"], list):
        keys = ", ".join(map(str, raw)) if isinstance(raw, dict) else type(raw).__name__
        raise WorkspaceError(f"{path}: `duties:` with a list stands there alone, not {keys}", "see docs/check.md")
    return tuple(_duty(entry, f"{path}: duty {number}") for number, entry in enumerate(raw["duties"], 1))


def _duty(raw: Any, where: str) -> LegalDuty:
    _check_keys(raw, where, _KEYS, _KEYS - {"within_days"})
    documents = raw["documents"]
    _check_keys(documents, f"{where}: documents", _OF_DOCUMENTS, {"types", "level"})
    for level in (documents["level"], raw["of_level"]):
        if level not in schema().levels:
            raise WorkspaceError(f"{where}: no level {level!r}", f"one of {', '.join(schema().levels)}")
    known = schema().schemes["document-type"].concepts
    types = documents["types"] if isinstance(documents["types"], list) else [documents["types"]]
    if unknown := [type_ for type_ in types if type_ not in known]:
        raise WorkspaceError(f"{where}: no type of documents {unknown[0]!r}", "as in Chỉ thị, Nghị quyết, Kế hoạch")
    within = raw.get("within_days")
    if within is not None and (not isinstance(within, int) or isinstance(within, bool) or within < 0):
        raise WorkspaceError(f"{where}: within_days is {within!r}", "a number of days")
    return LegalDuty(
        types=tuple(types),
        level=documents["level"],
        agencies=str(raw["agencies"]),
        of_level=raw["of_level"],
        basis=str(raw["basis"]),
        within_days=within,
        issuer=str(documents.get("issuer", "")),
        since=str(documents.get("since", "")),
        until=str(documents.get("until", "")),
    )


def _check_keys(raw: Any, where: str, known: set[str], required: set[str]) -> None:
    if not isinstance(raw, dict):
        raise WorkspaceError(f"{where}: {', '.join(sorted(known))} stand there", "see docs/check.md")
    if unknown := sorted(set(map(str, raw)) - known):
        raise WorkspaceError(f"{where}: no key {unknown[0]!r}", f"known are {', '.join(sorted(known))}")
    if missing := sorted(required - set(raw)):
        raise WorkspaceError(f"{where}: {missing[0]} is missing", "see docs/check.md")
