"""teipress explain: the page of a diagnostic code."""

from __future__ import annotations

import difflib
import textwrap

import click

from pipeline.diagnostics import ExitCode, catalogue


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> ExitCode:
    """Explain what the diagnostic CODE finds, why it matters, and what to do; without CODE, list all codes.

    \b
    Example:
      teipress explain C-021
    """
    pages = catalogue()
    if code is None:
        for page in pages.values():
            click.echo(f"{page.code}  {page.severity:8}{page.title}")
        return ExitCode.DONE
    found = pages.get(code.upper())
    if found is None:
        near = difflib.get_close_matches(code.upper(), pages, 1)
        meant = f"; did you mean {near[0]}?" if near else "; `teipress explain` lists all"
        raise click.UsageError(f"there is no diagnostic {code}{meant}")
    click.echo(f"{found.code} ({found.severity}): {found.title}\n")
    for heading, text in (("Finds", found.finds), ("Why", found.why), ("Example", found.example), ("Do", found.remedy)):
        click.echo(
            textwrap.fill(f"{heading}: {text[:1].upper()}{text[1:]}", 100, subsequent_indent=" " * (len(heading) + 2))
        )
    return ExitCode.DONE
