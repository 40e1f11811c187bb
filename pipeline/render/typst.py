"""Typst, in a process of its own for every pass: its memory is given back, and it can be stopped in time.

Run as `python -m pipeline.render.typst` it sets book.typ in the working folder and prints what happened as
JSON: one object with `errors`, `warnings` and `landed` (notes that do not begin on the page of their call).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

STANDARDS: Final = ("a-2a", "ua-1")
BOOK: Final = "book.pdf"


@dataclass(frozen=True, slots=True)
class Message:
    """What Typst says: its sentence and its hints."""

    text: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of the typesetter.

    stray holds the notes that begin on another page than their call, as (note, page of the call, page of the
    note). failure says why there is no answer at all: out of time, or the process died.
    """

    errors: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    stray: tuple[tuple[int, int, int], ...] = ()
    failure: str = ""

    @property
    def early(self) -> tuple[int, ...]:
        """Return the notes that stand before their calls, which is a fault."""
        return tuple(note for note, call, start in self.stray if start < call)


def typeset(folder: Path, timestamp: int, limit: float, fonts: Path | None = None) -> Pass:
    """Set book.typ in this folder to book.pdf beside it.

    timestamp is in seconds since 1970 and stands in the file as its date; limit is in seconds; fonts is a
    folder of fonts to be used where those inside Typst have no sign for a character, or that a style names.
    """
    environment = dict(os.environ)
    package = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (package, environment.get("PYTHONPATH", ""))))
    environment["PYTHONIOENCODING"] = "utf-8"
    command = [sys.executable, "-P", "-m", "pipeline.render.typst", str(timestamp)]
    command += [str(fonts.resolve())] if fonts else []
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return Pass(failure=f"Typst took longer than {limit:g} seconds")
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Pass(failure=f"Typst ended with status {done.returncode}: {words[-1] if words else 'no message'}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return Pass(
        tuple(Message(text, tuple(hints)) for text, hints in answer["errors"]),
        tuple(Message(text, tuple(hints)) for text, hints in answer["warnings"]),
        tuple((note["note"], note["call"], note["start"]) for note in answer["landed"]),
    )


def _errors(diagnostic: str) -> list[tuple[str, list[str]]]:
    """Return the errors of Typst's report: each begins a line with `error: `, its hints with `= hint: `."""
    found: list[tuple[str, list[str]]] = []
    for line in diagnostic.splitlines():
        if line.startswith("error: "):
            found.append((line.removeprefix("error: "), []))
        elif found and line.strip().startswith("= hint: "):
            found[-1][1].append(line.strip().removeprefix("= hint: "))
    return found


def main(timestamp: int, *fonts: str) -> dict[str, object]:
    """Set book.typ in the working folder, with the fonts of these folders beside Typst's own; return what to print."""
    import typst

    compiler = typst.Compiler("book.typ", root=".", font_paths=list(fonts), ignore_system_fonts=True)
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=list(STANDARDS), timestamp=timestamp)
    except typst.TypstError as error:
        errors = _errors(error.diagnostic) or [(error.message, list(error.hints))]
        return {"errors": errors, "warnings": [], "landed": []}
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gives one file for a PDF")
    Path(BOOK).write_bytes(pdf)
    landed = json.loads(compiler.query("<landed>", field="value", one=True))
    return {
        "errors": [],
        "warnings": [(told.message, list(told.hints)) for told in warnings],
        "landed": landed,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), *sys.argv[2:])))
