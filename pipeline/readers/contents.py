"""A volume's table of contents: labels without years, in the order of days, with exceptions.

The years are inferred from the order: the cheapest chain of labels that runs forward in time, where a label
may be left out of the chain at a price (it stands out of order). The chain is then placed in absolute
years by the labels that name a year and by the entry that the source itself is.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Final

from pipeline.dates import Day, Title, find_day, read_title
from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import Contents, ContentsItem

# In days: what a label out of order costs, at least. Half a year without an entry is likelier than a misplaced
# label, unless the labels after it confirm the gap; where entries are far between, four times their distance.
_OUT_OF_ORDER: Final = 180
_MAX_SKIPS: Final = 4
_YEAR: Final = 365


def _ordinal(day: Day) -> int:
    """Return the day of the year, from 0; a leap year's count, so that 29 February has one."""
    return date(2000, day.month or 1, min(day.day or 1, 29 if day.month == 2 else 30)).timetuple().tm_yday - 1


@lru_cache(maxsize=64)
def _chain(ordinals: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """Return for each label its year counted from the chain's first, None for labels out of the chain."""
    count = len(ordinals)
    days = [(index, ordinal) for index, ordinal in enumerate(ordinals) if ordinal is not None]
    steps = [(day - before) % _YEAR for (_, before), (_, day) in pairwise(days)]
    misplaced = max(_OUT_OF_ORDER, 4 * median(steps)) if steps else _OUT_OF_ORDER
    cost = [0.0] * len(days)
    before: list[int | None] = [None] * len(days)
    for here, (_, ordinal) in enumerate(days):
        cost[here] = float(misplaced * here)
        for there in range(max(0, here - _MAX_SKIPS - 1), here):
            step = (ordinal - days[there][1]) % _YEAR
            price = cost[there] + step + misplaced * (here - there - 1)
            if price < cost[here]:
                cost[here], before[here] = price, there
    years: list[int | None] = [None] * count
    if not days:
        return tuple(years)
    last = min(range(len(days)), key=lambda here: cost[here] + misplaced * (len(days) - 1 - here))
    path = [last]
    while (previous := before[path[-1]]) is not None:
        path.append(previous)
    year, latest = 0, -1
    for here in reversed(path):
        index, ordinal = days[here]
        year += ordinal < latest
        years[index], latest = year, ordinal
    return tuple(years)


def _first_year(titles: list[Title], years: tuple[int | None, ...], own: Day | None) -> int | None:
    """Return the absolute year of the chain's year 0: the one that most is in favour of, None if nothing is."""
    known = [(title.day, year) for title, year in zip(titles, years, strict=True) if title.day and title.day.year]
    candidates = {day.year - year for day, year in known if day.year and year is not None}
    same_day = [
        year
        for title, year in zip(titles, years, strict=True)
        if own
        and own.year
        and title.day
        and year is not None
        and (title.day.month, title.day.day) == (own.month, own.day)
    ]
    own_year = own.year if own else None
    if own_year is not None:
        candidates |= {own_year - year for year in same_day}
    span = max((year for year in years if year is not None), default=0)

    def favour(first: int) -> float:
        score = 0.0
        for day, year in known:
            if year is not None and day.year == first + year:
                score += 1
            elif not (day.year and first <= day.year <= first + span):
                score -= 1
        return score + 3 * any(own_year == first + year for year in same_day)

    return max(sorted(candidates), key=favour, default=None)


def read_contents(volume: str, line: int, labels: list[tuple[str, int]], own: Day | None) -> Contents:
    """Return a table of contents with the years inferred.

    labels are the labels with their line numbers; own is the entry's own date where the contents are those
    of the entry's volume, else None.
    """
    titles = [read_title(label) for label, _ in labels]
    years = _chain(
        tuple(
            _ordinal(title.day) if title.day and title.day.month and title.day.day and title.day.exists else None
            for title in titles
        )
    )
    first = _first_year(titles, years, own)
    items: list[ContentsItem] = []
    latest: tuple[int, int] | None = None
    for (label, number), title, year in zip(labels, titles, years, strict=True):
        day = title.day
        when: int | None = None
        in_order = day is None or year is not None
        if day is not None:
            when = day.year
            if first is not None and year is not None:
                in_order = when in (None, first + year)
                when = when or first + year
                latest = (first + year, _ordinal(day))
            elif when is None and latest is not None:
                when = min(
                    (latest[0] - 1, latest[0], latest[0] + 1),
                    key=lambda y: abs((y - latest[0]) * _YEAR + _ordinal(day) - latest[1]),
                )
        dated = Day(when, day.month, day.day, 0, 0).iso if day and when and day.exists else None
        inferred = dated is not None and day is not None and day.year is None
        items.append(ContentsItem(label, number, dated, inferred, in_order, not title.plain))
    return Contents(volume, line, tuple(items))


def _some(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def anomalies(contents: Contents, name: str, volume: str, title: str, iso: str) -> tuple[Diagnostic, ...]:
    """Return what is odd in a table of contents, one finding a kind, at the first label concerned."""
    found: list[Diagnostic] = []

    def tell(code: str, items: list[ContentsItem], message: str, hint: str) -> None:
        if items:
            shown = _some(list(dict.fromkeys(item.label for item in items)))
            found.append(diagnostic(code, name, items[0].line, f"{message}: {shown}", hint))

    seen: set[tuple[str | None, str]] = set()
    repeated = []
    for item in contents.items:
        # Without a year, a day's label comes again every year: that is no repetition.
        if item.date and (item.date, item.label) in seen:
            repeated.append(item)
        seen.add((item.date, item.label))
    tell(
        "C-030",
        [item for item in contents.items if not item.in_order],
        "table of contents, labels out of the order of days",
        "their year is inferred from their neighbours.",
    )
    tell(
        "C-031",
        repeated,
        "table of contents, the same label twice for one day",
        "look whether there are two entries of that day, or one listed twice.",
    )
    tell(
        "C-032",
        [item for item in contents.items if item.titled],
        "table of contents, titles among the dates",
        "each takes its date from the title or from its details.",
    )
    if volume and contents.volume != volume:
        found.append(
            diagnostic(
                "C-033",
                name,
                contents.line,
                f"the table of contents is that of `{contents.volume}`, the entry stands in `{volume}`",
                "the entry's own volume is taken; capture the page again to get its contents.",
            )
        )
    elif not any(item.label == title or item.date == iso for item in contents.items):
        found.append(
            diagnostic(
                "C-034",
                name,
                contents.line,
                f"the table of contents does not list this entry (`{title}`, {iso})",
                "nothing is lost; see whether the capture is whole.",
            )
        )
    return tuple(found)


def year_of(contents: Contents, label: str) -> str | None:
    """Return the date that the contents give an entry by its label, if they give one and no second one."""
    dates = {item.date for item in contents.items if item.label == label and item.date}
    day = find_day(label)
    return dates.pop() if len(dates) == 1 and day else None
