"""The rulings of an edition: what its editors decided on questions that the rules left open or answered wrongly.

They stand in `registers/rulings.json` beside the registers, one a line, so that a change is a line in a review of
changes. Every conversion and enrichment obeys them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.enrich.model import Ruling

KINDS: Final = frozenset("persName placeName orgName name rs bibl ref date time q soCalled supplied expan sp".split())
_HINT: Final = "each ruling has kind, form and value (empty: it is none), and may have entry, block and index."


class BrokenRulings(Exception):
    """A file of rulings cannot be read; `found` says why."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(str(found))
        self.found = found


def read_rulings(path: Path) -> tuple[Ruling, ...]:
    """Return the rulings in a file; none where there is no file.

    Raises:
        BrokenRulings: the file is no JSON, or holds something that is no ruling.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BrokenRulings(_wrong(path, None, f"cannot be read: {error.strerror}")) from error
    except UnicodeDecodeError as error:
        raise BrokenRulings(_wrong(path, None, "not UTF-8")) from error
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise BrokenRulings(_wrong(path, line, f"not JSON: {error}")) from error
    given = data.get("rulings") if isinstance(data, dict) else None
    if not isinstance(given, list):
        raise BrokenRulings(_wrong(path, None, "found no list `rulings`"))
    return tuple(_ruling(path, number, one) for number, one in enumerate(given, 1))


def _wrong(path: Path, line: int | None, message: str) -> Diagnostic:
    return diagnostic("E-080", str(path), line, message, _HINT)


def _ruling(path: Path, number: int, given: Any) -> Ruling:
    known = {one.name: one.type for one in fields(Ruling)}
    if not isinstance(given, dict) or not given.keys() >= {"kind", "form", "value"} or given.keys() - known.keys():
        raise BrokenRulings(_wrong(path, None, f"ruling {number}: found {json.dumps(given, ensure_ascii=False)[:80]}"))
    for key, value in given.items():
        counted = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        if not (counted if key == "index" else isinstance(value, str)):
            raise BrokenRulings(_wrong(path, None, f"ruling {number}, {key}: found {value!r}"))
    if given["kind"] not in KINDS:
        raise BrokenRulings(
            _wrong(path, None, f"ruling {number}: found kind {given['kind']!r}; known are {', '.join(sorted(KINDS))}")
        )
    if not given["form"] or any(mark in given["value"] for mark in "<>\"'\n\t"):
        raise BrokenRulings(
            _wrong(path, None, f"ruling {number}: found form {given['form']!r}, value {given['value']!r}")
        )
    return Ruling(**given)


def merge(old: Iterable[Ruling], new: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Return old and new rulings in a fixed order; of two on one question the new one holds."""
    on: dict[tuple[str, str, str, str, int], Ruling] = {}
    for one in (*old, *new):
        on[one.entry, one.block, one.kind, one.form, one.index] = one
    return tuple(on[question] for question in sorted(on))


def dumped(rulings: Iterable[Ruling]) -> bytes:
    """Return rulings as the bytes of their file."""
    lines = []
    for one in merge((), rulings):
        told = {key: value for key, value in asdict(one).items() if value or key in ("kind", "form", "value")}
        lines.append("  " + json.dumps(told, ensure_ascii=False))
    return ('{"rulings": [\n' + ",\n".join(lines) + "\n]}\n").encode()
