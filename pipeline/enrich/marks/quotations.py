"""Quotations: `q` around each, the marks inside.

A word behind `so-called` is `soCalled`. A quotation over several paragraphs is one `q` in each of them, by the rule
`continued`. Marks around the title of an article are the title's; marks without a fellow stay text and are reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from lxml import etree

from pipeline.enrich.marks.quote_marks import CLOSERS, Quoted, Reading, read_marks, words
from pipeline.enrich.model import BEGINS, CONTINUED, Claim, Entry, Finding, Outcome
from pipeline.enrich.stretches import Stretches, stands_in
from pipeline.passage import Passage
from pipeline.tei import local

# In these the marks are accounted for.
_MARKED: Final = frozenset("q quote said soCalled mentioned gloss title bibl idno ptr".split())
_SPEECH: Final = frozenset("q quote said soCalled mentioned title".split())
# The blocks that a quotation can go over, and the most of them.
_BLOCKS: Final = frozenset({"p", "ab"})
_MOST_BLOCKS: Final = 12
# What may stand between two paragraphs of one quotation.
_BETWEEN: Final = frozenset({"", "pb", "lb", "cb", "milestone", "note"})
# How sure a quotation over paragraphs is: where each opens with the mark, and where only the first does.
_REOPENED: Final = 0.8
_OPEN: Final = 0.72
_LONGEST_SO_CALLED: Final = 3
_AUTHOR: Final = re.compile(r"[^\W\d_a-zа-яё][\w’'-]+[,.:]\s$")
_JOURNAL: Final = re.compile(r",?\s(?:in\s|in:\s|dans\s)?[^\W\d_a-zа-яё]\D{2,100}\d")


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage with its marks."""

    passage: Passage
    stretches: Stretches
    spoken: frozenset[tuple[int, int]]
    marks: Reading

    def inside(self, at: int) -> bool:
        """Return whether a place is in a quotation of the passage."""
        return any(one.start < at < one.end for one in self.marks.quoted)


def quotations(passages: Sequence[Passage], _entry: Entry) -> Outcome:
    """Return the quotations of a document, and the quotation marks that have no fellow."""
    outcome = Outcome()
    read = [_read(passage) for passage in passages if not stands_in(passage, _MARKED)]
    continued = _continued(read)
    for one in read:
        for quoted in one.marks.quoted:
            if not continued.covers(one.passage, quoted):
                _decide(one, quoted, outcome)
        outcome.claims += continued.claims.get(id(one.passage), ())
        outcome.findings += _alone(one, continued.paired)
    return outcome


def _read(passage: Passage) -> _Read:
    stretches = Stretches(passage)
    spoken = frozenset((one.start, one.end) for one in passage.of(*_SPEECH))
    return _Read(
        passage, stretches, spoken, read_marks(passage.text, lambda at: stretches.touches(at, at + 1, _MARKED))
    )


# -- in one passage


