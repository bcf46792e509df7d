"""What a heading or a lead-in gives to the points under it."""

from __future__ import annotations

from dataclasses import replace

from ingest.assigning.deadlines import Due
from ingest.assigning.recurrence import Recurrence
from ingest.assigning.role import Role
from ingest.values import value


@value(frozen=True, slots=True)
class Given:
    """What a block gives to those under it: the kind of its section, roles, the heading's words, and times."""

    kind: str | None = None
    roles: tuple[Role, ...] = ()
    heading: str = ""
    due: Due | None = None
    with_whom: bool = False
    """Whether it ends in "phối hợp với": the names that the points begin with take part."""

    lists_members: bool = False
    """Whether it charges a class "gồm:": points that are nothing but names say who that is."""

    recurrence: Recurrence | None = None
    norms: bool = False
    """Whether it says by what people are judged, or what they are granted."""

    told: tuple[Role, ...] = ()
    """To whom a lead-in says that results go: "… báo cáo về Sở A, cụ thể:" over what each reports."""

    inspects: bool = False
    """Whether it says what is inspected: "Kiểm tra việc …" is a task there, "Việc …" is none."""

    decides: bool = False
    """Whether the document does what its points say ("Phê duyệt Dự án A với các nội dung sau:"): it orders nothing."""

    def timed(self, due: Due | None, recurrence: Recurrence | None) -> Given:
        """The same, with the times that a block nearer to the points says; both are one saying."""
        return replace(self, due=due, recurrence=recurrence) if due or recurrence else self
