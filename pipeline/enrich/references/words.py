"""How references are worded: patterns made of the words of four languages, and days, pages and notes in a row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Final

from pipeline.dates import MONTHS
from pipeline.resources import resource

# How much of the text before and after a reference tells what it is.
BEFORE: Final = 70
AFTER: Final = 40
# More numbers in a row are a table.
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A day, a page or a note of several, where it stands.

    days holds the days of a range, first and last, or one; month and year are 0 where not written. n is a page
    or a note; ordinal is 2 for the second entry of a day.
    """

    start: int
    end: int
    days: tuple[int, ...] = ()
    month: int = 0
    year: int = 0
    ordinal: int = 1
    n: str = ""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of references. Those of what stands before end with the text, the others begin where it goes on.

    pointed is a pointer right before, chained one before another reference (`see p. 7 and`), quoted a word
    for what a note says, with `in` (`cited in`), located a word for where it is (`above,`)
    that a pointer or nothing precedes, others a possessive; there and
    beyond are what follows that is in this text, or in another.
    """

    entries: re.Pattern[str]
    pages: re.Pattern[str]
    notes: re.Pattern[str]
    volumes: re.Pattern[str]
    pointed: re.Pattern[str]
    chained: re.Pattern[str]
    quoted: re.Pattern[str]
    located: re.Pattern[str]
    others: re.Pattern[str]
    later: re.Pattern[str]
    there: re.Pattern[str]
    beyond: re.Pattern[str]
    day: re.Pattern[str]
    join: re.Pattern[str]
    number: re.Pattern[str]


def _any(*lists: frozenset[str]) -> str:
    """Return an alternation of phrases, the longest first; white space in them is any."""
    phrases = sorted({phrase for one in lists for phrase in one}, key=lambda one: (-len(one), one))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s").replace("’", "[’']") for phrase in phrases)


@cache
def patterns() -> Patterns:
    """Return the patterns of references in all languages."""
    tables = tomllib.loads(resource("enrich/references/words.toml").read_text(encoding="utf-8"))

    def of(key: str) -> frozenset[str]:
        return frozenset(phrase for table in tables.values() for phrase in table[key].split("|") if phrase)

    fold = re.IGNORECASE
    volume = rf"(?:{_any(of('volumes'))})\s?(?P<volume>\d{{1,2}}|[ivxl]{{1,6}}),\s"
    fillers = rf"(?:,?\s(?:{_any(of('fillers'))})|,?\s(?:{_any(of('notes'))})\s\d{{1,3}}(?:,\s|\s(?:to|of)\sthe))*"
    pointer = rf"(?<!\w)(?:{_any(of('pointers'))}){fillers}"
    where = _any(of("where"), of("here"))
    dash = r"\s?[–—-]\s?"
    suffix = rf"(?:{_any(of('suffixes'))})?"
    month = rf"(?P<month>{_any(frozenset(MONTHS))})(?!\w)"
    month_first = month.replace("<month>", "<month_first>")
    year = r"(?:\.?,?\s(?P<{}>[12]\d{{3}})(?!\d)(?:\sг\.)?)?"
    to = rf"(?:{dash}|\s(?:{_any(of('ranges'))})\s)"
    return Patterns(
        re.compile(
            rf"(?<!\w)(?:(?:{_any(of('entries'))}),?(?:\s(?:{_any(of('links'))}))?|(?P<book>(?:{_any(of('books'))}),?"
            rf"\s(?:{_any(of('links'))})|(?:{_any(of('records'))}),?\s(?:{_any(of('record_links'))})))\s(?=[\d\w])",
            fold,
        ),
        re.compile(rf"(?<!\w)(?:{volume})?(?:{_any(of('pages'))})\s?(?=\d|[ivxl]{{1,7}}(?!\w))", fold),
        re.compile(rf"(?<!\w)(?:{_any(of('notes'))})\s?(?=\d)", fold),
        re.compile(rf"(?<!\w){volume}(?=\d|[^\W\d_]+\s\d)", fold),
        re.compile(rf"{pointer},?(?:\s(?:{volume})?|[’'])$", fold),
        re.compile(
            rf"(?<!\w)(?:{_any(of('pointers'))})\s[^.;]{{0,30}}"
            rf"(?:(?:{_any(of('pages'), of('notes'))})\s?\d[^.;]{{0,14}})?"
            rf",?\s(?:{_any(of('joins'))}),?\s(?:(?:also|the|{_any(of('pointers'))})\s)?(?:{volume})?$",
            fold,
        ),
        re.compile(rf"(?<!\w)(?:{_any(of('told'))}|cited|zitierte?n?)\s(?:in|at|under|dans|à\sla|in\sder|в)\s$", fold),
        re.compile(rf"(?:{pointer},?\s|(?<!\w)(?:{_any(of('told'))}),?\s|(?:^|[.;:(\[–—]\s?))(?:{where}),?\s$", fold),
        re.compile(rf"(?:[’']s?|(?<!\w)(?:{_any(of('others'))}))\s$", fold),
        re.compile(r"(?<!\w)(?:below|infra|unten|u\.|ci-dessous|plus\sbas|ниже)(?!\w)", fold),
        re.compile(rf",?\s(?:{where})(?!\w)", fold),
        re.compile(rf",?\s(?:{_any(of('beyond'))})\s", fold),
        re.compile(
            rf"(?:(?:{_any(of('weekdays'))}),?\s)?(?:(?:le|dem|den)\s)?(?:"
            rf"(?P<iso>[12]\d{{3}}-\d\d-\d\d)(?!\d)"
            rf"|(?P<figures>\d{{1,2}}\.\s?\d{{1,2}}\.\s?[12]\d{{3}})(?!\d)"
            rf"|{month_first}\.?\s(?P<day_second>\d{{1,2}}){suffix}(?![\w/]){year.format('year_last')}"
            rf"|(?P<day>\d{{1,2}}){suffix}(?:{to}(?P<last>\d{{1,2}}){suffix})?"
            rf"(?:\s(?:of\s)?{month}{year.format('year')}|(?![\w/:]|[.,]\d)))(?:\s\((?P<ordinal>[2-9])\))?",
            fold,
        ),
        re.compile(rf"(?:,?\s(?:{_any(of('joins'))})\s|,\s|\s?&\s?)(?=\w)", fold),
        re.compile(
            rf"(?P<n>\d{{1,4}}|[ivxl]{{1,7}}(?!\w))(?:{dash}(?:\d{{1,4}}|[ivxl]{{1,7}}))?(?![\d/:]|[.,]\d)", fold
        ),
    )


def days(text: str, at: int) -> list[Item]:
    """Return the days that stand in a row from a place on; a day takes its month and year from the next that has."""
    found = list(takewhile(_may_be, (_day(one) for one in _row(text, at, patterns().day))))
    # A figure with no month after it is no day: `the entry for 3 May, 12 pages`.
    while found and not found[-1].month:
        found.pop()
    month, year = 0, 0
    for number in range(len(found) - 1, -1, -1):
        item = found[number]
        if not item.year and year:
            # `28 December and 3 January 1938`
            item = replace(item, year=year - (item.month > month))
        month, year = item.month or month, item.year
        found[number] = replace(item, month=month)
    for number in range(1, len(found)):
        item, before = found[number], found[number - 1]
        if not item.year and before.year:
            found[number] = replace(item, year=before.year + (item.month < before.month))
    return found


def numbers(text: str, at: int, several: bool) -> list[Item]:
    """Return the pages or notes that stand in a row from a place on; only the first where several is false."""
    found = list(_row(text, at, patterns().number))
    if not several:
        found = found[:1]
    kept = found[:1]
    for one in found[1:]:
        # A number before a word is of something else, but for `above` and its kin.
        following = re.match(r"\s?[^\W\d_]", text[one.end() : one.end() + 2])
        if not one["n"].isdigit() or (following and not patterns().there.match(text, one.end())):
            break
        kept.append(one)
    return [Item(one.start(), one.end(), n=one["n"].lower()) for one in kept]


def _row(text: str, at: int, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for _ in range(_MOST):
        found = pattern.match(text, at)
        if found is None:
            return
        yield found
        joined = patterns().join.match(text, found.end())
        if joined is None:
            return
        at = joined.end()


def _may_be(item: Item) -> bool:
    """Return whether a calendar may have such a day; 0 is a month that is not written."""
    return 0 <= item.month <= 12 and all(1 <= day <= 31 for day in item.days)


def _day(found: re.Match[str]) -> Item:
    start, end = found.span()
    ordinal = int(found["ordinal"] or 1)
    if found["iso"] or found["figures"]:
        parts = [int(part) for part in re.findall(r"\d+", found["iso"] or found["figures"])]
        year, month, day = parts if found["iso"] else parts[::-1]
        return Item(start, end, (day,), month, year, ordinal)
    if found["month_first"]:
        month, year = MONTHS[found["month_first"].lower()], int(found["year_last"] or 0)
        return Item(start, end, (int(found["day_second"]),), month, year, ordinal)
    both = tuple(int(day) for day in (found["day"], found["last"]) if day)
    month = MONTHS[found["month"].lower()] if found["month"] else 0
    return Item(start, end, both, month, int(found["year"] or 0), ordinal)
