"""Reads days and months: `7 Dec. 1934`, `3 & 17 May`, `December 7th`, `7/XII 34`, `7.12.1934`, `the 9th inst.`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.enrich.dates.almanac import Point, from_julian, full_year, julian_month_length
from pipeline.enrich.dates.words import APOSTROPHE, DASH, SPACE, Pattern, numbered, one_of, tight, words
from pipeline.enrich.dates.written import EITHER, LEFT, SPAN, WHEN, Written, left_of, next_word, stops

_S: Final = f"{SPACE}?"
YEAR: Final = r"(?:1\d{3}|20\d\d)(?![\d\w]|[.,]\d{3}(?!\d)|/\d{3})"
_SHORT_YEAR: Final = rf"{APOSTROPHE}\d\d(?!\d)"
_ROMAN: Final = {name: number for number, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}


@dataclass(frozen=True, slots=True)
class Forms:
    """The expressions that days are read with, in all languages at once."""

    day_month: Pattern
    month_day: Pattern
    month_year: Pattern
    month: Pattern
    item: Pattern
    spans: Pattern
    choices: Pattern
    between: Pattern
    weekday: Pattern
    year_tails: tuple[tuple[int, Pattern], ...]
    month_tails: tuple[tuple[int, Pattern], ...]
    same_year: Pattern
    bare: tuple[Pattern, Pattern]
    ordinal_names: dict[str, int]


@cache
def forms() -> Forms:
    """Return the expressions that days are read with."""
    every = words()
    endings = every.any("day_endings")
    articles = rf"(?:{every.any('articles')}{SPACE})?"
    figures = rf"\d{{1,2}}(?!\d)(?:{endings}(?!\w)|[.º°])?"
    names = one_of(every.ordinals)
    day = rf"(?:{figures}|{names}(?!\w))"
    to = rf"(?:{_S}{DASH}{_S}|{SPACE}{every.any('to')}{SPACE}){articles}"
    choice = rf"{SPACE}{every.any('or')}{SPACE}{articles}"
    between = rf"(?:{to}|{choice}|{_S}&{_S}|/|,?{SPACE}{every.any('and')}{SPACE}{articles}|,{SPACE}{articles})"
    month = rf"(?P<month>{one_of(every.months)})(?!\w)"
    year = rf"(?P<year>{YEAR}|{_SHORT_YEAR})"
    style = rf"(?:,?{_S}(?P<style>\(?(?:{every.any('old_style', 'new_style')})(?!\w)\)?))?"
    year_word = rf"(?:{_S}{every.any('year_words')}(?!\w))?"
    tail = rf"(?:,?{_S}{year}{year_word})?{style}"
    return Forms(
        re.compile(
            rf"(?P<days>{day}(?:{between}{day}){{0,6}})(?P<of>{_S}{every.any('of')}(?:{SPACE}the)?)?{_S}{month}\.?{tail}"
        ),
        re.compile(
            rf"{month}\.?,?{SPACE}(?:the{SPACE})?(?P<days>{figures}(?:{between}{figures}){{0,6}})"
            rf"(?![.,:]?\d|{SPACE}?{every.any('clock')}){tail}"
        ),
        re.compile(rf"{month}\.?(?:{SPACE}{every.any('season_of')})?,?{_S}{year}{year_word}{style}"),
        re.compile(rf"(?P<month>{one_of(every.full_months)})(?!\w)"),
        re.compile(day),
        re.compile(to),
        re.compile(choice),
        re.compile(rf"(?<!\w){every.any('between')}{SPACE}{articles}$", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?P<weekday>{one_of(every.weekdays)})\.?(?:{SPACE}{every.any('weekday_next')})?,?{SPACE}{articles}$"
        ),
        tuple((shift, every.after(name)) for shift, name in ((0, "this_year"), (-1, "last_year"), (1, "next_year"))),
        tuple((shift, every.after(name)) for shift, name in ((0, "this_month"), (-1, "last_month"), (1, "next_month"))),
        every.after("same_year"),
        (
            re.compile(rf"(?P<day>\d{{1,2}}(?!\d)(?:{endings}(?!\w)|\.)?)"),
            re.compile(rf"(?P<day>\d{{1,2}})(?:{endings})(?!\w)"),
        ),
        every.ordinals,
    )


def day_number(item: str) -> int:
    """Return the number of a day in figures or words; 0 if it is none."""
    figures = re.match(r"\d{1,2}", item)
    return int(figures.group()) if figures else forms().ordinal_names.get(tight(item), 0)


def _items(text: str, start: int, end: int, ranged: bool) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield the days of a list: where each stands, how it is meant, its first and its last day."""
    found = list(forms().item.finditer(text, start, end))
    place = 0
    while place < len(found):
        one = found[place]
        first = last = day_number(one.group())
        kind, stop = WHEN, one.end()
        if place + 1 < len(found):
            after = found[place + 1]
            gap = text[one.end() : after.start()]
            following = day_number(after.group())
            if following > first and (
                ranged or forms().spans.fullmatch(gap) or (gap == "/" and following == first + 1)
            ):
                kind, stop, last, place = SPAN, after.end(), following, place + 1
            elif following == first + 1 and forms().choices.fullmatch(gap):
                kind, stop, last, place = EITHER, after.end(), following, place + 1
        yield one.start(), stop, kind, first, last
        place += 1


