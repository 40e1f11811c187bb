"""teipress enrich: persons, dates, citations and references on any TEI."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.commands import edition_in, reporting
from pipeline.config import Edition, find, load
from pipeline.diagnostics import ExitCode
from pipeline.enrich.files import enrich_files
from pipeline.output import Console


def _edition_for(paths: tuple[Path, ...]) -> Edition | None:
    """Return the edition that files belong to: that of the folder they are in; None for TEI of no edition."""
    folder = find(paths[0] if paths[0].is_dir() else paths[0].parent)
    return load(Path(os.path.relpath(folder))) if folder is not None else None


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many processes work at once.  [default: one a core]",
)
@reporting
def enrich(console: Console, paths: tuple[Path, ...], jobs: int) -> ExitCode:
    """Encode persons, places, dates, citations, references, quotations and editorial marks in TEI, in place.

    PATH is a file, or a folder that is searched for .xml files; without one, the edition's entries. Nothing that
    stands there is changed, neither a character nor markup; what is added says that rules added it (@resp, @cert),
    and is made anew by the next run. New persons, works and places are proposed in the registers: those of the
    edition, else in registers/ beside the files.

    \b
    Example:
      teipress enrich letters/
    """
    edition = _edition_for(paths) if paths else edition_in(None)
    if not paths:
        assert edition is not None  # else ConfigError was raised
        paths = (edition.text,)
    lines, report = enrich_files(paths, edition, jobs, console.progress)
    for line in lines:
        console.line(str(line))
    console.show(report, {"entries": [asdict(line) for line in lines]})
    return report.exit_code
