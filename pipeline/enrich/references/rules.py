"""References within an edition: to its entries, its printed pages and its notes.

`See diary entry for 12 March 1937` is `ref` around the words from `diary` on; a page or a note is one only where the
text says that it is its own (`see above, p. 48`, `cf. note 3`). What leads nowhere is a `ref` without a target, and
is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pipeline.enrich.model import Claim, Entry, Finding, Outcome
from pipeline.enrich.references.targets import Places, address, merged, notes_beside, places_of, years_near
from pipeline.enrich.references.words import AFTER, BEFORE, Item, days, numbers, patterns
from pipeline.enrich.stretches import Stretches, stands_in
from pipeline.passage import Held, Passage
from pipeline.tei import XML_ID

__all__ = ["Places", "merged", "places_of", "references"]

# What stands in these refers to something else, or is a reference already.
_MARKED: Final = frozenset("ref ptr bibl title idno q quote said".split())
# A day that the text dates may take more characters than the words of its month and year.
_MORE: Final = 10


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where a reference leads: the address, how sure that is, why, and what else it may be."""

    target: str
    certainty: float
    evidence: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and after a possible reference."""

    before: str
    after: str

    @property
    def pointed(self) -> bool:
        """Return whether it is pointed to (`see the …`)."""
        return patterns().pointed.search(self.before) is not None

    @property
    def located(self) -> bool:
        """Return whether it is said to be in this text (`see above, …`, `… below`)."""
        return patterns().located.search(self.before) is not None or patterns().there.match(self.after) is not None

    @property
    def later(self) -> bool:
        """Return whether it is said to come later in the text."""
        clause = re.split(r"[.;:]\s", self.before)[-1]
        behind = patterns().there.match(self.after)
        return patterns().later.search(clause + " " + (behind.group() if behind else "")) is not None


class _References:
    """The references of one document; see references()."""

    def __init__(self, entry: Entry, places: Places) -> None:
        self.entry, self.places = entry, places
        self.outcome = Outcome()
        self.notes: dict[etree._Element, list[etree._Element]] = {}

    def read(self, passage: Passage) -> None:
        """Claim the references of a passage."""
        stretches = Stretches(passage)
        dates = _Dates(passage)
        taken = 0
        found = sorted(
            (
                *self.entries(passage, dates),
                *self.volumes(passage, dates),
                *self.pages(passage),
                *self.of_notes(passage),
            ),
            key=lambda one: (one[0], -one[1]),
        )
        for start, end, kind, lead in found:
            end = dates.end(start, end)
            if start < taken or stretches.touches(start, end, _MARKED):
                continue
            if stretches.cuts(start, end):
                continue
            taken = end
            self.claim(passage, start, end, kind, lead)

    def claim(self, passage: Passage, start: int, end: int, kind: str, lead: _Lead) -> None:
        attributes = (("type", kind), *((("target", lead.target),) if lead.target else ()))
        claim = Claim(
            passage,
            start,
            end,
            "ref",
            kind,
            lead.certainty,
            attributes,
            value=lead.target or lead.wanted,
            evidence=lead.evidence,
            alternatives=lead.alternatives,
        )
        self.outcome.claims.append(claim)
        if not lead.target:
            code, message, hint = _UNRESOLVED[kind]
            self.outcome.findings.append(Finding(code, passage.block, message.format(claim.form), hint))

    # -- entries

    def entries(self, passage: Passage, dates: _Dates) -> Iterator[tuple[int, int, str, _Lead]]:
        """Yield the references to entries by their day (`diary entry for 12 March 1937`)."""
        text = passage.text
        for found in patterns().entries.finditer(text):
            around = _around(text, found.start(), found.end())
            row = days(text, found.end())
            if not row or (found["book"] and not around.pointed):
                continue
            author = self._is_own(around.before)
            pointed = around.pointed or author or patterns().chained.search(around.before) is not None
            if not pointed and patterns().others.search(around.before):
                continue
            around = _Around(around.before, text[row[-1].end : row[-1].end + AFTER])
            for number, item in enumerate(row):
                lead = self.to_day(dates, item, around.later)
                if not pointed:
                    if not lead.target:
                        break
                    lead = _less(lead, 0.8, "no word points to it")
                yield item.start if number else found.start(), item.end, "entry", lead

    def _is_own(self, before: str) -> bool:
        """Return whether an entry is said to be the writer's, by name, and pointed to."""
        names = [name for name in self.entry.author.replace("(", ",").replace(")", ",").split(",") if name.strip()]
        for name in names[:1] + names[2:]:
            for ending in ("’s ", "'s ", "’ ", "' "):
                own = name.strip() + ending
                if before.endswith(own) and patterns().pointed.search(before[: -len(own)]):
                    return True
        return False

    def volumes(self, passage: Passage, dates: _Dates) -> Iterator[tuple[int, int, str, _Lead]]:
        """Yield the references to entries by volume and day (`see vol. 2, 4 June 1939`)."""
        text = passage.text
        for found in patterns().volumes.finditer(text):
            row = days(text, found.end())
            if not row or not row[0].year or not _around(text, found.start(), found.end()).pointed:
                continue
            for number, item in enumerate(row):
                yield item.start if number else found.start(), item.end, "entry", self.to_day(dates, item, False)

    def to_day(self, dates: _Dates, item: Item, later: bool) -> _Lead:
        """Return where a reference to a day, or to the days of a range, leads."""
        years = [item.year] if item.year else years_near(item.month, item.days[0], self.entry.date, later)
        held = None if item.year else dates.year(item)
        if held is not None and held not in years[:1]:
            years = [held, *(year for year in years if year != held)]
        there = [(year, targets) for year in years if (targets := self._of_days(item, year))]
        wanted = f"entry:{years[0]:04}-{item.month:02}-{item.days[0]:02}" if years else ""
        if not there:
            return _Lead("", 0.8, ("no entry of this day in the edition",), wanted=wanted)
        year, targets = there[0]
        others = tuple((other[0], 0.1) for _, other in there[1:])
        if item.year:
            return _Lead(" ".join(targets), 0.95, ("the edition has an entry of this day",))
        why = "nearest to the entry’s own day" if year == years[0] else "the only year with an entry of this day"
        return _Lead(" ".join(targets), 0.85 if year == years[0] else 0.72, (why,), others)

    def _of_days(self, item: Item, year: int) -> list[str]:
        """Return the addresses of the entries of a day or of the days of a range."""
        last = min(item.days[-1], monthrange(year, item.month)[1])
        ids = (
            self.places.day(f"{year:04}-{item.month:02}-{day:02}", item.ordinal)
            for day in range(item.days[0], last + 1)
        )
        return [address(one) for one in ids if one]

    # -- pages

    def pages(self, passage: Passage) -> Iterator[tuple[int, int, str, _Lead]]:
        """Yield the references to pages of this book (`see above, p. 48`, `see vol. 1, p. 412`)."""
        text = passage.text
        own = self.places.volumes.get(self.entry.id, "")
        for found in patterns().pages.finditer(text):
            several = _is_plural(found.group())
            row = numbers(text, found.end(), several)
            if not row:
                continue
            around = _around(text, found.start(), row[-1].end)
            volume = found["volume"]
            alone = _stands_alone(passage, found.start(), row[-1].end) and around.pointed
            if not (around.located or alone or (volume and around.pointed)):
                continue
            for number, item in enumerate(row):
                entry = self.places.page(item.n, volume or own)
                if entry:
                    lead = _Lead(address(entry), 0.93, ("the page stands in this entry",))
                else:
                    lead = _Lead("", 0.75, ("no page of this number in the edition",), wanted=f"#p{item.n}")
                if alone and not around.located:
                    lead = _less(lead, 0.85, "no other work is named before it")
                if passage.note is None and not passage.commentary:
                    lead = _less(lead, 0.75, "in the text, which has pages of its own")
                yield item.start if number else found.start(), item.end, "page", lead

    # -- notes

    def of_notes(self, passage: Passage) -> Iterator[tuple[int, int, str, _Lead]]:
        """Yield the references to notes of this entry (`cf. note 3`)."""
        text = passage.text
        if passage.note is None and not passage.commentary:
            return
        for found in patterns().notes.finditer(text):
            row = numbers(text, found.end(), _is_plural(found.group()))
            if not row:
                continue
            around = _around(text, found.start(), row[-1].end)
            if patterns().beyond.match(around.after) and not patterns().there.match(around.after):
                continue
            if not (around.pointed or around.located or patterns().quoted.search(around.before)):
                continue
            for number, item in enumerate(row):
                if item.n.isdigit():
                    yield item.start if number else found.start(), item.end, "note", self.to_note(passage, item.n)

    def to_note(self, passage: Passage, n: str) -> _Lead:
        """Return where a reference to a note leads: the note of that number, else the one at that place."""
        block = passage.note if passage.note is not None else passage.block
        if block not in self.notes:
            self.notes[block] = notes_beside(block)
        notes = self.notes[block]
        numbered = [note for note in notes if note.get("n") == n]
        counted = [] if any(note.get("n") for note in notes) else notes[int(n) - 1 : int(n)] if int(n) else []
        note = next(iter(numbered or counted), None)
        if note is None or note is passage.note:
            return _Lead("", 0.75, ("no note of this number in the entry",), wanted=f"#n{n}")
        why = "the note has this number" if numbered else "notes counted in their order"
        if own := note.get(XML_ID):
            return _Lead(f"#{own}", 0.95 if numbered else 0.85, (why,))
        return _Lead("", 0.8, (why, "the note has no xml:id"), wanted=f"#n{n}")


