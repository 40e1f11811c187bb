"""What enrichment knows of a whole edition, and the order of its passes.

Entries are enriched in two steps, so that each can be done in any process and in any order. First every entry is
surveyed: what names, works and places does it hold that the registers do not. The surveys together make proposals, and
with the registers so completed every entry is enriched by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, MachineError
from pipeline.enrich import register_files
from pipeline.enrich.citations import library
from pipeline.enrich.citations.library import Library
from pipeline.enrich.citations.rules import citations
from pipeline.enrich.citations.rules import survey as survey_works
from pipeline.enrich.dates.rules import dates
from pipeline.enrich.describe import describe
from pipeline.enrich.marks.quotations import quotations
from pipeline.enrich.marks.rules import marks
from pipeline.enrich.model import Claim, Entry, Finding, Outcome, Ruling
from pipeline.enrich.names import gazetteer
from pipeline.enrich.names.gazetteer import Gazetteer, NameSighting
from pipeline.enrich.names.rules import names
from pipeline.enrich.names.rules import survey as survey_names
from pipeline.enrich.persons import people
from pipeline.enrich.persons.name_model import NameModel, NoModel, SpacyModel
from pipeline.enrich.persons.people import People
from pipeline.enrich.persons.rules import persons
from pipeline.enrich.persons.rules import survey as survey_people
from pipeline.enrich.record import number
from pipeline.enrich.references.rules import Places, merged, places_of, references
from pipeline.enrich.rulings import read_rulings
from pipeline.enrich.run import Enriched, Made, Rules, Run, copy_of, enrich
from pipeline.enrich.statements import state
from pipeline.passage import Passage
from pipeline.tei import NotTEI, T, local, parse


@dataclass(frozen=True, slots=True)
class Known:
    """The registers of an edition, its rulings, where its entries and pages are, and a named-entity model's name."""

    people: People
    library: Library
    gazetteer: Gazetteer
    rulings: tuple[Ruling, ...] = ()
    places: Places = field(default_factory=Places)
    archives_apart: bool = False
    model: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What one entry holds that the registers may not, and what others may refer to in it."""

    people: tuple[people.Sighting, ...]
    works: tuple[library.Sighting, ...]
    names: tuple[NameSighting, ...]
    places: Places


def known_of(
    registers: Mapping[str, etree._Element], rulings: tuple[Ruling, ...] = (), places: Places | None = None
) -> Known:
    """Return what is known from registers, parsed, by kind; those that are not there are empty."""
    return Known(
        people.read_people(registers["persons"]) if "persons" in registers else people.people_of([]),
        library.read_library(*(registers[kind] for kind in ("works", "archives") if kind in registers)),
        gazetteer.read_gazetteer(registers.get("places"), registers.get("organisations")),
        rulings,
        places or Places(),
    )


def load(paths: Mapping[str, Path], edition: Edition | None = None) -> tuple[Known, list[Diagnostic]]:
    """Return what is known from the files of registers and rulings, and which registers cannot be read.

    Raises:
        MachineError: a register may not be read, or the edition's named-entity model is not installed.
        BrokenRulings: the rulings cannot be read.
    """
    roots, found = register_files.read(paths)
    known = known_of(roots, read_rulings(paths[register_files.RULINGS]))
    model = edition.model if edition is not None else ""
    _model(model)
    return replace(known, archives_apart="archives" in paths, model=model), found


@cache
def _model(name: str) -> NameModel | None:
    try:
        return SpacyModel(name) if name else None
    except NoModel as error:
        raise MachineError(f"[enrich] model: {error}") from error


def _citations(known: Known, read: Sequence[Passage], entry: Entry) -> Outcome:
    outcome = citations(read, entry, known.library)
    if known.archives_apart:
        outcome.claims = [_apart(claim, known.library) for claim in outcome.claims]
    return outcome


def _apart(claim: Claim, works: Library) -> Claim:
    """Return a claim with the scheme of archives in the addresses of archives, which have a register of their own."""

    def address(value: str) -> str:
        record = works.index.records.get(value.removeprefix("bib:"))
        return f"arc:{record.id}" if record is not None and record.archive else value

    attributes = tuple((key, address(value) if key == "corresp" else value) for key, value in claim.attributes)
    others = tuple((address(value), share) for value, share in claim.alternatives)
    return replace(claim, attributes=attributes, value=address(claim.value), alternatives=others)


def _persons(known: Known, read: Sequence[Passage], entry: Entry) -> Outcome:
    return persons(read, entry, known.people, _model(known.model))


def _names(known: Known, read: Sequence[Passage], entry: Entry) -> Outcome:
    return names(read, entry, known.gazetteer)


def _references(known: Known, read: Sequence[Passage], entry: Entry) -> Outcome:
    return references(read, entry, known.places)


def rules_of(known: Known) -> tuple[Rules, ...]:
    """Return the passes in their order: each may stand on what those before it made."""
    return (
        Rules("marks", "editorial marks", marks),
        Rules("citations", "citations", partial(_citations, known)),
        Rules("quotations", "quotations", quotations),
        Rules("dates", "dates and times", dates),
        Rules("persons", "person identification", partial(_persons, known)),
        Rules("names", "places, organisations and ships", partial(_names, known)),
        Rules("references", "references within the edition", partial(_references, known)),
    )


def survey(root: etree._Element, known: Known) -> Survey:
    """Return what an entry holds that the registers may not have."""
    run = Run(root, describe(root, known.rulings))
    rules = {one.name: one for one in rules_of(known)}
    run.apply(rules["marks"])
    works = survey_works(tuple(run.read), run.entry, known.library)
    for name in ("citations", "quotations", "dates"):
        run.apply(rules[name])
    met = survey_people(tuple(run.read), run.entry, known.people, _model(known.model))
    # A place that bears a person's name is told apart with the persons of this entry already found.
    own = replace(known, people=people.propose(known.people, met))
    run.apply({one.name: one for one in rules_of(own)}["persons"])
    return Survey(met, works, survey_names(tuple(run.read), run.entry, known.gazetteer), places_of([root]))


def elsewhere(edition: Edition | None, files: Iterable[Path]) -> Places:
    """Return where the entries and pages of an edition are that stand in other files than these."""
    if edition is None or not edition.text.is_dir():
        return Places()
    given = {path.resolve() for path in files}
    roots = []
    for path in sorted(edition.text.glob("*.xml")):
        if path.resolve() not in given:
            try:
                roots.append(parse(path.read_bytes()))
            except (OSError, NotTEI):
                continue  # validate tells of it
    return places_of(roots)


def complete(known: Known, surveys: Iterable[Survey], places: Places) -> Known:
    """Return what is known with proposals for what the surveys have seen; places are those of other files."""
    all_ = list(surveys)
    return replace(
        known,
        places=merged([places, *(one.places for one in all_)]),
        people=people.propose(known.people, [one for each in all_ for one in each.people]),
        library=library.propose(known.library, [one for each in all_ for one in each.works]),
        gazetteer=gazetteer.propose(known.gazetteer, [one for each in all_ for one in each.names]),
    )


def proposals(known: Known) -> dict[str, list[etree._Element]]:
    """Return the records that are proposed, by the register that they belong to."""
    works = library.proposals(known.library)
    places, organisations = gazetteer.proposals(known.gazetteer)
    made = {
        "persons": people.proposals(known.people),
        "works": works,
        "places": places,
        "organisations": organisations,
    }
    if known.archives_apart:
        made["archives"] = [one for one in works if local(one) == "msDesc"]
        made["works"] = [one for one in works if local(one) != "msDesc"]
    return made


def enrich_document(
    root: etree._Element, known: Known, prefixes: Mapping[str, tuple[str, str, str]] | None = None
) -> Enriched:
    """Return a copy of a TEI or teiCorpus with everything that the passes find in it, its header saying so.

    prefixes are the private schemes that the registers are addressed by, for a header that does not declare them.
    """
    if root.tag == f"{T}TEI":
        done = enrich(root, rules_of(known), describe(root, known.rulings))
    else:
        done = _corpus(root, known)
    state(done.root, done.used, prefixes or {})
    number(done.root)
    return done


def units_of(root: etree._Element) -> list[etree._Element]:
    """Return the TEI elements with a text of a document: itself, or those of a corpus; none in what is no TEI."""
    if root.tag not in (f"{T}TEI", f"{T}teiCorpus"):
        return []
    return [one for one in root.iter(f"{T}TEI") if one.find(f"{T}text") is not None]


def _corpus(root: etree._Element, known: Known) -> Enriched:
    """Enrich the texts of a corpus one by one."""
    root = copy_of(root)
    used: dict[str, Rules] = {}
    findings: list[Finding] = []
    made: list[Made] = []
    for unit in units_of(root):
        done = enrich(unit, rules_of(known), describe(unit, known.rulings))
        above = unit.getparent()
        assert above is not None  # it stands in a corpus
        done.root.tail = unit.tail
        above.replace(unit, done.root)
        used |= {one.name: one for one in done.used}
        findings += done.findings
        made += done.made
    return Enriched(root, tuple(used.values()), tuple(findings), tuple(made))
