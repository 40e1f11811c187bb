"""What stands before the imprint and the numbers of a citation: cues, authors, and what can be a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.citation_words import (
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
_SAYS: Final = frozenset(form for word in words("see") for form in (word, word[0].upper() + word[1:]))
_SEE: Final = re.compile(
    rf"[\s ,;:.–—(\[]*(?:{either((*_SAYS, *filter(str.islower, words('into')), 'the'))}[:,]?{_S}+)?"
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
_QUOTES: Final = {"‘": "’", "“": "”", "«": "»", "„": "“”", '"': '"', "'": "'", "‚": "‘’"}
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
    for stop in _STOP.finditer(text):
        word = stop["word"]
        if word is not None and (
            (len(word) == 1 and word.isalpha())
            or word in _ABBREVIATED
            or (len(word) < 3 and word[0].isupper() and word.isalpha())
        ):
            continue
        found.append(stop.end())
    return found


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
        if one < end and (text[one].isupper() or text[one] in _QUOTES or text[one].isdigit()):
            yield one, True
    seen = set(first)
    for count, middle in enumerate(_MIDDLE.finditer(text, max(begin - 1, 0), end)):
        if middle.end() not in seen and middle.end() < end and count < 40:
            seen.add(middle.end())
            word = middle.group().strip(" \u00a0(:,")
            yield middle.end(), word in _CUES or (middle.group()[0] in ":([" and not word)


_CUES: Final = _SAYS | word_set("into")


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


def quoted(text: str, at: int) -> int:
    """Return where a title in quotation marks ends that begins at a place; -1 if none does."""
    closers = _QUOTES.get(text[at : at + 1], "")
    if not closers:
        return -1
    depth = 1
    for place in range(at + 1, min(len(text), at + 300)):
        mark = text[place]
        if mark == text[at] and mark not in closers:
            depth += 1
        elif mark in closers:
            # An apostrophe stands in a word, or ends a plural before the next.
            inside = mark in "’'" and text[place + 1 : place + 2].isalnum() and text[place - 1].isalnum()
            plural = mark in "’'" and text[place - 1] == "s" and re.match(r"[\s ][a-z]", text[place + 1 : place + 3])
            if inside or plural:
                continue
            depth -= 1
            if depth == 0:
                return place + 1
    return -1


_A_DATE: Final = re.compile(rf"(?:\d{{1,2}}\.?{_S})?{MONTH}(?:{_S}\d{{1,4}})?|\d+")


def case_of(title: str) -> str:
    """Return how a title is written: "title" (capitals but for small words), "mixed", or "prose" if it is none."""
    tokens = _TOKEN.findall(title)
    if not tokens or len(tokens) > 30 or not (title[:1].isupper() or title[:1].isdigit()):
        return "prose"
    lower = [token for token in tokens[1:] if token[:1].islower() and token.rstrip(".") not in _SMALL]
    if _A_DATE.fullmatch(title):
        return "prose"
    if title.count("(") != title.count(")") or tokens[-1] in _SMALL:
        return "prose"
    if re.search(r"[«“„‘]", title) and title[-1:] in "»”’“":
        return "prose"
    if not lower:
        return "title"
    if any(token.rstrip(".") in _PROSE for token in tokens[1:]):
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
    found = (_INITIALS_IN if hard else _NAME_IN).match(text, at, end)
    return found.end() if found is not None else at


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
