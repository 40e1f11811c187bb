"""Reads all dates and hours of a text in one walk, and joins what stands together to spans and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from pipeline.enrich.dates import days, times, years
from pipeline.enrich.dates.almanac import Point, from_julian
from pipeline.enrich.dates.bare import bare_day_at
from pipeline.enrich.dates.words import DASH, SPACE, Pattern, words
from pipeline.enrich.dates.written import EITHER, SPAN, WHEN, Hour, Written, left_of, next_word, stops
from pipeline.enrich.dates.years import Setting

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|½|¼|¾")
_LONGEST_GAP: Final = 24
# The certainty of a time whose half of the day nothing shows.
_OPEN: Final = 0.7


@cache
def _first_words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words that months, ordinals, seasons and feasts, and hours begin with."""
    every = words()

    def first(names: Sequence[str]) -> frozenset[str]:
        return frozenset(found.group() for name in names if (found := re.match(r"[^\W\d_]+", name)))

    return first(tuple(every.months)), first(tuple(every.ordinals)), years.starters(), times.starters()


def read(text: str, setting: Setting) -> tuple[list[Written], list[Hour]]:
    """Return the dates and the times of day of a text, in order; none overlaps another.

    Days without a year and months without one are given as written: which year is meant is for
    pipeline/enrich/dates_resolve.py.
    """
    found: list[Written] = []
    hours: list[Hour] = []
    end = 0
    months, ordinals, others, clock = _first_words()
    for token in _TOKEN.finditer(text):
        place = token.start()
        if place < end:
            continue
        word = token.group()
        made: Sequence[Written] = ()
        hour: Hour | None = None
        if word[0].isdigit():
            made, hour = _figures(text, place, word, setting, found[-1:], hours[-1:])
        else:
            if word in months or word in ordinals:
                made = days.days_at(text, place, setting.near)
            if not made and word in others:
                made = _one(
                    years.season_at(text, place) or years.feast_at(text, place) or years.decade_at(text, place, setting)
                )
            if not made and word in months:
                made = _one(days.month_at(text, place, setting.near))
            if not made and (word in clock or word.lower() in clock):
                hour = times.time_at(text, place, setting.language)
        for one in made:
            found.append(one)
            end = max(end, one.end)
        if hour is not None:
            hours.append(hour)
            end = hour.end
    return _accepted(text, _joined(text, found), setting), _in_order(hours)


def _in_order(hours: Sequence[Hour]) -> list[Hour]:
    """Return the times of a paragraph; one whose half of the day nothing shows comes after those told before."""
    made: list[Hour] = []
    for one in hours:
        if made and one.open and one.certainty <= _OPEN and one.iso < made[-1].iso <= one.other:
            hour = (one.hour + 12) % 24
            one = replace(one, hour=hour, certainty=0.75, evidence=("after the time told before",))
        made.append(one)
    return made


def _one(found: Written | None) -> Sequence[Written]:
    return (found,) if found is not None else ()


def _figures(
    text: str, place: int, word: str, setting: Setting, told: Sequence[Written], hours: Sequence[Hour]
) -> tuple[Sequence[Written], Hour | None]:
    if not word.isascii() or len(word) > 4:
        return (), None
    if place and (
        text[place - 1].isalnum() or re.search(r"[A-Z\d][.,/:]$|[a-zа-я]\.$|[£$€§#_]$", text[max(0, place - 3) : place])
    ):
        # Within a number, a mark or a word.
        return (), None
    if len(word) == 4:
        if hour := times.military_at(text, place, setting.language):
            return (), hour
        if found := days.numeric_at(text, place, setting.near):
            return (found,), None
        if found := years.year_at(text, place, setting):
            return (found,), None
        return (), None
    if len(word) == 3:
        return (), None
    if found := days.numeric_at(text, place, setting.near) or days.double_at(text, place):
        return (found,), None
    if made := days.days_at(text, place, setting.near):
        return made, None
    if found := years.decade_at(text, place, setting) or years.short_year_at(text, place, setting):
        return (found,), None
    if word in ("1", "2") and (found := years.feast_at(text, place)):
        return (found,), None
    gap = _gaps()[1]
    if hour := times.time_at(text, place, setting.language, bool(hours) and gap.fullmatch(text, hours[0].end, place)):
        return (), hour
    listed = (
        bool(told)
        and told[0].rule == "day of the month"
        and any(one.fullmatch(text, told[0].end, place) for one in _gaps())
    )
    return _one(bare_day_at(text, place, setting.language, bool(listed))), None


