"""The order of the stages: validate, render, publish. A build of what has not changed is not done again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from pipeline import __version__
from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, Progress, Report, Severity, merge, silent
from pipeline.output import as_json
from pipeline.publish import clear_leftovers, digest_of, files_below, fresh_folder, swap
from pipeline.render.print import render_print
from pipeline.render.volumes import Volume, read_volumes
from pipeline.render.web import render_web
from pipeline.resources import PACKAGE, resource
from pipeline.store import write_whole
from pipeline.validate.edition import validate_edition

PARTS: Final = ("web", "print")
Render = Callable[[Edition, tuple[Volume, ...], Path, int], Report]
_RENDER: Final[dict[str, Render]] = {"web": render_web, "print": render_print}
_STAMP: Final = ".stamp.json"
_TOOLS: Final = ("lxml", "saxonche", "jinja2", "typst", "xmlschema")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its report, the parts that were published, and whether there was nothing to do."""

    report: Report
    published: tuple[str, ...]
    unchanged: bool = False


def _made_of(edition: Edition, target: Path) -> str:
    """Return a digest of all that a build is made of: the edition, the program, its tools, the date given."""
    parts = [
        digest_of(edition.root, (target, edition.root / edition.sources.folder)),
        digest_of(PACKAGE),
        digest_of(resource("xslt")),
        digest_of(resource("schema")),
        __version__,
        *(f"{tool} {version(tool)}" for tool in _TOOLS),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    ]
    return sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made last, of what, with what result, and what was found: a part, or the look at the whole edition."""

    of: str
    result: str
    found: tuple[Diagnostic, ...]


def _read_stamps(target: Path) -> dict[str, _Made]:
    """Return what was made last by name; nothing where there is no record or it cannot be read."""
    try:
        record = json.loads((target / _STAMP).read_text(encoding="utf-8"))
        return {
            name: _Made(one["of"], one["result"], tuple(_diagnostic(found) for found in one["found"]))
            for name, one in record.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _diagnostic(record: dict[str, Any]) -> Diagnostic:
    return Diagnostic(**{**record, "severity": Severity(record["severity"])})


def _write_records(target: Path, stamps: dict[str, _Made], report: Report) -> None:
    write_whole(target / "report.json", as_json(report, {}).encode() + b"\n")
    record = {name: asdict(made) for name, made in sorted(stamps.items())}
    write_whole(target / _STAMP, json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")


def _written(target: Path, part: str) -> tuple[str, ...]:
    return tuple(f"{part}/{path.relative_to(target / part).as_posix()}" for path in files_below(target / part))


def build(
    edition: Edition,
    target: Path,
    parts: tuple[str, ...] = PARTS,
    jobs: int = 1,
    clean: bool = False,
    progress: Progress = silent,
) -> Built:
    """Build parts of an edition into a folder and return what was found.

    Findings of the validation do not keep an edition from being published; a part that could not be made
    whole (an error of its rendering) is not published, and yesterday's stays.

    Raises:
        MachineError: the machine refuses to write.
    """
    clear_leftovers(target)
    key = _made_of(edition, target)
    stamps = {name: made for name, made in _read_stamps(target).items() if made.of == key}
    stale = [
        part
        for part in parts
        if clean
        or part not in stamps
        or not (target / part).is_dir()
        or stamps[part].result != digest_of(target / part)
    ]
    volumes: tuple[Volume, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    if stale:
        volumes, found = read_volumes(edition)
        stamps["edition"] = _Made(key, "", (*validate_edition(edition, progress).diagnostics, *found))
    failed: list[Report] = []
    # An edition of which an entry cannot be read would be published without it.
    broken = any(one.severity is Severity.ERROR for one in found)
    for part in stale:
        stamps.pop(part, None)
        progress(f"making {part}", 0, 1)
        with fresh_folder(target) as folder:
            made = _RENDER[part](edition, volumes, folder, jobs)
            if broken or made.count(Severity.ERROR):
                failed.append(Report(made.diagnostics))
            else:
                swap(folder, target / part)
                stamps[part] = _Made(key, digest_of(target / part), made.diagnostics)
        progress(f"making {part}", 1, 1)
    published = tuple(part for part in parts if part in stamps)
    report = merge([*(Report(stamps[name].found) for name in ("edition", *PARTS) if name in stamps), *failed])
    report += Report((), tuple(name for part in PARTS if part in stamps for name in _written(target, part)))
    if stale:
        _write_records(target, stamps, report)
    return Built(report, published, unchanged=not stale)
