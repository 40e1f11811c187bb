"""The registers of places, organisations and ships: read, looked up by name, and added to by proposals.

A ship is a place of the type `ship`. Records that the program proposes stand in lists of the type `proposed`; they
are read like others, and a record keeps its id once it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from pipeline.enrich.names.geography import world, written_forms
from pipeline.enrich.names.word_index import Index, Sense, folded, main_language
from pipeline.enrich.persons.naming import slug
from pipeline.enrich.words import is_cyrillic
from pipeline.tei import XML_ID, XML_LANG, T, fold, local

PLACE, ORG, SHIP = "place", "org", "ship"
_SCHEMES: Final = {PLACE: "plc", SHIP: "plc", ORG: "org"}
_LISTS: Final = {PLACE: "places", ORG: "organisations"}
# Of a place: the elements that name it, and those that do so where there is none of the first; the narrowest first.
_NAMES: Final = ("placeName", "geogName")
_STEPS: Final = ("settlement", "district", "region", "country", "bloc")
# Places told of a proposal.
_FOUND: Final = 5
_RANKS: Final = ("", "low", "medium", "high")


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """A form of a name, and the language that it belongs to; empty for all."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A place, organisation or ship of a register. found are the entries that a proposal was found in."""

    id: str
    kind: str
    forms: tuple[Form, ...]
    type: str = ""
    proposed: bool = False
    certainty: str = ""
    found: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """Return the address of the record."""
        return f"{_SCHEMES[self.kind]}:{self.id}"


