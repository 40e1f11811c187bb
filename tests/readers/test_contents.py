"""A volume's table of contents: the years come from the order, and what is odd is named."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import find_day
from pipeline.model import Contents
from pipeline.readers.contents import anomalies, read_contents, year_of

_MONTHS = "January February March April May June July August September October November December".split()


def table(labels: list[str], own: str | None = None) -> Contents:
    numbered = [(label, number) for number, label in enumerate(labels, 10)]
    return read_contents("Volume 2", 9, numbered, find_day(own) if own else None)


def dates(labels: list[str], own: str | None = None) -> list[str | None]:
    return [item.date for item in table(labels, own).items]


def codes(labels: list[str], own: str, title: str) -> list[str]:
    return [one.code for one in anomalies(table(labels, own), "a.txt", "Volume 2", title, own)]


def test_a_new_year_begins_where_the_days_step_back() -> None:
    labels = ["3 October", "30 December", "2 January", "14 May", "20 September", "1 February"]
    assert dates(labels, "1911-05-14") == [
        "1910-10-03", "1910-12-30", "1911-01-02", "1911-05-14", "1911-09-20", "1912-02-01",
    ]  # fmt: skip


def test_a_label_with_a_year_places_all_others() -> None:
    assert dates(["3 October", "30 December 1910", "2 January"]) == ["1910-10-03", "1910-12-30", "1911-01-02"]


def test_without_any_year_none_is_made_up() -> None:
    assert dates(["3 October", "30 December", "2 January"]) == [None, None, None]


def test_a_year_that_stands_there_is_not_inferred() -> None:
    items = table(["30 December 1910", "2 January"]).items
    assert [item.inferred for item in items] == [False, True]


def test_one_label_out_of_order_does_not_move_the_others() -> None:
    labels = ["1 March", "4 April", "27 October", "2 May", "3 June", "9 August"]
    contents = table(labels, "1911-05-02")
    assert [item.label for item in contents.items if not item.in_order] == ["27 October"]
    assert [item.date for item in contents.items if item.in_order] == [
        "1911-03-01", "1911-04-04", "1911-05-02", "1911-06-03", "1911-08-09",
    ]  # fmt: skip
    assert codes(labels, "1911-05-02", "2 May") == ["C-030"]


def test_the_same_label_for_one_day_is_told() -> None:
    assert codes(["1 March", "1 March", "4 April"], "1911-03-01", "1 March") == ["C-031"]


def test_the_same_label_in_another_year_is_no_repetition() -> None:
    labels = ["1 March", "1 May", "1 August", "1 November", "1 February", "1 March"]
    assert dates(labels, "1911-05-01")[-1] == "1912-03-01"
    assert codes(labels, "1911-05-01", "1 May") == []


def test_titles_among_the_dates_are_told_and_dated() -> None:
    labels = ["1 March", "PS 4 March", "Conversation with Wick on 7 June 1911", "Memorandum", "9 June"]
    assert dates(labels, "1911-03-01") == ["1911-03-01", "1911-03-04", "1911-06-07", None, "1911-06-09"]
    assert codes(labels, "1911-03-01", "1 March") == ["C-032"]


def test_the_second_entry_of_a_day_is_of_that_day() -> None:
    assert dates(["1 March (1)", "1 March (2)", "2 March"], "1911-03-02") == ["1911-03-01", "1911-03-01", "1911-03-02"]


def test_a_day_that_does_not_exist_has_no_date() -> None:
    assert dates(["28 February", "30 February", "2 March"], "1911-03-02") == ["1911-02-28", None, "1911-03-02"]


def test_a_label_that_stands_for_two_days_dates_no_entry() -> None:
    contents = table(["1 March", "1 May", "1 August", "1 November", "1 February", "1 March"], "1911-05-01")
    assert year_of(contents, "1 March") is None
    assert year_of(contents, "1 August") == "1911-08-01"


def test_an_empty_table_is_no_trouble() -> None:
    assert table([]).items == ()


@given(
    st.dates(date(1890, 1, 1), date(1930, 1, 1)),
    st.lists(st.integers(1, 60), min_size=1, max_size=80),
    st.integers(0, 80),
)
def test_a_dense_diary_in_order_gets_every_year_right(start: date, steps: list[int], own: int) -> None:
    days = [start]
    for step in steps:
        days.append(days[-1] + timedelta(days=step))
    labels = [f"{day.day} {_MONTHS[day.month - 1]}" for day in days]
    mine = days[own % len(days)]
    assert dates(labels, mine.isoformat()) == [day.isoformat() for day in days]
