"""National technical regulations, which are cited by a number of their own kind: "QCVN 07:2015/BGTVT"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.citing.issuers import implied_name
from ingest.citing.mentions import Mention
from ingest.naming.agencies import Scope, canonical
from ingest.spacing import spaced

_TYPE = "Quy chuẩn kỹ thuật quốc gia"
# "QCVN 07:2015/BGTVT", "QCVN 07-2: 2015/BGTVT"
_NUMBER = spaced(
    r"QCVN\s{0,2}:?\s{0,2}(?P<number>\d{1,3}(?:-\d{1,2})?)\s?:\s?(?P<year>(?:19|20)\d\d)\s?/\s?(?P<body>[A-ZĐ]{2,8})"
)
# "Quy chuẩn kỹ thuật quốc gia về bến phà " before the number
_TITLE = spaced(r"Quy chuẩn [^;.“”\u2029]{0,240}$", re.IGNORECASE)
_REACH = 270


def find_technical_rules(text: str, scope: Scope) -> Iterator[Mention]:
    """Every technical regulation that the text cites by its number, with its title where that stands before it.

    Args:
        text: as `ingest.spacing.level_text` gives it.
        scope: whose document it is.
    """
    done = 0
    for found in _NUMBER.finditer(text):
        title = _title(text, max(done, found.start() - _REACH), found.start())
        body = implied_name(found["body"])
        done = found.end()
        yield Mention(
            start=title, end=done, key=f"QCVN {found['number']}:{found['year']}/{found['body']}", type=_TYPE,
            rule="technical regulation", confidence=0.9, number=found["number"], issued_on=found["year"],
            issuer=canonical(body, scope) if body else None,
        )  # fmt: skip


def _title(text: str, low: int, end: int) -> int:
    """Where the title begins that ends before the number at `end`; there itself where none does."""
    starts = [m.start() for m in re.finditer(r"[Qq]uy chuẩn", text[low:end])]
    if not starts or not _TITLE.match(text[low + starts[-1] : end]):
        return end
    return low + starts[-1]
