"""Whether a word that is a place's name means the place here: not a person, a title, a street, or part of more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.enrich.model import Entry
from pipeline.enrich.names.cues import Cues, Reading
from pipeline.enrich.names.word_index import words_of
from pipeline.enrich.words import words
from pipeline.enrich.words import world as vocabulary

_JOINED: Final = frozenset("-‐‑–")
_SPACES: Final = frozenset({" ", "\u00a0", "\u202f"})
# Before the name of a place that a title or a larger name holds.
_OF: Final = frozenset("of von van de du des d".split())
_ARTICLES: Final = frozenset("the la le les l der den dem".split())
_CLOSERS: Final = frozenset("’”»\"'“›")
_LONGEST: Final = 6


class People:
    """The names that persons bear in an entry, as others have marked them, and that of its writer."""

    def __init__(self, readings: Sequence[Reading], entry: Entry) -> None:
        self._names: set[tuple[str, ...]] = set()
        self._of: set[str] = set()
        self._add(entry.author)
        for reading in readings:
            for one in reading.passage.of("persName", "rs", "name"):
                if one.name == "persName" or one.element.get("type") in ("person", "family"):
                    self._add(reading.text[one.start : one.end])

    def _add(self, name: str) -> None:
        folds = [one.fold for one in words_of(name)]
        after_of = False
        for number, word in enumerate(folds):
            if after_of:
                self._of.add(word)
            else:
                self._names.update(
                    tuple(folds[number:end]) for end in range(number + 1, min(len(folds), number + _LONGEST) + 1)
                )
            after_of = word in _OF

    def bear(self, name: tuple[str, ...], titles: bool = False) -> bool:
        """Return whether somebody bears a name; with titles, whether somebody is called after it (`Duke of York`)."""
        return name in self._names or (titles and any(word in self._of for word in name))


class Context:
    """What stands around a name, in the words of the passage's language."""

    def __init__(self, reading: Reading, cues: Cues, common: frozenset[str]) -> None:
        self.r, self.cues, self.common = reading, cues, common
        self.words = words(reading.language)

    def vouched(self, first: int, last: int, mark: str, water: bool = False) -> bool:
        """Return whether what stands around a form with a mark says that the place is meant."""
        before = self.r.fold(first - 1) if self._near(first - 1) else ""
        if mark == "^":
            after = self.r.fold(last + 1)
            plain = not self._near(last) or after in self.cues.after_adjective
            return before in self.cues.articles and plain and not self.r.capital(last + 1)
        if before in self.cues.inside or (water and before in self.cues.articles):
            return True
        if mark == "!":
            return before in self.cues.at
        moved = any(self.r.fold(place) in self.cues.moves for place in range(first - 5, first - 1))
        return before in self.cues.at and moved

    def _near(self, place: int) -> bool:
        """Return whether only a space, or an elision, stands between a word and the one after it."""
        return self.r.between(place) in _SPACES or self.r.between(place) in ("’", "'")

    def part_of_more(self, first: int, last: int) -> bool:
        """Return whether a name is a part of a longer one, or of somebody's title."""
        return (
            self._hyphened(first, last) or self._followed(last) or self._preceded(first) or self._of(first)
        ) or self._set_off(first, last)

    def goes_on(self, first: int, last: int) -> bool:
        """Return whether a name of several words is a part of a longer one."""
        return self._hyphened(first, last) or self._followed(last)

    def _hyphened(self, first: int, last: int) -> bool:
        return self.r.between(first - 1) in _JOINED or self.r.between(last) in _JOINED

    def _set_off(self, first: int, last: int) -> bool:
        """Return whether quotation marks, or an element for what is set off, hold the name and nothing else."""
        word = self.r.words[last]
        closes = self.r.text[word.end : word.end + 1]
        possessive = self.r.text[word.end + 1 : word.end + 2] == "s"
        return self.r.whole(first, last) or (self.r.quoted(first) and closes in _CLOSERS and not possessive)

    def _followed(self, last: int) -> bool:
        after = last + 1
        if after >= len(self.r) or self.r.between(last) not in _SPACES or self.r.taken(after):
            return False
        word = self.r.fold(after)
        if word in self.cues.streets_after:
            return True
        if self.r.language == "de" or not self.r.capital(after):
            return False
        return word not in self.cues.may_follow and word not in self.words.functions

    def _preceded(self, first: int) -> bool:
        before = first - 1
        if before < 0 or self.r.taken(before):
            return False
        between, word = self.r.between(before), self.r.fold(before)
        single = len(self.r.words[before].text) == 1 and self.r.capital(before) and word != "i"
        if between in (". ", ".\u00a0") and (single or word in self.cues.titles_before):
            return True
        if between not in _SPACES:
            return False
        if word in self.cues.titles_before or word in self.cues.streets_before or (single and between != " "):
            return True
        if self.r.language == "ru" and word in self.cues.titles | self.cues.wholes:
            return True
        if not self.r.capital(before):
            return False
        if word in vocabulary().given and word not in self.words.functions:
            return True
        if self.r.language == "de" or word in self.cues.may_precede or word in self.words.functions:
            return False
        known = word in self.words.common or word in self.common or word in self.words.place_before
        return not (self.r.opens(before) and known)

    def _of(self, first: int) -> bool:
        """Return whether the place stands after `of` in a title or a name that a capital begins."""
        at = first - 1
        if self.r.fold(at) in _ARTICLES and self._near(at):
            at -= 1
        if at < 1 or self.r.fold(at) not in _OF or not self._near(at) or self.r.between(at - 1) not in _SPACES:
            return False
        head = at - 1
        word = self.r.fold(head)
        if word in self.cues.titles or word in self.cues.streets_before:
            return True
        capital = self.r.capital(head)
        if word in self.cues.wholes:
            return capital or self.r.language == "fr"
        if self.r.taken(head) or not capital or self.r.language == "de" or word in self.cues.may_head:
            return False
        known = word in self.words.offices or word in self.words.titles or word in self.words.functions
        return not known and not self.r.opens(head)
