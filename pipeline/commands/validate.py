"""teipress validate: is the TEI valid, and does everything that it points to exist."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands import edition_in, reporting
from pipeline.diagnostics import ExitCode, Report
from pipeline.documents import find_documents
from pipeline.output import Console
from pipeline.validate import grammar
from pipeline.validate.edition import documents_of, validate_files


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--schema",
    default="edition",
    metavar="edition|tei-all|FILE",
    help="The edition's schema, the whole TEI, or a RELAX NG (.rng) or XML Schema (.xsd) file.  [default: edition]",
)
@click.option("--xsd", is_flag=True, help="Check with XML Schema too, through xmlschema; slower.")
@reporting
def validate(console: Console, paths: tuple[Path, ...], schema: str, xsd: bool) -> ExitCode:
    """Validate TEI: well-formed, valid under the schema, every pointer arrives.

    PATH is a file, or a folder that is searched for .xml files; without one, the edition's entries, volumes
    and registers.

    \b
    Example:
      teipress validate out --schema tei_all.rng
      teipress validate --xsd
    """
    try:
        loaded = grammar.load(schema)
    except grammar.SchemaError as error:
        console.show(Report((error.found,)))
        return ExitCode.USAGE
    if xsd and loaded.xsd is None:
        raise click.UsageError(f"--xsd: there is no {loaded.path.with_suffix('.xsd').name} beside {loaded.path}")
    if not paths:
        paths = documents_of(edition_in(None))
    files, missing = find_documents(paths)
    report = Report(tuple(missing)) + validate_files(files, loaded, console.progress, xsd=xsd)
    count = len(files)
    console.show(report, {"validated": count, "schema": loaded.name})
    console.line(f"{count:,} file{'s' if count != 1 else ''} validated against {loaded.name}")
    return report.exit_code
