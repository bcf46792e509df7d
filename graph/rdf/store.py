"""The graph for SPARQL: a folder of Oxigraph, and a process for each query, so that time and memory have an end."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import RdfFormat

from graph.errors import QueryLimit, QuerySyntaxError, StoreError
from graph.model import Graph
from graph.rdf.ntriples import lines
from graph.rdf.sparql import check_readable, with_parameters, writes
from graph.rdf.syntax import as_file
from graph.rdf.terms import prefixes
from graph.store import STANDARD_LIMITS, Limits, Result
from graph.watch import too_slow

_MEMORY = 2 << 30
"""Bytes that a query may take."""

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)  # error at 1:20: expected OPTIONAL
_SHORT = 60


class RdfStore:
    """A graph as RDF in a folder, for asking only.

    Args:
        path: the folder; `load` makes it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = path / "stamp"

    @property
    def stamp(self) -> str | None:
        """What `load` was given with the graph that is there; None where there is none, or not the whole of it."""
        return self._stamp.read_text("utf-8") if self._stamp.exists() else None

    def load(self, graph: Graph, stamp: str = "") -> None:
        """Replace what is stored by this graph.

        Args:
            stamp: kept with it, to tell later what it was made of.

        Raises:
            StoreError: the folder cannot be written.
        """
        try:
            shutil.rmtree(self.path, ignore_errors=True)
            self.path.mkdir(parents=True)
            store = pyoxigraph.Store(self._folder)
            store.bulk_load(as_file(lines(graph)), RdfFormat.N_TRIPLES, lenient=True)
            store.flush()
            del store  # closes it
            self._stamp.write_text(stamp, "utf-8")
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror or error}", "choose another workspace folder") from error

    @property
    def _folder(self) -> str:
        return str(self.path / "oxigraph")

    def query(
        self, sparql: str, parameters: Mapping[str, Any] | None = None, limits: Limits = STANDARD_LIMITS
    ) -> Result:
        """Ask; the prefixes of `graph.rdf.terms` are known.

        ASK gives one row with `answer`; CONSTRUCT and DESCRIBE give `subject`, `predicate` and `object`. A resource
        is its IRI, a literal its value, one of rdf:JSON what it holds.

        Args:
            parameters: literals for the variables that are written with "$".

        Raises:
            QuerySyntaxError, QueryRefused, QueryParameterError, QueryLimit, StoreError.
        """
        check_readable(sparql)
        text = with_parameters(sparql, parameters or {})
        answer = self._ask({"store": self._folder, "query": text, "rows": limits.rows, "memory": _MEMORY}, limits)
        if len(answer["rows"]) > limits.rows:
            raise QueryLimit(f"the query gives more than {limits.rows} rows", "narrow it down, or add a LIMIT")
        return Result(tuple(answer["columns"]), tuple(map(tuple, answer["rows"])))

    def _ask(self, request: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
        command = [sys.executable, "-P", str(Path(__file__).with_name("worker.py"))]
        try:
            sent = json.dumps({**request, "prefixes": prefixes()}).encode()
            done = subprocess.run(command, input=sent, capture_output=True, timeout=limits.seconds, check=False)
        except subprocess.TimeoutExpired as error:
            raise too_slow(limits) from error
        if done.returncode:
            if done.returncode < 0:  # the allocator ends the process
                raise QueryLimit("the query needs too much memory", "narrow it down")
            raise StoreError(f"{self.path}: {done.stderr.decode('utf-8', 'replace').strip().rpartition(chr(10))[2]}")
        answer: dict[str, Any] = json.loads(done.stdout)
        if answer.get("error") == "memory":
            raise QueryLimit("the query needs too much memory", "narrow it down")
        if answer.get("error") == "syntax":
            raise writes(str(request["query"])) or _wrong(answer["message"])
        if "error" in answer:
            raise StoreError(f"{self.path}: {answer['message'].splitlines()[0]}")
        return answer


def _wrong(message: str) -> QuerySyntaxError:
    """What the parser says in one line; a list of all that it would have taken helps nobody."""
    if (match := _PLACE.match(message)) is None:
        text = message.splitlines()[0]
    else:
        expected = f": {match[3]}" if len(match[3]) < _SHORT else ""
        text = f"the SPARQL is not understood at line {match[1]}, column {match[2]}{expected}"
    return QuerySyntaxError(text, "mend the SPARQL; the .rq files in queries/ show how the graph is asked")
