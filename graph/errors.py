"""Every error that a person can cause, as one small tree.

VanmachError                    what the command line prints as one line
├── ReadError                   a file gives no text (empty, binary, encrypted, scanned …)
├── RecordError                 a stored record cannot be read
├── SchemaError                 a node or edge that schema.yaml does not know
├── WorkspaceError              the workspace is not there, or newer than this program
│   └── WorkspaceBusy           another process holds it
├── StoreError                  the graph store cannot be reached or refuses
│   ├── QuerySyntaxError        the Cypher is wrong
│   ├── QueryRefused            it writes, or reaches outside the graph
│   └── QueryLimit              it takes too long or gives too many rows
├── QueryFileError              a query file breaks its own header
│   └── QueryParameterError     a parameter is missing or unknown
└── LookupFailed                nothing, or more than one thing, answers to a name
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class VanmachError(Exception):
    """Something that a person can mend.

    Args:
        message: what happened, one line, with the file or name that it happened to.
        hint: what to do next, one line; left out, the one of its kind, which may be empty.
    """

    usual_hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint or self.usual_hint

    def __str__(self) -> str:
        return f"{self.message} — {self.hint}" if self.hint else self.message


class ReadError(VanmachError):
    """A file gives no text."""


class RecordError(VanmachError):
    """A stored record cannot be read."""


class SchemaError(VanmachError):
    """A node or an edge that schema.yaml does not know."""


class WorkspaceError(VanmachError):
    """The workspace is not there, or was written by a newer program."""


class WorkspaceBusy(WorkspaceError):
    """Another process holds the workspace."""


class StoreError(VanmachError):
    """The graph store cannot be reached, or refuses."""


class QuerySyntaxError(StoreError):
    """The Cypher is wrong."""

    usual_hint = "mend the Cypher; `vanmach queries` lists questions that are ready"


class QueryRefused(StoreError):
    """A query that writes, or that reaches outside the graph."""

    usual_hint = "ask with MATCH … RETURN; the graph is changed by ingesting"


TOO_MUCH_MEMORY = "the query needs too much memory"
"""How the message of a `QueryLimit` begins where it is memory that is short, which queries that run at once share."""


class QueryLimit(StoreError):
    """A query that takes too long or gives too many rows."""


class QueryFileError(VanmachError):
    """A query file breaks what its own header says."""


class QueryParameterError(QueryFileError):
    """A query's parameter is missing or unknown."""


class LookupFailed(VanmachError):
    """Nothing, or more than one thing, answers to a name.

    Args:
        candidates: what the name may mean, each with its `id` and what tells it apart; empty where nothing answers.
    """

    def __init__(self, message: str, hint: str = "", candidates: Sequence[Mapping[str, object]] = ()) -> None:
        super().__init__(message, hint)
        self.candidates = tuple(candidates)
