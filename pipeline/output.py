"""How findings are shown: as text for people, as JSON for scripts, as SARIF 2.1.0 for code hosts."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import click

from pipeline import __version__
from pipeline.diagnostics import Diagnostic, Report, Severity, catalogue

FORMATS: Final = ("text", "json", "sarif")
_COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_json(report: Report, more: Mapping[str, Any]) -> str:
    """Return one object with `diagnostics` and `written`, and what the command adds."""
    found = [
        {
            "file": one.file,
            "line": one.line,
            "column": one.column,
            "code": one.code,
            "severity": str(one.severity),
            "message": one.message,
            "hint": one.hint,
        }
        for one in report.diagnostics
    ]
    return json.dumps({"diagnostics": found, "written": list(report.written), **more}, ensure_ascii=False, indent=1)


def _address(file: str) -> str:
    """Return a file's name as an address: relative as it is, absolute as file:///…"""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(file.replace("\\", "/")))


def _result(one: Diagnostic) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": _address(one.file)}}
    if one.line is not None:
        where["region"] = {"startLine": one.line, **({"startColumn": one.column} if one.column else {})}
    text = f"{one.message}\n{one.hint}" if one.hint else one.message
    return {
        "ruleId": one.code,
        "level": _LEVELS[one.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": where}],
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_sarif(report: Report) -> str:
    """Return the findings as SARIF 2.1.0, with the page of every code that was found."""
    codes = sorted({one.code for one in report.diagnostics})
    pages = catalogue()
    rules = [
        {
            "id": code,
            "shortDescription": {"text": pages[code].title},
            "fullDescription": {"text": f"{_sentence(pages[code].finds)} {_sentence(pages[code].why)}"},
            "help": {"text": pages[code].remedy},
        }
        for code in codes
    ]
    driver = {"name": "teipress", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(one) for one in report.diagnostics],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def summary(report: Report) -> str:
    """Return how many findings of each kind there are, in a sentence."""
    parts = []
    for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")):
        if count := report.count(severity):
            parts.append(f"{count:,} {noun}{'s' if count != 1 else ''}")
    return ", ".join(parts) or "nothing to report"


@dataclass(slots=True)
class Console:
    """Where a command speaks: results to standard output, progress to standard error."""

    format: str = "text"
    quiet: bool = False
    colour: bool | None = None
    _shown: float = field(default=0.0)
    _width: int = 0

    def line(self, text: str) -> None:
        """Say a line of the result, in text format and unless quiet."""
        if self.format == "text" and not self.quiet:
            self.clear()
            click.echo(text)

    def warn(self, text: str) -> None:
        """Say on standard error what is about to be lost, in every format."""
        self.clear()
        click.echo(text, err=True)

    def progress(self, stage: str, done: int, whole: int) -> None:
        """Show on a terminal how far a stage is; silent elsewhere and when quiet."""
        if self.quiet or not sys.stderr.isatty():
            return
        now = time.monotonic()
        if done < whole and now - self._shown < 0.1:
            return
        self._shown = now
        text = f"{stage}: {done:,} of {whole:,}"
        click.echo("\r" + text.ljust(self._width), err=True, nl=False)
        self._width = len(text)
        if done >= whole:
            self.clear()

    def clear(self) -> None:
        """Take the progress away."""
        if self._width:
            click.echo("\r" + " " * self._width + "\r", err=True, nl=False)
            self._width = 0

    def show(self, report: Report, more: Mapping[str, Any] | None = None) -> None:
        """Show what a command found, in the format that was asked for."""
        self.clear()
        if self.format == "json":
            click.echo(as_json(report, more or {}))
        elif self.format == "sarif":
            click.echo(as_sarif(report))
        else:
            for one in report.diagnostics:
                if not self.quiet or one.severity is Severity.ERROR:
                    click.echo(self._coloured(one), color=self.colour)
            if not self.quiet:
                click.echo(summary(report))

    def _coloured(self, one: Diagnostic) -> str:
        plain = str(one)
        return plain.replace(
            f"{one.severity} {one.code}", click.style(f"{one.severity} {one.code}", fg=_COLOURS[one.severity]), 1
        )
