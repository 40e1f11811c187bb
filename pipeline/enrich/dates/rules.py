"""Dates and times of day: the pass that claims them in the passages of an entry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from pipeline.enrich.dates.resolve import Dating, dated
from pipeline.enrich.dates.written import Hour
from pipeline.enrich.model import Claim, Entry, Finding, Outcome
from pipeline.passage import Passage
from pipeline.tei import local

# What has dates of its own, or numbers and names that are none.
_MARKED: Final = frozenset(
    "bibl date time title idno citedRange biblScope persName placeName orgName name num measure".split()
)
_APART: Final = frozenset("bibl date time title idno speaker".split())


def dates(passages: Sequence[Passage], entry: Entry) -> Outcome:
    """Return what is a date or a time of day in an entry, with the year that is not written, and what cannot be one.

    What stands in citations, titles, names and dates that are marked already is left as it is.
    """
    outcome = Outcome()
    for passage in passages:
        if local(passage.block) in _APART:
            continue
        note = passage.note is not None or passage.commentary
        found, hours = dated(passage.text, entry.date, passage.language or entry.language, note)
        free = _Free(passage)
        for one in found:
            if free.at(one.written.start, one.written.end):
                _decide(passage, one, outcome)
        outcome.claims += [_time(passage, hour) for hour in hours if free.at(hour.start, hour.end)]
    return outcome


class _Free:
    """Tells which stretches of a passage are marked as nothing yet, and cross no element that is there."""

    def __init__(self, passage: Passage) -> None:
        self.marked = bytearray(len(passage.text))
        # Where an element begins or ends, and where the other end of it is.
        self.ends: list[tuple[int, int]] = []
        for held in passage.held:
            if held.name in _MARKED:
                self.marked[held.start : held.end] = b"\x01" * (held.end - held.start)
            self.ends += [(held.start, held.end), (held.end, held.start)]
        self.ends.sort()

    def at(self, start: int, end: int) -> bool:
        """Return whether a stretch is free."""
        if self.marked.find(1, start, end) >= 0:
            return False
        for place in range(bisect_left(self.ends, (start + 1, -1)), bisect_left(self.ends, (end, -1))):
            if not start <= self.ends[place][1] <= end:
                return False
        return True


def _decide(passage: Passage, one: Dating, outcome: Outcome) -> None:
    """Add the claim of a date to an outcome, or what an editor should know of it."""
    written = one.written
    form = passage.text[written.start : written.end]

    def found(code: str, message: str, hint: str) -> None:
        outcome.findings.append(Finding(code, passage.block, message, hint))

    if one.impossible:
        found("E-020", f"“{form}” is no day of the calendar", "compare the source; the words stay, and are no date.")
        return
    if not one.attributes:
        message = f"“{form}” has no year, and the entry no date to reckon it from"
        found("E-022", message, "give the entry its date, or encode this one by hand.")
        return
    if one.mismatch:
        message = f"“{form}” is taken for {one.value}, which was another day of the week"
        found("E-021", message, "see which of the two is the slip, and rule on the date.")
    outcome.claims.append(
        Claim(
            passage, written.start, written.end, "date", written.rule.replace(" ", "-"), one.certainty, one.attributes,
            one.value, one.evidence, one.alternatives,
        )
    )  # fmt: skip


def _time(passage: Passage, hour: Hour) -> Claim:
    alternatives = ((hour.other, round(1 - hour.certainty, 2)),) if hour.open else ()
    return Claim(
        passage, hour.start, hour.end, "time", "hour", hour.certainty, (("when", hour.iso),), hour.iso, hour.evidence,
        alternatives,
    )  # fmt: skip
