"""Decisions about lines → one side of an entry in TEI, with an account of every character used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Final

from lxml import etree

from pipeline.dates import Day, find_day
from pipeline.ledger import Account, Fate, Ledger
from pipeline.model import Pane
from pipeline.pages import PageBreak, Pages
from pipeline.segment import Decision, Role
from pipeline.tei import XML_ID, XML_LANG, T

RULES: Final = "s1"
# Below this a decision is told of: in @cert, in the stand-off annotations, in convert's line.
SURE: Final = 0.9
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"[’']s$")
_SUSPENDED: Final = frozenset(["and", "or", "to", "und", "oder", "bis", "ou", "et", "à", "и", "или", "до"])
# White space that is not one space already.
_RUNS: Final = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")


@dataclass(slots=True)
class Counts:
    """How many of each thing one side of an entry has."""

    paragraphs: int = 0
    notes: int = 0
    pages: int = 0
    unsure: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an entry, encoded: the div, its annotations, its ledger, and the notes without a text."""

    div: etree._Element
    annotations: tuple[etree._Element, ...]
    ledger: Ledger
    counts: Counts
    orphans: tuple[int, ...]


@dataclass(slots=True)
class _Body:
    """The state of writing one side; see encode()."""

    pane: Pane
    pages: Pages
    date: str
    code: str
    edition: str
    words: Counter[str]
    div: etree._Element
    container: etree._Element
    at: int
    accounts: list[Account] = field(default_factory=list)
    annotations: list[etree._Element] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    orphans: list[int] = field(default_factory=list)
    anchor: etree._Element | None = None
    note: etree._Element | None = None
    pending: list[etree._Element] = field(default_factory=list)
    spaces: list[int] = field(default_factory=list)
    last: str = ""
    note_last: str = ""
    blocks: Counter[str] = field(default_factory=Counter)

    def account(self, end: int, fate: Fate, into: str = "") -> None:
        if end > self.at:
            self.accounts.append(Account(self.at, end, fate, into))
            self.at = end

    def source(self, start: int, end: int) -> str:
        return self.pane.text[start - self.pane.start : end - self.pane.start]

    def gap(self, start: int, into: str) -> None:
        """Account for the white space up to start. Anything else there stays without an account."""
        stretch = self.source(self.at, start)
        if not stretch.strip():
            self.account(start, Fate.NORMALISED, into)
        self.at = start

    def count(self, kind: str) -> int:
        """Return the number of the next block of a kind, from 1."""
        self.blocks[kind] += 1
        return self.blocks[kind]

    def identify(self, element: etree._Element, number: str) -> None:
        element.set(XML_ID, f"{self.code}.{number}")

    # -- text

    def keep(self, element: etree._Element, start: int, end: int) -> None:
        """Append the source from start to end to an element, runs of white space as one space."""
        for found in _RUNS.finditer(self.source(start, end)):
            self._append(element, start + found.start())
            self.account(start + found.end(), Fate.NORMALISED, " ")
            _add_text(element, " ")
        self._append(element, end)

    def _append(self, element: etree._Element, end: int) -> None:
        _add_text(element, self.source(self.at, end))
        self.account(end, Fate.KEPT)

    def line(self, element: etree._Element, decision: Decision, index: int, start: int | None = None) -> None:
        """Append a line to an element; page numbers caught inside it become page breaks."""
        text = decision.line.text
        begin = decision.line.begin if start is None else start
        end = decision.line.stop
        for one in self.pages.of_line(index):
            if begin <= one.start and one.end <= end:
                self.keep(element, self.at, one.start)
                glued = not self.source(one.start - 1, one.start).isspace() if one.start > begin else False
                within = glued and one.end < end and not self.source(one.end, one.end + 1).isspace()
                element.append(self.page(one, "no" if within else None))
                self.account(one.end, Fate.MOVED, "pb/@n")
        self.keep(element, self.at, end)
        self.last = text.strip()

    # -- page breaks and ornaments

    def page(self, one: PageBreak, broken: str | None = None) -> etree._Element:
        pb = etree.Element(f"{T}pb", n=one.n, edRef=f"#{self.edition}.notes" if one.notes else f"#{self.edition}")
        if broken:
            pb.set("break", broken)
        if not one.in_order or one.caught:
            pb.set("cert", "medium" if one.in_order and one.confirmed else "low")
            pb.set("resp", "#auto.struct")
        self.counts.pages += 1
        return pb

    def page_line(self, decision: Decision, index: int) -> None:
        (one,) = self.pages.of_line(index)
        line = decision.line
        self.spaces.append(len(self.accounts))
        self.gap(line.begin, " ")
        self.account(one.start, Fate.DROPPED, "the label of a page line")
        self.account(one.end, Fate.MOVED, "pb/@n")
        self.account(line.stop, Fate.DROPPED, "the label of a page line")
        pb = self.page(one)
        if decision.confidence < SURE:
            self.identify(pb, f"pb{self.counts.pages}")
            self.annotate(decision, pb)
        self.pending.append(pb)

    def ornament(self, decision: Decision) -> None:
        line = decision.line
        text = line.text.strip()
        begin = line.start + line.text.index(text)
        self.gap(begin, " ")
        self.account(begin + len(text), Fate.MOVED, "milestone/@n")
        self.flush(self.container)
        self.container.append(etree.Element(f"{T}milestone", unit="section", n=text))
        self.anchor = None

    def flush(self, element: etree._Element) -> None:
        """Put the page breaks that wait for their place at the end of an element."""
        for one in self.pending:
            element.append(one)
        self.pending = []
        self.spaces = []

    # -- blocks

    def joint(self, decision: Decision) -> tuple[str, str | None]:
        """Return what stands between a line and the one before it that it goes on from: a space or nothing,
        and the break attribute of the page breaks there."""
        text = decision.line.text.strip()
        if re.match(r"[)\]},.;:!?»”]|’(?![^\W\d_])", text):
            return "", "no"
        if not self.pending:
            return " ", None
        head = re.search(r"([^\W\d_]+)(-|‐|\u00ad)?$", self.last)
        tail = _WORD.match(text)
        if head is None or tail is None:
            return " ", None
        left, right = head.group(1), _bare(tail.group())
        if head.group(2):
            if right in _SUSPENDED:
                return " ", None
            return "", "no" if text[:1].isupper() or f"{left}-{right}".lower() in self.words else "maybe"
        # A broken word is proved where the whole word stands elsewhere, and its second half nowhere.
        if text[:1].islower() and self.words[left.lower() + right] and self.words[right] <= 1:
            return "", "no"
        return " ", None

    def go_on(self, element: etree._Element, decision: Decision, index: int) -> None:
        """Append a line to the paragraph or note that it goes on from, after the page breaks between."""
        space, broken = self.joint(decision)
        # A note parts the words on its two sides, whether or not a space follows it.
        after_note = len(element) > 0 and element[-1].tag == f"{T}note" and not element[-1].tail
        self.gap(decision.line.begin, " " if after_note else space)
        _add_text(element, space)
        if broken:
            for one in self.pending:
                one.set("break", broken)
            # The white space before the page lines parts nothing either.
            for number in self.spaces:
                if number < len(self.accounts) and self.accounts[number].fate is Fate.NORMALISED:
                    self.accounts[number] = replace(self.accounts[number], into="")
        self.flush(element)
        self.line(element, decision, index)

    def block(self, name: str, parent: etree._Element, decision: Decision) -> etree._Element:
        self.gap(decision.line.begin, " ")
        self.flush(self.container)
        element: etree._Element = etree.SubElement(parent, f"{T}{name}")
        return element

    def paragraph(self, decision: Decision, index: int) -> etree._Element:
        p = self.block("p", self.container, decision)
        self.counts.paragraphs += 1
        if self.container is self.div:
            number = self.count("p")
            p.set("n", str(number))
            self.identify(p, str(number))
        else:
            commentary = self.container.get(XML_ID, "")
            p.set(XML_ID, f"{commentary}.{self.count(commentary)}")
        self.line(p, decision, index)
        return p

    def speech(self, decision: Decision, index: int) -> etree._Element:
        sp = self.block("sp", self.container, decision)
        self.identify(sp, f"s{self.count('sp')}")
        speaker = etree.SubElement(sp, f"{T}speaker")
        colon = self.at + decision.line.text.strip().index(":") + 1
        self.keep(speaker, self.at, colon)
        rest = self.source(colon, decision.line.end)
        begin = colon + len(rest) - len(rest.lstrip())
        self.gap(begin, " ")
        p: etree._Element = etree.SubElement(sp, f"{T}p")
        p.set(XML_ID, f"{sp.get(XML_ID)}.1")
        self.counts.paragraphs += 1
        self.line(p, decision, index, begin)
        return p

    def heading(self, decision: Decision, index: int) -> etree._Element:
        head = self.block("head", self.container, decision)
        text = decision.line.text.strip()
        day = find_day(text)
        if day is None or day.month is None or not (when := _resolved(day, self.date)):
            self.line(head, decision, index)
            return head
        begin = self.at
        self.keep(head, begin, begin + day.start)
        date = etree.SubElement(head, f"{T}date", when=when)
        if day.year is None:
            # The year was supplied, from the details or the contents.
            date.set("cert", "high")
            date.set("resp", "#auto.struct")
        self.keep(date, begin + day.start, begin + day.end)
        self.keep(head, begin + day.end, begin + len(text))
        self.last = text
        return head

    def new_note(self, decision: Decision, index: int) -> etree._Element:
        self.gap(decision.line.begin, " ")
        place = self.anchor
        if place is None:
            place = self.container
            if self.div.find(f".//{T}p") is None:
                self.orphans.append(decision.line.number)
        if self.pending and place is not self.container:
            _add_text(place, " ")
        self.flush(place)
        self.counts.notes += 1
        note: etree._Element = etree.SubElement(place, f"{T}note", type="editorial", place="end", resp="#ed")
        self.identify(note, f"n{self.counts.notes}")
        if decision.confidence < SURE:
            note.set("cert", "medium" if decision.confidence >= 0.7 else "low")
        kept = self.last
        self.line(note, decision, index)
        self.note, self.note_last, self.last = note, self.last, kept
        return note

    def more_note(self, decision: Decision, index: int) -> etree._Element:
        assert self.note is not None  # the lattice continues only notes that are open
        kept, self.last = self.last, self.note_last
        self.go_on(self.note, decision, index)
        self.note_last, self.last = self.last, kept
        return self.note

    def annotate(self, decision: Decision, element: etree._Element) -> None:
        """Record a decision that is not sure beside the text: what, how sure, what else it may be, and why."""
        if decision.confidence >= SURE:
            return
        self.counts.unsure += 1
        others = ", ".join(f"{role} {share:.2f}" for role, share in decision.alternatives)
        why = "; ".join(f"{name} ({weight:+.1f})" for name, weight in decision.evidence)
        annotation = etree.Element(f"{T}annotation", motivation="classifying")
        annotation.set("target", f"#{element.get(XML_ID)}")
        statement = etree.SubElement(annotation, f"{T}respStmt", resp="#auto.struct")
        said = etree.SubElement(statement, f"{T}resp")
        said.text = f"{decision.role}; certainty {decision.confidence:.2f}; otherwise {others or 'nothing else'}"
        if why:
            said.text += f"; evidence: {why}"
        etree.SubElement(statement, f"{T}name").text = "teipress"
        self.annotations.append(annotation)


