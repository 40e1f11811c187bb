"""The ledger: what became of every character of an entry's text, and the proof that the TEI agrees.

The converter writes an account for each stretch of the source that it uses. Here the accounts are held
against the source (no character without an account, none twice) and against the TEI as it was written
(what was kept, read out of the XML again, is what the source has).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import Pane
from pipeline.tei import T, fold, text_of

# No label of a page line is longer than this: what is dropped beside a page number is not a sentence.
_LABEL: Final = 24


class Fate(StrEnum):
    """What became of a stretch of the source."""

    KEPT = "kept"
    NORMALISED = "normalised"
    MOVED = "moved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Account:
    """The fate of the characters from start to end (offsets in the source).

    For normalised ones `into` is what they became (a space or nothing), for moved ones the attribute that
    holds them, for dropped ones the reason.
    """

    start: int
    end: int
    fate: Fate
    into: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The accounts of one side of an entry, in order of the source.

    inferred is the number of a first page that stands in the TEI and not in the source.
    """

    side: str
    accounts: tuple[Account, ...]
    inferred: str | None = None

    def counts(self) -> dict[Fate, int]:
        """Return how many characters had each fate."""
        counter: Counter[Fate] = Counter()
        for account in self.accounts:
            counter[account.fate] += account.end - account.start
        return {fate: counter[fate] for fate in Fate}


def _line_at(pane: Pane, offset: int) -> int | None:
    return next((line.number for line in reversed(pane.lines) if line.start <= offset), None)


def _gaps(pane: Pane, accounts: Iterable[Account]) -> Iterable[tuple[int, int]]:
    """Yield the stretches of the pane that have no account or more than one."""
    at = pane.start
    for account in sorted(accounts, key=lambda one: (one.start, one.end)):
        if account.start != at:
            yield min(at, account.start), max(at, account.start)
        at = max(at, account.end)
    end = pane.start + len(pane.text)
    if at != end:
        yield min(at, end), max(at, end)


def _attributes(div: etree._Element) -> list[str]:
    """Return what stands in the attributes that hold moved characters, in document order."""
    return [element.get("n", "") for element in div.iter(f"{T}pb", f"{T}milestone")]


def _beside_moved(accounts: Sequence[Account], number: int) -> bool:
    """Return whether an account touches one of moved characters, as the label of a page touches its number."""
    one = accounts[number]
    return any(
        other.fate is Fate.MOVED and (other.end == one.start or other.start == one.end)
        for other in accounts[max(0, number - 1) : number + 2]
    )


def check(ledger: Ledger, pane: Pane, div: etree._Element, name: str) -> tuple[Diagnostic, ...]:
    """Return what the ledger, the source and the TEI do not agree on; nothing where every character is proved.

    div is to be the side of the entry as parsed from the bytes that will be written.
    """
    found: list[Diagnostic] = []
    hint = "this is a defect of teipress: please report it with the source. The entry was not written."

    def tell(offset: int, count: int, message: str) -> None:
        words = f"{count:,} character{'s' if count != 1 else ''} {message}"
        found.append(diagnostic("C-040", name, _line_at(pane, offset), words, hint))

    for start, end in _gaps(pane, ledger.accounts):
        lost = pane.text[start - pane.start : end - pane.start]
        tell(start, end - start, f"unaccounted for: {lost[:40]!r}")
    kept: list[str] = []
    moved: list[str] = []
    for number, account in enumerate(ledger.accounts):
        stretch = pane.text[account.start - pane.start : account.end - pane.start]
        if account.fate is Fate.KEPT:
            kept.append(stretch)
        elif account.fate is Fate.NORMALISED:
            kept.append(account.into)
            if stretch.strip():
                tell(account.start, len(stretch), f"normalised that are not white space: {stretch[:40]!r}")
        elif account.fate is Fate.MOVED:
            moved.append(stretch)
        elif len(stretch) > _LABEL or "\n" in stretch or not _beside_moved(ledger.accounts, number):
            tell(account.start, len(stretch), f"dropped that are no label of a page line: {stretch[:40]!r}")
    wanted, got = fold("".join(kept)), text_of(div)
    if wanted != got:
        at = next((i for i, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), min(len(wanted), len(got)))
        tell(
            _offset(ledger.accounts, pane, at),
            abs(len(wanted) - len(got)) or 1,
            f"differ between source and TEI: {wanted[at : at + 30]!r} became {got[at : at + 30]!r}",
        )
    moved = [ledger.inferred, *moved] if ledger.inferred is not None else moved
    if (there := _attributes(div)) != moved:
        tell(pane.start, 1, f"moved to attributes that do not hold them: {moved} became {there}")
    return tuple(found)


def _offset(accounts: Sequence[Account], pane: Pane, at: int) -> int:
    """Return about where in the source the kept text has its at-th character."""
    seen = 0
    for account in accounts:
        if account.fate is Fate.KEPT:
            seen += account.end - account.start
            if seen >= at:
                return account.start
    return pane.start
