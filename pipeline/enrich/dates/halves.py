"""The half of the day that an hour is of: by the part of the day that stands with it, or by what is told around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.enrich.dates.words import Pattern, one_of, words
from pipeline.enrich.dates.written import Hour

# The sentence is searched so far for words that tell the half of the day; after the time, less far.
_SENTENCE: Final = 120
_AFTER: Final = 60
_PARAGRAPH: Final = 260
PARTS: Final = ("morning", "afternoon", "evening", "night")
# What is told in a clause of its own tells nothing of the time.
_OTHER: Final = re.compile(r"\b(?:who|whose|whom|which|that|where|because|yesterday|tomorrow)\b")


@dataclass(frozen=True, slots=True)
class Halves:
    """The expressions that tell the half of the day in one language."""

    parts: tuple[tuple[str, Pattern], ...]
    cues: tuple[tuple[str, Pattern], ...]
    sitting: Pattern
    number: Pattern


@cache
def halves(language: str) -> Halves:
    """Return the expressions that tell the half of the day in a language."""
    own = words(language)
    return Halves(
        tuple((name, re.compile(rf"{own.any(name)}")) for name in PARTS),
        tuple((name, re.compile(rf"(?<!\w){own.any(name + '_cues')}(?!\w)", re.IGNORECASE)) for name in PARTS),
        re.compile(rf"(?<!\w){own.any('sittings')}(?: \w{{1,12}})? {own.any('rises')}(?!\w)"),
        re.compile(rf"(?<!\w)(?:\d|{one_of(own.hours)}(?!\w))"),
    )


def _before_next(right: str, own: Halves) -> str:
    """Return what follows a time, as far as the next number: what stands with that is of another time."""
    found = own.number.search(right)
    return right[: found.start()] if found else right


def sentence(text: str, start: int, end: int) -> tuple[str, str]:
    left = text[max(0, start - _SENTENCE) : start]
    right = text[end : end + _SENTENCE]
    for mark in ".!?;":
        left = left[left.rfind(mark + " ") + 1 :]
        right = right[: right.find(mark + " ")] if mark + " " in right else right
    return left, right


def _clock_hour(hour: int, part: str) -> int | None:
    """Return the hour of the day of an hour of the half day, in a part of the day; None if it cannot be."""
    if hour > 12:
        return hour if part in ("afternoon", "evening", "night") else None
    late = {"morning": False, "afternoon": True, "evening": True}.get(part)
    if part == "night":
        late = 6 <= hour <= 11
    if part == "evening" and hour == 12:
        return 0
    return hour % 12 + (12 if late else 0)


def _likely(hour: int) -> int:
    """Return the hour of the day that is meant where nothing tells: seven to noon in the morning, one to six after."""
    return hour if hour >= 7 or hour == 0 else hour + 12


def placed(
    text: str, start: int, end: int, hour: int, minute: int, part: str, language: str, whole_day: bool = False
) -> Hour | None:
    """Return the time with its half of the day: as the part of the day says, else as words of the sentence show."""
    if not -60 < minute < 60 or not 0 <= hour <= 24:
        return None

    def at(full: int | None, certainty: float = 0.98, evidence: str = "") -> Hour | None:
        if full is None:
            return None
        hours, minutes = divmod((full * 60 + minute) % 1440, 60)
        return Hour(start, end, hours, minutes, bool(evidence), certainty, (evidence,) if evidence else ())

    if part:
        name = next(name for name, pattern in halves(language).parts if pattern.fullmatch(part))
        # `A quarter to twelve in the morning` is before noon.
        return at(12 if minute < 0 and hour == 12 and name == "morning" else _clock_hour(hour, name))
    if hour > 12 or hour == 0:
        return at(hour % 24)
    left, right = sentence(text, start, end)
    own = halves(language)
    if hour >= 7 and hour <= 11 and own.sitting.search(left):
        return at(hour + 12, 0.75, "the end of a sitting")
    right = _before_next(right[:_AFTER], own)
    for side in (left, right):
        # The last word before the time, else the first after it.
        found = [
            ((cue.end(), -cue.start()) if side is left else (-cue.start(), 0), name)
            for name, pattern in own.cues
            for cue in pattern.finditer(side)
            if not (side is right and (name == "night" or _OTHER.search(side[: cue.start()])))
        ]
        if found:
            name = max(found)[1]
            if made := at(_with_cue(hour, name), 0.85, f"{name}, as the sentence says"):
                return made
    # What was said before in the paragraph: `In the evening I wrote. He telephoned at half past nine.`
    told = text[max(0, start - _PARAGRAPH) : start]
    cues = [(cue.start(), name) for name, pattern in own.cues for cue in pattern.finditer(told)]
    name = max(cues)[1] if cues else ""
    if name and (made := at(_with_cue(hour, name), 0.75, f"{name}, as was said before")):
        return made
    certainty = 0.85 if whole_day and hour >= 7 else 0.7
    return at(_likely(hour), certainty, "the likelier half of the day")


def _with_cue(hour: int, name: str) -> int | None:
    if name == "night":
        return hour if hour <= 5 else 0 if hour == 12 else hour + 12
    if name == "morning":
        return hour if 4 <= hour <= 12 else None
    if name == "afternoon":
        return 12 if hour == 12 else hour + 12 if hour <= 6 else None
    return 0 if hour == 12 else hour + 12 if 5 <= hour <= 11 else None
