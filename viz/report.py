"""The report of a compliance check: one HTML file to read and to print, with nothing to load.

The words are in report.yaml, the look in assets/report.css.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from graph.errors import VanmachError
from graph.schema import schema
from queries.compliance import PLANS, Compliance, quotes
from queries.deficit import NAMES
from queries.standing import STATUSES

Row = Mapping[str, Any]


def write_report(found: Compliance, names: Mapping[str, str], target: Path) -> None:
    """Write the report to a file; arguments are those of `render_report`.

    Raises:
        VanmachError: the file cannot be written.
    """
    try:
        target.write_text(render_report(found, names), "utf-8", newline="\n")
    except OSError as error:
        raise VanmachError(f"{target}: {error.strerror}", "name another file") from error


def render_report(found: Compliance, names: Mapping[str, str]) -> str:
    """The report as HTML.

    Args:
        found: what the check gave.
        names: what to call each document, by id.
    """
    said = _words()
    title = said["title_of"].format(names[found.document]) if found.document else said["title"]
    parts = [
        _element("h1", title),
        *([_element("p", said["as_of"].format(found.as_of))] if found.as_of else []),
        *([] if found.collected else [_element("p", said["not_collected"].format(names[found.document or ""]))]),
        _element("h2", said["summary"]),
        _summary(found.summary, names),
        _element("h2", said["heat_map"]),
        _heat_map(found.provinces),
        _element("h2", said["duties"]),
        _duties(found.duties, names),
        *([_element("h2", said["expected"]), _expected(found.expected)] if found.expected else []),
        _element("h2", said["findings"]),
        _findings([row for row in found.findings if row["check"] != PLANS], names),
        _element("h2", said["method"]),
        *(_element("p", line) for line in said["method_lines"]),
    ]
    style = files("viz").joinpath("assets", "report.css").read_text("utf-8")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style>"
    )
    return (
        f'<!doctype html>\n<html lang="vi"><head>{head}</head><body><main>\n'
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    )


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(files("viz").joinpath("report.yaml").read_text("utf-8"))
    return words


def _element(tag: str, text: Any, class_: str = "") -> str:
    attribute = f' class="{class_}"' if class_ else ""
    return f"<{tag}{attribute}>{escape('' if text is None else str(text))}</{tag}>"


def _table(headings: Iterable[str], rows: Iterable[str]) -> str:
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    head = "".join(_element("th", heading) for heading in headings)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(share * 100)} %"


def _summary(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    counts = ("obliged", "has", "late", "missing", "unknown", "not_due", "held")
    said = _words()
    if not rows:
        return _element("p", said["no_duties"])
    lines = [
        _element("td", names.get(row["source"], row["source"]))
        + _element("td", row["level"])
        + "".join(_element("td", row[name], "number") for name in counts)
        + _element("td", _percent(row["deficit"]), "number")
        for row in rows
    ]
    columns = {**said["columns"], "held": said["columns"]["agencies_held"]}
    return _table([columns[name] for name in ("source", "level", *counts, "deficit")], lines)


def _heat_map(rows: Sequence[Row]) -> str:
    """Provinces by levels: the share that is late or missing, how many are obliged, of how many anything is held."""
    said = _words()
    cells = {(row["province"], row["level"]): row for row in rows}
    levels = [level for level in (*schema().levels, None) if any(row["level"] == level for row in rows)]
    provinces = sorted({row["province"] for row in rows})
    if not rows:
        return _element("p", said["no_duties"])
    lines = [
        _element("th", province or said["centre"]) + "".join(_heat(cells.get((province, level))) for level in levels)
        for province in provinces
    ]
    return _element("p", said["cell_note"]) + _table(["", *(level or said["no_level"] for level in levels)], lines)


def _heat(row: Row | None) -> str:
    if row is None:
        return "<td></td>"
    step = "none" if row["deficit"] is None else f"{round(row['deficit'] * 4)}"
    counts = (row["has"] + row["late"], row["obliged"], row["held"])
    text = _words()["cell"].format(_percent(row["deficit"]), *counts)
    return _element("td", text, f"number heat-{step}")


def _duties(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    """The duties of each document, the worst first, with the sentence that gives each."""
    said = _words()
    grouped: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["source"], row["task"] or row["basis"]].append(row)
    parts = []
    for (source, _), duties in grouped.items():
        first = duties[0]
        where = " ".join(str(part) for part in (names.get(source, source), first["section"]) if part)
        parts.append(_element("h3", where))
        quote = first["evidence"][0]["quote"] if first["evidence"] else first["basis"]
        parts.append(_element("blockquote", quote))
        ordered = sorted(duties, key=lambda row: (STATUSES.index(row["status"]), row["agency"] or ""))
        columns = ("agency", "status", "deadline", "plan", "plan_issued_on", "held", "holders")
        parts.append(_table([said["columns"][name] for name in columns], [_duty(row, names) for row in ordered]))
    return "\n".join(parts) or _element("p", said["no_duties"])


def _duty(row: Row, names: Mapping[str, str]) -> str:
    said = _words()
    late = f"{row['status']} ({said['days'].format(row['days_late'])})" if row["days_late"] else row["status"]
    plan = names.get(row["plan"], row["plan"])
    by = f"{plan} ({row['plan_by']})" if row["plan_by"] else plan
    holders = said["orphaned"] if row["orphaned"] else ", ".join(row["holders"])
    cells = (
        (row["agency"], ""),
        (late, f"status status-{NAMES[row['status']]}"),
        (row["deadline"], "date"),
        (by, ""),
        (row["plan_issued_on"], "date"),
        (row["held"], "number"),
        (holders, ""),
    )
    return "".join(_element("td", cell, look) for cell, look in cells)


def _expected(rows: Sequence[Row]) -> str:
    columns = _words()["columns"]
    lines = ["".join(_element("td", row[name]) for name in ("agency", "status", "plan_issued_on")) for row in rows]
    return _table([columns[name] for name in ("agency", "status", "plan_issued_on")], lines)


def _findings(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    said = _words()
    columns = said["columns"]
    lines = []
    for row in rows:
        other = names.get(row["other"], row["other"])
        what = [said["severities"][row["severity"]], said["checks"].get(row["check"], row["check"])]
        where = [names.get(row["source"], row["source"]), row["section"], row["agency"], other, row["deadline"]]
        quoted = "<br>".join(escape(quote) for quote in quotes(row, names))
        lines.append("".join(_element("td", cell) for cell in what + where) + f"<td>{quoted}</td>")
    if not lines:
        return _element("p", said["no_findings"])
    shown = ("severity", "check", "document", "section", "agency", "other", "deadline", "quote")
    return _table([columns[name] for name in shown], lines)
