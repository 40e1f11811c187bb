"""Reads years, decades, seasons and feasts: `in 1919`, `1928–29`, `the ’nineties`, `the summer of 1918`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final

from pipeline.enrich.dates.almanac import Point, easter, orthodox_easter, range_end, season
from pipeline.enrich.dates.days import YEAR
from pipeline.enrich.dates.words import (
    APOSTROPHE,
    DASH,
    SPACE,
    Pattern,
    amounts,
    beside,
    imprint,
    numbered,
    one_of,
    tight,
    words,
)
from pipeline.enrich.dates.written import EITHER, SPAN, Written, left_of, next_word, stops

_S: Final = f"{SPACE}?"
# Years this far before and after the entry are years without a preposition, too.
_BEFORE: Final = 160
_AFTER: Final = 100
_LONGEST: Final = 130


# `d. 1959` in a life; in `op. 4, d. 1959` it is a file of an archive.
_DIED: Final = re.compile(rf"(?:^|[,;(–—]{SPACE}?|[^\W\d_]{SPACE})d\.{SPACE}$")
_FILE: Final = re.compile(rf"(?:op|f|d)\.{SPACE}?\d{{1,5}},?{SPACE}d\.{SPACE}$")


@dataclass(frozen=True, slots=True)
class Forms:
    """The expressions that years are read with, in all languages at once."""

    year: Pattern
    years: Pattern
    open_years: Pattern
    worded: Pattern
    opener: Pattern
    choice: Pattern
    decade: Pattern
    french_decade: Pattern
    short_decade: Pattern
    named_decade: Pattern
    season: Pattern
    feast: Pattern
    feast_in: Pattern
    easter: Pattern
    before_year: Pattern
    about: Pattern
    sure: Pattern
    feast_before: Pattern
    christ: Pattern
    decade_article: Pattern


@cache
def forms() -> Forms:
    """Return the expressions that years are read with."""
    every = words()
    word = rf"(?:{DASH}(?:й|го|му|м|е|х)(?!\w))?(?:{_S}{every.any('year_words')}(?!\w))?"
    after_decade = [word for word in every.lists["decade_after"] if word[-1] != "s"]
    named_decade = [word for word in after_decade if len(word) > 3]
    several = r"(?![\d\w]|[.,]\d)"
    span = rf"(?P<first>1\d{{3}}|20\d\d)\??{_S}(?P<mark>{DASH}|/){_S}(?P<last>\d{{4}}|\d\d?)"
    easters = (
        rf"(?P<name>{one_of(every.easter)})(?!\w),?{SPACE}(?:{every.any('season_of')}{SPACE})?(?P<year>{YEAR}){word}"
    )
    in_year = rf"(?:,?{SPACE}(?:{every.any('season_of')}{SPACE})?(?P<year>{YEAR}){word})?"
    return Forms(
        re.compile(rf"(?P<first>{YEAR}){word}"),
        re.compile(rf"{span}{several}{word}"),
        re.compile(rf"(?P<first>{YEAR}){_S}[–—](?={_S}[)\],;]|{_S}$)"),
        re.compile(rf"(?P<first>{YEAR}){SPACE}{every.any('to', 'and')}{SPACE}(?P<mark>)(?P<last>{YEAR}){word}"),
        every.before("between", "from"),
        re.compile(rf"(?P<first>{YEAR}){SPACE}{every.any('or')}{SPACE}(?P<last>{YEAR}){word}"),
        re.compile(rf"(?P<first>1\d\d0|20\d0)(?:{APOSTROPHE}?s|{one_of(after_decade)})(?!\w)"),
        re.compile(rf"années{SPACE}(?P<first>1\d\d0|20\d0|\d0)(?![\d\w])"),
        re.compile(rf"{APOSTROPHE}?(?P<first>\d0)(?:{APOSTROPHE}?s|{one_of(named_decade)})(?!\w)"),
        re.compile(rf"(?:{APOSTROPHE}|eighteen{DASH}|nineteen{DASH})?(?P<name>{one_of(every.decades)})(?:{SPACE}(?:Jahren?|Jahre))?(?!\w)"),
        re.compile(
            rf"(?P<name>{one_of(every.seasons)})(?!\w)(?:{SPACE}(?:{every.any('season_of')}))?{SPACE}"
            rf"(?:{span}{several}|(?P<year>{YEAR})){word}"
        ),
        re.compile(rf"(?P<name>{one_of(every.feasts)})(?!\w){in_year}"),
        re.compile(rf"(?P<name>{one_of(every.feasts_in)})(?!\w){in_year}"),
        re.compile(easters),
        every.before("year_in", "doubt"),
        every.before("doubt"),
        every.before("year_sure"),
        every.before("feast_in"),
        every.after("before_christ"),
        re.compile(rf"(?<!\w){every.any('decade_before')}(?:{SPACE}|{APOSTROPHE}|{DASH})$", re.IGNORECASE),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where a text is read: its language (empty if none of ours), a year near it, if it is a note."""

    language: str = ""
    near: int = 0
    note: bool = False


