"""What stands before the imprint and the numbers of a citation: cues, authors, and what can be a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.enrich.citations.quotes import QUOTES, quoted
from pipeline.enrich.citations.words import (
    CAPITAL,
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
# Not `S. Roe`, where `s.` is `see`.
_SAYS: Final = frozenset(form for word in words("see") for form in (word, word[0].upper() + word[1:])) - {"S.", "V."}
_CONJUNCTIONS: Final = ("and", "und", "et", "sowie", "и", "or", "oder", "ou", "y")
_SEE: Final = re.compile(
    rf"[\s ,;:.–—(\[]*(?:{either((*_SAYS, *filter(str.islower, words('into')), *_CONJUNCTIONS, 'the'))}[:,]?{_S}+)?"
)
_INTO: Final = re.compile(rf"(?:{one_of('into')}){_S}(?:the{_S})?")
_MIDDLE: Final = re.compile(
    rf"(?:[\s (]{either((*_SAYS, *words('into'), 'his', 'her', 'their', 'the'))}:?{_S}|:{_S}|,{_S}|[’']s?{_S}"
    rf"|[–—]{_S}|[(\[])(?=[‘“«„\"'(]?{CAPITAL}|[‘“«„\"])"
)
_STOP: Final = re.compile(rf"(?P<word>[\w’'-]{{1,30}})[.!?…][»”’\")\]]*{_S}(?=[«“‘„\"(\[]?{CAPITAL})|;{_S}")
_EDITED: Final = re.compile(rf"{_S}\({one_of('edited')}\)[,:]?{_S}")
_JOIN: Final = re.compile(rf"(?:,?{_S}(?:and|und|et|и|&){_S}|,{_S}|/)")
_AFTER_AUTHOR: Final = re.compile(rf",{_S}|:{_S}|\.?{_S}(?=[‘“«„])")
_EDITED_WORDS: Final = re.compile(rf"{_S}(?:et al\.|u\. ?a\.|и др\.)")
_PEOPLE: Final = tuple(re.compile(one) for one in (PERSON_INVERTED, PERSON_WITH_INITIALS, PERSON_PLAIN))
_ABBREVIATED: Final = (
    frozenset(
        {
            word.rstrip(".").rsplit(" ", 1)[-1]
            for key in (
                *UNITS,
                *"volume issue editor translator edited edition series see cited papers_numbers".split(),
            )
            for word in words(key)
            if word.endswith(".")
        }
    )
    | word_set("abbreviations")
    | frozenset(
        "Mr Mrs Ms Dr St Prof Gen Col Capt Lt Maj Sgt Adm Rev Hon Jr Sr Co Ltd Bros Inc Messrs Mme Mlle no hist".split()
    )
)
_SMALL: Final = word_set("small") | word_set("articles")
_PROSE: Final = frozenset(word.rstrip(".,") for word in words("prose"))
_TOKEN: Final = re.compile(r"[\w][\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Head:
    """Authors as stretches, where the title begins, and whether they are edited volumes' (they stand outside)."""

    authors: tuple[tuple[int, int], ...]
    title: int
    editors: bool = False
    initials: bool = False
    colon: bool = False


def stops(text: str) -> list[int]:
    """Return the places where a sentence or a citation can begin, the first character included."""
    found = [0]
    inside = _titles(text)
    for stop in _STOP.finditer(text):
        word = stop["word"]
        if any(first < stop.start() and stop.end() <= last for first, last in inside):
            continue
        if word is not None and word.isdecimal() and _A_MONTH.match(text, stop.end()):
            continue
        if word is not None and (
            (len(word) == 1 and word.isalpha())
            or word in _ABBREVIATED
            or (len(word) < 3 and word[0].isupper() and word.isalpha())
        ):
            continue
        found.append(stop.end())
    return found


def _titles(text: str) -> list[tuple[int, int]]:
    """Return where titles in quotation marks stand after an author, which a full stop within does not end."""
    found = []
    for opened in _OPENED.finditer(text):
        close = quoted(text, opened.end())
        if close > 0 and (text[close : close + 1] == "," or text[close - 2] == "," or _GOES_ON.match(text, close)):
            found.append((opened.end(), close))
    return found


