"""The files of an edition's registers: where they are, how they are read, how proposals are written into them.

Proposals stand in a list of their own, `type="proposed"`, which the program writes anew; everything else in a register
is the editors', and stays as it is to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from os.path import relpath
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, MachineError, diagnostic
from pipeline.store import reason, write_whole
from pipeline.tei import TEI_NS, XML_ID, XML_LANG, NotTEI, T, parse, serialise

KINDS: Final = ("persons", "works", "archives", "places", "organisations")
RULINGS: Final = "rulings"
# An entry's id is its day after a letter.
_DAY: Final = re.compile(r"^d(?=\d{4})")
_TITLES: Final = {
    "persons": "Persons",
    "works": "Works and archives",
    "archives": "Archives",
    "places": "Places and ships",
    "organisations": "Organisations",
}
LISTS: Final = {
    "persons": "listPerson",
    "works": "listBibl",
    "archives": "listBibl",
    "places": "listPlace",
    "organisations": "listOrg",
}


def paths_of(edition: Edition | None, target: Path) -> dict[str, Path]:
    """Return the files of the registers by kind, and that of the rulings.

    Those of an edition are where its edition.toml says, else in registers/; TEI that belongs to no edition has them
    in registers/ below the folder that it is written to. There is a file of archives only where the edition names
    one: they stand with the works.
    """
    root = edition.root if edition is not None else target
    given = edition.registers if edition is not None else {}
    paths = {kind: root / given.get(kind, f"registers/{kind}.xml") for kind in KINDS}
    if "archives" not in given:
        del paths["archives"]
    paths[RULINGS] = root / given.get(RULINGS, f"registers/{RULINGS}.json")
    return paths


def read(paths: Mapping[str, Path]) -> tuple[dict[str, etree._Element], list[Diagnostic]]:
    """Return the registers that are there, parsed, and why others could not be read.

    Where proposals were found stands in the files as a path, which anybody can follow, and here as the address of an
    entry (`entry:1934-12-13`, `d1934-12-13.xml#en.n1`), wherever its file is.
    """
    roots: dict[str, etree._Element] = {}
    found: list[Diagnostic] = []
    for kind, path in paths.items():
        if kind == RULINGS:
            continue
        try:
            roots[kind] = parse(path.read_bytes())
            for ptr in _found(roots[kind], kind):
                ptr.set("target", _address(ptr.get("target", "")))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise MachineError(f"{path}: cannot be read: {reason(error)}") from error
        except NotTEI as fault:
            hint = "correct the register at that line; nothing was enriched meanwhile."
            found.append(diagnostic("E-081", str(path), fault.line, f"not well-formed: {fault}", hint, fault.column))
    return roots, found


def _found(root: etree._Element, kind: str) -> Iterator[etree._Element]:
    """Yield the pointers to where proposals were found."""
    for listing in root.iter(f"{T}{LISTS[kind]}"):
        if listing.get("type") == "proposed":
            yield from listing.iter(f"{T}ptr")


def _address(path: str) -> str:
    file, _, place = path.partition("#")
    name = file.rpartition("/")[2]
    if not name.endswith(".xml"):
        return path
    return f"{name}#{place}" if place else f"entry:{_DAY.sub('', name.removesuffix('.xml'))}"


def _path(address: str, folder: str) -> str:
    """Return the path of an entry's file in a folder by the address of the entry."""
    scheme, _, rest = address.rpartition("entry:")
    if scheme or not address.startswith("entry:"):
        return f"{folder}/{address}" if re.match(r"[\w.\-]+\.xml(?:#|$)", address) else address
    return f"{folder}/{'d' if rest[:1].isdigit() else ''}{rest}.xml"


