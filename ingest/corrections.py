"""What a person said, which always wins: `corrections.yaml` in the workspace.

headers:                       # by id or by file name
  ke-hoach.docx: {issuer: Ủy ban nhân dân huyện Hải Lăng, place: [tỉnh Quảng Trị, huyện Hải Lăng]}
same:                          # names (of documents, or of agencies) that are one
  - [74-kh-ubnd-2024-03-28-1a2b3c, 74-kh-ubnd-2f3e4d]
different:                     # names that are not, although they look it
  - [21-ct-tw-2023-05-04-aaaaaa, 90-kh-ubnd-2023-dddddd#d3]
wrong:                         # links that the program read and that are not so
  - {document: 90-kh-ubnd-2023-dddddd, type: THUC_HIEN, to: 21-CT/TW}
assignments:                   # who does what, where the program read it wrong
  - {document: 90-kh-ubnd-2023-dddddd, task: Rà soát tủ sách, agency: Sở Y tế tỉnh X, role: chủ trì, instead: phối hợp}

A name is an id, or "RECORD#REF": what the record of that id says of the document d3, or of the agency with that id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from graph.errors import WorkspaceError
from graph.schema import schema
from ingest.assignment_corrections import ASSIGNMENTS, AssignmentSaid, assignments_said, corrected, unheard
from ingest.record import Header, Record, said_by_a_person
from ingest.resolving.agency_changes import Change, read_changes
from ingest.resolving.given_place import placed
from ingest.resolving.identity import is_date
from ingest.said import SECTION, merged

_ID = re.compile(r"[a-z0-9-]+-[0-9a-f]{6,}")  # 74-kh-ubnd-2024-03-28-1a2b3c
CORRECTED = said_by_a_person("correction")
"""How a field of the header was found that a person gave."""

_HEADER_FIELDS = {f.name for f in fields(Header)} - {"found", "attached"}
_SECTIONS = ("headers", "same", "different", "wrong", ASSIGNMENTS, "agencies", SECTION)
_THIS = "this"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person said of one thing: the entries of `same` that name it, and those of `different` with its name."""

    same: frozenset[int] = frozenset()
    different: frozenset[tuple[int, str]] = frozenset()


UNMARKED = Marks()


@dataclass(frozen=True, slots=True)
class WrongLink:
    """A relation that a record must not have: the record's id, and symbols or names of the ends as it writes them.

    `source` or `target` is "this" where it is the document itself.
    """

    document: str
    type: str
    target: str
    source: str = _THIS


