"""What the rules that find facts look at, in words (`lexicon/rules.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule looks at, in a Vietnamese and an English sentence; both empty where nobody has told."""

    vi: str = ""
    en: str = ""


def explain_rule(name: str) -> Explanation:
    """What a rule looks at, by its name in the evidence ("order", "lead-in: order")."""
    context, _, rule = name.rpartition(": ")
    told = lexicon("rules")["rules"].get(rule)
    around = lexicon("rules")["contexts"].get(context)
    if not told or (context and not around):
        return Explanation()
    if not context:
        return Explanation(**told)
    return Explanation(*(f"{around[word]} {told[word][:1].lower()}{told[word][1:]}" for word in ("vi", "en")))


def rule_in_words(name: str) -> tuple[str, str]:
    """The sentences of `explain_rule` without their full stops, for a line that goes on."""
    told = explain_rule(name)
    return told.vi.removesuffix("."), told.en.removesuffix(".")
