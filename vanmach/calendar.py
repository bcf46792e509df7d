"""A calendar (iCalendar, RFC 5545) of what an agency has to do: a day for each task that has a deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

from graph.errors import VanmachError
from queries.standing import last_day


def write_calendar(
    rows: Sequence[Mapping[str, Any]], agency: str, names: Mapping[str, str], as_of: str, target: Path
) -> int:
    """Write the calendar; the same rows and day give the same file.

    Args:
        rows: of `queries.agenda.agenda`; one without a deadline has no place in it.
        agency: its name.
        names: what to call each document, by id.
        as_of: the day (ISO 8601) that was asked about.

    Returns:
        how many tasks are in it.

    Raises:
        VanmachError: the file cannot be written.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//vanmach//duties//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", agency)
    dated = [row for row in rows if row["deadline"]]
    for row in dated:
        calendar.add_component(_event(row, agency, names, date.fromisoformat(as_of)))
    try:
        target.write_bytes(calendar.to_ical())
    except OSError as error:
        raise VanmachError(f"{target}: {error.strerror}", "name another file") from error
    return len(dated)


def _event(row: Mapping[str, Any], agency: str, names: Mapping[str, str], as_of: date) -> Event:
    due = last_day(row["deadline"])
    document = names.get(row["document"], row["document"])
    event = Event()
    # one task may be several agencies', and come to one from several: a calendar takes the same uid for the same event
    whose = sha256("\n".join((agency, row["inherited_from"] or "", row["via"] or "")).encode()).hexdigest()[:8]
    event.add("uid", f"{row['task']}-{row['role'].replace(' ', '-')}-{whose}@vanmach")
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{document} {row['section'] or ''}: {row['text'] or ''}"[:200])
    quote = row["evidence"][0]["quote"] if row["evidence"] else ""
    taken = f"{row['inherited_from']} ({row['part']})" if row["part"] else row["inherited_from"]
    event.add("description", "\n".join(part for part in (row["role"], taken, quote) if part))
    return event
