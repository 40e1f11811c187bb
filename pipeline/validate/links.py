"""What only the whole edition knows: whether ids are unique and every pointer arrives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from lxml import etree

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.tei import XI_NS, XML_ID, NotTEI, T, local, parse

POINTING: Final = ("corresp", "target", "facs", "resp", "edRef", "who", "toWhom", "ref", "next", "prev", "rendition")
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):(.+)", re.DOTALL)
# Addresses that every program knows; they are not the edition's own.
_PUBLIC: Final = frozenset({"http", "https", "mailto", "urn", "doi", "ftp", "file", "data", "tel", "geo", "info"})
_IDS: Final = etree.XPath("//@xml:id")


def _line(element: etree._Element) -> int | None:
    return element.sourceline


class _Files:
    """The ids of every file that a pointer leads to, read once."""

    def __init__(self) -> None:
        self._known: dict[Path, frozenset[str] | None] = {}

    def ids(self, path: Path) -> frozenset[str] | None:
        """Return the ids of a file; None if there is no such file, or it is no XML."""
        path = path.resolve()
        if path not in self._known:
            try:
                self._known[path] = frozenset(str(value) for value in _IDS(parse(path.read_bytes())))
            except (OSError, NotTEI):
                self._known[path] = None
        return self._known[path]


def validate(paths: Iterable[Path], names: dict[Path, str] | None = None) -> tuple[Diagnostic, ...]:
    """Return every pointer that does not arrive, over entries, registers and volumes together.

    names gives what messages call a file. A file that is no XML is passed over: the grammar reports it.
    """
    files, owners, found = _Files(), dict[str, str](), list[Diagnostic]()
    for path in paths:
        name = (names or {}).get(path, str(path))
        try:
            root = parse(path.read_bytes())
        except (OSError, NotTEI):
            continue
        found += _identity(root, path, name, owners)
        found += sorted(_pointers(root, path, name, files), key=lambda one: (one.line or 0, one.code))
    return tuple(found)


def _identity(root: etree._Element, path: Path, name: str, owners: dict[str, str]) -> Iterator[Diagnostic]:
    if root.tag != f"{T}TEI":
        return
    own = root.get(XML_ID)
    if own != path.stem:
        said = f"xml:id `{own}`" if own else "no xml:id"
        hint = f'write xml:id="{path.stem}", or rename the file'
        yield diagnostic("L-001", name, _line(root), f"`TEI` has {said}; the file is `{path.name}`", hint)
    if own and own in owners:
        message = f"xml:id `{own}` is that of {owners[own]} too"
        yield diagnostic("L-002", name, _line(root), message, "give one of them another id")
    if own:
        owners.setdefault(own, name)


def _pointers(root: etree._Element, path: Path, name: str, files: _Files) -> Iterator[Diagnostic]:
    ids = frozenset(str(value) for value in _IDS(root))
    prefixes = [
        (define.get("ident", ""), define.get("matchPattern", ""), define.get("replacementPattern", ""))
        for define in root.iter(f"{T}prefixDef")
    ]
    for element in root.iter(etree.Element):
        if element.tag == f"{T}graphic":
            yield from _picture(element, path, name)
        elif element.tag == f"{{{XI_NS}}}include":
            yield from _inclusion(element, path, name)
        for attribute in POINTING:
            for pointer in (element.get(attribute) or "").split():
                yield from _pointer(pointer, attribute, element, ids, prefixes, path, name, files)


def _pointer(
    pointer: str,
    attribute: str,
    element: etree._Element,
    ids: frozenset[str],
    prefixes: list[tuple[str, str, str]],
    path: Path,
    name: str,
    files: _Files,
) -> Iterator[Diagnostic]:
    where = f"`{local(element)}`, {attribute}: `{pointer}`"
    if pointer.startswith("#"):
        # #match(id,'text') and its kin point from an id onwards.
        scheme = re.match(r"#(?:match|range|left|right|string-index|xpath)\(([^,)]*)", pointer)
        wanted = scheme.group(1) if scheme else pointer[1:]
        if wanted not in ids and not pointer.startswith("#xpath("):
            yield diagnostic(
                "L-003",
                name,
                _line(element),
                f"{where} points to nothing in this file",
                f"there is no xml:id `{wanted}`",
            )
        return
    hit = _SCHEME.fullmatch(pointer)
    if hit is None or hit.group(1) in _PUBLIC:
        return
    place = _expanded(hit.group(1), hit.group(2), prefixes)
    if place is None:
        known = ", ".join(f"{ident}:" for ident, _, _ in prefixes) or "none"
        yield diagnostic("L-004", name, _line(element), f"{where} fits no prefixDef of this file", f"declared: {known}")
        return
    if re.match(r"https?:", place):
        return
    file, _, fragment = place.partition("#")
    target = path.parent / unquote(file)
    there = files.ids(target) if file else ids
    if there is None:
        yield diagnostic(
            "L-005",
            name,
            _line(element),
            f"{where} leads to `{file}`, which is not there",
            "correct the address, or add the file",
        )
    elif fragment and fragment not in there:
        yield diagnostic(
            "L-005",
            name,
            _line(element),
            f"{where} is not in `{file}`",
            f"correct the address, or add the record `{fragment}`",
        )


def _expanded(scheme: str, rest: str, prefixes: list[tuple[str, str, str]]) -> str | None:
    """Return the address that the file's prefixDef makes of a private one; None if none fits."""
    for ident, pattern, replacement in prefixes:
        if ident != scheme:
            continue
        try:
            hit = re.fullmatch(pattern, rest)
        except re.error:
            continue
        if hit:
            return _filled(replacement, (rest, *(group or "" for group in hit.groups())))
    return None


def _filled(replacement: str, groups: tuple[str, ...]) -> str:
    """Return the replacement with $1, $2 … filled in; a group that is not there is nothing."""
    return re.sub(r"\$(\d)", lambda one: "".join(groups[int(one[1]) : int(one[1]) + 1]), replacement)


def _picture(element: etree._Element, path: Path, name: str) -> Iterator[Diagnostic]:
    url = element.get("url", "")
    if url and not re.match(r"[a-z][a-z0-9+.\-]*:|//", url) and not (path.parent / unquote(url)).is_file():
        yield diagnostic("L-006", name, _line(element), f"there is no file `{url}`", "add it, or correct the address")


def _inclusion(element: etree._Element, path: Path, name: str) -> Iterator[Diagnostic]:
    href = element.get("href", "")
    if not (path.parent / unquote(href)).is_file():
        yield diagnostic("L-007", name, _line(element), f"there is no file `{href}`", "convert it, or correct the href")
