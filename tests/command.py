"""Running the command line inside the test's own process, over its real edge: what it prints and its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from vanmach.__main__ import main


@dataclass(frozen=True)
class Done:
    """A command that has ended: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON, after a command that went well."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Standard output as the rows of a CSV table, after a command that went well."""
        assert self.code == 0, self.err
        return list(csv.DictReader(io.StringIO(self.out)))


def vanmach(*arguments: str | Path, width: int | None = None, **environment: str) -> Done:
    """Run `vanmach` with these arguments.

    Args:
        width: of the screen in characters; None is a pipe or a file, where nothing says how wide it is.
        environment: variables to set while it runs.
    """
    out, err = io.StringIO(), io.StringIO()
    variables = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    variables |= environment if width is None else {**environment, "COLUMNS": str(width)}
    with (
        patch("sys.argv", ["vanmach", *map(str, arguments)]),
        patch.dict(os.environ, variables, clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            code: int | str | None = 0
        except SystemExit as end:
            code = end.code
    return Done(int(code or 0), out.getvalue(), err.getvalue())


def walk(branch: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, Any]]:
    """Each branch of a tree that `trace` gives as JSON, with the one above it."""
    yield branch, above
    for child in branch["children"]:
        yield from walk(child, branch)
