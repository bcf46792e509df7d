from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.citing.documents import find_documents
from ingest.cleaning.clean import clean as clean_text
from ingest.naming.agencies import Scope
from ingest.outlining.outline import outline
from ingest.record import Attached, CitedDocument, Header, Relation
from ingest.relating.relations import STRENGTH, relate
from ingest.text import CleanText

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "relations.yaml").read_text("utf-8"))
FRAGMENTS = yaml.safe_load((Path(__file__).parent / "cases" / "fragments.yaml").read_text("utf-8"))
ISSUER = "Ủy ban nhân dân tỉnh Thái Bình"
PLACE = ("tỉnh Thái Bình",)


def read(case: dict) -> tuple[list[CitedDocument], list[Relation]]:
    clean = clean_text(case["text"]) if case.get("tables") else CleanText(case["text"])
    header = Header(
        type=case.get("type", "Kế hoạch"),
        symbol=case.get("symbol"),
        issuer=ISSUER,
        level="tỉnh",
        place=PLACE,
        attached=Attached(type="Kế hoạch", title="", start=0) if case.get("attached") else None,
    )
    structure = outline(clean)
    scope = Scope(place=PLACE, level="tỉnh", issuer=ISSUER, issuer_head="Ủy ban nhân dân")
    documents = find_documents(clean, structure, header, scope)
    return documents, relate(clean, structure, header, documents)


def shown(documents: list[CitedDocument], relations: list[Relation]) -> list[str]:
    keys = {"this": "this", **{d.ref: d.key for d in documents}}
    return [f"{keys[r.source]} {r.type} {keys[r.target]}" for r in relations]


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join(c["text"].split())[:70])
def test_stated_relations(case: dict) -> None:
    documents, relations = read(case)
    found = shown(documents, relations)
    assert set(case["relations"]) <= set(found)
    assert not set(case.get("without", ())) & set(found)
    related = {line.split(" ", 2)[2] for line in found if line.startswith("this ")}
    assert not set(case.get("only", ())) & related


@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join(c["text"].split())[:70])
def test_every_document_is_related_and_every_pair_once(case: dict) -> None:
    documents, relations = read(case)
    assert {d.ref for d in documents} <= {r.source for r in relations} | {r.target for r in relations}
    assert len({(r.source, r.target) for r in relations}) == len(relations)
    assert {r.type for r in relations} <= set(STRENGTH)


def test_evidence_goes_from_the_cue_to_the_end_of_the_target() -> None:
    text = (
        "KẾ HOẠCH\nTrồng rừng\n\n"
        "Thực hiện Chỉ thị số 9/CT-TTg ngày 4/5/2021 của Thủ tướng Chính phủ về rừng, UBND tỉnh yêu cầu:"
    )
    _, (relation,) = read({"text": text})
    passage = text[relation.start : relation.end]
    assert passage == "Thực hiện Chỉ thị số 9/CT-TTg ngày 4/5/2021 của Thủ tướng Chính phủ"


def test_the_section_is_the_blocks() -> None:
    text = (
        "I. MỤC TIÊU\n\nNâng cao đời sống.\n\n"
        "II. NHIỆM VỤ\n\n1. Sở Tài chính\n\n- Áp dụng Nghị định số 1/2020/NĐ-CP của Chính phủ."
    )
    _, (relation,) = read({"text": text})
    assert relation.section == "II.1-1"


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_whatever_the_text_every_fact_has_its_place_in_it(fragments: list[str]) -> None:
    text = "".join(fragments)
    documents, relations = read({"text": text, "type": "Quyết định"})
    known = {"this", *(d.ref for d in documents)}
    assert all(0 <= start < end <= len(text) for d in documents for start, end in d.mentions)
    assert all(0 <= r.start < r.end <= len(text) and {r.source, r.target} <= known for r in relations)
    assert {d.ref for d in documents} <= {r.source for r in relations} | {r.target for r in relations}
