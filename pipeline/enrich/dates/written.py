"""What a text writes of a day: the types that readers of days, years and hours share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.dates.almanac import Point
from pipeline.enrich.dates.words import SPACE

WHEN: Final = "when"
SPAN: Final = "span"
EITHER: Final = "either"
# So far to the left of a number the words are looked for that say what it is.
LEFT: Final = 48
_SHUT: Final = '.,;:!?)]}…”“»’"'
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text, from start to end; what is not written of it is not in its points.

    kind says whether first is all (`when`), the beginning of a span of time that last ends (`span`; last without
    anything is open), or one of two (`either`). weekday counts from Monday, 0. years and months are what a tail such
    as `of last year` or `ult.` says: how many years or months before or after those of the text; None if nothing does.
    same says that the text has it in the year told before (`of the same year`).
    bare says that it is a date only if something beside it shows it; listed that others of its list follow.
    """

    start: int
    end: int
    first: Point
    last: Point | None = None
    kind: str = WHEN
    rule: str = "day"
    weekday: int | None = None
    julian: bool = False
    certainty: float = 0.99
    years: int | None = None
    months: int | None = None
    bare: bool = False
    listed: bool = False
    same: bool = False
    evidence: tuple[str, ...] = ()
    others: tuple[Point, ...] = ()

    @property
    def end_point(self) -> Point:
        """Return the last point that is given."""
        return self.last or self.first


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of day as it stands in a text; open says that the text leaves the half of the day open."""

    start: int
    end: int
    hour: int
    minute: int
    open: bool = False
    certainty: float = 0.98
    evidence: tuple[str, ...] = ()

    @property
    def iso(self) -> str:
        """Return the time as ISO 8601 writes it."""
        return f"{self.hour:02}:{self.minute:02}:00"

    @property
    def other(self) -> str:
        """Return the same hour of the other half of the day."""
        return f"{(self.hour + 12) % 24:02}:{self.minute:02}:00"


def left_of(text: str, start: int) -> str:
    """Return what stands before a place, as far as it matters."""
    return text[max(0, start - LEFT) : start]


def next_word(text: str, end: int) -> str:
    """Return the word after a place, if only a space is between; empty if something else follows."""
    place = end + 1 if re.match(SPACE, text[end : end + 1]) else end
    found = _WORD.match(text, place, place + 30)
    return found.group() if found else ""


def stops(text: str, end: int) -> bool:
    """Return whether the text ends here, or a punctuation mark other than an apostrophe or a hyphen follows."""
    rest = text[end : end + 2]
    shut = rest[:1] in tuple(_SHUT) and not rest[1:].isalnum()
    return not rest.strip() or shut or rest in (" –", " —", " (")
