"""Passages: the running text of a block as one string, and markup wrapped around stretches of it.

A passage leaves out what stands in the text by itself (notes, page breaks, figures): a name that a page break
cuts through is one name. Notes are passages of their own. Where a stretch is marked, existing elements stay as
they are; markup that would overlap them is refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.tei import INLINE, XML_LANG, local
from pipeline.wrap import Atom, Close, Mark, Open, Text, Token, wrap

# Inline elements without a text of their own.
_EMPTY: Final = frozenset("anchor c gap graphic lb m milestone pb ptr space".split()) - {"c", "m"}
# Breaks part words unless they say that they do not.
_BREAKS: Final = frozenset("pb lb cb gb milestone".split())
_WORD: Final = re.compile(r"[^ \t\r\n]+")
# Of several readings the first is the text.
_CHOICES: Final = frozenset({"choice", "app"})
# Parts of a document that hold no running text.
_APART: Final = frozenset("teiHeader standOff facsimile sourceDoc fsdDecl xenoData".split())


def _first(word: tuple[int, int, int]) -> int:
    return word[0]


@dataclass(frozen=True, slots=True)
class Held:
    """An element that stands in a passage, and the stretch that it takes there."""

    start: int
    end: int
    element: etree._Element

    @property
    def name(self) -> str:
        """Return the element's name."""
        return local(self.element)


@dataclass(slots=True)
class Passage:
    """The running text of one block.

    text has white space folded and begins and ends without it; block is the element whose text it is; note the
    nearest note around it (None in the text itself, and in editors' commentary, which is `commentary`).
    """

    block: etree._Element
    note: etree._Element | None
    commentary: bool
    language: str
    text: str = ""
    held: tuple[Held, ...] = ()
    atoms: tuple[tuple[int, etree._Element], ...] = ()
    _tokens: list[Token] = field(default_factory=list)
    _words: list[tuple[int, int, int]] = field(default_factory=list)

    def inside(self, start: int, end: int, names: frozenset[str] | set[str]) -> bool:
        """Return whether any character of a stretch stands in an element of these names, within the block."""
        return any(one.start < end and start < one.end and one.name in names for one in self.held)

    def around(self, start: int, end: int, name: str) -> etree._Element | None:
        """Return the element of a name that takes exactly this stretch, if there is one."""
        return next(
            (one.element for one in self.held if (one.start, one.end) == (start, end) and one.name == name), None
        )

    def of(self, *names: str) -> tuple[Held, ...]:
        """Return the elements of these names in the passage, in order."""
        return tuple(one for one in self.held if one.name in names)

    def mark(self, marks: Iterable[Mark]) -> tuple[list[tuple[Mark, etree._Element]], list[Mark]]:
        """Wrap markup around stretches of the passage; return what was made, and what could not be.

        Marks may stand in one another and may not cross; of two that take the same stretch the first is the
        outer one. One that crosses another mark or an existing element is refused. The passage cannot be used
        afterwards: read it anew.
        """
        return wrap(self.block, self._tokens, len(self.text), self._where, list(marks))

    def again(self) -> Passage:
        """Return the passage as it stands after markup was wrapped around stretches of it."""
        return _passage(self.block, _Reader(self.block), self.note, self.commentary, self.language)

    def _where(self, place: int) -> tuple[int, int]:
        """Return the token and the offset in it of a character; a space between words counts to the second."""
        number = bisect_right(self._words, place, key=_first) - 1
        at, token, offset = self._words[number]
        if number + 1 < len(self._words) and place == self._words[number + 1][0] - 1 and self.text[place] == " ":
            at, token, offset = self._words[number + 1]
            return token, offset
        return token, offset + place - at


def _empty(element: etree._Element) -> bool:
    return local(element) in _EMPTY or local(element) in _BREAKS


