"""Readers, one file per source format: a module here with `reader`, or a package's entry point.

A module offers `reader(profiles, dates) -> Reader`; an entry point of the group `teipress.readers` is such
a function in another package.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import Capture, Reader, Source

Factory = Callable[[tuple[Path, ...], tuple[tuple[str, str], ...]], Reader]


def all_readers(profiles: tuple[Path, ...] = (), dates: tuple[tuple[str, str], ...] = ()) -> tuple[Reader, ...]:
    """Return every reader: those of this package by name, then those of others by name of entry point."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    own: list[Factory] = [module.reader for module in modules if hasattr(module, "reader")]
    others: list[Factory] = [
        point.load() for point in sorted(entry_points(group="teipress.readers"), key=lambda point: point.name)
    ]
    return tuple(make(profiles, dates) for make in own + others)


def read(source: Source, readers: tuple[Reader, ...]) -> tuple[Capture | None, tuple[Diagnostic, ...]]:
    """Return what the first reader that takes the source makes of it; where all refuse, every reason."""
    refusals = []
    for one in readers:
        refusal = one.accepts(source)
        if refusal is None:
            return one.read(source)
        refusals.append(refusal)
    reasons = "; ".join(f"{refusal.reader}: {refusal.reason}" for refusal in refusals)
    return None, (
        diagnostic(
            "C-006",
            source.name,
            None,
            f"no reader takes this source ({reasons})",
            "see docs/profiles.md: another archive's captures need a profile of it.",
        ),
    )