@cache
def _gaps() -> tuple[Pattern, Pattern, Pattern]:
    """Return what stands between two dates of a span, of a list, and of a choice."""
    every = words()
    article = rf"(?:{every.any('articles')}{SPACE}|l[’']|{every.any('part_of')}{SPACE})?"
    return (
        re.compile(rf"(?:{SPACE}?{DASH}{SPACE}?|{SPACE}{every.any('to')}{SPACE}){article}"),
        re.compile(rf"(?:{SPACE}?&{SPACE}?|,?{SPACE}{every.any('and')}{SPACE}|,{SPACE}){article}"),
        re.compile(rf"{SPACE}{every.any('or')}{SPACE}{article}"),
    )


@cache
def _openers() -> tuple[Pattern, Pattern]:
    """Return what stands before the first date of a span: `between`, and the others (`from`)."""
    every = words()
    article = rf"(?:{every.any('articles')}{SPACE})?"
    return (
        re.compile(rf"(?<!\w){every.any('between')}{SPACE}{article}$", re.IGNORECASE),
        re.compile(rf"(?<!\w){every.any('from')}{SPACE}{article}$", re.IGNORECASE),
    )


def _depth(point: Point) -> int:
    return 3 if point.day is not None else 2 if point.month is not None else 1


def _dated(first: Point, second: Point) -> tuple[Point, Point]:
    """Return two dates of one list or span, each with the year that the other gives it."""
    if first.year is None and second.year is not None and first.month is not None:
        later = (first.month, first.day or 0) > (second.month or 12, second.day or 31)
        return first.in_year(second.year - later), second
    if second.year is None and first.year is not None and second.month is not None:
        earlier = (second.month, second.day or 31) < (first.month or 1, first.day or 0)
        return first, second.in_year(first.year + earlier)
    return first, second


def _joined(text: str, found: Sequence[Written]) -> list[Written]:
    """Return the dates with spans made of their two ends, and with the years that stand at a list's end."""
    spans, lists, choices = _gaps()
    # From the last to the first: a year stands at the end of its list.
    made: list[Written] = []
    for one in reversed(found):
        if not made or not 0 <= made[-1].start - one.end <= _LONGEST_GAP:
            made.append(one)
            continue
        after = made[-1]
        gap = text[one.end : after.start]
        between, from_ = _openers()
        left = left_of(text, one.start)
        simple = one.kind == WHEN == after.kind and not one.listed
        ranged = spans.fullmatch(gap) is not None or (
            lists.fullmatch(gap) is not None and between.search(left) is not None
        )
        level = _depth(one.first) == _depth(after.first) or from_.search(left) is not None
        if simple and gap == "/" and _same_day(one, after):
            made[-1] = replace(after, start=one.start, rule="double", evidence=("the day by both calendars",))
        elif simple and ranged and level and (span := _span(one, after)):
            made[-1] = span
        elif ranged and one.rule == "season" == after.rule and one.first.iso < (after.end_point.iso):
            made[-1] = replace(one, end=after.end, last=after.last)
        elif simple and choices.fullmatch(gap) and _are_neighbours(one, after) and (span := _span(one, after)):
            made[-1] = replace(span, kind=EITHER)
        elif (
            (ranged or lists.fullmatch(gap) or choices.fullmatch(gap))
            and one.first.month
            and after.first.month
            and _goes_with(one, after, gap)
        ):
            made[-1:] = reversed(_listed(one, after))
        else:
            made.append(one)
    return made[::-1]


