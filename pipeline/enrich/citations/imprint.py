"""What follows a title of how it was published: editors, place, publisher and year; and all that was read after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.enrich.citations.numbers import when
from pipeline.enrich.citations.words import CAPITAL, PERSON_PLAIN, PERSON_WITH_INITIALS, WORD, one_of, words
from pipeline.wrap import Mark

_S: Final = r"[\s ]"
_THESES: Final = (
    rf"(?:(?:Ph\.?{_S}?D\.?|D\.?{_S}?Phil\.?|M\.?{_S}?A\.?|M\.?{_S}?Phil\.?|B\.?{_S}?Litt\.?|doctoral|master’s|Ed\.?D\.?){_S})?"
    rf"(?:thesis|dissertation|diss\.)|Diss\.(?:{_S}(?:phil|jur|theol|masch)\.)?|Dissertation|Habil\.(?:-Schr\.)?|Magisterarbeit"
    rf"|thèse(?:{_S}de{_S}doctorat|{_S}d’État)?|mémoire{_S}de{_S}maîtrise|[Дд]ис\.{_S}…?{_S}?(?:канд|докт)\.(?:{_S}ист\.{_S}наук)?"
)
_PLACE: Final = rf"(?:\[?{one_of('places')}\]?)(?![\w])"
_PLACES: Final = rf"{_PLACE}(?:{_S}?(?:/|&|,|;|–|-|and|und|et|и){_S}?{_PLACE})*"
_STATE: Final = (
    rf"(?:,{_S}(?:MA|CA|CT|NJ|NY|N\.Y\.|N\.J\.|Mass\.|Conn\.|Calif\.|IL|Ill\.|IN|Ind\.|D\.C\.|DC|PA|Pa\.|NC|N\.C\.))?"
)
# A place that we do not know: up to four words with capitals.
_SOMEWHERE: Final = (
    rf"{WORD}(?:(?:{_S}|-|/)(?:{WORD}|am|an|der|on|upon|sur|a\.{_S}?{CAPITAL}\.|i\.{_S}?Br\.|le|la|de)){{0,3}}"
)
_YEARS: Final = r"(?P<year>1[4-9]\d\d|20\d\d)(?!\d)(?:[–—-](?P<until>\d\d(?:\d\d)?)(?!\d))?"
_BRACKET: Final = re.compile(
    rf"{_S}?\((?P<pre>(?:\d{{1,2}}{_S}vols?\.?,{_S}|(?:\d(?:st|nd|rd|th)|rev\.){_S}edn?\.?,{_S}){{0,2}})"
    rf"(?:(?P<place>\[?{_PLACES}\]?|{_SOMEWHERE}(?:,?{_S}(?:and|und|et|&){_S}{_SOMEWHERE})?){_STATE}(?:{_S}?[:,]{_S}"
    rf"(?P<publisher>[^()\d:;]{{2,60}}?))?,?{_S}(?:repr\.{_S})?(?:\[|c\.{_S}?)?(?:{_YEARS}|n\.d\.|s\.{_S}?d\.|o\.{_S}?J\.)\]?)\)"
)
# `(unpublished PhD thesis, University of Hull, 1978)`, `(Diss. phil. Göttingen 1911)`, `(thèse, Paris, 1951)`
_THESIS: Final = re.compile(
    rf"(?:,?{_S}?\(|[,.]{_S})(?:[Uu]npubl(?:ished|\.){_S}|[Uu]ngedr\.{_S}|[Mm]asch\.{_S}|[Ii]naug\.-)?(?:(?:{_THESES}))"
    rf"(?:(?:,{_S}|{_S}|:{_S})[^()\d;]{{2,70}}?)?,?{_S}(?P<year>(?:1[89]|20)\d\d)\)?"
)
_BARE: Final = re.compile(
    rf"(?P<sep>[,.]){_S}(?P<place>{_PLACES}|{_SOMEWHERE})(?P<mid>{_S}?:{_S}?[^()\d:;,]{{2,50}}?,?|,{_S}[^()\d:;,]{{2,50}},|,)?"
    rf"{_S}{_YEARS}(?:{_S}г\.)?"
)
_EDITORS: Final = re.compile(
    rf"(?P<lead>,{_S}|\.{_S}|{_S}?/{_S}|{_S}\(|,?{_S})(?P<word>{one_of('editor')}|{one_of('translator')}){_S}"
    rf"(?P<names>(?:{PERSON_WITH_INITIALS}|{PERSON_PLAIN})"
    rf"(?:,{_S}{PERSON_WITH_INITIALS}|,?{_S}(?:and|und|et|и|&|u\.){_S}(?:{PERSON_WITH_INITIALS}|{PERSON_PLAIN})){{0,4}})"
)
_NAME: Final = re.compile(rf"(?:{PERSON_WITH_INITIALS}|{PERSON_PLAIN})")


@dataclass(slots=True)
class Tail:
    """What was read after a title: where it ends, its markup, and what kinds of things there are.

    has holds kinds: page (or another unit), volume, roman, issue, year, day, month, imprint, paper, editor, plain,
    journal (a volume with its year), back (`op. cit.`). fields are what a register wants to know.
    """

    end: int
    quoted: bool = False
    marks: list[Mark] = field(default_factory=list)
    has: set[str] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)
    editors: list[str] = field(default_factory=list)
    sure: bool = True

    @property
    def strong(self) -> bool:
        """Return whether what was read can hardly be prose."""
        return bool(self.has & {"page", "document", "column", "imprint", "journal", "paper", "volume", "back"}) or (
            len(self.has - {"sure", "plain"}) > 1
        )


def editors(text: str, tail: Tail) -> bool:
    found = _EDITORS.match(text, tail.end)
    if found is None:
        return False
    end = found.end()
    if "(" in found["lead"]:
        if text[end : end + 1] != ")":
            return False
        end += 1
    if found["word"] in words("editor") and "editor" not in tail.has:
        for name in _NAME.finditer(text, found.start("names"), found.end("names")):
            tail.marks.append(Mark(name.start(), name.end(), "editor"))
            tail.editors.append(name.group())
    tail.has.add("editor")
    tail.end = end
    return True


def imprint(text: str, tail: Tail) -> bool:
    if "imprint" in tail.has:
        return False
    found = _BRACKET.match(text, tail.end)
    if found is not None:
        _places(text, tail, found)
        tail.end = found.end()
        return True
    found = _THESIS.match(text, tail.end)
    if found is not None:
        date = when(text, found.start("year"))
        if date is not None:
            tail.marks.append(date.mark)
            tail.fields["date"] = text[date.start : date.end]
        tail.has |= {"imprint", "thesis"}
        tail.end = found.end()
        return True
    found = _BARE.match(text, tail.end)
    if found is None or (found["sep"] == "." and not _known(found["place"])):
        return False
    middle = found["mid"] or ""
    if not _known(found["place"]) and ("day" in tail.has or len(middle) > 1):
        return False
    _places(text, tail, found)
    if not _known(found["place"]):
        tail.has.discard("imprint")
        tail.has.add("place")
    tail.end = found.end()
    return True


def _known(place: str) -> bool:
    return place.strip("[]") in words("places") or _PLACES_ONLY.fullmatch(place) is not None


_PLACES_ONLY: Final = re.compile(rf"\[?{_PLACES}\]?")


def _places(text: str, tail: Tail, found: re.Match[str]) -> None:
    start, end = found.span("place")
    tail.marks.append(Mark(start, end, "pubPlace"))
    tail.fields["place"] = text[start:end]
    groups = found.groupdict()
    publisher = groups.get("publisher") or (groups.get("mid") or "").strip(" \u00a0,:")
    if publisher:
        at = text.find(publisher, end, found.end())
        tail.marks.append(Mark(at, at + len(publisher), "publisher"))
        tail.fields["publisher"] = publisher
    if groups.get("year"):
        date = when(text, found.start("year"))
        if date is not None:
            tail.marks.append(date.mark)
            tail.fields["date"] = text[date.start : date.end]
    tail.has.add("imprint")
