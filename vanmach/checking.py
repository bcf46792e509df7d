"""Commands that hold agencies to what they were told: check, duties, compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.errors import LookupFailed, QueryParameterError
from graph.store import Store
from queries.agenda import agenda
from queries.alignment import beside
from queries.ask import run
from queries.compliance import Compliance, at_least, quotes
from queries.compliance import check as checked
from queries.document_names import all_names, names_below, names_of
from queries.files import SEVERITIES
from queries.lookup import AgencyRow, find_agency, find_document
from queries.profile import read_profile
from queries.standing import not_after
from queries.successors import Successors
from vanmach.app import DEFAULT, WorkspaceOption, app, open_store
from vanmach.as_of import AsOfOption, day_given, day_of
from vanmach.asking import DocumentArgument, FormatOption, there_on
from vanmach.headings import heading, headings
from vanmach.output import Format, print_json, print_rows, say

FOUND = 3
"""Exit code where --fail-on finds something."""


@app.command()
def check(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Only duties under this document.")] = "",
    as_of: AsOfOption = "",
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="FILE", help="Duties that the law gives, as docs/check.md says.")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option("--fail-on", metavar="SEVERITY", help="Exit code 3 on a finding so severe: error, warning, info."),
    ] = "",
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Write a report to read and print, too.")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE.xlsx", help="Write a workbook with all of it, too.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Show who had to issue a plan and how that stands, and what else is wrong in the documents.

    Exit code: 0; 3 where --fail-on finds something.

    Example: vanmach check 21-CT/TW --as-of 2024-01-01 --report bao-cao.html
    """
    day = day_of(as_of)
    if fail_on and fail_on not in SEVERITIES:
        raise QueryParameterError(f"--fail-on {fail_on}: no such severity", f"one of {', '.join(SEVERITIES)}")
    laws = read_profile(profile) if profile else ()
    with open_store(workspace, remembering=True) as store:
        id_ = there_on(day, find_document(store, document)).id if document else None
        found = checked(store, id_, day, laws, with_tasks=format_ is Format.json or xlsx is not None)
        names = _told_apart(_names(store, found), found) if format_ is Format.table or report or xlsx else {}
    if report:
        from viz.report import write_report

        write_report(found, names, report)
    if xlsx:
        from vanmach.spreadsheet import write_workbook

        write_workbook(found, names, xlsx)
    _print(found, names, format_)
    if not found.collected and found.document:
        say(f"{document} is only cited here: what it orders itself is not known")
    for written in filter(None, (report, xlsx)):
        say(f"report written: {written}")
    if fail_on and at_least(found.findings, fail_on):
        raise typer.Exit(FOUND)


@app.command()
def duties(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="Its name, words of it, or its id.")],
    as_of: AsOfOption = "",
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="FILE.ics", help="Write the deadlines as a calendar, too.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """List everything that an agency has to do, from every document, by deadline.

    Tasks of a body that it took over from are its own.

    Example: vanmach duties "Phòng Giáo dục và Đào tạo huyện Yên Dũng" --ics han.ics
    """
    day = day_of(as_of)
    with open_store(workspace) as store:
        found = _agency(store, agency)
        rows = agenda(store, found.id, day)
        standing = Successors.of(store).standing(found.id, found.name, day)
        names = names_of(store, (row["document"] for row in rows))
    if ics:
        from vanmach.calendar import write_calendar

        dated = write_calendar(rows, found.name, names, day, ics)
    if format_ is Format.json:
        print_json(rows)
    else:
        shown = [{**row, "document": names.get(row["document"], row["document"])} for row in rows]
        known = [name for name in _AGENDA_COLUMNS if format_ is Format.csv or any(row[name] for row in shown)]
        print_rows(shown, {**headings(known), "text": headings(["task"])["task"]}, format_)
    if ics:
        say(f"{dated} of {len(rows)} tasks have a deadline, written: {ics}")
    if standing["holders"]:
        say(f"{found.name} is no more on {day}: its tasks are with {', '.join(standing['holders'])}")
    elif standing["orphaned"]:
        say(f"{found.name} is no more on {day}, and nobody is known to have taken over")


def _agency(store: Store, typed: str) -> AgencyRow:
    """The agency that is meant, also where it is typed as documents abbreviate it: "UBND", "Sở LĐTBXH"."""
    try:
        return find_agency(store, typed)
    except LookupFailed as failed:
        from ingest.naming.abbreviations import spell_out  # the extraction's words, which other commands do without

        try:
            return find_agency(store, spell_out(typed))
        except LookupFailed as spelt:
            raise (spelt if spelt.candidates and not failed.candidates else failed) from None


_AGENDA_COLUMNS = ("deadline", "recurrence", "document", "section", "text", "role", "via", "inherited_from", "part")


@app.command()
def compare(
    document: DocumentArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The document to lay beside it.")],
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Lay two documents side by side, task by task: what both do, and what one of them alone does.

    Example: vanmach compare 41/KH-UBND 74/KH-UBND
    """
    day = day_given(as_of)
    with open_store(workspace) as store:
        ids = [there_on(day, find_document(store, text)).id for text in (document, other)]
        tasks = [run(store, "tasks_of_document", {"document": id_}).dicts() for id_ in ids]
        over = [not_after(run(store, "documents_over", {"document": id_}).dicts(), day) for id_ in ids]
        above = [{row["id"] for row in rows} for rows in over]
        names = names_of(store, {*ids, *(above[0] & above[1])})
    # which of the two is the upper one makes a difference: several tasks of a plan may take up one of a directive
    turned = ids[1] in above[0]
    rows = beside(*reversed(tasks)) if turned else beside(*tasks)
    if turned:
        rows = [{**row, "one": row["other"], "other": row["one"]} for row in rows]
    both = sorted(names[id_] for id_ in above[0] & above[1])
    if format_ is Format.json:
        print_json({"documents": ids, "both_implement": sorted(above[0] & above[1]), "tasks": rows})
        return
    flat = [_flat(row) for row in rows]
    if format_ is Format.csv:
        print_rows(flat, headings(_COMPARED), format_)
        return
    columns = {"one": names[ids[0]], "other": names[ids[1]], **headings(["score", "words"])}
    shown = [{**row, "one": _told(row, ""), "other": _told(row, "other_")} for row in flat]
    print_rows(shown, columns, format_)
    say(f"both implement: {', '.join(both)}" if both else "no document is known that both implement")


