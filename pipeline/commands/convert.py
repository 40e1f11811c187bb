"""teipress convert: sources → one TEI file per entry."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.commands import edition_in, reporting
from pipeline.config import Edition, find, load
from pipeline.diagnostics import ExitCode
from pipeline.ingest import convert_sources
from pipeline.output import Console


def _edition_for(target: Path | None) -> Edition | None:
    """Return the edition that a conversion is for: that of --to, of the current folder, else (without --to) tei/.

    A target that belongs to no edition gets headers that claim none.
    """
    if target is None:
        return edition_in(None)
    folder = find(target) or find(Path.cwd())
    return load(Path(os.path.relpath(folder))) if folder is not None else None


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the TEI.  [default: the edition's text/]",
)
@click.option(
    "--force", is_flag=True, help="Replace files that were changed by hand; says what is lost and keeps them as .bak."
)
@click.option(
    "--accept",
    is_flag=True,
    help="Say that you have seen the new conversion of files changed by hand: they stay, the conflict is over.",
)
@reporting
def convert(console: Console, sources: tuple[Path, ...], target: Path | None, force: bool, accept: bool) -> ExitCode:
    """Convert SOURCES (files, or folders of .txt files) to one TEI file per entry.

    Without SOURCES, those of the edition. Every character of an entry is accounted for; a file that was
    changed by hand is never overwritten, the conversion is put beside it as FILE.new.

    \b
    Example:
      teipress convert captures/*.txt --to out
    """
    edition = _edition_for(target)
    if not sources:
        edition = edition or edition_in(None)
        sources = (edition.root / edition.sources.folder,)
    if target is None:
        assert edition is not None  # without --to there is an edition, or ConfigError was raised
        target = edition.text
    if force and accept:
        raise click.UsageError("--force and --accept contradict each other; give one")
    jobs = os.cpu_count() or 1
    entries, report = convert_sources(sources, target, edition, force, accept, jobs, console.progress, console.warn)
    for entry in entries:
        console.line(str(entry))
    console.show(report, {"entries": [asdict(entry) for entry in entries]})
    return report.exit_code
