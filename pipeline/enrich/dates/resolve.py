"""Which year is meant: days without a year, resolved by the entry's date, by tense and by what a note says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.enrich.dates.almanac import Point, from_julian, point_of
from pipeline.enrich.dates.read import read
from pipeline.enrich.dates.tense import tense
from pipeline.enrich.dates.words import SPACE, base, words
from pipeline.enrich.dates.written import SPAN, WHEN, Hour, Written, left_of
from pipeline.enrich.dates.years import Setting

# A day as far off as this in the one direction is hardly meant where the other is near.
_NEAR: Final = 120
# Until then Russia counted by the Julian calendar.
_NEW_STYLE: Final = 1918


@dataclass(frozen=True, slots=True)
class Dating:
    """A date with its year: what it is written as in TEI, how sure it is, by what evidence, and what else it may be.

    attributes are empty if the calendar has no such day (`impossible` says which) or no year can be known.
    """

    written: Written
    attributes: tuple[tuple[str, str], ...] = ()
    certainty: float = 0.0
    evidence: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    impossible: str = ""
    mismatch: bool = False

    @property
    def value(self) -> str:
        """Return the date in one string; two ends are parted by `/`."""
        return "/".join(value for name, value in self.attributes if name not in ("calendar",))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What years are reckoned from: the entry's date, the language, and whether the text is an editor's."""

    date: Point | None = None
    language: str = ""
    note: bool = False

    @property
    def setting(self) -> Setting:
        """Return what the reading of a text needs of it."""
        return Setting(self.language, self.date.year or 0 if self.date else 0, self.note)


def reckoning(entry_date: str, language: str = "", note: bool = False) -> Reckoning:
    """Return what years are reckoned from, of an entry's date in ISO 8601 and a language tag."""
    return Reckoning(point_of(entry_date), base(language), note)


_TAIL: Final = re.compile(rf",?{SPACE}(last|past|next)(?!\w)")


def _last_word(text: str, start: int, language: str) -> int | None:
    """Return the year that `last` or `next` directly before a month says."""
    left = left_of(text, start)
    own = words(language)
    if own.before("last").search(left):
        return -1
    if own.before("next").search(left):
        return 1
    return None


def _candidates(point: Point, around: Point) -> list[Point]:
    """Return the days that may be meant: in the years, or for a day alone in the months, around a date."""
    year = around.year or 0
    if point.month is not None:
        made = [point.in_year(year + shift) for shift in (-1, 0, 1)]
        if (point.month, point.day) == (2, 29):
            made = [point.in_year(year + shift) for shift in range(-4, 5)]
    else:
        month = Point(year, around.month or 1, point.day)
        made = [month.months_on(shift) for shift in (-1, 0, 1)]
    return [one for one in made if one.exists]


def _distance(point: Point, around: Point) -> int:
    """Return how many days a date is after another (below 0: before); a month that holds it is at no distance."""
    first, base_day = point.first, around.first
    if first is None or base_day is None:
        return 10**6
    if point.day is None:
        if (point.year, point.month) == (around.year, around.month):
            return 0
        last = (point.months_on(1).first or first).toordinal() - 1
        return first.toordinal() - base_day.toordinal() if first > base_day else last - base_day.toordinal()
    return first.toordinal() - base_day.toordinal()


@dataclass(frozen=True, slots=True)
class _Choice:
    point: Point
    certainty: float
    evidence: str
    others: tuple[Point, ...] = ()


def _choose(text: str, one: Written, around: Point, reckoned: Reckoning, named: Point | None) -> _Choice | None:
    """Return which of the years (or months) around a date is meant."""
    centre = named or around
    options = sorted(_candidates(one.first, centre), key=lambda point: _distance(point, centre))
    if not options:
        return None
    shift = one.years
    if shift is None and one.first.month is not None and (one.first.day is None or one.rule == "feast"):
        shift = _last_word(text, one.start, reckoned.language)
        if shift is None and one.rule == "feast" and (tail := _TAIL.match(text, one.end)):
            shift = 1 if tail.group(1) == "next" else -1
        if shift is not None:
            return _beside(options, around, shift)
    if shift is not None:
        point = one.first.in_year((around.year or 0) + shift)
        return _Choice(point, 0.95, "the text says which year") if point.exists else None
    if one.months is not None:
        point = Point(around.year, around.month, one.first.day).months_on(one.months)
        return _Choice(point, 0.95, "the text says which month")
    if one.weekday is not None:
        fitting = [point for point in options if _fits(point, one, reckoned)]
        if fitting:
            point = min(fitting, key=lambda fit: abs(_distance(fit, centre)))
            return _Choice(point, 0.97, "the year in which the weekday fits")
    if reckoned.note or named is not None:
        return _nearest(
            options, centre, "the year named before in the note" if named else "nearest to the entry’s date", named
        )
    return _by_tense(text, one, options, around, reckoned.language)


def _beside(options: Sequence[Point], around: Point, shift: int) -> _Choice | None:
    """Return the last or the next month of a name before or after a date."""
    fit = [point for point in options if _distance(point, around) * shift > 0]
    if not fit:
        return None
    point = min(fit, key=lambda one: abs(_distance(one, around)))
    return _Choice(point, 0.9, "last or next, as the text says")


