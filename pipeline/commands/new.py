"""teipress new: an edition to start from."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.diagnostics import ExitCode
from pipeline.publish import files_below
from pipeline.resources import resource
from pipeline.store import write_whole


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> ExitCode:
    """Make an edition to start from in DIR: edition.toml, an example source, registers.

    \b
    Example:
      teipress new diary && cd diary && teipress convert && teipress build
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; name a new folder")
    starter = resource("starter")
    for path in files_below(starter):
        target = folder / path.relative_to(starter)
        write_whole(target, path.read_bytes())
        click.echo(target)
    click.echo(f"next: cd {folder}, put your captures into sources/, then teipress convert and teipress build")
    return ExitCode.DONE