@dataclass(frozen=True)
class Corrections:
    """`headers` maps an id or a file name to header fields; `same` and `different` hold groups of names.

    `wrong` are links that are not so, `assignments` parts in tasks and targets that are not, or that nobody read.
    `agencies` are changes of agencies (renamed, merged, dissolved) that the program does not know.
    """

    headers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    same: tuple[frozenset[str], ...] = ()
    different: tuple[frozenset[str], ...] = ()
    wrong: tuple[WrongLink, ...] = ()
    assignments: tuple[AssignmentSaid, ...] = ()
    agencies: tuple[Change, ...] = ()

    def apply(self, id_: str, record: Record) -> Record:
        """The record as a person corrected it.

        It has the header that was given, whose jurisdiction holds for all that took it from there, no link or part
        in a task that is said to be wrong, and the parts that nobody read.
        """
        record = corrected(record, [one for one in self.assignments if one.document == id_])
        if wrong := {number for link in self.wrong if link.document == id_ for number in _places(record, link)}:
            kept = tuple(relation for number, relation in enumerate(record.relations) if number not in wrong)
            record = replace(record, relations=kept)
        given = self.headers.get(id_) or self.headers.get(record.file)
        if not given:
            return record
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in given.items()}
        if (place := values.get("place")) is not None:
            record = placed(record, place)
        found = {**record.header.found, **dict.fromkeys(values, CORRECTED)}
        return replace(record, header=replace(record.header, **values, found=found))

    def corrects(self, id_: str, file: object) -> bool:
        """Whether something is said of a record by its id or by its file's name."""
        said = [link.document for link in self.wrong] + [part.document for part in self.assignments]
        return id_ in self.headers or file in self.headers or id_ in said

    @cached_property
    def _marked(self) -> dict[str, Marks]:
        same: dict[str, set[int]] = {}
        different: dict[str, set[tuple[int, str]]] = {}
        for number, group in enumerate(self.same):
            for name in group:
                same.setdefault(name, set()).add(number)
        for number, group in enumerate(self.different):
            for name in group:
                different.setdefault(name, set()).add((number, name))
        return {
            name: Marks(frozenset(same.get(name, ())), frozenset(different.get(name, ())))
            for name in same.keys() | different.keys()
        }

    @property
    def names(self) -> Collection[str]:
        """All names in `same` and `different`."""
        return self._marked.keys()

    @cached_property
    def _stems(self) -> frozenset[str]:
        """What the names begin with, up to each of their hyphens."""
        return frozenset(name[:at] for name in self._marked for at, c in enumerate(name) if c == "-")

    def may_name(self, stem: str) -> bool:
        """Whether a name with this beginning ("74-kh-ubnd") is in `same` or `different`."""
        return stem in self._stems

    def marks(self, names: Iterable[str]) -> Marks:
        """What is said of a thing that has these names."""
        found = [marks for name in names if (marks := self._marked.get(name))]
        if not found:
            return UNMARKED
        same, different = ([getattr(marks, side) for marks in found] for side in ("same", "different"))
        return Marks(frozenset().union(*same), frozenset().union(*different))

    def check(self, names: Collection[str], records: Mapping[str, Record]) -> None:
        """Refuse a name that nothing has: a word of a person is never silently without effect.

        A header that is given for a file may wait for it.

        Args:
            names: those in `same` and `different` that documents or agencies have.
            records: by id.

        Raises:
            WorkspaceError: naming the entry.
        """
        for section, groups in (("same", self.same), ("different", self.different)):
            for name in sorted(frozenset().union(*groups)):
                if name not in names:
                    raise WorkspaceError(
                        f"corrections.yaml: {section}: nothing has the name {name!r}",
                        "`vanmach documents` and `vanmach units --format json` show ids",
                    )
        for name in self.headers:
            if _ID.fullmatch(name) and name not in records and not any(r.file == name for r in records.values()):
                raise WorkspaceError(
                    f"corrections.yaml: headers: no document has the id {name!r}", "`vanmach documents` shows ids"
                )

    def check_read(self, records: Mapping[str, Record]) -> None:
        """Refuse to call a link or a part in a task wrong that no record has, and a part in a task that there is not.

        Args:
            records: by id, as they were read.

        Raises:
            WorkspaceError: naming the entry.
        """
        for link in self.wrong:
            record = records.get(link.document)
            if record is None or not _places(record, link):
                ends = f"{link.type} from {link.source} to {link.target}"
                raise WorkspaceError(
                    f"corrections.yaml: wrong: {link.document} has no {ends}", "`vanmach show` lists its links"
                )
        for message, hint in unheard(records, self.assignments):
            raise WorkspaceError(message, hint)


def _places(record: Record, link: WrongLink) -> list[int]:
    """Which of a record's relations a person means."""
    keys = {_THIS: _THIS, **{document.ref: document.key for document in record.documents}}
    meant = (link.source, link.type, link.target)
    return [n for n, r in enumerate(record.relations) if (keys[r.source], r.type, keys[r.target]) == meant]


