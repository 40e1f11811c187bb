"""Where a piece of text stands, as an address that an editor's work around it does not break.

`#match(en.3,'Lord.Orlov',2)` is the second place in the block `en.3` where these words stand (Guidelines, SATS,
the scheme match()). Characters that an address or a regular expression would take for its own are full stops; of a
long stretch the beginning is told, and how many characters follow: `'.but.that.was.long.b.{52}'`. A block without an
id is addressed by its way from the root, each step the number of a child.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pipeline.passage import Passage
from pipeline.tei import XML_ID

_LONG: Final = 48
_TOLD: Final = 20
_MORE: Final = re.compile(r"\.\{(\d{1,9})\}$")
_ADDRESS: Final = re.compile(r"#match\(([^,()']+),'([^']*)'(?:,([1-9]\d*))?\)")
_ID: Final = re.compile(r"#([^\W\d][\w.\-]*)")


@dataclass(frozen=True, slots=True)
class Address:
    """The index-th place (from 1) in a block where a form stands; pattern is the form with `.` for signs.

    Without a pattern it is the block itself.
    """

    block: str
    pattern: str
    index: int

    def __str__(self) -> str:
        if not self.pattern and not self.block.startswith("/"):
            return f"#{self.block}"
        counted = f",{self.index}" if self.index > 1 else ""
        return f"#match({self.block},'{self.pattern}'{counted})"


def parse(pointer: str) -> Address | None:
    """Return the address that a pointer is; None if it is of another kind."""
    if whole := _ID.fullmatch(pointer):
        return Address(whole[1], "", 1)
    found = _ADDRESS.fullmatch(pointer)
    return Address(found[1], found[2], int(found[3] or 1)) if found else None


def block_name(block: etree._Element) -> str:
    """Return the id of a block, else its way from the root: /1/2/1 is the first child of the second of the root."""
    if own := block.get(XML_ID):
        return own
    steps: list[str] = []
    at = block
    while (above := at.getparent()) is not None:
        steps.append(str([child for child in above if isinstance(child.tag, str)].index(at) + 1))
        at = above
    return "/" + "/".join(reversed(steps))


def pattern_of(form: str) -> str:
    """Return a form as an address can hold it."""
    told = form if len(form) <= _LONG else form[:_TOLD]
    pattern = "".join(mark if mark.isalnum() or mark == "-" else "." for mark in told)
    return pattern if told is form else f"{pattern}.{{{len(form) - _TOLD}}}"


def _parts(pattern: str) -> tuple[str, int]:
    """Return the characters that a pattern tells, and how many follow."""
    more = _MORE.search(pattern)
    return (pattern[: more.start()], int(more[1])) if more else (pattern, 0)


def stretches(pattern: str, text: str) -> list[tuple[int, int]]:
    """Return where in a text a pattern stands, from and to, in order; places may overlap: each is counted."""
    told, more = _parts(pattern)
    literal = "".join("." if mark == "." else re.escape(mark) for mark in told)
    length = len(told) + more
    starts = (found.start() for found in re.finditer(f"(?={literal})", text))
    return [(start, start + length) for start in starts if start + length <= len(text)]


class Places:
    """The addresses of stretches of one passage; where a form stands in it is looked up once."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.block = block_name(passage.block)
        self.indices: dict[str, dict[int, int]] = {}

    def address(self, start: int, end: int) -> Address:
        """Return the address of a stretch."""
        pattern = pattern_of(self.passage.text[start:end])
        if pattern not in self.indices:
            found = stretches(pattern, self.passage.text)
            self.indices[pattern] = {one: index for index, (one, _) in enumerate(found, 1)}
        return Address(self.block, pattern, self.indices[pattern][start])


def address(passage: Passage, start: int, end: int) -> Address:
    """Return the address of a stretch of a passage."""
    return Places(passage).address(start, end)


def find(where: Address, blocks: Mapping[str, Passage]) -> tuple[Passage, int, int] | None:
    """Return the stretch that an address means; None where the block is gone or the words are no longer in it."""
    passage = blocks.get(where.block)
    if passage is None or not where.pattern:
        return None
    found = stretches(where.pattern, passage.text)
    return (passage, *found[where.index - 1]) if where.index <= len(found) else None
