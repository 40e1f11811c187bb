"""What stands around a name and speaks of a person, or of a place or a thing: verbs, kin, offices, articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.tokens import Kind, Token
from pipeline.enrich.words import Words, fold, world

_YEARS: Final = re.compile(r"\s?\((?:[^()\d]{0,12})1\d{3}")
_DEAR: Final = frozenset(
    fold(word)
    for word in "dear dearest beloved cher chère lieber liebe liebster liebste дорогой дорогая милый милая".split()
)
_WHO: Final = frozenset("who whom whose qui dont который которого которая которому которую".split())
# Relative pronouns that are articles too: they say less.
_WHICH: Final = frozenset("der die dessen deren qui".split())
# After these stands the name of anything.
_NAMING: Final = frozenset(
    "as far between entre zwischen call calls called name names named on upon through under before behind above below "
    "over appelle nommé".split()
)
_OF: Final = frozenset("of from to for about de du d’ à pour из до von nach aus".split())
_SPOKEN_OF: Final = frozenset("of about de d’ du von über о об про".split())
# So many words between a name and its verb may be adverbs and auxiliaries.
_SKIP: Final = 4


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a passage, and what is known of their language; lowered are words that the entry writes small."""

    tokens: Sequence[Token]
    text: str
    lexicon: Words
    language: str
    lowered: frozenset[str]

    def token(self, at: int) -> Token | None:
        """Return a token; None outside the passage."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def attributive(self, last: int) -> bool:
        """Return whether a name after an article stands before a noun, `the Pell affair`; last is after it."""
        owner = self.tokens[last - 1].owner
        if self.language != "en" or owner:
            return self.language == "en" and owner
        after = self.token(last)
        if after is None or after.kind is not Kind.LOWER:
            return False
        lexicon = self.lexicon
        verbs = lexicon.says | lexicon.acts | lexicon.aux | lexicon.functions | lexicon.feels | lexicon.between
        return after.fold not in verbs and not after.fold.endswith(("ly", "ed"))


def around(context: Context, first: int, last: int, attached: bool) -> dict[str, float]:
    """Return the evidence around the tokens from first up to last, by kind; 1.0 is the whole weight of a kind.

    attached says that a title or given name belongs to the name: then articles and prepositions say little.
    """
    found: dict[str, float] = {}
    _cased(context, first, attached, found)
    _left(context, first, last, attached, found)
    _right(context, first, last, found)
    return found


def _cased(context: Context, first: int, attached: bool, found: dict[str, float]) -> None:
    token = context.tokens[first]
    if context.language in ("en", "fr", "ru"):
        if not token.opens:
            found["capital in mid-sentence"] = 1.0
        return
    if context.language != "de":
        if not token.opens:
            found["capital in mid-sentence"] = 0.3
        return
    if token.plain.casefold().endswith(_ENDINGS) and len(token.plain) > 4 and token.fold not in context.lexicon.common:
        found["surname's ending"] = 1.0
    before = context.token(first - 1)
    if not attached and (before is None or not _determines(context, before)):
        found["no article"] = 0.3 if token.opens else 1.0


# Endings of German family names that few other nouns have.
_ENDINGS: Final = (
    "ius", "tschke", "schke", "itz", "ow", "sky", "ski", "berger", "stein", "bach", "hausen", "inger", "hoff", "hardt",
    "brecht", "eyer", "ltz", "rtz", "ndt", "ff", "sohn", "mmsen", "nssen", "nsen", "ssen",
)  # fmt: skip


def _determines(context: Context, token: Token) -> bool:
    """Return whether a word before a noun is its article, pronoun, adjective or numeral, or a thing's preposition."""
    folded = token.fold
    if token.kind is Kind.NUMBER:
        return True
    lexicon = context.lexicon
    if token.kind is not Kind.LOWER:
        return token.kind is Kind.CAPITAL and (folded in lexicon.articles or folded in lexicon.possessives)
    verbs = lexicon.says | lexicon.acts | lexicon.between | lexicon.before
    return (
        folded in lexicon.articles
        or folded in lexicon.possessives
        or folded in lexicon.place_before
        or folded
        in (
            "ohne",
            "viel",
            "wenig",
            "mehr",
            "mit",
            "an",
            "zu",
            "für",
            "als",
            "vor",
            "in",
            "auf",
            "um",
            "unter",
            "gegen",
        )
        or (folded.endswith(("e", "en", "er", "es", "em")) and folded not in verbs)
    )


