"""A name and its parts: titles, given names or their initials, family name; when two names can be one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.enrich.words import fold, is_cyrillic, key, words, world

_PATRONYMIC: Final = re.compile(r"(?:ovich|evich|ovna|evna|owitsch|ewitsch|owna|ewna|ович|евич|ьич|овн|евн|ичн)$")
_WORD: Final = re.compile(r"[^\s,()\[\]]+")
_CYRILLIC: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia".split(),
        strict=True,
    )
)
_LATIN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. Every part is a key (words.key), and empty where the name has none.

    fore are given names and patronymics, or single letters that stand for them, in order; family is the family name;
    peer the name that a peer's or a spouse's title gives beside it; letter the initial of a family name that is not
    written out. gender is "m" or "f" where a title or given name tells.
    """

    titles: tuple[str, ...] = ()
    fore: tuple[str, ...] = ()
    family: str = ""
    peer: str = ""
    letter: str = ""
    gender: str = ""

    @property
    def full(self) -> bool:
        """Return whether the name has a family name and a given name that is written out."""
        return bool(self.family) and any(len(one) > 1 for one in self.fore)

    @property
    def bare(self) -> bool:
        """Return whether the name is a family name only, whatever its titles."""
        return bool(self.family) and not self.fore

    @property
    def families(self) -> tuple[str, ...]:
        """Return the family name and the peer's name, those that there are."""
        return tuple(one for one in (self.family, self.peer) if one)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return how much the name tells: for choosing the fullest of several."""
        return (bool(self.family), sum(len(one) > 1 for one in self.fore), len(self.fore))


def is_patronymic(word: str) -> bool:
    """Return whether a key is a Russian father's name."""
    return len(word) > 5 and bool(_PATRONYMIC.search(word)) and word[:3] in _fathers()


@cache
def _fathers() -> frozenset[str]:
    """Return how fathers' names begin: what ends in -ovich and begins otherwise is a family name."""
    return frozenset(given[:3] for given in world().given) | {"льв", "lvo", "иль", "ily", "ili", "яко"}


def _one(left: str, right: str) -> bool:
    """Return whether two given names, or initials of such, can be one."""
    if len(left) == 1 or len(right) == 1:
        # Transcriptions of one letter differ: E. is Evgeny and Yevgeny.
        return left[:1] == right[:1]
    short = world().short
    return left == right or short.get(left, left) == short.get(right, right)


def fore_agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether given names do not contradict each other: the fewer come among the more, in their order."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    at = 0
    for one in few:
        while at < len(many) and not _one(one, many[at]):
            at += 1
        if at == len(many):
            return False
        at += 1
    return True


def agree(left: Name, right: Name) -> bool:
    """Return whether two names can be one person's: nothing in them contradicts, and they share a name."""
    if left.gender and right.gender and left.gender != right.gender:
        return False
    if _lady(left, right) or _lady(right, left):
        return False
    families = {left.family, left.peer} & {right.family, right.peer} - {""}
    if left.family and right.family and not families:
        return False
    if left.letter and right.family and not right.family.startswith(left.letter):
        return False
    if right.letter and left.family and not left.family.startswith(right.letter):
        return False
    return fore_agree(left.fore, right.fore)


# Titles that say of a woman only that she is one.
_LADIES: Final = frozenset("mrs miss ms lady mme mlle madame mademoiselle frau fräulein frl г-жа госпожа".split())


def _lady(lady: Name, other: Name) -> bool:
    """Return whether one is a lady by her title and the other bears another: Mrs Wade and Dr Wade are two."""
    titles = set(other.titles)
    return bool(_LADIES & set(lady.titles) and titles and other.gender != "f" and not titles & set(lady.titles))


def gender_of(titles: Sequence[str], fore: Sequence[str]) -> str:
    """Return "m" or "f" where titles or given names tell a person's sex, else nothing."""
    known = words("").titles
    for title in titles:
        if known.get(title):
            return known[title]
    given = world().given
    for one in fore[:1]:
        if given.get(one) and one not in world().ambiguous:
            return given[one]
    if len(fore) > 1 and is_patronymic(fore[-1]) and is_cyrillic(fore[-1]):
        return "f" if fore[-1].endswith(("овн", "евн", "ичн")) else "m"
    return ""


