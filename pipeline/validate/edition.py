"""Validation of files and of a whole edition: the grammar of each file, then the links between them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, Progress, Report, diagnostic, silent
from pipeline.validate import grammar, links
from pipeline.validate.grammar import Schema


def find_documents(paths: Iterable[Path]) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files named and the .xml files below the folders named, in order; hidden ones are left out."""
    files: list[Path] = []
    found: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            refused: list[OSError] = []
            inside = sorted(
                Path(folder) / name
                for folder, _, names in os.walk(path, onerror=refused.append)
                for name in names
                if name.endswith(".xml") and not name.startswith(".")
            )
            files += inside
            found += (grammar.unreadable(str(error.filename), error) for error in refused)
            if not inside and not refused:
                message = "there is no TEI (*.xml) in this folder"
                found.append(diagnostic("V-013", str(path), None, message, "name the files, or another folder."))
        else:
            files.append(path)
    return list(dict.fromkeys(files)), found


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
