"""Which line of an entry is title, paragraph, continuation, note, page line, ornament, speech or commentary.

One decision over the whole entry: every reading of the lines is a path through a lattice, every step of it
weighed by its evidence. The share of all paths' weight that gives a line a role is that role's certainty
(forward-backward), and the path is taken whose roles have the greatest shares in all. Nothing is decided
line by line, so that a note is also told by the sentence that goes on after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, inf, log1p
from typing import Final

from pipeline import evidence
from pipeline.dates import read_title
from pipeline.evidence import Weights
from pipeline.model import Line, Pattern


class Role(StrEnum):
    """What a line is."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    CONTINUATION = "continuation"
    SPEECH = "speech"
    NOTE = "note"
    NOTE_CONTINUATION = "note-continuation"
    PAGE = "page"
    NOTE_PAGE = "note-page"
    ORNAMENT = "ornament"


TEXT: Final = frozenset({Role.PARAGRAPH, Role.CONTINUATION, Role.SPEECH})
NOTES: Final = frozenset({Role.NOTE, Role.NOTE_CONTINUATION, Role.NOTE_PAGE})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a line was taken for, how sure that is (0 to 1), and why.

    evidence is what weighed on the step taken; alternatives are the other roles with their share, greatest
    first. commentary is whether the line stands in editors' commentary, opens whether it begins it.
    """

    line: Line
    role: Role
    confidence: float
    evidence: Weights
    alternatives: tuple[tuple[str, float], ...]
    commentary: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of an entry before its lines are read."""

    title: str
    author: frozenset[str]
    year: int | None
    language: str
    page: Pattern
    ornament: Pattern


@dataclass(frozen=True, slots=True)
class _State:
    """Where a path stands after a line.

    text and note are the indexes of the last line of the open paragraph and of the open note, -1 for none;
    closes is the index of the line that ends the commentary it stands in, -1 outside.
    """

    role: Role
    text: int
    note: int
    closes: int
    opens: bool = False


_START: Final = _State(Role.ORNAMENT, -1, -1, -1)
# A path so much less likely than the best one at the same line is given up.
_BEAM: Final = 25.0


