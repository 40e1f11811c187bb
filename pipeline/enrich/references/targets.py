"""To what an edition's references lead: its entries, the printed pages in them, and the notes of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase
from typing import Final, NamedTuple

from lxml import etree

from pipeline.tei import XML_ID, T, local

_DAY: Final = re.compile(r"d(\d{4}-\d{2}-\d{2}[a-z]?)")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# Where a note stands as one of the notes that are counted.
_BESIDE: Final = frozenset({"end", "foot", "bottom", "margin", "left", "right", "opposite", "overleaf"})
_BETWEEN_BLOCKS: Final = frozenset("div div1 div2 div3 div4 body front back noteGrp sp postscript group text".split())


class Page(NamedTuple):
    """The entry in which a page stands, and with what right: of two entries the one of the lower rank has it."""

    rank: int
    entry: str


@dataclass(frozen=True, slots=True)
class Places:
    """What there is to refer to in an edition.

    entries are the ids of its entries (`d1937-03-12`, `d1937-03-12b`); volumes the number of the volume that each
    stands in, empty where it has none; pages the entry that holds a page of the print, by volume and page number.
    """

    entries: frozenset[str] = frozenset()
    volumes: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[tuple[str, str], Page] = field(default_factory=dict)

    def day(self, day: str, ordinal: int = 1) -> str:
        """Return the id of the entry of a day in ISO 8601, of its second by ordinal 2; empty if there is none."""
        letters = ascii_lowercase[ordinal - 1] if ordinal > 1 else " " + ascii_lowercase[1:]
        ids = (f"d{day}{letter}".rstrip() for letter in letters)
        return next((one for one in ids if one in self.entries), "")

    def page(self, page: str, volume: str) -> str:
        """Return the id of the entry that holds a page of a volume; empty if none does."""
        found = self.pages.get((volume_number(volume), page))
        return found.entry if found else ""


def volume_number(volume: str) -> str:
    """Return a volume's number in figures (`II` is 2); what is no number stays."""
    letters = [_ROMAN.get(mark) for mark in volume.lower()]
    values = [value for value in letters if value is not None]
    if not values or len(values) != len(letters):
        return volume
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))


def address(entry: str) -> str:
    """Return the address of an entry by its id: in the edition's own scheme where it is a day, else its file."""
    found = _DAY.fullmatch(entry)
    return f"entry:{found[1]}" if found else f"{entry}.xml"


def places_of(documents: Iterable[etree._Element]) -> Places:
    """Return what there is to refer to in the documents of an edition.

    A document is a TEI or a teiCorpus. Of two entries that a page stands in, it is in the one where it begins: where
    its break stands in the text, not where the first page of an entry was inferred; else in the first by id. Pages of
    the notes count only where the text has no page of that number.
    """
    volumes: dict[str, str] = {}
    pages: dict[tuple[str, str], Page] = {}
    for root in documents:
        for tei in root.iter(f"{T}TEI"):
            own = tei.get(XML_ID)
            if not own:
                continue
            volumes.setdefault(own, _volume(tei))
            for n, rank in _pages(tei):
                _keep(pages, (volumes[own], n), Page(rank, own))
    return Places(frozenset(volumes), volumes, pages)


def merged(parts: Iterable[Places]) -> Places:
    """Return what there is in all parts of an edition together, the same in any order of the parts."""
    volumes: dict[str, str] = {}
    pages: dict[tuple[str, str], Page] = {}
    entries: set[str] = set()
    for part in parts:
        entries |= part.entries
        for entry, volume in part.volumes.items():
            volumes[entry] = min(volume, volumes.get(entry, volume))
        for key, page in part.pages.items():
            _keep(pages, key, page)
    return Places(frozenset(entries), volumes, pages)


def _keep(pages: dict[tuple[str, str], Page], key: tuple[str, str], page: Page) -> None:
    pages[key] = min(page, pages.get(key, page))


def _volume(tei: etree._Element) -> str:
    scope = tei.find(f"{T}teiHeader/{T}fileDesc/{T}seriesStmt/{T}biblScope[@unit='volume']")
    return volume_number((scope.get("n") or scope.text or "").strip()) if scope is not None else ""


def _pages(tei: etree._Element) -> Iterator[tuple[str, int]]:
    """Yield the pages of an entry, each with its rank among entries that have it: the lowest is the page's own."""
    for text in tei.iterchildren(f"{T}text"):
        for pb in text.iter(f"{T}pb"):
            above = pb.getparent()
            notes = pb.get("edRef", "").endswith("notes") or _in_note(pb)
            inferred = above is not None and local(above) == "div" and above[0] is pb and pb.get("cert") is not None
            if n := pb.get("n", "").strip():
                yield n, 2 if notes else 1 if inferred else 0


def _in_note(element: etree._Element) -> bool:
    return any(one.get("type") != "commentary" for one in element.iterancestors(f"{T}note"))


def notes_beside(element: etree._Element) -> list[etree._Element]:
    """Return the notes that are counted together with those near an element: of its side of the entry, in order."""
    side = element
    for above in element.iterancestors(etree.Element):
        side = above
        if above.get("type") == "entry" or local(above) == "text":
            break
    return [one for one in side.iter(f"{T}note") if _is_counted(one)]


def _is_counted(note: etree._Element) -> bool:
    """Return whether a note is one that gets a number, as xslt/number.xsl has it."""
    above = note.getparent()
    between = above is not None and local(above) in _BETWEEN_BLOCKS
    if note.get("type") == "commentary" or note.get("place") == "inline":
        return False
    return not between or note.get("place") in _BESIDE


def years_near(month: int, day: int, written: str, later: bool) -> list[int]:
    """Return the years in which a day without a year may be meant, the likelier first.

    written is the entry's own day (ISO 8601): the day is the nearest before it, with later the nearest after it.
    """
    try:
        own = date.fromisoformat(written)
    except ValueError:
        return []
    before = own.year if (month, day) <= (own.month, own.day) else own.year - 1
    after = own.year if (month, day) > (own.month, own.day) else own.year + 1
    return [after, before] if later else [before, after]
