"""Rulings that editors made on the page, carried into the edition: checked against it, and put with the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.config import Edition
from pipeline.dates import first_day
from pipeline.diagnostics import Diagnostic, Progress, Report, diagnostic, silent
from pipeline.enrich import addresses, register_files
from pipeline.enrich.model import Ruling
from pipeline.enrich.rulings import BrokenRulings, dumped, merge, read_rulings
from pipeline.enrich.run import VALUES
from pipeline.pool import each
from pipeline.review.edition import entry_files
from pipeline.review.reading import Reading
from pipeline.review.registers import SCHEMES, Registers, read_registers
from pipeline.store import reason, write_whole
from pipeline.tei import XML_ID, NotTEI, parse

# What an element that means a day or an hour says in @when (W3C, as TEI has it).
_WHEN: Final = re.compile(r"-?\d{4,}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?|---\d\d")
_TIME: Final = re.compile(r"([01]\d|2[0-4]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
# Which registers a name of each kind is looked up in.
_FITS: Final = {
    "persName": ("psn",),
    "placeName": ("plc",),
    "orgName": ("org",),
    "name": ("plc", "org"),
    "rs": ("psn", "plc", "org"),
    "bibl": ("bib", "arc"),
    "ref": ("entry", "#", "http", "https"),
}
_SHAPE: Final = "a file that the page exports has the rulings as registers/rulings.json has them."


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of rulings: those carried over, those that were there already, and the entries that they concern."""

    report: Report
    applied: tuple[Ruling, ...] = ()
    known: tuple[Ruling, ...] = ()
    refused: int = 0
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Look:
    """A look into one entry: for which of these rulings the words stand there."""

    path: str
    entry: str
    rulings: tuple[tuple[int, Ruling], ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    entry: str
    there: frozenset[int]
    ids: frozenset[str]
    wrong: Diagnostic | None = None


def apply_rulings(edition: Edition, file: Path, jobs: int = 1, progress: Progress = silent) -> Applied:
    """Carry the rulings of a file into the edition's own; those that do not fit it are told and left out.

    Where the file cannot be read, or the edition's rulings or registers cannot, nothing is written.

    Raises:
        MachineError: the machine refuses to read or to write.
    """
    target = register_files.paths_of(edition, edition.text)[register_files.RULINGS]
    files = entry_files(edition)
    try:
        new = _exported(file)
        old = read_rulings(target)
    except BrokenRulings as broken:
        return Applied(Report((broken.found,)))
    registers, found = read_registers(edition, files)
    if found:
        return Applied(Report(tuple(found)))
    numbered = list(enumerate(new, 1))
    seen = {one.entry: one for one in _looked(_looks(numbered, files), jobs, progress)}
    found += (one.wrong for one in seen.values() if one.wrong is not None)
    concerned: set[str] = set()
    fit: list[Ruling] = []
    for number, one in numbered:
        where = {entry for entry, look in seen.items() if number in look.there}
        wrong = _wrong(one, number, file, files, where, registers, seen)
        if wrong is not None:
            found.append(wrong)
        else:
            fit.append(one)
            concerned |= where
    had = {_question(one): one.value for one in old}
    news = tuple(one for one in merge((), fit) if had.get(_question(one)) != one.value)
    known = tuple(one for one in merge((), fit) if had.get(_question(one)) == one.value)
    written: tuple[str, ...] = ()
    if news:
        write_whole(target, dumped(merge(old, news)))
        written = (str(target),)
    refused = len(new) - len(fit)
    return Applied(Report(tuple(found), written), news, known, refused, tuple(sorted(concerned)))


def _question(one: Ruling) -> tuple[str, str, str, str, int]:
    return one.entry, one.block, one.kind, one.form, one.index


def _exported(file: Path) -> tuple[Ruling, ...]:
    """Return the rulings in a file that the page exported.

    Raises:
        BrokenRulings: there is none, or it holds something else.
    """
    if not file.is_file():
        message = "found a folder or a device, not a file of rulings" if file.exists() else "there is no such file"
        raise BrokenRulings(diagnostic("E-083", str(file), None, message, _SHAPE))
    try:
        return read_rulings(file)
    except BrokenRulings as broken:
        found = broken.found
        told = diagnostic("E-083", found.file, found.line, f"{found.message}; nothing was applied", _SHAPE)
        raise BrokenRulings(told) from broken


def _looks(rulings: Iterable[tuple[int, Ruling]], files: dict[str, Path]) -> list[_Look]:
    """Return which entries to look into: those that rulings name, and all where one holds everywhere."""
    of_entry: dict[str, list[tuple[int, Ruling]]] = {}
    for number, one in rulings:
        of_entry.setdefault(one.entry, []).append((number, one))
    everywhere = of_entry.pop("", [])
    wanted = files if everywhere else {entry: files[entry] for entry in of_entry if entry in files}
    return [_Look(str(path), entry, (*of_entry.get(entry, ()), *everywhere)) for entry, path in wanted.items()]


def _looked(looks: list[_Look], jobs: int, progress: Progress) -> Iterable[_Seen]:
    for done, one in enumerate(each(_look, None, looks, jobs), 1):
        progress("looking", done, len(looks))
        yield one


def _look(_shared: None, look: _Look) -> _Seen:
    """Return for which rulings the words stand in an entry."""
    try:
        root = parse(Path(look.path).read_bytes())
    except NotTEI as fault:
        hint = "correct the file; no ruling on this entry was applied."
        wrong = diagnostic("E-089", look.path, fault.line, f"not well-formed: {fault}", hint, fault.column)
        return _Seen(look.entry, frozenset(), frozenset(), wrong)
    except OSError as error:
        hint = "give yourself permission to read it."
        wrong = diagnostic("E-089", look.path, None, f"cannot be read: {reason(error)}", hint)
        return _Seen(look.entry, frozenset(), frozenset(), wrong)
    reading = Reading(root)
    there = frozenset(number for number, one in look.rulings if _stands(one, reading))
    return _Seen(look.entry, there, frozenset(one.get(XML_ID, "") for one in root.iter(etree.Element)))


def _stands(one: Ruling, reading: Reading) -> bool:
    pattern = addresses.pattern_of(one.form)
    if one.block:
        return addresses.find(addresses.Address(one.block, pattern, max(1, one.index)), reading.blocks) is not None
    literal = re.compile("".join("." if mark == "." else re.escape(mark) for mark in pattern), re.DOTALL)
    return any(literal.search(passage.text) for passage in reading.blocks.values())


def _wrong(
    one: Ruling,
    number: int,
    file: Path,
    files: dict[str, Path],
    where: set[str],
    registers: Registers,
    seen: dict[str, _Seen],
) -> Diagnostic | None:
    """Return why a ruling does not fit the edition; None where it does."""

    def told(code: str, message: str, hint: str) -> Diagnostic:
        return diagnostic(code, str(file), None, f"ruling {number}, {one.kind} `{one.form}`: {message}", hint)

    if one.entry and one.entry not in files:
        hint = "it was made for another edition, or the entry has got another id."
        return told("E-084", f"there is no entry {one.entry!r}", hint)
    if one.block and not one.entry:
        hint = "name its entry too, or leave the block out."
        return told("E-085", f"it is on the block {one.block!r} of no entry", hint)
    if not where:
        place = f"in {one.entry}, {one.block}" if one.block else f"in {one.entry}" if one.entry else "in any entry"
        hint = "the text was changed since: look at the place again on a new page."
        return told("E-085", f"the words do not stand {place}", hint)
    fault = _value_fault(one, registers, [seen[entry] for entry in where])
    return told("E-086", *fault) if fault is not None else None


def _value_fault(one: Ruling, registers: Registers, seen: Sequence[_Seen]) -> tuple[str, str] | None:
    """Return what is the matter with the value of a ruling, and what to do; None where it is one."""
    value = one.value
    if value in ("", "yes"):
        return None
    if one.kind not in VALUES:
        return f"found the value {value!r}; a {one.kind} has none", 'say "yes", or "" where it is none.'
    if one.kind in ("date", "time"):
        return (
            None if _is_date(value, one.kind) else (f"{value!r} is no {one.kind}", "write it as 1934-12-13 or 16:30.")
        )
    scheme = "#" if value.startswith("#") else value.partition(":")[0] if ":" in value else ""
    if scheme not in _FITS[one.kind]:
        fit = " or ".join("#id" if fit == "#" else f"{fit}:…" for fit in _FITS[one.kind])
        return f"{value!r} is no address of a {one.kind}", f"a {one.kind} is addressed as {fit}."
    if scheme in ("http", "https"):
        return None
    if scheme == "#":
        known = all(value[1:] in look.ids for look in seen)
        return None if known else (f"{value!r} arrives nowhere in the entry", "give an xml:id of the entry.")
    if registers.knows(value):
        return None
    if scheme == "entry":
        return f"there is no entry {value!r}", "give the day of an entry that there is, as entry:1934-12-13."
    kinds = " or ".join(kind for kind, its in SCHEMES.items() if its == scheme)
    return f"{value!r} is in no register of {kinds}", "make the record first, then apply the rulings again."


def _is_date(value: str, kind: str) -> bool:
    if kind == "time":
        return _TIME.fullmatch(value) is not None
    if _WHEN.fullmatch(value) is None:
        return False
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        try:
            first_day(value)
        except ValueError:
            return False
    return True


def files_of(edition: Edition, entries: Iterable[str]) -> list[Path]:
    """Return the files of entries, to be enriched again."""
    files = entry_files(edition)
    return [files[entry] for entry in entries if entry in files]
