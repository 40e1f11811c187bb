"""The register of persons and its proposals: who is met in the entries and not in it, the same in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from pipeline.enrich.model import certainty_word
from pipeline.enrich.persons.identity import fits, knights, namesakes
from pipeline.enrich.persons.naming import (
    KNIGHTLY,
    Name,
    agree,
    first_key,
    fore_agree,
    full_keys,
    given_keys,
    namesake_keys,
    read_name,
    slug,
)
from pipeline.enrich.persons.person import Life, People, Person, people_of, person_of, read_people
from pipeline.enrich.words import fold, is_cyrillic, key, words, world
from pipeline.tei import XML_ID, T

__all__ = ["People", "Person", "Sighting", "people_of", "proposals", "propose", "read_people"]

# Places told of a proposal.
_PLACES: Final = 5
# How often the sightings are told again at most.
_ROUNDS: Final = 4
# Forms told of a proposal: a diary of decades names its friends in many ways.
_FORMS: Final = 12
_WORDS: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Somebody whom an entry names and no editor's record is: the forms of the name, the fullest first.

    record is the id of the proposal that the person was found to be, if any; place is the entry's address.
    """

    forms: tuple[str, ...]
    place: str
    birth: str = ""
    death: str = ""
    active: tuple[str, str] = ("", "")
    offices: tuple[str, ...] = ()
    record: str = ""
    certainty: float = 0.5

    @property
    def life(self) -> Life:
        """Return what the entry tells of the life."""
        return Life(self.birth, self.death, self.active, self.offices)

    @property
    def names(self) -> tuple[Name, ...]:
        """Return the forms taken apart."""
        return tuple(dict.fromkeys(name for form in self.forms for name in read_name(form)))


def propose(people: People, sightings: Iterable[Sighting]) -> People:
    """Return the people with a proposal for everybody who was sighted and is not among them.

    The outcome does not depend on the order of the sightings. Ids that are there stay; of an editor's record nothing
    is changed, a proposal that was seen again gains forms and places.
    """
    # A sighting of a name that made a proposal in this entry before is of that proposal.
    made_of: dict[tuple[str, str], str] = {}
    for person in people.persons:
        for place in person.found if person.proposed else ():
            for form in person.forms:
                made_of.setdefault((place, form), person.id)
    again = (
        one if one.record else replace(one, record=made_of.get((one.place, one.forms[0]), "")) for one in sightings
    )
    seen = sorted(set(again), key=_rank)
    draft = _Draft(people)
    for sighting in seen:
        if not _is_short(sighting):
            draft.take(sighting)
    # Who is told apart from a namesake in one entry comes before those of whom it is not known.
    for sighting in sorted((one for one in seen if _is_short(one)), key=lambda one: not draft.is_told_apart(one)):
        draft.take(sighting)
    made = people.with_(draft.persons())
    # With all proposals made, each sighting is told again of whom it is, as it will be when the entry is enriched.
    for _ in range(_ROUNDS):
        gained: dict[str, Person] = {}
        for sighting in seen:
            known = _known(sighting, made)
            if known is not None and known.proposed:
                gained[known.id] = _with(gained.get(known.id, known), sighting)
        changed = [one for one in gained.values() if made.person(one.id) != one]
        if not changed:
            break
        made = made.with_(changed)
    return made


def _is_short(sighting: Sighting) -> bool:
    return not sighting.record and not any(name.fore for name in sighting.names)


def _known(sighting: Sighting, people: People) -> Person | None:
    """Return whom a sighting is of, if that is one person only."""
    if sighting.record and (known := people.person(sighting.record)) is not None:
        return known
    names = sighting.names
    whole = max(names, key=lambda one: one.weight)
    own = [name for name in names if not whole.family or {name.family, name.peer} & {whole.family, whole.peer}]
    fit = namesakes(own, sighting.forms, sighting.life, people)
    return fit[0] if len(fit) == 1 else None


def _rank(sighting: Sighting) -> tuple[object, ...]:
    """Return the order in which sightings are taken: who is named in full first, so that shorter names find them."""
    whole = max(sighting.names, key=lambda one: one.weight)
    family, full, count = whole.weight
    return (not sighting.record, not family, -full, -count, not sighting.life, not whole.titles, sighting)