def read_name(form: str) -> tuple[Name, ...]:
    """Return the names that a register's or a header's form gives: `Surname, Given (Alias)`, `Given Surname`, a word.

    The first is the main one; aliases in brackets and titles of peers follow it.
    """
    alias = ""
    if form.endswith(")") and "(" in form:
        form, _, rest = form[:-1].partition("(")
        alias = rest.strip()
    if peer := _PEERAGE.search(form):
        return (_peer(form, peer),)
    family, comma, rest = form.strip().partition(",")
    if comma and fold(rest.strip().rstrip(".")) in words("").suffixes:
        return (plain_name(family),)
    known = words("").titles
    if comma:
        fore, titles = _fore(rest.partition(",")[0])
        main = Name(titles, fore, _family(family), gender=gender_of(titles, fore))
    else:
        main = plain_name(form)
    found = [main]
    if alias[:1].isupper() and fold(alias) in known:
        found[0] = Name((*main.titles, fold(alias)), main.fore, main.family, gender=gender_of([fold(alias)], ()))
    elif alias[:1].isupper():
        other = plain_name(alias)
        if other.family or other.fore:
            # An alias is another family name of the same person, unless it has given names of its own.
            own = other.family or other.fore[-1]
            fore = other.fore if other.family and other.fore else main.fore
            gender = other.gender if other.titles else main.gender
            found.append(Name(other.titles, fore, own, gender=gender))
    return tuple(found)


_PEERAGE: Final = re.compile(
    r", (?:\d+\w\w )?"
    r"(?:Lord|Lady|Baron|Baroness|Viscount|Viscountess|Earl|Countess|Duke|Duchess|Marqu\w+|Marchioness)\b"
)


def is_spoken(form: str) -> bool:
    """Return whether a form with a comma is written as one speaks: `Given Family, Viscount Place`, `…, Bart.`"""
    after = form.partition(",")[2].strip().rstrip(".")
    return bool(_PEERAGE.search(form)) or (bool(after) and fold(after) in words("").suffixes)


def _peer(form: str, found: re.Match[str]) -> Name:
    """Return the name of `Given Family, Viscount Place`: a person of two names."""
    first = plain_name(form[: found.start()])
    second = plain_name(re.sub(r"\d+\w\w |\bof\b ", "", form[found.start() + 2 :]))
    return with_peer(first, second)


def with_peer(first: Name, second: Name) -> Name:
    """Return a name together with the peer's or spouse's title that follows it."""
    peer = second.family or (second.fore[0] if second.fore else "")
    family = first.family or peer
    titles = (*first.titles, *second.titles)
    return Name(titles, first.fore, family, peer if peer != family else "", gender=second.gender or first.gender)


