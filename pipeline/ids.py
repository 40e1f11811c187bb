"""The id of an entry: its day, and a letter for the second entry of a day and those after it.

An id is an address: once an entry has one it keeps it, and a file that belongs to another entry of the same
day is never taken. Where the contents of the volume list a day's entries, their letters follow from that;
where they do not, the entry that is converted first has the id without a letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Final

from pipeline.dates import read_title
from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import Capture, file_name

_LETTERS: Final = ("", *ascii_lowercase[1:])
_TITLE: Final = re.compile(rb'<title type="main">([^<]*)</title>')
_FILE: Final = re.compile(rb'<idno type="file">([^<]*)</idno>')
_CAPTURE: Final = re.compile(rb'<idno type="sha256">([0-9a-f]{64})</idno></bibl>')


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one entry from another: source, day, title, and what its volume's contents say of that day.

    sha256 is the digest of the source; given is an id from edition.toml; after is how many entries of that day
    the contents list before one with a title of its own (plain dates all come before it); rank is its place
    in the contents.
    """

    source: str
    date: str
    title: str
    sha256: str = ""
    given: str | None = None
    after: int = 0
    rank: int = 0


def identity(capture: Capture, given: str | None) -> Identity:
    """Return the identity of a capture."""
    rank, after = 0, 0
    contents = capture.contents
    if contents is not None and (capture.volume is None or contents.volume in ("", capture.volume.label)):
        labels = [(i, item) for i, item in enumerate(contents.items) if item.date == capture.date]
        rank = next((i for i, item in labels if item.label == capture.title), 0)
        if not read_title(capture.title).plain:
            before = {item.label for i, item in labels if i < rank or not item.titled}
            after = min(len(before - {capture.title}), len(_LETTERS) - 1)
    return Identity(capture.source, capture.date, capture.title, capture.sha256, given, after, rank)


@dataclass(frozen=True, slots=True)
class _There:
    """What a TEI file's header says of its entry: its title, its source's name and digest; empty where nothing."""

    title: str
    file: str
    sha256: str

    def is_of(self, one: Identity) -> bool:
        """Return whether the file was made of this source, under this name or another."""
        return self.file == file_name(one.source) or (self.sha256 != "" and self.sha256 == one.sha256)


def _read_header(document: bytes) -> _There:
    head = document[:8192]
    texts = []
    for pattern in (_TITLE, _FILE, _CAPTURE):
        found = pattern.search(head)
        text = found.group(1).decode("utf-8", "replace") if found else ""
        texts.append(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return _There(*texts)


def assign(
    identities: Iterable[Identity], existing: Callable[[str], bytes | None], force: bool = False
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return the id of each source by its name, and the sources that are the same entry.

    existing gives the file that stands for an id in the text of record, if any; with force, a source takes
    the place of another one of the same day and title.
    """
    ids: dict[str, str] = {}
    found: list[Diagnostic] = []
    by_day: dict[str, list[Identity]] = {}
    for one in identities:
        by_day.setdefault(one.given or one.date, []).append(one)
    for key, group in by_day.items():
        by_title: dict[str, list[Identity]] = {}
        for one in group:
            by_title.setdefault("" if one.given else one.title, []).append(one)
        for same in by_title.values():
            if len(same) > 1:
                found += [_twice(one, next(other for other in same if other is not one)) for one in same]
        single = [same[0] for same in by_title.values() if len(same) == 1]
        if key.startswith("d"):
            ids.update((one.source, key) for one in single)
            continue
        found += _letters(key, single, ids, existing, force)
    clashes = Counter(ids.values())
    for source, id_ in list(ids.items()):
        if clashes[id_] > 1:
            other = next(name for name, used in ids.items() if used == id_ and name != source)
            found.append(
                diagnostic(
                    "C-016",
                    source,
                    None,
                    f"edition.toml gives it the id of {other} ({id_})",
                    "give one of them another id under [sources.entries].",
                )
            )
            del ids[source]
    return ids, tuple(found)


def _twice(one: Identity, other: Identity) -> Diagnostic:
    what = f"the id {one.given} is given to" if one.given else f"d{one.date}, `{one.title}`, is also"
    return diagnostic(
        "C-016",
        one.source,
        None,
        f"two sources for one entry: {what} {other.source}",
        f'remove one, or give one an id of its own: [sources.entries."{Path(one.source).name}"] id = "d{one.date}b".',
    )


def _letters(
    date: str,
    group: list[Identity],
    ids: dict[str, str],
    existing: Callable[[str], bytes | None],
    force: bool,
) -> list[Diagnostic]:
    """Give the entries of one day their letters: a plain date first, then titles in the order of the contents."""
    found = []

    def order(one: Identity) -> tuple[bool, int, int, str]:
        title = read_title(one.title)
        return not title.plain, title.ordinal, one.rank, one.title

    for one in sorted(group, key=order):
        title = read_title(one.title)
        wanted = _LETTERS[title.ordinal - 1 if title.plain else one.after]
        own: str | Diagnostic = diagnostic(
            "C-016",
            one.source,
            None,
            f"more entries of {date} than there are letters",
            "give it an id in edition.toml, or see whether they are entries.",
        )
        for letter in _LETTERS[_LETTERS.index(wanted) :]:
            id_ = f"d{date}{letter}"
            if id_ in ids.values():
                continue
            document = existing(id_)
            there = _read_header(document) if document is not None else None
            if there is None or there.is_of(one) or (force and there.title == one.title):
                own = id_
                break
            if there.title == one.title:
                own = _replaces(one, id_, there.file)
                break
        if isinstance(own, Diagnostic):
            found.append(own)
        else:
            ids[one.source] = own
    return found


def _replaces(one: Identity, id_: str, file: str) -> Diagnostic:
    return diagnostic(
        "C-016",
        one.source,
        None,
        f"two sources for one entry: {id_}, `{one.title}`, was made of {file or 'another source'}",
        f'if it is another entry, give it an id: [sources.entries."{Path(one.source).name}"] id = "{id_}b"; '
        "if it takes the other's place, convert it with --force.",
    )
