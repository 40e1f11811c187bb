"""All citations of a text in order: shelf marks, works, and words that point back to one cited before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.enrich.citations.holding import parts
from pipeline.enrich.citations.parts import Citation, Fields
from pipeline.enrich.citations.shelf import Shelf, shelves
from pipeline.enrich.citations.tail import read_tail
from pipeline.enrich.citations.words import CAPITAL, PERSON_WITH_INITIALS, WORD, one_of
from pipeline.enrich.citations.works import Reading, works
from pipeline.wrap import Mark

_S: Final = r"[\s ]"

_NAME_BEFORE: Final = re.compile(rf"(?:^|[\s ;(])(?P<name>{PERSON_WITH_INITIALS}|(?:v[oa]n{_S}|de{_S})?{WORD}),?{_S}$")
# What may be the end of a title rather than a name.
_TITLED: Final = re.compile(rf"(?:{CAPITAL}[\w’'-]*|[’”»“]|,|[a-zß-ÿ]{{2,20}}(?:isch|sch|lich)en?){_S}$")
_BACK: Final = re.compile(rf"(?<![\w.])(?:(?P<ibid>{one_of('back')})|(?P<cited>{one_of('cited')}))(?!\w)")


def find(
    text: str,
    sigla: frozenset[str] = frozenset(),
    titles: frozenset[str] = frozenset(),
    italics: Sequence[tuple[int, int]] = (),
) -> list[Citation]:
    """Return the citations of a text; they do not overlap.

    sigla and titles are those of the register as written; italics the stretches set apart from the text.
    """
    held = shelves(text, sigla)
    reading = Reading(text, dict(italics), titles)
    back = [one for one in _pointing_back(text) if not any(s.start <= one.start < s.end for s in held)]
    found = [_archival(one) for one in held]
    taken = sorted((one.start, one.end) for one in [*found, *(one for one in back if one.back == "ibid")])
    cited = list(works(reading, taken))
    laws = list(_laws(text))
    every = sorted([*found, *back, *laws, *cited], key=lambda one: (one.start, -one.end))
    kept: list[Citation] = []
    for one in every:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


# `2 & 3 Will. IV, c. 45`, `Poor Relief Act, 1847, 10 & 11 Vict., c. 7`
_LAW: Final = re.compile(
    rf"(?:(?P<act>(?:{WORD}{_S}(?:\({WORD}\){_S}|(?:of|and|for|to|the|etc\.|&){_S}){{0,3}}){{1,7}}Act)(?P<sep>,?{_S}(?:\()?)"
    rf"(?P<year>1[2-9]\d\d)(?P<two>\)?,?{_S}\(?))?"
    rf"(?P<reign>\d{{1,2}}(?:{_S}?(?:&|and|[–-]){_S}?\d{{1,2}})?{_S}(?:Geo|Vict|Will|Wm|Edw|Eliz|Jac|Jas|Car|Chas|Anne|Hen|Ric|Ph)"
    rf"\.?(?:{_S}[IVX]{{1,4}}|{_S}\d)?(?:{_S}(?:&|and){_S}Mary)?),?{_S}(?:st(?:at)?\.{_S}\d,{_S})?(?:cap|ch|c)\.{_S}?(?P<n>\d{{1,3}})(?P<end>\)?)"
)


_LEAD: Final = re.compile(rf"(?:See|By|Under|[Tt]he|In|Cf\.){_S}")


def _laws(text: str) -> Iterator[Citation]:
    """Yield the acts that are cited by the year of a reign and chapter."""
    for law in _LAW.finditer(text):
        named = law["act"] is not None
        start, last = law.span("act" if named else "reign")
        while (
            named and (word := re.compile(rf"(?:See|By|Under|[Tt]he|In|Cf\.){_S}").match(text, start, last)) is not None
        ):
            start = word.end()
        marks = [Mark(start, last, "title", (("level", "m"),))]
        if named:
            marks.append(Mark(*law.span("year"), "date", (("when", law["year"]),)))
        number = (("unit", "chapter"), ("from", law["n"]), ("to", law["n"]))
        marks.append(Mark(*law.span("n"), "citedRange", number))
        end = law.end("end") if named and "(" in law["two"] else law.end("n")
        fields = Fields(title=text[start:last], level="m", date=law["year"] or "")
        yield Citation(start, end, tuple(marks), fields, "title", 0.95, ("law",))


def _archival(shelf: Shelf) -> Citation:
    fields = Fields(org=shelf.org, collection=shelf.collection, mark=shelf.mark)
    evidence = tuple(dict.fromkeys(dict(mark.attributes).get("type", mark.name) for mark in shelf.marks))
    certainty = 0.97 if shelf.sure else 0.85
    return Citation(shelf.start, shelf.end, tuple(shelf.marks), fields, "archival", certainty, evidence)


def _pointing_back(text: str) -> list[Citation]:
    found: list[Citation] = []
    done = 0
    for word in _BACK.finditer(text):
        tail = read_tail(text, word.end(), back=True)
        if tail is not None and tail.has & {"imprint", "editor", "paper"}:
            tail = None
        end = tail.end if tail is not None else word.end()
        marks = tuple(tail.marks) if tail is not None else ()
        held = parts(text, word.end()) if word["ibid"] and word.group()[:4].lower() == "ibid" else None
        if held is not None and held.end > end:
            end, marks = held.end, held.marks
        back = "ibid" if word["ibid"] else "cited"
        start, fields = word.start(), Fields()
        # `For the contrary Pell, op. cit.`: in the midst of a sentence the name before is the author.
        name = _NAME_BEFORE.search(text[done:start]) if word["cited"] else None
        if name is not None and not _TITLED.search(text[done : done + name.start("name")]):
            first, last = done + name.start("name"), done + name.end("name")
            fields, start = Fields(authors=(text[first:last],)), first
            marks = (Mark(first, last, "author"), *marks)
        found.append(Citation(start, end, marks, fields, "points back", 0.95, (word.group(),), back))
        done = end
    return found
