"""What only the whole edition knows: whether ids are unique and every pointer arrives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from lxml import etree

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.pointers import PUBLIC, Prefix, expand, pointers_in, prefixes_of, scheme_of
from pipeline.tei import XI_NS, XML_ID, XML_NS, NotTEI, T, local, parse
from pipeline.validate.messages import nearest

# Every attribute that holds addresses: those of the edition's schema, and those of TEI that it leaves out.
POINTING: Final = frozenset(
    """
    ana calendar change copyOf corresp edRef exclude facs hand next prev ref rendition resp sameAs scheme select
    since source start target toWhom url who
    """.split()
)
# Where it is the name of a language and no address.
_NO_POINTER: Final = (f"{T}rendition", "scheme")
_IDS: Final = etree.XPath("//@xml:id")
_INCLUDE: Final = f"{{{XI_NS}}}include"
# The pointers of TEI that begin at an id: #match(id,'text'), #left(id), #range(left(a),right(b)) …
_FROM_ID: Final = re.compile(r"(?:match|left|right|string-index|string-range|range|element|id)\(([^,()]*)(?=[,)])")
_BRACKETED: Final = re.compile(r"[\w.\-]+\(.*\)", re.DOTALL)
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME: Final = re.compile(r"[^\W\d][\w.\-·]*")
# In a larger file only ids that begin alike are compared with one that is not there.
_MANY: Final = 500


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A pointer that leads to a file: what messages say of it, and where it leads."""

    where: str
    attribute: str
    line: int | None
    place: str
    file: Path
    ids: tuple[str, ...]


def _line(element: etree._Element) -> int | None:
    return element.sourceline


def _ids_of(root: etree._Element) -> frozenset[str]:
    return frozenset(str(value) for value in _IDS(root))


class _Files:
    """The ids of every file that a pointer leads to; each is read once."""

    def __init__(self) -> None:
        self._ids: dict[Path, frozenset[str] | None] = {}
        self._includes: dict[Path, tuple[Path, ...]] = {}
        self._real: dict[Path, Path | None] = {}
        self._near: dict[tuple[Path, str], str] = {}

    def learn(self, path: Path, root: etree._Element) -> None:
        """Take note of a file that has been parsed."""
        real = path.resolve()
        self._ids[real] = _ids_of(root)
        hrefs = (_file(one.get("href", "")) for one in root.iter(_INCLUDE))
        self._includes[real] = tuple(real.parent / href for href in hrefs if href)

    def there(self, path: Path) -> Path | None:
        """Return the file itself if it is there; one that may not be looked at counts as there."""
        if path not in self._real:
            try:
                self._real[path] = path.resolve() if path.exists() else None
            except PermissionError:
                self._real[path] = path
            except (OSError, ValueError, RuntimeError):
                self._real[path] = None
        return self._real[path]

    def ids(self, real: Path, seen: frozenset[Path] = frozenset()) -> frozenset[str] | None:
        """Return the ids of a file and of those that it includes; None if it is no XML or cannot be read."""
        if real not in self._ids:
            try:
                self.learn(real, parse(real.read_bytes()))
            except (OSError, NotTEI):
                self._ids[real] = None
        own = self._ids[real]
        for included in self._includes.get(real, ()):
            inside = self.there(included)
            if own is not None and inside is not None and inside not in seen:
                own |= self.ids(inside, seen | {real}) or frozenset()
        if not seen:
            self._ids[real] = own
            self._includes.pop(real, None)
        return own

    def near(self, real: Path, wanted: str) -> str:
        """Return which id of a file was probably meant, as a question; empty if none is near."""
        if (real, wanted) not in self._near:
            ids = self.ids(real) or frozenset()
            if len(ids) > _MANY:
                ids = frozenset(one for one in ids if one[:2].lower() == wanted[:2].lower())
            self._near[real, wanted] = nearest(wanted, sorted(ids))
        near = self._near[real, wanted]
        return f"; did you mean `{near}`?" if near else ""


def validate(paths: Iterable[Path], names: dict[Path, str] | None = None) -> tuple[Diagnostic, ...]:
    """Return every pointer that does not arrive, over entries, registers and volumes together.

    names gives what messages call a file. A file that is no XML is passed over: the grammar reports it.
    """
    files, owners = _Files(), dict[str, str]()
    found: list[tuple[Path, str, list[Diagnostic], list[_Pointer]]] = []
    for path in paths:
        name = (names or {}).get(path, str(path))
        try:
            root = parse(path.read_bytes())
        except (OSError, NotTEI):
            continue
        files.learn(path, root)
        met = list(_pointers(root, path, name))
        own = [*_identity(root, path, name, owners), *(one for one in met if isinstance(one, Diagnostic))]
        found.append((path, name, own, [one for one in met if isinstance(one, _Pointer)]))
    # Only now every file has been read that had to be read anyway.
    told: list[Diagnostic] = []
    for path, name, own, pointers in found:
        own += (one for pointer in pointers for one in _arrives(pointer, path, name, files))
        told += sorted(own, key=lambda one: (one.line or 0, one.code))
    return tuple(told)


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