def weekday_before(text: str, start: int) -> tuple[int, int | None]:
    """Return where a date begins with the weekday before it, and that weekday."""
    left = left_of(text, start)
    found = forms().weekday.search(left)
    if found is None:
        return start, None
    name = found.group("weekday")
    # `Mo`, `So` and the like are words, too, without a full stop or comma.
    if len(name) < 3 and left[found.end("weekday") :].strip(" \u00a0")[:1] not in (".", ","):
        return start, None
    return start - len(left) + found.start(), words().weekdays[name]


def _tails(text: str, end: int) -> int | None:
    for shift, tail in forms().year_tails:
        if tail.match(text, end, end + LEFT):
            return shift
    return None


def _is_julian(style: str | None) -> bool:
    return bool(style) and words().after("old_style").fullmatch((style or "").strip(" ()\u00a0")) is not None


def _end(text: str, found: re.Match[str]) -> int:
    """Return where a date ends: not with the full stop of a sentence, but with that of an abbreviation."""
    end = found.end()
    if text[end - 1] != "." or found.group("style"):
        return end
    if found.group("year"):
        return end
    following = text[end : end + 2]
    abbreviated = found.group("month") not in words().full_months
    if abbreviated and (
        following[:1] in (",", ";", ":", ")") or (following[:1] == " " and not following[1:2].isupper())
    ):
        return end if following.strip() else end - 1
    return end - 1


def days_at(text: str, place: int, near: int) -> list[Written]:
    """Return the days that a list of days with a month writes here; near is a year that short ones are near."""
    found = forms().day_month.match(text, place)
    if found is not None and _is_order(found):
        found = None
    american = found is None
    if found is None:
        found = forms().month_day.match(text, place)
    if found is None:
        return []
    month = words().months[found.group("month")]
    year = _year(found, near)
    end = _end(text, found)
    if american and year is None and not _stands(text, found):
        return []
    ranged = forms().between.search(left_of(text, place)) is not None
    items = list(_items(text, found.start("days"), found.end("days"), ranged))
    items = _kept(text, items, american)
    if not items:
        return []
    julian = _is_julian(found.group("style"))
    shift = _tails(text, end) if year is None else None
    same = year is None and forms().same_year.match(text, end, end + LEFT) is not None
    made = []
    for number, (start, stop, kind, first, last) in enumerate(items):
        weekday = None
        if number == 0 and american:
            start = place
        if number == len(items) - 1:
            stop = max(stop, end)
        if text[stop - 1] == "." and number == len(items) - 1 and american and year is None:
            stop -= 1
        if number == 0:
            start, weekday = weekday_before(text, start)
        point = Point(year, month, first)
        made.append(
            Written(
                start, stop, point, replace(point, day=last) if kind != WHEN else None, kind, "day", weekday, julian,
                years=shift, listed=number < len(items) - 1, same=same,
            )
        )  # fmt: skip
    return [made_double(one, text) for one in made] if len(made) != 2 else _double(made, text)