_COMPARED = tuple(f"{side}{name}" for side in ("", "other_") for name in ("section", "text", "leads", "deadline"))
_COMPARED += ("score", "sure", "words")


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `beside` with the two tasks' columns in it."""
    sides = {"": row["one"] or {}, "other_": row["other"] or {}}
    names = ("section", "text", "leads", "deadline")
    told = {name: row[name] for name in ("score", "sure", "words")}
    return {f"{side}{name}": task.get(name) for side, task in sides.items() for name in names} | told


def _told(row: Mapping[str, Any], side: str) -> str:
    """A task in a cell: its section, what it says, who leads it, by when."""
    if row[f"{side}text"] is None:
        return "–"
    who = "; ".join(row[f"{side}leads"] or ())
    rest = ", ".join(part for part in (who, row[f"{side}deadline"]) if part)
    return f"{row[f'{side}section'] or ''}: {row[f'{side}text']}" + (f" → {rest}" if rest else "")


def _names(store: Store, found: Compliance) -> dict[str, str]:
    """What the documents of a check are called: those under the one that was asked about, and what they speak of."""
    if found.document is None:
        return all_names(store)
    below = names_below(store, found.document)
    rows = (*found.findings, *found.duties, *found.expected)
    said = {row[name] for row in rows for name in _DOCUMENTS if row.get(name)}
    said |= {passage["doc"] for row in rows for passage in row["evidence"]}
    return below | names_of(store, said - below.keys())


def _told_apart(names: Mapping[str, str], found: Compliance) -> dict[str, str]:
    """The same names, with the id behind those that two documents of one finding share."""
    pairs = ((row["source"], row["other"]) for row in found.findings if row["other"])
    same = {id_ for pair in pairs if names.get(pair[0]) == names.get(pair[1]) for id_ in pair}
    return {id_: f"{name} ({id_})" if id_ in same else name for id_, name in names.items()}


_DOCUMENTS = ("source", "plan", "other")
"""The columns that name a document by its id."""


def _print(found: Compliance, names: Mapping[str, str], format_: Format) -> None:
    if format_ is Format.json:
        print_json({name: getattr(found, name) for name in Compliance.__slots__})
    elif format_ is Format.csv:
        print_rows(found.findings, headings(_FINDING_ROW), format_)
    elif found.findings or found.summary or found.expected:
        _print_tables(found, names)
    else:
        say("nothing to complain of, as far as we hold documents")


def _print_tables(found: Compliance, names: Mapping[str, str]) -> None:
    counts = ("source", "level", "obliged", "has", "late", "missing", "unknown", "not_due", "held")
    if found.summary:
        columns = {**headings(counts), "held": heading("agencies_held")}
        print_rows(_named(found.summary, names), columns, Format.table)
    serious = [row for row in found.findings if row["severity"] != SEVERITIES[-1]]
    if serious:
        rows = [
            {**row, "quote": quotes(told, names)} for row, told in zip(_named(serious, names), serious, strict=True)
        ]
        known = [name for name in _FINDING_COLUMNS if any(row[name] not in (None, []) for row in rows)]
        print_rows(rows, {**headings(known), "source": heading("document")}, Format.table)
    if found.expected:
        say(f"{len(found.expected)} more were only sent the document: --report and --format json show them")
    if notes := len(found.findings) - len(serious):
        say(f"{notes} findings of severity {SEVERITIES[-1]}: --format csv, --xlsx and --report show them too")


_FINDING_ROW = (
    "check", "severity", "agency", "level", "place", "status", "deadline", "plan", "source", "section", "other",
)  # fmt: skip
"""The columns of a finding's line in CSV: what tells it from the others."""

_FINDING_COLUMNS = (
    "check", "agency", "status", "days_late", "deadline", "plan", "held", "holders", "source", "other", "quote",
)  # fmt: skip


def _named(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows whose documents have the names that people know."""
    return [{**row, **{name: names.get(row[name], row[name]) for name in _DOCUMENTS if name in row}} for row in rows]
