"""TEI → the blocks of an entry as they stand on the page, with notes and page breaks at their places.

Takes any edition's TEI: what does not stand on an archive's page (deletions, variants, running heads) is
left out and counted; an element that is not known is read through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.segment import Role
from pipeline.tei import XML_ID, fold, local

# What no reader sees in the running text of a page.
_LEFT_OUT: Final = frozenset("del fw rdg figure graphic surplus teiHeader standOff index noteGrp".split())
_BLOCKS: Final = frozenset(
    """p ab head l item row salute dateline signed closer postscript byline trailer argument address opener list
    table lg div epigraph body titlePage docTitle stage""".split()
)
# Of choices, what an edition for readers shows, first in this order.
_READ: Final = ("expan", "reg", "corr", "ex", "am", "abbr", "orig", "sic")
_TEXTUAL: Final = frozenset("apparatus app crit critical textcritical textual variant variants lemma".split())
_NOT_EDITORS: Final = frozenset("foliation authorial remarkResponsibility keyword".split())
_AWAY: Final = frozenset("notes commentary comment apparatus annotations endnotes footnotes".split())


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text, white space as in the TEI."""

    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page break with its number as the TEI gives it (None: it gives none)."""

    n: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note at its anchor. kind: editorial, textual (of the apparatus) or register (names and works only)."""

    kind: str
    pieces: tuple[Text | Page, ...]


Piece = Text | Page | Note


@dataclass(slots=True)
class Block:
    """A title, paragraph, speech or ornament; pages between blocks are blocks of pages alone (role PAGE).

    commentary counts the editors' commentaries from 1; 0 is the writer's own text.
    """

    role: Role
    pieces: list[Piece] = field(default_factory=list)
    commentary: int = 0

    @property
    def text(self) -> str:
        """Return the block's own text, notes left out."""
        return fold("".join(piece.text for piece in self.pieces if isinstance(piece, Text)))


def _targets(element: etree._Element) -> list[str]:
    named = f"{element.get('target', '')} {element.get('corresp', '')}"
    return [name[1:] for name in named.split() if name.startswith("#")]


def _kind(element: etree._Element) -> str:
    types = {element.get("type", ""), element.get("subtype", "")}
    words = fold("".join(element.itertext())).split()
    children = {local(child) for child in element}
    if types & _TEXTUAL or element.find(".//{*}app") is not None:
        return "textual"
    if children and children <= {"listPerson", "listPlace", "listBibl", "listOrg"}:
        return "register"
    # `recte: Bonn]`, `Ms: und`: a reading, not a sentence.
    if len(words) <= 3 and not re.search(r"[.!?…]\W*$", words[-1] if words else ""):
        return "textual"
    return "editorial"


