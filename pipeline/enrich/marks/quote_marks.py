"""Quotation marks: which open, which close, which are apostrophes, and which belong together.

English, German, French and Russian marks, curly and straight. Double marks are paired first: what they are can be seen.
Single ones are paired inside them, where the closing mark has to be told from the apostrophe (`the Longuets’ house`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Final

from pipeline.resources import resource

_DOUBLE: Final = re.compile(r"[“”„‟\"«»‹›]")
_SINGLE: Final = re.compile(r"[‘’‚‛']")
# What a mark that opens may stand behind, besides white space.
_BEFORE_OPENING: Final = "([{<—–-‑/|‘“„«‹‚'\"¿¡…=+"
_PUNCTUATION: Final = ".,!?…;:—–-)]"
# The marks that an opening mark may be closed by.
CLOSERS: Final = {
    "“": "”“",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "'": "'",
}
_INCHES: Final = re.compile(r"\d['′]\s?\d{1,3}$")
_WORD: Final = re.compile(r"[^\W_]+")
_NEXT_WORD: Final = re.compile(r"\s+([^\W_]++’?)")
_LAST_WORD: Final = re.compile(r"[^\W\d_]{1,30}$")
_FIGURES: Final = re.compile(r"\d\ds?")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its marks: where it starts, where it ends, and how sure that is."""

    start: int
    end: int
    certainty: float


@dataclass(slots=True)
class Reading:
    """The quotations of a text in order, and the places of the marks without a fellow."""

    quoted: list[Quoted] = field(default_factory=list)
    opening: list[int] = field(default_factory=list)
    closing: list[int] = field(default_factory=list)


