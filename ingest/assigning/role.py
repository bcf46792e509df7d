"""The part that an agency has in a task."""

from __future__ import annotations

from ingest.record import AgencyRef
from ingest.values import value

LEADS, DOES, FOLLOWS = "chủ trì", "thực hiện", "theo dõi"
COORDINATES, IS_TOLD = "phối hợp", "báo cáo"


@value(frozen=True, slots=True)
class Role:
    """An agency with its part, the rule that gave it and how sure that is (0 to 1)."""

    agency: AgencyRef
    part: str
    rule: str
    confidence: float