class Reading:
    """Reads the blocks of one part of a document; left_out counts what does not stand on a page."""

    def __init__(self, root: etree._Element, german: bool) -> None:
        self.left_out: Counter[str] = Counter()
        self.blocks: list[Block] = []
        self.german = german
        self._open: Block | None = None
        self._commentaries = 0
        self._inside = 0
        self._placed: set[etree._Element] = set()
        self._ids = {one.get(XML_ID): one for one in root.iter() if isinstance(one.tag, str) and one.get(XML_ID)}
        self._away: dict[str, list[etree._Element]] = {}
        for note in root.iter("{*}note"):
            if self._is_away(note):
                for name in _targets(note):
                    self._away.setdefault(name, []).append(note)

    def read(self, part: etree._Element) -> list[Block]:
        """Return the blocks of a part, in their order."""
        self.blocks, self._open = [], None
        self._walk(part)
        self._close()
        return [block for block in self.blocks if block.role in (Role.PAGE, Role.ORNAMENT) or block.text]

    # -- the walk

    def _is_away(self, note: etree._Element) -> bool:
        """Return whether a note stands apart from the text it is on: in a list, a back, a div of notes."""
        parent = note.getparent()
        if parent is None:
            return False
        if local(parent) in ("noteGrp", "list", "standOff", "listAnnotation"):
            return True
        return local(parent) in ("div", "back", "body") and (
            parent.get("type", "") in _AWAY or any(self._ids.get(name) is not None for name in _targets(note))
        ) and note.get("type") != "commentary"  # fmt: skip

    def _walk(self, element: etree._Element) -> None:
        name = local(element)
        if not name:
            return
        if name in _LEFT_OUT:
            self.left_out[name] += 1
        elif name == "note":
            self._note(element)
        elif name == "pb":
            self._page(element)
        elif name == "lb":
            hyphen = element.get("break") == "no" or "hyphen" in element.get("rendition", "") + element.get("rend", "")
            self._text("" if hyphen else " ")
        elif name in ("cb", "space"):
            self._text(" ")
        elif name in ("choice", "subst", "app"):
            self._choice(element)
        elif name == "gap":
            self._text("[…]" if self._open is not None else "")
        elif name == "milestone":
            self._milestone(element)
        elif name == "sp":
            self._speech(element)
        elif name in ("q", "quote", "said", "soCalled"):
            self._quotation(element)
        elif name == "item" and (label := element.getprevious()) is not None and local(label) == "label":
            # `1.` and what it numbers are one line.
            self._text(" ")
            self._content(element)
            self._close()
        elif name == "label":
            self._close()
            self._content(element)
        elif name in _BLOCKS:
            self._block(element, Role.TITLE if name == "head" and not self._begun() else Role.PARAGRAPH)
        else:
            self._content(element)
            if name == "cell":
                self._text(" ")
        self._notes_on(element)

    def _content(self, element: etree._Element) -> None:
        self._text(element.text or "")
        for child in element:
            self._walk(child)
            self._text(child.tail or "")

    def _text(self, text: str) -> None:
        if not text:
            return
        if self._open is None:
            if not text.strip():
                return
            self._start(Role.PARAGRAPH)
        assert self._open is not None
        self._open.pieces.append(Text(text))

    def _start(self, role: Role) -> None:
        self._close()
        self._open = Block(role, commentary=self._inside)
        self.blocks.append(self._open)

    def _begun(self) -> bool:
        return any(block.role is not Role.PAGE for block in self.blocks)

    def _close(self) -> None:
        self._open = None

    def _block(self, element: etree._Element, role: Role) -> None:
        self._close()
        if role is Role.TITLE:
            self._start(role)
        self._content(element)
        self._close()

    def _choice(self, element: etree._Element) -> None:
        children = {local(child): child for child in reversed(element) if local(child)}
        for name in ("lem", "add", *_READ):
            if name in children:
                self.left_out[local(element)] += len(children) - 1
                self._walk(children[name])
                return
        self._content(element)

    def _quotation(self, element: etree._Element) -> None:
        """Read a quotation; marks are added where the edition leaves them to its stylesheet."""
        text = fold("".join(element.itertext()))
        before = "".join(p.text for p in self._open.pieces[-1:] if isinstance(p, Text)) if self._open else ""
        bare = bool(text) and text[0] not in "‘“„«»\"'‹›‚" and before.rstrip()[-1:] not in set("‘“„«»\"'‹›‚")
        if element.find(".//{*}p") is not None or element.find(".//{*}l") is not None:
            bare = False
        self._text(("„" if self.german else "“") if bare else "")
        self._content(element)
        self._text(("“" if self.german else "”") if bare else "")

    def _speech(self, element: etree._Element) -> None:
        self._start(Role.SPEECH)
        assert self._open is not None
        speech = self._open
        for child in element:
            if local(child) == "speaker":
                label = fold("".join(child.itertext()))
                speech.pieces.append(Text(label if label.endswith(":") else f"{label}:"))
                speech.pieces.append(Text(" "))
            elif local(child) in ("p", "ab", "l") and self._open is speech:
                self._content(child)
                self._close()
            else:
                self._walk(child)
        self._close()

    def _milestone(self, element: etree._Element) -> None:
        if element.get("unit") not in ("section", None) or (self._open is not None and self._open.text):
            self.left_out["milestone within a paragraph"] += 1
            return
        self._close()
        self.blocks.append(Block(Role.ORNAMENT, [Text(element.get("n") or "***")], self._inside))

    def _page(self, element: etree._Element) -> None:
        page = Page(element.get("n"))
        if self._open is not None and self._open.role is not Role.TITLE:
            self._open.pieces.append(page)
        else:
            self.blocks.append(Block(Role.PAGE, [page], self._inside))

    # -- notes

    def _note(self, element: etree._Element) -> None:
        if element in self._placed:
            return
        if element.get("type") == "commentary":
            self._commentary(element)
        elif element.get("hand") or element.get("type") in _NOT_EDITORS:
            self.left_out["a note that is not the editors’"] += 1
        elif self._is_away(element):
            self.left_out["a note whose anchor is not told"] += not self._known(element)
        else:
            self._place(element)

    def _known(self, element: etree._Element) -> bool:
        return any(name in self._ids for name in _targets(element))

    def _notes_on(self, element: etree._Element) -> None:
        """Place the notes that stand elsewhere and point here, or that are pointed to from here."""
        for note in self._away.get(element.get(XML_ID) or "", ()):
            self._place(note)
        if local(element) in ("ptr", "ref"):
            for name in _targets(element):
                aim = self._ids.get(name)
                if aim is not None and local(aim) == "note" and self._is_away(aim):
                    self._place(aim)

    def _place(self, element: etree._Element) -> None:
        if element in self._placed:
            return
        self._placed.add(element)
        if self._open is None or not self._open.text:
            block = next((one for one in reversed(self.blocks) if one.role not in (Role.PAGE, Role.ORNAMENT)), None)
            if block is None or self._open is not None:
                # Nothing of its paragraph stands before it: no capture can show it there.
                self.left_out["a note with no text before it"] += 1
                return
        else:
            block = self._open
        pieces = tuple(self._note_pieces(element))
        if fold("".join(piece.text for piece in pieces if isinstance(piece, Text))):
            block.pieces.append(Note(_kind(element), pieces))

    def _note_pieces(self, note: etree._Element) -> Iterator[Text | Page]:
        inner = copy(self)
        inner._open, inner._away = Block(Role.NOTE), {}
        inner.blocks = [inner._open]
        inner._content(note)
        for number, block in enumerate(inner.blocks):
            if number and block.text:
                yield Text(" ")
            for piece in block.pieces:
                if isinstance(piece, Note):
                    self.left_out["a note on a note"] += 1
                else:
                    yield piece

    def _commentary(self, element: etree._Element) -> None:
        self._close()
        self._commentaries += 1
        outside, self._inside = self._inside, self._commentaries
        first = len(self.blocks)
        self._content(element)
        self._close()
        self._inside = outside
        texts = [block for block in self.blocks[first:] if block.text]
        if texts and not (texts[0].text.startswith("[") and texts[-1].text.endswith("]")):
            texts[0].pieces.insert(0, Text("["))
            last = max(i for i, piece in enumerate(texts[-1].pieces) if isinstance(piece, Text) and piece.text.strip())
            end = texts[-1].pieces[last]
            assert isinstance(end, Text)
            texts[-1].pieces[last] = Text(end.text.rstrip() + "]")