def _fore(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    known, particles = words("").titles, words("").particles
    fore: list[str] = []
    titles: list[str] = []
    for word in _WORD.findall(text):
        plain = word.rstrip(".")
        folded = fold(plain)
        if "." in plain:
            fore += [fold(letter)[:1] for letter in plain.split(".") if letter]
        elif folded in known and not fore:
            titles.append(folded)
        elif folded not in particles and plain[:1].isupper():
            fore.append(key(plain))
    return tuple(fore), tuple(titles)


def _family(text: str) -> str:
    particles = words("").particles
    parts = [word for word in _WORD.findall(text) if word[:1].isupper() and fold(word) not in particles]
    return key(parts[-1]) if parts else ""


def plain_name(form: str) -> Name:
    """Return the name in a form that is written as one speaks: titles, given names, family name."""
    known, particles, suffixes = words("").titles, words("").particles, words("").suffixes
    titles: list[str] = []
    parts: list[str] = []
    found = _WORD.findall(form)
    for place, word in enumerate(found):
        plain = word.rstrip(".")
        folded = fold(plain)
        if not plain or (folded in suffixes and parts):
            continue
        # The last word is the name itself: `Mr Bishop`.
        if (
            not parts
            and place < len(found) - 1
            and (folded in known or (folded in world().before_titles and plain == word and form != word))
        ):
            titles.append(folded)
        elif "." in plain or (len(plain) == 1 and word != plain and plain.isupper()):
            parts += [fold(letter)[:1] for letter in plain.split(".") if letter]
        elif folded not in particles and plain[:1].isupper():
            parts.append(key(plain))
    return assemble(tuple(titles), tuple(parts))


def assemble(titles: tuple[str, ...], parts: tuple[str, ...]) -> Name:
    """Return the name whose parts stand in this order; a single letter at the end stands for a family name."""
    if not parts:
        return Name(titles, gender=gender_of(titles, ()))
    last = parts[-1]
    if len(last) == 1 and not last.isdigit():
        return Name(titles, parts[:-1], letter=last, gender=gender_of(titles, parts[:-1]))
    alone = len(parts) == 1 and last in world().given and (not titles or titles[-1] in _OF_GIVEN)
    if alone or (len(parts) > 1 and is_patronymic(last)):
        return Name(titles, parts, gender=gender_of(titles, parts))
    return Name(titles, parts[:-1], last, gender=gender_of(titles, parts[:-1]))


# Titles that stand before a given name alone.
_OF_GIVEN: Final = frozenset(
    fold(word)
    for word in (
        "sir dame uncle aunt cousin brother sister father mother king queen prince princess emperor empress kaiser "
        "tsar tsarina pope saint frère soeur père mère oncle tante roi reine prince princesse empereur onkel "
        "vetter "
        "bruder schwester könig königin kaiser kaiserin prinz prinzessin papst дядя тётя тетя отец мать брат сестра "
        "царь царица император императрица король королева принц принцесса батюшка матушка abbé abbe mlle miss master"
    ).split()
)


# Titles that go with the given name: Sir Edmund is Sir Edmund Pell.
KNIGHTLY: Final = frozenset({"sir", "dame"})


def given_keys(name: Name) -> list[str]:
    """Return under which keys somebody is listed, or looked for, who is called by a given name."""
    if not name.fore or name.letter:
        return []
    knightly = [f"{title} {name.fore[0]}" for title in name.titles if title in KNIGHTLY]
    return knightly if name.family else [*knightly, name.fore[0]]


def first_key(name: Name) -> str:
    """Return under which key the bearers of a first given name are listed, for `Sir Edmund`; empty for women."""
    return f"? {name.fore[0]}" if name.full and len(name.fore[0]) > 1 and name.gender != "f" else ""


def full_keys(name: Name) -> list[str]:
    """Return under which keys a person of a family name and given names is listed: with each name, or without any."""
    short = world().short
    families = [family for family in (name.family, name.peer) if family]
    return [f"{family} {short.get(fore, fore)}" for family in families for fore in name.fore or ("",)]


def namesake_keys(name: Name) -> list[str]:
    """Return under which keys those are listed whose names a full name may be: their initials may be its own."""
    short = world().short
    families = [family for family in (name.family, name.peer) if family]
    found = {"": None}
    for fore in name.fore:
        found |= {short.get(fore, fore): None, fore[:1]: None, short.get(fore, fore)[:1]: None}
    return [f"{family} {one}" for family in families for one in found]


def slug(parts: Sequence[str]) -> str:
    """Return an id for names: ASCII, lower case, joined by hyphens; Cyrillic letters transliterated."""
    return "-".join(filter(None, (_ascii(part) for part in parts))) or "person"


def _ascii(word: str) -> str:
    letters = []
    for mark in unicodedata.normalize("NFC", word.casefold()):
        if mark in _CYRILLIC:
            letters.append(_CYRILLIC[mark].strip("-"))
        elif mark in _LATIN:
            letters.append(_LATIN[mark])
        else:
            plain = unicodedata.normalize("NFKD", mark)
            letters.append("".join(one for one in plain if one.isascii() and one.isalnum()) or "-")
    return re.sub(r"-+", "-", "".join(letters)).strip("-")
