"""Where a stretch of the TEI's reading stands in the source: character by character, through the ledger.

The characters that the ledger keeps are, white space aside, those of the TEI, in the same order. Where an editor has
changed the text since, the words on both sides of the change are still found.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Final

from lxml import etree

from pipeline.ledger import Fate
from pipeline.review.origin import SourceSide
from pipeline.review.reading import Place, Reading, units

# Of a changed stretch that is longer than this (in words) on either side, no places are told.
_LONGEST: Final = 6_000
_SPACE: Final = " \t\r\n"
Span = tuple[int, int, int]


def _strings(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the strings of an element with the element that each stands in, in order."""
    if not isinstance(element.tag, str):
        return
    if element.text:
        yield element, element.text
    for child in element:
        yield from _strings(child)
        if child.tail:
            yield element, child.tail


class Alignment:
    """One side of an entry in TEI and in its source."""

    def __init__(self, reading: Reading, side: int, source: SourceSide) -> None:
        self._reading = reading
        self._source = source
        ordinals: dict[int, list[int]] = {}
        marks: list[str] = []
        owners: dict[etree._Element, int] = {}
        parts: set[int] = set()
        before = -1
        for element, text in _strings(reading.sides[side]):
            owner = self._owner(element, owners)
            own = ordinals.setdefault(owner, [])
            if owner != before:
                parts.add(len(marks))
            before = owner
            for mark in text:
                if mark in _SPACE:
                    parts.add(len(marks))
                    continue
                own.append(len(marks))
                marks.append(mark)
        self._ordinals = ordinals
        self._offsets = self._aligned("".join(marks), parts)
        self._counted: dict[int, list[int]] = {}
        self._columns = [units(line.text) for line in source.lines]

    def _owner(self, element: etree._Element, known: dict[etree._Element, int]) -> int:
        """Return the item that holds the text of an element; -1 where none does."""
        way: list[etree._Element] = []
        at: etree._Element | None = element
        found = -1
        while at is not None:
            if at in known:
                found = known[at]
                break
            way.append(at)
            if at in self._reading.number:
                found = self._reading.number[at]
                break
            at = at.getparent()
        known.update(dict.fromkeys(way, found))
        return found

    def _aligned(self, there: str, parts: set[int]) -> list[int]:
        """Return for each character of the TEI its offset in the source, -1 where it has none."""
        pane = self._source.pane
        offsets: list[int] = []
        for account in self._source.accounts:
            if account.fate is Fate.KEPT:
                offsets += (
                    offset
                    for offset in range(account.start, account.end)
                    if pane.text[offset - pane.start] not in _SPACE
                )
        here = "".join(pane.text[offset - pane.start] for offset in offsets)
        if here == there:
            return offsets
        begins = {at for at, offset in enumerate(offsets) if at and offset != offsets[at - 1] + 1}
        return _matched(here, there, offsets, begins, parts)

    def spans(self, place: Place) -> list[Span]:
        """Return a place as stretches of the source: the line (from 0), and its columns in units of UTF-16."""
        own = self._ordinals.get(place.item, [])
        before = self._before(place.item)
        if len(own) != before[-1]:
            return []
        first, last = before[place.start], before[place.end]
        whole = place.start == place.end
        chosen = own if whole and not place.start else own[first : first + 1 if whole else last]
        offsets = sorted(offset for one in chosen if (offset := self._offsets[one]) >= 0)
        return list(self._lines(offsets))

    def _before(self, item: int) -> list[int]:
        """Return for each place in an item's text how many characters that are no space stand before it."""
        if item not in self._counted:
            text = self._reading.items[item].text
            self._counted[item] = list(accumulate((mark not in _SPACE for mark in text), initial=0))
        return self._counted[item]

    def _lines(self, offsets: list[int]) -> Iterator[Span]:
        lines = self._source.lines
        text, base = self._source.pane.text, self._source.pane.start
        number = 0
        runs: list[list[int]] = []
        for offset in offsets:
            while number + 1 < len(lines) and lines[number + 1].start <= offset:
                number += 1
            if runs and runs[-1][0] == number and not text[runs[-1][2] - base : offset - base].strip():
                runs[-1][2] = offset + 1
            else:
                runs.append([number, offset, offset + 1])
        for line, start, end in runs:
            column = self._columns[line]
            yield line, column(start - lines[line].start), column(end - lines[line].start)


def _matched(here: str, there: str, offsets: list[int], parts_here: set[int], parts_there: set[int]) -> list[int]:
    """Return offsets for a text that was changed: what begins and ends alike is told at once, the rest word by word.

    parts are the places where words begin.
    """
    shorter = min(len(here), len(there))
    first = next((at for at in range(shorter) if here[at] != there[at]), shorter)
    last = next((at for at in range(shorter - first) if here[-1 - at] != there[-1 - at]), shorter - first)
    ours = _words(here, first, len(here) - last, parts_here)
    theirs = _words(there, first, len(there) - last, parts_there)
    told = [*offsets[:first], *([-1] * (len(there) - first - last)), *offsets[len(offsets) - last :]]
    if not last:
        told = told[: len(there)]
    if len(ours) > _LONGEST or len(theirs) > _LONGEST:
        return told
    matcher = SequenceMatcher(None, [word for _, word in ours], [word for _, word in theirs], autojunk=False)
    for block in matcher.get_matching_blocks():
        for (mine, word), (its, _) in zip(
            ours[block.a : block.a + block.size], theirs[block.b : block.b + block.size], strict=True
        ):
            told[its : its + len(word)] = offsets[mine : mine + len(word)]
    return told


def _words(text: str, start: int, end: int, parts: set[int]) -> list[tuple[int, str]]:
    """Return the words of a text without spaces from start to end, with their places."""
    cuts = [start, *sorted(part for part in parts if start < part < end), end]
    return [(one, text[one:next_]) for one, next_ in pairwise(cuts) if one < next_]
