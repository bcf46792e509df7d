"""Which column of the picture a node stands in: its province, and its district inside that."""

from __future__ import annotations

Column = tuple[str, ...]
"""() is the whole width, ("tỉnh Bắc Giang",) a province, ("tỉnh Bắc Giang", "huyện Yên Dũng") a district in it.

("",) holds what belongs to the whole country and ("?",) what belongs nobody knows where.
"""

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
