"""Reads the days of a month that is not named: `on the 9th`, `9th inst.`, `Friday the 7th`, `am 3.5.`."""

from __future__ import annotations

import re
from typing import Final

from pipeline.enrich.dates.almanac import Point
from pipeline.enrich.dates.days import day_number, forms, weekday_before
from pipeline.enrich.dates.words import SPACE, numbered, words
from pipeline.enrich.dates.written import LEFT, Written, left_of, next_word, stops

_DAY_AND_MONTH: Final = re.compile(rf"(?P<day>\d{{1,2}})\.{SPACE}?(?P<month>\d{{1,2}})\.(?!{SPACE}?\d)")


def bare_day_at(text: str, place: int, language: str, listed: bool = False) -> Written | None:
    """Return the day of a month that is not named here: `on the 9th`, `9th inst.`, `Friday the 7th`, `am 3.5.`.

    listed says that it follows another such day in a list (`the 9th and 10th`).
    """
    loose, ending = forms().bare
    found = loose.match(text, place)
    if found is None or numbered().search(left_of(text, place)):
        return None
    day = day_number(found.group("day"))
    if not 1 <= day <= 31:
        return None
    for shift, tail in forms().month_tails:
        if month := tail.match(text, found.end(), found.end() + LEFT):
            start, weekday = weekday_before(text, place)
            point = Point(None, None, day)
            return Written(start, month.end(), point, rule="instant", weekday=weekday, months=shift, certainty=0.97)
    own = words(language)
    prepared = bool(language) and own.before("day_in").search(left_of(text, place)) is not None
    start, weekday = weekday_before(text, place)
    if language == "de" and (prepared or weekday is not None) and (both := _DAY_AND_MONTH.match(text, place)):
        point = Point(None, int(both.group("month")), day)
        return (
            Written(start, both.end(), point, rule="figures", weekday=weekday, certainty=0.9) if point.exists else None
        )
    sure = ending.match(text, place) is not None
    dotted = text[found.end() - 1] == "."
    # In German the full stop is the day's own, unless it ends the text.
    stop = found.end() - (dotted and (language != "de" or not text[found.end() :].strip()))
    follows = stops(text, found.end() if language == "de" else stop)
    follows = follows or own.has("goes_on", next_word(text, found.end()))
    point = Point(None, None, day)
    if not follows or not language:
        return None
    if weekday is not None:
        return Written(start, stop, point, rule="day of the month", weekday=weekday)
    prepared = prepared or (listed and sure) or (language == "ru" and sure)
    # In German only the full stop shows it, in English and Russian the ending.
    shown = {"en": sure, "ru": sure, "de": dotted}.get(language, True)
    if not prepared or not shown:
        return None
    return Written(place, stop, point, rule="day of the month", certainty=0.9 if sure else 0.8)
