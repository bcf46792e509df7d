"""The pages to read. Each asks `interface` or `reading`, as the JSON interface does, and shows what they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from graph.errors import LookupFailed
from vanmach.web import assignments, interface, pictures, reading, sheets
from vanmach.web.access import local, shown_name
from vanmach.web.api import Asked, AskedOnDay
from vanmach.web.collection import Collection
from vanmach.web.downloads import MEDIA_TYPES, download
from vanmach.web.extents import Choice, Extent
from vanmach.web.forms import OWN_FORM
from vanmach.web.models_implementation import Branch
from vanmach.web.sheets import Sheet
from vanmach.web.tables import Column, Order, agency_at, document_at, filled, kept, on_day, ordered, shown
from vanmach.web.templating import Drawn, drawn, language, page, words_of

pages = APIRouter(include_in_schema=False)

DOCUMENT_TABS = ("", "text", "tasks", "targets", "cascade", "units", "check", "matrix", "timeline")
LINES = 1_000
"""Documents of a tree that a page shows."""

DIRECTIVES = 200
"""Directives that the page of the whole picture offers; the list of documents has all."""

SHOWN = 12
"""Directives that the start page shows as cards; the others are folded below."""

AGENCY_TABS = ("", "targets", "plans", "partners")


def _sheet(of: Collection, request: Request, name: str, sheet: Sheet, id_: str, downloads: str = "") -> Drawn:
    """A page of a table, drawn once for everybody: that takes longer than all else of the page that it stands on."""
    said, order, at = language(request), Order.of(request.query_params), kept(request.url.path, of.day)
    key = (of.version, interface.day_of(of), at, order.text, order.sort, order.down)

    def in_order() -> tuple[int, Sequence[Any], Sequence[Column]]:
        rows = sheet.rows(of, id_)
        return len(rows), ordered(rows, sheet.columns, order, words_of(request)), filled(sheet.columns, rows)

    def made() -> Drawn:
        total, found, columns = of.made_of_answers(("ordered", *key, said), in_order)
        table = shown(name, total, found, columns, order, at, kept(downloads, of.day) if downloads else at)
        named = on_day(sheets.with_names(columns, table.rows, of, id_), of.day)
        return drawn(replace(table, columns=named), said)

    return of.made_of_answers(("table", *key, order.page, said), made)


# Start, lists, search


@pages.get("/")
def start(of: Asked, request: Request) -> Response:
    return page(request, "start.html", found=interface.collection_summary(of), shown=SHOWN)


@pages.get("/search")
def search(of: Asked, request: Request, text: str = "") -> Response:
    text = text[:300]
    return page(request, "search.html", found=interface.search(of, text), searched=text)


@pages.get("/documents")
def documents(of: AskedOnDay, request: Request) -> Response:
    table = _sheet(of, request, "documents", sheets.LISTS["documents"], "")
    return page(request, "list.html", title="documents", table=table)


@pages.get("/agencies")
def agencies(of: Asked, request: Request) -> Response:
    table = _sheet(of, request, "agencies", sheets.LISTS["agencies"], "")
    return page(request, "list.html", title="agencies", table=table)


@pages.get("/{sheet}.{format_}")
def list_as_file(of: AskedOnDay, request: Request, sheet: str, format_: str) -> Response:
    return _file(of, request, sheets.LISTS, sheet, format_, "")


# The whole collection


@pages.get("/picture")
def picture(of: AskedOnDay, request: Request, level: str = "", province: str = "", directive: str = "") -> Response:
    if directive:
        asked = urlencode(_given(level=level, province=province, as_of=of.day))
        return RedirectResponse(f"{document_at(directive, '/cascade')}{'?' + asked if asked else ''}", 303)
    choice = pictures.choices_of_collection(of, Extent(level or None, province or None))
    return page(
        request, "picture.html",
        choice=choice, picture=_asked(of, choice), directives=interface.directives(of)[:DIRECTIVES], day=of.day,
        judged=choice.total <= interface.JUDGED,
    )  # fmt: skip


@pages.get("/picture/view")
def view_of_all(of: AskedOnDay, level: str = "", province: str = "") -> Response:
    return pictures.view_of_collection(of, Extent(level or None, province or None))


def _asked(of: Collection, choice: Choice) -> str:
    """What the address of a picture says of its extent and day."""
    return urlencode(_given(level=choice.chosen.level, province=choice.chosen.province, as_of=of.day))


def _given(**asked: str | None) -> dict[str, str]:
    return {name: value for name, value in asked.items() if value}


# Documents


@pages.get("/documents/{document}")
def document(of: AskedOnDay, request: Request, document: str) -> Response:
    found = interface.document(of, document)
    relations = _sheet(
        of, request, "relations", sheets.OF_DOCUMENT["relations"], document, document_at(document, "/relations")
    )
    return _document(of, request, document, "document.html", "", found=found, table=relations)


@pages.get("/documents/{document}/text")
def text(of: AskedOnDay, request: Request, document: str) -> Response:
    if not interface.document(of, document).has_text:
        return _document(of, request, document, "document_no_text.html", "text")
    found = reading.text(of, document)
    return _document(
        of, request, document, "document_text.html", "text",
        found=found, segments=reading.segments(found.text, found.facts), roles=assignments.TARGET_PARTS,
    )  # fmt: skip


@pages.get("/documents/{document}/cascade")
def cascade(of: AskedOnDay, request: Request, document: str, level: str = "", province: str = "") -> Response:
    up, down = (interface.trace(of, document, way) for way in (True, False))
    lines = flat(down)
    choice = pictures.choices(of, document, Extent(level or None, province or None))
    return _document(
        of, request, document, "document_cascade.html", "cascade",
        up=flat(up), down=lines[:LINES], left=max(0, len(lines) - LINES),
        choice=choice, picture=_asked(of, choice),
    )  # fmt: skip


@pages.get("/documents/{document}/view")
def view(of: AskedOnDay, document: str, level: str = "", province: str = "") -> Response:
    return pictures.view(of, document, Extent(level or None, province or None))


@pages.get("/documents/{document}/matrix")
def matrix(of: AskedOnDay, request: Request, document: str, by: Literal["province", "agency"] = "province") -> Response:
    found = interface.matrix(of, document, by)
    return _document(of, request, document, "document_matrix.html", "matrix", found=found)


@pages.get("/documents/{document}/timeline")
def timeline(of: AskedOnDay, request: Request, document: str) -> Response:
    found = interface.timeline(of, document)
    table = _sheet(of, request, "timeline", sheets.OF_DOCUMENT["timeline"], document)
    return _document(of, request, document, "document_timeline.html", "timeline", found=found, table=table)


@pages.get("/documents/{document}/tasks")
def tasks(of: AskedOnDay, request: Request, document: str) -> Response:
    return _document_table(of, request, document, "tasks")


@pages.get("/documents/{document}/targets")
def targets(of: AskedOnDay, request: Request, document: str) -> Response:
    return _document_table(of, request, document, "targets")


@pages.get("/documents/{document}/units")
def units(of: AskedOnDay, request: Request, document: str) -> Response:
    return _document_table(of, request, document, "units")


@pages.get("/documents/{document}/check")
def check(of: AskedOnDay, request: Request, document: str) -> Response:
    return _document_table(of, request, document, "check")


@pages.get("/documents/{document}/{sheet}.{format_}")
def document_as_file(of: AskedOnDay, request: Request, document: str, sheet: str, format_: str) -> Response:
    return _file(of, request, sheets.OF_DOCUMENT, sheet, format_, document)


def _document_table(of: Collection, request: Request, document: str, name: str) -> Response:
    table = _sheet(of, request, name, sheets.OF_DOCUMENT[name], document)
    return _document(of, request, document, "document_table.html", name, table=table)


def _document(of: Collection, request: Request, document: str, template: str, tab: str, **values: Any) -> Response:
    about = interface.document(of, document)
    at = document_at(document)
    return page(request, template, about=about, at=at, tab=tab, tabs=DOCUMENT_TABS, day=of.day, **values)


# Agencies and tasks


@pages.get("/agencies/{agency}")
def agency(of: AskedOnDay, request: Request, agency: str) -> Response:
    table = _sheet(of, request, "duties", sheets.OF_AGENCY["duties"], agency, agency_at(agency, "/duties"))
    return _agency(of, request, agency, "", table)


@pages.get("/agencies/{agency}/targets")
def agency_targets(of: AskedOnDay, request: Request, agency: str) -> Response:
    return _agency_table(of, request, agency, "targets")


@pages.get("/agencies/{agency}/plans")
def agency_plans(of: AskedOnDay, request: Request, agency: str) -> Response:
    return _agency_table(of, request, agency, "plans")


@pages.get("/agencies/{agency}/partners")
def agency_partners(of: AskedOnDay, request: Request, agency: str) -> Response:
    return _agency_table(of, request, agency, "partners")


@pages.get("/agencies/{agency}/{sheet}.{format_}")
def agency_as_file(of: AskedOnDay, request: Request, agency: str, sheet: str, format_: str) -> Response:
    return _file(of, request, sheets.OF_AGENCY, sheet, format_, agency)


def _agency_table(of: Collection, request: Request, agency: str, name: str) -> Response:
    return _agency(of, request, agency, name, _sheet(of, request, name, sheets.OF_AGENCY[name], agency))


def _agency(of: Collection, request: Request, agency: str, tab: str, table: Drawn) -> Response:
    about = interface.agency(of, agency)
    at = agency_at(agency)
    return page(request, "agency.html", about=about, at=at, tab=tab, tabs=AGENCY_TABS, table=table, day=of.day)


@pages.get("/tasks/{task}")
def task(of: AskedOnDay, request: Request, task: str) -> Response:
    found = assignments.task(of, task)
    return page(
        request, "task.html", found=found, roles=assignments.PARTS, up=flat(found.up), down=flat(found.down), day=of.day
    )


@pages.get("/targets/{target}")
def target(of: AskedOnDay, request: Request, target: str) -> Response:
    found = assignments.target(of, target)
    return page(request, "target.html", found=found, roles=assignments.TARGET_PARTS, day=of.day)


# What several share


def _file(of: Collection, request: Request, among: Any, name: str, format_: str, id_: str) -> Response:
    """All rows of a table, in the order that the address says."""
    if name not in among or format_ not in MEDIA_TYPES:
        raise LookupFailed(f"there is no {name}.{format_}", f"formats are {', '.join(MEDIA_TYPES)}")
    sheet: Sheet = among[name]
    rows = sheet.rows(of, id_)
    columns = sheets.with_names(sheet.columns, rows, of, id_)
    rows = ordered(rows, columns, Order.of(request.query_params), words_of(request))
    return download(name, format_, rows, columns, words_of(request))


def flat(branch: Branch) -> Sequence[tuple[int, Branch, bool]]:
    """A tree line by line: how deep, what stands there, and whether it was shown with all below it before."""
    found: list[tuple[int, Branch, bool]] = []
    seen: set[str] = set()

    def walk(here: Branch, depth: int) -> None:
        again = here.cycle or (here.document.id in seen and bool(here.children))
        seen.add(here.document.id)
        found.append((depth, here, again))
        for child in () if again else here.children:
            walk(child, depth + 1)

    walk(branch, 0)
    return found


# Login


@pages.get("/login")
def login(request: Request, next: str = "/") -> Response:
    return page(request, "login.html", next=local(next), name="", wrong=False)


@pages.post("/login", dependencies=OWN_FORM)
def log_in(
    request: Request,
    name: str = Form("", max_length=500),
    password: str = Form("", max_length=500),
    next: str = Form("/", max_length=2000),
) -> Response:
    if request.app.state.access.login(request, name, password):
        return RedirectResponse(local(next), 303)
    return page(request, "login.html", 403, next=local(next), name=shown_name(name), wrong=True)


@pages.post("/logout", dependencies=OWN_FORM)
def log_out(request: Request) -> Response:
    request.session.clear()
    return RedirectResponse("/login", 303)
