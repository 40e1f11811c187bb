"""The review of an edition: its entries read one by one, the most open first, and written as a page or as many.

An edition of more entries than a page can hold has an index, and a page for each hundred; no more than a hundred
entries are in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, Progress, Report, diagnostic, silent
from pipeline.enrich import register_files
from pipeline.enrich.model import Ruling
from pipeline.enrich.rulings import BrokenRulings, read_rulings
from pipeline.pool import each
from pipeline.review.entry import Job, Setting, Told, summary, tell
from pipeline.review.origin import sources_by_name
from pipeline.review.page import render, render_index
from pipeline.review.registers import MOST, Registers, proposals_told, read_registers
from pipeline.store import write_whole

WHOLE: Final = 300
"""An edition of more entries than this has an index and a page for each hundred."""
PART: Final = 100
"""So many entries are on each of many pages."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review found and wrote: the page to begin with, and how many entries and open questions there are."""

    report: Report
    page: Path
    entries: int = 0
    open: int = 0


def entry_files(edition: Edition) -> dict[str, Path]:
    """Return the files of the text of record by the id of their entry, which is their name."""
    return {path.stem: path for path in sorted(edition.text.glob("*.xml")) if not path.name.startswith(".")}


def review(
    edition: Edition, page: Path, only: Sequence[str] = (), jobs: int = 1, progress: Progress = silent
) -> Reviewed:
    """Write the page of an edition's review, with only some of its entries where they are named.

    Raises:
        MachineError: the machine refuses to read or to write.
    """
    files = entry_files(edition)
    found: list[Diagnostic] = [_unknown(one, edition) for one in dict.fromkeys(only) if one not in files]
    wanted = [one for one in dict.fromkeys(only) if one in files] if only else list(files)
    if not files:
        hint = "convert the sources of the edition first."
        found.append(diagnostic("E-084", str(edition.text), None, "there is no entry to review", hint))
    if not wanted:
        return Reviewed(Report(tuple(found)), page)
    rulings, wrong = _rulings(edition)
    registers, broken = read_registers(edition, files)
    found += [*wrong, *broken]
    sources_by_name.cache_clear()
    of_entry: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        of_entry.setdefault(ruling.entry, []).append(ruling)
    setting = Setting(edition, tuple(of_entry.get("", ())))
    todo = [Job(str(files[one]), tuple(of_entry.get(one, ()))) for one in wanted]
    about = _about(edition, rulings, registers)
    if len(todo) <= WHOLE:
        told = _told(setting, todo, jobs, progress)
        found += (one for entry in told for one in entry.diagnostics)
        told = [one for one in told if one.json]
        _write(page, edition, about, registers, told, {})
        return _done(found, [page], page, told)
    return _many(setting, page, about, registers, todo, found, jobs, progress)


def _told(setting: Setting, todo: list[Job], jobs: int, progress: Progress) -> list[Told]:
    made = []
    for done, one in enumerate(each(tell, setting, todo, jobs), 1):
        progress("reviewing", done, len(todo))
        made.append(one)
    return sorted(made, key=_most_open)


def _most_open(one: Told) -> tuple[int, str]:
    return -one.open, one.id


def _many(
    setting: Setting,
    page: Path,
    about: dict[str, Any],
    registers: Registers,
    todo: list[Job],
    found: list[Diagnostic],
    jobs: int,
    progress: Progress,
) -> Reviewed:
    """Write an index and a page for each hundred entries, the most open first."""
    edition = setting.edition
    by_path = {job.path: job for job in todo}
    counted: list[Told] = []
    for done, one in enumerate(each(summary, setting, todo, jobs), 1):
        progress("counting", done, len(todo))
        counted.append(one)
        found += one.diagnostics
    counted = sorted((one for one in counted if not one.diagnostics), key=_most_open)
    folder = page.with_suffix("") if page.suffix else page.with_name(f"{page.name}-pages")
    written = [page]
    rows: list[list[Any]] = []
    for start in range(0, len(counted), PART):
        number = start // PART + 1
        progress("reviewing", start, len(counted))
        told = _told(setting, [by_path[one.path] for one in counted[start : start + PART]], jobs, silent)
        part = folder / f"{number:03}.html"
        ways = {"home": f"../{page.name}", "part": number, "parts": -(-len(counted) // PART)}
        _write(part, edition, about, registers, told, ways)
        written.append(part)
        rows += ([one.id, one.title, one.date, one.open, len(one.all), number] for one in told)
    progress("reviewing", len(counted), len(counted))
    data = {**about, "rows": rows, "folder": folder.name, "proposals": _proposals(registers)}
    write_whole(page, render_index(f"Review: {edition.title}", edition.language, data).encode())
    for old in folder.glob("[0-9][0-9][0-9].html"):
        # A page of a review before this one, when there were more entries.
        if old not in written:
            old.unlink()
    return _done(found, written, page, counted)


def _proposals(registers: Registers) -> dict[str, Any]:
    return {"all": len(registers.proposals), "some": proposals_told(registers.proposals[:MOST])}


def _write(
    path: Path,
    edition: Edition,
    about: dict[str, Any],
    registers: Registers,
    told: Sequence[Told],
    ways: dict[str, Any],
) -> None:
    used = frozenset().union(*(one.used for one in told))
    ids = {"", *(one.id for one in told)}
    data = {
        **about,
        **ways,
        "rulings": [one for one in about["rulings"] if one.get("entry", "") in ids],
        "index": [[one.id, one.title, one.date, one.open, _packed(one)] for one in told],
        "records": registers.told(used),
        "complete": int(len(registers.records) <= MOST),
        "entries": sorted(registers.entries) if len(registers.entries) <= MOST else [],
        "proposals": _proposals(registers) if not ways else {"all": len(registers.proposals), "some": []},
    }
    html = render(f"Review: {edition.title}", edition.language, data, [(one.id, one.json) for one in told])
    write_whole(path, html.encode())


def _packed(one: Told) -> str:
    """Return an entry's questions in few characters: kind, certainty in hundredths and state of each."""
    return " ".join(f"{group[0]}{certainty}{'.:!'[state]}" for group, certainty, state in one.all)


def _about(edition: Edition, rulings: Iterable[Ruling], registers: Registers) -> dict[str, Any]:
    said = "\n".join((edition.title, edition.author, edition.base_url))
    return {
        "title": edition.title,
        "key": sha256(said.encode()).hexdigest()[:12],
        "rulings": [{key: value for key, value in asdict(one).items() if value} for one in rulings],
        "known": len(registers.records),
    }


def _rulings(edition: Edition) -> tuple[tuple[Ruling, ...], list[Diagnostic]]:
    try:
        path = register_files.paths_of(edition, edition.text)[register_files.RULINGS]
        return read_rulings(path), []
    except BrokenRulings as broken:
        return (), [broken.found]


def _unknown(entry: str, edition: Edition) -> Diagnostic:
    hint = "an entry is called by its id, which is the name of its file without .xml."
    return diagnostic("E-084", str(edition.text), None, f"there is no entry {entry!r}", hint)


def _done(found: Sequence[Diagnostic], written: Sequence[Path], page: Path, told: Sequence[Told]) -> Reviewed:
    report = Report(tuple(found), tuple(map(str, written)))
    return Reviewed(report, page, len(told), sum(one.open for one in told))
