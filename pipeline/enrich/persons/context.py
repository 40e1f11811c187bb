"""What stands around a name and speaks of a person, or of a place or a thing: verbs, kin, offices, articles."""

from __future__ import annotations

import re
from typing import Final

from pipeline.enrich.persons.surroundings import Context
from pipeline.enrich.persons.tokens import Kind, Token
from pipeline.enrich.persons.verbs import weigh_verb
from pipeline.enrich.words import fold, world

_YEARS: Final = re.compile(r"\s?\((?:[^()\d]{0,12})1\d{3}")
_DEAR: Final = frozenset(
    fold(word)
    for word in "dear dearest beloved cher chère lieber liebe liebster liebste дорогой дорогая милый милая".split()
)
_ONE: Final = frozenset("an ein eine einen einem einer".split())
_WHO: Final = frozenset("who whom whose qui dont который которого которая которому которую".split())
# `Mrs Pell, of Bangor, whose …`
_FROM: Final = frozenset("of from in at near de du d’ von aus bei из".split())
# Relative pronouns that are articles too: they say less.
_WHICH: Final = frozenset("der die dessen deren qui".split())
_AND: Final = frozenset("and et und и y".split())
_WRITER: Final = frozenset("i me myself moi ich я".split())
# With `on`: what one does with people.
_CALLED: Final = frozenset("call calls called calling wait waits waited relied attended depended".split())
_THEN: Final = frozenset(
    "then much again only always well highly often also dann oft viel wieder alors souvent".split()
)
# With `to`: what one does with people. `according to …`
_TOLD: Final = frozenset(
    "according handed gave given wrote written telephoned said spoke spoken talked complained appealed replied "
    "listened explained showed shown introduced bowed owed lent dictated confided whispered nodded married engaged "
    "presented quant grâce écrivit donna remit parla dit sagte schrieb schreibt geschrieben telegraphierte gab reichte "
    "сказал написал передал".split()
)
# After these stands the name of anything.
_NAMING: Final = frozenset(
    "as far between entre zwischen call calls called name names named on upon through under before behind above below "
    "over appelle nommé".split()
)
# Before `à`: where somebody is, or goes.
_STAYS: Final = frozenset(
    "est sont suis etait reste demeure habite arrive va vont parti retourne rentre revenu".split()
)
_OF: Final = frozenset("of from to for about de du d’ à pour из до von nach aus".split())
_WRITTEN: Final = frozenset("geschrieben telegraphiert schreiben adressiert gerichtet".split())
_VISITS: Final = frozenset(
    "besuch tee kaffee diner souper gesellschaft abends mittags nachmittags vormittags gestern nachher dann".split()
)
_SPOKEN_OF: Final = frozenset("of about de d’ du von über о об про".split())


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
        if token.fold.endswith("mann") and len(token.fold) > 6 and token.fold not in context.lexicon.offices:
            # `Lachmann hat …`; a `Bergmann` has an article.
            found["surname's ending"] = 1.0


# After these German nouns stand without an article too.
_THINGS_AFTER: Final = frozenset("ohne viel wenig mehr mit an zu für als vor in auf um unter gegen".split())
# Endings of German family names that few other nouns have.
_ENDINGS: Final = (
    "ius", "tschke", "schke", "itz", "ow", "sky", "ski", "berger", "stein", "bach", "hausen", "inger", "hoff", "hardt",
    "brecht", "eyer", "tsch", "hayn", "ltz", "rtz", "ndt", "ff", "sohn", "mmsen", "nssen", "nsen", "ssen",
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
        or folded in _THINGS_AFTER
        or (folded.endswith(("e", "en", "er", "es", "em")) and folded not in verbs)
    )