class _Reader:
    """Reads one block: its tokens, its text, and where each character of the text stands."""

    def __init__(self, block: etree._Element) -> None:
        self.tokens: list[Token] = []
        self.pieces: list[str] = []
        self.length = 0
        # Where each word begins in the text, and its token and offset there.
        self.words: list[tuple[int, int, int]] = []
        self.held: list[tuple[int, int, etree._Element]] = []
        self.atoms: list[tuple[int, etree._Element]] = []
        self.blocks: list[etree._Element] = []
        self.parted = False
        self.content(block)

    def content(self, element: etree._Element) -> None:
        self.string(element.text)
        chosen = local(element) in _CHOICES
        for number, child in enumerate(element):
            self.child(child, apart=chosen and number > 0)
            self.string(child.tail)

    def child(self, child: etree._Element, apart: bool) -> None:
        name = local(child)
        apart |= name == "del"
        if apart or name not in INLINE or _empty(child):
            self.tokens.append(Atom(child))
            self.atoms.append((self.length, child))
            if name in _BREAKS and child.get("break") not in ("no", "maybe"):
                self.parted = True
            elif name and not _empty(child) and not apart:
                self.blocks.append(child)
                # A note stands at its anchor; other blocks part the text around them.
                self.parted |= name != "note"
            elif apart:
                self.blocks.append(child)
            return
        self.tokens.append(Open(child))
        place = len(self.held)
        self.held.append((self.length, 0, child))
        self.content(child)
        self.held[place] = (self.held[place][0], self.length, child)
        self.tokens.append(Close(child))

    def string(self, text: str | None) -> None:
        if not text:
            return
        number = len(self.tokens)
        self.tokens.append(Text(text))
        end = 0
        for found in _WORD.finditer(text):
            self.parted |= found.start() > end
            if self.parted and self.length:
                self.pieces.append(" ")
                self.length += 1
            self.parted = False
            self.words.append((self.length, number, found.start()))
            self.pieces.append(found[0])
            end = found.end()
            self.length += end - found.start()
        self.parted |= len(text) > end


def _passage(
    block: etree._Element, read: _Reader, note: etree._Element | None, commentary: bool, language: str
) -> Passage:
    text = "".join(read.pieces)
    held = []
    for start, end, element in read.held:
        # The space before an element's first character is not in it.
        while start < end and text[start] == " ":
            start += 1
        held.append(Held(start, end, element))
    return Passage(block, note, commentary, language, text, tuple(held), tuple(read.atoms), read.tokens, read.words)


def _is_commentary(element: etree._Element) -> bool:
    return local(element) == "note" and element.get("type") == "commentary"


def passages(root: etree._Element) -> Iterator[Passage]:
    """Yield the passages of a document's texts in order, the notes of a passage after it.

    Header, stand-off lists and facsimiles hold none. A passage without a letter or figure is left out.
    """
    if local(root) in _APART:
        return
    if local(root) in ("TEI", "teiCorpus", "text", "body", "front", "back", "group", "floatingText"):
        for child in root.iterchildren(etree.Element):
            yield from passages(child)
        return
    language, note, commentary = _surroundings(root)
    yield from _passages(root, note, commentary, language)


def _surroundings(element: etree._Element) -> tuple[str, etree._Element | None, bool]:
    language, note, commentary = "", None, False
    for above in element.iterancestors(etree.Element):
        language = language or above.get(XML_LANG, "")
        if local(above) == "note":
            commentary |= _is_commentary(above)
            note = note if note is not None or _is_commentary(above) else above
    return language, note, commentary


def _passages(
    element: etree._Element, note: etree._Element | None, commentary: bool, language: str
) -> Iterator[Passage]:
    if local(element) in _APART:
        return
    language = element.get(XML_LANG) or language
    if local(element) == "note":
        if _is_commentary(element):
            commentary = True
        else:
            note, commentary = element, False
    read = _Reader(element)
    if any(mark.isalnum() for piece in read.pieces for mark in piece):
        yield _passage(element, read, note, commentary, language)
    for block in read.blocks:
        if isinstance(block.tag, str):
            yield from _passages(block, note, commentary, language)
