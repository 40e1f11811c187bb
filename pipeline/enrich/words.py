"""The words by which names show themselves: titles, given names, places, verbs of people, by language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from pipeline.resources import resource

# Words whose folded forms are kept: those of a large register, or of many entries.
_REMEMBERED: Final = 1 << 18
LANGUAGES: Final = ("en", "fr", "de", "ru")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_APOSTROPHES: Final = str.maketrans({"'": "’", "ʼ": "’", "`": "’", "‐": "-", "‑": "-", "\xad": "", "ё": "е"})
# Endings of Russian nouns and names in all their cases, the longer first.
_ENDINGS: Final = tuple(
    "ского скому ская скую ским ском ские ских ский ской ого его ому ему ыми ими ами ями ою ею ий ый ой "
    "ым им ом ем ах ям ам ях ей ев ов ы и а я у ю о е й ь".split()
)
_SKY: Final = frozenset(ending for ending in _ENDINGS if ending.startswith("ск"))


# Endings of Russian and Polish names as other languages write them.
_TRANSCRIBED: Final = (
    ("off", "ov"), ("eff", "ev"), ("skij", "ski"), ("skii", "ski"), ("skiy", "ski"), ("sky", "ski"), ("skoi", "ski"),
    ("owitsch", "ovich"), ("ewitsch", "evich"),
)  # fmt: skip


_TRANSCRIBED_ENDINGS: Final = tuple(ending for ending, _ in _TRANSCRIBED)


@lru_cache(maxsize=_REMEMBERED)
def fold(word: str) -> str:
    """Return a word as it is compared: lower case, without accents, one kind of apostrophe and hyphen."""
    word = unicodedata.normalize("NFC", word.casefold()).translate(_APOSTROPHES)
    if word.isascii() or "\u0400" <= word[:1] <= "\u04ff":
        return word
    plain = unicodedata.normalize("NFKD", word)
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).replace("ı", "i").replace("ł", "l")


def is_cyrillic(word: str) -> bool:
    """Return whether a word is written in Cyrillic letters."""
    return _CYRILLIC.search(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """Return what of a folded name stays the same through its cases: Russian names without their ending."""
    if not is_cyrillic(word):
        return word
    for ending in _ENDINGS:
        # Names in -ov and -ev keep that; only a plural of other words would lose it.
        if ending in ("ев", "ов") or not word.endswith(ending):
            continue
        rest = word[: -len(ending)]
        if len(rest) >= 2:
            return f"{rest}ск" if ending in _SKY else rest
    return word


@lru_cache(maxsize=_REMEMBERED)
def key(word: str) -> str:
    """Return a word as names are compared: folded, Russian ones without their ending."""
    folded = fold(word)
    if is_cyrillic(folded):
        return stem(folded)
    for ending, plain in _TRANSCRIBED if folded.endswith(_TRANSCRIBED_ENDINGS) else ():
        if folded.endswith(ending) and len(folded) > len(ending) + 2:
            return folded[: -len(ending)] + plain
    return folded


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, and those of all. Every set is of folded words."""

    titles: Mapping[str, str]
    own_titles: frozenset[str]
    loose_titles: frozenset[str]
    modest: frozenset[str]
    articles: frozenset[str]
    possessives: frozenset[str]
    particles: frozenset[str]
    stately: frozenset[str]
    suffixes: frozenset[str]
    before: frozenset[str]
    between: frozenset[str]
    persons_before: frozenset[str]
    place_before: frozenset[str]
    kin: frozenset[str]
    owned: frozenset[str]
    says: frozenset[str]
    acts: frozenset[str]
    aux: frozenset[str]
    feels: frozenset[str]
    functions: frozenset[str]
    common: frozenset[str]
    offices: frozenset[str]
    first_person: frozenset[str]


class Given(dict[str, str]):
    """Given names and the sex that they tell; `Louis-Nicolas` is one where its parts are."""

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        return (
            isinstance(name, str)
            and "-" in name
            and all(super(Given, self).__contains__(one) for one in name.split("-"))
        )


@dataclass(frozen=True, slots=True)
class World:
    """What is known in every language: calendars, places, peoples, institutions, given names."""

    months: frozenset[str]
    weekdays: frozenset[str]
    noble: frozenset[str]
    spouses: frozenset[str]
    heads: frozenset[str]
    weak_heads: frozenset[str]
    heads_before: frozenset[str]
    capitals: frozenset[str]
    talks: frozenset[str]
    streets: frozenset[str]
    works: frozenset[str]
    letters: frozenset[str]
    governed: frozenset[str]
    ships: frozenset[str]
    places_of: frozenset[str]
    place_first: frozenset[str]
    before_titles: frozenset[str]
    never_names: frozenset[str]
    saints: frozenset[str]
    orgs: frozenset[str]
    demonyms: frozenset[str]
    eastern: frozenset[str]
    countries: frozenset[str]
    cities: frozenset[str]
    given: Mapping[str, str]
    ambiguous: frozenset[str]
    short: Mapping[str, str] = field(default_factory=dict)


def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resource(f"enrich/persons/{name}.toml").read_text(encoding="utf-8"))


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())


@cache
def world() -> World:
    """Return what is known in every language."""
    table = _table("persons")["all"]
    names = _table("names")["given"]
    given = Given()
    for kind, gender in (("ambiguous", ""), ("cyrillic", ""), ("women", "f"), ("men", "m")):
        for word in names[kind].split():
            name = key(word)
            given[name] = gender
    short = {}
    for pair in names["short"].split():
        one, _, whole = pair.partition("=")
        short[key(one)] = key(whole)
        given.setdefault(key(one), given.get(key(whole), ""))
        given.setdefault(key(whole), "")
    sets = {
        name: _set(table[name])
        for name in (
            "capitals talks streets works letters governed months weekdays noble spouses heads weak_heads "
            "heads_before ships places_of place_first saints orgs demonyms countries cities before_titles "
            "never_names eastern"
        ).split()
    }
    return World(
        given=given,
        ambiguous=_stems(names["ambiguous"]),
        short=short,
        **sets,
    )


_SETS: Final = (
    "loose_titles modest articles possessives particles stately suffixes before between persons_before "
    "place_before kin owned says acts aux feels functions common"
).split()


def _titles(tables: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables:
        for name, gender in (("titles_m", "m"), ("titles_f", "f"), ("titles", "")):
            for word in table[name].split():
                found.setdefault(fold(word), gender)
                # Russian titles are inflected with the name.
                found.setdefault(key(word), gender)
    return found


@cache
def words(language: str) -> Words:
    """Return the words of a language (BCP 47); those of all four where it is another, or unknown.

    Titles are known in all languages, for they travel with their bearers; own_titles are those of the language.
    """
    table = _table("persons")
    lexicon = tomllib.loads(resource("lexicon.toml").read_text(encoding="utf-8"))
    main = language.split("-", 1)[0].casefold()
    own = (main,) if main in LANGUAGES else LANGUAGES
    sets = {name: frozenset(word for one in own for word in _set(table[one][name])) for name in _SETS}
    every = [table[one] for one in (*own, *(one for one in LANGUAGES if one not in own))]
    return Words(
        titles=_titles(every),
        own_titles=frozenset(_titles(table[one] for one in own)),
        offices=frozenset(word for one in own for word in _set(lexicon[one]["offices"]) | _set(table[one]["trades"])),
        first_person=frozenset(word for one in own for word in _set(lexicon[one]["first_person"])),
        **sets,
    )