_OPENED: Final = re.compile(rf"(?<=[\w.’)]){_S}?[,:]{_S}(?=[‘“«„\"])|(?<=[A-ZА-Я]\.){_S}(?=[«„])")
_GOES_ON: Final = re.compile(rf"{_S}(?:\(|//|in{_S}|In{_S}|dans{_S}|{CAPITAL})")
_A_MONTH: Final = re.compile(MONTH)


def starts(text: str, begin: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield where a citation can begin between two places, and whether something says that it begins there."""
    at = begin
    for _ in range(6):
        cue = _SEE.match(text, at, end)
        if cue is None or cue.end() == at:
            break
        at = cue.end()
    into = _INTO.match(text, at, end)
    first = [at] if into is None else [at, into.end()]
    for one in first:
        if one < end and (text[one].isupper() or text[one] in QUOTES or text[one].isdigit()):
            yield one, True
    seen = set(first)
    within: dict[int, bool] = {}
    for count, middle in enumerate(_MIDDLE.finditer(text, max(begin - 1, 0), end)):
        if count < 40:
            word = middle.group().strip(" \u00a0(:,")
            # `Letters and Papers` is one title.
            if word in ("and", "et", "и") and _CAPITALISED.search(text[max(0, middle.start() - 30) : middle.start()]):
                continue
            if word == "the" and _CAPITALISED_OF.search(text[max(0, middle.start() - 36) : middle.start()]):
                continue
            within.setdefault(middle.end(), word in _CUES or (middle.group()[0] in ":([" and not word))
    # An author with initials begins a citation wherever a sentence leads to it (`a memoir is R. Roe, Ice and Men`).
    for named in _NAMED.finditer(text, begin, end):
        within[named.end()] = True
    yield from ((one, sure) for one, sure in sorted(within.items()) if one not in seen and one < end)


_CUES: Final = _SAYS | word_set("into")
_CAPITALISED: Final = re.compile(rf"(?:^|[\s (]){CAPITAL}[\w’'-]*$")
_CAPITALISED_OF: Final = re.compile(rf"(?:^|[\s (]){CAPITAL}[\w’'-]*{_S}(?:of|for|to|and)$")
_NAMED: Final = re.compile(rf"(?<=[a-zа-яß-ÿ,]){_S}(?={PERSON_WITH_INITIALS},{_S}[‘“«„\"]?{CAPITAL})")


def heads(text: str, at: int, end: int) -> list[Head]:
    """Return the ways to read authors at a place, the likeliest first; the last has none."""
    found: list[Head] = []
    for pattern in _PEOPLE:
        head = _authors(text, at, end, pattern)
        if head is not None:
            found.append(head)
    return [*found, Head((), at)]


def _authors(text: str, at: int, end: int, pattern: re.Pattern[str]) -> Head | None:
    first = pattern.match(text, at, end)
    if first is None:
        return None
    people = [first.span()]
    inverted = pattern is _PEOPLE[0]
    while len(people) < 4:
        joint = _JOIN.match(text, people[-1][1], end)
        after = None
        if joint is not None:
            after = pattern.match(text, joint.end(), end) or (_PEOPLE[1].match(text, joint.end(), end))
        if after is None or (joint is not None and joint.group().strip() == "," and not _more(text, after.end(), end)):
            break
        if (
            pattern is _PEOPLE[2]
            and _AFTER_AUTHOR.match(text, after.end(), end) is None
            and _EDITED.match(text, after.end(), end) is None
        ):
            break
        people.append(after.span())
    last = people[-1][1]
    others = _EDITED_WORDS.match(text, last, end)
    last = others.end() if others is not None else last
    edited = _EDITED.match(text, last, end)
    if edited is not None:
        return Head(tuple(people), edited.end(), editors=True, initials=True)
    lead = _AFTER_AUTHOR.match(text, last, end)
    if lead is not None:
        plain = pattern is _PEOPLE[2]
        return Head(tuple(people), lead.end(), initials=not plain, colon=plain and lead.group()[0] == ":")
    written = text[at:last]
    if inverted and text[last : last + 1] in " \u00a0" and "," not in written and _SEVERAL.search(written):
        # `Зима Л. К. Воспоминания`: the initial's full stop is all there is between.
        return Head(tuple(people), last + 1, initials=True)
    return None


# Two initials, or Cyrillic ones: `Rufus K. Hale` is no family name and an initial.
_SEVERAL: Final = re.compile(r"[А-ЯЁ]\.$|\.[\s ]?[A-Z][a-z]?\.$")


def _more(text: str, at: int, end: int) -> bool:
    """Return whether after a name in a list of authors another follows, with `and`."""
    joint = _JOIN.match(text, at, end)
    return joint is not None and joint.group().strip() != ","


# Before a capital these are words of a title: `A Borough and its Beasts`.
_OWN: Final = frozenset("its his her their our my since".split())
_A_DATE: Final = re.compile(rf"(?:\d{{1,2}}\.?{_S})?{MONTH}(?:{_S}\d{{1,4}})?|[\d–-]+|[IVXLC]{{2,}}(?:{_S}\(\d+\))?")


def case_of(title: str) -> str:
    """Return how a title is written: "title" (capitals but for small words), "mixed", or "prose" if it is none."""
    tokens = _TOKEN.findall(title)
    if not tokens or len(tokens) > 30 or not (title[:1].isupper() or title[:1].isdigit()):
        return "prose"
    followed = {token for token, after in pairwise(tokens) if after[:1].isupper()}
    small = _SMALL | (_OWN & followed)
    lower = [token for token in tokens[1:] if token[:1].islower() and token.rstrip(".") not in small]
    if _A_DATE.fullmatch(title):
        return "prose"
    if title.count("(") != title.count(")") or tokens[-1] in _SMALL:
        return "prose"
    if re.search(r"[«“„‘]", title) and title[-1:] in "»”’“":
        return "prose"
    if not lower:
        return "title"
    if any(token.rstrip(".") in _PROSE for token in lower):
        return "prose"
    if re.search(rf"[’']s{_S}[a-z]|\bthe{_S}[a-z]+{_S}[a-z]", title):
        return "prose"
    return "mixed"


_NAME_IN: Final = re.compile(
    rf"(?:{PERSON_WITH_INITIALS}|(?:[\w’'-]+{_S})?[\w’'-]+){_S}(?:in|In|bei|dans|в){_S}(?=[‘“«„\"]?[\s ]?{CAPITAL})"
)
_INITIALS_IN: Final = re.compile(rf"{PERSON_WITH_INITIALS}{_S}(?:in|bei|dans|в){_S}(?=[‘“«„\"]?[\s ]?{CAPITAL})")


def after_name(text: str, at: int, end: int, hard: bool) -> int:
    """Return where a title begins that an author is named before in a sentence (`B. Roe in Ice and Men`)."""
    led = _LED_TO.search(text[max(0, at - 8) : at])
    if led is not None and (by := _BY_NAME.match(text, at, end)) is not None and not _EDITOR_OF.search(text, at, end):
        return by.end()
    found = (_INITIALS_IN if hard else _NAME_IN).match(text, at, end)
    return found.end() if found is not None else at


# `examined by Lois Roe in ‘Ice’`, `so Roe, in Ice and Men, p. 5`
_LED_TO: Final = re.compile(rf"(?:^|[\s (;,:])(?:by|von|par|so|[Ss]o{_S}auch|thus|nach|selon|bei){_S}$")
_BY_NAME: Final = re.compile(
    rf"(?:{PERSON_WITH_INITIALS}|{PERSON_PLAIN}),?{_S}(?:in|In|bei|dans|в)(?:{_S}(?:his|her|their|the))?{_S}"
    rf"(?=[‘“«„\"]?{CAPITAL})"
)
_EDITOR_OF: Final = re.compile(rf"\({one_of('edited')}\)")


def run_of_capitals(text: str, begin: int, end: int) -> int:
    """Return where the words begin that end at a place and are written as a title is; end if the last is not."""
    start = end
    for token in reversed(list(_TOKEN.finditer(text, begin, end))):
        word = token.group()
        if not (word[:1].isupper() or word[:1].isdigit() or word in _SMALL):
            break
        gap = text[token.end() : start] if start < end else ""
        if gap.strip(" \u00a0&–-:’'") and start < end:
            break
        start = token.start()
    return next((token.start() for token in _TOKEN.finditer(text, start, end) if token.group()[:1].isupper()), end)
