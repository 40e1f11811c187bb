"""Entries for the tests of persons: what they name, with whom each name is taken to be."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.enrich.model import Entry, Outcome
from pipeline.enrich.persons.people import People, people_of, propose, read_people
from pipeline.enrich.persons.rules import persons, survey
from pipeline.passage import passages
from tests.enrich.trees import document

ENTRY = Entry(id="d1911-03-02", date="1911-03-02", author="Hale, Edith (Moor)")


def entry(day: str = "1911-03-02", author: str = "Hale, Edith (Moor)", **more: object) -> Entry:
    """Return what is known of an entry of a day."""
    return Entry(id=f"d{day}", date=day, author=author, **more)  # type: ignore[arg-type]


def register(text: str) -> People:
    """Return the people of a register with these person elements."""
    return read_people(etree.fromstring(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>{text}</standOff></TEI>'))


def people_in(bodies: Sequence[tuple[str, str]], people: People | None = None, language: str = "en") -> People:
    """Return the people with proposals for all that these bodies of entries, each with its day, name."""
    people = people or people_of()
    met = [
        one
        for day, body in bodies
        for one in survey(tuple(passages(document(body, language, f"d{day}"))), entry(day), people)
    ]
    return propose(people, met)


def read(body: str, people: People | None = None, language: str = "en", about: Entry = ENTRY) -> Outcome:
    """Return what is decided in a body; people are completed with proposals for what it names."""
    given = tuple(passages(document(body, language, about.id)))
    known = people or people_of()
    return persons(given, about, propose(known, survey(given, about, known)))


def names(body: str, people: People | None = None, language: str = "en", about: Entry = ENTRY) -> list[str]:
    """Return the names of a body and whom they mean: `Mr Pell = pell`; `?` where it is open."""
    body = body if body.startswith("<") else f"<p>{body}</p>"
    shown = []
    for claim in read(body, people, language, about).claims:
        ref = dict(claim.attributes).get("ref", "?").removeprefix("psn:")
        shown.append(f"{claim.form} = {ref}" if claim.name == "persName" else f"{claim.form} = family")
    return shown


def forms(text: str, language: str = "en") -> list[str]:
    """Return the names of persons in a text, without saying whose."""
    return [one.partition(" = ")[0] for one in names(text, language=language)]