def _near(year: int, setting: Setting, before: int = _BEFORE) -> bool:
    near = setting.near
    return near - before <= year <= near + _AFTER if near else 1400 <= year <= 2050


def _is_number(text: str, start: int, end: int) -> bool:
    """Return whether what is beside a number makes it no year: money, pages, shelf marks, amounts, addresses."""
    left, right = left_of(text, start), text[end : end + 3]
    died = _DIED.search(left) is not None and _FILE.search(left) is None
    if (numbered().search(left) and not died) or forms().christ.match(text, end, end + 20):
        return True
    if left and (
        left[-1].isalnum()
        or left[-1] in "£$€№§#@_°"
        or (re.search(r"\d[.,:/–—-]$|\w[-/_.]$", left) and not re.search(rf"\bmid{DASH}$", left))
    ):
        return True
    if right and (right[0] == "%" or re.match(r"[/:]\w|[.,]\d|[-‑]\w|°|½", right)):
        return True
    # `FO 1934`, `F7 1934`: the mark of an archive.
    if re.search(r"(?:^|[\s,(])(?:[A-ZА-Я]{2,6}|[A-Z]{1,3}\d{1,3})[ \u00a0]$", left):
        return re.search(r"(?:^|[\s,(])AD[ \u00a0]$", left) is None
    if beside("streets").match(text, end, end + 40):
        return True
    return words().has("units", next_word(text, end))


def _stands(text: str, start: int, end: int, year: int, setting: Setting) -> float:
    """Return how certain a number of four figures is a year; 0 if it is none."""
    if _is_number(text, start, end):
        return 0.0
    left = left_of(text, start)
    shut = stops(text, end)
    after = next_word(text, end)
    goes_on = shut or words().has("goes_on", after) or words().has("goes_on", after.lower())
    if amounts().search(left) or (setting.note and _is_imprint(text, start, end)):
        return 0.0
    if goes_on and re.search(rf"(?<!\d)(?:1\d{{3}}|20\d\d),{SPACE}$", left) and _near(year, setting, 700):
        # One of a list of years.
        return 0.9
    if text[end - 1].isalpha() or text[end - 1] == ".":
        # `1934 г.` says itself that it is a year.
        return 0.98
    if forms().sure.search(left):
        if _near(year, setting, 1000):
            return 0.95 if goes_on else 0.85
        return 0.0
    if not _near(year, setting, 700 if setting.note else _BEFORE):
        # `John Pell was by 1473 in no condition to write`, long before the entry.
        told = forms().before_year.search(left) and goes_on and after not in ("to", "or", "of") and year % 10
        return 0.75 if told and _near(year, setting, 700) else 0.0
    if forms().before_year.search(left):
        return 0.92 if goes_on else 0.8 if _near(year, setting, 60) and year % 100 and after[:1].islower() else 0.0
    if setting.language == "en" and words("en").before("adjective").search(left) and _near(year, setting, 100):
        # `the 1832 Act`, `his 1934 diary`; `the 1832 prisoners` may be so many.
        return 0.75 if after[:1].isupper() or (after.islower() and after[-1] != "s" and not goes_on) else 0.0
    told = re.search(rf"[,;]{SPACE}$", left) and after.islower() and (setting.language != "en" or after[-2:] == "ed")
    if setting.note and told and year % 100 and _near(year, setting):
        # A life: `1919 nach Ebrach gebracht, 1924 entlassen`.
        return 0.75
    if not _near(year, setting) or not goes_on:
        return 0.0
    bracketed = left[-1:] in ("(", "[") or left[-2:] in (", ", "; ", "– ", "— ", ": ", "* ", "† ") or left[-1:] in "*†"
    if bracketed and shut:
        return 0.9
    if left[-1:] in " \u00a0" and (setting.note or setting.language != "en" or shut) and year % 100:
        return 0.75
    return 0.0


