"""What the pages say of an error, in the reader's language: out of errors.yaml, by what the program says in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from vanmach.web.words import Language

USUAL = "VanmachError"
"""The kind whose words stand in for those of a kind that has none."""

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of an error; `own` is what the program said, where no words of errors.yaml say the same."""

    text: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """What the program says ("no task has the id {id}"), as a pattern, and what pages say of it."""

    said: re.Pattern[str]
    words: Mapping[str, str]

    def told(self, text: str, language: Language) -> str | None:
        found = self.said.fullmatch(text)
        if found is None:
            return None
        if language not in self.words:
            return text
        return self.words[language].format(**{name: _unquoted(value) for name, value in found.groupdict().items()})


def told(kind: str, message: str, hint: str, language: Language) -> Told:
    """An error in a reader's words.

    Args:
        kind: the name of its class, as `Problem.type` has it.
        message, hint: what happened and what to do next, as the program says it.
        language: the reader's.

    >>> told("LookupFailed", "no task has the id 'x'", "", "vi").text
    'Không có nhiệm vụ nào mang mã “x”.'
    """
    happened = in_words("messages", message, language)
    if happened is None:
        kinds = _data()["kinds"]
        return Told(kinds.get(kind, kinds[USUAL])[language], message)
    onward = (in_words("hints", hint, language) or "") if hint else ""
    if language == "en":
        return Told(f"{happened} — {onward}" if onward else happened)
    return Told(f"{happened}. {onward}".strip())


def told_line(kind: str, line: str, language: Language) -> Told:
    """The same for an error in one line, `message — hint`, as a change keeps it."""
    cuts = [match.start() for match in re.finditer(" — ", line)]
    for cut in (*reversed(cuts), len(line)):
        found = told(kind, line[:cut], line[cut + 3 :], language)
        if not found.own:
            return found
    return Told(found.text, line)


def in_words(section: Literal["messages", "hints"], text: str, language: Language) -> str | None:
    """What the pages say of a message or a hint; None where errors.yaml has no words for it.

    Several things may be told at once, with "; " between them, and each may begin with the name of what it is about
    ("a.pdf: a PDF with a password").
    """
    rows = _rows(section)
    if whole := _first(rows, text, language):
        return whole
    parts = [_named(rows, part, language) for part in text.split("; ")]
    return None if None in parts else "; ".join(filter(None, parts))


def _named(rows: tuple[_Row, ...], text: str, language: Language) -> str | None:
    if found := _first(rows, text, language):
        return found
    for name in re.finditer(": ", text):
        if found := _first(rows, text[name.end() :], language):
            return f"{text[: name.start()]}: {found}"
    return None


def _first(rows: tuple[_Row, ...], text: str, language: Language) -> str | None:
    return next((found for row in rows if (found := row.told(text, language))), None)


@cache
def _rows(section: str) -> tuple[_Row, ...]:
    """The rows of a section, those that say most first."""
    found = [(said, {"vi": words} if isinstance(words, str) else words) for said, words in _data()[section].items()]
    found.sort(key=lambda row: -len(_HOLE.sub("", row[0])))
    return tuple(_Row(re.compile("".join(_pattern(said)), re.S), words) for said, words in found)


def _pattern(said: str) -> Iterator[str]:
    for number, piece in enumerate(_HOLE.split(said)):
        yield f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece)


def _unquoted(value: str) -> str:
    """A value without the quotes and escapes that Python shows it in."""
    if value[:1] in "'\"" and value[:1] == value[-1:] and len(value) > 1:
        try:
            return str(ast.literal_eval(value))
        except (SyntaxError, ValueError):  # it has quotes of its own
            return value
    return value


@cache
def _data() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(files("vanmach.web").joinpath("errors.yaml").read_text("utf-8"))
    return loaded