@dataclass(frozen=True, slots=True, order=True)
class NameSighting:
    """A name that the registers do not have, or have as a proposal only, and the entry that it stands in.

    kind is place, org or ship; form is the name as it is listed, not its case; known is its key where it is generally
    known (geography.py), else empty.
    """

    kind: str
    form: str
    language: str = ""
    known: str = ""
    type: str = ""
    entry: str = ""
    certainty: str = "medium"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The records by their addresses. Look-ups take as long for 100,000 records as for ten."""

    records: Mapping[str, Record] = field(default_factory=dict)
    _index: Index = field(default_factory=lambda: Index(()), compare=False, repr=False)
    _known: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def index(self) -> Index:
        """Return the forms that are names wherever they stand: those that editors have confirmed."""
        return self._index

    def known(self, kind: str, key: str) -> tuple[Record, ...]:
        """Return the records that are a place or organisation of general knowledge."""
        return tuple(self.records[ref] for ref in self._known.get((kind, key), ()))

    def named(self, kind: str, form: str) -> tuple[Record, ...]:
        """Return the records of a kind that bear a form, proposals too."""
        return tuple(self.records[ref] for ref in self._known.get((f"form of {kind}", folded(form)), ()))


def _senses(record: Record) -> Iterator[Sense]:
    for form in record.forms:
        language = main_language(form.language) or ("ru" if is_cyrillic(form.text) else "")
        # Without a language a form has no cases but those that any German text gives it.
        for written in written_forms(form.text, language) if "(" not in form.text else (form.text,):
            yield Sense(record.ref, form.text, written, main_language(form.language))
        if not language and form.text.isalpha():
            yield from (Sense(record.ref, form.text, one, "de") for one in written_forms(form.text, "de")[1:])


def _keys(record: Record, form: Form, spelt: str) -> Iterator[tuple[str, str]]:
    """Yield under what a record is found by one of its forms: as a form, and as what is generally known by it."""
    yield f"form of {record.kind}", spelt
    if record.kind != SHIP:
        for sense in world(_LISTS[record.kind]).index.of_folded(spelt):
            if sense.form == sense.written and sense.fits(main_language(form.language)):
                yield record.kind, sense.key


def gazetteer_of(records: Iterable[Record]) -> Gazetteer:
    """Return a gazetteer of these records; of two with one address the first counts."""
    table: dict[str, Record] = {}
    for record in records:
        table.setdefault(record.ref, record)
    known: dict[tuple[str, str], dict[str, None]] = {}
    for record in table.values():
        for form in record.forms:
            for key in _keys(record, form, folded(form.text)):
                known.setdefault(key, {})[record.ref] = None
    everywhere = (record for record in table.values() if not record.proposed)
    index = Index(sense for record in everywhere for sense in _senses(record))
    return Gazetteer(table, index, {key: tuple(refs) for key, refs in known.items()})


# -- reading


def _form_of(element: etree._Element) -> str:
    """Return the name that an element gives; of one that holds a whole address the narrowest step of it."""
    for step in ("geogName", *_STEPS):
        inner = element.find(f"{T}{step}")
        if inner is not None and local(element) == "placeName":
            return fold("".join(map(str, inner.itertext())))
    return fold("".join(map(str, element.itertext())))


def _forms(element: etree._Element, names: tuple[str, ...]) -> tuple[Form, ...]:
    found = [
        Form(text, child.get(XML_LANG, ""))
        for child in element.iterchildren(*(f"{T}{name}" for name in names))
        if (text := _form_of(child))
    ]
    return tuple(dict.fromkeys(found))


def _record(element: etree._Element, kind: str, names: tuple[str, ...]) -> Record | None:
    id_ = element.get(XML_ID)
    forms = _forms(element, names)
    for step in _STEPS if kind == PLACE and not forms else ():
        forms = forms or _forms(element, (step,))
    if not id_ or not forms:
        return None
    proposed = any(one.get("type") == "proposed" for one in element.iterancestors(f"{T}listPlace", f"{T}listOrg"))
    targets = (
        pointer.get("target", "")
        for note in element.iterchildren(f"{T}note")
        if note.get("type") == "found"
        for pointer in note.iter(f"{T}ptr")
    )
    found = tuple(one for one in targets if one) if proposed else ()
    type_ = element.get("type", "")
    ship = kind == PLACE and type_ == SHIP
    certainty = cert if proposed and (cert := element.get("cert", "")) in _RANKS else ""
    return Record(id_, SHIP if ship else kind, forms, type_, proposed, certainty, found)


def read_gazetteer(places: etree._Element | None, organisations: etree._Element | None) -> Gazetteer:
    """Return the gazetteer of two registers, each of which may not be there.

    Places stand in one another; each is a record of its own. Records without an id or a name are none.
    """
    records: list[Record | None] = []
    for root, tag, kind, names in (
        (places, "place", PLACE, _NAMES),
        (organisations, "org", ORG, ("orgName",)),
    ):
        if root is not None:
            records += (_record(one, kind, names) for one in root.iter(f"{T}{tag}"))
    return gazetteer_of(record for record in records if record is not None)


# -- proposals


def propose(gazetteer: Gazetteer, sightings: Iterable[NameSighting]) -> Gazetteer:
    """Return the gazetteer with a proposed record for each name that was sighted and is not in it.

    The outcome does not depend on the order of the sightings; records that are there keep their ids, and proposals
    among them learn where else they were found.
    """
    groups: dict[tuple[str, str, str], list[NameSighting]] = {}
    for one in sorted(set(sightings)):
        identity = ("known", one.kind, one.known) if one.known else ("form", one.kind, folded(one.form))
        groups.setdefault(identity, []).append(one)
    records = dict(gazetteer.records)
    taken = {(_SCHEMES[record.kind], record.id) for record in records.values()}
    for (how, kind, key), group in sorted(groups.items()):
        there = gazetteer.known(kind, key) if how == "known" else gazetteer.named(kind, key)
        own = [record for record in there if record.proposed]
        if own:
            records[own[0].ref] = _more(own[0], group)
        elif not there:
            record = _new(kind, key if how == "known" else "", group, taken)
            taken.add((_SCHEMES[kind], record.id))
            records[record.ref] = record
    return gazetteer_of(records.values())


def _spelt(group: Iterable[NameSighting], main: str) -> tuple[Form, ...]:
    """Return the forms of sightings, the main one first; what is not it says in which language it was found."""
    others = sorted({(one.form, one.language if one.known else "") for one in group if one.form != main})
    return (Form(main), *(Form(form, language) for form, language in others))


def _new(kind: str, key: str, group: list[NameSighting], taken: set[tuple[str, str]]) -> Record:
    counts: dict[str, int] = {}
    for one in group:
        counts[one.form] = counts.get(one.form, 0) + 1
    forms = sorted(counts, key=lambda form: (-counts[form], form))
    name = world(_LISTS[kind]).records[key].name if key else forms[0]
    main = name if name in counts else forms[0]
    base = slug((name,))
    if base[:1].isdigit():
        base = f"{kind}-{base}"
    scheme, id_, number = _SCHEMES[kind], base, 1
    if kind == SHIP and (scheme, id_) in taken:
        id_ = base = f"{base}-ship"
    while (scheme, id_) in taken:
        number += 1
        id_ = f"{base}-{number}"
    type_ = next((one.type for one in group if one.type), "")
    made = Record(id_, kind, _spelt(group, main), type_, True, "low")
    return _more(made, group)


def _more(record: Record, group: Iterable[NameSighting]) -> Record:
    """Return a proposal with what sightings add to it."""
    group = list(group)
    spelt = _spelt(group, record.forms[0].text)[1:]
    forms = (record.forms[0], *sorted({*record.forms[1:], *spelt}))
    found = tuple(sorted({*record.found, *(one.entry for one in group if one.entry)})[:_FOUND])
    certainty = max((record.certainty, *(one.certainty for one in group)), key=_RANKS.index)
    return replace(record, forms=forms, found=found, certainty=certainty)


def proposals(gazetteer: Gazetteer) -> tuple[list[etree._Element], list[etree._Element]]:
    """Return the proposed places, ships among them, and the proposed organisations, as elements of their registers."""
    made: dict[str, list[etree._Element]] = {"plc": [], "org": []}
    for ref, record in sorted(gazetteer.records.items()):
        if record.proposed:
            made[ref.partition(":")[0]].append(_element(record))
    return made["plc"], made["org"]


def _element(record: Record) -> etree._Element:
    organisation = record.kind == ORG
    element = etree.Element(f"{T}{'org' if organisation else 'place'}")
    element.set(XML_ID, record.id)
    if record.type:
        element.set("type", record.type)
    if record.certainty:
        element.set("cert", record.certainty)
    for number, form in enumerate(record.forms):
        name = etree.SubElement(element, f"{T}{'orgName' if organisation else 'placeName'}")
        name.set("type", "variant" if number else "main")
        if form.language:
            name.set(XML_LANG, form.language)
        name.text = form.text
    if record.found:
        note = etree.SubElement(element, f"{T}note", type="found")
        for target in record.found:
            etree.SubElement(note, f"{T}ptr", target=target)
    return element