def _is_imprint(text: str, start: int, end: int) -> bool:
    """Return whether a year belongs to a citation: `1939, XXII/1`, `(London, 1970), p. 9`, `1906. № 3`."""
    if imprint().match(text, end, end + 24):
        return True
    place = re.search(r"\(([^\W\d_])[^()\d]{1,40},? $", left_of(text, start))
    return place is not None and place.group(1).isupper() and text[end : end + 1] == ")"


def year_at(text: str, place: int, setting: Setting) -> Written | None:
    """Return the year, the years or the decade in figures that stand here."""
    own = forms()
    if found := own.decade.match(text, place):
        first = int(found.group("first"))
        if _near(first, setting, 700) and not numbered().search(left_of(text, place)):
            return _decade(place, found.end(), first, 0.97)
        return None
    if found := own.years.match(text, place):
        return _years(text, found, setting)
    if (found := own.worded.match(text, place)) and own.opener.search(left_of(text, place)):
        return _years(text, found, setting)
    if found := own.choice.match(text, place):
        first, last = int(found.group("first")), int(found.group("last"))
        if 0 < last - first < 30 and not _is_number(text, place, found.end()):
            if last == first + 1:
                return Written(place, found.end(), Point(first), Point(last), EITHER, "year", certainty=0.9)
            if _near(first, setting, 700) and not amounts().search(left_of(text, place)):
                return Written(place, place + 4, Point(first), rule="year", certainty=0.85)
    if (found := own.open_years.match(text, place)) and not _is_number(text, place, place + 4):
        return Written(place, found.end(), Point(int(found.group("first"))), Point(), SPAN, "year", certainty=0.8)
    if found := own.year.match(text, place):
        year = int(found.group("first"))
        certainty = _stands(text, place, found.end(), year, setting)
        if certainty:
            about = own.about.search(left_of(text, place)) is not None
            evidence = ("about this year, as the text says",) if about else ()
            return Written(
                place, found.end(), Point(year), rule="year", certainty=min(certainty, 0.75) if about else certainty,
                evidence=evidence,
            )  # fmt: skip
    return None


def _years(text: str, found: re.Match[str], setting: Setting) -> Written | None:
    first = int(found.group("first"))
    last = range_end(first, found.group("last"))
    slash = found.group("mark") == "/"
    if not first < last <= first + _LONGEST or last > 2099 or (slash and last != first + 1):
        return None
    if _is_number(text, found.start(), found.end()) or not _near(first, setting, 700):
        return None
    if len(found.group("last")) == 1 and last - first > 9:
        return None
    return Written(found.start(), found.end(), Point(first), Point(last), SPAN, "years", certainty=0.95)


def _decade(start: int, end: int, first: int, certainty: float, evidence: str = "") -> Written:
    return Written(
        start, end, Point(first), Point(first + 9), SPAN, "decade",
        certainty=certainty, evidence=(evidence,) if evidence else (),
    )  # fmt: skip


_SHORT: Final = re.compile(r"(?P<year>\d\d)(?![\w’'‘]|[–—-]\w)")


def short_year_at(text: str, place: int, setting: Setting) -> Written | None:
    """Return the year whose century is not written: `in ’48`; place is that of its figures."""
    found = _SHORT.match(text, place)
    if found is None or not setting.near or text[place - 1 : place] not in tuple("’'‘ʼ"):
        return None
    if not words().before("year_in").search(left_of(text, place - 1)):
        return None
    year = setting.near // 100 * 100 + int(found.group("year"))
    year -= 100 if year > setting.near else 0
    return Written(place - 1, found.end(), Point(year), rule="year", certainty=0.8, evidence=("the last such year",))


def decade_at(text: str, place: int, setting: Setting) -> Written | None:
    """Return the decade that stands here without its century: `the ’nineties`, `die zwanziger Jahre`, `30-е годы`."""
    own = forms()
    left = left_of(text, place)
    if text[place - 1 : place] in tuple("’'ʼ‘") and left[-2:-1] in ("", " ", "\u00a0", "(", "“"):
        place -= 1
        left = left[:-1]
    if (found := own.french_decade.match(text, place)) and len(found.group("first")) == 4:
        return _decade(place, found.end(), int(found.group("first")), 0.95)
    if found := own.french_decade.match(text, place):
        tens, marked = int(found.group("first")), True
    elif found := own.short_decade.match(text, place):
        tens = int(found.group("first"))
        marked = text[place] in "’'ʼ‘" or text[found.end() - 1] != "s"
        if not marked and not re.search(rf"(?<!\w)the(?:{SPACE}(?:early|late))?{SPACE}$", left):
            return None
    elif found := own.named_decade.match(text, place):
        tens = 10 * (words().decades[found.group("name")] + 2)
        name = found.group("name")
        if name in words("de").decades and not re.search("Jahren?$", found.group()):
            return None
        marked = text[place] in "’'ʼ‘" or name not in words("en").decades
        if not marked and not re.search(
            rf"(?<!\w)(?:the|early|late|\w{{2,9}}s{SPACE}(?:and|or))(?:{SPACE}|{DASH})$", left
        ):
            return None
        if not marked and not (stops(text, found.end()) or words("en").has("goes_on", next_word(text, found.end()))):
            return None
    else:
        return None
    if not setting.near:
        return None
    first = setting.near // 100 * 100 + tens
    first -= 100 if first > setting.near else 0
    return _decade(place, found.end(), first, 0.8 if marked else 0.7, "the last such decade that had begun")