def _new(kind: str, title: str, language: str) -> etree._Element:
    root = etree.Element(f"{T}TEI", nsmap={None: TEI_NS})
    root.set(XML_ID, kind)
    root.set(XML_LANG, language)
    file = etree.SubElement(etree.SubElement(root, f"{T}teiHeader"), f"{T}fileDesc")
    statement = etree.SubElement(file, f"{T}titleStmt")
    etree.SubElement(statement, f"{T}title").text = f"{title}: {_TITLES[kind]}" if title else _TITLES[kind]
    publication = etree.SubElement(file, f"{T}publicationStmt")
    etree.SubElement(publication, f"{T}p").text = "A register of the edition."
    source = etree.SubElement(file, f"{T}sourceDesc")
    etree.SubElement(
        source, f"{T}p"
    ).text = "Proposed by teipress from the entries; confirmed records are the editors'."
    etree.SubElement(root, f"{T}standOff")
    return root


class OtherForm(Exception):
    """A register in which proposals have no place: no TEI in UTF-8 with TEI's namespace as its own."""


def with_proposals(
    data: bytes | None, kind: str, proposals: Sequence[etree._Element], title: str = "", language: str = "en"
) -> bytes | None:
    """Return a register's bytes with these proposals in the place of those in it; None where there is nothing to write.

    data is the file as it is, None for one that is not there.

    Raises:
        OtherForm: the file is not of the form that proposals could be put into.
    """
    if data is None:
        if not proposals:
            return None
        data = serialise(_new(kind, title, language)).replace(b"<standOff/>", b"<standOff>\n </standOff>")
    name = LISTS[kind].encode()
    old = re.compile(rb"\s*<" + name + rb"\s+type=[\"']proposed[\"']\s*>.*?</" + name + rb"\s*>", re.DOTALL)
    there = old.search(data)
    if there is None and not proposals:
        return data
    listing = b"\n" + _list(kind, proposals) if proposals else b""
    if there is not None:
        spliced = data[: there.start()] + listing + old.sub(b"", data[there.start() :])
    elif (end := data.rfind(b"</standOff")) >= 0:
        spliced = data[:end].rstrip() + listing + b"\n " + data[end:]
    else:
        end = data.rfind(b"</TEI")
        stand_off = b"\n <standOff>" + listing + b"\n </standOff>\n"
        spliced = data[:end].rstrip() + stand_off + data[end:] if end >= 0 else data
    try:
        lists = [one for one in parse(spliced).iter(f"{T}{LISTS[kind]}") if one.get("type") == "proposed"]
    except NotTEI as fault:
        raise OtherForm from fault
    if sum(len(one) for one in lists) != len(proposals):
        raise OtherForm
    return spliced


def _list(kind: str, proposals: Sequence[etree._Element]) -> bytes:
    """Return the list of proposals as it stands in a register."""
    listing = etree.Element(f"{T}{LISTS[kind]}", nsmap={None: TEI_NS}, type="proposed")
    listing.text = "\n   "
    for one in proposals:
        one.tail = "\n   "
        listing.append(one)
    proposals[-1].tail = "\n  "
    text = etree.tostring(listing, encoding="unicode", with_tail=False)
    return b"  " + text.replace(f' xmlns="{TEI_NS}"', "", 1).encode()


def write(
    paths: Mapping[str, Path],
    proposals: Mapping[str, Sequence[etree._Element]],
    texts: Path,
    title: str,
    language: str,
) -> tuple[list[str], list[Diagnostic]]:
    """Write proposals into the registers; return the files that were changed or made, and what could not be.

    texts is the folder of the entries.

    Raises:
        MachineError: the machine refuses to read or to write.
    """
    written: list[str] = []
    found: list[Diagnostic] = []
    for kind, made in proposals.items():
        path = paths[kind]
        folder = Path(relpath(texts, path.parent)).as_posix()
        for record in made:
            for ptr in record.iter(f"{T}ptr"):
                ptr.set("target", _path(ptr.get("target", ""), folder))
        try:
            there = path.read_bytes() if path.exists() else None
        except OSError as error:
            raise MachineError(f"{path}: cannot be read: {reason(error)}") from error
        try:
            data = with_proposals(there, kind, made, title, language)
        except OtherForm:
            hint = "make it a TEI in UTF-8 with a standOff, as `teipress new` does."
            found.append(
                diagnostic("E-082", str(path), None, "proposals have no place in a register of this form", hint)
            )
            continue
        if data is not None and data != there:
            write_whole(path, data)
            written.append(str(path))
    return written, found
