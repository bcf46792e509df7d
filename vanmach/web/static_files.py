"""Styles and scripts: the files in `static/`, and the view's colours as a style of their own."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from graph.errors import LookupFailed

static = APIRouter(include_in_schema=False)

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_NAME = re.compile(r"[a-z_]+\.(css|js|svg)")
# :root[data-theme="dark"] { --paper: #14171b; … }
_COLOURS = re.compile(r'^:root(\[data-theme="dark"\])? (\{.*?^\})', re.MULTILINE | re.DOTALL)
_KEPT = {"cache-control": "max-age=3600"}


@static.get("/static/colours.css")
def colours() -> Response:
    """The view's colours, light or dark as the reader's system is."""
    return Response(_colours(), media_type=_TYPES["css"], headers=_KEPT)


@cache
def _colours() -> str:
    text = files("viz").joinpath("assets", "view.css").read_text("utf-8")
    themes = {bool(dark): block for dark, block in _COLOURS.findall(text)}
    # what is printed is on paper
    return f":root {themes[False]}\n@media screen and (prefers-color-scheme: dark) {{ :root {themes[True]} }}\n"


@static.get("/static/{name}")
def file(name: str) -> Response:
    """A style or a script of the pages."""
    found = _NAME.fullmatch(name)
    place = files("vanmach.web").joinpath("static", name)
    if found is None or not place.is_file():
        raise LookupFailed(f"there is no file {name!r}", "go back to the start page")
    return Response(place.read_bytes(), media_type=_TYPES[found[1]], headers=_KEPT)