class _Lattice:
    """The weights of the steps from line to line."""

    def __init__(self, lines: Sequence[Line], setting: Setting) -> None:
        self.setting = setting
        self.words = evidence.lexicon(setting.language)
        self.shapes = [evidence.shape(line.text, setting.page, setting.ornament) for line in lines]
        self.labels = Counter(shape.label for shape in self.shapes if shape.label)
        self.outliers = evidence.page_outliers(shape.page for shape in self.shapes if shape.page)
        self.closings = self._closings()
        self.first = next((i for i, shape in enumerate(self.shapes) if not shape.page), 0)
        self._notes: dict[int, Weights] = {}
        self._voices: dict[int, Weights] = {}
        self._joins: dict[tuple[int, int], Weights] = {}
        self._breaks: dict[tuple[int, int, bool], Weights] = {}

    def _closings(self) -> list[int]:
        """Return for each line that opens a bracket at its beginning the line that it closes on; else -1.

        Commentary ends where a line ends and is no mere word: `[Smith] came in` supplies a name.
        """
        closings = [-1] * len(self.shapes)
        open_: list[tuple[int, int]] = []
        for index, shape in enumerate(self.shapes):
            for position, mark in enumerate(shape.text):
                if mark == "[":
                    open_.append((index, position))
                elif mark == "]" and open_:
                    start, first = open_.pop()
                    ends = position == len(shape.text) - 1
                    if first == 0 and ends and (index > start or len(shape.words) >= 6):
                        closings[start] = index
        last = -1
        for index in range(len(closings)):
            # Within commentary no other one begins.
            if index <= last:
                closings[index] = -1
            last = max(last, closings[index])
        return closings

    def note(self, index: int) -> Weights:
        if index not in self._notes:
            setting = self.setting
            self._notes[index] = evidence.note_evidence(self.shapes[index], self.words, setting.author, setting.year)
        return self._notes[index]

    def voice(self, index: int) -> Weights:
        if index not in self._voices:
            setting = self.setting
            self._voices[index] = evidence.editors_voice(self.shapes[index], self.words, setting.author, setting.year)
        return self._voices[index]

    def join(self, before: int, index: int) -> Weights:
        key = (before, index)
        if key not in self._joins:
            self._joins[key] = evidence.join_evidence(self.shapes[before], self.shapes[index], self.words)
        return self._joins[key]

    def opening(self, before: int, index: int, interrupted: bool) -> Weights:
        key = (before, index, interrupted)
        if key not in self._breaks:
            last = self.shapes[before] if before >= 0 else None
            self._breaks[key] = evidence.break_evidence(last, self.shapes[index], self.words, interrupted)
        return self._breaks[key]

    def _unfinished_note(self, state: _State) -> Weights:
        """Return the price of leaving a note whose last line breaks off."""
        if state.note < 0 or state.role not in NOTES or self.shapes[state.note].terminal:
            return ()
        return (("the note before breaks off", -2.0),)

    def steps(self, state: _State, index: int) -> Iterator[tuple[_State, Weights]]:
        """Yield every state that a line can lead to, with the evidence for it."""
        shape = self.shapes[index]
        if shape.page is not None:
            yield from self._page_steps(state, index)
        elif shape.ornament:
            yield _State(Role.ORNAMENT, -1, -1, state.closes), self._left(state, index)
        else:
            yield from self._text_steps(state, index)
            yield from self._note_steps(state, index)

    def _page_steps(self, state: _State, index: int) -> Iterator[tuple[_State, Weights]]:
        page = self.shapes[index].page or ""
        far = self.outliers.get(page, 0.0)
        where = "the number is far from the others" if far > 0 else "the number is one of the entry's own"
        yield _State(Role.PAGE, state.text, -1, state.closes), ((where, -far), *self._unfinished_note(state))
        if state.note >= 0 and state.role in NOTES:
            weights = ((where, far), ("a page line within a note", -0.5))
            yield _State(Role.NOTE_PAGE, state.text, state.note, state.closes), weights

    def _left(self, state: _State, index: int) -> Weights:
        """Return the price of what is left open before a line: a paragraph, a note, the pages of a note."""
        weights = self.opening(state.text, index, state.role not in TEXT) if state.text >= 0 else ()
        if state.role is Role.NOTE_PAGE:
            weights = (*weights, ("a note that ends at a page line", -4.0))
        return (*weights, *self._unfinished_note(state))

    def _text_steps(self, state: _State, index: int) -> Iterator[tuple[_State, Weights]]:
        shape = self.shapes[index]
        left = self._left(state, index)
        fresh = () if state.text >= 0 else self.opening(-1, index, False)
        inside = index <= state.closes
        # In commentary the editors speak, in its text as in its notes.
        voice = self.voice(index) if inside else ()
        closes = state.closes if index < state.closes else -1
        # What comes after the commentary's last line opens a block of its own.
        text = -1 if index == state.closes else index

        def after(role: Role) -> _State:
            return _State(role, text, -1, closes)

        if index == self.first:
            if shape.text == self.setting.title:
                yield _State(Role.TITLE, -1, -1, -1), (("is the title that the details give", 8.0),)
            elif evidence_of_title(shape.text):
                yield _State(Role.TITLE, -1, -1, -1), (("is nothing but a date, at the beginning", 4.0),)
            elif len(shape.words) <= 8 and not shape.terminal and not shape.label:
                yield _State(Role.TITLE, -1, -1, -1), (("a short first line without a stop", 2.0),)
        opened = self.closings[index]
        if opened >= 0 and not inside:
            weights = [("opens a bracket that closes at the end of a paragraph", 3.0), *self.voice(index)]
            if opened > index:
                yield _State(Role.PARAGRAPH, index, -1, opened, True), (*weights, *left, *fresh)
            else:
                yield _State(Role.PARAGRAPH, -1, -1, index, True), (*weights, *left, *fresh)
        yield after(Role.PARAGRAPH), (*left, *fresh, *voice)
        if shape.label is not None and not inside:
            yield after(Role.SPEECH), (*left, *fresh, *evidence.speech_evidence(shape, self.labels, self.words))
        if state.text >= 0:
            weights = [*self.join(state.text, index), *voice]
            if state.role in TEXT and not shape.closing:
                weights.append(("nothing interrupts the line before", -8.0))
            if state.role is Role.PAGE and self.shapes[state.text].terminal and not shape.closing:
                weights.append(("a sentence that ends with its page", -1.0))
            if state.role is Role.NOTE_PAGE:
                weights.append(("a note that ends at a page line", -4.0))
            yield after(Role.CONTINUATION), (*weights, *self._unfinished_note(state))

    def _note_steps(self, state: _State, index: int) -> Iterator[tuple[_State, Weights]]:
        inside = index <= state.closes
        closes = state.closes if index < state.closes else -1
        base = self.note(index)
        if index == state.closes:
            base = (*base, ("the commentary's last line", -2.0))
        weights = base
        if self.closings[index] >= 0 and not inside:
            weights = (*weights, ("opens a bracket that closes at the end of a paragraph", -4.0))
        if state.text < 0 and state.role is not Role.TITLE:
            weights = (*weights, ("there is no text to annotate", -3.0))
        if state.role in (Role.NOTE, Role.NOTE_CONTINUATION):
            weights = (*weights, ("a note follows a note", -1.0))
        yield _State(Role.NOTE, state.text, index, closes), (*weights, *self._unfinished_note(state))
        if state.note >= 0 and state.role in NOTES:
            joined = self.join(state.note, index)
            # What told against a note at its beginning tells nothing where it goes on.
            going_on = tuple(pair for pair in base if not pair[0].startswith("begins") and "fewer" not in pair[0])
            if state.role is not Role.NOTE_PAGE:
                joined = (*joined, ("no page line parts the note", -8.0))
            yield _State(Role.NOTE_CONTINUATION, state.text, index, closes), (*joined, *going_on)


