"""The verb after a name: what it says of a person, most of all where the name begins a sentence."""

from __future__ import annotations

from typing import Final

from pipeline.enrich.persons.surroundings import Context
from pipeline.enrich.persons.tokens import Kind
from pipeline.enrich.words import world

# So many words between a name and its verb may be adverbs and auxiliaries.
_SKIP: Final = 4


def weigh_verb(context: Context, first: int, at: int, found: dict[str, float]) -> None:
    """Weigh the verb after a name, over auxiliaries and adverbs."""
    lexicon = context.lexicon
    for one in range(at, at + _SKIP):
        token = context.token(one)
        if token is None or not token.is_word or token.kind is Kind.CAPITAL or token.plain == "à":
            return
        folded = token.fold
        if folded in lexicon.says:
            found["verb of speaking"] = 1.0
            return
        if one > at and context.language == "en" and folded.endswith("ing"):
            found["state of people"] = 0.6
            return
        if one > at and folded in lexicon.feels:
            found["state of people"] = 1.0
            return
        if folded in lexicon.acts or (one == at and context.tokens[first].opens and _is_past(context, folded)):
            found["verb of people"] = 1.0
            if context.tokens[first].opens:
                found["first word, before a verb"] = _first(context, first, folded)
        if folded not in lexicon.aux and not folded.endswith("ly"):
            return


def _is_past(context: Context, verb: str) -> bool:
    """Return whether a word has the form of an English verb of the past."""
    return context.language == "en" and len(verb) > 4 and verb.endswith("ed")


def _first(context: Context, first: int, verb: str) -> float:
    """Return how much a verb after the first word of a sentence makes a name of it, from 0 to 1."""
    if context.language == "de":
        # German sentences begin with anything.
        return 0.3
    folded = context.tokens[first].fold
    if context.language == "fr" and verb in ("a", "avait", "aura") and folded[1:2] not in ("’", "'"):
        # French nouns have an article.
        return 1.0
    # `Trains ran late`; but not `Adams ran`, `Phillips ran`.
    plural = context.language == "en" and folded.endswith("s") and folded[:-1] not in world().given
    return 0.5 if verb in context.lexicon.aux or plural else 1.0
