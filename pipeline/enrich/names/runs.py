"""Runs of words with capitals, of which names are made, and what is said of a name found by a word beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.names.cues import Cues, Reading
from pipeline.enrich.words import words
from pipeline.enrich.words import world as vocabulary

SPACES: Final = frozenset({" ", "\u00a0", "\u202f"})
APOSTROPHES: Final = frozenset("’'")
_HYPHENS: Final = frozenset("-‐‑")
_CLOSERS: Final = {"‘": "’", "“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "'": "'", "‹": "›"}
_MOST: Final = 8
_MOST_QUOTED: Final = 6
# How sure it is what a name is, by what speaks for it.
BY_HEAD: Final = 0.85
DOUBTFUL: Final = 0.72


@dataclass(frozen=True, slots=True)
class Spot:
    """A name from its first word up to its last: what it is, by which cue, and how sure that is.

    kind is place, org or ship; end is the character after it, where an abbreviation's full stop belongs to it.
    """

    first: int
    last: int
    kind: str
    type: str
    cue: str
    certainty: float
    stop: bool = False


class Runs:
    """The runs of capitals of one passage. common says which words the entry writes without a capital, too."""

    def __init__(self, reading: Reading, cue: Cues, common: Callable[[str], bool]) -> None:
        self.r, self.cue, self.common = reading, cue, common
        lexicon = words(reading.language)
        self.functions = lexicon.functions
        self.titles = frozenset(lexicon.titles) - {"st", "ste", "saint", "sainte"} - cue.ship_of
        self.common_nouns = lexicon.common
        self.offices = lexicon.offices
        self.calendar = vocabulary().months | vocabulary().weekdays
        self.demonyms = vocabulary().demonyms

    def part(self, place: int) -> bool:
        """Return whether a word may be part of a name: it has a capital, and is nobody's and no word of the grammar."""
        word = self.r.fold(place)
        return (
            self.r.capital(place)
            and not self.r.taken(place)
            and word not in self.functions
            and word not in self.calendar
            and word not in self.cue.titles_before
        )

    def close(self, place: int) -> bool:
        between = self.r.between(place)
        return between in SPACES or between in _HYPHENS

    def right(self, place: int, most: int = 3) -> int:
        """Return the last word of the run of capitals that begins at a word; the word before it where there is none."""
        last = place - 1
        while last - place + 1 < most and self.part(last + 1) and (last < place or self.close(last)):
            last += 1
            # `St. Ives`: a saint's stop does not end a name.
            if self.r.fold(last) in ("st", "ste") and self.r.between(last) in (". ", " ") and self.part(last + 1):
                last += 1
        return last

    def left(self, place: int) -> int:
        """Return the first word of the run of capitals that ends right before a word; that word where there is none."""
        first = place
        while place - first < _MOST and first > 0:
            before = first - 1
            if self.close(before) and self.part(before):
                first = before
            elif (
                self.r.fold(before) == "s"
                and self.r.between(before) in SPACES
                and self.r.between(before - 1) in APOSTROPHES
                and self.part(before - 1)
            ):
                first = before - 1
            elif self.r.between(before).strip() == "&" and self.part(before):
                first = before
            else:
                break
        return first

    def spaced(self, place: int) -> bool:
        return self.r.between(place) in SPACES

    def opens_doubtfully(self, first: int) -> bool:
        return self.r.opens(first) and self.common(self.r.fold(first))

    def goes_on(self, last: int) -> bool:
        return self.close(last) and self.part(last + 1) and self.r.fold(last + 1) not in self.cue.may_follow

    def quoted(self, start: int, kind: str, cue: str, certainty: float) -> Iterator[Spot]:
        """Yield the name that stands in quotation marks, or is set off by an element, from a word on."""
        if start >= len(self.r) or not self.r.quoted(start) or not self.r.capital(start) or self.r.taken(start):
            return
        mark = self.r.text[self.r.words[start].start - 1]
        last = start
        if mark in _CLOSERS:
            most = min(start + _MOST_QUOTED - 1, len(self.r) - 1)
            while last < most and not set(self.r.between(last)) & set(_CLOSERS[mark]):
                last += 1
            if not set(self.r.text[self.r.words[last].end :][:2].strip(" \u00a0\u202f")[:1]) & set(_CLOSERS[mark]):
                return
        else:
            last = self.right(start, 4)
        if last >= start:
            yield Spot(start, last, kind, "ship" if kind == "ship" else "", cue, certainty)
