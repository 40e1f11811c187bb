"""Validation of files and of a whole edition: the grammar of each file, then the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, Progress, Report, silent
from pipeline.documents import find_documents
from pipeline.validate import grammar, links
from pipeline.validate.grammar import Schema


def validate_files(files: Sequence[Path], schema: Schema, progress: Progress = silent, *, xsd: bool = False) -> Report:
    """Return everything that is wrong with files: the grammar of each, and with the edition's schema the links.

    With xsd, the XSD is asked too about what the RELAX NG accepts.
    """
    found: list[Diagnostic] = []
    for done, path in enumerate(files, 1):
        progress("validating", done, len(files))
        found += grammar.validate_file(path, str(path), schema, xsd=xsd)
    if schema.edition:
        found += links.validate(files)
    order = {str(path): number for number, path in enumerate(files)}
    return Report(tuple(sorted(found, key=lambda one: (order.get(one.file, -1), one.line or 0))))


def validate_paths(paths: Iterable[Path], schema: Schema, progress: Progress = silent, *, xsd: bool = False) -> Report:
    """Return everything that is wrong with files and the TEI in folders, what cannot be found first."""
    files, found = find_documents(paths)
    return Report(tuple(found)) + validate_files(files, schema, progress, xsd=xsd)


def documents_of(edition: Edition) -> tuple[Path, ...]:
    """Return where an edition's TEI is: its entries, its volumes, its registers."""
    folders = [folder for folder in (edition.text, edition.volumes) if folder.is_dir()]
    return (*folders, *(edition.root / path for path in edition.registers.values()))


def validate_edition(edition: Edition, progress: Progress = silent) -> Report:
    """Return everything that is wrong with an edition's TEI under the edition's schema."""
    return validate_paths(documents_of(edition), grammar.load("edition"), progress)
