"""What can be said of two documents at all, by their dates and by who issued them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.citing.laws import LAWS
from ingest.record import CitedDocument, Relation

_PARTY = re.compile(r"\d+\s?-[^/]{1,10}/")
_CENTRAL = "trung ương"
# by what lower kinds of documents a kind may be changed
_CHANGED_BY = {"Nghị định": ("Nghị định",), "Thông tư": ("Thông tư", "Thông tư liên tịch", "Nghị định")}
_ITS_COMMITTEE = "Ủy ban Thường vụ Quốc hội"


def _is_older(one: CitedDocument, other: CitedDocument) -> bool:
    """Whether `one` was certainly issued before `other`; "2020" and "2020-03" may be one day."""
    if not one.issued_on or not other.issued_on:
        return False
    known = min(len(one.issued_on), len(other.issued_on))
    return one.issued_on[:known] < other.issued_on[:known]


def _is_of_the_party(document: CitedDocument) -> bool:
    """Whether a symbol is the Party's: "57-NQ/TW", "12-KH/HU"; the State's have the slash behind the number."""
    return bool(_PARTY.match(document.key))


def may_change(changing: CitedDocument, changed: CitedDocument) -> bool:
    """Whether a document may amend or replace another: none changes a younger one, only a law changes a law, and only
    the National Assembly its own resolutions; neither the Party what is the State's nor the other way round.
    """
    lower = changed.type in LAWS and changing.type not in (*LAWS, "Nghị quyết")
    lower = lower or (
        changed.type in _CHANGED_BY and changing.type not in (*_CHANGED_BY[changed.type], *LAWS, "Nghị quyết")
    )
    lower = lower or _is_of_the_party(changed) != _is_of_the_party(changing)
    lower = lower or (changed.issuer == "Quốc hội" and changing.issuer not in (None, "Quốc hội", _ITS_COMMITTEE))
    return not lower and changing.ref != changed.ref and not _is_older(changing, changed)


def _may_implement(source: CitedDocument, target: CitedDocument) -> bool:
    """None implements what came later, and no central document what a province or a commune decided."""
    below = source.level == _CENTRAL and target.level not in (_CENTRAL, None)
    return not below and not _is_older(source, target)


_LEVELS = (_CENTRAL, "tỉnh", "huyện", "xã", "cơ sở")


def is_no_lower(one: CitedDocument, other: CitedDocument) -> bool:
    """Whether `one` is known to come from the same level as `other`, or from one above it."""
    known = one.level in _LEVELS and other.level in _LEVELS
    return known and _LEVELS.index(str(one.level)) <= _LEVELS.index(str(other.level))


def may_be(kind: str, source: CitedDocument, target: CitedDocument) -> bool:
    """Whether a relation of a kind may hold between two documents."""
    if kind == "THUC_HIEN":
        return _may_implement(source, target)
    return kind not in ("SUA_DOI", "THAY_THE") or may_change(source, target)


def possible(relations: Iterable[Relation], documents: Mapping[str, CitedDocument]) -> Iterator[Relation]:
    """The relations that can be; an amendment that goes from the older to the younger is turned round.

    Args:
        relations: as they were read, also those of the document itself, which are kept as they are.
        documents: the cited documents by their `ref`.
    """
    for relation in relations:
        source, target = documents.get(relation.source), documents.get(relation.target)
        if not source or not target:
            yield relation
        elif relation.type == "THUC_HIEN" and not _may_implement(source, target):
            continue
        elif relation.type in ("SUA_DOI", "THAY_THE") and not may_change(source, target):
            if _is_older(source, target) and may_change(target, source):
                yield replace(relation, source=target.ref, target=source.ref)
        else:
            yield relation
