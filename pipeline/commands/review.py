"""teipress review: what the machine decided and what it could not, beside the source, as a page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.commands import edition_in, reporting
from pipeline.config import Edition
from pipeline.diagnostics import ExitCode, Report
from pipeline.enrich.files import enrich_files
from pipeline.enrich.model import Ruling
from pipeline.output import Console
from pipeline.review.apply import apply_rulings, files_of
from pipeline.review.edition import review as review_edition


@click.command()
@click.argument("edition", required=False, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The page.  [default: review.html in the edition's build/]",
)
@click.option("--entry", "entries", multiple=True, metavar="ID", help="Only this entry; may be given again.")
@click.option(
    "--apply",
    "rulings",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Carry the rulings that the page exported into the edition, instead of writing the page.",
)
@reporting
def review(
    console: Console, edition: Path | None, target: Path | None, entries: tuple[str, ...], rulings: Path | None
) -> ExitCode:
    """Write a page on which editors see and rule what rules decided in EDITION; or apply their rulings.

    The page is one file, needs no network, and shows each entry's source beside its TEI, with every decision,
    its evidence and its alternatives, the least certain first. Of more than 300 entries it is an index, and a
    page for each hundred, the entries with the most open questions first.

    \b
    Example:
      teipress review tei --entry d1910-07-18
      teipress review tei --apply rulings.json
    """
    found = edition_in(edition)
    if rulings is not None:
        if target is not None or entries:
            raise click.UsageError("--apply writes no page: give it without --to and --entry")
        return _apply(console, found, rulings)
    page = target if target is not None else found.root / "build" / "review.html"
    made = review_edition(found, page, entries, os.cpu_count() or 1, console.progress)
    console.show(made.report, {"entries": made.entries, "open": made.open})
    if made.report.written:
        console.line(f"{_some(made.entries, 'entry', 'entries')}, {_some(made.open, 'open question')}")
        console.line(f"page: {made.page}")
    return made.report.exit_code


def _apply(console: Console, edition: Edition, file: Path) -> ExitCode:
    applied = apply_rulings(edition, file, os.cpu_count() or 1, console.progress)
    for one in applied.applied:
        console.line(f"applied: {_said(one)}")
    for one in applied.known:
        console.line(f"known already: {_said(one)}")
    report = applied.report
    if applied.applied:
        report += _enrich(console, edition, files_of(edition, applied.entries))
    more = {
        "applied": [asdict(one) for one in applied.applied],
        "known": [asdict(one) for one in applied.known],
        "refused": applied.refused,
        "entries": list(applied.entries),
    }
    console.show(report, more)
    for path in report.written:
        console.line(f"written: {path}")
    counts = (len(applied.applied), len(applied.known), applied.refused)
    console.line("{} applied, {} known already, {} not applied".format(*counts))
    return report.exit_code


def _enrich(console: Console, edition: Edition, files: Sequence[Path]) -> Report:
    """Enrich the entries again that rulings concern."""
    lines, report = enrich_files(files, edition, os.cpu_count() or 1, console.progress)
    for line in lines:
        console.line(str(line))
    return report


def _said(one: Ruling) -> str:
    what = f"is {one.value}" if one.value not in ("", "yes") else "is one" if one.value else "is none"
    where = "everywhere" if not one.entry else f"in {one.entry}" + (f", {one.block}" if one.block else "")
    return f"{one.kind} `{one.form}` {what}, {where}"


def _some(count: int, noun: str, nouns: str = "") -> str:
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
