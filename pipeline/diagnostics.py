"""What the program finds, as data: diagnostics, their catalogue, reports and exit codes.

Imports nothing else of the package, so that every stage can report in the same way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol


class Severity(StrEnum):
    """How much a finding matters: an error fails the run, a warning wants an editor, info is for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class ExitCode(IntEnum):
    """The exit codes of every command, a promise to scripts."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    MACHINE = 3
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Explanation:
    """The page of one code: what it finds, why that matters, an example and what to do."""

    code: str
    severity: Severity
    title: str
    finds: str
    why: str
    example: str
    remedy: str


@cache
def catalogue() -> dict[str, Explanation]:
    """Return every diagnostic code with its page, in order of code."""
    table = tomllib.loads((Path(__file__).parent / "codes.toml").read_text(encoding="utf-8"))
    return {code: Explanation(code, Severity(page.pop("severity")), **page) for code, page in sorted(table.items())}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: where, what, and what to do about it.

    line and column count from 1 and are those of the file as it stands on disk; None where a finding
    concerns the whole file.
    """

    file: str
    line: int | None
    code: str
    severity: Severity
    message: str
    hint: str = ""
    column: int | None = None

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        text = f"{where}: {self.severity} {self.code}: {self.message}"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


def diagnostic(
    code: str, file: str, line: int | None, message: str, hint: str = "", column: int | None = None
) -> Diagnostic:
    """Return a diagnostic of the catalogue, with the severity that its code has there."""
    return Diagnostic(file, line, code, catalogue()[code].severity, message, hint, column)


class MachineError(Exception):
    """The machine refuses (disk full, no permission, a part missing): the command ends with exit code 3."""


class Progress(Protocol):
    """Is told how far a stage is: its name, how many are done, of how many."""

    def __call__(self, stage: str, done: int, whole: int, /) -> None: ...


def silent(_stage: str, _done: int, _whole: int, /) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a command found and which files it wrote."""

    diagnostics: tuple[Diagnostic, ...] = ()
    written: tuple[str, ...] = ()

    def __add__(self, other: Report) -> Report:
        return Report(self.diagnostics + other.diagnostics, self.written + other.written)

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(found.severity is severity for found in self.diagnostics)

    @property
    def exit_code(self) -> ExitCode:
        """Return FINDINGS if anything is an error, MACHINE if the machine was the cause, else DONE."""
        if any(found.code in MACHINE_CODES for found in self.diagnostics):
            return ExitCode.MACHINE
        return ExitCode.FINDINGS if self.count(Severity.ERROR) else ExitCode.DONE


# Findings whose cause is the machine and not the text: they end with exit code 3.
MACHINE_CODES = frozenset({"C-005", "C-052", "V-014"})


def merge(reports: Iterable[Report]) -> Report:
    """Return one report of many, in their order; what two of them found is told once."""
    parts = list(reports)
    return Report(
        tuple(dict.fromkeys(found for part in parts for found in part.diagnostics)),
        tuple(path for part in parts for path in part.written),
    )
