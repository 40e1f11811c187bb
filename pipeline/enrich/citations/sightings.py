"""Works and archives that are cited and not in the register: proposed as records, the same in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from pipeline.enrich.citations.library_records import Index, Library, Record, family_name, key, library_of, prefix
from pipeline.enrich.citations.numbers import when
from pipeline.enrich.citations.parts import Fields
from pipeline.enrich.citations.words import word_set
from pipeline.tei import TEI_NS, XML_ID, T
from pipeline.wrap import add_text

# Places told of a proposal.
_PLACES: Final = 5
_CYRILLIC: Final = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїє",
        "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia e i i e".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Something cited that the register did not have: what was seen of it, the words, and where they stand."""

    fields: Fields
    form: str
    entry: str = ""
    note: str = ""


def slug(text: str) -> str:
    """Return a text in small ASCII letters and figures with hyphens; Cyrillic letters are transliterated."""
    latin = "".join(_CYRILLIC.get(mark, mark) for mark in text.casefold()).replace("_", "").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def _rank(sighting: Sighting) -> tuple[bool, bool, bool, int, bool, Sighting]:
    """Return the order in which sightings are taken: the fullest first, so that shorter forms find them."""
    fields = sighting.fields
    return (
        not fields.archival,
        not fields.collection,
        not fields.org,
        -len(key(fields.title)),
        not fields.authors,
        sighting,
    )


def propose(library: Library, sightings: Iterable[Sighting]) -> Library:
    """Return the library with a proposed record for each work and archive that was sighted and is not in it.

    The outcome does not depend on the order of the sightings; records that are there keep their ids.
    """
    index = Index()
    for record in library.records:
        index.add(record)
    for sighting in sorted(set(sightings), key=_rank):
        found = index.find(sighting.fields)
        if not found:
            index.add(_record(sighting, index))
        elif len(found) == 1 and index.records[found[0]].new:
            index.add(_merged(index.records[found[0]], sighting))
    return library_of(index.records.values())


def _record(sighting: Sighting, index: Index) -> Record:
    fields = sighting.fields
    sigla: tuple[str, ...] = ()
    if fields.archival:
        own = fields.collection or not fields.org
        sigla = (prefix(fields.mark),) if own and prefix(fields.mark) else ()
        # Of a holding the register has the archive or the papers; the mark is the citation's.
        fields = Fields(
            org="" if fields.collection else fields.org,
            collection=fields.collection,
            mark="" if fields.org or fields.collection else prefix(fields.mark) or fields.mark,
        )
        if _SIGLUM.search(fields.org) and len(fields.org.split()) < 3:
            sigla = (fields.org,)
    elif re.fullmatch(r"[A-ZА-Я]{2,8}", fields.title):
        sigla = (fields.title,)
    return Record(
        _address(fields, index), fields, sigla, proposed=True, new=True, found=((sighting.entry, sighting.note),)
    )


def _merged(record: Record, sighting: Sighting) -> Record:
    """Return a proposal with what another sighting of the same tells."""
    had, seen = record.fields, sighting.fields
    found = tuple(sorted({*record.found, (sighting.entry, sighting.note)}))
    if had.archival:
        sigla = record.sigla
        if seen.collection and prefix(seen.mark) and prefix(seen.mark) not in sigla:
            sigla = (*sigla, prefix(seen.mark))
        return replace(record, sigla=sigla, found=found)
    authors = had.authors if sum(map(len, had.authors)) >= sum(map(len, seen.authors)) else seen.authors
    fields = replace(
        had,
        authors=authors,
        editors=had.editors or seen.editors,
        place=had.place or seen.place,
        publisher=had.publisher or seen.publisher,
        date=had.date or seen.date,
        paper=had.paper or seen.paper,
        container=had.container or seen.container,
        container_level=had.container_level or seen.container_level,
    )
    return replace(record, fields=fields, found=found)