def evidence_of_title(text: str) -> bool:
    """Return whether a line is nothing but a date, as titles of entries are."""
    title = read_title(text)
    return title.plain and title.day is not None and title.day.day is not None


def _add(one: float, other: float) -> float:
    """Return log(exp(one) + exp(other))."""
    if one < other:
        one, other = other, one
    return one if other == -inf else one + log1p(exp(other - one))


@dataclass(slots=True)
class _Node:
    """A state after a line: the weight of all paths to it and from it (logarithms), of the heaviest path to it, and
    how much the readings of a path to it agree with all others."""

    forward: float = -inf
    backward: float = -inf
    best: float = -inf
    agreement: float = -1.0


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a path from one line to the next."""

    start: _State
    end: _State
    weights: Weights
    weight: float


def segment(lines: Sequence[Line], setting: Setting) -> tuple[Decision, ...]:
    """Return what each line is, blank ones left out, as one decision over all of them."""
    lines = [line for line in lines if not line.blank]
    if not lines:
        return ()
    lattice = _Lattice(lines, setting)
    columns: list[dict[_State, _Node]] = [{_START: _Node(forward=0.0, best=0.0, agreement=0.0)}]
    steps: list[list[_Step]] = []
    for index in range(len(lines)):
        column, taken = _forward(lattice, columns[-1], index)
        columns.append(column)
        steps.append(taken)
    for node in columns[-1].values():
        node.backward = 0.0
    for before, column, taken in zip(columns[-2::-1], columns[:0:-1], reversed(steps), strict=True):
        for step in taken:
            node = before[step.start]
            node.backward = _add(node.backward, column[step.end].backward + step.weight)
    shares = [_shares(column, columns[0][_START].backward) for column in columns[1:]]
    path = _best_path(columns, steps, shares)
    return _decisions(lines, path, shares)


def _forward(lattice: _Lattice, before: dict[_State, _Node], index: int) -> tuple[dict[_State, _Node], list[_Step]]:
    """Return the states after a line and the steps that lead there from those before it."""
    column: dict[_State, _Node] = {}
    taken: list[_Step] = []
    top = max(node.best for node in before.values())
    for state, node in before.items():
        if node.best < top - _BEAM:
            continue
        for then, weights in lattice.steps(state, index):
            weight = evidence.total(weights)
            taken.append(_Step(state, then, weights, weight))
            target = column.setdefault(then, _Node())
            target.forward = _add(target.forward, node.forward + weight)
            target.best = max(target.best, node.best + weight)
    return column, taken


def _shares(column: dict[_State, _Node], whole: float) -> dict[Role, float]:
    """Return the share of all paths' weight that each role of a line has."""
    shares: dict[Role, float] = {}
    for state, node in column.items():
        shares[state.role] = shares.get(state.role, 0.0) + exp(node.forward + node.backward - whole)
    return shares


def _best_path(
    columns: list[dict[_State, _Node]], steps: list[list[_Step]], shares: list[dict[Role, float]]
) -> list[_Step]:
    """Return the path whose roles have the greatest shares in all: of all readings, the one most agreed with."""
    ways: list[dict[_State, _Step]] = []
    for before, column, taken, share in zip(columns, columns[1:], steps, shares, strict=False):
        ways.append({})
        for step in taken:
            agreement = before[step.start].agreement + share[step.end.role]
            if agreement > column[step.end].agreement:
                column[step.end].agreement = agreement
                ways[-1][step.end] = step
    state = max(columns[-1], key=lambda one: columns[-1][one].agreement)
    path: list[_Step] = []
    for way in reversed(ways):
        path.append(way[state])
        state = path[-1].start
    return path[::-1]


def _decisions(lines: Sequence[Line], path: list[_Step], shares: list[dict[Role, float]]) -> tuple[Decision, ...]:
    decisions = []
    last = -1
    for index, (line, step, share) in enumerate(zip(lines, path, shares, strict=True)):
        state = step.end
        if state.opens:
            last = state.closes
        ranked = sorted(share.items(), key=lambda item: -item[1])
        others = tuple((role, part) for role, part in ranked if role != state.role and part >= 0.005)
        confidence = min(1.0, share[state.role])
        decisions.append(Decision(line, state.role, confidence, step.weights, others, index <= last, opens=state.opens))
    return tuple(decisions)
