"""Composes captures in the archive's form, with an invented archive's menus around an invented entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

AUTHOR = "Marlowe, Edda (Quist)"
VOLUME = "The Tidewater Journals: Volume 2"

_HEAD = """Tidewater Papers
Saltmarsh Press
  • Search
  • Browse
  • My Papers
    • Folders
RegisterLog In
Username: (email address)
Log In
  • Subscribe
Next Document > < Previous DocumentReturn{title}
/ -1
Tidewater Papers
Back to Search
"""
_MENU = ("  • Translation", "  • Transcription", "  • Print", "  • Save", "  • Share", "  • Cite")
_TAIL = """Tags
Annotations
Bookmarks

  • Saltmarsh Press
  • Privacy
    |
  • Copyright 2018 Saltmarsh Press
"""
_PAGE = re.compile(r"^\s*Page [\divxlc]+\s*$")


def pane(label: str, lines: Iterable[str], pages: int | None = None) -> list[str]:
    """Return one side of an entry: its label, its count of pages (None: as many as page lines), menu and text."""
    body = list(lines)
    count = sum(bool(_PAGE.match(line)) for line in body) if pages is None else pages
    return [label, f"/ {count}", *_MENU, *body]


def compose(
    title: str,
    date: str,
    lines: Iterable[str],
    transcription: Iterable[str] = (),
    *,
    author: str = AUTHOR,
    volume: str = VOLUME,
    contents: Iterable[str] | None = None,
    contents_volume: str | None = None,
    details: Mapping[str, str] | None = None,
    pages: int | None = None,
    details_there: bool = True,
) -> str:
    """Return the text of a capture.

    lines are the translation's, its title line included. date is as the archive writes it, `1911 Mar 2`.
    contents (by default the entry alone) are the labels of the volume's table of contents; details overrides
    the document details by their label.
    """
    stated = {
        "Document Title": title,
        "Author": author,
        "Recipient": "N/A",
        "Repository": "N/A",
        "ID #": "N/A",
        "Description": "N/A",
        "Date": date,
        "AOC Volume": volume,
        **(details or {}),
    }
    labels = [title] if contents is None else list(contents)
    out = [
        *_HEAD.format(title=title).splitlines(),
        "Table of Contents",
        contents_volume or volume,
        *(f"  • {label}" for label in labels),
        "< Previous document Next document >",
        "© 2025",
        title,
        "View:",
        "",
        f"By {author}",
        "",
        volume,
        "",
        "Image view",
        "Translation Transcription",
        *pane("Translation", lines, pages),
        *pane("Transcription", transcription),
        " " * 11,
    ]
    if details_there:
        out += ["Document Details", *(label + value for label, value in stated.items())]
    return "\n".join([*out, *_TAIL.splitlines()]) + "\n"


def entry(*lines: str, title: str = "2 March", date: str = "1911 Mar 2", **more: object) -> str:
    """Return a capture of a small entry: its title and the lines given."""
    return compose(title, date, [title, *lines], **more)  # type: ignore[arg-type]