def _pointers(root: etree._Element, path: Path, name: str) -> Iterator[Diagnostic | _Pointer]:
    """Yield where each pointer of a document leads, and those whose scheme nobody declares."""
    prefixes = prefixes_of(root)
    base = root.get(f"{{{XML_NS}}}base", "")
    for element in root.iter(etree.Element):
        if element.tag == _INCLUDE:
            yield from _inclusion(element, path, name)
        for key, value in element.attrib.items():
            attribute = str(key)
            if attribute not in POINTING or (element.tag, attribute) == _NO_POINTER:
                continue
            for pointer in (str(value),) if attribute == "url" else pointers_in(str(value)):
                yield from _pointer(pointer, attribute, element, prefixes, path, base, name)


def _pointer(
    pointer: str,
    attribute: str,
    element: etree._Element,
    prefixes: tuple[Prefix, ...],
    path: Path,
    base: str,
    name: str,
) -> Iterator[Diagnostic | _Pointer]:
    where = f"`{local(element)}`, {attribute}: `{pointer}`"
    place, scheme = pointer, scheme_of(pointer)
    if scheme in PUBLIC:
        return
    if scheme:
        expanded = expand(pointer, prefixes)
        if expanded is None:
            known = ", ".join(f"{ident}:" for ident, _, _ in prefixes) or "none"
            message = f"{where} fits no prefixDef of this file"
            yield diagnostic("L-004", name, _line(element), message, f"declared: {known}")
            return
        place = expanded
    if scheme_of(place) or place.startswith(("//", "?")) or not place:
        return
    file = _file(place)
    if file and base and (scheme_of(base) or base.startswith("//")):
        return
    target = path if not file else path.parent / (base if base.endswith("/") else base.rpartition("/")[0]) / file
    yield _Pointer(where, attribute, _line(element), place, target, tuple(_wanted(place.partition("#")[2])))


def _file(place: str) -> str:
    return unquote(re.split(r"[#?]", place, maxsplit=1)[0])


def _wanted(fragment: str) -> Iterator[str]:
    """Yield the ids on which a fragment stands: itself, or those in #match(id,'text') and its kin."""
    if not _BRACKETED.fullmatch(fragment):
        if fragment:
            yield fragment
        return
    for first in _FROM_ID.findall(_QUOTED.sub("", fragment)):
        # What is no name is an XPath or a pointer in a pointer.
        wanted = first.strip().partition("/")[0]
        if _NAME.fullmatch(wanted):
            yield wanted


def _arrives(pointer: _Pointer, path: Path, name: str, files: _Files) -> Iterator[Diagnostic]:
    """Yield why a pointer does not arrive."""
    own = pointer.file == path
    real = files.there(pointer.file)
    shown = pointer.place.partition("#")[0]
    if real is None:
        # The page of an entry on the website is made from the entry.
        if pointer.file.suffix in (".html", "") and files.there(pointer.file.with_suffix(".xml")):
            return
        if pointer.attribute in ("url", "facs"):
            message, hint = f"there is no file `{shown}`", "add it, or correct the address"
            yield diagnostic("L-006", name, pointer.line, message, hint)
            return
        message = f"{pointer.where} leads to `{shown}`, which is not there"
        yield diagnostic("L-005", name, pointer.line, message, "correct the address, or add the file")
        return
    if own and pointer.place == "#":
        yield diagnostic("L-003", name, pointer.line, f"{pointer.where} points to nothing in this file", "name an id")
    if not pointer.ids or (not own and real.suffix.lower() not in (".xml", ".tei")) or real.is_dir():
        return
    ids = files.ids(real)
    for wanted in pointer.ids:
        if ids is None or wanted in ids or unquote(wanted) in ids:
            continue
        near = files.near(real, wanted)
        if own:
            message = f"{pointer.where} points to nothing in this file"
            yield diagnostic("L-003", name, pointer.line, message, f"there is no xml:id `{wanted}`{near}")
        else:
            message = f"{pointer.where} is not in `{shown}`"
            hint = f"correct the address, or add the record `{wanted}`{near}"
            yield diagnostic("L-005", name, pointer.line, message, hint)


def _inclusion(element: etree._Element, path: Path, name: str) -> Iterator[Diagnostic]:
    href = element.get("href", "")
    if not scheme_of(href) and not (path.parent / _file(href)).is_file():
        yield diagnostic("L-007", name, _line(element), f"there is no file `{href}`", "convert it, or correct the href")
