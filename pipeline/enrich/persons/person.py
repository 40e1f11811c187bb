"""The register of persons: each with every form of the name, looked up by form, by family name and by given name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from lxml import etree

from pipeline.enrich.persons.naming import (
    Name,
    first_key,
    full_keys,
    given_keys,
    is_spoken,
    namesake_keys,
    plain_name,
    read_name,
)
from pipeline.enrich.words import fold, key, words
from pipeline.tei import XML_ID, local, text_of
from pipeline.tei import fold as fold_space

SCHEME: Final = "psn:"
PROPOSED: Final = "proposed"
_YEAR: Final = re.compile(r"-?\d{3,4}")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[’'ʼ‐‑-][^\W\d_]+)*\.?|[^\W_]+")
_PARTS: Final = frozenset({"surname", "forename", "genName", "nameLink", "roleName", "addName"})


@dataclass(frozen=True, slots=True)
class Life:
    """What a note or a register tells of a life: dates as written in TEI (years or days), offices, empty where not."""

    birth: str = ""
    death: str = ""
    active: tuple[str, str] = ("", "")
    offices: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.birth or self.death or any(self.active) or self.offices)

    def contradicts(self, other: Life) -> bool:
        """Return whether two lives cannot be one: they begin or end in different years."""
        return any(
            one and two and one[:4] != two[:4] for one, two in ((self.birth, other.birth), (self.death, other.death))
        )

    def with_(self, other: Life) -> Life:
        """Return this life with what the other tells beside it."""
        return Life(
            self.birth or other.birth,
            self.death or other.death,
            self.active if any(self.active) else other.active,
            self.offices or other.offices,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """A record of the register. forms are the names as written, the main one first; names the same, taken apart.

    found are the places (`entry:…`) where a proposal was met; certainty is below 1 for proposals only.
    """

    id: str
    forms: tuple[str, ...]
    names: tuple[Name, ...]
    life: Life = Life()
    proposed: bool = False
    found: tuple[str, ...] = ()
    certainty: float = 1.0

    @property
    def main(self) -> str:
        """Return the main form of the name."""
        return self.forms[0] if self.forms else self.id

    @property
    def ref(self) -> str:
        """Return the address of the record, as @ref has it."""
        return SCHEME + self.id


Places = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Index:
    """Persons, and where in them a form, a family name, a lone given name or an initial leads. Made by `index_of`."""

    persons: tuple[Person, ...]
    ids: Mapping[str, int]
    forms: Mapping[tuple[str, ...], tuple[int, ...]]
    families: Places
    given: Places
    letters: Places
    full: Places
    titled: Places
    longest: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a register. Made by `people_of`; `with_` adds proposals without touching the rest.

    A look-up takes the same time in a register of ten persons as in one of a hundred thousand.
    """

    register: Index
    added: Index

    def __reduce__(self) -> tuple[object, tuple[tuple[Person, ...], tuple[Person, ...]]]:
        return _people, (self.register.persons, self.added.persons)

    @property
    def persons(self) -> tuple[Person, ...]:
        """Return all persons: those of the register, and those added to it or told anew."""
        kept = tuple(one for one in self.register.persons if one.id not in self.added.ids)
        return kept + self.added.persons

    def person(self, name: str) -> Person | None:
        """Return the person of an id, with or without `psn:` before it."""
        name = name.removeprefix(SCHEME)
        for index in (self.added, self.register):
            if name in index.ids:
                return index.persons[index.ids[name]]
        return None

    def of_form(self, keys: tuple[str, ...]) -> tuple[Person, ...]:
        """Return the persons that have a form of the name, given as the keys of its words."""
        return self._at(self.register.forms.get(keys, ()), self.added.forms.get(keys, ()))

    def of_family(self, family: str) -> tuple[Person, ...]:
        """Return the persons of a family name, or of a peer's name, given as its key."""
        return self._at(self.register.families.get(family, ()), self.added.families.get(family, ()))

    def of_full(self, name: Name) -> tuple[Person, ...]:
        """Return the persons whom a name with given names written out may mean."""
        found: dict[str, Person] = {}
        for one in namesake_keys(name):
            known = self._at(self.register.full.get(one, ()), self.added.full.get(one, ()))
            found |= {person.id: person for person in known}
        return tuple(found.values())

    def of_given(self, given: str) -> tuple[Person, ...]:
        """Return the persons whom a given name alone means, given as its key."""
        return self._at(self.register.given.get(given, ()), self.added.given.get(given, ()))

    def of_letter(self, form: str) -> tuple[Person, ...]:
        """Return the persons for whom the register says that an initial stands (`v`, `general g`)."""
        return self._at(self.register.letters.get(form, ()), self.added.letters.get(form, ()))

    def of_titled(self, title: str, letter: str) -> tuple[Person, ...]:
        """Return the persons of a title whose family name begins with a letter."""
        name = f"{title} {letter}"
        return self._at(self.register.titled.get(name, ()), self.added.titled.get(name, ()))

    def has_form(self, keys: tuple[str, ...]) -> bool:
        """Return whether anybody has a form of the name."""
        return keys in self.register.forms or keys in self.added.forms

    def has_family(self, family: str) -> bool:
        """Return whether anybody has a family name, or a peer's."""
        return family in self.register.families or family in self.added.families

    def longest(self, word: str) -> int:
        """Return how many words the longest form has that begins with a word, given as its key; 0 if none does."""
        return max(self.register.longest.get(word, 0), self.added.longest.get(word, 0))

    def with_(self, persons: Iterable[Person]) -> People:
        """Return the people with more persons, or with other records of the same ids in place of theirs."""
        added = {one.id: one for one in self.added.persons} | {one.id: one for one in persons}
        return People(self.register, index_of(added.values()))

    def _at(self, places: Iterable[int], added: Iterable[int]) -> tuple[Person, ...]:
        old = (self.register.persons[place] for place in places)
        return (
            *(one for one in old if one.id not in self.added.ids),
            *(self.added.persons[place] for place in added),
        )


