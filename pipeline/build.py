"""The order of the stages: validate, render, publish. A build of what has not changed is not done again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

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
from pipeline.validate import validate_edition

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


def _last(target: Path) -> dict[str, dict[str, str]]:
    try:
        stamp = json.loads((target / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _report_of(path: Path) -> Report:
    """Return the report that an earlier build left."""
    document = json.loads(path.read_text(encoding="utf-8"))
    found = tuple(
        Diagnostic(
            one["file"], one["line"], one["code"], Severity(one["severity"]), one["message"], one["hint"], one["column"]
        )
        for one in document["diagnostics"]
    )
    return Report(found, ())


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
    last = {} if clean else _last(target)
    if (
        all(
            (target / part).is_dir() and last.get(part) == {"made of": key, "result": digest_of(target / part)}
            for part in parts
        )
        and (target / "report.json").is_file()
    ):
        return Built(_report_of(target / "report.json"), parts, unchanged=True)
    reports = [validate_edition(edition, progress)]
    volumes, found = read_volumes(edition)
    reports.append(Report(found))
    stamps = dict(last)
    published = []
    for part in parts:
        progress(f"making {part}", 0, 1)
        with fresh_folder(target) as folder:
            made = _RENDER[part](edition, volumes, folder, jobs)
            reports.append(
                Report(
                    made.diagnostics,
                    tuple(f"{part}/{path.relative_to(folder).as_posix()}" for path in files_below(folder)),
                )
            )
            if not made.count(Severity.ERROR):
                swap(folder, target / part)
                published.append(part)
                stamps[part] = {"made of": key, "result": digest_of(target / part)}
        progress(f"making {part}", 1, 1)
    report = merge(reports)
    _write(target, report, stamps)
    return Built(report, tuple(published))


def _write(target: Path, report: Report, stamps: dict[str, dict[str, str]]) -> None:
    write_whole(target / "report.json", as_json(report, {}).encode() + b"\n")
    write_whole(target / _STAMP, json.dumps(stamps, indent=1, sort_keys=True).encode() + b"\n")
