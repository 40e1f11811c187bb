"""What a stylesheet says of elements that none of its templates handles: each name once, with its first place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, slots=True)
class Unhandled:
    """An element without a template: its name, its path as people read it, and its line if it is known."""

    name: str
    path: str
    line: int | None


def unhandled(messages: Iterable[str], root: etree._Element) -> tuple[Unhandled, ...]:
    """Return the elements that are named in a stylesheet's messages (f:report-unhandled in functions.xsl)."""
    first: dict[str, str] = {}
    for message in messages:
        kind, _, rest = message.strip().partition("\t")
        if kind == "unhandled":
            name, _, path = rest.partition("\t")
            first.setdefault(name, path)
    return tuple(Unhandled(name, _shown(path), _line_of(root, path)) for name, path in first.items())


def _line_of(root: etree._Element, path: str) -> int | None:
    """Return the line of the element at an XPath with names as Q{namespace}name."""
    finder = etree.ETXPath(re.sub(r"Q\{([^}]*)\}", lambda match: f"{{{match[1]}}}" if match[1] else "", path))
    places = finder(root.getroottree())
    return places[0].sourceline if isinstance(places, list) and places else None


def _shown(path: str) -> str:
    """Return a path without namespaces."""
    return re.sub(r"Q\{[^}]*\}", "", path)
