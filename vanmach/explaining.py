"""Why a fact is there: the passage that it was read in with the fact marked, and the rule that read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from graph.errors import LookupFailed
from graph.schema import schema
from graph.store import Store
from ingest.explain import Fact, explain
from ingest.rules import explain_rule
from queries.answers import tasks
from queries.ask import run
from queries.lookup import find_document
from vanmach.app import open_workspace
from vanmach.headings import heading, headings
from vanmach.output import NARROW, Format, console, print_json, print_rows

_MARK = "black on yellow"
_COMPARATORS = {">=": "≥", "<=": "≤", "≈": "≈"}
_GROUPS = {"header": "header", "recipient": "recipient", "document": "cited", "relation": "relation", "task": "task"}
_CSV = ("kind", "name", "value", "section", "rule", "confidence", "doc", "start", "end", "quote")


def show_why(workspace: Path, document: str, section: str, format_: Format) -> None:
    """Print every fact of a document with its passage, or those of the tasks at one section."""
    with open_workspace(workspace) as (held, store):
        id_ = find_document(store, document).id
        (about,) = run(store, "document", {"document": id_}).dicts()
        asked = tasks(store, id_, section)
        # what was read as one document may be several texts, each of which gave tasks
        texts = [text for text in dict.fromkeys((id_, *map(_text_of, asked))) if held.holds(text)]
        if not texts:
            raise _is_only_cited(store, about)
        given = held.corrections()
        facts = [fact for id_ in texts for fact in explain(id_, given.apply(id_, held.record(id_)), held.text(id_))]
    if section:
        places = {(_text_of(task), task["start"], task["end"]) for task in asked}
        facts = [f for f in facts if f.kind == "task" and (f.doc, f.found.start, f.found.end) in places]
    if format_ is Format.json:
        print_json({"document": about, "facts": [fact.to_json() for fact in facts]})
    elif format_ is Format.csv:
        print_rows(list(_rows(facts)), headings(_CSV), format_)
    else:
        _print_facts(facts)


def _text_of(task: dict[str, Any]) -> str:
    """The id of the document whose text a task was read in: tasks are numbered in it."""
    return str(task["id"]).rpartition("#")[0]


def _is_only_cited(store: Store, about: dict[str, Any]) -> LookupFailed:
    """The error for a document whose text nobody has ingested, with those that cite it."""
    citing = dict.fromkeys(row["doc"] for row in run(store, "relations_of", {"document": about["id"]}).dicts())
    rows = [row for doc in citing for row in run(store, "document", {"document": doc}).dicts()]
    name = about["symbol"] or about["title"] or about["id"]
    return LookupFailed(f"{name} is only cited: its text is not here", "ask a document that cites it", rows)


def _rows(facts: Sequence[Fact]) -> Iterator[dict[str, Any]]:
    """A row for each fact, those of a task behind it."""
    for fact in facts:
        found, quote = fact.found, "".join(fact.passage)
        values = (fact.kind, fact.name, fact.value, fact.section, found.rule, found.confidence, fact.doc)
        yield dict(zip(_CSV, (*values, found.start, found.end, quote), strict=True))
        yield from _rows(fact.facts)


def _print_facts(facts: Sequence[Fact]) -> None:
    screen = console()
    screen.width = max(screen.width, NARROW)
    for kind, group in groupby(facts, key=lambda fact: fact.kind):
        screen.print(Text(heading(_GROUPS.get(kind, kind)), style="bold"))
        for fact in group:
            _print_fact(screen, fact, 2)
            for part in fact.facts:
                _print_fact(screen, part, 6)
        screen.print()


def _print_fact(screen: Console, fact: Fact, indent: int) -> None:
    found = fact.found
    where = f"{heading('section').lower()} {fact.section}, " if fact.kind == "relation" and fact.section else ""
    told = Text(f"{where}{found.rule}, {found.confidence:g}: {explain_rule(found.rule).vi}", style="dim")
    lines = [_label(fact), *([_passage(fact, coloured=_is_coloured(screen))] if found.end else []), told]
    for line, more in zip(lines, (0, 4, 4), strict=False):
        screen.print(Padding(line, (0, 0, 0, indent + more), expand=False))


def _is_coloured(screen: Console) -> bool:
    return screen.is_terminal and screen.color_system is not None and not screen.no_color


def _passage(fact: Fact, *, coloured: bool) -> Text:
    """The sentence with the fact marked: in colour, or where there is none in ‹ ›."""
    before, read, behind = fact.passage
    if not coloured:
        return Text(f"“{before}‹{read}›{behind}”")
    return Text.assemble("“", before, (read, _MARK), behind, "”")


def _label(fact: Fact) -> Text:
    """What was read, in a line: "Chủ trì: Sở Y tế tỉnh Sơn La"."""
    label, value = _words(fact)
    return Text.assemble((label, "bold"), ": " if label and value else "", value)


def _words(fact: Fact) -> tuple[str, str]:
    """A fact's label and its value, as people read them."""
    about = fact.about
    match fact.kind:
        case "header":
            return heading(fact.name), fact.value
        case "document":
            inferred = f" ({heading('inferred')})" if "issuer" in about.get("inferred", ()) else ""
            issuer = f"{about['issuer']}{inferred}" if "issuer" in about else None
            return fact.name, ", ".join(filter(None, (fact.value, issuer, about.get("issued_on"))))
        case "relation":
            source, target = (heading(name) if (name := about[end]) == "this" else name for end in ("from", "to"))
            return f"{source} {schema().edges[fact.name].vi}", target
        case "task":
            return fact.section or heading("task"), ""
        case "lead" | "coordinator" | "report_to":
            return fact.name, fact.value
        case "target":
            return fact.section, _aim(fact)
        case "recipient":
            return "", fact.value
        case _:
            return heading(fact.kind), fact.value


def _aim(fact: Fact) -> str:
    """ "Tỷ lệ hộ nghèo ≤ 3.5 %, 2027"."""
    about = fact.about
    figures = "–".join(f"{about[end]:g}" for end in ("value", "value_max") if about[end] is not None)
    figure = " ".join(filter(None, (_COMPARATORS.get(about["comparator"], ""), figures, about["unit"])))
    return ", ".join(filter(None, (f"{fact.value} {figure}", about["by"])))
