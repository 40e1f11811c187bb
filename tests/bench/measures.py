"""What segmentation made of a capture, held against what its lines are: precision, recall and confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Final

from lxml import etree

from pipeline.convert import author_names, convert
from pipeline.model import Capture, Pane, Source
from pipeline.pages import read_pages
from pipeline.readers.capture import reader
from pipeline.readers.profile import Profile, shipped_profiles
from pipeline.segment import Decision, Role, Setting, segment
from pipeline.tei import XML_ID, T, fold, local, parse
from tests.bench.captures import Gold

BINS: Final = (0.0, 0.5, 0.7, 0.9, 0.97, 0.99, 0.999, 1.0)
# Roles that a line's form settles: they say nothing about the weighing of evidence.
_PLAIN: Final = frozenset({Role.PAGE, Role.NOTE_PAGE, Role.ORNAMENT, Role.TITLE})


@dataclass(slots=True)
class Score:
    """How often something was found that is there (hits), found that is not, and there but not found."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def count(self, found: bool, there: bool) -> None:
        self.hits += found and there
        self.false += found and not there
        self.missed += there and not found

    @property
    def there(self) -> int:
        return self.hits + self.missed

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        return self.hits / self.there if self.there else None

    @property
    def f1(self) -> float | None:
        whole = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / whole if whole else None

    def add(self, other: Score) -> None:
        self.hits += other.hits
        self.false += other.false
        self.missed += other.missed


@dataclass(frozen=True, slots=True)
class Error:
    """A line that was taken for something else; commentary errors have the same role twice."""

    source: str
    line: int
    text: str
    gold: Gold
    found: str
    confidence: float
    evidence: str


@dataclass(slots=True)
class Result:
    """The figures of an edition, or of several together.

    bins holds for each range of confidence how many decisions fell in it, how many were right, and the sum
    of their confidence.
    """

    entries: int = 0
    refused: int = 0
    lines: int = 0
    right: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    scores: dict[str, Score] = field(default_factory=dict)
    bins: dict[int, tuple[int, int, float]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    unproved: int = 0

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())

    def add(self, other: Result) -> None:
        for name in ("entries", "refused", "lines", "right", "seconds", "unproved"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)
        for name, score in other.scores.items():
            self.score(name).add(score)
        for number, (count, right, total) in other.bins.items():
            mine = self.bins.get(number, (0, 0, 0.0))
            self.bins[number] = (mine[0] + count, mine[1] + right, mine[2] + total)
        self.errors += other.errors

    def weigh(self, confidence: float, right: bool) -> None:
        number = max(i for i, low in enumerate(BINS[:-1]) if confidence >= low)
        count, good, total = self.bins.get(number, (0, 0, 0.0))
        self.bins[number] = (count + 1, good + right, total + confidence)


def _profile(name: str) -> Profile:
    return next(profile for profile in shipped_profiles() if profile.name == name)


def _anchors(root: etree._Element, code: str) -> dict[str, str]:
    """Return for each note of a side, by its id, the text before it in its paragraph, speaker included."""
    anchors = {}
    for note in root.iter(f"{T}note"):
        name = note.get(XML_ID, "")
        parent = note.getparent()
        if not re.match(rf"{re.escape(code)}\.n\d+$", name) or parent is None:
            continue
        pieces = [parent.text or ""]
        for before in note.itersiblings(preceding=True):
            inner = "" if local(before) in ("note", "pb") else "".join(before.itertext())
            pieces.insert(1, inner + (before.tail or ""))
        speaker = parent.getprevious()
        if speaker is not None and local(speaker) == "speaker":
            pieces.insert(0, "".join(speaker.itertext()) + " ")
        anchors[name] = fold("".join(pieces))
    return anchors