def made_double(one: Written, text: str) -> Written:
    """Return a span that is one day by two calendars (`1/14 May 1918`) as that day."""
    if (
        one.kind == SPAN
        and one.last is not None
        and "/" in text[one.start : one.end]
        and from_julian(one.first) == one.last
    ):
        return replace(
            one, first=one.last, last=None, kind=WHEN, rule="double", evidence=("the day by both calendars",)
        )
    return one


def _double(made: list[Written], text: str) -> list[Written]:
    first, second = made
    if text[first.end : second.start] == "/":
        julian = from_julian(
            first.first if first.first.year else first.first.in_year(1900 if second.first.year is None else 0)
        )
        gap = (second.first.day or 0) - (first.first.day or 0)
        if julian == second.first or (second.first.year is None and gap in (11, 12, 13)):
            return [replace(second, start=first.start, rule="double", evidence=("the day by both calendars",))]
    return made


def _kept(
    text: str, items: list[tuple[int, int, str, int, int]], american: bool
) -> list[tuple[int, int, str, int, int]]:
    """Return the days that belong to the month: not the page or the number before them (`No. 5 and 6 May`)."""
    if american:
        return items
    commas = [text[one[1] : two[0]] for one, two in pairwise(items)]
    first = 0
    for number in range(len(items) - 1):
        gap = commas[number]
        # Commas alone make no list of days: `in room 12, 3 May`.
        alone = gap.strip(" \u00a0").startswith(",") and all("," in other for other in commas[number:])
        if alone or items[number][4] >= items[number + 1][3] or not 1 <= items[number][3] <= 31:
            first = number + 1
    if numbered(listed=False).search(left_of(text, items[first][0])):
        first += 1
    return items[first:]


_DAY_BEFORE: Final = re.compile(rf"(?<!\w)(?:of|on|dated|from|since|until|before|after){SPACE}$", re.IGNORECASE)


def _stands(text: str, found: re.Match[str]) -> bool:
    """Return whether a month with a number after it and no year is a day: not `in May 3 ships`."""
    end = found.end("days")
    if re.search(r"\d(?:st|nd|rd|th|d)$", found.group("days")) or stops(text, end) or text[end - 1] == ".":
        return True
    if re.match(rf"{SPACE}?(?:{DASH}|&|/)", text[end : end + 2]):
        return True
    after = next_word(text, end)
    if words("en").has("goes_on", after.lower()):
        return True
    # `a despatch of September 28 enquiring why`, not `of May 3 ships`.
    whole = found.group("month") in words("en").full_months and _DAY_BEFORE.search(left_of(text, found.start()))
    return bool(whole) and after.islower() and after[-1] != "s" and not words().has("units", after)


def _is_order(found: re.Match[str]) -> bool:
    """Return whether an English ordinal before a month counts something else: `the second March`, without `of`."""
    last = re.split(SPACE, found.group("days"))[-1]
    return tight(last) in words("en").ordinals and found.group("of") is None


def _year(found: re.Match[str], near: int) -> int | None:
    year = found.group("year")
    return full_year(year[-2:] if len(year) < 4 else year, near) if year else None


def month_at(text: str, place: int, near: int) -> Written | None:
    """Return the month that stands here, with its year or bare."""
    if found := forms().month_year.match(text, place):
        point = Point(_year(found, near), words().months[found.group("month")])
        if _is_julian(found.group("style")) and point.year is not None:
            # A month of the one calendar is of two months of the other.
            last = Point(point.year, point.month, julian_month_length(point.year, point.month or 1))
            return Written(place, found.end(), replace(point, day=1), last, SPAN, "month", julian=True)
        return Written(place, found.end(), point, rule="month")
    if found := forms().month.match(text, place):
        point = Point(None, words().months[found.group("month")])
        shift = _tails(text, found.end())
        same = forms().same_year.match(text, found.end(), found.end() + LEFT) is not None
        return Written(place, found.end(), point, rule="month", bare=not same, years=shift, same=same)
    return None