def _are_neighbours(one: Written, after: Written) -> bool:
    """Return whether two dates follow each other, so that one date in doubt says the same: `the 24th or 25th`."""
    first, second = _dated(one.first, after.first)
    if first.day is None and first.month is None:
        return second.year == (first.year or 0) + 1
    if first.day is None:
        return second.day is None and (second.month or 0) - (first.month or 0) in (1, -11)
    if second.day is None:
        return False
    if first.month is None or second.month is None or first.month == second.month:
        return second.day == first.day + 1
    return second.day == 1 and first.day >= 28 and (second.month - first.month) in (1, -11)


def _goes_with(one: Written, after: Written, gap: str) -> bool:
    """Return whether two dates are of one list: not a name and a day, as in `Pell to March, 4 June 1927`."""
    return not (one.bare or after.bare) or ("," not in gap and _depth(one.first) == _depth(after.first))


def _same_day(one: Written, after: Written) -> bool:
    year = one.first.year or after.first.year or 1900
    return _depth(one.first) == 3 and from_julian(one.first.in_year(year)) == after.first.in_year(year)


def _span(one: Written, after: Written) -> Written | None:
    first, last = _dated(one.first, after.first)
    begins, ends = first.first, last.first
    if begins is not None and ends is not None and begins >= ends:
        return None
    if (first.year is None) != (last.year is None):
        return None
    if one.bare and after.bare and first.year is None and first.month == last.month:
        return None
    return replace(
        one, end=after.end, first=first, last=last, kind=SPAN, rule="span", julian=one.julian or after.julian,
        certainty=min(one.certainty, after.certainty), bare=False, years=after.years, months=after.months,
    )  # fmt: skip


def _listed(one: Written, after: Written) -> list[Written]:
    """Return two dates of a list, the first with the second's year or the other way round."""
    first, second = _dated(one.end_point, after.first)
    evidence = ("the year stands with its neighbour",)
    if first.year != one.end_point.year:
        year = first.year or 0
        one = replace(one, first=one.first.in_year(year), bare=False, evidence=evidence, certainty=0.97)
        if one.last is not None:
            one = replace(one, last=one.last.in_year(year))
    if second.year != after.first.year:
        after = replace(after, first=second, bare=False, evidence=evidence, certainty=0.93)
        if after.last is not None:
            after = replace(after, last=after.last.in_year(second.year or 0))
    return [one, after]


@cache
def _month_before(language: str) -> tuple[Pattern, Pattern]:
    own = words(language)
    return own.before("in"), own.before("in_more")


# Months whose names are names of persons or other words, too.
_NAMES: Final = frozenset("May April June March August Mai Avril mars".split())


def _accepted(text: str, found: Sequence[Written], setting: Setting) -> list[Written]:
    """Return the dates without the months that nothing shows to be months."""
    made: list[Written] = []
    both = _gaps()[1]
    for number, one in enumerate(found):
        if one.bare and one.kind == WHEN and not _is_month(text, one, setting):
            # `of June and July`: one that is a month shows that its neighbour is.
            after = found[number + 1] if number + 1 < len(found) else None
            if after is None or one.rule == "feast" or not (after.bare and both.fullmatch(text, one.end, after.start)):
                continue
            if not _is_month(text, after, setting):
                continue
        made.append(one)
    return made


def _is_month(text: str, one: Written, setting: Setting) -> bool:
    left, right = left_of(text, one.start), text[one.end : one.end + 2]
    if right[:1] in ("’", "'", "-") and right[1:2].isalnum():
        return False
    if one.rule == "feast":
        return False
    sure, more = _month_before(setting.language)
    if sure.search(left):
        return True
    things = words("en").has("month_things", next_word(text, one.end))
    if things and re.search(rf"(?<!\w)[Tt]he{SPACE}$", left):
        return True
    if text[one.start : one.end] in _NAMES:
        before = re.search(rf"(?<!\w)(?:before|after|by|avant|après|vor|nach){SPACE}$", left)
        return one.years is not None or (before is not None and stops(text, one.end))
    return more.search(left) is not None or one.years is not None
