"""All citations of a text in order: shelf marks, works, and words that point back to one cited before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.enrich.citation_parts import Citation, Fields
from pipeline.enrich.citation_shelf import Shelf, shelves
from pipeline.enrich.citation_tail import read_tail
from pipeline.enrich.citation_words import one_of
from pipeline.enrich.citation_works import Reading, works

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
    every = sorted([*found, *back, *cited], key=lambda one: (one.start, -one.end))
    kept: list[Citation] = []
    for one in every:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _archival(shelf: Shelf) -> Citation:
    fields = Fields(org=shelf.org, collection=shelf.collection, mark=shelf.mark)
    evidence = tuple(dict.fromkeys(dict(mark.attributes).get("type", mark.name) for mark in shelf.marks))
    certainty = 0.97 if shelf.sure else 0.85
    return Citation(shelf.start, shelf.end, tuple(shelf.marks), fields, "archival", certainty, evidence)


def _pointing_back(text: str) -> list[Citation]:
    found: list[Citation] = []
    for word in _BACK.finditer(text):
        tail = read_tail(text, word.end())
        if tail is not None and tail.has & {"imprint", "editor", "paper"}:
            tail = None
        end = tail.end if tail is not None else word.end()
        marks = tuple(tail.marks) if tail is not None else ()
        back = "ibid" if word["ibid"] else "cited"
        found.append(Citation(word.start(), end, marks, Fields(), "points back", 0.95, (word.group(),), back))
    return found
