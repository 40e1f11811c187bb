"""The printed edition's page numbers in an entry: their order, those caught inside words, and the first page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import whole
from pipeline.segment import NOTES, Decision, Role

_NUMBER: Final = re.compile(
    r"(?<![\w.,/–-])\d{1,4}(?=[^\W\d_])|(?<=[^\W\d_])\d{1,4}(?![\w/])|(?<=[^\W\d_])\d{1,4}(?=[^\W\d_])|(?<=\s)\d{1,4}(?=\s)"
)
_IN_WORD: Final = re.compile(r"(?<=[^\W\d_]{2})\d{2,4}(?=[^\W\d_]{2})")
# What stands after a number in its own right: ordinals, hours, units, decades.
_SUFFIX: Final = re.compile(
    r"(?:st|nd|rd|th|er|re|ème|e|s|am|pm|a|b|c|h|m|km|cm|mm|kg|g|lb|ft|in|d|bis|ter|ff?)(?![^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break of the print: its number as printed, where it stands in the source, whether in order.

    start and end are the offsets of the number; line is the index of the decision whose line it stands in;
    caught is true for a number inside a line of text, confirmed false for one that no other page speaks for.
    """

    n: str
    start: int
    end: int
    line: int
    notes: bool
    caught: bool
    in_order: bool = True
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Pages:
    """The page breaks of one side of an entry, in source order; first is the page on which it begins."""

    breaks: tuple[PageBreak, ...]
    first: str | None

    def of_line(self, line: int) -> tuple[PageBreak, ...]:
        """Return the breaks of one line, in their order."""
        begin = bisect_left(self.breaks, line, key=lambda one: one.line)
        return self.breaks[begin : bisect_right(self.breaks, line, key=lambda one: one.line)]


def _line_break(decision: Decision, line: int, page: re.Pattern[str]) -> PageBreak:
    found = whole(page, decision.line.text)
    assert found is not None  # a page line is one that the archive's pattern finds
    start = decision.line.begin
    return PageBreak(
        found.group("n"), start + found.start("n"), start + found.end("n"), line, decision.role is Role.NOTE_PAGE, False
    )


def _caught(decision: Decision, line: int, before: int | None, after: int | None) -> list[PageBreak]:
    """Return the page numbers inside a line of text: those that fit between the pages before and after it."""
    found = []
    text = decision.line.text
    for number in _NUMBER.finditer(text):
        n = int(number.group())
        alone = text[number.end() : number.end() + 1].isspace() and text[: number.start()][-1:].isspace()
        between = before is not None and after is not None and before < n < after
        next_one = (before is not None and n == before + 1) or (after is not None and n == after - 1)
        if alone:
            # A number in its own right, unless it is just the one that is missing from the pages.
            fits = between and after is not None and before is not None and after - before <= 3
        elif _SUFFIX.match(text, number.end()):
            fits = False
        else:
            fits = between or next_one or _is_glued(text, number, before, after, decision.role)
        if fits:
            start = decision.line.start + number.start()
            notes = decision.role in NOTES
            known = before is not None or after is not None
            found.append(
                PageBreak(number.group(), start, start + len(number.group()), line, notes, True, confirmed=known)
            )
            before = n
    return found


def _is_glued(text: str, number: re.Match[str], before: int | None, after: int | None, role: Role) -> bool:
    """Return whether a number runs into a whole word, in text that has no page to hold it against."""
    free = not text[: number.start()][-1:].strip()
    word = re.match(r"[^\W\d_]{4}", text[number.end() :])
    return before is None and after is None and role not in NOTES and free and word is not None


def _in_order(numbers: Sequence[int]) -> list[bool]:
    """Return which numbers belong to a longest run that rises; of two that are as long, the one met first."""
    # Patience sorting from the end with the signs turned, so that of two numbers in each other's way the
    # later one counts as out of order.
    turned = [-number for number in reversed(numbers)]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(turned):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
        before.append(ends[at - 1] if at else -1)
    keep = [False] * len(turned)
    here = ends[-1] if ends else -1
    while here >= 0:
        keep[here] = True
        here = before[here]
    return keep[::-1]


