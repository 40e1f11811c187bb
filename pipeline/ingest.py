"""The run of convert: which sources, which ids, the work on each, and what is written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Final

from pipeline.body import Counts
from pipeline.config import Edition, Sources
from pipeline.convert import Conversion, convert
from pipeline.diagnostics import Diagnostic, MachineError, Progress, Report, diagnostic, silent
from pipeline.enrich import register_files
from pipeline.enrich.edition import Known, Survey, complete, elsewhere, load, proposals, survey
from pipeline.enrich.rulings import BrokenRulings
from pipeline.ids import Identity, assign, identity
from pipeline.model import Capture, Reader, Source
from pipeline.pool import each
from pipeline.readers import all_readers, read
from pipeline.readers.profile import Profile, load_profile, shipped_profiles
from pipeline.resources import resource
from pipeline.store import Say, keep, reason, write_whole
from pipeline.tei import parse
from pipeline.volumes import BrokenEntry, write_volumes

# Of what rules encoded, a line of the report counts these.
_SHOWN: Final = {"persName": ("person", "persons"), "date": ("date", "dates"), "bibl": ("citation", "citations")}
_OF_CONTENTS: Final = ("C-030", "C-031", "C-032", "C-033")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of convert's report: the entry, its figures, and what became of its file."""

    source: str
    id: str
    title: str
    paragraphs: int
    notes: int
    pages: int
    unsure: int
    characters: int
    accounted: int
    fates: dict[str, int]
    outcome: str
    path: str
    encoded: dict[str, int]

    def __str__(self) -> str:
        def some(count: int, noun: str) -> str:
            return f"{count} {noun}{'s' if count != 1 else ''}"

        return (
            f"{self.id}  {self.title}: {some(self.paragraphs, 'paragraph')}, {some(self.notes, 'note')}, "
            f"{some(self.pages, 'page')}, {self._encoded()}{some(self.unsure, 'decision')} under 0.9; "
            f"{self.accounted:,} of {self.characters:,} characters accounted for; {self.outcome}"
        )

    def _encoded(self) -> str:
        shown = ((name, self.encoded.get(name, 0)) for name in _SHOWN)
        return "".join(f"{count} {_SHOWN[name][count != 1]}, " for name, count in shown if count)


@dataclass(frozen=True, slots=True)
class Job:
    """The work on one source, complete and small enough to be sent to another process."""

    path: str
    edition: Edition | None
    target: Path
    id: str = ""


def find_sources(paths: Iterable[Path]) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files that are meant: those named, and the .txt files below the folders named, in order."""
    files: list[Path] = []
    found: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            inside: list[Path] = []
            for folder, folders, names in os.walk(path, onerror=lambda error: found.append(_unreadable(error))):
                folders.sort()
                inside += [Path(folder) / name for name in sorted(names) if name.endswith(".txt")]
            files += inside
            if not inside and not found:
                found.append(
                    diagnostic(
                        "C-007",
                        str(path),
                        None,
                        "there is no source (*.txt) in this folder",
                        "name the files, or another folder.",
                    )
                )
        else:
            files.append(path)
    once: dict[str, Path] = {}
    for path in files:
        # A file that was named twice is one source.
        once.setdefault(os.path.realpath(path), path)
    return list(once.values()), found


def _unreadable(error: OSError) -> Diagnostic:
    return diagnostic(
        "C-005",
        str(error.filename),
        None,
        f"cannot be read: {reason(error)}",
        "give yourself permission to read it, or leave it out.",
    )


def _load(path: str, limit: int) -> Source | Diagnostic:
    try:
        state = Path(path).stat()
        size = state.st_size
        if not S_ISREG(state.st_mode):
            # Reading a device or a pipe may never come to an end.
            return diagnostic(
                "C-002", path, None, "found a device, a pipe or a folder, not text", "leave it out of the call."
            )
        if size > limit:
            return diagnostic(
                "C-004",
                path,
                None,
                f"{size:,} bytes, the limit is {limit:,}",
                "split it into a source per entry, or raise [sources] max_bytes in edition.toml.",
            )
        return Source(path, Path(path).read_bytes())
    except FileNotFoundError:
        return diagnostic("C-007", path, None, "there is no such file", "see whether the name is right.")
    except OSError as error:
        return _unreadable(OSError(error.errno, error.strerror, path))


@cache
def _readers(profiles: tuple[Path, ...], dates: tuple[tuple[str, str], ...]) -> tuple[Reader, ...]:
    return all_readers(profiles, dates)


def edition_profiles(edition: Edition | None) -> tuple[Path, ...]:
    """Return the files of the edition's own profiles."""
    return tuple(edition.root / name for name in edition.sources.profiles) if edition else ()


