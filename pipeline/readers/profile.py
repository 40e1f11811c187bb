"""Profiles: what is known of one archive's pages, as data. docs/profiles.md explains every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.model import Pattern
from pipeline.resources import resource

DETAILS: Final = ("title", "author", "recipient", "repository", "identifier", "description", "date", "volume")
VALUES: Final = ("run together", "after", "next line")


class ProfileError(Exception):
    """A profile is wrong; the text names the file and the key."""


@dataclass(frozen=True, slots=True)
class Side:
    """The heading under which one side of an entry stands; language None: told from the text."""

    side: str
    heading: Pattern
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """The marks by which an archive's page is taken apart. A pattern that is None is not used."""

    name: str
    archive: str
    sides: tuple[Side, ...]
    details_heading: Pattern
    labels: Mapping[str, str]
    page: Pattern
    ornament: Pattern
    values: str = "run together"
    no_value: frozenset[str] = frozenset()
    separator: str = ""
    details_end: Pattern | None = None
    pane_count: Pattern | None = None
    pane_menu: Pattern | None = None
    pane_end: Pattern | None = None
    contents_heading: Pattern | None = None
    contents_item: Pattern | None = None
    contents_end: Pattern | None = None
    author: Pattern | None = None
    volume: Pattern | None = None


_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("name", "archive", "contents", "head", "panes", "details", "lines", "volume"),
    "contents": ("heading", "item", "end"),
    "head": ("author",),
    "panes": ("count", "menu", "end", "side"),
    "panes.side": ("side", "heading", "language"),
    "details": ("heading", "values", "separator", "no_value", "end", "labels"),
    "lines": ("page", "ornament"),
    "volume": ("label",),
}
# Patterns must have these groups.
_GROUPS: Final[Mapping[str, str]] = {
    "contents.item": "label",
    "head.author": "author",
    "panes.count": "pages",
    "lines.page": "n",
    "volume.label": "title",
}


def _check_keys(path: Path, name: str, table: Any) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ProfileError(f"{path}: [{name}] found {table!r}, expected a table")
    for key in table:
        if key not in _TABLES[name]:
            where = f"[{name}] {key}" if name else key
            raise ProfileError(f"{path}: {where}: unknown key; known are {', '.join(_TABLES[name])}")
    return table


def _pattern(path: Path, key: str, value: Any) -> Pattern | None:
    if value is None:
        return None
    try:
        compiled = re.compile(value)
    except (re.error, TypeError) as error:
        raise ProfileError(f"{path}: {key}: {value!r} is no regular expression: {error}") from error
    if (group := _GROUPS.get(key)) and group not in compiled.groupindex:
        raise ProfileError(f"{path}: {key}: the expression needs a group (?P<{group}>…)")
    return compiled


def _text(path: Path, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ProfileError(f"{path}: {key}: found {value!r}, expected a string in quotation marks")
    return value


def _texts(path: Path, key: str, value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ProfileError(f'{path}: {key}: found {value!r}, expected a list of strings, as ["N/A"]')
    return frozenset(value)


def _labels(path: Path, table: Any) -> dict[str, str]:
    if not isinstance(table, dict):
        raise ProfileError(f"{path}: details.labels: found {table!r}, expected a table")
    for label, meaning in table.items():
        if meaning not in DETAILS:
            raise ProfileError(f"{path}: details.labels: {label!r} = {meaning!r}, expected one of {', '.join(DETAILS)}")
    return table


def _sides(path: Path, tables: Any) -> tuple[Side, ...]:
    if not isinstance(tables, list) or not tables:
        raise ProfileError(f"{path}: [[panes.side]]: missing; name the sides of an entry and their headings")
    sides = []
    for number, table in enumerate(tables, 1):
        where = f"[[panes.side]] {number}"
        _check_keys(path, "panes.side", table)
        if table.get("side") not in ("translation", "transcription"):
            raise ProfileError(
                f'{path}: {where} side: found {table.get("side")!r}, expected "translation" or "transcription"'
            )
        language = _text(path, f"{where} language", table["language"]) if "language" in table else None
        sides.append(Side(table["side"], _needed(path, f"{where} heading", table.get("heading")), language))
    return tuple(sides)


def _needed(path: Path, key: str, value: Any) -> Pattern:
    pattern = _pattern(path, key, value)
    if pattern is None:
        raise ProfileError(f"{path}: {key}: missing")
    return pattern


@cache
def load_profile(path: Path) -> Profile:
    """Return the profile in a file.

    Raises:
        ProfileError: the file cannot be read, is not TOML, or has unknown keys or wrong values.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read as a profile: {error}") from error
    _check_keys(path, "", document)
    tables = {name: _check_keys(path, name, document.get(name, {})) for name in _TABLES if name and "." not in name}
    contents, head, panes, details, lines, volume = (
        tables[name] for name in ("contents", "head", "panes", "details", "lines", "volume")
    )
    for key in ("name", "archive"):
        if not isinstance(document.get(key), str):
            raise ProfileError(f"{path}: {key}: missing; give a string")
    values = details.get("values", "run together")
    if values not in VALUES:
        raise ProfileError(f"{path}: details.values: found {values!r}, expected one of {', '.join(VALUES)}")
    return Profile(
        name=document["name"],
        archive=document["archive"],
        sides=_sides(path, panes.get("side")),
        details_heading=_needed(path, "details.heading", details.get("heading")),
        labels=_labels(path, details.get("labels", {})),
        page=_needed(path, "lines.page", lines.get("page")),
        ornament=_needed(path, "lines.ornament", lines.get("ornament")),
        values=values,
        no_value=_texts(path, "details.no_value", details.get("no_value", [])),
        separator=_text(path, "details.separator", details.get("separator", "")),
        details_end=_pattern(path, "details.end", details.get("end")),
        pane_count=_pattern(path, "panes.count", panes.get("count")),
        pane_menu=_pattern(path, "panes.menu", panes.get("menu")),
        pane_end=_pattern(path, "panes.end", panes.get("end")),
        contents_heading=_pattern(path, "contents.heading", contents.get("heading")),
        contents_item=_pattern(path, "contents.item", contents.get("item")),
        contents_end=_pattern(path, "contents.end", contents.get("end")),
        author=_pattern(path, "head.author", head.get("author")),
        volume=_pattern(path, "volume.label", volume.get("label")),
    )


def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with the program, by name of file."""
    return tuple(load_profile(path) for path in sorted(resource("readers/profiles").glob("*.toml")))