def _bare(word: str) -> str:
    """Return a word as the entry's vocabulary has it: in lower case, without a possessive ending."""
    return _POSSESSIVE.sub("", word.lower())


def _add_text(element: etree._Element, text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _resolved(day: Day, entry: str) -> str | None:
    """Return a heading's date in full: its own year, else the entry's where day and month are the entry's."""
    if day.iso:
        return day.iso
    own = find_day(entry)
    return entry if own is not None and day.agrees(own) and own.day == day.day else None


def encode(pane: Pane, decisions: Sequence[Decision], pages: Pages, date: str, code: str, edition: str) -> Side:
    """Return one side of an entry in TEI.

    date is the entry's (ISO 8601), code the prefix of its ids, edition the xml:id of the print that the
    page breaks belong to.
    """
    div = etree.Element(f"{T}div", type="entry", subtype=pane.side)
    div.set(XML_ID, code)
    div.set(XML_LANG, pane.language)
    words = Counter(_bare(word) for decision in decisions for word in _WORD.findall(decision.line.text))
    body = _Body(pane, pages, date, code, edition, words, div, container=div, at=pane.start)
    if pages.first is not None:
        div.append(etree.Element(f"{T}pb", n=pages.first, edRef=f"#{edition}", cert="medium", resp="#auto.struct"))
    for index, decision in enumerate(decisions):
        _write(body, decision, index)
    body.flush(body.container)
    body.gap(pane.start + len(pane.text), " ")
    return Side(
        div,
        tuple(body.annotations),
        Ledger(pane.side, tuple(body.accounts), pages.first),
        body.counts,
        tuple(body.orphans),
    )


def _write(body: _Body, decision: Decision, index: int) -> None:
    """Write one line as what it was decided to be."""
    role = decision.role
    if decision.opens:
        body.flush(body.div)
        note = etree.SubElement(body.div, f"{T}note", type="commentary", place="inline", resp="#ed")
        body.identify(note, f"c{body.count('commentary')}")
        body.container, body.note = note, None
    elif (
        not decision.commentary
        and body.container is not body.div
        and role not in (Role.NOTE, Role.NOTE_CONTINUATION, Role.NOTE_PAGE)
    ):
        body.flush(body.container)
        body.container = body.div
    match role:
        case Role.PAGE | Role.NOTE_PAGE:
            body.page_line(decision, index)
        case Role.ORNAMENT:
            body.ornament(decision)
        case Role.TITLE:
            body.anchor = body.heading(decision, index)
            if decision.confidence < SURE:
                body.identify(body.anchor, "head")
                body.annotate(decision, body.anchor)
        case Role.PARAGRAPH:
            body.anchor = body.paragraph(decision, index)
            body.annotate(decision, body.anchor)
        case Role.SPEECH:
            body.anchor = body.speech(decision, index)
            body.annotate(decision, body.anchor)
        case Role.CONTINUATION:
            assert body.anchor is not None  # the lattice continues only paragraphs that are open
            body.go_on(body.anchor, decision, index)
            body.annotate(decision, body.anchor)
        case Role.NOTE:
            body.annotate(decision, body.new_note(decision, index))
        case Role.NOTE_CONTINUATION:
            body.annotate(decision, body.more_note(decision, index))
