"""The words and small patterns by which citations are known: labels, cues, names, numbers of a page or a volume."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Final

from pipeline.dates import MONTHS
from pipeline.resources import resource

LANGUAGES: Final = ("en", "de", "fr", "ru")
# A capital letter at a word's beginning, and the rest of a word.
CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄ]"
_CAP: Final = rf"(?:(?:d|l|D|L|O|М)[’'])?{CAPITAL}"
WORD: Final = rf"{_CAP}[\w’'‑-]{{0,40}}"
_SMALLEST: Final = (
    r"(?:von|v\.|van|de|der|den|du|des|la|le|di|da|del|della|dos|zu|zur|ten|ter|af|av|al-|el-|bin|ibn|d’|d')"
)
INITIALS: Final = rf"(?:(?:{CAPITAL}[a-zа-я]?\.[\s -]?){{1,4}})"
_RANK: Final = r"(?:(?:Sir|Lord|Lady|Dame|Dr|Dr\.|Prof\.|Gen\.|General|Mrs|Mr)[\s ])?"
_FAMILY: Final = rf"(?:{_SMALLEST}[\s ]?){{0,3}}{WORD}"
PERSON_WITH_INITIALS: Final = rf"{_RANK}{INITIALS}{_FAMILY}(?:[\s ]{_FAMILY})?"
# `Зима Л. К.`, `Roe, J. B.`
PERSON_INVERTED: Final = rf"{_FAMILY},?[\s ](?:{CAPITAL}[a-zа-я]?\.[\s -]?){{0,3}}{CAPITAL}[a-zа-я]?\."
PERSON_PLAIN: Final = rf"{_RANK}{_FAMILY}(?:[\s ](?:{CAPITAL}\.|{_FAMILY})){{0,2}}(?:[\s ](?:Jr\.|Jr|jun\.|sen\.))?"


@cache
def words(key: str) -> tuple[str, ...]:
    """Return the words of a list in all languages, `_` read as a space, each once and in order."""
    tables = tomllib.loads(resource("enrich/citations/words.toml").read_text(encoding="utf-8"))
    every = (word.replace("_", " ") for language in LANGUAGES for word in tables[language][key].split())
    return tuple(dict.fromkeys(every))


@cache
def one_of(key: str) -> str:
    """Return a pattern for any word of a list, the longest first."""
    return either(words(key))


def either(choices: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first; a space in one is any white space."""
    every = sorted(set(choices), key=lambda one: (-len(one), one))
    return "(?:" + "|".join(re.escape(one).replace(r"\ ", r"[\s ]") for one in every) + ")" if every else r"(?!)"


UNITS: Final = ("page", "document", "number", "leaf", "column", "folio", "chapter", "paragraph", "article")
MONTH: Final = (
    "(?i:" + "|".join(sorted((re.escape(one) for one in MONTHS), key=lambda one: (-len(one), one))) + r")\b\.?"
)


@cache
def word_set(key: str) -> frozenset[str]:
    """Return the words of a list as a set, as they stand."""
    return frozenset(words(key))


@cache
def labels() -> dict[str, str]:
    """Return for each label of a unit the unit; a label of two (`Nr.`, `ff.`) is that of the first."""
    return {label: unit for unit in reversed(UNITS) for label in words(unit)}


@cache
def volume_pattern() -> re.Pattern[str]:
    """Return the pattern of a labelled volume: `vol. IV`, `Bd. 2`, `t. II`, `vols. 2–3`."""
    return re.compile(
        rf"{one_of('volume')}[\s ]?(?P<n>\d{{1,4}}(?![\d.]\d)|[IVXLCDM]{{1,10}}(?![\w])|[ivxlc]{{1,8}}(?!\w))"
        r"(?:[\s ]?[–—-][\s ]?(?P<to>\d{1,4}|[IVXLCDM]{1,10})(?!\w))?(?P<part>[/:]\d{1,3})?"
    )


_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral; 0 where it is none."""
    if not numeral or not _ROMAN_FORM.fullmatch(numeral):
        return 0
    values = [_ROMAN[letter] for letter in numeral.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def arabic(numeral: str) -> str:
    """Return a volume's number in Arabic figures: `XVII` is 17, `XXII/1` is 22/1; what is none stays."""
    head, stroke, rest = numeral.partition("/")
    value = roman(head)
    return f"{value or head}{stroke}{rest}"


def written_out(first: str, last: str) -> str:
    """Return the end of a range with the figures that it left out: `259–60` ends with 260; empty if it runs back."""
    if not (first.isdecimal() and last.isdecimal()):
        return last
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return last if int(last) >= int(first) else ""