def _fits(point: Point, one: Written, reckoned: Reckoning) -> bool:
    """Return whether a day was the weekday that is written with it; in old Russia the Julian day may be meant."""
    days = [from_julian(point)] if one.julian else [point]
    if reckoned.language == "ru" and (point.year or 0) < _NEW_STYLE:
        days.append(from_julian(point))
    return any(_weekday(day) == one.weekday for day in days)


def _weekday(point: Point) -> int | None:
    return point.first.weekday() if point.first is not None else None


def _nearest(options: Sequence[Point], centre: Point, evidence: str, named: Point | None) -> _Choice:
    def weight(point: Point) -> int:
        days = _distance(point, centre)
        # After a date that was told, the story goes on.
        return -2 * days if named is not None and days < 0 else abs(days)

    ordered = sorted(options, key=weight)
    best = ordered[0]
    second = ordered[1:2]
    close = bool(second) and weight(second[0]) < 2 * weight(best)
    return _Choice(best, 0.8 if close else 0.93, evidence, tuple(second) if close else ())


def _by_tense(text: str, one: Written, options: Sequence[Point], around: Point, language: str) -> _Choice:
    told = tense(text, one.start, one.end, language, one.kind == SPAN)
    sign, shown = told.sign, told.shown
    before = [point for point in options if _distance(point, around) <= 0]
    after = [point for point in options if _distance(point, around) > 0]
    if not before or not after:
        best = min(options, key=lambda point: abs(_distance(point, around)))
        return _Choice(best, 0.8, "nearest to the entry’s date")
    past, future = before[-1], after[0]
    back, on = -_distance(past, around), _distance(future, around)
    if back == 0:
        return _Choice(past, 0.95, "the entry’s own day" if one.first.day else "the entry’s own month")
    months = one.first.month is None
    if told.ahead and sign == 0 and 4 * on < back and on <= 60:
        # A deadline told as past: `he asked us to leave by the 20th`.
        return _Choice(future, 0.8, f"to come: {shown}", (past,))
    if sign > 0:
        if on <= (31 if months else 330 if told.ahead else 250):
            sure = on <= 180
            return _Choice(future, 0.95 if sure else 0.8, f"to come: {shown}", () if sure else (past,))
        return _Choice(past, 0.7, "nearest to the entry’s date", (future,))
    if sign < 0:
        if back <= 270:
            return _Choice(past, 0.95, f"past: {shown}")
        if on <= 60 and back > 300 and told.reported and abs(sign) < 2:
            # What is a year ago is told with its year: `they have been told 1 March`, in an entry of 23 February.
            return _Choice(future, 0.65, "the nearest such day", (past,))
        if on <= 21 and abs(sign) < 2:
            return _Choice(past, 0.65, f"past: {shown}", (future,))
        return _Choice(past, 0.8, f"past: {shown}", (future,))
    if months:
        if on <= 7 and back >= 3 * on:
            return _Choice(future, 0.75, "nearest to the entry’s date", (past,))
        return _Choice(
            past, 0.95 if back <= 10 and on > 14 else 0.75, "the last such day before the entry’s", (future,)
        )
    if back <= 1.4 * on:
        sure = 3 * back <= on or back <= _NEAR
        return _Choice(past, 0.95 if sure else 0.75, "the last such day before the entry’s", () if sure else (future,))
    sure = on <= 45
    return _Choice(future, 0.85 if sure else 0.7, "nearest to the entry’s date", (past,))


def _attributes(first: Point, last: Point | None, one: Written) -> tuple[tuple[str, str], ...]:
    if one.julian:
        first = from_julian(first)
        last = from_julian(last) if last is not None else None
    calendar = (("calendar", "#julian"),) if one.julian and one.rule != "feast" else ()
    if one.kind == WHEN or last is None:
        return ("when", first.iso), *calendar
    names = ("from", "to") if one.kind == SPAN else ("notBefore", "notAfter")
    return tuple((name, point.iso) for name, point in zip(names, (first, last), strict=True) if point.iso) + calendar


def resolve(text: str, found: Sequence[Written], reckoned: Reckoning) -> list[Dating]:
    """Return each date of a text with its year and TEI's attributes."""
    named: Point | None = None
    told = 0
    year: int | None = None
    made: list[Dating] = []
    for one in found:
        if one.same and one.first.year is None and (told_in := year or (reckoned.date and reckoned.date.year)):
            one = _in_year(one, told_in)
        if one.months is None and made and _is_letter(text, made[-1], one, reckoned.language):
            beside = point_of(made[-1].value) or one.first
            one = replace(one, first=replace(beside, day=one.first.day), certainty=0.8)
        near = named if named is not None and (reckoned.note or _same_sentence(text, told, one.start)) else None
        dating = _dating(text, one, reckoned, near)
        made.append(dating)
        if dating.attributes:
            told_years = [value[:4] for name, value in dating.attributes if name != "calendar"]
            year = int(told_years[-1])
        if one.first.year is not None and one.rule not in ("decade", "season") and not dating.impossible:
            # A span of months tells the time of an office, not when something was.
            if one.first.month is not None and (one.first.day is not None or one.kind == WHEN):
                named, told = (one.last if one.last and one.last.month else one.first), one.end
        elif named is not None and reckoned.note and dating.attributes and one.first.month is not None:
            named = point_of(dating.attributes[0][1]) or named
    return made


