"""The words of dates.toml as regular expressions: what the readers of days and hours are made of.

Every expression here is of bounded length: what is read with it takes time linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pipeline.resources import resource

LANGUAGES: Final = ("en", "de", "fr", "ru")
SPACE: Final = "[ \u00a0\u2009\u202f]"
APOSTROPHE: Final = "[’'ʼ‘]"
DASH: Final = "[-–—‑‒]"
_SPACES: Final = " \u00a0\u2009\u202f"
Pattern = re.Pattern[str]


def form(words: str) -> str:
    """Return an expression for some words, with every kind of space, apostrophe and hyphen."""
    escaped = "".join(re.escape(mark) if mark not in " '-" else mark for mark in words)
    if escaped.startswith("St "):
        escaped = r"(?:St\.?|Saint) " + escaped[3:]
    return escaped.replace("-", DASH).replace("'", APOSTROPHE).replace(" ", f"{SPACE}?" if "." in words else SPACE)


def split(words: str) -> tuple[str, ...]:
    """Return the words of a list."""
    return tuple(word for word in words.split("|") if word)


def one_of(words: Iterable[str]) -> str:
    """Return an expression for one of some words, the longest first; one that never matches if there are none."""
    forms = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(form, forms)) + ")" if forms else "(?!)"


def cased(words: Iterable[str], capitals: bool) -> tuple[str, ...]:
    """Return words as they are written: with a capital only where the language has it so, and all in capitals."""
    made: list[str] = []
    for word in words:
        made += [word, word.upper()] if len(word) > 3 else [word]
        if not capitals:
            made.append(word[0].upper() + word[1:])
    return tuple(dict.fromkeys(made))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one or more languages; names of lists are those of dates.toml.

    Numbers count from 1 for months, ordinals and hours, from 0 for weekdays (Monday), seasons and decades.
    """

    language: str
    months: dict[str, int]
    full_months: frozenset[str]
    weekdays: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, int]
    decades: dict[str, int]
    hours: dict[str, int]
    minutes: dict[str, int]
    phrases: dict[str, str]
    feasts: dict[str, str]
    feasts_in: dict[str, str]
    easter: dict[str, int]
    lists: dict[str, tuple[str, ...]]

    def any(self, *names: str) -> str:
        """Return an expression for a word of some lists."""
        return one_of(word for name in names for word in self.lists[name])

    def has(self, name: str, word: str) -> bool:
        """Return whether a word is in a list."""
        return word in _set(self.language, name)

    def before(self, *names: str) -> Pattern:
        """Return an expression that finds a word of some lists at the end of a text, with the space after it."""
        return _before(self.language, names)

    def after(self, *names: str) -> Pattern:
        """Return an expression that finds a word of some lists at the beginning, with the space before it."""
        return _after(self.language, names)


@cache
def _set(language: str, name: str) -> frozenset[str]:
    return frozenset(words(language).lists[name])


@cache
def _before(language: str, names: tuple[str, ...]) -> Pattern:
    return re.compile(rf"(?<!\w){words(language).any(*names)}(?:{SPACE}|(?<=[-–.’'(]))$", re.IGNORECASE)


@cache
def _after(language: str, names: tuple[str, ...]) -> Pattern:
    return re.compile(rf"{SPACE}?{words(language).any(*names)}(?!\w)", re.IGNORECASE)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resource("enrich/dates/words.toml").read_text(encoding="utf-8"))


@cache
def numbered(listed: bool = True) -> Pattern:
    """Return what finds, at the end of a text, the word that makes the next number no date: `pp. `, `£`.

    listed allows for other numbers between: `nos. 65, 66 & `.
    """
    before = split(_tables()["numbered"]["before"])
    names = [word for word in before if word[0].isalpha()]
    signs = [word for word in before if not word[0].isalpha()]
    gap = rf"(?:{SPACE}?[,;/&]{SPACE}?|{SPACE}?{DASH}{SPACE}?|{SPACE}(?:and|und|et|и){SPACE})"
    others = rf"(?:[\dIVXL]{{1,6}}[a-z]?{gap}){{0,6}}" if listed else ""
    return re.compile(rf"(?:(?<!\w){one_of(names)}|{one_of(signs)}){SPACE}?{others}$")


@cache
def amounts() -> Pattern:
    """Return what finds, at the end of a text, the words that make the next number an amount."""
    return re.compile(rf"(?<!\w){one_of(split(_tables()['numbered']['amounts']))}{SPACE}$", re.IGNORECASE)


@cache
def imprint() -> Pattern:
    """Return what finds that the year before it is part of a citation: a volume or a page follows."""
    word = one_of(split(_tables()["numbered"]["imprint"]))
    return re.compile(rf",{SPACE}[IVXLC]{{1,6}}(?:/\d{{1,2}})?(?=[,;.:])|\)?[,.:]?{SPACE}{word}{SPACE}?\d|\),{SPACE}\d")


@cache
def beside(name: str) -> Pattern:
    """Return what finds, after a space, a word of a list that shows that what is before it is no date."""
    return re.compile(rf"{SPACE}(?:[A-Z]\w{{1,20}}{SPACE})?{one_of(split(_tables()['numbered'][name]))}(?!\w)")


@cache
def words(language: str = "") -> Words:
    """Return the words of a language; those of all four if it is none of them."""
    tables = [_tables()[name] for name in ([language] if language in LANGUAGES else LANGUAGES)]

    def numbers(key: str, first: int, names: bool = False) -> dict[str, int]:
        found: dict[str, int] = {}
        for table in tables:
            for number, forms in enumerate(table[key], first):
                for name in cased(split(forms), names and bool(table["capitals"])):
                    found.setdefault(name, number)
        return found

    def merged(key: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for table in tables:
            found |= table[key]
        return found

    months = numbers("months", 1, names=True)
    full = {name for table in tables for name in cased(split(table["whole_months"]), bool(table["capitals"]))}
    lists: dict[str, tuple[str, ...]] = {
        key: tuple(dict.fromkeys(word for table in tables for word in split(table[key])))
        for key, value in tables[0].items()
        if isinstance(value, str) and key != "phrase"
    }
    return Words(
        language if language in LANGUAGES else "",
        months,
        frozenset(full),
        numbers("weekdays", 0, names=True),
        numbers("ordinals", 1),
        numbers("seasons", 0),
        numbers("decades", 0),
        numbers("hours", 1),
        merged("minutes"),
        {name: _tables()[name]["phrase"] for name in LANGUAGES},
        merged("feasts"),
        merged("feasts_in"),
        merged("easter"),
        lists,
    )


def tight(text: str) -> str:
    """Return a form as the lists hold it: plain spaces, apostrophes and hyphens."""
    plain = re.sub(DASH, "-", re.sub(APOSTROPHE, "'", re.sub(SPACE, " ", text)))
    return plain.strip(_SPACES)


def base(language: str) -> str:
    """Return the language that we have words for, of a language tag; empty if we have none."""
    primary = language.split("-")[0].lower()
    return primary if primary in LANGUAGES else ""
