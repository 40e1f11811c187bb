"""edition.toml → Edition. Every error names the key, its line, what was found and what was expected."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any, Final

from pipeline.dates import first_day
from pipeline.diagnostics import Diagnostic, diagnostic

FILE: Final = "edition.toml"
_HINT: Final = "docs/command-line.md shows every key of edition.toml."
# The way to a key or a table: ("sources", "entries", "a.txt", "date").
Way = tuple[str, ...]


def _said(one: Diagnostic) -> str:
    return f"{one.file}{f':{one.line}' if one.line else ''}: {one.message}"


class ConfigError(Exception):
    """edition.toml is wrong; `diagnostics` has a finding for each key concerned."""

    def __init__(self, *found: Diagnostic) -> None:
        super().__init__("\n".join(_said(one) for one in found))
        self.diagnostics = found


@dataclass(frozen=True, slots=True)
class Override:
    """What an editor decides for one source: its entry's id or date, where the source does not tell."""

    id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where convert looks, and what is particular to the sources.

    facsimiles is a path below the edition with {entry}, {volume} and {page}; profiles are files that
    describe other archives; captured is the day of the capture (ISO 8601).
    """

    folder: str = "sources"
    profiles: tuple[str, ...] = ()
    captured: str | None = None
    translation_language: str | None = None
    transcription_language: str | None = None
    facsimiles: str | None = None
    max_bytes: int = 16_000_000
    entries: Mapping[str, Override] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: the folder that holds its edition.toml, and what that says.

    model is the name of a named-entity model that the user has installed; empty for none.
    """

    root: Path
    title: str
    author: str = ""
    editors: tuple[str, ...] = ()
    publisher: str = ""
    place: str = ""
    language: str = "en"
    licence: str = ""
    base_url: str = ""
    release: str = "0.1.0"
    released: str | None = None
    sources: Sources = field(default_factory=Sources)
    registers: Mapping[str, str] = field(default_factory=dict)
    model: str = ""
    paper: str = "a5"
    fonts: str = ""

    @property
    def text(self) -> Path:
        """Return the folder of the text of record, one TEI file per entry."""
        return self.root / "text"

    @property
    def volumes(self) -> Path:
        """Return the folder of the volumes, a teiCorpus each."""
        return self.root / "volumes"

    def register(self, kind: str) -> Path | None:
        """Return the file of a register (persons, works, archives, places, organisations), if the edition has one."""
        return self.root / self.registers[kind] if kind in self.registers else None


def find(start: Path) -> Path | None:
    """Return the nearest folder from here upwards that holds an edition.toml."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / FILE).is_file():
            return folder
    return None


def lines_of(text: str) -> dict[Way, int]:
    """Return the line on which each table and each key of a TOML document begins, by the way to it."""
    found: dict[Way, int] = {}
    table: Way = ()
    statement, begun = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        if not statement:
            begun = number
        statement += line + "\n"
        try:
            # Every statement of a document is a document: one that is not ends on a later line.
            parsed = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        ways = list(_ways(parsed, ()))
        if statement.lstrip().startswith("["):
            table = ways[-1]
            ways = [table[:depth] for depth in range(1, len(table) + 1)]
        else:
            ways = [table + way for way in ways]
        for way in ways:
            found.setdefault(way, begun)
        statement = ""
    return found


def _ways(value: object, above: Way) -> Iterator[Way]:
    """Yield the way to every key in a value, outer ones first."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*above, key)
            yield from _ways(inner, (*above, key))


def _line(lines: Mapping[Way, int], way: Way) -> int:
    """Return the line of a key; that of its table where it is not there, 1 where that is not there either."""
    return next((lines[way[:depth]] for depth in range(len(way), 0, -1) if way[:depth] in lines), 1)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a string in quotation marks")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError('a list of strings, as ["A. Editor", "B. Editor"]')
    return tuple(value)


def _date(value: object) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            first_day(value)
            return value
    except ValueError:
        pass
    raise TypeError('a date that exists, as "1934-12-13"')


def _language(value: object) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", _text(value)):
        raise TypeError('a language tag, as "en" or "zh-Hant"')
    return _text(value)


def _url(value: object) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", _text(value)):
        raise TypeError('an address that begins with "https://" or "http://"')
    return _text(value)


def _facsimiles(value: object) -> str:
    expected = 'a path with {entry}, {volume} and {page}, as "facsimiles/{volume}-{page}.svg"'
    try:
        fields = [part[1:] for part in Formatter().parse(_text(value)) if part[1] is not None]
    except ValueError:
        raise TypeError(expected) from None
    if any(name not in ("entry", "volume", "page") or form or change for name, form, change in fields):
        raise TypeError(expected)
    return _text(value)


def _bytes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError("a whole number of bytes, 1 or more")
    return value


def _id(value: object) -> str:
    if not re.fullmatch(r"d\d{4}(-\d\d){0,2}[a-z]?", _text(value)):
        raise TypeError('an entry\'s id, as "d1934-12-13" or "d1934-12-13b"')
    return _text(value)


def _paper(value: object) -> str:
    if value not in ("a4", "a5", "iso-b5", "us-letter"):
        raise TypeError('"a4", "a5", "iso-b5" or "us-letter"')
    return _text(value)


