"""Days as sources write them: in titles, in an archive's details, in tables of contents.

English, German, French and Russian names of months; years may be missing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = (
    "january jan januar jänner janvier janv январь января янв",
    "february feb februar feber février fevrier févr февраль февраля фев февр",
    "march mar märz maerz mär mars март марта мар",
    "april apr avril avr апрель апреля апр",
    "may mai май мая",
    "june jun juni juin июнь июня июн",
    "july jul juli juillet juil июль июля июл",
    "august aug août aout август августа авг",
    "september sep sept septembre сентябрь сентября сен сент",
    "october oct oktober okt octobre октябрь октября окт",
    "november nov novembre ноябрь ноября ноя нояб",
    "december dec dezember dez décembre decembre déc дек декабрь декабря",
)
MONTHS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_NAME: Final = "(?P<month>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b\.?"
# The first of several days (`12–14 June`) is the day.
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s*[–—-]\s*\d{1,2}(?:st|nd|rd|th|\.)?(?!\d))?"
_YEAR: Final = r"(?P<year>\d{4})"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}\s+{_NAME}(?:\s+{_DAY}(?!\d))?",
        rf"(?<!\d){_YEAR}-(?P<month_number>\d\d)(?:-(?P<day>\d\d))?(?!\d)",
        rf"(?<!\d){_DAY}\s+(?:of\s+)?{_NAME}(?:,?\s+{_YEAR}(?!\d))?(?:\s*г\.)?",
        rf"\b{_NAME}\s+{_DAY}(?!\d)(?:,?\s+{_YEAR}(?!\d))?",
        rf"\b{_NAME}\s+{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}(?!\d)",
    )
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written, as far as it is given; start and end are where it stands in the text."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def exists(self) -> bool:
        """Return whether the calendar has this day (29 February without a year does exist)."""
        if self.month is None:
            return True
        return 1 <= self.month <= 12 and (
            self.day is None or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]
        )

    @property
    def iso(self) -> str | None:
        """Return the date in ISO 8601 as far as it is given; None without a year."""
        if self.year is None:
            return None
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    def agrees(self, other: Day) -> bool:
        """Return whether no part that both give is different."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def find_day(text: str) -> Day | None:
    """Return the first date in a text, the fullest reading of it, or None."""
    for form in _FORMS:
        if found := form.search(text):
            parts = found.groupdict()
            month = MONTHS[name.lower()] if (name := parts.get("month")) else None
            if number := parts.get("month_number"):
                month = int(number)
            day, year = parts.get("day"), parts.get("year")
            return Day(int(year) if year else None, month, int(day) if day else None, *found.span())
    return None


@dataclass(frozen=True, slots=True)
class Title:
    """What the title of an entry says of its day.

    ordinal is 2 for the second entry of a day (`1 March (2)`); plain is true for a title that is nothing
    but a date, false for one that has words of its own (`Conversation with … on 18 March 1940`).
    """

    day: Day | None
    ordinal: int
    plain: bool


def first_day(iso: str) -> date:
    """Return the first day of a day, a month or a year in ISO 8601.

    Raises:
        ValueError: the calendar does not have it.
    """
    return date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])


_ORDINAL: Final = re.compile(r"\s*[(\[](\d)[)\]]\s*$")


def read_title(title: str) -> Title:
    """Return the day, the ordinal and the kind of a title."""
    numbered = _ORDINAL.search(title)
    ordinal = int(numbered.group(1)) if numbered else 1
    stem = title[: numbered.start()] if numbered else title
    day = find_day(stem)
    if day is None or (day.month is None and stem.strip() != str(day.year)):
        return Title(None, ordinal, False)
    rest = stem[: day.start] + stem[day.end :]
    return Title(day, ordinal, not re.search(r"\w", rest))