def keys_of(form: str) -> tuple[str, ...]:
    """Return the keys of a form's words, initials without their full stops."""
    return tuple(key(word.rstrip(".")) for word in _WORDS.findall(form))


def index_of(persons: Iterable[Person]) -> Index:
    """Return the index of persons, in time in proportion to their number."""
    all_ = tuple(persons)
    ids: dict[str, int] = {}
    forms: dict[tuple[str, ...], list[int]] = {}
    families: dict[str, list[int]] = {}
    given: dict[str, list[int]] = {}
    letters: dict[str, list[int]] = {}
    full: dict[str, list[int]] = {}
    titled: dict[str, list[int]] = {}
    longest: dict[str, int] = {}
    for place, person in enumerate(all_):
        ids.setdefault(person.id, place)
        for form in person.forms:
            keys = keys_of(form)
            if keys and "," not in form:
                _add(forms, keys, place)
                longest[keys[0]] = max(longest.get(keys[0], 0), len(keys))
        for name in person.names:
            if name.letter:
                _add(letters, " ".join((*name.titles, *name.fore, name.letter)), place)
            for family in (name.family, name.peer):
                if family:
                    _add(families, family, place)
            for one in full_keys(name):
                _add(full, one, place)
            if name.family and len(name.fore) > 1 and all(len(one) == 1 for one in name.fore):
                _add(letters, " ".join(name.fore), place)
            for title in name.titles if name.family else ():
                _add(titled, f"{title} {name.family[0]}", place)
            for one in (*given_keys(name), first_key(name)):
                if one:
                    _add(given, one, place)
    return Index(
        all_,
        MappingProxyType(ids),
        MappingProxyType({keys: tuple(places) for keys, places in forms.items()}),
        MappingProxyType({one: tuple(places) for one, places in families.items()}),
        MappingProxyType({one: tuple(places) for one, places in given.items()}),
        MappingProxyType({one: tuple(places) for one, places in letters.items()}),
        MappingProxyType({one: tuple(places) for one, places in full.items()}),
        MappingProxyType({one: tuple(places) for one, places in titled.items()}),
        MappingProxyType(longest),
    )


_Key = TypeVar("_Key")


def _add(index: dict[_Key, list[int]], name: _Key, place: int) -> None:
    places = index.setdefault(name, [])
    if not places or places[-1] != place:
        places.append(place)


def people_of(persons: Iterable[Person] = ()) -> People:
    """Return the register of these persons, in time in proportion to their number."""
    return People(index_of(persons), index_of(()))


