"""Whom a letter addresses, and the words that stand for them in its text: "Quý cơ quan", "Công ty", "các đơn vị"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assigning.named import without
from ingest.assigning.task_segments import sentences
from ingest.patterns import LOWER, UPPER, any_of, cues, pattern
from ingest.record import AgencyRef

_EVERY = r"(?:các|những|toàn thể) "
# "Công ty |cổ phần Đá Trắng", "Các đơn vị |nuôi hàu trên địa bàn huyện"; of "Các phòng, ban" no noun can be taken
_NOUN = pattern(rf"(?:{_EVERY})?(?P<noun>{any_of(cues('task_cues', 'bodies'))})(?= [^\W\d_])(?! và )")
_SMALL = frozenset(["các", "những", "có", "của", "nêu", "trên", "thuộc", "và"])
# "Thủ trưởng |các đơn vị"
_TITLES = rf"(?:(?:{any_of(cues('task_cues', 'fillers'))}) )*"
# "Quý cơ quan", "Quý doanh nghiệp": whatever they are
_YOU = pattern(rf"quý (?:{any_of(cues('task_cues', 'bodies'))}|sở|bộ|ban|ủy ban|cấp|thầy cô)(?!\w)(?! (?-i:[{UPPER}]))")
# "Doanh nghiệp |niêm yết …" at the head of a sentence
_ACTS = "|".join(any_of(cues("task_cues", key)) for key in ("verbs", "manner", "own_verbs"))
# "các đơn vị| rà soát …", "các đơn vị|; Sở A": nothing says of what other kind they are
_OWN = any_of([*cues("task_cues", "own_verbs"), *cues("task_cues", "manner")])
_ACT_THEN = pattern(rf"\s*(?:[,.;:)]|$)| (?:{_OWN}|thực hiện (?:các|những|một số|theo))(?!\w)")
_CLASS = pattern(rf"{_EVERY}\w+ \w")
# "Ủy ban nhân dân các tỉnh, thành phố| nêu trên"
_ABOVE = pattern(r"\s+(?:đã )?(?:nêu|nói|kể) trên(?!\w)")
_OF_PLACES = pattern(r" (?:các|những) ")
# "(sau đây gọi chung là thủ trưởng |các đơn vị|)" behind the addressees
_CALLED = pattern(
    r"[\s(.;]{0,12}(?:sau|dưới|từ) đây (?:được )?(?:gọi|viết)(?: chung| tắt)*(?: là)?:? "
    rf"{_TITLES}(?:là )?[“\"]?(?P<called>[^()“”\".;,]{{5,60}})"
)
_DESCRIBED = 80
"""Characters behind a class that may say of what kind it is."""


class Addressees:
    """The addressees of a document ("Kính gửi: …"), which may be none."""

    def __init__(self, text: str, agencies: Sequence[AgencyRef]) -> None:
        self._text = text
        self.agencies = [_within_a_sentence(agency) for agency in agencies]
        self._of: dict[str, list[AgencyRef]] = {}
        for agency in self.agencies:
            if noun := _NOUN.match(agency.written):
                self._of.setdefault(_words(noun["noun"]), []).append(agency)
        self._written = {_words(agency.written): agency for agency in self.agencies if _CLASS.match(agency.written)}
        last = max((agency.end for agency in agencies), default=0)
        called = _CALLED.match(text, last) if agencies else None
        words = " ".join(map(re.escape, called["called"].split())) if called else "(?!)"
        self._called = pattern(rf"{_TITLES}(?:{_EVERY})?{words}")
        longest_first = sorted(self._written, key=len, reverse=True)
        whole = "|".join(" ".join(map(re.escape, words.split())) for words in longest_first)
        self._whole = pattern(rf"(?<!\w)(?:{whole or '(?!)'})(?!\w)")
        nouns = any_of(self._of) if self._of else r"(?!)"
        self._word = pattern(rf"{_TITLES}(?:{_EVERY})?(?P<noun>{nouns})(?!\w)")
        self._subject = pattern(rf"(?:{_EVERY})?(?P<noun>{nouns})(?= (?-i:[{LOWER}]))(?= (?:{_ACTS})(?!\w))")

    def said(self, start: int, end: int, names: list[AgencyRef]) -> list[AgencyRef]:
        """The names of a passage, those that stand for addressees as these.

        Args:
            start, end: characters of the document's text.
            names: what was found there, sorted by where it starts.
        """
        if not self.agencies:
            return names
        addressed = [
            _at(self._written[_words(whole[0])], *whole.span())
            for whole in self._whole.finditer(self._text, start, end)
            if all(self._word.fullmatch(name.written) for name in names if _meets(whole.span(), [_span(name)]))
        ]
        others: list[AgencyRef] = []
        above = {_places(name) for name in names if _ABOVE.match(self._text, name.end)} - {None}
        for name in without(names, [_span(agency) for agency in addressed]):
            meant = (self._named_above(name) if _places(name) in above else []) or self._addressed(name)
            (others if meant == [name] else addressed).extend(meant)
        # what was read of an addressee's name behind its noun is no body of its own
        found = [*addressed, *without(others, sorted({_span(agency) for agency in addressed}))]
        taken = [_span(name) for name in found]
        for at, stop in sentences(self._text, start, end):
            if (subject := self._subject.match(self._text, at, stop)) and not _meets(subject.span(), taken):
                found += [_at(agency, *subject.span()) for agency in self._of[_words(subject["noun"])]]
        for you in _YOU.finditer(self._text, start, end):
            if not _meets(you.span(), taken):
                found += [_at(agency, *you.span()) for agency in self.agencies]
        return sorted(found, key=lambda name: name.start)

    def _addressed(self, name: AgencyRef) -> list[AgencyRef]:
        if _YOU.fullmatch(name.written) or self._called.fullmatch(name.written):
            return [_at(agency, name.start, name.end) for agency in self.agencies]
        if fewer := [agency for agency in self.agencies if _in_fewer_words(name, agency)]:
            return [_at(agency, name.start, name.end) for agency in fewer]
        word = self._word.fullmatch(name.written)
        addressed = self._of[_words(word["noun"])] if word else []
        if name.collective and not _ACT_THEN.match(self._text, name.end):
            addressed = [agency for agency in addressed if self._is_described(name.end, agency)]
        if addressed:
            return [_at(agency, name.start, self._end(name, agency)) for agency in addressed]
        # "Cục Thuế" in a letter to "Cục Thuế các tỉnh"
        whole = [a for a in self.agencies if a.collective and a.name.startswith(f"{name.name} các ")]
        return [replace(name, name=whole[0].name)] if whole else [name]

    def _named_above(self, name: AgencyRef) -> list[AgencyRef]:
        """The addressees that "Ủy ban nhân dân các tỉnh nêu trên" means, where several are named one by one."""
        head = f"{_OF_PLACES.split(name.name)[0]} "
        meant = [agency for agency in self.agencies if not agency.collective and agency.name.startswith(head)]
        above = _ABOVE.match(self._text, name.end)
        end = above.end() if above else name.end
        return [_at(agency, name.start, end) for agency in meant] if len(meant) > 1 else []

    def _is_described(self, at: int, agency: AgencyRef) -> bool:
        """Whether what goes on with a class says of what kind the addressee is ("các hộ| có nghề nuôi hàu")."""
        kind = _words(_rest(agency)).split()[:3]
        return " ".join(kind) in _words(self._text[at : at + _DESCRIBED])

    def _end(self, name: AgencyRef, agency: AgencyRef) -> int:
        """Where a name ends that is said in full ("các đơn vị| nuôi hàu trên địa bàn huyện")."""
        rest = _rest(agency)
        whole = re.compile(r"\s+".join(re.escape(word) for word in rest.split()), re.IGNORECASE)
        behind = re.compile(r"\s+").match(self._text, name.end)
        more = whole.match(self._text, behind.end()) if behind and rest else None
        return more.end() if more else name.end


def _places(name: AgencyRef) -> str | None:
    """Of which places a class of agencies is ("tỉnh, thành phố"); None where it is one agency, or of no places."""
    _, *places = _OF_PLACES.split(name.name, maxsplit=1)
    return places[0] if places and name.collective else None


def _rest(agency: AgencyRef) -> str:
    """What of its name says of what kind it is, behind the noun."""
    noun = _NOUN.match(agency.written)
    return agency.written[noun.end() :] if noun else ""


def _in_fewer_words(name: AgencyRef, agency: AgencyRef) -> bool:
    """Whether a name is how an addressee's begins: "các đơn vị khai thác đá" of "… khai thác đá trên địa bàn huyện"."""
    noun, whole = _NOUN.match(name.written), _NOUN.match(agency.written)
    if name.parent or noun is None or whole is None or _words(noun["noun"]) != _words(whole["noun"]):
        return False
    said, full = (
        [word for word in _words(text).split() if word not in _SMALL]
        for text in (name.written[noun.end() :], agency.written[whole.end() :])
    )
    return bool(said) and said == full[: len(said)]


def _within_a_sentence(agency: AgencyRef) -> AgencyRef:
    agency = replace(agency, written=agency.written.rstrip(" .;,"))
    small = agency.name[:1].lower() + agency.name[1:]
    return replace(agency, name=small) if agency.collective and small.startswith("các ") else agency


def _at(agency: AgencyRef, start: int, end: int) -> AgencyRef:
    return replace(agency, start=start, end=end)


def _span(name: AgencyRef) -> tuple[int, int]:
    return name.start, name.end


def _words(noun: str) -> str:
    return " ".join(noun.lower().split())


def _meets(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