def _left(context: Context, first: int, last: int, attached: bool, found: dict[str, float]) -> None:
    at = first - 1
    lexicon = context.lexicon
    before = context.token(at)
    if before is None or context.tokens[first].opens:
        return
    if context.language == "de" and _visited(context, at):
        found["conversation with"] = 1.0
        return
    if before.fold == "an" and context.language == "de" and _written(context, at, last):
        found["object of a verb of people"] = found["no article"] = 1.0
        return
    ahead = context.token(last)
    if ahead is not None and ahead.kind is Kind.NUMBER and not attached:
        found["before a number"] = 1.0
    if before.plain in '‘“"' and ahead is not None and ahead.kind is Kind.LOWER and ahead.fold in world().governed:
        found["attributive"] = 1.0
    if not before.is_word and before.kind is not Kind.NUMBER:
        if before.plain in ",;:–—" and context.language in ("en", "fr", "ru"):
            found["stands free"] = 1.0
        if before.plain == "," and (noun := context.token(at - 1)) is not None and noun.is_word:
            # `The steward, Kruglov, thinks …`
            small = noun.kind is Kind.LOWER or context.language == "de"
            if small and (noun.fold in lexicon.offices or noun.fold in lexicon.kin):
                found["office before"] = 1.0
        return
    if before.is_word and before.fold in lexicon.modest:
        found["spoken to" if before.fold in _DEAR else "dear, young, poor"] = 1.0
        while before is not None and before.is_word and before.fold in lexicon.modest:
            at -= 1
            before = context.token(at)
        if before is not None and before.fold in _ONE and not attached:
            # `an old Etonian`, `ein alter Landsturmmann`
            found.pop("dear, young, poor", None)
            found["article"] = 1.0
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
    if before.opens and folded in lexicon.functions and folded not in lexicon.articles | lexicon.place_before | _OF:
        found["stands free"] = 1.0
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
    elif (folded in lexicon.before and folded not in lexicon.between) or _called_on(context, at):
        found["object of a verb of people"] = 1.0
    elif folded in lexicon.persons_before:
        found["with a person"] = 0.3 if context.language == "de" and folded != "bei" else 1.0
        _with(context, at, found)
    elif folded in lexicon.place_before:
        found["place before"] = 0.3 if attached else 1.0
    elif folded in _OF or before.plain == "à":
        _of(context, at, attached, found)
    elif folded in lexicon.between:
        found["between names"] = 1.0
    elif before.kind is Kind.LOWER and context.language in ("en", "fr", "ru") and folded not in _NAMING:
        found["stands free"] = 1.0


def _with(context: Context, at: int, found: dict[str, float]) -> None:
    """Weigh what is done with somebody: `a conversation with`, `dined with`."""
    before = context.token(at - 1)
    if context.tokens[at].fold not in ("with", "avec", "mit", "с", "со") or before is None or not before.is_word:
        return
    if before.fold in world().talks:
        found["conversation with"] = 1.0
    elif before.fold in context.lexicon.says or before.fold in context.lexicon.acts - context.lexicon.aux:
        found["conversation with"] = 0.4


def _written(context: Context, at: int, last: int) -> bool:
    """Return whether one writes to whom a German `an` names: `an Dahlmann geschrieben`, `schreibt an Dahlmann`."""
    before, after = context.token(at - 1), context.token(last)
    written = after is not None and after.fold in _WRITTEN
    return written or (before is not None and before.fold in _TOLD)


def _visited(context: Context, at: int) -> bool:
    """Return whether a German `bei` tells of a visit: `abends bei Uhland`, `Besuch bei Ranke`."""
    before = context.token(at - 1)
    return context.tokens[at].fold == "bei" and before is not None and before.fold in _VISITS


def _called_on(context: Context, at: int) -> bool:
    before = context.token(at - 1)
    return context.tokens[at].fold in ("on", "upon") and before is not None and before.fold in _CALLED


