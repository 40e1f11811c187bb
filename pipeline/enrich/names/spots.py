"""Names that show by a word beside them what they are: places that no list knows, and with them all others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from pipeline.enrich.names.cues import Cues, Reading
from pipeline.enrich.names.organisations import Organisations
from pipeline.enrich.names.runs import APOSTROPHES, BY_HEAD, DOUBTFUL, Runs, Spot
from pipeline.enrich.names.ships import Ships
from pipeline.enrich.words import world as vocabulary

_BY_NOUN: Final = 0.85
_BY_STAY: Final = 0.75


def spots(reading: Reading, cues: Cues, common: Callable[[str], bool]) -> Iterator[Spot]:
    """Yield the names of a passage that a word beside them shows; they may overlap.

    common says which words the entry writes without a capital, too.
    """
    for finder in (Organisations, Ships, Places):
        yield from finder(reading, cues, common).spots()


class Places(Runs):
    """Finds the places of one passage."""

    def spots(self) -> Iterator[Spot]:
        """Yield the places; they may overlap."""
        for place in range(len(self.r)):
            if not self.r.taken(place):
                yield from self._place(place)
                yield from self._stay(place)

    def _place(self, place: int) -> Iterator[Spot]:
        word, cue = self.r.words[place], self.cue
        kind = cue.place_nouns.get(word.fold)
        if kind is not None and (not word.capital or self.r.language == "de"):
            start = place + 1
            if cue.place_of:
                if not (self.close(place) and self.r.fold(start) in cue.place_of):
                    return
                elided = self.r.fold(start) == "d" and self.r.between(start) in APOSTROPHES
                if not elided and not self.close(start):
                    return
                start += 1
            elif not self.close(place):
                return
            yield from self._called(start, kind, word.text)
        if not word.capital:
            return
        if (kind := cue.geo_before.get(word.fold)) is not None and self.close(place):
            last = self.right(place + 1, 2)
            if last > place and self.r.fold(place + 1) not in self.demonyms and not self.goes_on(last):
                yield Spot(place, last, "place", kind, word.text, BY_HEAD)
        if (kind := cue.geo_of.get(word.fold)) is not None and self.r.fold(place + 1) == "of":
            start = place + 3 if self.r.fold(place + 2) in cue.articles else place + 2
            if self.close(place) and self.close(place + 1) and (last := self.right(start, 2)) >= start:
                yield Spot(place, last, "place", kind, word.text, BY_HEAD)
        if (kind := cue.geo_after.get(word.fold)) is not None:
            first = self.left(place)
            if first < place and self.opens_doubtfully(first):
                first += 1
            short = 0 < place - first <= 3 and self.r.fold(place - 1) not in cue.not_before
            if short and not self.goes_on(place):
                yield Spot(first, place, "place", kind, word.text, DOUBTFUL if self.r.opens(first) else 0.8)

    def _called(self, start: int, kind: str, cue: str) -> Iterator[Spot]:
        last = self.right(start, 3)
        word = self.r.fold(start)
        if last < start or word in self.cue.not_place | self.demonyms | self.titles or word in vocabulary().given:
            return
        if self.r.fold(last) in self.cue.heads_last or self.goes_on(last):
            return
        if self.spaced(last) and self.r.fold(last + 1) in self.cue.streets_after:
            return
        yield Spot(start, last, "place", kind, cue, _BY_NOUN)

    def _stay(self, place: int) -> Iterator[Spot]:
        """Yield the place after a preposition, where the word before it says that somebody was there or goes there."""
        word, cue, start = self.r.fold(place), self.cue, place + 1
        before = self.r.fold(place - 1)
        if not (word in cue.stays_at or word in cue.leaves_for) or not self.spaced(place - 1):
            return
        there = word in cue.stays_at and (
            before in cue.stays or (before in self.offices and before not in self.demonyms)
        )
        if not there and not (word in cue.leaves_for and before in cue.leaves):
            return
        if not self.spaced(place) or self.r.capital(place - 1):
            return
        for spot in self._called(start, "settlement", f"{self.r.words[place - 1].text} {self.r.words[place].text}"):
            last = self.r.words[spot.last]
            owner = self.r.text[last.end : last.end + 1] in ("’", "'")
            shouted = any(one.text.isupper() for one in self.r.words[spot.first : spot.last + 1])
            if not owner and not shouted:
                yield replace(spot, certainty=_BY_STAY)
