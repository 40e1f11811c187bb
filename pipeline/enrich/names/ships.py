"""Ships that no list knows: by their prefix, by the word for what they are, and by who is aboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pipeline.enrich.names.cues import Cues, Reading
from pipeline.enrich.names.geography import world
from pipeline.enrich.names.runs import DOUBTFUL, SPACES, Runs, Spot

_BY_PREFIX: Final = 0.88
_BY_TYPE: Final = 0.85
_BY_PHRASE: Final = 0.75
_SETTING_OFF: Final = SPACES | set(".’'‘“«„\"‹(")


class Ships(Runs):
    """Finds the ships of one passage."""

    def __init__(self, reading: Reading, cues: Cues, common: Callable[[str], bool]) -> None:
        super().__init__(reading, cues, common)
        self.at_sea = any(one.fold in cues.sea for one in reading.words)

    def spots(self) -> Iterator[Spot]:
        """Yield the ships; they may overlap."""
        for place in range(len(self.r)):
            if not self.r.taken(place):
                yield from self._ship(place)

    def _ship(self, place: int) -> Iterator[Spot]:
        word, cue = self.r.words[place], self.cue
        prefix, last = self._prefix(place)
        if prefix in cue.ship_prefixes or prefix.lower() in cue.ship_prefixes:
            dotted = last > place
            if dotted or prefix.lower() not in cue.ship_prefixes_doubtful or self.at_sea:
                yield from self._named(last + 1, _BY_PREFIX, prefix)
        elif word.fold in cue.ships:
            yield from self._named(place + 1, _BY_TYPE, word.text)
        elif word.fold in cue.ships_weak:
            yield from self._named(place + 1, 0.8 if self.r.language == "en" else 0.7, word.text, True)
        elif word.fold in cue.aboard:
            if self.r.fold(place + 1) in cue.articles:
                yield from self._named(place + 2, _BY_PHRASE, word.text, True)
        else:
            for phrase in cue.on_board:
                if tuple(self.r.fold(place + number) for number in range(len(phrase))) == phrase:
                    start = place + len(phrase)
                    if self.r.fold(start) in cue.articles and self.r.language != "fr":
                        start += 1
                    yield from self._named(start, _BY_PHRASE, " ".join(phrase), True)
                    break

    def _prefix(self, place: int) -> tuple[str, int]:
        """Return the capitals that begin at a word, as they stand before ships' names, and the last word of them."""
        word = self.r.words[place]
        if len(word.text) > 1 or not word.capital:
            return (word.text, place) if word.text.isupper() and len(word.text) < 5 else ("", place)
        if place and self.r.between(place - 1) == "." and len(self.r.words[place - 1].text) == 1:
            return "", place
        letters, last = word.text, place
        while last - place < 4 and self.r.between(last) in (".", "/", ". ") and len(self.r.words[last + 1].text) == 1:
            last += 1
            letters += self.r.words[last].text
        return letters, last

    def _named(self, start: int, certainty: float, cue: str, weak: bool = False) -> Iterator[Spot]:
        """Yield the ship's name that begins at a word after a cue.

        weak: the cue is no proof by itself, so that a name without quotation marks must not be known for another thing.
        """
        if 0 < start < len(self.r) and self.r.fold(start) in self.cue.ship_prefixes:
            start += 1
        if not 0 < start < len(self.r) or self.r.taken(start):
            return
        if not _one_gap(self.r.between(start - 1)):
            return
        if self.r.quoted(start):
            yield from self.quoted(start, "ship", cue, min(certainty + 0.03, 0.89))
            return
        if self.r.language == "ru" or (weak and self.r.language == "de" and cue.casefold() in self.cue.ships_weak):
            return
        end = self.right(start, 3)
        if end < start or self.r.fold(start) in self.cue.not_ship | self.cue.heads_last | self.titles:
            return
        if self.r.fold(start) in self.cue.ship_of and self.r.fold(end + 1) == "of" and self.close(end):
            end = max(end, self.right(end + 2, 1) if self.right(end + 2, 1) >= end + 2 else end)
        if self.r.fold(end) in self.cue.not_ship or self.r.fold(end) in self.cue.heads_last:
            return
        sure = certainty == _BY_PREFIX
        if (
            self.r.language == "de"
            and not sure
            and (self.r.fold(start) in self.common_nouns or not self._dative(start))
        ):
            return
        known = any(
            world(kind).index.at(self.r.text, self.r.words, start, self.r.language)
            for kind in ("places", "organisations")
        )
        if weak and (known or self.r.fold(start) in self.demonyms):
            return
        yield Spot(start, end, "ship", "ship", cue, certainty if sure or self.r.language != "de" else DOUBTFUL)

    def _dative(self, start: int) -> bool:
        """Return whether an article or adjective stands before a German ship's kind: `dem deutschen Dampfer X`."""
        return any(self.r.fold(one) in self.cue.articles for one in range(max(0, start - 4), start))


def _one_gap(between: str) -> bool:
    """Return whether a cue stands right before a name: a space, a full stop, a mark that opens a quotation."""
    return len(between) <= 4 and not set(between) - _SETTING_OFF
