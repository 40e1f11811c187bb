"""Files of TEI that a command is told to work on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.diagnostics import Diagnostic, diagnostic


def unreadable(name: str, error: OSError) -> Diagnostic:
    """Return why a file or folder could not be read: it is not there, or the machine refuses."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return diagnostic("V-013", name, None, "there is no such file", "check the path")
    hint = "give yourself permission to read it, or leave it out"
    return diagnostic("V-014", name, None, f"cannot be read: {error.strerror or error}", hint)


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
            found += (unreadable(str(error.filename), error) for error in refused)
            if not inside and not refused:
                message = "there is no TEI (*.xml) in this folder"
                found.append(diagnostic("V-013", str(path), None, message, "name the files, or another folder."))
        else:
            files.append(path)
    return list(dict.fromkeys(files)), found
