"""What a central body was called on a day: nobody bears a name that was given later."""

from __future__ import annotations

from functools import cache

from ingest.lexicon import lexicon


@cache
def _renamed() -> dict[str, tuple[str, str]]:
    """By its name today since when a body bears it, and what it was called before; not for those merged of several."""
    formers: dict[str, list[tuple[str, str]]] = {}
    for change in lexicon("agency_changes")["changes"]:
        if change["level"] != "trung ương" or change.get("to", change["level"]) != change["level"]:
            continue
        for former, heirs in (change.get("ended") or {}).items():
            if isinstance(heirs, str):
                formers.setdefault(heirs, []).append((str(change["date"]), former))
    return {name: found[0] for name, found in formers.items() if len(found) == 1}


def name_on(name: str, day: str | None) -> str:
    """What a body was called.

    >>> name_on("Tập đoàn Công nghiệp - Viễn thông Quân đội", "2015-03-02")
    'Tập đoàn Viễn thông Quân đội'

    Args:
        name: as it is called today.
        day: the day, perhaps partial; None where it is not known, which gives the name of today.
    """
    for _ in range(3):  # names change seldom
        since, former = _renamed().get(name, ("", ""))
        if not day or not former or day >= since[: len(day)]:
            break
        name = former
    return name
