"""A volume's contents as years, months and days: what the glance and the list of the contents show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil, sqrt
from typing import Final
from urllib.parse import quote

from pipeline.render.language import Language
from pipeline.render.volumes import Entry, Volume

WEIGHTS: Final = 6
"""How many weights a day's mark can have."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in the list: its day as a number, weekday, and title where that is more than the date.

    id is given to the first entry of a day that has several: the glance leads there.
    """

    entry: Entry
    day: str
    weekday: str
    title: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of a month, in the volume's order; name is empty for those with a year only."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the glance; weight is 0 where there is no entry, href then is empty.

    href leads to the day's entry, or to the day in the list where it has several.
    """

    number: int
    weight: int
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A month in the glance, with each of its days."""

    name: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a volume: name is empty for entries without a date; id is unique in the edition."""

    id: str
    name: str
    rows: tuple[Row, ...]
    months: tuple[Month, ...]
    count: int


def years_of(volume: Volume, language: Language, longest: int) -> tuple[Year, ...]:
    """Return a volume's years in the order in which they first occur; longest is the edition's longest entry."""
    by_year: dict[str, list[Entry]] = {}
    for entry in volume.entries:
        by_year.setdefault(entry.date[:4], []).append(entry)
    return tuple(
        Year(
            id=f"{volume.id}-{year or 'undated'}",
            name=year.lstrip("0"),
            rows=_rows(year, entries, language, longest),
            months=_months(entries, language),
            count=len(entries),
        )
        for year, entries in by_year.items()
    )


def _months(entries: list[Entry], language: Language) -> tuple[Month, ...]:
    first: dict[str, Entry] = {}
    shared: set[str] = set()
    for entry in entries:
        if first.setdefault(entry.date, entry) is not entry:
            shared.add(first[entry.date].id)
    return tuple(
        Month(
            language.months[int(month) - 1] if month else "",
            tuple(_item(entry, language, entry.id in shared) for entry in group),
        )
        for month, group in groupby(entries, key=lambda entry: entry.date[5:7])
    )


def _day_id(entry: Entry) -> str:
    """Return the id of a day in the list, of which this is the first entry."""
    return f"day-{entry.id}"


def _item(entry: Entry, language: Language, leads: bool) -> Item:
    day = entry.date[8:10].lstrip("0")
    title = entry.title if entry.titled or not entry.date else ""
    own = _day_id(entry) if leads and len(entry.date) == 10 else ""
    return Item(entry, day, language.weekday_short(entry.date), title, own)


def _rows(year: str, entries: list[Entry], language: Language, longest: int) -> tuple[Row, ...]:
    by_day: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        if len(entry.date) == 10:
            by_day.setdefault((int(entry.date[5:7]), int(entry.date[8:10])), []).append(entry)
    if not by_day:
        return ()
    return tuple(
        Row(
            language.months_short[month - 1],
            tuple(
                _day(number, by_day.get((month, number), []), language, longest)
                for number in range(1, _length(int(year), month) + 1)
            ),
        )
        for month in range(1, 13)
    )


def _length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _day(number: int, entries: list[Entry], language: Language, longest: int) -> Day:
    if not entries:
        return Day(number, 0, "", "")
    # Square root, so that a day of a few lines is still seen beside one of many pages.
    share = sqrt(min(1.0, sum(entry.length for entry in entries) / max(1, longest)))
    title = f"{language.weekday(entries[0].date)}, {language.long_date(entries[0].date)}"
    href = f"{quote(entries[0].id)}.html"
    if len(entries) > 1:
        href, title = f"#{quote(_day_id(entries[0]))}", f"{title} ({language.counted('entries', len(entries))})"
    return Day(number, max(1, ceil(WEIGHTS * share)), href, title)
