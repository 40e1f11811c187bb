"""The words of a passage as names of places and organisations need them, and the words that point to such names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from pipeline.enrich.names.word_index import main_language, words_of
from pipeline.enrich.stretches import Stretches
from pipeline.enrich.words import fold
from pipeline.passage import Passage
from pipeline.resources import resource

# What others have decided on: no name of ours stands in it, and none around it.
TAKEN: Final = frozenset(
    "persName bibl title orgName placeName geogName country region settlement district bloc name rs author editor "
    "publisher pubPlace idno citedRange biblScope ref speaker date time email".split()
)
_OPENERS: Final = "‘“«„\"'([{‹–—- \u00a0"
_ENDS: Final = ".!?…:;"
_QUOTES: Final = frozenset("‘“«„\"'‹")
# Elements that set a name off, as quotation marks do.
_SET_OFF: Final = ("hi", "emph", "q", "mentioned", "foreign", "soCalled")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words of one language, folded; what each list is for stands in name_cues.toml."""

    heads_last: frozenset[str]
    heads_first: frozenset[str]
    heads_double: frozenset[str]
    tails: frozenset[str]
    lower_tails: frozenset[str]
    quoted_heads: frozenset[str]
    suffixes: frozenset[str]
    not_before: frozenset[str]
    firms: frozenset[str]
    both: frozenset[str]
    ship_prefixes: frozenset[str]
    ship_prefixes_doubtful: frozenset[str]
    ships: frozenset[str]
    ships_weak: frozenset[str]
    aboard: frozenset[str]
    sea: frozenset[str]
    not_ship: frozenset[str]
    ship_of: frozenset[str]
    not_place: frozenset[str]
    stays: frozenset[str]
    stays_at: frozenset[str]
    leaves: frozenset[str]
    leaves_for: frozenset[str]
    place_of: frozenset[str]
    wholes: frozenset[str]
    titles: frozenset[str]
    titles_before: frozenset[str]
    streets_after: frozenset[str]
    streets_before: frozenset[str]
    may_follow: frozenset[str]
    may_precede: frozenset[str]
    may_head: frozenset[str]
    inside: frozenset[str]
    at: frozenset[str]
    moves: frozenset[str]
    articles: frozenset[str]
    after_adjective: frozenset[str]
    place_nouns: Mapping[str, str]
    geo_before: Mapping[str, str]
    geo_of: Mapping[str, str]
    geo_after: Mapping[str, str]
    of_heads: Mapping[str, str]
    on_board: tuple[tuple[str, ...], ...]


_RENAMED: Final = {"inside": "in", "both": "and"}
_PAIRS: Final = ("place_nouns", "geo_before", "geo_of", "geo_after", "of_heads")


@cache
def cues(language: str) -> Cues | None:
    """Return the cue words of a language (BCP 47), None where we have none."""
    table = tomllib.loads(resource("enrich/names/cues.toml").read_text(encoding="utf-8")).get(main_language(language))
    if table is None:
        return None
    values: dict[str, Any] = {
        one.name: frozenset(fold(word) for word in table.get(_RENAMED.get(one.name, one.name), "").split())
        for one in fields(Cues)
        if one.name not in (*_PAIRS, "on_board")
    }
    values |= {name: _pairs(table.get(name, "")) for name in _PAIRS}
    phrases = tuple(tuple(word.fold for word in words_of(one)) for one in table["on_board"].split("|") if one)
    return Cues(**values, on_board=phrases)


def _pairs(words: str) -> dict[str, str]:
    return {fold(left): fold(right) for left, _, right in (one.partition("=") for one in words.split())}


class Reading:
    """A passage word by word: what stands before and after each word, and what is marked already."""

    def __init__(self, passage: Passage, language: str) -> None:
        self.passage = passage
        self.text = passage.text
        self.language = main_language(language)
        self.cues = cues(self.language)
        self.words = words_of(passage.text)
        self._stretches = Stretches(passage)
        self._set_off = frozenset(one.start for one in passage.of(*_SET_OFF))
        self._whole = frozenset((one.start, one.end) for one in passage.of("hi", "emph", "mentioned"))

    def __len__(self) -> int:
        return len(self.words)

    def fold(self, place: int) -> str:
        """Return a word, folded; empty before the first and after the last."""
        return self.words[place].fold if 0 <= place < len(self.words) else ""

    def between(self, place: int) -> str:
        """Return what stands between a word and the one after it; a line end where there is none after it."""
        if not 0 <= place < len(self.words) - 1:
            return "\n"
        return self.text[self.words[place].end : self.words[place + 1].start]

    def joined(self, place: int) -> bool:
        """Return whether only white space stands between a word and the one after it."""
        return self.between(place).strip() == "" and self.between(place) != "\n"

    def capital(self, place: int) -> bool:
        """Return whether a word has a capital; none before the first and after the last has."""
        return 0 <= place < len(self.words) and self.words[place].capital

    def opens(self, place: int) -> bool:
        """Return whether a sentence, or what may be one, begins with a word."""
        at = self.words[place].start - 1
        while at >= 0 and self.text[at] in _OPENERS:
            at -= 1
        return at < 0 or self.text[at] in _ENDS

    def free(self, start: int, end: int) -> bool:
        """Return whether a stretch is clear of markup that says what it is, and of markup that it would cut."""
        return not self._stretches.touches(start, end, TAKEN) and not self._stretches.cuts(start, end)

    def taken(self, place: int) -> bool:
        """Return whether a word is part of what others have decided on."""
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        return self._stretches.touches(word.start, word.end, TAKEN)

    def whole(self, first: int, last: int) -> bool:
        """Return whether words, and nothing else, are set off by an element as titles are."""
        return (self.words[first].start, self.words[last].end) in self._whole

    def quoted(self, place: int) -> bool:
        """Return whether a quotation mark, or the edge of an element, stands right before a word."""
        at = self.words[place].start
        return at in self._set_off or self.text[at - 1 : at] in _QUOTES
