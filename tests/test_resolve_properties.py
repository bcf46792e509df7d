"""What holds for every collection of records, whatever they say: the order does not matter, and nothing contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.places import places
from ingest.corrections import Corrections
from ingest.record import Record
from ingest.resolving.identity import dates_agree, is_known
from ingest.resolving.resolve import ResolvedDocument, resolve_documents
from ingest.resolving.resolve_agencies import resolve_agencies
from tests.records import record

LAW = "Luật Điện lực"
BG, YD = "tỉnh Bắc Giang", "huyện Yên Dũng"
KEYS = st.sampled_from(["21-CT/TW", "7/KH-UBND", "07/KH-UBND", LAW, "61/2024/QH15"])
DATES = st.sampled_from([None, None, "2018", "2018-02-08", "2023", "2023-05", "2023-05-04", "2023-04-05"])
PLACES = st.sampled_from([[], [], [BG], [BG, YD], ["?", YD], ["?"], [BG, "huyện ?"]])
BODIES = st.sampled_from(
    [None, None, "Bộ Chính trị", "Ban Bí thư Trung ương Đảng", "Tỉnh ủy Bắc Giang", "Ban Thường vụ Tỉnh ủy Bắc Giang"]
)
TITLES = st.sampled_from([None, None, "về trồng nấm rơm trên địa bàn", "về nuôi ong lấy mật trên địa bàn"])
AGENCIES = st.sampled_from(
    [
        {"name": "Tỉnh đoàn Bắc Giang", "place": [BG]},
        {"name": "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Bắc Giang", "place": [BG]},
        {"name": "Sở Lao động - Thương binh và Xã hội tỉnh Bắc Giang", "place": [BG], "level": "tỉnh"},
        {"name": "Sở Lao động, Thương binh và Xã hội tỉnh Bắc Giang", "place": [BG], "level": "tỉnh"},
        {"name": "Sở Y tế", "place": [], "level": "tỉnh"},
        {"name": "Ủy ban nhân dân huyện ?", "place": [BG, "huyện ?"], "level": "huyện"},
        {
            "name": "Ủy ban nhân dân các xã, thị trấn huyện Yên Dũng",
            "head": "Ủy ban nhân dân các xã, thị trấn",
            "place": [BG, YD],
            "level": "xã",
            "collective": True,
        },
    ]
)


@st.composite
def said_of_documents(draw: st.DrawFn) -> dict[str, Any]:
    key = draw(KEYS)
    title = LAW if key == "61/2024/QH15" else draw(TITLES)
    facts = {"issued_on": draw(DATES), "issuer": draw(BODIES), "place": draw(PLACES), "title": title}
    return {"key": key, "type": "Luật" if "QH" in key else None, **facts}


@st.composite
def raw_records(draw: st.DrawFn) -> dict[str, Any]:
    cited = draw(st.lists(said_of_documents(), max_size=3))
    own = draw(st.none() | said_of_documents())
    header = {"issued_on": draw(DATES)}
    if own is not None:
        header = {"symbol": own.pop("key"), **own}
    return {"header": header, "documents": cited, "recipients": draw(st.lists(AGENCIES, max_size=3))}


collections = st.lists(raw_records(), min_size=1, max_size=6)


def _named(raw: list[dict[str, Any]], names: list[str]) -> dict[str, Record]:
    return {name: record(one) for name, one in zip(names, raw, strict=True)}


def _ids(count: int) -> list[str]:
    return [f"r{n}" for n in range(count)]


def _partition(documents: list[ResolvedDocument], names: Mapping[str, str]) -> set[frozenset[str]]:
    """Which statements are together, under other names of the records."""
    return {frozenset(f"{names[s.record]}:{s.ref}" for s in d.statements) for d in documents}


@given(collections, st.randoms(use_true_random=False))
def test_documents_do_not_depend_on_the_order_of_records(raw: list[dict[str, Any]], chance: Any) -> None:
    records = _named(raw, _ids(len(raw)))
    shuffled = list(records.items())
    chance.shuffle(shuffled)
    assert resolve_documents(dict(shuffled), places()) == resolve_documents(records, places())


@given(collections, st.randoms(use_true_random=False))
def test_documents_do_not_depend_on_the_ids_of_records(raw: list[dict[str, Any]], chance: Any) -> None:
    names = _ids(len(raw))
    others = list(names)
    chance.shuffle(others)
    one, _ = resolve_documents(_named(raw, names), places())
    other, _ = resolve_documents(_named(raw, others), places())
    assert _partition(one, {name: name for name in names}) == _partition(other, dict(zip(others, names, strict=True)))


@given(collections)
def test_nothing_in_one_document_contradicts(raw: list[dict[str, Any]]) -> None:
    documents, of = resolve_documents(_named(raw, _ids(len(raw))), places())
    assert len({d.id for d in documents}) == len(documents)
    assert {ref for d in documents for ref in d.ambiguous_with} <= {d.id for d in documents}
    assert len(of) == sum(len(d.statements) for d in documents)
    for document in documents:
        assert document.id not in document.ambiguous_with
        for one, other in combinations(document.statements, 2):
            assert dates_agree(one.issued_on, other.issued_on)
            assert one.symbol is None or other.symbol is None or one.symbol == other.symbol
            assert one.place == other.place
            assert is_known(one.place) or one.record == other.record


@given(collections, raw_records())
def test_what_nobody_cites_changes_nothing(raw: list[dict[str, Any]], more: dict[str, Any]) -> None:
    names = _ids(len(raw))
    other = record({"header": {"symbol": "999/QĐ-BYT", "place": []}, "recipients": more["recipients"]})
    before, _ = resolve_documents(_named(raw, names), places())
    after, _ = resolve_documents({**_named(raw, names), "z": other}, places())
    assert [d for d in after if d.id != "z"] == before


@given(collections, st.data())
def test_what_a_person_said_always_holds(raw: list[dict[str, Any]], data: st.DataObject) -> None:
    records = _named(raw, _ids(len(raw)))
    documents, of = resolve_documents(records, places())
    mentions = [f"{name}#{ref}" for name, ref in of]
    same = frozenset(data.draw(st.lists(st.sampled_from(mentions), max_size=3, unique=True)))
    joined = max(([s.mention for s in d.statements] for d in documents), key=len)  # where there is something to cut
    rest = [m for m in data.draw(st.sampled_from([mentions, joined])) if m not in same]
    different = frozenset(data.draw(st.lists(st.sampled_from(rest), max_size=3, unique=True))) if rest else frozenset()
    _, of = resolve_documents(records, places(), Corrections(same=(same,), different=(different,)))
    document = {f"{name}#{ref}": id_ for (name, ref), id_ in of.items()}
    assert len({document[m] for m in same}) <= 1
    assert len({document[m] for m in different}) == len(different)


@given(collections, st.randoms(use_true_random=False))
def test_agencies_do_not_depend_on_the_order_of_records(raw: list[dict[str, Any]], chance: Any) -> None:
    records = _named(raw, _ids(len(raw)))
    shuffled = list(records.items())
    chance.shuffle(shuffled)
    one, other = resolve_agencies(dict(shuffled), places()), resolve_agencies(records, places())
    assert one.agencies() == other.agencies()
    assert one.successions() == other.successions()