def _address(fields: Fields, index: Index) -> str:
    """Return an id that no record has: family name and two words of the title, a siglum, an archive's name."""
    if fields.archival:
        name = fields.collection or fields.org or fields.mark
        parts = [slug(word) for word in name.split() if word not in word_set("small")]
        count = 5
    else:
        names = [family_name(one) for one in (*fields.authors, *fields.editors)][:1]
        words = [word for word in key(fields.title) if word not in word_set("small") and word not in _OWN]
        parts = [slug(one) for one in (*names, *(words or key(fields.title)))]
        count = 3
    parts = [part for part in parts if part] or ["work"]
    while True:
        address = "-".join(parts[:count])
        address = address if address[:1].isalpha() else f"w-{address}"
        if address not in index.records:
            return address
        if count >= len(parts):
            break
        count += 1
    number = 2
    while f"{address}-{number}" in index.records:
        number += 1
    return f"{address}-{number}"


_SIGLUM: Final = re.compile(r"[A-ZА-Я]\w*[A-ZА-Я]")
_OWN: Final = frozenset("my mein meine mon mes мои мой our unsere nos".split())


def proposals(library: Library) -> list[etree._Element]:
    """Return the proposed records, as `bibl` and `msDesc` for a `listBibl type="proposed"`, in the order of their ids.

    Those that the register holds in such a list are given as they stand there.
    """
    made = sorted((one for one in library.records if one.new or one.source), key=lambda one: one.id)
    return [_as_read(one) if one.source else _holding(one) if one.archive else _work(one) for one in made]


def _as_read(record: Record) -> etree._Element:
    return etree.fromstring(record.source)


def _child(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element: etree._Element = etree.SubElement(parent, f"{T}{name}", attributes)
    element.text = text or None
    return element


def _start(name: str, record: Record) -> etree._Element:
    element = etree.Element(f"{T}{name}", {"status": "proposed"}, nsmap={None: TEI_NS})
    element.set(XML_ID, record.id)
    return element


def _found(parent: etree._Element, record: Record) -> None:
    places = [f"{entry}.xml#{note}" if note else f"{entry}.xml" for entry, note in sorted(record.found) if entry]
    for target in places[:_PLACES]:
        _child(parent, "ptr", type="found", target=target)


def _holding(record: Record) -> etree._Element:
    element = _start("msDesc", record)
    identifier = _child(element, "msIdentifier")
    name = record.fields.org
    if name and name not in record.sigla:
        _child(identifier, "repository", name)
    if record.fields.collection:
        _child(identifier, "collection", record.fields.collection)
    sigla = record.sigla or ((record.fields.mark,) if record.fields.mark else ())
    for siglum in sigla:
        _child(_child(identifier, "altIdentifier", type="siglum"), "idno", siglum)
    _found(_child(element, "p"), record)
    return element


def _work(record: Record) -> etree._Element:
    fields = record.fields
    element = _start("bibl", record)
    for number, name in enumerate(fields.authors):
        add_text(element, " and " if number else "")
        _child(element, "author", name)
    if not fields.authors:
        for number, name in enumerate(fields.editors):
            add_text(element, " and " if number else "")
            _child(element, "editor", name)
        add_text(element, " (ed.)" if fields.editors else "")
    add_text(element, ", " if len(element) else "")
    _child(element, "title", fields.title, level=fields.level or "m")
    if fields.authors and fields.editors:
        add_text(element, ", ed. ")
        _child(element, "editor", ", ".join(fields.editors))
    if fields.container:
        add_text(element, ", ")
        _child(element, "title", fields.container, level=fields.container_level or "j")
    if fields.paper:
        add_text(element, ", ")
        _child(element, "idno", fields.paper, type="paper")
    for siglum in record.sigla:
        add_text(element, " ")
        _child(element, "idno", siglum, type="siglum")
    _imprint(element, fields)
    _found(element, record)
    return element


def _imprint(element: etree._Element, fields: Fields) -> None:
    parts = [(name, text) for name, text in (("pubPlace", fields.place), ("publisher", fields.publisher)) if text]
    date = when(fields.date, 0) if fields.date else None
    if not parts and not fields.date:
        return
    for number, (name, text) in enumerate(parts):
        add_text(element, ": " if number else " (")
        _child(element, name, text)
    if fields.date:
        add_text(element, ", " if parts else " (")
        _child(element, "date", fields.date, **dict(date.attributes if date is not None else ()))
    add_text(element, ")")
