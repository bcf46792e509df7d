"""Pages of the web application as tests read them, and the data of a view."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tests.web import Web


def page(web: Web, path: str) -> LexborHTMLParser:
    answer = web.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return LexborHTMLParser(answer.text)


def texts(found: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in found.css(selector)]


def packed(text: str) -> Any:
    """The view's data."""
    (data,) = re.findall(r'<script type="text/plain" id="data">([^<]+)</script>', text)
    return json.loads(zlib.decompress(base64.b64decode(data)))


def data_in(text: str) -> Any:
    """The texts of the view's data."""
    return packed(text)["texts"]
