"""The option --as-of: the day that is asked about."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

import typer

from graph.errors import QueryParameterError

AsOfOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="As it stood on that day: 2025-07-01 or 1/7/2025. Later documents are not there.",
    ),
]
_VIETNAMESE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # 1/7/2025


def day_given(given: str, name: str = "--as-of") -> str | None:
    """The day that was asked about as ISO 8601; None where it was left out.

    Args:
        given: as it was typed.
        name: what the option or parameter is called where it was typed.

    Raises:
        QueryParameterError: it is no day.
    """
    written = _VIETNAMESE.fullmatch(given)
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1])).isoformat()
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise QueryParameterError(f"{name} {given}: not a date", "write 2025-07-01 or 1/7/2025") from None


def day_of(given: str) -> str:
    """The same, and today where it was left out."""
    return day_given(given) or date.today().isoformat()
