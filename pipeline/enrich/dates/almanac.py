"""Calendar arithmetic: days as far as they are given, the Julian calendar, Easter."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# What we take for a year; other numbers of four digits are numbers.
# From the season's first month to its last; winter ends in the next year.
SEASON_MONTHS: Final = ((3, 5), (6, 8), (9, 11), (12, 2))


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month or a day, as far as it is given."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def exists(self) -> bool:
        """Return whether the calendar has it (29 February without a year does exist)."""
        if self.month is None:
            return self.year is None or 1 <= self.year <= 9999
        if not 1 <= self.month <= 12 or not 1 <= (self.year or 2000) <= 9999:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    @property
    def iso(self) -> str:
        """Return it in ISO 8601; empty without a year."""
        if self.year is None:
            return ""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    @property
    def first(self) -> date | None:
        """Return its first day; None without a year, or if the calendar has no such day."""
        if self.year is None or not self.exists:
            return None
        return date(self.year, self.month or 1, self.day or 1)

    def in_year(self, year: int) -> Point:
        """Return the same day or month in a year."""
        return Point(year, self.month, self.day)

    def months_on(self, months: int) -> Point:
        """Return the same day so many months later; unchanged without year and month."""
        if self.year is None or self.month is None:
            return self
        years, month = divmod(self.month - 1 + months, 12)
        return Point(self.year + years, month + 1, self.day)


def point_of(iso: str) -> Point | None:
    """Return what a date in ISO 8601 gives; None if it is none."""
    parts = iso.split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        return None
    numbers = [*(int(part) for part in parts), None, None]
    point = Point(numbers[0], numbers[1], numbers[2])
    return point if point.exists else None


def style_gap(point: Point) -> int:
    """Return by how many days the Julian calendar is behind the Gregorian one on a Julian day of ours."""
    year = point.year or 1
    if (point.month or 1) < 3:
        year -= 1
    return year // 100 - year // 400 - 2


def julian_month_length(year: int, month: int) -> int:
    """Return how many days a month of the Julian calendar has."""
    return 29 if month == 2 and year % 4 == 0 else monthrange(2001, month)[1]


def from_julian(point: Point) -> Point:
    """Return a Julian day in the Gregorian calendar; months, years and what does not exist there are unchanged."""
    if point.year is None or point.month is None or point.day is None:
        return point
    gap = style_gap(point)
    day, month, year = point.day, point.month, point.year
    # 29 February of a Julian leap year that is no Gregorian one is counted from the day before.
    if not point.exists:
        if (month, day) != (2, 29):
            return point
        day, gap = 28, gap + 1
    if not 1 <= year < 9999:
        return point
    moved = date(year, month, day) + timedelta(days=gap)
    return Point(moved.year, moved.month, moved.day)


def easter(year: int) -> date:
    """Return Easter Sunday of the western church (Gauss and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the eastern church, as a day of the Gregorian calendar (Meeus)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    found = from_julian(Point(year, month, day + 1)).first
    assert found is not None  # every year has an Easter
    return found


def season(number: int, year: int, last_year: int | None = None) -> tuple[Point, Point]:
    """Return the first and the last month of a season (0 spring to 3 winter) of a year, or from a year to another."""
    first, last = SEASON_MONTHS[number]
    end = last_year if last_year is not None else year + (last < first)
    return Point(year, first), Point(end, last)


def full_year(digits: str, near: int) -> int:
    """Return the year that two digits (`’34`) or four stand for: the one nearest to another year, not far after it."""
    if len(digits) == 4:
        return int(digits)
    year = near // 100 * 100 + int(digits)
    return min((year - 100, year, year + 100), key=lambda one: abs(one - (near - 20)))


def range_end(first: int, digits: str) -> int:
    """Return the last year of a range whose end is written short (`1928–29`, `1928–9`)."""
    scale = int(10 ** len(digits))
    return first // scale * scale + int(digits)