@cache
def _profile(name: str, profiles: tuple[Path, ...]) -> Profile:
    known = (*(load_profile(path) for path in profiles), *shipped_profiles())
    return next(profile for profile in known if profile.name == name)


def read_source(source: Source, edition: Edition | None) -> tuple[Capture | None, tuple[Diagnostic, ...]]:
    """Return the capture of a source by the profiles and the decisions of an edition, and what is wrong with it."""
    sources = edition.sources if edition else Sources()
    dates = tuple((name, one.date) for name, one in sources.entries.items() if one.date)
    return read(source, _readers(edition_profiles(edition), dates))


def profile_of(capture: Capture, edition: Edition | None) -> Profile:
    """Return the profile by which a capture was read."""
    return _profile(capture.profile, edition_profiles(edition))


def _capture(job: Job) -> tuple[Capture | None, tuple[Diagnostic, ...]]:
    source = _load(job.path, (job.edition.sources if job.edition else Sources()).max_bytes)
    if isinstance(source, Diagnostic):
        return None, (source,)
    return read_source(source, job.edition)


def identify(_shared: None, job: Job) -> tuple[Identity | None, tuple[Diagnostic, ...]]:
    """Return which entry a source is, and what is wrong with the source."""
    capture, found = _capture(job)
    if capture is None:
        return None, found
    overrides = job.edition.sources.entries if job.edition else {}
    override = overrides.get(Path(job.path).name)
    return identity(capture, override.id if override else None), found


def _converted(job: Job, known: Known | None) -> tuple[str, Conversion]:
    capture, found = _capture(job)
    if capture is None:  # the file changed between the two looks at it
        return "", Conversion(job.id, None, found, Counts(), 0, 0, {})
    profile = profile_of(capture, job.edition)
    return capture.title, convert(capture, job.id, profile.page, profile.ornament, job.edition, job.target, known)


def survey_source(known: Known, job: Job) -> Survey | None:
    """Return what the entry of a source holds that the registers may not have."""
    _, made = _converted(job, None)
    return survey(parse(made.document), known) if made.document is not None else None


def work(known: Known | None, job: Job) -> tuple[str, Conversion]:
    """Return the title and the conversion of a source that was identified before."""
    return _converted(job, known)