def load_corrections(path: Path) -> Corrections:
    """The corrections in a file; none where there is no file.

    Raises:
        WorkspaceError: the file is no YAML of this shape; the message names the place.
    """
    if not path.exists():
        return Corrections()
    try:
        raw = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, ValueError) as error:  # ValueError: no UTF-8, or a day that no calendar has
        raise WorkspaceError(f"{path}: {' '.join(str(error).split())}", "mend the YAML there") from error
    if not isinstance(raw, dict) or (unknown := set(raw) - set(_SECTIONS)):
        named = f" ({', '.join(sorted(map(str, unknown)))})" if isinstance(raw, dict) else ""
        raise WorkspaceError(f"{path}: only {', '.join(_SECTIONS)} can stand there{named}", "see docs/corrections.md")
    raw = merged(path, raw)
    same, different = _united(_groups(path, raw, "same")), _groups(path, raw, "different")
    for both in _contradictions(same, different):
        raise WorkspaceError(f"{path}: {' and '.join(both)} cannot be the same and different", "take one entry out")
    changes = read_changes(raw.get("agencies") or [], path.name, str(path))
    assignments = assignments_said(path, raw.get(ASSIGNMENTS) or [])
    headers = _headers(path, raw.get("headers") or {})
    return Corrections(headers, same, different, _wrong(path, raw), assignments, changes)


def _wrong(path: Path, raw: Mapping[str, Any]) -> tuple[WrongLink, ...]:
    links = raw.get("wrong") or []
    if not isinstance(links, list) or not all(
        isinstance(link, dict)
        and {"document", "type", "to"} <= set(link) <= {"document", "type", "from", "to"}
        and link["type"] in schema().edges
        for link in links
    ):
        raise WorkspaceError(
            f"{path}: wrong: each entry says document, type (such as THUC_HIEN) and to, perhaps from",
            "see docs/corrections.md",
        )
    return tuple(
        WrongLink(str(link["document"]), link["type"], str(link["to"]), str(link.get("from", _THIS))) for link in links
    )


def _headers(path: Path, raw: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(raw, dict) or not all(isinstance(values, dict) for values in raw.values()):
        raise WorkspaceError(f"{path}: headers: fields stand there by id or file name", "see docs/corrections.md")
    for name, values in raw.items():
        if wrong := set(values) - _HEADER_FIELDS:
            raise WorkspaceError(
                f"{path}: {name}: a header has no {', '.join(sorted(wrong))}",
                f"known are {', '.join(sorted(_HEADER_FIELDS))}",
            )
    return {str(name): {f: _value(path, f, v) for f, v in values.items()} for name, values in raw.items()}


def _value(path: Path, name: str, value: Any) -> str | list[str] | None:
    """A field as a header has it; "tỉnh X/huyện Y" is a place, and a day may stand without quotes."""
    if value is None:
        return None
    if name == "place":
        parts = value.split("/") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) and part.strip() for part in parts):
            raise WorkspaceError(f"{path}: place: {value!r} is none", 'write it from the top: "tỉnh X/huyện Y"')
        return [part.strip() for part in parts]
    if not isinstance(value, str | date | int) or isinstance(value, bool):
        raise WorkspaceError(f"{path}: {name}: {value!r} is no text", "write it in quotes")
    text = str(value)
    if name == "issued_on" and not is_date(text):
        raise WorkspaceError(f"{path}: issued_on: {text!r} is no date", "write 2023-10-05, 2023-10 or 2023")
    if name == "level" and text not in schema().levels:
        raise WorkspaceError(f"{path}: level: {text!r} is none", f"known are {', '.join(schema().levels)}")
    return text


def _groups(path: Path, raw: Mapping[str, Any], name: str) -> tuple[frozenset[str], ...]:
    groups = raw.get(name) or []
    if not isinstance(groups, list) or not all(
        isinstance(group, list) and len(set(map(str, group))) > 1 for group in groups
    ):
        raise WorkspaceError(f"{path}: {name}: each entry is a list of two or more ids", "see docs/corrections.md")
    return tuple(frozenset(map(str, group)) for group in groups)


def _contradictions(same: Iterable[frozenset[str]], different: Iterable[frozenset[str]]) -> Iterator[list[str]]:
    for one in same:
        for other in different:
            if len(both := one & other) > 1:
                yield sorted(both)[:2]


def _united(groups: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """Groups that share an id are one group: what is the same as the same thing is the same."""
    united: list[frozenset[str]] = []
    for group in groups:
        touching = [known for known in united if known & group]
        united = [known for known in united if known not in touching] + [group.union(*touching)]
    return tuple(united)
