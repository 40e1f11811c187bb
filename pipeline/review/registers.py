"""What the registers of an edition hold, for the page: names by address, and the records that are only proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic
from pipeline.enrich import register_files
from pipeline.tei import XML_ID, T, local, text_of

# The scheme of the addresses in each register.
SCHEMES: Final[Mapping[str, str]] = {
    "persons": "psn",
    "places": "plc",
    "organisations": "org",
    "works": "bib",
    "archives": "arc",
}
_RECORDS: Final = frozenset("person personGrp org place bibl biblStruct msDesc nym object".split())
_NAMES: Final = frozenset(
    "persName placeName orgName geogName settlement country region district name title abbr altIdentifier idno".split()
)
# Parts of a record that say no name of it.
_OTHER: Final = frozenset("note residence affiliation event relation bibl occupation".split())
# So many records are offered for completion and shown on one page; an edition with more has those that are used.
MOST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a register: its address, its first name, and its other names."""

    address: str
    label: str
    forms: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that rules propose: what it would say, the names it was found under, and where."""

    record: Record
    kind: str
    file: str
    found: tuple[str, ...] = ()
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Registers:
    """The records of all registers by address, the proposed ones, and the entries of the edition."""

    records: Mapping[str, Record] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    entries: frozenset[str] = frozenset()

    def knows(self, address: str) -> bool:
        """Return whether an address arrives: at a record, or at an entry of the edition."""
        scheme, _, rest = address.partition(":")
        return f"d{rest}" in self.entries if scheme == "entry" else address in self.records

    def label(self, address: str) -> str:
        """Return the name of what an address means; empty where nobody knows."""
        record = self.records.get(address)
        return record.label if record is not None else ""

    def told(self, used: Iterable[str]) -> dict[str, list[str]]:
        """Return label and other names by address: of all records, or only of those used where there are too many."""
        chosen: Iterable[str] = self.records if len(self.records) <= MOST else sorted({*used} & self.records.keys())
        return {one: [self.records[one].label, " · ".join(self.records[one].forms[:6])] for one in chosen}


def read_registers(edition: Edition, entries: Iterable[str]) -> tuple[Registers, list[Diagnostic]]:
    """Return the registers of an edition, and what is wrong with their files."""
    paths = register_files.paths_of(edition, edition.text)
    roots, found = register_files.read(paths)
    records: dict[str, Record] = {}
    proposals: list[Proposal] = []
    for kind, root in roots.items():
        for element in _records(root):
            record = _record(element, SCHEMES[kind])
            records.setdefault(record.address, record)
            if any(one.get("type") == "proposed" for one in element.iterancestors()):
                proposals.append(_proposal(element, record, kind, paths[kind], edition))
    return Registers(records, tuple(proposals), frozenset(entries)), found


def _records(root: etree._Element) -> Iterator[etree._Element]:
    for standing in root.iter(f"{T}standOff", f"{T}text", f"{T}particDesc", f"{T}settingDesc"):
        for element in standing.iter(etree.Element):
            if local(element) in _RECORDS and element.get(XML_ID):
                yield element


def _names(element: etree._Element) -> Iterator[str]:
    """Yield the names of a record, its own and not those of records inside it."""
    for child in element.iterchildren(etree.Element):
        name = local(child)
        if name in _NAMES:
            yield text_of(child)
        elif name not in _OTHER and name not in _RECORDS:
            yield from _names(child)


def _record(element: etree._Element, scheme: str) -> Record:
    own = element.get(XML_ID, "")
    names = list(dict.fromkeys(name for name in _names(element) if name))
    if local(element) in ("bibl", "biblStruct"):
        label = text_of(element)
        label = label if len(label) <= 90 else label[:89].rstrip() + "…"
        return Record(f"{scheme}:{own}", label or own, tuple(names), "")
    about = next((text_of(one) for one in element.iterchildren(f"{T}note") if one.get("type") != "found"), "")
    return Record(f"{scheme}:{own}", names[0] if names else own, tuple(names[1:]), about[:160])


def _proposal(element: etree._Element, record: Record, kind: str, path: Path, edition: Edition) -> Proposal:
    found = dict.fromkeys(
        target for ptr in element.iter(f"{T}ptr", f"{T}ref") for target in ptr.get("target", "").split()
    )
    try:
        file = path.relative_to(edition.root).as_posix()
    except ValueError:
        file = str(path)
    return Proposal(record, kind, file, tuple(found), element.get("cert", ""))


def proposals_told(proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """Return proposals as the page reads them."""
    return [
        {
            "i": one.record.address,
            "l": one.record.label,
            "k": one.kind,
            "f": list(one.record.forms),
            "a": one.record.about,
            "w": list(one.found),
            "c": one.certainty,
            "p": one.file,
        }
        for one in proposals
    ]
