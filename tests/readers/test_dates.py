"""Days as four languages write them, and what titles say of their day."""

from __future__ import annotations

import pytest

from pipeline.dates import find_day, read_title


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("13 December 1934", "1934-12-13"),
        ("1934 Dec 13", "1934-12-13"),
        ("1934 Dec", "1934-12"),
        ("1934", "1934"),
        ("1934-12-13", "1934-12-13"),
        ("December 13, 1934", "1934-12-13"),
        ("on the 1st of May 1911, in the evening", "1911-05-01"),
        ("2nd March 1911", "1911-03-02"),
        ("2. März 1911", "1911-03-02"),
        ("den 1. Jänner 1911", "1911-01-01"),
        ("31. Dezember 1911", "1911-12-31"),
        ("1er août 1911", "1911-08-01"),
        ("le 14 juillet 1911", "1911-07-14"),
        ("2 февраля 1911 г.", "1911-02-02"),
        ("31 декабря 1911", "1911-12-31"),
        ("Мая 3, 1911", "1911-05-03"),
    ],
)
def test_a_date_is_read(text: str, iso: str) -> None:
    day = find_day(text)
    assert day is not None
    assert day.iso == iso
    assert day.exists


@pytest.mark.parametrize("text", ["", "no date", "May I come?", "12 marks", "in 3 decades", "page 12", "1,234 roubles"])
def test_what_is_no_date_is_not_read_as_a_day(text: str) -> None:
    day = find_day(text)
    assert day is None or day.day is None


@pytest.mark.parametrize(
    ("text", "exists"),
    [("30 February 1911", False), ("29 February 1911", False), ("29 February 1912", True), ("29 February", True),
     ("31 April", False), ("1911-13-01", False), ("0 March 1911", False)],
)  # fmt: skip
def test_the_calendar_decides_what_exists(text: str, exists: bool) -> None:
    day = find_day(text)
    assert day is not None
    assert day.exists is exists


@pytest.mark.parametrize(
    ("title", "month_and_day", "ordinal", "plain"),
    [
        ("2 March", (3, 2), 1, True),
        ("2 March (2)", (3, 2), 2, True),
        ("2 March 1911", (3, 2), 1, True),
        ("PS 2 March", (3, 2), 1, False),
        ("Conversation with Wick on 18 March 1911", (3, 18), 1, False),
        ("2. März", (3, 2), 1, True),
    ],
)
def test_a_title_says_its_day_and_whether_it_is_more(
    title: str, month_and_day: tuple[int, int], ordinal: int, plain: bool
) -> None:
    read = read_title(title)
    assert read.day is not None
    assert (read.day.month, read.day.day) == month_and_day
    assert (read.ordinal, read.plain) == (ordinal, plain)


@pytest.mark.parametrize("title", ["", "Letter to the board", "Memorandum of the year 1911"])
def test_a_title_without_a_day_is_no_plain_date(title: str) -> None:
    assert not read_title(title).plain


def test_a_year_alone_is_a_title() -> None:
    title = read_title("1911")
    assert title.plain
    assert title.day is not None
    assert title.day.iso == "1911"
