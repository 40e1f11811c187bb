"""teipress build: the website and the book of an edition."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.build import PARTS
from pipeline.build import build as build_edition
from pipeline.commands import edition_in, reporting
from pipeline.diagnostics import ExitCode
from pipeline.output import Console


def _parts(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    if value is None:
        return PARTS
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} cannot be built; known are {', '.join(PARTS)}")
    return names


@click.command()
@click.argument("edition", required=False, type=click.Path(path_type=Path))
@click.option("--only", callback=_parts, metavar="PARTS", help="Only these parts: web, print (with a comma between).")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for what is built.  [default: the edition's build/]",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    metavar="N",
    help="How many processes work at once.  [default: one a core]",
)
@click.option("--clean", is_flag=True, help="Build all again, changed or not.")
@reporting
def build(
    console: Console, edition: Path | None, only: tuple[str, ...], target: Path | None, jobs: int, clean: bool
) -> ExitCode:
    """Build the website (web/) and the books (print/) of EDITION from its TEI.

    What has not changed is not built again. A part is swapped in whole when it is finished; one that fails
    leaves the one of yesterday.

    \b
    Example:
      teipress build tei --only web
    """
    found = edition_in(edition)
    folder = target if target is not None else found.root / "build"
    built = build_edition(found, folder, only, jobs, clean, console.progress)
    console.show(built.report, {"published": list(built.published), "unchanged": built.unchanged})
    if built.unchanged:
        console.line("nothing has changed since the last build")
    for part in only:
        if part not in built.published:
            console.line(f"{part}: not published, see the errors; what was there before still is")
    if "web" in built.published:
        console.line(f"website: {folder / 'web' / 'index.html'}")
    if "print" in built.published:
        for book in sorted((folder / "print").glob("*.pdf")):
            console.line(f"book:    {book}")
    return built.report.exit_code
