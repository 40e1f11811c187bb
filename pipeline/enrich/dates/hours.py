"""English hours without `o’clock`: `at nine`, `until ten`, `at the House by four`, `from seven to eleven`.

A number in words is a time where a preposition of time stands before it and the clause ends or goes on without a noun
that it counts; never where things are measured, valued, scored or counted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.enrich.dates.halves import sentence
from pipeline.enrich.dates.words import DASH, SPACE, Pattern, one_of, words
from pipeline.enrich.dates.written import left_of, next_word, stops

_ABOUT: Final = rf"(?:{SPACE}(?:about|nearly|almost|exactly|precisely|punctually|just|past|only|latest))?"
# What follows a time, not what is counted.
_GOES_ON: Final = frozenset(
    "and or but when while with in on by for from as because so that after before till until if I he she it we they "
    "the to this yesterday tomorrow sharp precisely punctually exactly without only every each all not there my his "
    "came our her their Mr Mrs Miss Dr Sir Lord Lady today tonight".split()
)
_NO_COUNT: Final = frozenset("and or but when while with in on for as I he she we they it sharp precisely".split())
# Where a number after `at` or `by` is a measure, a price, a score or an age.
_MEASURES: Final = re.compile(
    r"(?<!\w)(?:valued?|put|estimated?|reckon(?:ed|s)?|stood|stands?|sold|priced|prices?|offered|bought|fixed|aged?|rated?|"
    r"computed|assessed|laid|remain(?:s|ed)|counted|numbers?|numbered|rose|risen|fell|fallen|increased|reduced|raised|grew|"
    r"lowered|divided|multiplied|exceeded|outnumbered|majority|votes?|voted|carried|beat|beaten|won|lost|defeated|wickets?|"
    r"runs|goals|score|points|odds|killed|wounded|dead|deaths|cases|feet|inches|miles|per|cent|children|square|wide|deep|"
    r"long|high|broad|quorum|rate|percent|interest|lived|lives|lodged|lodges|premium|insured|scale|degrees)(?!\w)"
)
# What stands before `by` where it is by an hour, not by so many people.
_BY: Final = re.compile(
    rf"(?:(?<!\w)(?:home|here|there|back|over|out|up|down|in|off|done|ready|dressed|away|gone|town|asleep|aboard|abed|bed|"
    rf"begin|finish|come|return|leave|arrive|start|be|again|ashore|empty|full|quiet|dark|light|shut|open|clear|water|"
    rf"[Aa]nd|[Bb]ut)|(?<!\w)[Tt]he{SPACE}[A-Z]\w{{1,20}}|"
    rf"(?<!\w)(?:at|in|on|to|out of){SPACE}(?:the|my|his|her|our|their){SPACE}\w{{1,20}}|[,;:—–(“‘.]){SPACE}$|^$"
)


@cache
def _forms() -> tuple[Pattern, Pattern, Pattern, Pattern]:
    own = words("en")
    hour = rf"(?:{one_of(own.hours)})"
    to = rf"(?:to|till|until|{DASH})"
    return (
        re.compile(
            rf"(?<!\w)(?P<word>[Aa]t|[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore|[Ss]ince|{own.any('strikes')}){_ABOUT}{SPACE}$"
        ),
        re.compile(rf"(?<!\w)[Ff]rom{SPACE}$|(?<!\w)[Bb]etween{SPACE}$"),
        re.compile(rf"{SPACE}(?:{to}|and){SPACE}{hour}(?!\w)"),
        re.compile(rf"(?<!\w)(?:[Ff]rom{SPACE}{hour}{SPACE}{to}|[Bb]etween{SPACE}{hour}{SPACE}and){SPACE}$"),
    )


def bare_hour(text: str, start: int, end: int, hour: int, no_time: Pattern, meetings: Pattern) -> bool:
    """Return whether a number from one to twelve in words is an hour of the day; no_time is what it may count."""
    if no_time.match(text, end, end + 20):
        return False
    left = left_of(text, start)
    before, opens, then, closes = _forms()
    before_it, after_it = sentence(text, start, end)
    shut = stops(text, end)
    following = next_word(text, end)
    soon = bool(following) and words("en").after("soon").match(text, end, end + 20) is not None
    measured = _MEASURES.search(before_it[-60:]) is not None or _MEASURES.match(after_it.strip()) is not None
    if closes.search(left):
        return (shut or following in _NO_COUNT) and not measured
    if opens.search(left) and (rest := then.match(text, end, end + 24)):
        after = rest.end()
        return (stops(text, after) or next_word(text, after) in _NO_COUNT) and not measured
    found = before.search(left)
    if found is None:
        return False
    word = found.group("word").lower()
    meets = meetings.search(before_it + " " + after_it) is not None
    goes_on = shut or soon or following in _GOES_ON
    if word not in ("at", "by", "until", "till", "before", "since"):
        # What a clock struck.
        return goes_on
    if not goes_on or (measured and not soon):
        return False
    if meets and word == "at":
        return True
    if hour == 1:
        # `At one with`, `by one`, `before one`.
        return soon or (shut and word == "at" and meets)
    if word == "by":
        return (shut or following in _NO_COUNT) and _BY.search(left[: found.start()]) is not None
    if word in ("before", "since"):
        return shut and meets
    return shut or soon or (following in _NO_COUNT if word != "at" else following in _GOES_ON)
