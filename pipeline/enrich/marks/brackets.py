"""Square brackets: which belong together, and those that have no fellow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pipeline.enrich.model import Finding
from pipeline.passage import Passage

_BRACKET: Final = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class Pair:
    """Brackets that belong together: where the first stands, and behind the second."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Left:
    """A bracket that has no fellow in its passage."""

    passage: Passage
    at: int

    @property
    def opens(self) -> bool:
        """Return whether it is an opening one."""
        return self.passage.text[self.at] == "["

    @property
    def outermost(self) -> bool:
        """Return whether it opens its paragraph or closes it."""
        text = self.passage.text
        if self.opens:
            return not text[max(0, self.at - 9) : self.at].strip("‘“„«\"' ") and self.at < 9
        return not text[self.at + 1 : self.at + 9].strip("’”»“\"'. *") and len(text) - self.at < 9


def paired(text: str) -> tuple[list[Pair], list[int]]:
    """Return the brackets of a text that belong together, in order, and the places of those left alone."""
    open_: list[int] = []
    pairs: list[Pair] = []
    alone: list[int] = []
    for found in _BRACKET.finditer(text):
        if found.group() == "[":
            open_.append(found.start())
        elif open_:
            pairs.append(Pair(open_.pop(), found.end()))
        else:
            alone.append(found.start())
    return sorted(pairs, key=lambda one: one.start), sorted(alone + open_)


def unpaired(left: Sequence[Left]) -> Iterator[Finding]:
    """Yield the brackets that do not close or do not open, a finding a passage.

    left are those without a fellow in their passage, in order. Commentary of several paragraphs opens in one
    and closes at the end of another: its brackets have each other.
    """
    waiting: dict[etree._Element | None, int] = {}
    alone: set[int] = set()
    for number, one in enumerate(left):
        stream = one.passage.note
        if one.opens and one.outermost and stream not in waiting:
            waiting[stream] = number
        elif not one.opens and one.outermost and stream in waiting:
            del waiting[stream]
        else:
            alone.add(number)
    bare = _Bare()
    alone.update(number for number in waiting.values() if not bare.follows(left[number].passage.block))
    of_passage: dict[int, list[Left]] = {}
    for number in sorted(alone):
        of_passage.setdefault(id(left[number].passage), []).append(left[number])
    for first, *others in of_passage.values():
        text, at = first.passage.text, first.at
        words = text[at : at + 40] if first.opens else text[max(0, at - 40) : at + 1]
        what = "is not closed" if first.opens else "was not opened"
        more = f" (and {len(others)} more in this block)" if others else ""
        hint = "look at the source: add the bracket that is missing, or take this one away. The text was kept."
        yield Finding("E-002", first.passage.block, f"the bracket in `{words}` {what}{more}", hint)


class _Bare:
    """Blocks with nothing in them but a closing bracket: they are no passages, for nothing is read in them."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, bool] = {}

    def follows(self, block: etree._Element) -> bool:
        """Return whether a block has such a sibling after it."""
        if block not in self._known:
            later = block.itersiblings(etree.Element)
            self._known[block] = any(len(one) == 0 and (one.text or "").strip() == "]" for one in later)
        return self._known[block]