_UNRESOLVED: Final = {
    "entry": ("L-010", "`{}` leads to no entry of this edition", "correct the day, or add the entry; it has no target"),
    "page": (
        "L-011",
        "`{}` leads to no page of this edition",
        "give the address by hand, or leave it without a target",
    ),
    "note": ("L-012", "`{}` leads to no note of this entry", "give the note an xml:id, and point to it by hand"),
}


def references(passages: Sequence[Passage], entry: Entry, edition: Places) -> Outcome:
    """Return the references to entries, pages and notes of the edition, and those that lead nowhere.

    A day without a year is the nearest before the entry's own, unless only another is in the edition. Dates are
    wrapped where they are marked already.
    """
    found = _References(entry, edition)
    for passage in passages:
        if not stands_in(passage, _MARKED):
            found.read(passage)
    return found.outcome


def _around(text: str, start: int, end: int) -> _Around:
    # What was cut off is no beginning of a text.
    cut = "\0" if start > BEFORE else ""
    return _Around(cut + text[max(0, start - BEFORE) : start], text[end : end + AFTER])


# A citation, or a name or title of a work, so near before a page is that page's.
_CITED: Final = 90
_OF_A_WORK: Final = re.compile(
    r"(?<!\w)(?:ibid|op\.\scit|loc\.\scit|pp?\.\s?\d|vol\.|ed\.)|[’”»]\s?[,(]|\(\d{4}\)", re.IGNORECASE
)


