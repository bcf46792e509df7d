"""What the pages say, in Vietnamese and English: out of words.yaml, the view's words and the graph's own schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from graph.schema import schema
from viz.names import words as view_words

Language = Literal["vi", "en"]
_NAMED = re.compile("`([^`]+)`")


def _loaded(name: str) -> Any:
    return yaml.safe_load(files("vanmach.web").joinpath(name).read_text("utf-8"))


@cache
def _own() -> dict[str, dict[str, dict[str, str]]]:
    loaded: dict[str, dict[str, dict[str, str]]] = _loaded("words.yaml")
    return loaded


@cache
def _questions() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = _loaded("questions.yaml")
    return loaded


@cache
def _properties() -> dict[str, Mapping[str, str]]:
    model = schema()
    found: dict[str, Mapping[str, str]] = {}
    of_nodes = [kind.properties for kind in model.nodes.values()]
    of_edges = [kind.properties for kind in model.edges.values()]
    for properties in (*of_nodes, *of_edges, model.evidence):
        for name, known in properties.items():
            found.setdefault(name, {"vi": known.vi, "en": known.en})
    return found


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        """What the pages say under a key of words.yaml, with values in its braces."""
        return _own()["interface"][key][self.language].format(**values)

    def column(self, name: str) -> str:
        """A column's or a property's heading; one that nobody named keeps its name."""
        told = _own()["columns"].get(name) or _properties().get(name)
        if told is None:
            return name
        return told[self.language][:1].upper() + told[self.language][1:]

    def fact(self, kind: str) -> str:
        return _own()["facts"][kind][self.language]

    def read(self, kind: str, name: str, value: str) -> str:
        """The value of a fact as it is read: a day as one, a value of the model by its name, anything else as it is."""
        if kind == "deadline" or name == "issued_on":
            return self.day(value)
        return self.value(name, value) if kind == "header" else value

    def finding(self, kind: str, value: str) -> str:
        """A severity or a check."""
        told = _own()["severities" if kind == "severity" else "checks"].get(value)
        return told[self.language] if told else value

    def target_standing(self, value: str) -> str:
        """How a target of a lower document stands to one above it."""
        return _own()["target_standings"][value][self.language]

    def question(self, name: str) -> str:
        """The title of a question that is ready; one that nobody titled keeps its name."""
        told = _questions()["queries"].get(name)
        return str(told["title"][self.language]) if told else name

    def asks(self, name: str, doc: str) -> str:
        """What a question asks; `doc` is what its file says of it, in English."""
        told = _questions()["queries"].get(name)
        return str(told["vi"]) if told and self.language == "vi" else _NAMED.sub(self._column_named, doc)

    def _column_named(self, name: re.Match[str]) -> str:
        """A column as the table calls it, or a parameter as the form does, where a file says its name: `other`."""
        column = self.column(name[1])
        return f"“{column if column != name[1] else self.parameter(column)}”"

    def parameter(self, name: str) -> str:
        """What a question's form calls a parameter."""
        told = _questions()["parameters"].get(name)
        return str(told[self.language]) if told else name

    def meaning(self, name: str, meaning: str) -> str:
        """What a parameter means; `meaning` is what the question's file says of it, in English."""
        if self.language == "en":
            begun = next((said for said in _questions()["named"] if meaning.startswith(said)), None)
            return f"{_questions()['named'][begun]}{meaning.removeprefix(begun)}" if begun else meaning
        told = _questions()["meanings"].get(meaning) or _questions()["parameters"].get(name, {}).get("means")
        return str(told or meaning)

    def label(self, name: str) -> str:
        """A node's label or an edge's type."""
        model = schema()
        kind = model.nodes.get(name) or model.edges.get(name)
        return (kind.vi if self.language == "vi" else kind.en) if kind else name

    def relation(self, type_: str, direction: str) -> str:
        """An edge's phrase, seen from its beginning ("out") or from its end."""
        if direction == "out":
            return self.label(type_)
        told: str = view_words()["inverse"][type_][self.language]
        return told

    def value(self, kind: str, value: str | None) -> str:
        """What a value of a kind (status, standing, role, type, level) is called; most are called what they are."""
        if value is None:
            return ""
        if kind == "level":
            known = schema().levels.get(value)
            return (known.en if self.language == "en" and known else value) or ""
        if kind == "agency_kind":
            return schema().schemes["agency-kind"].concepts.get(value, value) if self.language == "en" else value
        told = view_words()["values"].get(kind, {}).get(value)
        if kind == "type" and told is None and self.language == "en":
            concept = schema().schemes["document-type"].concepts.get(value)
            return f"{concept[:1].upper()}{concept[1:]} ({value})" if concept else value
        return str(told[self.language]) if told else value

    def number(self, value: float) -> str:
        """12.345,5 or 12,345.5."""
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")
        return shown.translate(str.maketrans(",.", ".,")) if self.language == "vi" else shown

    def figure(self, comparator: str | None, value: float | None, most: float | None, unit: str | None) -> str:
        """What a target asks for: "ít nhất 40 %", "2–3,5 lần"."""
        ends = (f"{end:,.2f}".rstrip("0").rstrip(".") for end in (value, most) if end is not None)
        shown = "–".join(end.translate(str.maketrans(",.", ".,")) if self.language == "vi" else end for end in ends)
        said = "" if comparator in ("=", "range") else self.value("comparator", comparator)
        return " ".join(filter(None, (said, shown, unit)))

    def day(self, value: str | None) -> str:
        """05/10/2023, or 2023-10-05 in English; partial days as far as they are known."""
        if not value or self.language == "en":
            return value or ""
        return "/".join(reversed(value.split("-")))


@cache
def words(language: Language) -> Words:
    return Words(language)