def _left(context: Context, first: int, last: int, attached: bool, found: dict[str, float]) -> None:
    at = first - 1
    lexicon = context.lexicon
    before = context.token(at)
    if before is None or context.tokens[first].opens:
        return
    noun = context.token(last)
    if before.plain in '‘“"' and noun is not None and noun.kind is Kind.LOWER and noun.fold in world().governed:
        found["attributive"] = 1.0
    if not before.is_word and before.kind is not Kind.NUMBER:
        if before.plain in ",;:–—" and context.language in ("en", "fr", "ru"):
            found["stands free"] = 1.0
        return
    if before.is_word and before.fold in lexicon.modest:
        found["spoken to" if before.fold in _DEAR else "dear, young, poor"] = 1.0
        while before is not None and before.is_word and before.fold in lexicon.modest:
            at -= 1
            before = context.token(at)
        if before is None or before.fold in lexicon.articles or before.fold in lexicon.possessives:
            return
    if not before.is_word:
        return
    folded = before.fold
    if before.owner:
        found["after a possessive"] = 0.0 if attached else 1.0
        return
    if before.kind is Kind.CAPITAL and folded in world().demonyms and not attached:
        found["after a people's name"] = 1.0
        return
    if folded in lexicon.articles:
        if not attached and not context.attributive(last):
            found["article"] = 1.0
        elif not attached and (noun := context.token(last)) is not None and noun.fold in world().governed:
            found["attributive"] = 1.0
        return
    if folded in lexicon.kin:
        found["kin before"] = 1.0
    elif folded in lexicon.offices and (before.kind is Kind.LOWER or context.language == "de") and not before.opens:
        found["office before"] = 1.0
    elif folded in lexicon.says:
        found["verb of speaking"] = 1.0
    elif folded in lexicon.before and folded not in lexicon.between:
        found["object of a verb of people"] = 1.0
    elif folded in lexicon.persons_before:
        found["with a person"] = 0.3 if context.language == "de" and folded != "bei" else 1.0
    elif folded in lexicon.place_before:
        found["place before"] = 0.3 if attached else 1.0
    elif folded in _OF:
        _of(context, at, attached, found)
    elif folded in lexicon.between:
        found["between names"] = 1.0
    elif before.kind is Kind.LOWER and context.language in ("en", "fr", "ru") and folded not in _NAMING:
        found["stands free"] = 1.0


def _of(context: Context, at: int, attached: bool, found: dict[str, float]) -> None:
    """Weigh `of`, `from` and `to` before a name; at is their token."""
    lexicon = context.lexicon
    if attached:
        return
    ruled = context.token(at - 1)
    # `curate of …`, `the college at …`: what stands after an office is where it is held.
    if ruled is not None and ruled.is_word:
        if ruled.fold in lexicon.says and context.tokens[at].fold in _SPOKEN_OF:
            found["spoken of"] = 1.0
        elif ruled.fold in world().letters:
            found["letter from"] = 1.0
            return
        elif ruled.fold in lexicon.kin | lexicon.owned and context.tokens[at].fold in ("of", "de", "d’", "du", "von"):
            found["kin of" if ruled.fold in lexicon.kin else "owns"] = 1.0
            return
    office = ruled is not None and ruled.is_word and ruled.fold in lexicon.offices | lexicon.titles.keys()
    if office and context.tokens[at].fold in ("of", "de", "du", "d’", "von"):
        found["of an office"] = 1.0
    else:
        found["after of, from, to"] = 1.0


def _right(context: Context, first: int, last: int, found: dict[str, float]) -> None:
    lexicon = context.lexicon
    if context.tokens[last - 1].owner:
        _owned(context, last, found)
        return
    after = context.token(last)
    if after is None:
        return
    if after.is_word:
        _verb(context, first, last, found)
        return
    if after.plain == "(" and _YEARS.match(context.text, context.tokens[last - 1].end):
        found["office after"] = 1.0 if last - first > 1 else 0.5
        return
    if after.plain != "," or found.keys() & {"place before", "of an office", "after of, from, to"}:
        return
    following = context.token(last + 1)
    if following is None or not following.is_word:
        return
    if following.fold in _WHICH and context.language in ("de", "fr"):
        found["who"] = 0.4
        return
    if following.fold in _WHO:
        found["who"] = 1.0
    elif following.fold in lexicon.articles or following.fold in lexicon.possessives:
        if any(_is_office(context, one) for one in range(last + 2, last + 5)):
            found["office after"] = 1.0
    elif following.kind is Kind.LOWER and (following.fold in lexicon.offices or following.fold in lexicon.kin):
        found["office after"] = 1.0


def _is_office(context: Context, at: int) -> bool:
    noun = context.token(at)
    if noun is None or not noun.is_word or not (noun.kind is Kind.LOWER or context.language == "de"):
        return False
    return noun.fold in context.lexicon.offices or noun.fold in context.lexicon.kin


def _owned(context: Context, at: int, found: dict[str, float]) -> None:
    """Weigh what a possessive ending is followed by, within an adjective or two."""
    lexicon = context.lexicon
    found["possessive"] = 1.0
    for one in range(at, at + 5):
        token = context.token(one)
        if token is None:
            return
        if not token.is_word and token.plain not in "’'s":
            return
        if token.fold in lexicon.kin:
            found["kin of"] = 1.0
            return
        if token.fold in lexicon.owned:
            found["owns"] = 1.0
            return
        if token.fold in lexicon.functions and token.fold != "own":
            return


def _verb(context: Context, first: int, at: int, found: dict[str, float]) -> None:
    """Weigh the verb after a name, over auxiliaries and adverbs."""
    lexicon = context.lexicon
    for one in range(at, at + _SKIP):
        token = context.token(one)
        if token is None or not token.is_word or token.kind is Kind.CAPITAL:
            return
        folded = token.fold
        if folded in lexicon.says:
            found["verb of speaking"] = 1.0
            return
        if one > at and folded in lexicon.feels:
            found["state of people"] = 1.0
            return
        if folded in lexicon.acts:
            found["verb of people"] = 1.0
            if context.tokens[first].opens:
                found["first word, before a verb"] = _first(context, first, folded)
        if folded not in lexicon.aux and not folded.endswith("ly"):
            return


def _first(context: Context, first: int, verb: str) -> float:
    """Return how much a verb after the first word of a sentence makes a name of it, from 0 to 1."""
    if context.language == "de":
        # German sentences begin with anything.
        return 0.3
    plural = context.language == "en" and context.tokens[first].fold.endswith("s")
    return 0.5 if verb in context.lexicon.aux or plural else 1.0