def _people(persons: tuple[Person, ...], added: tuple[Person, ...]) -> People:
    return People(index_of(persons), index_of(added))


def read_people(root: etree._Element | None) -> People:
    """Return the persons of a register, editors' records and proposals alike, in their order; of none, an empty one.

    Records are `person` elements with an xml:id anywhere in the document, in TEI's namespace or in none.
    """
    if root is None:
        return people_of()
    return people_of(person_of(one) for one in root.iter("{*}person") if one.get(XML_ID) and not one.get("sameAs"))


def person_of(element: etree._Element, proposed: bool = False) -> Person:
    """Return the person of a `person` element; proposed where it stands in a list of proposals, or is to."""
    forms: dict[str, None] = {}
    names: dict[Name, None] = {}
    main: dict[str, None] = {}
    for child in element.iterchildren("{*}persName"):
        read = _name_of(child)
        for form, name in read:
            (main if child.get("type") == "main" else forms).setdefault(form)
            names.setdefault(name)
    holder = element.getparent()
    proposed |= holder is not None and holder.get("type") == PROPOSED
    found = tuple(
        target
        for note in element.iterchildren("{*}note")
        if note.get("type") == "found"
        for ptr in note.iterchildren("{*}ptr")
        if (target := ptr.get("target"))
    )
    certainty = _CERTAINTIES.get(element.get("cert", ""), 1.0) if proposed else 1.0
    all_forms = tuple({**main, **forms})
    return Person(element.get(XML_ID, ""), all_forms, tuple(names), _life(element), proposed, found, certainty)


_CERTAINTIES: Final = {"high": 0.95, "medium": 0.8, "low": 0.5}


def _name_of(element: etree._Element) -> list[tuple[str, Name]]:
    """Return the forms of a persName and the name that each gives; with surname and forename marked, as one speaks."""
    parts: dict[str, list[str]] = {}
    for child in element.iter(etree.Element):
        if local(child) in _PARTS:
            parts.setdefault(local(child), []).append(fold_space("".join(child.itertext())))
    if "surname" in parts or "forename" in parts:
        surname, forename = " ".join(parts.get("surname", ())), " ".join(parts.get("forename", ()))
        link = " ".join(parts.get("nameLink", ()))
        form = " ".join(filter(None, (forename, link, surname)))
        if not form:
            return []
        name = read_name(f"{surname}, {forename}" if surname and forename else form)[0]
        role = " ".join(parts.get("roleName", ()))
        titles = tuple(word for word in map(fold, role.split()) if word in words("").titles)
        if titles:
            name = Name(titles, name.fore, name.family, name.peer, name.letter, name.gender or _sex(titles))
        return [(form, name)]
    text = text_of(element)
    if not text:
        return []
    if "," not in text and not text.endswith(")"):
        return [(text, plain_name(text))]
    read = [(text, name) for name in read_name(text)]
    spoken = _spoken(text)
    return [*read, (spoken, plain_name(spoken))] if spoken else read


def _sex(titles: Sequence[str]) -> str:
    return next((sex for title in titles if (sex := words("").titles[title])), "")


def _spoken(text: str) -> str:
    """Return `Surname, Given (Alias)` as one speaks it."""
    if is_spoken(text):
        return ""
    family, _, rest = text.partition("(")[0].partition(",")
    given = rest.partition(",")[0].strip()
    return f"{given} {family.strip()}" if given else ""


def _life(element: etree._Element) -> Life:
    birth = death = ""
    active = ("", "")
    offices = []
    for child in element.iterchildren(etree.Element):
        match local(child):
            case "birth":
                birth = birth or _dated(child)
            case "death":
                death = death or _dated(child)
            case "floruit":
                active = (child.get("from") or child.get("when") or "", child.get("to") or child.get("when") or "")
            case "occupation":
                offices.append(text_of(child))
            case _:
                pass
    return Life(birth, death, active, tuple(offices))


def _dated(element: etree._Element) -> str:
    """Return the date of a birth or death: of the element, or of a date in it."""
    for one in (element, *element.iter("{*}date")):
        for name in ("when", "when-iso", "notBefore", "from"):
            if value := one.get(name):
                return value
    found = _YEAR.search(text_of(element))
    return found.group() if found else ""
