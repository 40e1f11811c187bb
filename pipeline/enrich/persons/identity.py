"""Whom a name of an entry means: the record of the register, or the records between which it stays open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.model import Entry
from pipeline.enrich.persons.cluster import Cluster
from pipeline.enrich.persons.deciding import Found
from pipeline.enrich.persons.naming import KNIGHTLY, Name, agree, fore_agree, given_keys
from pipeline.enrich.persons.person import Life, People, Person, keys_of
from pipeline.enrich.words import fold

_YEAR: Final = re.compile(r"\d{4}")
# Nobody is spoken of before the age of so many years, or written to after so many.
_OLDEST: Final = 105


@dataclass(frozen=True, slots=True)
class Identity:
    """The person that a cluster is, if one is; else those it may be. rule says how that was found."""

    person: Person | None
    alternatives: tuple[Person, ...]
    certainty: float
    rule: str
    evidence: str


_NOBODY: Final = Identity(None, (), 0.0, "", "")


def identify(cluster: Cluster, found: Found, entry: Entry, people: People) -> Identity:
    """Return whom a cluster of mentions means."""
    for mention in cluster.mentions:
        value = found.marked.get(fold(mention.form), "")
        if value and (person := people.person(value)) is not None:
            return Identity(person, (), 0.98, "marked", "an editor marked the same form")
    if cluster.author:
        return _author(cluster, entry, people)
    if not cluster.name.family:
        return _given(cluster, people)
    fit = _fitting(cluster, people)
    if not fit:
        return _NOBODY
    if len(fit) == 1:
        return Identity(fit[0], (), 0.97 if cluster.name.fore else 0.93, _rule(fit[0], cluster), _why(fit[0], cluster))
    return _of_several(fit, entry)


def _rule(person: Person, cluster: Cluster) -> str:
    if not person.proposed:
        return "register"
    return "introduced" if cluster.name.fore else "name"


def _why(person: Person, cluster: Cluster) -> str:
    if cluster.name.fore:
        return f"named in full in the entry: {person.main}"
    return f"the only one of that name: {person.main}"


def _author(cluster: Cluster, entry: Entry, people: People) -> Identity:
    person = people.person(entry.author_ref) if entry.author_ref else None
    if person is None:
        fit = _fitting(cluster, people)
        person = fit[0] if len(fit) == 1 else next((one for one in fit if entry.author in one.forms), None)
    if person is None:
        return _NOBODY
    return Identity(person, (), 0.95, "author", "the entry's writer")


def _given(cluster: Cluster, people: People) -> Identity:
    """Identify somebody whom the entry calls by a given name only."""
    fit = namesakes(cluster.names, [one.form for one in cluster.mentions], cluster.life, people)
    if len(fit) == 1:
        return Identity(fit[0], (), 0.85, "given", f"the only one so called: {fit[0].main}")
    return Identity(None, tuple(fit), 0.0, "given", "several are so called") if fit else _NOBODY


def _fitting(cluster: Cluster, people: People) -> list[Person]:
    names = [name for name in cluster.names if name.family not in cluster.aliases] or cluster.names
    return namesakes(names, (), cluster.life, people, cluster.aliases)


def namesakes(
    names: Sequence[Name], forms: Iterable[str], life: Life, people: People, aliases: Iterable[str] = ()
) -> list[Person]:
    """Return the persons who may bear all of these names, the best alone where the names tell it.

    forms are the names as written, for somebody who is called by a given name only; aliases are further family names
    under which the person may be found.
    """
    whole = max(names, key=lambda one: one.weight)
    if not whole.family:
        return _so_called(names, forms, people)
    families = {family for name in names for family in (name.family, name.peer) if family} | set(aliases)
    if whole.full and not aliases:
        pool = list(people.of_full(whole))
    else:
        pool = _once(person for family in sorted(families) for person in people.of_family(family))
    fit = [one for one in pool if fits(names, one) and not one.life.contradicts(life)]
    if whole.fore:
        return _fullest(whole, families, fit)
    if len(fit) > 1 and not any(name.gender for name in names):
        # A family name alone is a man's, where there is one.
        fit = [one for one in fit if not any(name.gender == "f" for name in one.names)] or fit
    titles = {title for name in names for title in name.titles}
    same = [one for one in fit if any(titles & set(name.titles) for name in one.names)]
    return same if len(same) == 1 else fit


def _fullest(whole: Name, families: set[str], fit: list[Person]) -> list[Person]:
    """Return of several persons those who bear a full name most exactly."""
    for better in (
        [one for one in fit if any(name.fore == whole.fore and name.family in families for name in one.names)],
        [one for one in fit if any(len(fore) > 1 for name in one.names for fore in name.fore)],
        [one for one in fit if any(name.fore for name in one.names)],
    ):
        fit = better or fit
        if len(fit) < 2:
            break
    return fit


def _so_called(names: Sequence[Name], forms: Iterable[str], people: People) -> list[Person]:
    """Return the persons whom a given name means: who is so called, else who bears it with a knight's title."""
    keys = {keys_of(form) for form in forms}
    exact = _once(person for one in sorted(keys) for person in people.of_form(one))
    if exact:
        return [one for one in exact if any(not name.family for name in one.names)] or exact
    known = _once(person for name in names for one in given_keys(name) for person in people.of_given(one))
    fit = [one for one in known if any(_agrees(name, one) for name in names)]
    if not fit:
        fit = knights(names, people)
    alone = [name for name in names if len(name.fore) == 1 and not name.titles]
    return fit or _once(person for name in alone for person in people.of_family(name.fore[0]))


