"""Which column of the picture a node stands in: its province, and its district inside that."""

from __future__ import annotations

from collections.abc import Collection, Iterable

Column = tuple[str, ...]
"""() is the whole width, ("tỉnh Bắc Giang",) a province, ("tỉnh Bắc Giang", "huyện Yên Dũng") a district in it.

("",) holds what belongs to the whole country, ("?",) what belongs nobody knows where, and (ELSEWHERE,)
the agencies of provinces that have no document in the picture: sixty columns with one name in each would show nothing.
"""

ELSEWHERE = "…"
LAST = ("", ELSEWHERE, "?")
"""Columns that are no place, in the order in which they stand after the places."""

CENTRAL, PROVINCE = 0, 1
COMMUNE_KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ")


def column(place: str, rank: int, *, districts: bool) -> Column:
    """The column of a node.

    Args:
        place: its jurisdiction as shown, smallest part first ("huyện Yên Dũng, tỉnh Bắc Giang").
        rank: its level, 0 for the centre.
        districts: whether districts have columns of their own.
    """
    if rank == CENTRAL:
        return ()
    *smaller, province = [part.strip() for part in place.split(",")]
    if province == "" or province.endswith("?"):
        province = "?" if province else ""
    if rank == PROVINCE:
        return (province,)
    district = smaller[-1] if districts and smaller else ""
    return (province, "" if district.startswith(COMMUNE_KINDS) else district)


def settled(home: Column, inhabited: Collection[Column]) -> Column:
    """The column that a node stands in when only columns with documents in them are drawn."""
    if not home or home in inhabited:
        return home
    province = home[:1] if home[:1] in inhabited or home[0] in LAST else (ELSEWHERE,)
    return (*province, "") if len(home) == 2 else province


def with_provinces(columns: Iterable[Column]) -> set[Column]:
    """These columns and the provinces that they lie in."""
    return {part for column in columns for part in (column, column[:1]) if part}