@cache
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before a word that is so called, and what follows the title of an article."""
    so_called = "|".join(sorted(map(re.escape, words("so_called", "|")), key=len, reverse=True))
    located = "|".join(sorted(map(re.escape, words("located", "|")), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)(?:{so_called})\s$", re.IGNORECASE),
        re.compile(rf"[,.]?\s(?://|(?<=[,.]\s)(?:{located})(?!\w))", re.IGNORECASE),
    )


def _decide(read: _Read, quoted: Quoted, outcome: Outcome) -> None:
    """Claim a quotation, or report why not."""
    passage, start, end = read.passage, quoted.start, quoted.end
    text = passage.text
    # White space inside the marks is French.
    inner = text[start + 1 : end - 1].strip()
    if not any(mark.isalnum() for mark in inner) or _is_marked(read, start, end):
        return
    if passage.note is not None and _is_title(text, start, end):
        return
    if read.stretches.cuts(start, end):
        message = (
            f"other markup cuts through the quotation that begins `{text[start : start + 40]}`; it was not encoded"
        )
        outcome.findings.append(
            Finding("E-011", passage.block, message, "encode it by hand, or move the other markup.")
        )
        return
    so_called, _ = _phrases()
    if len(inner.split()) <= _LONGEST_SO_CALLED and so_called.search(text[max(0, start - 30) : start]):
        evidence = ("said to be so called",)
        outcome.claims.append(
            Claim(passage, start, end, "soCalled", "so-called", min(quoted.certainty, 0.92), evidence=evidence)
        )
        return
    outcome.claims.append(Claim(passage, start, end, "q", "marks", quoted.certainty, evidence=_evidence(quoted)))


def _evidence(quoted: Quoted) -> tuple[str, ...]:
    sure = "" if quoted.certainty >= 0.85 else "; one may be an apostrophe"
    return (f"quotation marks{sure}",)


def _is_marked(read: _Read, start: int, end: int) -> bool:
    """Return whether what the marks hold is an element that says so, so that they stand around it."""
    inner = read.passage.text[start + 1 : end - 1]
    first = start + 1 + len(inner) - len(inner.lstrip())
    return (first, first + len(inner.strip())) in read.spoken


def _is_title(text: str, start: int, end: int) -> bool:
    """Return whether marks in a note are around the title of an article.

    What follows says where it stands; or an author is before it, and the name and number of a journal after it.
    """
    _, located = _phrases()
    if located.match(text, end, end + 20):
        return True
    after = _JOURNAL.match(text, end, end + 120) if text[end - 2] in ",.!?" or text[end : end + 1] == "," else None
    return after is not None and _AUTHOR.search(text[max(0, start - 30) : start]) is not None


# -- over several passages


@dataclass(frozen=True, slots=True)
class _Continued:
    """The claims of quotations over several passages, by passage, and the marks that they account for."""

    claims: dict[int, list[Claim]]
    paired: frozenset[tuple[int, int]]

    def covers(self, passage: Passage, quoted: Quoted) -> bool:
        """Return whether a quotation of one passage is the end of one that began in another."""
        return any((one.start, one.end) == (quoted.start, quoted.end) for one in self.claims.get(id(passage), ()))


def _continued(read: Sequence[_Read]) -> _Continued:
    claims: dict[int, list[Claim]] = {}
    paired: set[tuple[int, int]] = set()
    taken: dict[int, int] = {}
    for run in _runs(read):
        for number, one in enumerate(run):
            after = taken.get(id(one.passage), 0)
            at = next((at for at in one.marks.opening if at >= after), None)
            if at is None or one.inside(at):
                continue
            rest = run[number : number + _MOST_BLOCKS]
            chain = _reopened(rest, at) or _open_until(rest, at)
            value = BEGINS
            for each, start, end, sure in chain:
                if each.stretches.cuts(start, end):
                    continue
                place = "ends here" if each is chain[-1][0] else "goes on in the next paragraph"
                begun = "begins here" if each is one else "began in an earlier paragraph"
                claim = Claim(each.passage, start, end, "q", CONTINUED, sure, (), value, (begun, place))
                value = ""
                claims.setdefault(id(each.passage), []).append(claim)
                taken[id(each.passage)] = end
                paired |= {(id(each.passage), start), (id(each.passage), end - 1)}
    return _Continued(claims, frozenset(paired))


def _runs(read: Sequence[_Read]) -> Iterator[list[_Read]]:
    """Yield the paragraphs that follow on one another, with nothing but notes and breaks between them."""
    runs: dict[etree._Element, list[_Read]] = {}
    for one in read:
        block = one.passage.block
        above = block.getparent()
        if above is None or local(block) not in _BLOCKS:
            continue
        run = runs.get(above)
        if run is not None and _follows(block, run[-1].passage.block):
            run.append(one)
        else:
            if run is not None:
                yield run
            runs[above] = [one]
    yield from runs.values()


def _follows(block: etree._Element, other: etree._Element) -> bool:
    before = next((one for one in block.itersiblings(preceding=True) if local(one) not in _BETWEEN), None)
    return before is other


_Chain = list[tuple[_Read, int, int, float]]


def _reopened(run: Sequence[_Read], at: int) -> _Chain:
    """Return a quotation whose every paragraph opens with the mark, and the last closes."""
    first = run[0]
    mark = first.passage.text[at]
    chain = [(first, at, len(first.passage.text), _REOPENED)]
    for one in run[1:]:
        text, marks = one.passage.text, one.marks
        if text[0] != mark:
            return []
        if marks.opening[:1] == [0]:
            chain.append((one, 0, len(text), _REOPENED))
            continue
        last = next((each for each in marks.quoted if each.start == 0), None)
        # `“No,” I said.` is speech of its own.
        if last is None or (text[last.end - 2] == "," and last.end < len(text)):
            return []
        # Speech that comes after speech: the mark that is missing before is missing by mistake.
        if any(each.start >= last.end and text[each.start] == mark for each in marks.quoted):
            return []
        return [*chain, (one, 0, last.end, _REOPENED)]
    return []


def _open_until(run: Sequence[_Read], at: int) -> _Chain:
    """Return a quotation that opens in one paragraph and closes in a later one, without marks between."""
    first = run[0]
    mark = first.passage.text[at]
    chain = [(first, at, len(first.passage.text), _OPEN)]
    for one in run[1:]:
        text, marks = one.passage.text, one.marks
        end = marks.closing[0] + 1 if marks.closing else len(text)
        if marks.opening and marks.opening[0] < end:
            return []
        if any(each.start < end and text[each.start] == mark for each in marks.quoted):
            return []
        if not marks.closing:
            chain.append((one, 0, end, _OPEN))
            continue
        if text[end - 1] not in CLOSERS.get(mark, "") or one.inside(end - 1):
            return []
        return [*chain, (one, 0, end, _OPEN)]
    return []


# -- marks without a fellow


def _alone(read: _Read, paired: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """Yield that a passage has marks without a fellow, once."""
    text, key = read.passage.text, id(read.passage)
    alone = sorted(at for at in (*read.marks.opening, *read.marks.closing) if (key, at) not in paired)
    if not alone:
        return
    at = alone[0]
    words_there = text[max(0, at - 20) : at + 20]
    what = "does not close" if at in read.marks.opening else "was not opened"
    more = f" (and {len(alone) - 1} more in this block)" if len(alone) > 1 else ""
    hint = "look at the source: a mark may be missing, or be an apostrophe. The text was kept."
    yield Finding("E-010", read.passage.block, f"the quotation mark in `{words_there}` {what}{more}", hint)
