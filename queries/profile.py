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
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.errors import WorkspaceError
from graph.schema import schema

_KEYS = {"documents", "agencies", "of_level", "within_days", "basis"}
_OF_DOCUMENTS = {"types", "level", "issuer", "since", "until"}
_UNITS = ("tỉnh", "huyện", "xã")
_LONGEST = 36_525
"""Days that a term may have: a hundred years."""


class _Loader(yaml.SafeLoader):
    """YAML whose days stay as they are written: 2025-02-30 is for `_day` to complain of."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


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
        raw = yaml.load(path.read_text("utf-8"), _Loader)  # a safe loader
    except OSError as error:
        raise WorkspaceError(f"{path}: {error.strerror}", "name the profile's file") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: not YAML", "docs/check.md shows a profile") from error
    if not isinstance(raw, dict) or set(raw) != {"duties"}:
        keys = ", ".join(map(str, raw)) if isinstance(raw, dict) else "nothing" if raw is None else type(raw).__name__
        raise WorkspaceError(f"{path}: `duties:` with a list stands there alone, not {keys}", "see docs/check.md")
    if not isinstance(raw["duties"], list):
        raise WorkspaceError(f"{path}: no list stands under `duties:`", "see docs/check.md")
    return tuple(_duty(entry, f"{path}: duty {number}") for number, entry in enumerate(raw["duties"], 1))


def _duty(raw: Any, where: str) -> LegalDuty:
    _check_keys(raw, where, _KEYS, _KEYS - {"within_days"})
    documents = raw["documents"]
    _check_keys(documents, f"{where}: documents", _OF_DOCUMENTS, {"types", "level"})
    level, of_level = documents["level"], raw["of_level"]
    for one, known in ((level, tuple(schema().levels)), (of_level, _UNITS)):
        if one not in known:
            raise WorkspaceError(f"{where}: no level {one!r}", f"one of {', '.join(known)}")
    if schema().rank(of_level) < schema().rank(level):
        raise WorkspaceError(f"{where}: of_level {of_level} is above level {level}", "the issuer's own, or one below")
    within = raw.get("within_days")
    if within is not None and (type(within) is not int or not 0 <= within <= _LONGEST):
        raise WorkspaceError(f"{where}: within_days is {within!r}", f"a number of days, {_LONGEST} at most")
    return LegalDuty(
        types=_types(documents["types"], where),
        level=level,
        agencies=_text(raw, "agencies", where),
        of_level=of_level,
        basis=_text(raw, "basis", where),
        within_days=within,
        issuer=_text(documents, "issuer", f"{where}: documents") if "issuer" in documents else "",
        since=_day(documents, "since", f"{where}: documents"),
        until=_day(documents, "until", f"{where}: documents"),
    )


def _types(raw: Any, where: str) -> tuple[str, ...]:
    known = schema().schemes["document-type"].concepts
    types = raw if isinstance(raw, list) else [raw]
    if unknown := [type_ for type_ in types if not isinstance(type_, str) or type_ not in known]:
        raise WorkspaceError(f"{where}: no type of documents {unknown[0]!r}", "as in Chỉ thị, Nghị quyết, Kế hoạch")
    return tuple(types)


def _text(raw: Mapping[str, Any], key: str, where: str) -> str:
    if not isinstance(raw[key], str) or not raw[key].strip():
        raise WorkspaceError(f"{where}: {key} is {raw[key]!r}", "write its name; see docs/check.md")
    return str(raw[key]).strip()


def _day(raw: Mapping[str, Any], key: str, where: str) -> str:
    """A day (ISO 8601); "" where it is left out."""
    if key not in raw:
        return ""
    try:
        return date.fromisoformat(str(raw[key])).isoformat()
    except ValueError:
        raise WorkspaceError(f"{where}: {key} is {raw[key]!r}, not a date", "write 2025-07-01") from None


def _check_keys(raw: Any, where: str, known: set[str], required: set[str]) -> None:
    if not isinstance(raw, dict):
        raise WorkspaceError(f"{where}: {', '.join(sorted(known))} stand there", "see docs/check.md")
    if unknown := sorted(set(map(str, raw)) - known):
        raise WorkspaceError(f"{where}: no key {unknown[0]!r}", f"known are {', '.join(sorted(known))}")
    if missing := sorted(required - set(raw)):
        raise WorkspaceError(f"{where}: {missing[0]} is missing", "see docs/check.md")
