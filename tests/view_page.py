"""What a written page holds: its data, unpacked as the page's own script does it."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path
from typing import Any

import orjson

_DATA = re.compile(r'<script type="text/plain" id="data">([A-Za-z0-9+/=]+)</script>')


def data_of(page: Path) -> dict[str, Any]:
    """The data as viz/packing.py packed it: tables, and `texts` with every text of them."""
    found = _DATA.search(page.read_text("utf-8"))
    assert found
    data: dict[str, Any] = orjson.loads(zlib.decompress(base64.b64decode(found[1])))
    return data
