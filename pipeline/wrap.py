"""Markup wrapped around stretches of a block's text, across what stands in it; and markup taken away again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pipeline.tei import TEI_NS, T, local

# Elements that other markup for just the same stretch is put around, not into.
_LESSER: Final = frozenset({"date", "emph", "expan", "hi", "supplied"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Markup for a stretch of a passage: from character start up to end, an element with attributes in order."""

    start: int
    end: int
    name: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Open:
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Close:
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Atom:
    element: etree._Element


Token = Text | Open | Close | Atom
Where = Callable[[int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with the gaps between tokens where its element opens and closes."""

    mark: Mark
    opens: int
    closes: int


def wrap(
    block: etree._Element, read: Sequence[Token], length: int, where: Where, marks: Sequence[Mark]
) -> tuple[list[tuple[Mark, etree._Element]], list[Mark]]:
    """Wrap markup around stretches of a block's text; return what was made, and what could not be.

    read is the block as tokens, length that of its text, where(n) the token and the offset of its n-th character.
    """
    fit, refused = _nested(marks, length)
    tokens, gaps = _split(read, where, fit)
    placed: list[_Placed] = []
    for mark, (opens, closes) in zip(fit, gaps, strict=True):
        balanced = _balanced(tokens, opens, closes)
        if balanced is None:
            refused.append(mark)
        else:
            placed.append(_Placed(mark, *balanced))
    placed, crossing = _uncrossed(placed)
    refused += crossing
    return _rebuilt(block, tokens, placed), refused


def _nested(marks: Sequence[Mark], length: int) -> tuple[list[Mark], list[Mark]]:
    """Return the marks in order, outer ones first, and those that cross an earlier one or hold no character."""
    fit: list[Mark] = []
    refused: list[Mark] = []
    open_: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        while open_ and open_[-1].end <= mark.start:
            open_.pop()
        if not 0 <= mark.start < mark.end <= length or (open_ and mark.end > open_[-1].end):
            refused.append(mark)
            continue
        open_.append(mark)
        fit.append(mark)
    return fit, refused


def _split(read: Sequence[Token], where: Where, marks: Sequence[Mark]) -> tuple[list[Token], list[tuple[int, int]]]:
    """Return the tokens, cut where marks begin and end, and for each mark the gaps before and after it."""
    starts = [where(mark.start) for mark in marks]
    ends = [(number, offset + 1) for number, offset in (where(mark.end - 1) for mark in marks)]
    cuts: dict[int, set[int]] = {}
    for number, offset in (*starts, *ends):
        cuts.setdefault(number, set()).add(offset)
    tokens: list[Token] = []
    gap: dict[tuple[int, int], int] = {}
    for number, token in enumerate(read):
        if not isinstance(token, Text):
            tokens.append(token)
            continue
        at = 0
        for cut in sorted(cuts.get(number, ())):
            if cut > at:
                tokens.append(Text(token.text[at:cut]))
            gap[number, cut] = len(tokens)
            at = cut
        if at < len(token.text):
            tokens.append(Text(token.text[at:]))
    return tokens, [(gap[start], gap[end]) for start, end in zip(starts, ends, strict=True)]


def _balanced(tokens: Sequence[Token], opens: int, closes: int) -> tuple[int, int] | None:
    """Return the gaps moved outwards over tags until what is between is balanced; None where it cannot be."""
    depth, lowest = 0, 0
    for token in tokens[opens:closes]:
        depth += isinstance(token, Open) - isinstance(token, Close)
        lowest = min(lowest, depth)
    # So many elements are left that were opened before, and so many opened that are not left.
    left, entered = -lowest, depth - lowest
    while left and opens and isinstance(tokens[opens - 1], Open):
        opens, left = opens - 1, left - 1
    while entered and closes < len(tokens) and isinstance(tokens[closes], Close):
        closes, entered = closes + 1, entered - 1
    if left or entered:
        return None
    # What is said of the letters of a name stands in the name.
    while opens and closes < len(tokens) and _lesser(tokens[opens - 1], tokens[closes]):
        opens, closes = opens - 1, closes + 1
    return opens, closes


def _lesser(before: Token, after: Token) -> bool:
    """Return whether two tags are those of one element that markup for the same stretch goes around."""
    one = isinstance(before, Open) and isinstance(after, Close) and before.element is after.element
    return one and isinstance(before, Open) and local(before.element) in _LESSER


def _uncrossed(placed: Sequence[_Placed]) -> tuple[list[_Placed], list[Mark]]:
    """Return the marks that still stand in one another after their gaps were moved, and those that do not."""
    fit: list[_Placed] = []
    crossing: list[Mark] = []
    open_: list[_Placed] = []
    for one in sorted(placed, key=lambda each: (each.opens, -each.closes)):
        while open_ and open_[-1].closes <= one.opens:
            open_.pop()
        if open_ and one.closes > open_[-1].closes:
            crossing.append(one.mark)
            continue
        open_.append(one)
        fit.append(one)
    return fit, crossing


def _rebuilt(
    block: etree._Element, tokens: Sequence[Token], placed: Sequence[_Placed]
) -> list[tuple[Mark, etree._Element]]:
    """Write the tokens into the block again, with the new elements among them."""
    opening: dict[int, list[_Placed]] = {}
    closing: dict[int, int] = {}
    for one in placed:
        opening.setdefault(one.opens, []).append(one)
        closing[one.closes] = closing.get(one.closes, 0) + 1
    made: list[tuple[Mark, etree._Element]] = []
    _empty_out(block)
    stack = [block]
    for gap in range(len(tokens) + 1):
        for _ in range(closing.get(gap, 0)):
            stack.pop()
        for one in opening.get(gap, ()):
            element = _element(one.mark.name, dict(one.mark.attributes), stack[-1])
            made.append((one.mark, element))
            stack.append(element)
        if gap == len(tokens):
            break
        token = tokens[gap]
        if isinstance(token, Text):
            add_text(stack[-1], token.text)
        elif isinstance(token, Close):
            stack.pop()
        else:
            token.element.tail = None
            if isinstance(token, Open):
                _empty_out(token.element)
            stack[-1].append(token.element)
            if isinstance(token, Open):
                stack.append(token.element)
    return made


def _element(name: str, attributes: Mapping[str, str], parent: etree._Element) -> etree._Element:
    # TEI of others may be without a namespace; what is added is as what is there.
    tag = f"{T}{name}" if etree.QName(parent).namespace == TEI_NS else name
    element: etree._Element = etree.SubElement(parent, tag)
    for key, value in attributes.items():
        element.set(key, value)
    return element


def _empty_out(element: etree._Element) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)


def add_text(element: etree._Element, text: str) -> None:
    """Append text to the content of an element."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def unwrap(element: etree._Element) -> None:
    """Take an element away and leave its content where it stands."""
    parent = element.getparent()
    assert parent is not None  # a document's root is nobody's markup
    place = parent.index(element)
    before = parent[place - 1] if place else None
    children, tail = list(element), element.tail or ""

    def put(text: str) -> None:
        if not text:
            return
        if before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text

    text = element.text or ""
    element.tail = None
    parent.remove(element)
    put(text)
    for child in children:
        parent.insert(place, child)
        before = child
        place += 1
    put(tail)
