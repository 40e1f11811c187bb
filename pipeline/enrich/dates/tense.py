"""Whether a day is told as past or to come: by the preposition before it and the nearest verb of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.enrich.dates.words import Pattern, words
from pipeline.enrich.dates.written import left_of

_CLAUSE: Final = 140
_ENGLISH_PAST: Final = r"|\b[a-z]{3,20}ed\b"
_GERMAN_PAST: Final = r"|\b(?:ge|ver|er|be)[a-zäöüß]{2,20}t\b"
# `shall be sent`, `are to be reduced`, `moved that they be sent`, `promised to`, `thought by Lady Day`; what a verb
# in the present goes on with (`are putting up`).
_ENGLISH_FUTURE: Final = (
    r"\b(?:will|shall|would|must|(?:am|is|are|was|were) to|about to|ready to)(?! have\b)"
    r"(?: not)?(?: be)?(?: [a-z]{2,20})?"
    r"|\bto be [a-z]{2,20}|\bthat (?:[\w’]{1,20} ){1,5}be\b(?: [a-z]{2,20})?"
    r"|\b(?:thought|hoped|hopes|promised|promises|undertook|undertakes|proposed|proposes|insisted|insists|engaged|"
    r"offered|offers|wished|wishes|wants|agreed|resolved|decided)(?= (?:to|by|before|on [a-z]{3,20}ing)\b)"
    r"|\b(?:am|is|are|[’']m|[’']re) (?:[a-z]{2,12}ly )?[a-z]{2,20}ing\b(?: [a-z]{2,20}ed)?|"
)
# What is said of a day to come, between commas, of something that has come since: `the boat, due on the 17th, came in`.
_OVERDUE: Final = re.compile(
    r",? (?:(?:now|at last|only|has|have|had) ){0,2}"
    r"(?:came|come|arrived|appeared|landed|got in|turned up|is here|reached)\b"
)


_REPORTED: Final = frozenset(
    "told warned asked promised fixed said announced heard informed invited settled ordered arranged agreed assured "
    "begged advised requested hat habe haben ist bin a ai ont est sont".split()
)


@cache
def _cues(language: str) -> tuple[Pattern, Pattern, Pattern, Pattern, Pattern]:
    own = words(language)
    english = language in ("en", "")
    verbs = _ENGLISH_PAST if english else _GERMAN_PAST if language == "de" else ""
    return (
        re.compile(rf"(?<!\w){own.any('past')}(?!\w){verbs}"),
        re.compile(rf"{_ENGLISH_FUTURE if english else ''}(?<!\w){own.any('future')}(?!\w)"),
        own.before("past_before"),
        own.before("future_before"),
        own.before("part_of"),
    )


@dataclass(frozen=True, slots=True)
class Tense:
    """Whether a date is told as past (sign below 0) or to come (above 0), the words that show it, and whether a
    preposition before it looks ahead (`by the 20th`) or back (`since the 20th`)."""

    sign: int = 0
    shown: str = ""
    ahead: bool = False
    before: bool = False

    @property
    def reported(self) -> bool:
        """Return whether the verb only says that something was said (`told`), or is one of the present (`bin`)."""
        return not self.before and self.shown in _REPORTED


def tense(text: str, start: int, end: int, language: str, spanned: bool = False) -> Tense:
    """Return how a date is told.

    Words directly before the date weigh as much as the nearest verb of its clause; before a span of time (`from 3 to
    5 May`) they tell nothing.
    """
    past, future, past_before, future_before, part_of = _cues(language)
    left = text[max(0, start - _CLAUSE) : start]
    right = text[end : end + 60]
    for mark in (". ", "! ", "? ", "; ", "… "):
        left = left[left.rfind(mark) + 1 :]
        right = right[: right.find(mark)] if mark in right else right
    weight, shown, ahead = 0, "", False
    near = left_of(text, start)
    if _OVERDUE.match(right) and "," in right[:1]:
        return Tense(-1, "it has come")
    sides = [near]
    if part := part_of.search(near):
        sides.append(near[: part.start()])
    if not spanned:
        if found := next((one for side in sides if (one := future_before.search(side))), None):
            weight, shown, ahead = 1, found.group().strip(), True
        elif found := next((one for side in sides if (one := past_before.search(side))), None):
            weight, shown = -1, found.group().strip()
    for side, order in ((left, -1), (right, 0)):
        verbs = [(one, -1) for one in past.finditer(side)] + [(one, 1) for one in future.finditer(side)]
        if verbs:
            verb, sign = sorted(verbs, key=lambda one: (one[0].end(), one[1]))[order]
            # `They are to be reduced from the 20th` is to come; `a letter from the 20th` is not.
            weight = 0 if sign > 0 and shown == "from" else weight
            return Tense(weight + sign, shown or verb.group(), ahead, weight < 0)
    return Tense(weight, shown, ahead, weight < 0)
