"""edition.toml → Edition. Every error names the key, what was found and what was expected."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any, Final

FILE: Final = "edition.toml"


class ConfigError(Exception):
    """edition.toml is wrong; `errors` has a sentence for each key concerned."""

    def __init__(self, path: Path, errors: tuple[str, ...]) -> None:
        super().__init__("\n".join(f"{path}: {error}" for error in errors))
        self.errors = errors


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
    """An edition: the folder that holds its edition.toml, and what that says."""

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
    paper: str = "a5"

    @property
    def text(self) -> Path:
        """Return the folder of the text of record, one TEI file per entry."""
        return self.root / "text"

    @property
    def volumes(self) -> Path:
        """Return the folder of the volumes, a teiCorpus each."""
        return self.root / "volumes"

    def register(self, kind: str) -> Path | None:
        """Return the file of a register (persons, works, places, organisations), if the edition has one."""
        return self.root / self.registers[kind] if kind in self.registers else None


def find(start: Path) -> Path | None:
    """Return the nearest folder from here upwards that holds an edition.toml."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / FILE).is_file():
            return folder
    return None


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
            datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :])
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
    "registers": {"persons": _text, "works": _text, "places": _text, "organisations": _text},
    "web": {},
    "print": {"paper": _paper},
    "epub": {},
}
_ENTRY_KEYS: Final[Mapping[str, Check]] = {"id": _id, "date": _date}


def _table(name: str, table: object, checks: Mapping[str, Check], errors: list[str]) -> dict[str, Any]:
    """Return the checked values of one table; what is wrong goes to errors."""
    if not isinstance(table, dict):
        errors.append(f"[{name}]: found {table!r}, expected a table")
        return {}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in checks:
            known = ", ".join(checks) or "no keys yet"
            errors.append(f"[{name}] {key}: unknown key; [{name}] knows {known}")
            continue
        try:
            values[key] = checks[key](value)
        except TypeError as expected:
            errors.append(f"[{name}] {key}: found {value!r}, expected {expected}")
    return values


def _registers(root: Path, paths: Mapping[str, str], errors: list[str]) -> None:
    for key, path in paths.items():
        if not (root / path).is_file():
            errors.append(f"[registers] {key}: there is no file {path!r} in {root}")


def load(root: Path) -> Edition:
    """Return the edition in this folder.

    Raises:
        ConfigError: edition.toml is missing, is not TOML, or holds unknown keys, wrong values or missing files.
    """
    path = root / FILE
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(path, (f"not found; an edition is a folder with an {FILE}",)) from None
    except UnicodeDecodeError:
        raise ConfigError(path, ("not UTF-8; save it as UTF-8",)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, (f"not TOML: {error}",)) from None
    known = ", ".join(f"[{name}]" for name in _KEYS)
    errors = [f"[{name}]: unknown table; known are {known}" for name in document.keys() - _KEYS.keys()]
    sources = document.get("sources")
    entries = sources.pop("entries", {}) if isinstance(sources, dict) else {}
    if not isinstance(entries, dict):
        errors.append(f'[sources.entries]: found {entries!r}, expected tables, as [sources.entries."a.txt"]')
        entries = {}
    values = {name: _table(name, document.get(name, {}), checks, errors) for name, checks in _KEYS.items()}
    overrides = {
        name: Override(**_table(f'sources.entries."{name}"', entry, _ENTRY_KEYS, errors))
        for name, entry in entries.items()
    }
    if "title" not in values["edition"] and not any(error.startswith("[edition] title") for error in errors):
        errors.append("[edition] title: missing; give the edition's title in quotation marks")
    _registers(root, values["registers"], errors)
    if errors:
        raise ConfigError(path, tuple(sorted(errors)))
    return Edition(
        root=root,
        **values["edition"],
        sources=Sources(**values["sources"], entries=overrides),
        registers=values["registers"],
        **values["print"],
    )