def read_pages(decisions: Sequence[Decision], page: re.Pattern[str], name: str) -> tuple[Pages, tuple[Diagnostic, ...]]:
    """Return the page breaks of one side of an entry, and what is odd about them."""
    lines = {i: _line_break(d, i, page) for i, d in enumerate(decisions) if d.role in (Role.PAGE, Role.NOTE_PAGE)}
    breaks: list[PageBreak] = []
    found: list[Diagnostic] = []
    for notes in (False, True):
        own = [one for one in lines.values() if one.notes is notes]
        numbered = [one for one in own if one.n.isdecimal()]
        sequence: list[PageBreak] = []
        before: int | None = None
        passed = 0
        for index, decision in enumerate(decisions):
            new: list[PageBreak] = []
            if index in lines:
                passed += passed < len(numbered) and numbered[passed].line == index
                new = [lines[index]] if lines[index].notes is notes else []
            elif (decision.role in NOTES) is notes and decision.role is not Role.ORNAMENT:
                after = int(numbered[passed].n) if passed < len(numbered) else None
                new = _caught(decision, index, before, after)
            sequence += new
            before = next((int(one.n) for one in reversed(new) if one.n.isdecimal()), before)
        checked, odd = _check_order(sequence, decisions, name)
        breaks += checked
        found += odd
    breaks.sort(key=lambda one: one.start)
    found += _digits_in_words(decisions, {one.start for one in breaks}, name)
    return Pages(tuple(breaks), _first_page(breaks, decisions)), tuple(found)


def _digits_in_words(decisions: Sequence[Decision], taken: set[int], name: str) -> list[Diagnostic]:
    """Return the numbers inside words that were left there, for they do not fit the pages around them."""
    return [
        diagnostic(
            "C-028",
            name,
            decision.line.number,
            f"`{number.group()}` stands inside a word (`{_around(decision.line.text, *number.span())}`) "
            "and fits no page",
            "kept as it is; see the printed page, it may be a page number.",
            number.start() + 1,
        )
        for decision in decisions
        for number in _IN_WORD.finditer(decision.line.text)
        if decision.line.start + number.start() not in taken
    ]


def _around(text: str, start: int, end: int) -> str:
    """Return a stretch of a line with some of the words around it."""
    return text[max(0, start - 12) : end + 12].strip()


def _first_page(breaks: list[PageBreak], decisions: Sequence[Decision]) -> str | None:
    """Return the page before the first break, where there is text before it that begins the entry."""
    body = [one for one in breaks if not one.notes]
    if not body or not body[0].in_order or not body[0].confirmed or not body[0].n.isdecimal() or int(body[0].n) < 2:
        return None
    if not body[0].caught and all(d.role in (Role.PAGE, Role.ORNAMENT) for d in decisions[: body[0].line]):
        return None
    first = str(int(body[0].n) - 1)
    return None if any(one.n == first for one in body) else first


def _check_order(
    sequence: list[PageBreak], decisions: Sequence[Decision], name: str
) -> tuple[list[PageBreak], list[Diagnostic]]:
    numbers = [(i, int(one.n)) for i, one in enumerate(sequence) if one.n.isdecimal()]
    keep = dict(zip((i for i, _ in numbers), _in_order([n for _, n in numbers]), strict=True))
    checked: list[PageBreak] = []
    found: list[Diagnostic] = []
    there = {n for _, n in numbers}
    before: int | None = None
    for i, one in enumerate(sequence):
        in_order = keep.get(i, True)
        checked.append(replace(one, in_order=in_order))
        line = decisions[one.line].line
        if one.caught:
            words = _around(line.text, one.start - line.start, one.end - line.start)
            found.append(
                diagnostic(
                    "C-023",
                    name,
                    line.number,
                    f"`{one.n}` in `{words}` is taken for a page number",
                    "see the printed page; if it is text, correct the TEI.",
                    one.start - line.start + 1,
                )
            )
        if not in_order:
            previous = sequence[i - 1].n if i else sequence[i + 1].n
            where = "after" if i else "before"
            found.append(
                diagnostic(
                    "C-021",
                    name,
                    line.number,
                    f"page {one.n} stands {where} page {previous}",
                    'kept where it stands, with cert="low"; see the printed volume.',
                )
            )
        elif one.n.isdecimal():
            n = int(one.n)
            missing = [str(p) for p in range(before + 1, n) if p not in there] if before is not None else []
            if missing and not one.notes:
                shown = missing[0] if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
                found.append(
                    diagnostic(
                        "C-022",
                        name,
                        line.number,
                        f"page {n} follows page {before}: {shown} not there",
                        "see whether the capture is whole.",
                    )
                )
            before = n
    return checked, found
