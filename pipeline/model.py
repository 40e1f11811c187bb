"""What a reader makes of a source: a Capture. Knows no XML.

Offsets count characters of the decoded source from 0; line numbers count from 1.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from pipeline.diagnostics import Diagnostic


def file_name(source: str) -> str:
    """Return the name of a source's file as text can hold it: bytes that are no UTF-8, and controls, as escapes."""
    name = os.fsencode(Path(source).name).decode("utf-8", "backslashreplace")
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in name)


Pattern = re.Pattern[str]


def whole(pattern: Pattern, line: str) -> re.Match[str] | None:
    """Return the match of a pattern that takes a whole line, white space at its ends aside; None otherwise.

    A page line or an ornament is a line of its own: a pattern that finds its mark within a sentence is not one.
    """
    return pattern.fullmatch(line.strip())


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one source and the name by which messages call it."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the hexadecimal digest that the TEI header gives for the capture."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, without its line end; start is the offset of its first character."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset after the last character."""
        return self.start + len(self.text)

    @property
    def begin(self) -> int:
        """Return the offset of the first character that is not white space; of a blank line, its end."""
        return self.end - len(self.text.lstrip())

    @property
    def stop(self) -> int:
        """Return the offset after the last character that is not white space."""
        return self.start + len(self.text.rstrip())

    @property
    def blank(self) -> bool:
        """Return whether there is nothing but white space."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Pane:
    """One side of an entry (translation or transcription): its lines, and the pages that the archive counts.

    text is the source from the first to the last line, line ends included: what the ledger accounts for.
    pages is None where the source gives no number.
    """

    side: str
    language: str
    pages: int | None
    lines: tuple[Line, ...]
    text: str

    @property
    def start(self) -> int:
        """Return the offset of the pane's text in the source."""
        return self.lines[0].start if self.lines else 0

    @property
    def empty(self) -> bool:
        """Return whether the source left this side empty."""
        return all(line.blank for line in self.lines)


@dataclass(frozen=True, slots=True)
class ContentsItem:
    """One label of a volume's table of contents.

    date is ISO 8601, with the year inferred from the order of the labels where `inferred` says so; None for
    a title that holds no date. in_order is false for a label that stands out of the order of days.
    """

    label: str
    line: int
    date: str | None
    inferred: bool
    in_order: bool
    titled: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """A volume's table of contents, as the source gives it."""

    volume: str
    line: int
    items: tuple[ContentsItem, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """The volume that an entry stands in: `Harbour Diaries: Volume 2` has the title `Harbour Diaries` and n `2`."""

    label: str
    title: str
    n: str | None


@dataclass(frozen=True, slots=True)
class Capture:
    """A source taken apart: what it is, who wrote it when, where it stands, and its text by side.

    details are the archive's own statements by standard name (title, author, date, recipient, repository,
    identifier, description, volume); those without a value are not there. date is ISO 8601 and may be a
    year or a month only.
    """

    source: str
    sha256: str
    profile: str
    archive: str
    title: str
    author: str
    date: str
    volume: Volume | None
    panes: tuple[Pane, ...]
    details: Mapping[str, str] = field(default_factory=dict)
    contents: Contents | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a reader does not take a source."""

    reader: str
    reason: str


class Reader(Protocol):
    """One source format. A module in `readers/`, or a package's entry point in `teipress.readers`."""

    @property
    def name(self) -> str:
        """Return the name by which a refusal calls the reader."""

    def accepts(self, source: Source) -> Refusal | None:
        """Return None if this reader takes the source, else why not."""

    def read(self, source: Source) -> tuple[Capture | None, tuple[Diagnostic, ...]]:
        """Return the capture (None where it cannot be read) and what is wrong with the source."""