def knights(names: Iterable[Name], people: People) -> list[Person]:
    """Return the only man of a first given name, for `Sir Edmund` where the register has no knight of that name."""
    found = _once(
        person
        for name in names
        if KNIGHTLY & set(name.titles) and name.fore and not name.family
        for person in people.of_given(f"? {name.fore[0]}")
    )
    return found if len(found) == 1 else []


def _agrees(name: Name, person: Person) -> bool:
    return any(
        fore_agree(name.fore, other.fore) and agree(Name(gender=name.gender), Name(gender=other.gender))
        for other in person.names
        if not other.family or KNIGHTLY & set(other.titles) & set(name.titles)
    )


def _once(persons: Iterable[Person]) -> list[Person]:
    return list({one.id: one for one in persons}.values())


def fits(names: Iterable[Name], person: Person) -> bool:
    """Return whether a person may bear all of these names."""
    return all(any(agree(name, other) for other in person.names) for name in names if name.family)


def _of_several(fit: list[Person], entry: Entry) -> Identity:
    """Choose among several of one name by the years of their lives, or leave it open."""
    year = int(found.group()) if (found := _YEAR.match(entry.date)) else 0
    possible = [one for one in fit if not _too_young(one, year)]
    if len(possible) == 1:
        return Identity(possible[0], tuple(fit), 0.85, "lifetime", "the others were not born")
    living = [one for one in possible if _lived(one, year)]
    known = [one for one in possible if one.life.birth or one.life.death]
    if len(living) == 1 and len(known) == len(possible):
        return Identity(living[0], tuple(possible), 0.75, "lifetime", "the only one who lived then")
    return Identity(None, tuple(possible or fit), 0.0, "open", "several of that name")


def _year(date: str) -> int:
    found = _YEAR.match(date)
    return int(found.group()) if found else 0


def _too_young(person: Person, year: int) -> bool:
    return bool(year and _year(person.life.birth) > year)


def _lived(person: Person, year: int) -> bool:
    birth, death = _year(person.life.birth), _year(person.life.death)
    return bool(year) and (not birth or birth <= year <= birth + _OLDEST) and (not death or year <= death)