_NUMERIC: Final = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<dot>[./]){SPACE}?(?P<second>\d{{1,2}}|[IVX]{{1,4}})(?:(?P=dot){SPACE}?|{SPACE}|-)"
    r"(?P<year>\d{4}|\d\d)(?![\d\w]|[.,/:-]\d)"
)
_SPACED: Final = re.compile(
    rf"(?P<first>\d{{1,2}}){SPACE}(?P<second>[IVX]{{1,4}}){SPACE}(?P<year>1\d{{3}}|20\d\d)(?!\w)"
)
_ISO: Final = re.compile(r"(?P<year>1\d{3}|20\d\d)-(?P<second>\d\d)-(?P<first>\d\d)(?![\d\w-])")


def numeric_at(text: str, place: int, near: int) -> Written | None:
    """Return the day that is written in figures here; with both orders where both would be days."""
    if numbered(listed=False).search(left_of(text, place)):
        return None
    if found := _ISO.match(text, place):
        return Written(place, found.end(), Point(*(int(found.group(key)) for key in ("year", "second", "first"))))
    found = _NUMERIC.match(text, place) or _SPACED.match(text, place)
    if found is None:
        return None
    first, second, year = found.group("first", "second", "year")
    dot = found.groupdict().get("dot")
    month = int(second) if second.isdigit() else _ROMAN.get(second, 0)
    day, full = int(first), full_year(year, near)
    if len(year) == 2 and abs(full - near) > 40:
        return None
    certainty = 0.98 if len(year) == 4 else 0.9
    others: tuple[Point, ...] = ()
    if dot == "/" and second.isdigit():
        swapped = Point(full, day, month)
        if month > 12 >= day:
            day, month, certainty = month, day, 0.95
        elif swapped.exists and day != month:
            others, certainty = (swapped,), 0.65
    point = Point(full, month, day)
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (len(year) == 4 and not 1000 <= full <= 2099):
        return None
    evidence = ("day before month",) if others else ()
    start, weekday = weekday_before(text, place)
    return Written(
        start,
        found.end(),
        point,
        rule="figures",
        weekday=weekday,
        certainty=certainty,
        evidence=evidence,
        others=others,
    )


@cache
def _doubles() -> tuple[Pattern, Pattern]:
    every = words()
    month = rf"{one_of(every.months)}\.?"
    year = rf"(?:,?{_S}(?P<year>{YEAR})(?:{_S}{every.any('year_words')}(?!\w))?)?"
    return (
        re.compile(rf"(?P<old>\d{{1,2}}){_S}\((?P<new>\d{{1,2}})\){_S}(?P<month>{month})(?!\w){year}"),
        re.compile(
            rf"(?P<old>\d{{1,2}}){SPACE}(?P<first>{month}){SPACE}\((?P<new>\d{{1,2}}){SPACE}(?P<month>{month})\){year}"
        ),
    )


def double_at(text: str, place: int) -> Written | None:
    """Return the day that is given by both calendars, one of them in brackets: `9 (22) January 1905`."""
    for pattern in _doubles():
        found = pattern.match(text, place)
        if found is None:
            continue
        month = words().months[found.group("month").rstrip(".")]
        first = found.groupdict().get("first")
        old = Point(None, words().months[first.rstrip(".")] if first else month, int(found.group("old")))
        year = int(found.group("year")) if found.group("year") else None
        new = Point(year, month, int(found.group("new")))
        if from_julian(old.in_year(year or 1900)) == new.in_year(year or 1900) and new.exists:
            return Written(place, found.end(), new, rule="double", evidence=("the day by both calendars",))
    return None
