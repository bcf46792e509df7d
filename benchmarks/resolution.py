"""How fast records become documents and agencies, and whether the cost grows linearly.

The records are generated: plans of provinces, districts and communes that cite directives of the centre (with a day,
with a year, with nothing), their own province's papers and laws by name; some of unknown jurisdiction. Seconds are of
this machine and this moment; what can be compared is the ratio to reading the same records from their JSON, measured
in the same run.

usage: resolution.py [SIZE …]
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import orjson

from graph.places import Place as Unit
from graph.places import places
from ingest.record import AgencyRef, Assignment, CitedDocument, Header, Place, Record, Task, dump, from_json
from ingest.resolving.resolve import resolve_documents
from ingest.resolving.resolve_agencies import resolve_agencies

SIZES = (1_000, 10_000, 50_000)
"""Records."""
HEADINGS = ("records", "documents", "flagged", "s", "agencies", "s", "json s", "ratio", "growth")
FOUND = {"start": 0, "end": 1, "rule": "made", "confidence": 1.0}
LAWS = ("Luật Đầu tư công", "Luật Ngân sách nhà nước", "Luật Giáo dục nghề nghiệp", "Luật Tổ chức Chính phủ")
OFFICES = {
    "tỉnh": ("Sở Tài chính", "Sở Lao động - Thương binh và Xã hội", "Sở Y tế", "Công an", "Hội Nông dân"),
    "huyện": ("Phòng Tài chính - Kế hoạch", "Phòng Nội vụ", "Phòng Tư pháp", "Hội Khuyến học"),
    "xã": ("Công an", "Trạm Y tế"),
}


class Country:
    """Makes records; the same seed makes the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        gazetteer = places()
        units = [p for p in gazetteer if p.valid_to and p.level != "trung ương"]
        self.paths = {unit.id: gazetteer.path(unit) for unit in units}
        self.units = {level: [u for u in units if u.level == level] for level in ("tỉnh", "huyện", "xã")}

    def record(self, number: int) -> tuple[str, Record]:
        level = self.chance.choices(("tỉnh", "huyện", "xã"), (2, 4, 4))[0]
        unit = self.chance.choice(self.units[level])
        place: Place = self.paths[unit.id]
        if self.chance.random() < 0.03:
            place = (*place[:-1], f"{unit.name.split()[0]} ?")
        plan = self.chance.randint(1, 300)
        header = Header(
            type="Kế hoạch",
            symbol=f"{plan}/KH-UBND",
            issued_on=self.blurred(self.day(plan)),
            issuer=f"Ủy ban nhân dân {place[-1]}",
            issuer_head="Ủy ban nhân dân",
            level=level,
            place=place,
            title=f"về việc làm số {number}",
        )
        agencies = [self.agency(name, level, place) for name in OFFICES[level]]
        agencies += self.classes(unit, place)
        record = Record(file=f"{number}.txt", header=header, recipients=tuple(agencies))
        return f"r{number}", replace(record, documents=self.cited(place), tasks=self.tasks(agencies))

    def day(self, number: int) -> str:
        """The day of a number in some year: a body gives a number once in a year."""
        return f"{self.chance.randint(2016, 2024)}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"

    def blurred(self, day: str) -> str | None:
        """A date as it is cited: to the day, to the month, to the year, or not at all."""
        return self.chance.choices((day, day[:7], day[:4], None), (70, 5, 5, 20))[0]

    def cited(self, place: Place) -> tuple[CitedDocument, ...]:
        made = []
        for n in range(12):
            if n < 4:
                number = self.chance.randint(1, 40)
                key, where, day = f"{number}-CT/TW", (), f"20{16 + number % 9}-05-{number % 28 + 1:02d}"
            elif n < 6:
                key, where, day = (
                    LAWS[self.chance.randrange(len(LAWS))],
                    (),
                    f"20{15 + self.chance.randint(0, 1) * 4}-06-13",
                )
            else:
                number = self.chance.randint(1, 300)
                key, where = f"{number}/KH-UBND", place[: self.chance.randint(1, len(place))]
                day = self.day(number)
            made.append(
                CitedDocument(**FOUND, ref=f"d{n}", key=key, type=None, issued_on=self.blurred(day), place=where)  # type: ignore[arg-type]
            )
        return tuple(made)

    def agency(self, name: str, level: str, place: Place, collective: bool = False) -> AgencyRef:
        return AgencyRef(
            **FOUND,  # type: ignore[arg-type]
            name=f"{name} {place[-1]}",
            head=name,
            written=name,
            kind="",
            level=level,
            place=place,
            collective=collective,
        )

    def classes(self, unit: Unit, place: Place) -> list[AgencyRef]:
        below = {"tỉnh": ("các huyện, thị xã, thành phố", "huyện"), "huyện": ("các xã, phường, thị trấn", "xã")}
        if unit.level not in below:
            return []
        words, level = below[unit.level]
        return [self.agency(f"Ủy ban nhân dân {words}", level, place, collective=True)]

    def tasks(self, agencies: list[AgencyRef]) -> tuple[Task, ...]:
        fields = (
            "start",
            "end",
            "rule",
            "confidence",
            "name",
            "head",
            "written",
            "kind",
            "level",
            "place",
            "collective",
        )
        return tuple(
            Task(
                **FOUND,  # type: ignore[arg-type]
                section=f"I.{n}",
                anchor="",
                text="",
                assignments=tuple(
                    Assignment(role=role, **{f: getattr(agency, f) for f in fields})
                    for role, agency in zip(("chủ trì", "phối hợp"), self.chance.choices(agencies, k=2), strict=True)
                ),
            )
            for n in range(8)
        )


def seconds(run: Callable[[], object]) -> float:
    """The processor's time, once: a run is long enough."""
    gc.collect()
    begin = time.process_time()
    run()
    return time.process_time() - begin


def main() -> int:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    country = Country()
    made = [country.record(number) for number in range(max(sizes))]
    resolve_agencies(dict(made[:10]), places())  # the gazetteer and the words are read once
    print("".join(f"{heading:>10}" for heading in HEADINGS))
    before: tuple[int, float] | None = None
    for size in sizes:
        records = dict(made[:size])
        written = [dump(record) for record in records.values()]
        read = seconds(lambda written=written: [from_json(orjson.loads(raw)) for raw in written])  # type: ignore[misc]
        found: list[object] = []
        documents = seconds(lambda records=records, found=found: found.append(resolve_documents(records, places())))  # type: ignore[misc]
        agencies = seconds(
            lambda records=records, found=found: found.append(resolve_agencies(records, places()).agencies())
        )  # type: ignore[misc]
        resolved, named = found[0][0], found[1]  # type: ignore[index]
        whole = documents + agencies
        growth = f"{whole / before[1] / (size / before[0]):.2f}" if before else ""
        flagged = sum(bool(d.ambiguous_with) for d in resolved)
        row = (size, len(resolved), flagged, documents, len(named), agencies, read, whole / read, growth)  # type: ignore[arg-type]
        print("".join(f"{cell:>10.1f}" if isinstance(cell, float) else f"{cell:>10}" for cell in row))
        before = (size, whole)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
