"""Short names that a document gives to bodies: "Trường Cao đẳng A (sau đây gọi là Trường)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.named import is_inside, without
from ingest.naming.agencies import Scope, canonical
from ingest.patterns import LOWER, UPPER, any_of, cues, pattern
from ingest.record import AgencyRef

# "… (sau đây gọi tắt là |Trung tâm|)", "… (dưới đây gọi là |Quỹ|)"
_DEFINED = pattern(
    r"\((?:(?:sau|dưới|từ) đây )?(?:được )?(?:viết|gọi)(?: chung)?(?: tắt)?(?: là)?:? [“\"']?"
    rf"(?P<short>(?-i:[{UPPER}])[^\W\d_]*(?: [^\W\d_]+){{0,2}})[”\"']?\)"
)
# "- Chủ đầu tư: Ban Quản lý dự án A.": who has the part that the text speaks of from there on
_PART = pattern(
    rf"(?:^|\n)[-+*•\s]{{0,6}}(?P<short>{any_of(cues('task_cues', 'parts_in_projects'))})\s*:"
    r"\s*(?P<who>[^\n;:]{8,160})"
)
_REACH = 150
"""Characters before a definition in which the full name begins."""

_COVERED = 0.6
"""The part of the words before a definition that the full name has, at least; its place may be unknown."""

# "Trung tâm| có trách nhiệm", "Trường| được", "của Quỹ|.": the short name stands alone
_STANDS = any_of({w for key in ("verbs", "manner", "predicates", "no_verbs") for w in cues("task_cues", key)})


class ShortNames:
    """The short names of a text, with the agencies that they stand for."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._text = text
        self._of: dict[str, AgencyRef] = {}
        self._defined: set[int] = set()  # where the short names are given
        for defined in _DEFINED.finditer(text):
            short = " ".join(defined["short"].split())
            if short not in self._of and (agency := _named_before(text, defined.start(), short, scope)):
                self._of[short] = agency
                self._defined.add(defined.start("short"))
        for part, agency in _parts(text, scope).items():
            self._of[part] = self._of[part[:1].upper() + part[1:]] = agency
        shorts = any_of(self._of).replace(" ", r"\s+") if self._of else "(?!)"
        self._word = pattern(
            rf"(?<!\w)(?-i:(?P<short>{shorts}))(?=\s*(?:[,.;:)]|$)| (?=(?-i:[{LOWER}]))(?:{_STANDS}|chịu)(?!\w))"
        )

    def said(self, start: int, end: int, names: list[AgencyRef]) -> list[AgencyRef]:
        """The names of a passage, with those that short names stand for.

        Args:
            start, end: characters of the document's text.
            names: what was found there, sorted by where it starts.
        """
        if not self._of:
            return names
        found = [
            replace(self._of[" ".join(short["short"].split())], start=short.start(), end=short.end())
            for short in self._word.finditer(self._text, start, end)
            if short.start() not in self._defined and not _goes_before(names, short.start(), short.end())
        ]
        spans = [(name.start, name.end) for name in found]
        return sorted([*without(names, spans), *found], key=lambda name: name.start) if found else names


def _parts(text: str, scope: Scope) -> dict[str, AgencyRef]:
    """Who has the parts of a project that a text is about; of two who have one none is meant."""
    found: dict[str, AgencyRef | None] = {}
    for label in _PART.finditer(text):
        part, words = label["short"].lower(), label["who"].strip(" .")
        agency = canonical(words, scope)
        whole = agency if agency and len(agency.written) > _COVERED * len(words) else None
        found[part] = whole if part not in found or (whole and whole == found[part]) else None
    return {part: agency for part, agency in found.items() if agency}


def _goes_before(names: Sequence[AgencyRef], start: int, end: int) -> bool:
    """Whether a short name is a part of a longer one ("Hiệu trưởng| Trường")."""
    return any(name.start < start < name.end or (name.start == start and name.end > end) for name in names) or (
        is_inside(names, start) and not any(name.start == start for name in names)
    )


def _named_before(text: str, end: int, short: str, scope: Scope) -> AgencyRef | None:
    """The agency whose full name, which begins with the short one's word, ends where a definition stands."""
    low = max(0, end - _REACH)
    first = short.split()[0]
    at = text.rfind(first, low, end)
    while at >= low:
        words = " ".join(text[at:end].split())
        agency = canonical(words, scope) if words != short else None
        if agency and agency.written != short and len(agency.written) > _COVERED * len(words):
            return agency
        at = text.rfind(first, low, at) if at > low else -1
    return None
