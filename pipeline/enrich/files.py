"""The run of enrich over files: TEI of ours and of others, in place, with everything around the text left as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from os.path import relpath
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, MachineError, Progress, Report, diagnostic, silent
from pipeline.documents import find_documents, unreadable
from pipeline.enrich import register_files
from pipeline.enrich.edition import (
    Known,
    Survey,
    complete,
    elsewhere,
    enrich_document,
    load,
    proposals,
    survey,
    units_of,
)
from pipeline.enrich.findings import told
from pipeline.enrich.model import HIGH
from pipeline.enrich.rulings import BrokenRulings
from pipeline.header import private_schemes
from pipeline.pool import each
from pipeline.store import seal, untouched, write_whole
from pipeline.tei import NotTEI, T, lay_out, local, parse, serialise

# What stands before the root: the declaration, instructions, comments, the DOCTYPE.
_PROLOG: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL
)
# Encodings in which these are found as they are.
_PLAIN: Final = frozenset({"UTF-8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"})


@dataclass(frozen=True, slots=True)
class Enrichment:
    """One line of enrich's report: the file, how many elements the rules made in it, how many of them are unsure."""

    path: str
    made: int
    unsure: int
    outcome: str

    def __str__(self) -> str:
        elements = f"{self.made:,} element{'s' if self.made != 1 else ''}"
        return f"{self.path}: {elements} made by rules, {self.unsure:,} under 0.9; {self.outcome}"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the work on every file needs: what is known of the edition, and how registers are addressed."""

    known: Known
    schemes: tuple[tuple[str, str, str, str], ...]
    base: Path


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file: its new bytes (None where it could not be enriched), and the figures."""

    document: bytes | None
    made: int
    unsure: int
    diagnostics: tuple[Diagnostic, ...]


def _opened(path: Path) -> tuple[bytes, etree._Element] | Diagnostic:
    try:
        data = path.read_bytes()
    except OSError as error:
        return unreadable(str(path), error)
    try:
        root = parse(data)
    except NotTEI as fault:
        hint = "correct the file at that line; it was left as it is."
        return diagnostic("E-092", str(path), fault.line, f"not well-formed: {fault}", hint, fault.column or None)
    if not units_of(root):
        what = f"found `{local(root)}` in the namespace {etree.QName(root).namespace or 'of nobody'}"
        if root.tag in (f"{T}TEI", f"{T}teiCorpus"):
            what = "found a TEI without a text"
        return diagnostic("E-093", str(path), root.sourceline, what, "enrich takes entries in TEI P5.")
    return data, root


def survey_file(setting: Setting, path: Path) -> tuple[Survey, ...]:
    """Return what the entries of a file hold that the registers may not have; nothing of one that is no TEI."""
    opened = _opened(path)
    if isinstance(opened, Diagnostic):
        return ()
    return tuple(survey(unit, setting.known) for unit in units_of(opened[1]))


def _prefixes(setting: Setting, path: Path) -> dict[str, tuple[str, str, str]]:
    """Return the private schemes as a file in its folder addresses them."""
    found = {}
    for scheme, pattern, replacement, label in setting.schemes:
        file, _, rest = replacement.partition("#")
        seen = Path(relpath(setting.base / file, path.parent)).as_posix() if rest else file
        found[scheme] = (pattern, f"{seen}#{rest}" if rest else seen, label)
    return found


def enrich_file(setting: Setting, path: Path) -> Done:
    """Return a file with everything that the passes find in it."""
    opened = _opened(path)
    if isinstance(opened, Diagnostic):
        return Done(None, 0, 0, (opened,))
    data, root = opened
    done = enrich_document(root, setting.known, _prefixes(setting, path))
    document = seal(serialise(done.root)) if untouched(data) else _as_it_stands(done.root, data)
    unsure = sum(one.claim.certainty < HIGH for one in done.made)
    return Done(document, len(done.made), unsure, told(done.findings, done.root, document, str(path)))


def _as_it_stands(root: etree._Element, data: bytes) -> bytes:
    """Return a document laid out as it was, apart from what was added at its end."""
    for unit in units_of(root):
        stand_off = unit[-1]
        if stand_off.tag == f"{T}standOff":
            lay_out(stand_off, 1)
            before = stand_off.getprevious()
            if before is not None and not (before.tail or "").strip():
                before.tail = "\n "
            stand_off.tail = "\n"
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    prolog = _PROLOG.match(data)
    end = data.rfind(b"</")
    if prolog is None or end < 0 or encoding.upper() not in _PLAIN:
        whole: bytes = etree.tostring(root.getroottree(), encoding=encoding, xml_declaration=True)
        return whole
    document: bytes = etree.tostring(root, encoding=encoding, xml_declaration=False, with_tail=False)
    return prolog.group() + document + data[data.index(b">", end) + 1 :]


def enrich_files(
    paths: Iterable[Path], edition: Edition | None, jobs: int = 1, progress: Progress = silent
) -> tuple[tuple[Enrichment, ...], Report]:
    """Enrich files, and those in folders, in place, and return what became of each and what was found.

    New persons, works and places become proposals in the registers: those of the edition, else in registers/ beside
    the files. A file that cannot be read or written leaves the others as they are.
    """
    paths = list(paths)
    files, found = find_documents(paths)
    first = paths[0] if paths else Path()
    base = edition.text if edition is not None else (first if first.is_dir() else first.parent)
    registers = register_files.paths_of(edition, base)
    files = [path for path in files if path.resolve() not in {one.resolve() for one in registers.values()}]
    try:
        known, broken = load(registers, edition)
    except BrokenRulings as error:
        return (), Report((error.found,))
    if broken:
        return (), Report(tuple(found + broken))
    schemes = tuple(private_schemes(edition))
    setting = Setting(known, schemes, base)
    surveys: list[Survey] = []
    for done, one in enumerate(each(survey_file, setting, files, jobs), 1):
        progress("surveying", done, len(files))
        surveys += one
    known = complete(known, surveys, elsewhere(edition, files))
    title, language = (edition.title, edition.language) if edition is not None else ("", "en")
    written, odd = register_files.write(registers, proposals(known), base, title, language)
    found += odd
    # As it will be read the next time: the entries are the same then.
    again, _ = load(registers, edition)
    setting = replace(setting, known=replace(again, places=known.places))
    lines: list[Enrichment] = []
    for done_, (path, result) in enumerate(zip(files, each(enrich_file, setting, files, jobs), strict=True), 1):
        progress("enriching", done_, len(files))
        found += result.diagnostics
        outcome = "not written"
        if result.document is not None:
            try:
                outcome = "unchanged" if path.read_bytes() == result.document else "written"
                if outcome == "written":
                    write_whole(path, result.document)
                    written.append(str(path))
            except (MachineError, OSError) as error:
                hint = "make room or give permission, and run the command again; nothing half-written is left."
                found.append(diagnostic("C-052", str(path), None, str(error).removeprefix(f"{path}: "), hint))
                outcome = "not written"
        lines.append(Enrichment(str(path), result.made, result.unsure, outcome))
    return tuple(lines), Report(tuple(found), tuple(written))