def _stands_alone(passage: Passage, start: int, end: int) -> bool:
    """Return whether a page ends its sentence in a note and no work is cited before it: `… in exile; see p. 31.`"""
    text = passage.text
    if passage.note is None or not re.match(r"[.;]?\s*(?:$|[A-ZÀ-ÖØ-ÞА-ЯЁ(])|[)\]]", text[end : end + 4]):
        return False
    near = text[max(0, start - _CITED) : start]
    if _OF_A_WORK.search(near):
        return False
    works = (*passage.of("bibl"), *passage.of("title"))
    return not any(one.start < start and one.end > start - _CITED for one in works)


def _less(lead: _Lead, factor: float, why: str) -> _Lead:
    return _Lead(lead.target, lead.certainty * factor, (*lead.evidence, why), lead.alternatives, lead.wanted)


def _is_plural(label: str) -> bool:
    """Return whether a label is for more than one page or note; in German and Russian it need not say."""
    bare = label.strip().lower().rpartition(" ")[2]
    return bare not in ("p.", "page", "note", "n.", "footnote", "endnote", "fn.", "seite", "сноска", "сноску")


class _Dates:
    """The dates of a passage that are marked already, found by their place."""

    def __init__(self, passage: Passage) -> None:
        self._dates = passage.of("date")
        self._starts = [one.start for one in self._dates]

    def _near(self, end: int) -> tuple[Held, ...]:
        last = bisect_left(self._starts, end)
        return self._dates[max(0, last - 2) : last]

    def end(self, start: int, end: int) -> int:
        """Return the end of a reference, moved to that of a date that goes on behind it."""
        return next((one.end for one in self._near(end) if start <= one.start and end < one.end <= end + _MORE), end)

    def year(self, item: Item) -> int | None:
        """Return the year in which a day is marked; None where it is not, or another day is."""
        for one in self._near(item.end):
            when = one.element.get("when", "")
            same = len(when) == 10 and when[4:] == f"-{item.month:02}-{item.days[0]:02}"
            if item.start < one.end and same and when[:4].isdigit():
                return int(when[:4])
        return None
