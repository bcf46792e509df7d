"""Types of documents (văn bản): their canonical names and the letters that stand for them in a symbol."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.spelling import fold
from ingest.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type: `name` is canonical, `symbols` its letters, `also` other printed forms (lower case).

    `whose` is "party", "state" or "both"; `bare` is true where a name alone, without a symbol, makes a document.
    """

    name: str
    symbols: tuple[str, ...]
    also: tuple[str, ...]
    whose: str
    bare: bool


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types of `lexicon/document_types.yaml`, in its order."""
    return tuple(
        DocumentType(t["name"], tuple(t["symbols"]), tuple(t.get("also", ())), t["whose"], t["bare"])
        for t in lexicon("document_types")["types"]
    )


@cache
def _by_name() -> dict[str, DocumentType]:
    return {fold(name): t for t in document_types() for name in (t.name, *t.also)}


@cache
def _by_symbol() -> dict[str, DocumentType]:
    # the first that claims the letters wins, but "TTr" is a Tờ trình far more often than a Thông tri
    found: dict[str, DocumentType] = {}
    for kind in document_types():
        for letters in kind.symbols:
            if kind.whose != "party" or letters not in found:
                found[letters] = kind
    return found


def type_of_name(written: str) -> DocumentType | None:
    """The type that a printed name stands for, in any case: "KẾ HOẠCH" → Kế hoạch, "Văn bản" → Công văn."""
    return _by_name().get(fold(written))


def type_of_letters(letters: str) -> DocumentType | None:
    """The type that the letters of a symbol stand for: "KH" → Kế hoạch, "CTr" → Chương trình."""
    return _by_symbol().get(letters)
