"""Which line of an entry is title, paragraph, continuation, note, page line, ornament, speech or commentary.

One decision over the whole entry: every reading of the lines is a path through a lattice, every step of it
weighed by its evidence; the path of the greatest weight is taken (Viterbi), and the share of all paths'
weight that agrees with a line's role is its confidence (forward-backward). Nothing is decided line by line,
so that a note is also told by the sentence that goes on after it.
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
from pipeline.model import Line
from pipeline.readers.profile import Pattern


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
        self.closings = [self._closing(index) for index in range(len(lines))]
        self.first = next((i for i, shape in enumerate(self.shapes) if not shape.page), 0)
        self._notes: dict[tuple[int, bool], Weights] = {}
        self._joins: dict[tuple[int, int], Weights] = {}
        self._breaks: dict[tuple[int, int, bool], Weights] = {}

    def _closing(self, index: int) -> int:
        """Return the line on which the bracket closes that this line opens at its beginning; -1 for none."""
        shape = self.shapes[index]
        if not shape.text.startswith("["):
            return -1
        depth = 0
        for here in range(index, len(self.shapes)):
            for position, mark in enumerate(self.shapes[here].text):
                depth += (mark == "[") - (mark == "]")
                if depth == 0:
                    # `[Smith] came in` supplies a name; commentary ends where its line ends.
                    ends = position == len(self.shapes[here].text) - 1
                    long = here > index or len(shape.words) >= 6
                    return here if ends and long else -1
        return -1

    def note(self, index: int, commentary: bool) -> Weights:
        key = (index, commentary)
        if key not in self._notes:
            setting = self.setting
            self._notes[key] = evidence.note_evidence(
                self.shapes[index], self.words, setting.author, setting.year, commentary
            )
        return self._notes[key]

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
            named = any(
                name in self.shapes[here].text for here in range(index, opened + 1) for name in self.setting.author
            )
            weights = [("opens a bracket that closes at the end of a paragraph", 3.0)]
            if named:
                weights.append(("speaks of the writer in the third person", 2.0))
            if opened > index:
                yield _State(Role.PARAGRAPH, index, -1, opened, True), (*weights, *left, *fresh)
            else:
                yield _State(Role.PARAGRAPH, -1, -1, index, True), (*weights, *left, *fresh)
        yield after(Role.PARAGRAPH), (*left, *fresh)
        if shape.label is not None and not inside:
            yield after(Role.SPEECH), (*left, *fresh, *evidence.speech_evidence(shape, self.labels, self.words))
        if state.text >= 0:
            weights = list(self.join(state.text, index))
            if state.role in TEXT and not shape.closing:
                weights.append(("nothing interrupts the line before", -4.0 if shape.lower else -7.0))
            if state.role is Role.NOTE_PAGE:
                weights.append(("a note that ends at a page line", -4.0))
            yield after(Role.CONTINUATION), (*weights, *self._unfinished_note(state))

    def _note_steps(self, state: _State, index: int) -> Iterator[tuple[_State, Weights]]:
        inside = index <= state.closes
        closes = state.closes if index < state.closes else -1
        base = self.note(index, inside)
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
                lower = self.shapes[index].lower
                joined = (*joined, ("no page line parts the note", -4.0 if lower else -7.0))
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
    best: float = -inf
    before: _State | None = None
    weights: Weights = ()
    forward: float = -inf
    backward: float = -inf


def segment(lines: Sequence[Line], setting: Setting) -> tuple[Decision, ...]:
    """Return what each line is, blank ones left out, as one decision over all of them."""
    lines = [line for line in lines if not line.blank]
    if not lines:
        return ()
    lattice = _Lattice(lines, setting)
    columns: list[dict[_State, _Node]] = [{_START: _Node(best=0.0, forward=0.0)}]
    edges: list[list[tuple[_State, _State, float]]] = []
    for index in range(len(lines)):
        column: dict[_State, _Node] = {}
        links: list[tuple[_State, _State, float]] = []
        top = max(node.best for node in columns[-1].values())
        for state, node in columns[-1].items():
            if node.best < top - _BEAM:
                continue
            for then, weights in lattice.steps(state, index):
                weight = evidence.total(weights)
                links.append((state, then, weight))
                target = column.setdefault(then, _Node())
                target.forward = _add(target.forward, node.forward + weight)
                if node.best + weight > target.best:
                    target.best, target.before, target.weights = node.best + weight, state, weights
        columns.append(column)
        edges.append(links)
    for node in columns[-1].values():
        node.backward = 0.0
    for index in range(len(lines) - 1, -1, -1):
        for state, then, weight in edges[index]:
            node = columns[index][state]
            node.backward = _add(node.backward, columns[index + 1][then].backward + weight)
    return _trace(lines, columns)


def _trace(lines: Sequence[Line], columns: list[dict[_State, _Node]]) -> tuple[Decision, ...]:
    state = max(columns[-1], key=lambda one: columns[-1][one].best)
    whole = columns[0][_START].backward
    path: list[_State] = []
    for column in reversed(columns[1:]):
        path.append(state)
        state = column[state].before or _START
    path.reverse()
    decisions = []
    last = -1
    for index, (line, state) in enumerate(zip(lines, path, strict=True)):
        column = columns[index + 1]
        shares: dict[str, float] = {}
        for other, node in column.items():
            shares[other.role] = shares.get(other.role, 0.0) + exp(node.forward + node.backward - whole)
        if state.opens:
            last = state.closes
        ranked = sorted(shares.items(), key=lambda item: -item[1])
        others = tuple((role, share) for role, share in ranked if role != state.role and share >= 0.005)
        decisions.append(
            Decision(
                line,
                state.role,
                min(1.0, shares[state.role]),
                column[state].weights,
                others,
                commentary=index <= last,
                opens=state.opens,
            )
        )
    return tuple(decisions)