def season_at(text: str, place: int) -> Written | None:
    """Return the season with its year that stands here."""
    found = forms().season.match(text, place)
    if found is None:
        return None
    number = words().seasons[found.group("name")]
    if found.group("year"):
        first, last = season(number, int(found.group("year")))
    else:
        year = int(found.group("first"))
        first, last = season(number, year, range_end(year, found.group("last")))
        if not 0 < (last.year or 0) - year < 30:
            return None
    return Written(place, found.end(), first, last, SPAN, "season", certainty=0.95)


# Of a saint, but no day: `rue de la Saint-André`.
_PLACE: Final = re.compile(
    rf"(?<!\w)(?:rue|place|porte|quai|pont|faubourg|église|chapelle|abbaye|hôpital|bourg|île|paroisse){SPACE}de{SPACE}$",
    re.IGNORECASE,
)


def feast_at(text: str, place: int) -> Written | None:
    """Return the feast that stands here: those of a fixed day, and with a year also those that move with Easter."""
    if found := forms().easter.match(text, place):
        return _moving(found)
    every = words()
    bare = False
    found = forms().feast.match(text, place)
    day = every.feasts[tight(_name(found, every.feasts))] if found else ""
    if found is None:
        found = forms().feast_in.match(text, place)
        if found is None:
            return None
        left = left_of(text, place)
        bare = not forms().feast_before.search(left) and not found.group("year")
        if bare and not re.search(
            rf"(?:&|and|und|et|и|between|zwischen|entre|между|from)(?:{SPACE}(?:the|la|den|dem))?{SPACE}$", left
        ):
            return None
        german = found.group("name") in words("de").feasts_in and next_word(text, found.end()).islower()
        if not (german or stops(text, found.end()) or next_word(text, found.end()) in every.lists["goes_on"]):
            return None
        day = every.feasts_in[tight(_name(found, every.feasts_in))]
    if beside("feast_parts").match(text, found.end(), found.end() + 40):
        return None
    year = int(found.group("year")) if found.group("year") else None
    month, number = (int(part) for part in day.split("-"))
    if found.group("name").startswith("la "):
        if _PLACE.search(left_of(text, place)):
            return None
        place += len("la ")
    eastern = tight(found.group("name")) in words("ru").feasts
    return Written(
        place, found.end(), Point(year, month, number), rule="feast", julian=eastern, bare=bare,
        certainty=0.75 if eastern else 0.9,
        evidence=("the feast’s day, by the church’s calendar" if eastern else "the feast’s day",),
    )  # fmt: skip


def _name(found: re.Match[str], names: dict[str, str]) -> str:
    name = tight(found.group("name"))
    if name not in names:
        name = re.sub(r"^(?:St\.|Saint) ", "St ", name)
    return name


def _moving(found: re.Match[str]) -> Written | None:
    name, year = tight(found.group("name")), int(found.group("year"))
    if year < 1583:
        return None
    eastern = name in words("ru").easter
    day = (orthodox_easter(year) if eastern else easter(year)) + timedelta(days=words().easter[name])
    return Written(
        found.start(), found.end(), Point(day.year, day.month, day.day), rule="easter", certainty=0.75,
        evidence=(f"reckoned from Easter of {year}",),
    )  # fmt: skip


def starters() -> frozenset[str]:
    """Return the first words of what this reads, beside figures."""
    every = words()
    names = (*every.seasons, *every.decades, *every.feasts, *every.feasts_in, *every.easter, "eighteen", "nineteen")
    first = {re.match(r"[^\W\d_]+", name) for name in names}
    return frozenset(one.group() for one in first if one) | {"Saint", "St"}
