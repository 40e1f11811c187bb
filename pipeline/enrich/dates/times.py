"""Reads times of day: `11.30 a.m.`, `half past seven in the evening`, `halb acht`, `à 9 h 30`, `в 9 часов утра`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.enrich.dates.halves import PARTS, placed
from pipeline.enrich.dates.hours import bare_hour
from pipeline.enrich.dates.phrases import number, read_phrase
from pipeline.enrich.dates.words import DASH, LANGUAGES, SPACE, Pattern, one_of, tight, words
from pipeline.enrich.dates.written import Hour, left_of, next_word, stops

_S: Final = f"{SPACE}?"


@dataclass(frozen=True, slots=True)
class Forms:
    """The expressions that times are read with in one language."""

    figures: Pattern
    clock: Pattern
    phrase: Pattern
    bare: Pattern
    noon: Pattern
    midnight: Pattern
    at: Pattern
    no_time: Pattern
    noon_not: Pattern
    meetings: Pattern


@cache
def forms(language: str) -> Forms:
    """Return the expressions that times are read with in a language."""
    own = words(language)
    hour = rf"(?:{one_of(own.hours)}|1[0-2]|[1-9])(?!\d)"
    part = rf"(?:{_S}(?P<part>{own.any(*PARTS)})(?!\w))?"
    clock = own.any("clock")
    ordinals = [name for name, number in own.ordinals.items() if number <= 12]
    phrase = own.phrases[language].format(
        H=hour, W=one_of(own.hours), N=one_of(own.minutes), C=clock, D=DASH, P=SPACE, O=one_of(ordinals)
    )
    return Forms(
        re.compile(
            rf"(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?(?P<half>{_S}½)?(?!\d|[.:]\d)"
            rf"(?P<clock>{_S}{clock}(?:{_S}(?P<after>[0-5]\d)(?!\d)(?:{_S}{own.any('minute_words')}(?!\w))?)?(?P<half2>{_S}(?:1/2|½))?)?{part}(?!\w)"
        ),
        re.compile(rf"(?P<hour>{one_of(own.hours)}|\d{{1,2}}){_S}{clock}(?!\w){part}"),
        re.compile(rf"(?:{phrase}){part}"),
        re.compile(rf"(?P<hour>{one_of(own.hours)}|1[0-2]|[1-9])(?!\w|[.:]\d){part}"),
        re.compile(rf"{own.any('noon')}(?!\w)"),
        re.compile(rf"{own.any('midnight')}(?!\w)"),
        own.before("at"),
        re.compile(rf"{_S}{own.any('not_a_time')}(?!\w)"),
        re.compile(rf"{SPACE}{own.any('noon_not')}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){own.any('meetings')}(?!\w)", re.IGNORECASE),
    )


def time_at(text: str, place: int, language: str, listed: object = False) -> Hour | None:
    """Return the time of day that stands here in a language; of all languages if it is none of ours.

    listed says that it follows another time in a list (`at 10.15, 11.30 and noon`).
    """
    for one in [language] if language in LANGUAGES else LANGUAGES:
        if found := _time_at(text, place, one, bool(listed)):
            return found
    return None


_MILITARY: Final = re.compile(
    rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<unit>{SPACE}?(?:hrs?|hours|Uhr)(?!\w))?(?!\w)"
)


def military_at(text: str, place: int, language: str) -> Hour | None:
    """Return the time in four figures that stands here: `at 0430`, `at 1930 hrs`."""
    found = _MILITARY.match(text, place)
    if found is None or not (found.group("unit") or text[place] == "0"):
        return None
    if not forms(language if language in LANGUAGES else "en").at.search(left_of(text, place)):
        return None
    return Hour(place, found.end(), int(found.group("hour")), int(found.group("minute")), certainty=0.9)


def _time_at(text: str, place: int, language: str, listed: bool) -> Hour | None:
    own = forms(language)
    left = left_of(text, place)
    if re.search(r"[\w£$€№#/]$|\d[.,:–—-]$", left) or (left[-1:] in "’'-" and left[-2:-1].isalnum()):
        return None
    for pattern, hour in ((own.midnight, 0), (own.noon, 12)):
        if found := pattern.match(text, place):
            return _middle(text, place, found.end(), hour, language) or _phrase(text, place, language)
    return (
        _phrase(text, place, language)
        or _figures(text, place, left, language, listed)
        or _clock(text, place, left, language)
        or _bare(text, place, left, language)
    )


def _middle(text: str, place: int, end: int, hour: int, language: str) -> Hour | None:
    """Return noon or midnight, where the word means the time."""
    left = left_of(text, place)
    if language == "fr" and (not forms("fr").at.search(left) or _phrase(text, place, language)):
        return None
    if language == "de" and not re.search(r"(?:um|gegen|bis|nach|vor|seit|kurz vor|kurz nach) $", left):
        return None
    if language == "ru" and hour == 12 and re.search(rf"(?<!\w)[Пп]осле{SPACE}$", left):
        # `После полудня` is the afternoon.
        return None
    if text[end : end + 1] in tuple("-‑") or forms(language).noon_not.match(text, end, end + 20):
        return None
    return Hour(place, end, hour, 0)


def _figures(text: str, place: int, left: str, language: str, listed: bool) -> Hour | None:
    own = forms(language)
    found = own.figures.match(text, place)
    if found is None:
        return None
    minute, clock, part = found.group("minute"), found.group("clock"), found.group("part") or ""
    if not minute and not clock and not part:
        return None
    at = own.at.search(left) is not None
    if found.group("half") and not clock:
        return None
    if clock and not _clock_stands(text, found, at, language):
        return None
    if not clock and not part:
        train = language == "en" and re.search(rf"(?<!\w)[Tt]he{SPACE}$", left) is not None
        logged = _is_logged(text, place, found)
        if not (at or train or listed or logged) or own.no_time.match(text, found.end(), found.end() + 20):
            return None
        after = next_word(text, found.end())
        if not (
            stops(text, found.end())
            or words(language).has("goes_on", after)
            or words(language).has("goes_on", after.lower())
            or (train and after in ("train", "express"))
        ):
            return None
        if ":" in found.group() and re.search(r"[A-Z][a-z]+ $", left) and not at:
            return None
    if not clock and part and language != "en" and not minute and not at:
        return None
    minutes = int(minute or found.group("after") or (30 if found.group("half") or found.group("half2") else 0))
    if found.group("hour")[0] == "0" and not part:
        # Who writes the nought counts to twenty-four.
        return Hour(place, _clean(text, found), int(found.group("hour")), minutes)
    return placed(
        text, place, _clean(text, found), int(found.group("hour")), minutes, part, language, whole_day=bool(minute)
    )


def _is_logged(text: str, place: int, found: re.Match[str]) -> bool:
    """Return whether a sentence of a log begins with its time: `02.40, flashes to the westward.`"""
    begins = re.search(r"(?:^|[.!?;:—–]\s)$", text[max(0, place - 2) : place]) is not None
    return (
        begins
        and len(found.group("hour")) == 2
        and text[found.end() : found.end() + 1] in tuple(",.:;–—")
        and (found.group("minute") is not None and stops(text, found.end()))
    )


def _clean(text: str, found: re.Match[str]) -> int:
    """Return where a time ends: `a.m.` keeps its full stop, `h.` and `ч.` leave a sentence its own."""
    end = found.end()
    if text[end - 1] == "." and not found.group("part") and not text[end:].strip():
        return end - 1
    return end


def _clock_stands(text: str, found: re.Match[str], at: bool, language: str) -> bool:
    """Return whether hours are a time and no length of time (`pendant deux heures`, `два часа`)."""
    if language in ("en", "de") or found.group("part"):
        return True
    rest = text[found.end() : found.end() + 14]
    if re.match(r" (?:de |d[’'])", rest):
        return False
    if language == "fr":
        return at and not re.search(r"(?:après|pendant|depuis|en|de) $", found.string[: found.start()][-12:])
    return at and not re.search(r"(?:после|до|с|за|через) $", found.string[: found.start()][-12:])


def _clock(text: str, place: int, left: str, language: str) -> Hour | None:
    own = forms(language)
    found = own.clock.match(text, place)
    if found is None or not _clock_stands(text, found, own.at.search(left) is not None, language):
        return None
    hour = number(found.group("hour"), language)
    return placed(text, place, _clean(text, found), hour, 0, found.group("part") or "", language) if hour else None


def _bare(text: str, place: int, left: str, language: str) -> Hour | None:
    """Return an hour without `o’clock`: with its part of the day, or after `at` where people meet, eat or leave."""
    own = forms(language)
    found = own.bare.match(text, place)
    if found is None:
        return None
    hour, part = number(found.group("hour"), language), found.group("part") or ""
    if part:
        # German and Russian need the preposition, French has always its hours.
        alone = language == "en" and left[-1:] in ("", " ", "\u00a0", "(", "—", "–")
        if alone or (language in ("de", "ru") and own.at.search(left)):
            return placed(text, place, found.end(), hour, 0, part, language)
        return None
    if language != "en" or found.group("hour").isdigit():
        return None
    if not bare_hour(text, place, found.end(), hour, own.no_time, own.meetings):
        return None
    return placed(text, place, found.end(), hour, 0, "", language)


def _phrase(text: str, place: int, language: str) -> Hour | None:
    own = forms(language)
    found = own.phrase.match(text, place)
    if found is None:
        return None
    parts = found.groupdict()
    part = parts.get("part") or ""
    read = read_phrase(parts, language)
    if read is None:
        return None
    if parts.get("one") and not own.at.search(left_of(text, place)):
        return None
    if language in ("fr", "ru") and not part and not own.at.search(left_of(text, place)) and not parts.get("less"):
        return None
    if (
        language == "fr"
        and not _clock_stands(text, found, own.at.search(left_of(text, place)) is not None, "fr")
        and not parts.get("noon")
    ):
        return None
    if language == "en" and parts.get("minutes") and not part and not _to_hour(text, found):
        return None
    if parts.get("noon") or parts.get("noonhour") or parts.get("twelve"):
        hour, minute = divmod((read[0] * 60 + read[1]) % 1440, 60)
        return Hour(place, found.end(), hour, minute)
    return placed(text, place, found.end(), *read, part, language)


def _to_hour(text: str, found: re.Match[str]) -> bool:
    """Return whether `five to twelve` is a time, not a chance or a score."""
    minutes = tight(found.group("minutes"))
    told = re.search(rf"{SPACE}min", found.group()) is not None or words("en").minutes[minutes] % 5 == 0
    if not told or "quarter" in minutes:
        return told
    left = left_of(text, found.start())
    if re.search(r"(?:chances?|odds|bet|betting|wager)(?!\w)", left):
        return False
    if re.search(rf"(?:was|is|struck|clock|now){SPACE}$", left):
        return True
    return forms("en").at.search(left) is not None and not re.search(rf"(?<!\w)(?:by|from|to){SPACE}$", left)


def starters() -> frozenset[str]:
    """Return the first words of what this reads, beside figures."""
    names: set[str] = {"half", "a", "halb", "drei", "dreiviertel", "viertel", "без", "половина", "половине", "половину"}
    names |= {"пол", "четверть", "час", "часу"}
    for language in LANGUAGES:
        own = words(language)
        names |= {*own.hours, *own.minutes, *own.lists["noon"], *own.lists["midnight"]}
    first = {re.match(r"[^\W\d_]+", name) for name in names}
    return frozenset(one.group().lower() for one in first if one) | {"½", "¼", "¾"}