Check = Callable[[object], Any]
_KEYS: Final[Mapping[str, Mapping[str, Check]]] = {
    "edition": {
        "title": _text,
        "author": _text,
        "editors": _texts,
        "publisher": _text,
        "place": _text,
        "language": _language,
        "licence": _url,
        "base_url": _url,
        "release": _text,
        "released": _date,
    },
    "sources": {
        "folder": _text,
        "profiles": _texts,
        "captured": _date,
        "translation_language": _language,
        "transcription_language": _language,
        "facsimiles": _facsimiles,
        "max_bytes": _bytes,
    },
    "registers": dict.fromkeys(("persons", "works", "archives", "places", "organisations", "rulings"), _text),
    "enrich": {"model": _text},
    "web": {},
    "print": {"paper": _paper, "fonts": _text},
    "epub": {},
}
_ENTRY_KEYS: Final[Mapping[str, Check]] = {"id": _id, "date": _date}


def _name(way: Way) -> str:
    """Return a table's name as it stands in the file."""
    return "[" + ".".join(part if re.fullmatch(r"[\w-]+", part, re.ASCII) else f'"{part}"' for part in way) + "]"


class _Reading:
    """One reading of an edition.toml: what is wrong with it, in the words and at the place of each key."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.errors: list[tuple[Way, str]] = []

    def wrong(self, table: Way, key: str, message: str) -> None:
        """Note what is wrong with a key; without one, with its table."""
        self.errors.append(((*table, key) if key else table, f"{_name(table)}{' ' + key if key else ''}: {message}"))

    def table(self, way: Way, table: object, checks: Mapping[str, Check]) -> dict[str, Any]:
        """Return the checked values of one table."""
        if not isinstance(table, dict):
            self.wrong(way, "", f"found {table!r}, expected a table")
            return {}
        values: dict[str, Any] = {}
        for key, value in table.items():
            if key not in checks:
                self.wrong(way, key, f"unknown key; {_name(way)} knows {', '.join(checks) or 'no keys yet'}")
                continue
            try:
                values[key] = checks[key](value)
            except TypeError as expected:
                self.wrong(way, key, f"found {value!r}, expected {expected}")
        return values

    def files(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Look whether the files and folders that are named are there."""
        for key, path in values["registers"].items():
            if not (self.root / path).is_file():
                self.wrong(("registers",), key, f"there is no file {path!r} in {self.root}")
        for path in values["sources"].get("profiles", ()):
            if not (self.root / path).is_file():
                self.wrong(("sources",), "profiles", f"there is no file {path!r} in {self.root}")
        fonts = values["print"].get("fonts")
        if fonts is None:
            return
        below = Path(os.path.normpath(fonts))
        if below.is_absolute() or not below.parts or below.parts[0] == os.pardir:
            self.wrong(("print",), "fonts", f"found {fonts!r}, expected a folder below {self.root}")
        elif not (self.root / fonts).is_dir():
            self.wrong(("print",), "fonts", f"there is no folder {fonts!r} in {self.root}")


def _unreadable(path: Path, text: str, error: tomllib.TOMLDecodeError) -> ConfigError:
    at = re.search(r"at line (\d+), column (\d+)", str(error))
    line, column = (int(at[1]), int(at[2])) if at else (max(1, len(text.splitlines())), None)
    return ConfigError(diagnostic("C-050", str(path), line, f"not TOML: {error}", _HINT, column))


def load(root: Path) -> Edition:
    """Return the edition in this folder.

    Raises:
        ConfigError: edition.toml is missing, is not TOML, or holds unknown keys, wrong values or missing files.
    """
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except FileNotFoundError:
        message = f"not found; an edition is a folder with an {FILE}"
        hint = "call the command in the edition's folder; `teipress new` makes one."
        raise ConfigError(diagnostic("C-050", str(path), None, message, hint)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        hint = "save it as UTF-8."
        raise ConfigError(diagnostic("C-050", str(path), line, "not UTF-8; save it as UTF-8", hint)) from None
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, text, error) from None
    reading = _Reading(root)
    known = ", ".join(f"[{name}]" for name in _KEYS)
    for name in document.keys() - _KEYS.keys():
        reading.wrong((name,), "", f"unknown table; known are {known}")
    sources = document.get("sources")
    entries = sources.pop("entries", {}) if isinstance(sources, dict) else {}
    if not isinstance(entries, dict):
        message = f'found {entries!r}, expected tables, as [sources.entries."a.txt"]'
        reading.wrong(("sources", "entries"), "", message)
        entries = {}
    values = {name: reading.table((name,), document.get(name, {}), checks) for name, checks in _KEYS.items()}
    overrides = {
        name: Override(**reading.table(("sources", "entries", name), entry, _ENTRY_KEYS))
        for name, entry in entries.items()
    }
    title = ("edition", "title")
    if "title" not in values["edition"] and all(way != title for way, _ in reading.errors):
        reading.wrong(("edition",), "title", "missing; give the edition's title in quotation marks")
    reading.files(values)
    if reading.errors:
        lines = lines_of(text)
        told = sorted((_line(lines, way), message) for way, message in reading.errors)
        raise ConfigError(*(diagnostic("C-050", str(path), line, message, _HINT) for line, message in told))
    return Edition(
        root=root,
        **values["edition"],
        sources=Sources(**values["sources"], entries=overrides),
        registers=values["registers"],
        **values["enrich"],
        **values["print"],
    )