def _of(context: Context, at: int, attached: bool, found: dict[str, float]) -> None:
    """Weigh `of`, `from` and `to` before a name; at is their token."""
    lexicon = context.lexicon
    if attached:
        return
    ruled = context.token(at - 1)
    if ruled is not None and context.tokens[at].plain == "à" and ruled.fold in _STAYS:
        found["place before"] = 1.0
        return
    # `curate of …`, `the college at …`: what stands after an office is where it is held.
    if ruled is not None and ruled.fold in _THEN:
        ruled = context.token(at - 2)
    if ruled is not None and ruled.is_word:
        if ruled.fold in _TOLD and context.tokens[at].fold in ("to", "a", "an", "к"):
            found["object of a verb of people"] = 1.0
            return
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
        writer = context.token(last + 1)
        if after.fold in _AND and writer is not None and writer.fold in _WRITER:
            found["with the writer"] = 1.0
            return
        if after.fold in _AND and writer is not None and writer.kind is Kind.CAPITAL and context.tokens[first].opens:
            # `Stanton and Chase have signed`
            weigh_verb(context, first, last + 2, found)
            verb = context.token(last + 2)
            if verb is not None and verb.kind is Kind.LOWER and verb.fold in ("have", "are", "were"):
                found["verb of people"], found["first word, before a verb"] = 1.0, 0.5
            return
        if after.fold in lexicon.articles and context.language == "en" and _is_office(context, last + 1):
            # `Pease the cooper is down`
            found["office after"] = 1.0
            return
        weigh_verb(context, first, last, found)
        return
    if after.plain == "(" and _YEARS.match(context.text, context.tokens[last - 1].end):
        found["office after"] = 1.0 if last - first > 1 else 0.5
        return
    following = context.token(last + 1)
    if after.plain != "," or following is None or not following.is_word:
        return
    ruled = context.token(first - 1)
    if following.fold in _WHO - _WHICH and (ruled is None or ruled.fold not in _FROM):
        found["who"] = 1.0
        return
    if found.keys() & {"place before", "of an office", "after of, from, to"}:
        return
    if following.fold in _WHICH and context.language in ("de", "fr"):
        # French nouns have an article; a name that begins a sentence has none.
        found["who"] = 1.0 if context.language == "fr" and context.tokens[first].opens else 0.4
        return
    if following.fold in lexicon.articles or following.fold in lexicon.possessives:
        if any(_is_office(context, one) for one in range(last + 2, last + 5)):
            found["office after"] = 1.0
        else:
            _after_aside(context, first, last + 1, found)
    elif following.kind is Kind.LOWER and (following.fold in lexicon.offices or following.fold in lexicon.kin):
        found["office after"] = 1.0
    elif following.kind is Kind.LOWER:
        _after_aside(context, first, last + 1, found)


def _after_aside(context: Context, first: int, at: int, found: dict[str, float]) -> None:
    """Weigh the verb after an aside: `Pell, it seems, is for it`."""
    for one in range(at + 1, at + 6):
        token = context.token(one)
        if token is None or token.kind is Kind.CAPITAL:
            return
        if token.plain == ",":
            weigh_verb(context, first, one + 1, found)
            return
        if not token.is_word:
            return


def _is_office(context: Context, at: int) -> bool:
    noun = context.token(at)
    if noun is None or not noun.is_word or not (noun.kind is Kind.LOWER or context.language == "de"):
        return False
    return noun.fold in context.lexicon.offices or noun.fold in context.lexicon.kin


def _owned(context: Context, at: int, found: dict[str, float]) -> None:
    """Weigh what a possessive ending is followed by, within an adjective or two."""
    lexicon = context.lexicon
    found["possessive"] = 1.0
    placed = found.pop("place before", None)
    for one in range(at, at + 5):
        token = context.token(one)
        if token is None or (not token.is_word and token.plain not in "’'s"):
            break
        if token.fold in lexicon.kin or token.fold in lexicon.owned:
            found["kin of" if token.fold in lexicon.kin else "owns"] = 1.0
            return
        if token.fold in lexicon.functions and token.fold != "own":
            break
    if context.language == "en" and context.tokens[at - 1].opens and _is_small_word(context, at):
        # `Joyce’s depot cannot be far`: what is common is known, places take an article more often.
        found["owns"] = 1.0
    if placed is not None:
        # `at Lloyd’s`; but not `in Pell’s pocket`.
        found["place before"] = placed


def _is_small_word(context: Context, at: int) -> bool:
    """Return whether a word in small letters stands at a token or after the possessive ending there."""
    for one in range(at, at + 3):
        token = context.token(one)
        if token is None or token.plain not in ("’", "'", "s"):
            return token is not None and token.kind is Kind.LOWER and token.fold not in context.lexicon.functions
    return False
