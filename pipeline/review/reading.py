"""The TEI of an entry as an editor reads it: its passages in order, with the breaks and notes that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from pipeline.enrich.addresses import block_name
from pipeline.enrich.record import is_rules
from pipeline.passage import Passage, passages
from pipeline.tei import XML_ID, XML_LANG, T, fold, local, text_of

_BREAKS: Final = frozenset(("pb", "milestone", "lb", "cb", "gb"))
_SHOWN_BREAKS: Final = frozenset(("pb", "milestone"))
_ASTRAL: Final = "\uffff"
_IDENTITY: Final = ("ref", "corresp", "target", "when", "from", "to", "notBefore", "notAfter")
# Editors' own markup that is shown beside that of rules.
_TOLD: Final = frozenset(
    "persName placeName orgName name rs bibl ref date time q said quote soCalled supplied expan".split()
)


def units(text: str) -> Callable[[int], int]:
    """Return what turns an offset in a text into one that counts as JavaScript does, in units of UTF-16."""
    if not text or max(text) <= _ASTRAL:
        return lambda offset: offset
    sums = [0]
    for mark in text:
        sums.append(sums[-1] + (2 if mark > _ASTRAL else 1))
    return lambda offset: sums[offset]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read, in order: a passage, a break that stands between passages, or signs without a letter."""

    kind: str
    element: etree._Element
    side: int
    text: str = ""
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an item's text; an item as a whole where start and end are the same."""

    item: int
    start: int = 0
    end: int = 0


class Reading:
    """An entry's text: its items in order, and where an element or a block stands among them."""

    def __init__(self, root: etree._Element) -> None:
        found = root.find(f"{T}text")
        self.text = found if found is not None else root
        self.blocks: dict[str, Passage] = {}
        by_block: dict[etree._Element, Passage] = {}
        inside: set[etree._Element] = set()
        for one in passages(self.text):
            by_block[one.block] = one
            self.blocks[block_name(one.block)] = one
            inside |= {held.element for held in one.held} | {atom for _, atom in one.atoms if _is_break(atom)}
        self.sides = tuple(one for one in self.text.iter(f"{T}div") if one.get("type") == "entry") or (self.text,)
        of_side = {side: number for number, side in enumerate(self.sides)}
        self.items: list[Item] = []
        self.number: dict[etree._Element, int] = {}
        side = 0
        for element in self.text.iter(etree.Element):
            side = of_side.get(element, side)
            if element in by_block:
                passage = by_block[element]
                self._add(Item(local(element), element, side, passage.text, passage))
            elif element in inside:
                continue
            elif local(element) in _SHOWN_BREAKS:
                self._add(Item(local(element), element, side, element.get("n", "")))
            elif signs := fold("".join(_own_text(element))):
                self._add(Item(local(element), element, side, signs))

    def _add(self, item: Item) -> None:
        self.number[item.element] = len(self.items)
        self.items.append(item)

    def place_of(self, element: etree._Element) -> Place | None:
        """Return where an element stands: its stretch of a passage, or the item that it is or begins with."""
        if (number := self.number.get(element)) is not None:
            return Place(number)
        above = element.getparent()
        while above is not None:
            passage = self.items[self.number[above]].passage if above in self.number else None
            if passage is not None:
                for held in passage.held:
                    if held.element is element:
                        return Place(self.number[above], held.start, held.end)
                for offset, atom in passage.atoms:
                    if atom is element:
                        return Place(self.number[above], offset, offset)
            above = above.getparent()
        return next((Place(self.number[one]) for one in element.iter(etree.Element) if one in self.number), None)

    def place_in(self, passage: Passage, start: int, end: int) -> Place:
        """Return the place that is a stretch of a passage."""
        return Place(self.number[passage.block], start, end)

    def told(self) -> list[dict[str, Any]]:
        """Return the items as the page reads them."""
        notes = {one.element: number for number, one in enumerate(self._notes(), 1)}
        return [_told(self, one, notes) for one in self.items]

    def _notes(self) -> Iterator[Item]:
        return (one for one in self.items if one.kind == "note" and one.element.get("type") != "commentary")


def _is_break(element: etree._Element) -> bool:
    return local(element) in _BREAKS


def _own_text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _told(reading: Reading, one: Item, notes: Mapping[etree._Element, int]) -> dict[str, Any]:
    told: dict[str, Any] = {"k": one.kind, "s": one.side, "t": one.text}
    if one.kind == "pb":
        told["n"] = one.element.get("n", "")
    passage = one.passage
    if passage is None:
        return told
    at = units(one.text)
    told["l"] = passage.language
    told["b"] = block_name(passage.block)
    note = passage.note
    if note is not None:
        told["o"] = notes.get(note) or notes.get(one.element) or 0
    if passage.commentary:
        told["c"] = 1
    if atoms := [atom for offset, element in passage.atoms if (atom := _atom(at(offset), element, reading, notes))]:
        told["a"] = atoms
    if marks := [
        [at(held.start), at(held.end), held.name, _value(held.element)]
        for held in passage.held
        if held.name in _TOLD and held.end > held.start and not is_rules(held.element)
    ]:
        told["m"] = marks
    return told


def _atom(
    offset: int, element: etree._Element, reading: Reading, notes: Mapping[etree._Element, int]
) -> list[Any] | None:
    name = local(element)
    if name in _SHOWN_BREAKS:
        return [offset, name, element.get("n", "")]
    if name == "note":
        number = notes.get(element) or next((notes[one] for one in element.iter(etree.Element) if one in notes), 0)
        place = reading.place_of(element)
        return [offset, "note", number or "*", place.item if place is not None else -1]
    return None


def _value(element: etree._Element) -> str:
    return " ".join(element.get(key, "") for key in _IDENTITY if element.get(key))


def sides_of(reading: Reading) -> list[dict[str, str]]:
    """Return what each side of an entry is."""
    return [
        {"k": one.get("subtype", ""), "l": one.get(XML_LANG, ""), "i": one.get(XML_ID, "")} for one in reading.sides
    ]


def title_of(root: etree._Element) -> str:
    """Return the title of an entry, as its header gives it."""
    title = root.find(f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}title")
    return text_of(title) if title is not None else ""
