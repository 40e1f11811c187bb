"""Calendar arithmetic: the Julian calendar, Easter, years written short."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.dates.almanac import Point, easter, from_julian, full_year, orthodox_easter


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ("1905-01-09", "1905-01-22"),
        ("1885-03-25", "1885-04-06"),
        ("1731-02-11", "1731-02-22"),
        ("1700-02-29", "1700-03-11"),
        ("1900-02-29", "1900-03-13"),
        ("1582-10-05", "1582-10-15"),
        ("1917-10-25", "1917-11-07"),
        ("1917-12-31", "1918-01-13"),
    ],
)
def test_julian_days_are_moved(julian: str, gregorian: str) -> None:
    year, month, day = (int(part) for part in julian.split("-"))
    assert from_julian(Point(year, month, day)).iso == gregorian


@pytest.mark.parametrize(
    ("year", "west", "east"),
    [(1916, "1916-04-23", "1916-04-23"), (1905, "1905-04-23", "1905-04-30"), (2024, "2024-03-31", "2024-05-05")],
)
def test_easter_is_reckoned(year: int, west: str, east: str) -> None:
    assert (easter(year).isoformat(), orthodox_easter(year).isoformat()) == (west, east)


@given(st.integers(1583, 2099))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    for day in (easter(year), orthodox_easter(year)):
        assert day.weekday() == 6
        assert date(year, 3, 22) <= day <= date(year, 5, 10)


@given(st.dates(date(1600, 1, 1), date(2090, 1, 1)), st.integers(0, 99))
def test_a_short_year_is_near(day: date, short: int) -> None:
    assert abs(full_year(f"{short:02}", day.year) - day.year) <= 70