def convert_sources(
    paths: Iterable[Path],
    target: Path,
    edition: Edition | None,
    force: bool = False,
    accept: bool = False,
    jobs: int = 1,
    progress: Progress = silent,
    say: Say = lambda _text: None,
) -> tuple[tuple[Entry, ...], Report]:
    """Convert sources into a folder, one TEI file per entry, and return the entries and what was found.

    Where the folder is the text of record of an edition, its volumes and its copy of the schema are written
    too. A source that fails leaves the others as they are.
    """
    files, found = find_sources(paths)
    todo = [Job(str(path), edition, target) for path in files]
    identities: list[Identity] = []
    told: set[tuple[str, str]] = set()
    for done, (one, odd) in enumerate(each(identify, None, todo, jobs), 1):
        progress("reading", done, len(todo))
        # What is odd about a volume's contents is told once and not by each of its entries.
        news = [d for d in odd if not (d.code in _OF_CONTENTS and (d.code, d.message) in told)]
        told |= {(d.code, d.message) for d in odd}
        found += news
        if one is not None:
            identities.append(one)

    def existing(id_: str) -> bytes | None:
        path = target / f"{id_}.xml"
        try:
            return path.read_bytes() if path.exists() else None
        except OSError as error:
            raise MachineError(f"{path}: cannot be read: {reason(error)}") from error

    ids, twice = assign(identities, existing, force)
    found += twice
    ready = [Job(job.path, edition, target, ids[job.path]) for job in todo if job.path in ids]
    entries: list[Entry] = []
    written: list[str] = []
    known, untold = _learn(edition, target, ready, jobs, progress, written)
    found += untold
    for done, (job, (title, made)) in enumerate(zip(ready, each(work, known, ready, jobs), strict=True), 1):
        progress("converting", done, len(ready))
        odd = made.diagnostics
        outcome, path = "not written", target / f"{made.id}.xml"
        if made.document is not None:
            try:
                kept = keep(path, made.document, force, accept, say)
                # What the conversion was not sure of is settled where an editor has been.
                odd = kept.diagnostics if kept.by_hand else (*odd, *kept.diagnostics)
                outcome = kept.what
                written += [str(path)] if kept.written else []
            except MachineError as error:
                odd = (*odd, _unwritable(str(path), error))
        found += odd
        counts = made.counts
        entries.append(
            Entry(
                job.path,
                made.id,
                title,
                counts.paragraphs,
                counts.notes,
                counts.pages,
                counts.unsure,
                made.characters,
                made.accounted,
                made.fates,
                outcome,
                str(path),
                made.encoded,
            )
        )
    if edition is not None and target.is_dir() and target.resolve() == edition.text.resolve():
        found += _complete(edition, force, accept, say, written)
    return tuple(entries), Report(tuple(found), tuple(written))


def _learn(
    edition: Edition | None, target: Path, ready: list[Job], jobs: int, progress: Progress, written: list[str]
) -> tuple[Known | None, list[Diagnostic]]:
    """Return what is known of the edition with everything that the sources hold, which is proposed in the registers.

    None where a register or the rulings cannot be read: without them known persons would be taken for new ones.
    """
    registers = register_files.paths_of(edition, target)
    try:
        known, broken = load(registers, edition)
    except BrokenRulings as error:
        return None, [error.found]
    if broken:
        return None, broken
    surveys: list[Survey] = []
    for done, one in enumerate(each(survey_source, known, ready, jobs), 1):
        progress("surveying", done, len(ready))
        surveys += [one] if one is not None else []
    known = complete(known, surveys, elsewhere(edition, [target / f"{job.id}.xml" for job in ready]))
    title, language = (edition.title, edition.language) if edition is not None else ("", "en")
    try:
        new, found = register_files.write(registers, proposals(known), target, title, language)
    except MachineError as error:
        return known, [_unwritable(str(registers["persons"].parent), error)]
    written += new
    # As it will be read the next time: the entries are the same then.
    again, _ = load(registers, edition)
    return replace(again, places=known.places), found


def _complete(edition: Edition, force: bool, accept: bool, say: Say, written: list[str]) -> list[Diagnostic]:
    """Write what belongs to a text of record beside the entries: the volumes, and the schema they name."""
    found: list[Diagnostic] = []
    try:
        for volume in write_volumes(edition, force, accept, say):
            found += volume.diagnostics
            written += [str(volume.path)] if volume.written else []
        schema = resource("schema/edition.rng").read_bytes()
        copy = edition.root / "schema" / "edition.rng"
        if not copy.exists() or copy.read_bytes() != schema:
            write_whole(copy, schema)
            written.append(str(copy))
    except BrokenEntry as broken:
        found.append(
            diagnostic(
                "C-044",
                str(broken.path),
                broken.fault.line,
                f"not well-formed: {broken.fault}; the volumes were left as they are",
                "correct the file at that line and convert again.",
                broken.fault.column or None,
            )
        )
    except MachineError as error:
        found.append(_unwritable(str(edition.root), error))
    return found


def _unwritable(path: str, error: MachineError) -> Diagnostic:
    return diagnostic(
        "C-052",
        path,
        None,
        str(error).removeprefix(f"{path}: "),
        "make room or give permission, and run the command again; nothing half-written is left.",
    )
