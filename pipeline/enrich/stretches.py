"""Which stretches of a passage are marked already, told in the same short time however much is marked."""

from __future__ import annotations

from lxml import etree

from pipeline.passage import Passage
from pipeline.tei import local


class Stretches:
    """The markup of one passage, asked many times: what a stretch would cut through, and what it touches."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        length = len(passage.text) + 1
        # Of the innermost element around each gap between characters: where it starts, and where it ends.
        self._starts = [0] * length if passage.held else []
        self._ends = [length] * length if passage.held else []
        for one in passage.held:
            count = one.end - one.start - 1
            if count > 0:
                self._starts[one.start + 1 : one.end] = [one.start] * count
                self._ends[one.start + 1 : one.end] = [one.end] * count
        self._names: dict[frozenset[str], bytearray] = {}

    def cuts(self, start: int, end: int) -> bool:
        """Return whether an element stands partly in a stretch and partly outside it."""
        return bool(self._starts) and (self._ends[start] < end or self._starts[end] > start)

    def touches(self, start: int, end: int, names: frozenset[str]) -> bool:
        """Return whether any character of a stretch stands in an element of these names."""
        if names not in self._names:
            marked = bytearray(len(self._passage.text))
            for one in self._passage.of(*names):
                marked[one.start : one.end] = b"\1" * (one.end - one.start)
            self._names[names] = marked
        return self._names[names].find(1, start, end) >= 0


def stands_in(passage: Passage, names: frozenset[str]) -> bool:
    """Return whether the block of a passage is, or stands in, an element of these names; a note stands by itself."""
    block: etree._Element | None = passage.block
    while block is not None and local(block) != "note":
        if local(block) in names:
            return True
        block = block.getparent()
    return False


def shown(words: str, most: int = 60) -> str:
    """Return words for a message: the first of them where there are many."""
    return words if len(words) <= most else words[:most].rstrip() + "…"