class _Draft:
    """The proposals that are being made."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.made: dict[str, Person] = {}
        self.by_key: dict[str, list[str]] = {}
        self.met: set[tuple[str, str, bool]] = set()

    def take(self, sighting: Sighting) -> None:
        """Make somebody of a sighting, or find whom it is of; where several fit, leave it."""
        if sighting.record and (known := self._get(sighting.record)) is not None:
            if known.proposed:
                self._put(_with(known, sighting))
            self.met.add((known.id, sighting.place, _kind(sighting)))
            return
        names = sighting.names
        fit = [one for one in self._candidates(names) if _may_be(names, sighting.life, one)]
        # Whom one entry tells apart is not one.
        kind = _kind(sighting)
        fit = [one for one in fit if (one.id, sighting.place, kind) not in self.met]
        whole = max(names, key=lambda one: one.weight)
        if whole.full:
            # A namesake without given names may be this person or another: an editor's stays, a proposal is that.
            full = [one for one in fit if any(name.fore for name in one.names)]
            fit = full or [one for one in fit if one.proposed and len(fit) == 1] or ([] if len(fit) != 1 else fit)
        if len(fit) > 1 and not whole.gender and not whole.fore:
            # A family name alone is a man's, where there is one of that name.
            fit = [one for one in fit if not any(name.gender == "f" for name in one.names)] or fit
        if len(fit) > 1:
            exact = [
                one for one in fit if any(whole.fore == name.fore and whole.family == name.family for name in one.names)
            ]
            fit = exact if len(exact) == 1 and whole.fore else fit
        if not fit:
            fit = self._knights(names)
        if not fit:
            person = self._new(sighting, names)
            self._put(person)
            self.met.add((person.id, sighting.place, kind))
        elif len(fit) == 1:
            self.met.add((fit[0].id, sighting.place, kind))
            if fit[0].proposed:
                self._put(_with(fit[0], sighting))

    def _knights(self, names: Sequence[Name]) -> list[Person]:
        """Return the only man of a first given name, for `Sir Edmund`."""
        found = {one.id: one for one in knights(names, self.people)}
        for name in names:
            if KNIGHTLY & set(name.titles) and name.fore and not name.family:
                found |= {one: self.made[one] for one in self.by_key.get(f"g:? {name.fore[0]}", ())}
        return list(found.values()) if len(found) == 1 else []

    def is_told_apart(self, sighting: Sighting) -> bool:
        """Return whether the entry of a sighting names a namesake too, as another person."""
        kind = _kind(sighting)
        return any((one.id, sighting.place, kind) in self.met for one in self._candidates(sighting.names))

    def persons(self) -> list[Person]:
        """Return the proposals that are new or changed."""
        return [self.made[one] for one in sorted(self.made)]

    def _get(self, name: str) -> Person | None:
        return self.made.get(name) or self.people.person(name)

    def _put(self, person: Person) -> None:
        person = _settled(person)
        if self.people.person(person.id) == person:
            return
        self.made[person.id] = person
        for one in (*_keys(person.names), *(f"n:{each}" for name in person.names for each in full_keys(name))):
            ids = self.by_key.setdefault(one, [])
            if person.id not in ids:
                ids.append(person.id)

    def _candidates(self, names: Sequence[Name]) -> list[Person]:
        found: dict[str, Person] = {}
        whole = max(names, key=lambda one: one.weight)
        if whole.full:
            found = {one.id: one for one in self.people.of_full(whole)}
            for one in namesake_keys(whole):
                found |= {each: self.made[each] for each in self.by_key.get(f"n:{one}", ())}
            return [self.made.get(one, person) for one, person in sorted(found.items())]
        for one in _keys(names):
            kind, _, word = one.partition(":")
            known = self.people.of_family(word) if kind == "f" else self.people.of_given(word)
            found |= {each.id: each for each in known}
            found |= {each: self.made[each] for each in self.by_key.get(one, ())}
        return [self.made.get(one, person) for one, person in sorted(found.items())]

    def _new(self, sighting: Sighting, names: tuple[Name, ...]) -> Person:
        life = sighting.life
        person = Person(
            "",
            sighting.forms,
            names,
            life,
            True,
            (sighting.place,) if sighting.place else (),
            sighting.certainty,
        )
        return replace(person, id=self._id(person))

    def _id(self, person: Person) -> str:
        """Return an id that nobody has: the family name, the given names as far as it takes, then a number."""
        parts = _slug_parts(person)
        choices = [slug(parts[:count]) for count in range(min(2, len(parts)), len(parts) + 1)]
        for one in choices:
            if self._get(one) is None:
                return one
        number = 2
        while self._get(f"{choices[-1]}-{number}") is not None:
            number += 1
        return f"{choices[-1]}-{number}"


def _kind(sighting: Sighting) -> bool:
    """Return whether a sighting gives a family name: given names alone are not told apart from family names."""
    return any(name.family for name in sighting.names)


def _keys(names: Iterable[Name]) -> list[str]:
    """Return under which keys somebody of these names is looked for."""
    found: dict[str, None] = {}
    for name in names:
        for family in (name.family, name.peer):
            if family:
                found.setdefault(f"f:{family}")
        if len(name.fore) == 1 and not name.family and not name.titles and not name.letter:
            found.setdefault(f"f:{name.fore[0]}")
        found |= {f"g:{one}": None for one in given_keys(name)}
        if first := first_key(name):
            found.setdefault(f"g:{first}")
    return list(found)


def _may_be(names: Sequence[Name], life: Life, person: Person) -> bool:
    if person.life.contradicts(life):
        return False
    families = [name for name in names if name.family]
    if families:
        whole = max(families, key=lambda one: one.weight)
        return fits([whole], person) and not any(
            name.family
            and whole.fore
            and name.fore
            and not agree(Name((), whole.fore, gender=whole.gender), Name((), name.fore, gender=name.gender))
            for name in person.names
        )
    alone = {name.fore[0] for name in names if len(name.fore) == 1 and not name.titles}
    if any(name.family in alone for name in person.names if name.family):
        return True
    return any(
        fore_agree(name.fore, other.fore) and not (name.gender and other.gender and name.gender != other.gender)
        for name in names
        for other in person.names
        if not other.family or KNIGHTLY & set(other.titles) & set(name.titles)
    )


def _with(person: Person, sighting: Sighting) -> Person:
    """Return a proposal with what another sighting of the same tells; the same in any order."""
    main, others = person.forms[:1], {*person.forms[1:], *sighting.forms}
    forms = (*main, *_sorted(others - set(main)))
    places = tuple(sorted({*person.found, sighting.place} - {""}))[:_PLACES]
    life, sure = person.life.with_(sighting.life), max(person.certainty, sighting.certainty)
    return _settled(replace(person, forms=forms, life=life, found=places, certainty=sure))


def _sorted(forms: Iterable[str]) -> list[str]:
    """Return variants of a name in their order, the fullest first; no more than are told."""
    return sorted(forms, key=lambda form: (tuple(-one for one in read_name(form)[0].weight), -len(form), form))[:_FORMS]


def _settled(person: Person) -> Person:
    """Return a proposal as it will be read from the register that it is written to."""
    return person_of(_element(person), proposed=True)


def _slug_parts(person: Person) -> list[str]:
    """Return the words of an id in their order, as they are written in the main form."""
    main = person.main
    name = max(read_name(main), key=lambda one: one.weight)
    written = {key(word.strip(".,()[]")): word.strip(".,()[]") for word in _WORDS.findall(main)}
    family = name.peer or name.family
    parts = [written.get(one, one) for one in ((family,) if family else ())]
    if parts and is_cyrillic(family) and not name.fore:
        # A name that comes in an oblique case only: its stem.
        parts = [f"{family}ий" if family.endswith("ск") else family]
    parts += [written.get(one, one) for one in name.fore if len(one) > 1]
    if len(parts) < 2 and name.gender == "f" and name.titles and family:
        parts.append(name.titles[-1])
    return parts or [main]


# -- writing


def proposals(people: People) -> list[etree._Element]:
    """Return the proposals as `person` elements for a `listPerson type="proposed"`, by their ids."""
    return [_element(one) for one in sorted(people.persons, key=lambda one: one.id) if one.proposed]


def _child(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element: etree._Element = etree.SubElement(parent, f"{T}{name}", attributes)
    element.text = text or None
    return element


def _element(person: Person) -> etree._Element:
    element = etree.Element(f"{T}person")
    element.set(XML_ID, person.id)
    element.set("cert", certainty_word(person.certainty))
    main = inverted(person.main)
    _child(element, "persName", main, type="main")
    for form in _sorted(set(person.forms) - {main}):
        _child(element, "persName", form, type="variant")
    life = person.life
    for name, date in (("birth", life.birth), ("death", life.death)):
        if date:
            _child(element, name, date, when=date)
    start, end = life.active
    if start or end:
        attributes = {name: value for name, value in (("from", start), ("to", end)) if value}
        _child(element, "floruit", start if start == end else f"{start}–{end}", **attributes)
    for office in life.offices:
        _child(element, "occupation", office)
    if person.found:
        note = _child(element, "note", type="found")
        for place in person.found[:_PLACES]:
            _child(note, "ptr", target=place)
    return element


def inverted(form: str) -> str:
    """Return a name as a register has it: `Given von Family` as `Family, Given von`; others as they are."""
    name = read_name(form)[0]
    if "," in form or not name.family or not name.fore:
        return form
    kept = form.split()
    known, first = words("").titles, world().before_titles
    while len(kept) > 2 and (fold(kept[0].rstrip(".")) in known or fold(kept[0]) in first):
        kept.pop(0)
    if key(kept[-1].rstrip(".")) != name.family or len(kept) < 2:
        return form
    return f"{kept[-1]}, {' '.join(kept[:-1])}"
