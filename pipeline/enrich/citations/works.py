"""Works cited in a text: each found by what follows its title, and taken apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.enrich.citations.head import Head, after_name, case_of, heads, run_of_capitals, starts, stops
from pipeline.enrich.citations.imprint import Tail
from pipeline.enrich.citations.parts import Citation
from pipeline.enrich.citations.quotes import quoted
from pipeline.enrich.citations.tail import read_tail
from pipeline.enrich.citations.title import SIGLUM, Title, back_to, certainty_of, composed, level_of
from pipeline.enrich.citations.words import (
    MONTH,
    PERSON_INVERTED,
    PERSON_PLAIN,
    PERSON_WITH_INITIALS,
    UNITS,
    either,
    one_of,
    word_set,
    words,
)

_S: Final = r"[\s ]"
_WINDOW: Final = 360
_LABELS: Final = either(word for unit in (*UNITS, "volume", "issue") for word in words(unit))
_ANCHOR: Final = re.compile(
    rf"(?<![\w.])(?:{_LABELS}){_S}?(?:\d|[IVXLCivxlc]{{1,8}}(?!\w))"
    rf"|(?<={_S})\([^()]{{0,90}}?(?<!\d)(?:1[4-9]|20)\d\d[^()]{{0,8}}\)"
    rf"|(?<=,{_S})(?:1[5-9]|20)\d\d(?:[–-]\d{{1,4}})?,{_S}[IVXLC]{{1,8}}(?!\w)"
    rf"|(?<=,{_S})(?:s\.{_S}?v\.|sub{_S}voce|Art\.|art\.){_S}[‘“„«]"
    rf"|(?<=\.{_S})(?:1[5-9]|20)\d\d\.{_S}(?:№|Т\.|Вып\.|С\.|Кн\.|No\.|T\.|S\.|vyp\.)"
    rf"|(?<={_S})//{_S}"
    rf"|(?<=[,.]{_S}){one_of('places')}(?:,|{_S}?:[^:;,()\d]{{2,50}},?|,[^:;,()\d]{{2,40}},)?{_S}(?:1[4-9]|20)\d\d"
    rf"|(?<![\w.])(?:{one_of('papers_numbers')}){_S}\d"
    rf"|(?<![\w.])(?:{one_of('cited')})"
    rf"|(?<={_S})\d{{1,2}}\.?(?:[–-]\d{{1,2}})?{_S}{MONTH}{_S}(?:1[4-9]|20)\d\d"
    rf"|(?<=,{_S}){MONTH}{_S}\d{{1,2}},{_S}(?:1[4-9]|20)\d\d"
    rf"|(?<={_S})\d{{1,4}}(?:[/.]\d{{1,3}})?(?:,{_S}no\.|{_S}?\(\d|:{_S}?\d)"
    rf"|(?<=[,’”]{_S})\d{{1,4}}(?:[–-]\d{{1,4}})?(?=[.;)]|$)"
)
_SEPARATOR: Final = re.compile(
    rf"(?<=[^\s ,;(])(?:,{_S}|\.{_S}|{_S}(?=[(\d/№]|vol|Bd|t\.|no\.|S\.|p)|{_S}(?=[IVXL]+{_S}?\()|{_S}(?={_LABELS}))"
)
_CONTAINER: Final = re.compile(rf"(?:,?{_S}(?:in|In|dans|in:|In:){_S}|{_S}//{_S}|,?{_S})")
_IN_BOOK: Final = re.compile(rf"(?:,{_S}in:?{_S}|,{_S}dans{_S}|\.{_S}[Ii]n:{_S}|{_S}//{_S})")


@dataclass(slots=True)
class Reading:
    """A text with what was found out about it: where sentences begin, what stands after each place, what is italic."""

    text: str
    italics: Mapping[int, int] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    stops: list[int] = field(default_factory=list)
    tails: dict[tuple[int, bool], Tail | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stops = stops(self.text)

    def tail(self, at: int, in_quotes: bool = False) -> Tail | None:
        """Return what stands after a title that ends at a place."""
        key = (at, in_quotes)
        if key not in self.tails:
            self.tails[key] = read_tail(self.text, at, in_quotes)
        return self.tails[key]


def works(reading: Reading, taken: Sequence[tuple[int, int]]) -> Iterator[Citation]:
    """Yield the works cited outside the stretches that are taken (shelf marks), in order."""
    text = reading.text
    ends = [end for _, end in taken]
    begins = [start for start, _ in taken]
    done = 0
    for anchor in _ANCHOR.finditer(text):
        place = anchor.start()
        if place < done:
            continue
        number = bisect_right(begins, place)
        if number and place < ends[number - 1]:
            continue
        begin = max(done, ends[number - 1] if number else 0, place - _WINDOW)
        begin = max(begin, reading.stops[bisect_right(reading.stops, max(place - 3, 0)) - 1])
        limit = begins[number] if number < len(begins) else len(text)
        least = max(done, ends[number - 1] if number else 0, place - _WINDOW)
        found = _work(reading, _past_bracket(text, begin, place), place)
        found = _longer(reading, least, begin, place, found) or found
        if found is not None and found.end <= limit:
            yield found
            done = found.end


def _longer(reading: Reading, least: int, begin: int, place: int, found: Citation | None) -> Citation | None:
    """Return a citation whose title has a full stop or a question mark in it, where an author with initials leads it.

    `E. Roe, Beamte im Umbruch. Verwaltung in Hessen, Darmstadt 1987, S. 4` begins before its last sentence.
    """
    if found is not None and (found.fields.authors or found.start > begin + 4):
        return None
    number = bisect_right(reading.stops, begin) - 2
    if number < 0 or reading.stops[number] < least or reading.text[begin - 2] not in ".?!":
        return None
    for start, _ in starts(reading.text, reading.stops[number], begin):
        if not (named := _LEADS.match(reading.text, start, begin)):
            continue
        inner = reading.text[named.end() : begin - 2]
        if case_of(inner) == "prose" or re.search(r"\d|[,;(]", inner):
            continue
        longer = _begun(reading, start, place, True)
        asked = reading.text[begin - 2] == "?"
        if longer is not None and longer.start < begin and (longer.fields.authors or found is None or asked):
            return longer
    return None


_NEXT: Final = re.compile(rf"{PERSON_WITH_INITIALS},{_S}")
_LEADS: Final = re.compile(rf"{PERSON_WITH_INITIALS}(?:,{_S}|{_S}in{_S})")


def _past_bracket(text: str, begin: int, place: int) -> int:
    opened = text.rfind("(", begin, place)
    return opened + 1 if opened >= 0 and text.find(")", opened, place) < 0 else begin


def _work(reading: Reading, begin: int, place: int) -> Citation | None:
    for count, (start, hard) in enumerate(starts(reading.text, begin, place)):
        if count > 24:
            break
        found = _begun(reading, start, place, hard)
        if found is not None:
            return found
    return _in_prose(reading, begin, place)


def _begun(reading: Reading, start: int, place: int, hard: bool) -> Citation | None:
    """Return the citation that begins at a place and whose numbers are those at another."""
    text = reading.text
    start = after_name(text, start, place, hard)
    choices = heads(text, start, place)
    if len(choices) > 1 and choices[0].initials:
        choices = [one for one in choices if one.authors and one.initials]
    else:
        # A family name alone may be a title itself; a title with a comma is what is left.
        choices = [choices[-1], *choices]
    for head in choices:
        cited = reading.tail(head.authors[-1][1]) if head.authors and not head.editors else None
        sigla = head.authors and SIGLUM.fullmatch(text[slice(*head.authors[0])])
        if cited is not None and "back" in cited.has and cited.end > place and not sigla:
            return back_to(text, head, cited)
    for number, head in enumerate(choices):
        if head.authors and text[slice(*head.authors[0])] in word_set("sigla"):
            continue
        if head.authors and not head.initials and _NEXT.match(text, head.title):
            continue
        title = _title(reading, head.title, place, bool(head.authors))
        if title is None:
            continue
        if head.colon and not _GERMAN.search(text, title.end, title.tail.end):
            # `Lloyd George: A Life` is a title.
            continue
        if not head.authors and _misread(text, title, number, len(choices)):
            continue
        certainty = certainty_of(text, head, title, hard, text[title.start : title.end] in reading.known)
        if certainty:
            return composed(text, head, title, certainty)
    return None


def _misread(text: str, title: Title, number: int, count: int) -> bool:
    """Return whether a reading without an author takes an author, or prose, for a part of the title."""
    name = text[title.start : title.end]
    if title.container is not None or title.level == "a":
        return number == 0 and count > 1 and "," in name and quoted(text, title.start) != title.end
    before, colon, _ = name.partition(": ")
    if colon and _GERMAN.search(text, title.end, title.tail.end) and (" " in before or "\u00a0" in before):
        # Not `Hafenrecht: Eine Studie`, but what stands before the colon is a name or a sentence.
        return before.istitle() or case_of(before) != "title" or _NAME.fullmatch(before) is not None
    if number == 0 and count > 1:
        return (
            "," in name
            or "place" in title.tail.has
            or (count > 2 and "imprint" in title.tail.has and "(" not in text[title.end : title.end + 2])
        )
    return "," in name and (title.case != "title" or _DATED.search(name) is not None or SIGLUM.search(name) is not None)


_NAME: Final = re.compile(rf"{PERSON_WITH_INITIALS}|{PERSON_PLAIN}")
# `Karl Brandt: Die Revolution in Baden, S. 5`: what follows tells whose habit it is to put a colon there.
_GERMAN: Final = re.compile(r"\b(?:S|Bd|Bde|Aufl|Bl|Nr|Hrsg|hrsg)\.")
_DATED: Final = re.compile(rf",{_S}\d|\d{{4}},")


def _title(reading: Reading, at: int, place: int, authored: bool) -> Title | None:
    text = reading.text
    close = quoted(text, at)
    if close > 0:
        return _article(reading, at, close, place)
    italic = reading.italics.get(at, 0)
    if italic and (tail := reading.tail(italic)) is not None and tail.end > place:
        return Title(at, italic, level_of(tail, text[at:italic], authored), tail)
    between = _IN_BOOK.search(text, at, place + 4)
    if between is not None and case_of(text[at : between.start()]) != "prose":
        held = _held_in(reading, at, between.start(), between.end(), place)
        if held is not None:
            return held
    for separator in _SEPARATOR.finditer(text, at + 1, place + 1):
        end = separator.start()
        tail = reading.tail(end)
        if tail is None or tail.end <= place:
            continue
        title = text[at:end]
        tail, end = _with_years(text, end, tail)
        title = text[at:end]
        case = case_of(title)
        if (
            _LATE_NAME.search(title)
            or (not authored and _NAME_WITHIN.search(title))
            or _LATER.search(title)
            or (text[end] == ":" and "back" in tail.has)
        ):
            return None
        if (
            case == "prose"
            or _DATED_IN.search(title)
            or (title.rstrip(".").lower() in _NO_TITLES and not (authored and title in _ALSO_TITLES))
        ):
            return None
        return Title(at, end, level_of(tail, title, authored), tail, case=case)
    return None


_ALSO_TITLES: Final = frozenset("Notes Diary Documents".split())
# What leads to a name with initials is no title: `О нём: Зима Л. К. Воспоминания`.
_LATE_NAME: Final = re.compile(rf":{_S}{PERSON_INVERTED}{_S}|:{_S}{PERSON_WITH_INITIALS},")
_NAME_WITHIN: Final = re.compile(rf",{_S}{PERSON_WITH_INITIALS},{_S}[‘“«„]")
# A life goes on in lower case after its years: `Channel Fleet, 1794–1802, author of …`.
_LATER: Final = re.compile(rf"\d{{4}}(?:[–-]\d{{2,4}})?,{_S}(?:author|later|then|afterwards|his|her|dann|puis|auteur)")
_DATED_IN: Final = re.compile(rf",{_S}\d{{1,2}}\.?{_S}{MONTH}")


def _with_years(text: str, end: int, tail: Tail) -> tuple[Tail, int]:
    """Return what follows a title and its end, years between commas being a part of it (`Letters, 1930–1939, ed.`)."""
    first = tail.marks[0] if tail.marks else None
    if first is None or first.name != "date" or first.start > end + 2:
        return tail, end
    if SIGLUM.search(text[max(0, end - 12) : end]) or not tail.has & {"imprint", "page", "document", "number"}:
        return tail, end
    if dict(first.attributes).get("to") is None or text[first.end : first.end + 1] not in (",", " "):
        return tail, end
    return replace(tail, marks=tail.marks[1:]), first.end


_NO_TITLES: Final = frozenset(
    word.rstrip(".").lower()
    for key in ("see", "into", "back", "cited", "articles", "volume", "page")
    for word in words(key)
) | frozenset("note notes entry diary above below part page chapter volume document documents see also".split())


def _article(reading: Reading, at: int, close: int, place: int) -> Title | None:
    """Return a title in quotation marks, with the journal or book that it is in."""
    text = reading.text
    if not any(mark.isalnum() for mark in text[at:close]):
        return None
    tail = reading.tail(close, in_quotes=True)
    if tail is not None and tail.end > place:
        book = "imprint" in tail.has and not tail.has & {"journal", "issue"}
        return Title(at, close, "m" if book else "a", tail)
    lead = _CONTAINER.match(text, close)
    return _held_in(reading, at, close, lead.end(), place) if lead is not None else None


def _held_in(reading: Reading, at: int, close: int, inner: int, place: int) -> Title | None:
    """Return an article's title and the title of the journal or book that begins at inner."""
    text = reading.text
    editors: tuple[tuple[int, int], ...] = ()
    for head in heads(text, inner, place):
        if head.editors:
            editors, inner = head.authors, head.title
            break
    ends = [one.start() for one in _SEPARATOR.finditer(text, inner + 1, min(len(text), inner + 160))]
    for end in ends:
        tail = reading.tail(end, in_quotes=True)
        if tail is None or tail.end <= place or not tail.strong:
            continue
        name = text[inner:end]
        if case_of(name) == "prose" and quoted(text, inner) != end:
            return None
        return Title(at, close, "a", tail, (inner, end), editors)
    return None


def _in_prose(reading: Reading, begin: int, place: int) -> Citation | None:
    """Return a citation whose title is the words with capitals at the end of a sentence."""
    text = reading.text
    for separator in _SEPARATOR.finditer(text, begin + 1, place + 1):
        end = separator.start()
        tail = reading.tail(end)
        if tail is None or tail.end <= place:
            continue
        start = run_of_capitals(text, begin, end)
        if start >= end:
            return None
        moved = after_name(text, start, end, hard=bool(re.search(r"[’']s?[\s ]$", text[max(begin, start - 3) : start])))
        title = Title(moved, end, level_of(tail, text[moved:end], False), tail, case=case_of(text[moved:end]))
        if title.case != "title" or text[moved:end].rstrip(".").lower() in _NO_TITLES:
            return None
        certainty = certainty_of(text, Head((), moved), title, hard=False, known=text[moved:end] in reading.known)
        short = len(text[moved:end].split()) < 2 and not SIGLUM.fullmatch(text[moved:end])
        return composed(text, Head((), moved), title, certainty) if certainty and not short else None
    return None