def _no_space(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Anchor:
    """The text before a note in its paragraph, and the last of it that no either-way join is in (else "")."""

    text: str
    tail: str


def _expected(texts: Mapping[int, str], gold: tuple[Gold, ...]) -> dict[int, Anchor]:
    """Return the anchors of notes by their line, told from the roles of the lines."""
    anchors: dict[int, Anchor] = {}
    paragraph = tail = ""
    for one in gold:
        text = texts[one.line].strip()
        if one.role in (Role.PARAGRAPH, Role.SPEECH, Role.TITLE):
            paragraph, tail = text, text if one.either else ""
        elif one.role is Role.CONTINUATION:
            paragraph = f"{paragraph} {text}"
            tail = text if one.either else f"{tail} {text}" if tail else ""
        elif one.role is Role.NOTE:
            anchors[one.line] = Anchor(_no_space(paragraph), _no_space(tail))
    return anchors


def measure(source: Source, gold: tuple[Gold, ...], disordered: frozenset[str] | None = frozenset()) -> Result:
    """Return the figures of one capture, read, segmented and converted as `convert` does it.

    disordered are the sides whose pages are out of order, None where nobody knows.
    """
    result = Result(entries=1)
    began = perf_counter()
    capture, _ = reader().read(source)
    if capture is None:
        return Result(refused=1)
    profile = _profile(capture.profile)
    converted = convert(capture, "measured", profile.page, profile.ornament, None, Path())
    result.seconds = result.slowest = perf_counter() - began
    root = parse(converted.document) if converted.document is not None else None
    result.unproved = root is None
    known = {one.line: one for one in gold}
    panes = [pane for pane in capture.panes if not pane.empty]
    for pane in panes:
        _measure_pane(result, capture, pane, profile, known, root, disordered)
    return result


def _decide(capture: Capture, pane: Pane, profile: Profile) -> tuple[Decision, ...]:
    names = author_names(capture.author)
    setting = Setting(capture.title, names, int(capture.date[:4]), pane.language, profile.page, profile.ornament)
    return segment(pane.lines, setting)


def _measure_pane(
    result: Result, capture: Capture, pane: Pane, profile: Profile, known: Mapping[int, Gold],
    root: etree._Element | None, disordered: frozenset[str] | None,
) -> None:  # fmt: skip
    decisions = _decide(capture, pane, profile)
    pages, _ = read_pages(decisions, profile.page, capture.source)
    gold = tuple(known[decision.line.number] for decision in decisions)
    texts = {decision.line.number: decision.line.text for decision in decisions}
    expected = _expected(texts, gold)
    div = None if root is None else next((one for one in root.iter(f"{T}div") if one.get("subtype") == pane.side), None)
    code = "" if div is None else div.get(XML_ID, "")
    anchors = {} if div is None else _anchors(div, code)
    notes = 0
    for index, (one, decision) in enumerate(zip(gold, decisions, strict=True)):
        _count_line(result, one, decision)
        if one.role is not decision.role or one.commentary is not decision.commentary:
            others = ", ".join(f"{role} {share:.2f}" for role, share in decision.alternatives)
            why = "; ".join(f"{name} {weight:+.1f}" for name, weight in decision.evidence)
            found = decision.role + ("+commentary" if decision.commentary else "")
            result.errors.append(Error(capture.source, one.line, decision.line.text, one, found, decision.confidence,
                                       f"{why} [{others}]"))  # fmt: skip
        notes += decision.role is Role.NOTE
        placed = anchors.get(f"{code}.n{notes}") if decision.role is Role.NOTE else None
        wanted = expected.get(one.line)
        if wanted is not None and one.anchor is not None:
            wanted = Anchor(_no_space(one.anchor), wanted.tail)
        _count_anchor(result, placed, wanted)
        if one.glued is None:
            continue
        caught = Counter(page.n for page in pages.of_line(index) if page.caught)
        glued = Counter(one.glued)
        result.score("pages glued to words").hits += (caught & glued).total()
        result.score("pages glued to words").false += (caught - glued).total()
        result.score("pages glued to words").missed += (glued - caught).total()
    if disordered is not None:
        told = not all(page.in_order for page in pages.breaks if not page.notes)
        result.score("pages out of order").count(told, pane.side in disordered)
    _count_openings(result, gold, decisions)


def _count_anchor(result: Result, placed: str | None, wanted: Anchor | None) -> None:
    """Count a note that stands in the TEI (placed), in the capture (wanted), or in both."""
    if wanted is None and placed is None:
        return
    text = None if placed is None else _no_space(placed)
    right = wanted is not None and text == wanted.text
    near = right or (wanted is not None and text is not None and bool(wanted.tail) and text.endswith(wanted.tail))
    for name, good in (("anchors", right), ("anchors, but for joins either way", near)):
        result.score(name).hits += good
        result.score(name).missed += wanted is not None and not good
        result.score(name).false += placed is not None and not good


def _count_line(result: Result, gold: Gold, decision: Decision) -> None:
    found, there = decision.role, gold.role
    right = found is there and gold.commentary is decision.commentary
    result.lines += 1
    result.right += right
    note, is_note = found is Role.NOTE, there is Role.NOTE
    result.score("notes").count(note, is_note)
    if is_note and gold.kind:
        result.score(f"notes: {gold.kind}").count(note, True)
    result.score("notes going on after a page").count(found is Role.NOTE_CONTINUATION, there is Role.NOTE_CONTINUATION)
    if there in (Role.PAGE, Role.NOTE_PAGE):
        result.score("pages of notes").count(found is Role.NOTE_PAGE, there is Role.NOTE_PAGE)
    name = "joins, either way" if gold.either else "joins"
    result.score(name).count(found is Role.CONTINUATION, there is Role.CONTINUATION)
    result.score("speeches").count(found is Role.SPEECH, there is Role.SPEECH)
    result.score("commentary").count(decision.commentary, gold.commentary)
    result.score("titles").count(found is Role.TITLE, there is Role.TITLE)
    result.score("ornaments").count(found is Role.ORNAMENT, there is Role.ORNAMENT)
    if found not in _PLAIN:
        result.weigh(decision.confidence, found is there)


def _count_openings(result: Result, gold: tuple[Gold, ...], decisions: tuple[Decision, ...]) -> None:
    """Count where commentary begins: the line whose neighbour before stands outside it."""
    there = [one.commentary for one in gold]
    found = [one.commentary for one in decisions]
    for (a, b), (c, d) in zip(pairwise([False, *there]), pairwise([False, *found]), strict=True):
        result.score("commentaries begin").count(d and not c, b and not a)