def _in_year(one: Written, year: int) -> Written:
    """Return a day in the year that was told before it."""
    last = one.last.in_year(year) if one.last is not None else None
    return replace(one, first=one.first.in_year(year), last=last, evidence=("the year told before",), certainty=0.93)


def _is_letter(text: str, before: Dating, one: Written, language: str) -> bool:
    """Return whether a day is that of a paper whose neighbour was told: `of 28 May, and that of the 14th`."""
    if before.written.kind != WHEN or len(before.value) != 10 or one.first.month is not None:
        return False
    if one.first.day is None or one.kind != WHEN:
        return False
    own = words(language)
    said = re.search(
        rf"(?<!\w){own.any('letters')}{SPACE}{own.any('letters_of')}{SPACE}(?:the{SPACE})?$", left_of(text, one.start)
    )
    return said is not None and _same_sentence(text, before.written.end, one.start)


def _same_sentence(text: str, start: int, end: int) -> bool:
    between = text[start:end] if end - start <= 200 else ". A"
    return re.search(r"[.!?;] (?![a-zа-я0-9])", between) is None


def _impossible(one: Written) -> str:
    for point in (one.first, one.last):
        if point is not None and (point.month or point.year) and not point.exists:
            julian = one.julian or one.rule == "double"
            if not (julian and (point.month, point.day) == (2, 29)):
                return point.iso or f"--{point.month or 0:02}-{point.day or 0:02}"
    return ""


def _dating(text: str, one: Written, reckoned: Reckoning, named: Point | None) -> Dating:
    if bad := _impossible(one):
        return Dating(one, impossible=bad)
    if one.first.year is not None:
        return _given(one, reckoned)
    around = reckoned.date
    if around is None and named is None:
        return Dating(one)
    if around is None or around.month is None:
        around = named or Point(around.year if around else None, 7, 1)
    choice = _choose(text, one, around, reckoned, named)
    if choice is None:
        return Dating(one, impossible=f"--{one.first.month or 0:02}-{one.first.day or 0:02}")
    attributes = _attributes(choice.point, _carried(one, choice.point), one)
    others = [_attributes(point, _carried(one, point), one)[0][1] for point in choice.others]
    rest = round(1 - choice.certainty, 2)
    alternatives = tuple((other, round(rest / len(others), 2)) for other in others)
    certainty = min(choice.certainty, one.certainty, 0.95 if one.weekday is None else 0.97)
    mismatch = one.kind == WHEN and one.weekday is not None and not _fits(choice.point, one, reckoned)
    return Dating(
        one, attributes, min(certainty, 0.6) if mismatch else certainty, (*one.evidence, choice.evidence), alternatives,
        mismatch=mismatch,
    )  # fmt: skip


def _carried(one: Written, first: Point) -> Point | None:
    """Return the end of a span whose beginning has its year now."""
    last = one.last
    if last is None or last.year is not None or (last.month is None and last.day is None):
        return last
    if last.month is None:
        same = Point(first.year, first.month, last.day)
        return same if (last.day or 0) > (first.day or 0) else same.months_on(1)
    earlier = (last.month, last.day or 31) < (first.month or 1, first.day or 0)
    return last.in_year((first.year or 0) + earlier)


def _given(one: Written, reckoned: Reckoning) -> Dating:
    attributes = _attributes(one.first, one.last, one)
    others = tuple((point.iso, 0.3) for point in one.others)
    mismatch = one.kind == WHEN and one.weekday is not None and not _fits(one.first, one, reckoned)
    return Dating(one, attributes, 0.7 if mismatch else one.certainty, one.evidence, others, mismatch=mismatch)


def dated(text: str, entry_date: str = "", language: str = "", note: bool = False) -> tuple[list[Dating], list[Hour]]:
    """Return the dates of a text, each with its year, and the times of day in it."""
    reckoned = reckoning(entry_date, language, note)
    found, hours = read(text, reckoned.setting)
    return resolve(text, found, reckoned), hours


def day_in(text: str, entry_date: str = "", language: str = "") -> str | None:
    """Return the first day that a text names, in ISO 8601: `diary entry for 12 March 1937`; None if it names none.

    A day without a year is that nearest to the entry's date; without this too there is no day.
    """
    for one in dated(text, entry_date, language, note=True)[0]:
        if one.written.kind == WHEN and one.attributes and one.written.end_point.day is not None:
            return one.attributes[0][1]
    return None


def days_in(text: str, entry_date: str = "", language: str = "") -> tuple[str, ...]:
    """Return all single days that a text names, in ISO 8601, in order."""
    return tuple(
        one.attributes[0][1]
        for one in dated(text, entry_date, language, note=True)[0]
        if one.written.kind == WHEN and one.attributes and one.written.end_point.day is not None
    )