@cache
def words(key: str, separator: str | None = None) -> frozenset[str]:
    """Return the words of a kind in all languages."""
    tables = tomllib.loads(resource("enrich/marks/quotation_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for table in tables.values() for word in table[key].split(separator) if word)


def read_marks(text: str, passed_over: Callable[[int], bool]) -> Reading:
    """Return the quotations of a text; passed_over says of a place whether a mark there belongs to something else."""
    reading = Reading()
    doubles = [found.start() for found in _DOUBLE.finditer(text) if not passed_over(found.start())]
    _pair_doubles(text, doubles, reading)
    singles = [found.start() for found in _SINGLE.finditer(text) if not passed_over(found.start())]
    for level in _levels(reading.quoted, singles):
        _pair_singles(text, level, reading)
    reading.quoted.sort(key=lambda one: (one.start, -one.end))
    reading.opening.sort()
    reading.closing.sort()
    return reading


def _around(text: str, at: int) -> tuple[str, str]:
    return text[at - 1] if at else "", text[at + 1 : at + 2]


def _may_open(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _may_close(before: str, after: str) -> bool:
    """Return whether a mark can close: something stands before it, or nothing after it."""
    return not after.isalnum() and bool(before) and (not before.isspace() or not after or not after.isalnum())


# -- double marks


class _Open:
    """The marks that are open, of which those of one kind can be counted without looking at all."""

    def __init__(self) -> None:
        self.marks: list[tuple[int, str]] = []
        self._count: Counter[str] = Counter()

    def push(self, at: int, mark: str) -> None:
        self.marks.append((at, mark))
        self._count[mark] += 1

    def has(self, kinds: str) -> bool:
        return any(self._count[kind] for kind in kinds)

    def pop(self, kinds: str) -> tuple[int, list[int]]:
        """Take the last mark of these kinds; return its place and those of the marks that were open inside it."""
        inside: list[int] = []
        while True:
            at, mark = self.marks.pop()
            self._count[mark] -= 1
            if mark in kinds:
                return at, inside
            inside.append(at)


def _pair_doubles(text: str, places: Sequence[int], reading: Reading) -> None:
    open_ = _Open()
    for at in places:
        mark = text[at].replace("‟", "“")
        before, after = _around(text, at)
        if mark == '"' and _is_inches(text, at, before, open_):
            continue
        kinds = _closed_by(mark, before, after, open_)
        if kinds:
            start, inside = open_.pop(kinds)
            reading.opening += inside
            regular = (mark in "”»›" and text[start] in "“„«‹") or (text[start], mark) in (("„", "“"), ("»", "«"))
            reading.quoted.append(Quoted(start, at + 1, 0.97 if regular else 0.92 if mark == '"' else 0.85))
        elif _opens(mark, before, after):
            open_.push(at, mark)
        else:
            reading.closing.append(at)
    reading.opening += (at for at, _ in open_.marks)


def _is_inches(text: str, at: int, before: str, open_: _Open) -> bool:
    return before.isdigit() and (not open_.has('"') or _INCHES.search(text[max(0, at - 6) : at]) is not None)


def _closed_by(mark: str, before: str, after: str, open_: _Open) -> str:
    """Return the kinds of open marks that a mark closes where it stands; none where it closes nothing."""
    closing = _may_close(before, after)
    if mark == "“":
        # In German it closes; elsewhere only by mistake.
        kinds = "„" if open_.has("„") else "“"
        return kinds if closing and not _may_open(before, after) and open_.has(kinds) else ""
    if mark == "”":
        return "“„”" if open_.has("“„") or (closing and open_.has("”")) else ""
    if mark in "»›":
        kind = "«" if mark == "»" else "‹"
        return kind if open_.has(kind) else ""
    if mark in "«‹":
        kind = "»" if mark == "«" else "›"
        return kind if closing and not before.isspace() and open_.has(kind) else ""
    if mark == '"':
        return mark if closing and open_.has(mark) and not _may_open(before, after) else ""
    return ""


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in "“„":
        return bool(after) and not before.isalnum()
    if mark in "«‹":
        # A space inside the mark is French.
        return bool(after) and not before.isalnum()
    return _may_open(before, after) and (mark == '"' or after.isalnum() or after in "‘“„«‚›…(¿¡[")


# -- single marks


class _Role(Enum):
    STRONG = auto()  # opens
    WEAK = auto()  # opens, or is the apostrophe of a word without its beginning
    FIRM = auto()  # closes
    SOFT = auto()  # closes, or is the apostrophe of a possessive
    GERMAN = auto()  # ‘ closes what ‚ opened


def _levels(quoted: Sequence[Quoted], singles: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of single marks, those inside one quotation (and in none within it) together."""
    pairs = sorted(quoted, key=lambda one: one.start)
    levels: dict[int, list[int]] = {-1: []}
    stack = [(-1, 0)]
    number = 0
    for at in singles:
        while number < len(pairs) and pairs[number].start < at:
            while len(stack) > 1 and stack[-1][1] <= pairs[number].start:
                stack.pop()
            stack.append((number, pairs[number].end))
            number += 1
        while len(stack) > 1 and stack[-1][1] <= at:
            stack.pop()
        levels.setdefault(stack[-1][0], []).append(at)
    yield from levels.values()


def _role(text: str, at: int) -> _Role | None:
    """Return what a single mark can be by what stands around it; None for an apostrophe."""
    mark = text[at]
    before, after = _around(text, at)
    if mark in "‘‛" and before.isalnum() and after.isalnum():
        return None
    if mark in "‘‛" and before and not before.isspace() and not after.isalnum() and not _may_open(before, after):
        return _Role.GERMAN
    if mark in "‘‛‚":
        if not after or after.isspace() or before.isalnum():
            return None
        return _Role.STRONG if mark == "‚" or not _is_elided(text, at) else _Role.WEAK
    if before.isalnum() and after.isalnum():
        return None
    if mark == "'" and _may_open(before, after):
        return _Role.WEAK if _is_elided(text, at) else _Role.STRONG
    if not before or after.isalnum():
        return None
    if mark == "'" and before.isdigit() and re.match(r"\s?\d", text[at + 1 : at + 3]):
        return None
    return _Role.SOFT if _is_soft(text, at, before) else _Role.FIRM


def _is_elided(text: str, at: int) -> bool:
    """Return whether a mark stands where ’tis, ’em or ’90s would have its apostrophe."""
    following = _WORD.match(text, at + 1, at + 20)
    return following is not None and (
        _FIGURES.fullmatch(following.group()) is not None or following.group().lower() in words("elided")
    )


def _is_soft(text: str, at: int, before: str) -> bool:
    """Return whether a mark may be the apostrophe of a possessive (`the boys’ house`) or of a clipped word."""
    following = _NEXT_WORD.match(text, at + 1, at + 40)
    if following is None or not before.isalpha():
        return False
    if before in "sSxXzZ":
        return following.group(1).lower() not in words("unpossessed")
    found = _LAST_WORD.search(text[max(0, at - 31) : at])
    last = found.group() if found else ""
    return last.lower() in words("clipped") or (len(last) > 3 and last.islower() and last.endswith("in"))


def _pair_singles(text: str, places: Sequence[int], reading: Reading) -> None:
    roles = [(at, role) for at in places if (role := _role(text, at)) is not None]
    ahead = _ahead(text, roles)
    open_ = _Open()
    weak: set[int] = set()
    strong = 0
    for number, (at, role) in enumerate(roles):
        if role in (_Role.STRONG, _Role.WEAK):
            open_.push(at, text[at].replace("‛", "‘"))
            strong += role is _Role.STRONG
            if role is _Role.WEAK:
                weak.add(at)
            continue
        kinds = "'" if text[at] == "'" else "‚" if role is _Role.GERMAN else "‘‚"
        punctuated = text[at - 1] in _PUNCTUATION
        if role is _Role.SOFT and ahead[number] is _Role.FIRM:
            continue
        while open_.has(kinds):
            start, inside = open_.pop(kinds)
            lost = [one for one in inside if one not in weak]
            reading.opening += lost
            strong -= len(lost) + (start not in weak)
            if start in weak and (strong or not punctuated):
                continue
            certainty = 0.75 if role is _Role.SOFT or start in weak else 0.88 if text[at] == "'" else 0.95
            reading.quoted.append(Quoted(start, at + 1, certainty))
            break
        else:
            if punctuated and role is _Role.FIRM:
                reading.closing.append(at)
    reading.opening += (at for at, _ in open_.marks if at not in weak)


def _ahead(text: str, roles: Sequence[tuple[int, _Role]]) -> list[_Role | None]:
    """Return for each mark which comes first after it of its kind: one that surely closes, or one that opens."""
    ahead: list[_Role | None] = [None] * len(roles)
    seen: dict[bool, _Role | None] = {}
    for number in range(len(roles) - 1, -1, -1):
        at, role = roles[number]
        straight = text[at] == "'"
        ahead[number] = seen.get(straight)
        if role in (_Role.FIRM, _Role.STRONG):
            seen[straight] = role
    return ahead
