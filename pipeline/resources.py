"""Where the stylesheets, schemas, templates and profiles are, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """Return the folder or file of this name that comes with the program.

    `xslt/` and `schema/` stand beside the package in a checkout and inside it in a wheel.
    """
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name
