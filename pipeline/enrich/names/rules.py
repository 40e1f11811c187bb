"""Places, organisations and ships: found by the registers, by general knowledge, and by the words beside them.

The pass runs after persons: what is a person's name, a title or a citation is left alone, and so is a place whose
name somebody bears in the entry. A ship's name is marked without what kind of ship it is (`the steamer` Sofia), a
place's without its article, an organisation's as far as its own words go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.enrich.addresses import pattern_of
from pipeline.enrich.model import Claim, Entry, Finding, Outcome, certainty_word
from pipeline.enrich.names.context import Context, People
from pipeline.enrich.names.cues import TAKEN, Cues, Reading
from pipeline.enrich.names.gazetteer import ORG, PLACE, SHIP, Gazetteer, NameSighting, Record
from pipeline.enrich.names.geography import LANGUAGES, world
from pipeline.enrich.names.runs import Spot
from pipeline.enrich.names.spots import spots
from pipeline.enrich.names.word_index import Index, Sense, folded
from pipeline.language import language_of
from pipeline.passage import Passage
from pipeline.tei import local

# What stands in these is no running text: a speaker's label, a citation, an address.
_APART: Final = TAKEN | {"biblStruct", "listBibl", "figDesc", "fw"}
_ELEMENTS: Final = {PLACE: "placeName", ORG: "orgName", SHIP: "name"}
_ADDRESS: Final = re.compile(r"d(\d{4}-\d\d-\d\d[a-z]?)")
_REGISTER, _KNOWN, _SURE_ENOUGH, _CAREFUL, _BORNE_BY_SEVERAL, _OPEN, _INTRODUCED = (
    0.97,
    0.95,
    0.92,
    0.85,
    0.75,
    0.6,
    0.75,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A name found in a reading, from its first word up to its last.

    form is how it is listed; refs are the records of the registers that it may be; known the keys of what it may be
    of general knowledge.
    """

    reading: Reading
    first: int
    last: int
    kind: str
    form: str
    rule: str
    certainty: float
    refs: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    type: str = ""
    evidence: tuple[str, ...] = ()
    stop: bool = False

    @property
    def start(self) -> int:
        """Return where it starts in the passage."""
        return self.reading.words[self.first].start

    @property
    def end(self) -> int:
        """Return where it ends in the passage."""
        return self.reading.words[self.last].end + self.stop


class _Search:
    """The search for names in one entry: what one passage tells counts in the others."""

    def __init__(self, passages: Sequence[Passage], entry: Entry, gazetteer: Gazetteer) -> None:
        self.entry, self.gazetteer = entry, gazetteer
        running = [one for one in passages if local(one.block) not in _APART]
        unsaid = "" if entry.language else language_of(" ".join(one.text for one in running))
        self.readings = [Reading(one, one.language or entry.language or unsaid) for one in running]
        self.people = People(self.readings, entry)
        self.common = frozenset(
            word.fold for reading in self.readings for word in reading.words if not word.capital and word.text.isalpha()
        )
        self.none = {(one.kind, pattern_of(one.form)) for one in entry.rulings if not one.value and not one.block}
        self.borne: dict[str, Passage] = {}
        # What editors have said of a name in this entry.
        self.said: dict[str, set[str]] = {}
        for reading in self.readings:
            for held in reading.passage.of("placeName", "orgName", "name"):
                form = folded(reading.text[held.start : held.end])
                self.said.setdefault(form, set()).update(held.element.get("ref", "").split())

    def names(self) -> list[_Found]:
        """Return the names of the entry, in order; none stands in another."""
        found: list[list[_Found]] = []
        cued: list[_Found] = []
        for reading in self.readings:
            cues = reading.cues
            context = Context(reading, cues, self.common) if cues is not None else None
            by_list = [*self._register(reading, context), *self._known(reading, context)]
            by_cue = [*self._cues(reading, cues)] if cues is not None else []
            found.append([*by_list, *by_cue])
            cued += by_cue
        introduced = self._introduced(cued)
        sure = self._sure(found)
        chosen: list[_Found] = []
        for reading, several in zip(self.readings, found, strict=True):
            again = self._again(reading, introduced)
            own = [one for one in (*several, *again) if one.rule != "doubtful" or one.known in sure]
            chosen += _chosen(one for one in own if self._free(one))
        return [self._identified(one) for one in chosen]

    def _free(self, one: _Found) -> bool:
        form = pattern_of(one.reading.text[one.start : one.end])
        return one.reading.free(one.start, one.end) and (_ELEMENTS[one.kind], form) not in self.none

    # -- by the registers

    def _register(self, reading: Reading, context: Context | None) -> Iterator[_Found]:
        for first in range(len(reading)):
            for count, senses in self.gazetteer.index.at(reading.text, reading.words, first, reading.language):
                last = first + count - 1
                records = {sense.key: self.gazetteer.records[sense.key] for sense in senses}
                kinds = {record.kind for record in records.values()}
                if context is not None and self._not_here(context, first, last, kinds):
                    continue
                kind = SHIP if kinds == {SHIP} else ORG if kinds == {ORG} else PLACE
                refs = tuple(sorted(records))
                yield _Found(reading, first, last, kind, senses[0].form, "register", _REGISTER, refs)

    def _not_here(self, context: Context, first: int, last: int, kinds: set[str]) -> bool:
        """Return whether a form of the registers is something else where it stands."""
        reading = context.r
        words = reading.words[first : last + 1]
        if not words[0].capital or any(not one.capital for one in words):
            return words[-1].capital and context.goes_on(first, last)
        if kinds == {ORG}:
            return context.goes_on(first, last)
        if kinds == {SHIP}:
            article = reading.fold(first - 1) in context.cues.articles
            return len(words) == 1 and not article and not reading.quoted(first)
        if self.people.bear(tuple(one.fold for one in words)):
            if not reading.taken(first):
                self.borne.setdefault(reading.text[words[0].start : words[-1].end], reading.passage)
            return True
        return context.part_of_more(first, last)

    # -- by general knowledge

    def _known(self, reading: Reading, context: Context | None) -> Iterator[_Found]:
        if context is None or reading.language not in LANGUAGES:
            return
        for kind, list_ in ((PLACE, "places"), (ORG, "organisations")):
            index, records = world(list_).index, world(list_).records
            for first in range(len(reading)):
                if reading.taken(first):
                    continue
                for count, senses in index.at(reading.text, reading.words, first, reading.language):
                    last = first + count - 1
                    water = any(records[sense.key].type == "water" for sense in senses)
                    mark = "" if any(not sense.mark for sense in senses) else senses[0].mark
                    if self._elsewhere(context, first, last, kind, mark):
                        continue
                    known = tuple(dict.fromkeys(sense.key for sense in senses))
                    certainty, rule = _KNOWN, "known"
                    if mark == "~":
                        certainty = _BORNE_BY_SEVERAL
                    elif mark:
                        rule = "known" if context.vouched(first, last, mark, water) else "doubtful"
                        certainty = _SURE_ENOUGH if mark == "^" else _CAREFUL
                        if rule == "doubtful" and mark != "?":
                            continue
                    type_ = records[known[0]].type
                    yield _Found(reading, first, last, kind, senses[0].form, rule, certainty, (), known, type_)

    def _elsewhere(self, context: Context, first: int, last: int, kind: str, mark: str) -> bool:
        name = tuple(one.fold for one in context.r.words[first : last + 1])
        if kind == ORG:
            return context.goes_on(first, last)
        return self.people.bear(name, mark == "?") or context.part_of_more(first, last)

    def _sure(self, found: Sequence[Sequence[_Found]]) -> frozenset[tuple[str, ...]]:
        """Return the places that are meant somewhere in the entry, so that a doubtful form means them elsewhere too."""
        return frozenset(one.known for several in found for one in several if one.rule == "known" and one.known)

    # -- by the words beside them

    def _cues(self, reading: Reading, cues: Cues) -> Iterator[_Found]:
        for spot in spots(reading, cues, self.common.__contains__):
            words = reading.words[spot.first : spot.last + 1]
            if spot.kind == PLACE and self.people.bear(tuple(one.fold for one in words)):
                continue
            yield _by_cue(reading, spot)

    def _introduced(self, cued: Sequence[_Found]) -> Index:
        """Return the names of ships and places that a cue has introduced somewhere in the entry."""
        return Index(
            Sense(f"{one.kind} {one.type}", one.form, one.form)
            for one in cued
            if one.kind in (SHIP, PLACE) and self._free(one) and one.form[:1].isupper()
        )

    def _again(self, reading: Reading, introduced: Index) -> Iterator[_Found]:
        """Yield the names that a cue has introduced, where they stand without it."""
        context = Context(reading, reading.cues, self.common) if reading.cues is not None else None
        if context is None:
            return
        for first in range(len(reading)):
            for count, senses in introduced.at(reading.text, reading.words, first, reading.language):
                last = first + count - 1
                kind, _, type_ = senses[0].key.partition(" ")
                article = reading.fold(first - 1) in context.cues.articles
                folds = tuple(one.fold for one in reading.words[first : last + 1])
                if self.people.bear(folds) or len({sense.key for sense in senses}) > 1:
                    continue
                if kind == SHIP and not (article or reading.quoted(first)):
                    continue
                if context.goes_on(first, last) if kind == SHIP else context.part_of_more(first, last):
                    continue
                told = ("named so before in the entry",)
                form = senses[0].form
                yield _Found(reading, first, last, kind, form, "introduced", _INTRODUCED, (), (), type_, told)

    # -- identity

    def _identified(self, one: _Found) -> _Found:
        """Return a name with the records that it may be."""
        if one.rule == "register":
            told: tuple[str, ...] = ("a form of the register",)
            if len(one.refs) == 1:
                return replace(one, evidence=told)
            said = self.said.get(folded(one.reading.text[one.start : one.end]), set()) & set(one.refs)
            if len(said) == 1:
                evidence = (*told, "an editor says which in this entry")
                return replace(one, refs=tuple(said), certainty=_SURE_ENOUGH, evidence=evidence)
            return replace(one, certainty=_OPEN, evidence=(*told, "more than one record bears it"))
        if one.known:
            return self._identified_as_known(one)
        records = self.gazetteer.named(one.kind, one.form)
        confirmed = [record for record in records if not record.proposed]
        refs = tuple(sorted(record.ref for record in confirmed or records))
        if len(refs) > 1:
            return replace(one, refs=refs, certainty=_OPEN)
        # Two witnesses: the cue, and the register.
        return replace(one, refs=refs, certainty=_KNOWN if confirmed else one.certainty)

    def _identified_as_known(self, one: _Found) -> _Found:
        refs = tuple(sorted({record.ref for key in one.known for record in self.gazetteer.known(one.kind, key)}))
        several = len(one.known) > 1
        told = "generally known, more than one is called so" if several else "generally known"
        if len(refs) > 1 or (several and not refs):
            return replace(one, refs=refs, certainty=_OPEN, evidence=(told,))
        if one.kind == PLACE and (other := _narrowed(one)):
            told = f"{told}, but `{other}` stands after it"
            return replace(one, refs=refs, certainty=min(one.certainty, _BORNE_BY_SEVERAL), evidence=(told,))
        certainty = min(one.certainty, _CAREFUL) if several else one.certainty
        return replace(one, refs=refs, certainty=certainty, evidence=(told,))


def _narrowed(one: _Found) -> str:
    """Return the country or region that stands after a town, which may be another of its name (`Paris, Texas`)."""
    reading, after = one.reading, one.last + 1
    if one.type not in ("settlement", "island") or reading.between(one.last) != ", " or not reading.capital(after):
        return ""
    for count, senses in world().index.at(reading.text, reading.words, after, reading.language):
        if any(world().records[sense.key].type in ("country", "region") for sense in senses):
            closes = reading.text[reading.words[after + count - 1].end :][:2].strip(" ")
            # In a list of places the sentence goes on otherwise.
            if not closes or closes[:1] in ".,;:)":
                return senses[0].form
    return ""


def _by_cue(reading: Reading, spot: Spot) -> _Found:
    form = reading.text[reading.words[spot.first].start : reading.words[spot.last].end + spot.stop]
    told = (f"beside `{spot.cue}`",) if spot.kind != ORG else (f"by the word `{spot.cue}`",)
    return _Found(
        reading, spot.first, spot.last, spot.kind, form, "cue", spot.certainty, (), (), spot.type, told, spot.stop
    )


def _chosen(found: Iterator[_Found]) -> list[_Found]:
    """Return the names of one reading in order, of those that overlap the longest, then the surest."""
    ranks = {"register": 1, "known": 2, "doubtful": 2, "cue": 3, "introduced": 4}

    def order(one: _Found) -> tuple[int, int, float, int]:
        # Ships are called after places: what stands beside the name decides.
        rank = 0 if one.rule == "cue" and one.kind == SHIP else ranks[one.rule]
        return one.first - one.last, rank, -one.certainty, one.first

    taken: set[int] = set()
    chosen: list[_Found] = []
    for one in sorted(found, key=order):
        places = range(one.first, one.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.first)


def _entry_address(entry: Entry) -> str:
    found = _ADDRESS.fullmatch(entry.id)
    day = found[1] if found else entry.date
    return f"entry:{day}" if day else ""


def survey(passages: Sequence[Passage], entry: Entry, gazetteer: Gazetteer) -> tuple[NameSighting, ...]:
    """Return the places, organisations and ships of an entry that the registers do not have, or as proposals only."""
    seen: dict[NameSighting, None] = {}
    for one in _Search(passages, entry, gazetteer).names():
        records: list[Record] = [gazetteer.records[ref] for ref in one.refs]
        if any(not record.proposed for record in records) or len(one.known) > 1:
            continue
        known = one.known[0] if one.known else ""
        language = one.reading.language
        word = certainty_word(one.certainty)
        seen[NameSighting(one.kind, one.form, language, known, one.type, _entry_address(entry), word)] = None
    return tuple(seen)


def names(passages: Sequence[Passage], entry: Entry, gazetteer: Gazetteer) -> Outcome:
    """Return the places, organisations and ships of an entry as markup, with the record of each where it has one."""
    search = _Search(passages, entry, gazetteer)
    outcome = Outcome()
    open_: set[str] = set()
    for one in search.names():
        ref = one.refs[0] if len(one.refs) == 1 else ""
        attributes = (("type", "ship"),) if one.kind == SHIP else ()
        if ref:
            attributes = (*attributes, ("ref", ref))
        others = tuple((each, round(1 / len(one.refs), 2)) for each in one.refs) if len(one.refs) > 1 else ()
        rule = "known" if one.rule == "doubtful" else one.rule
        passage = one.reading.passage
        outcome.claims.append(
            Claim(
                passage,
                one.start,
                one.end,
                _ELEMENTS[one.kind],
                rule,
                one.certainty,
                attributes,
                ref,
                one.evidence,
                others,
            )
        )
        form = passage.text[one.start : one.end]
        if others and form not in open_:
            open_.add(form)
            outcome.findings.append(
                Finding(
                    "E-060",
                    passage.block,
                    f"`{form}` is {len(others)} records of the registers: {', '.join(one.refs)}",
                    "say which by a ruling, or give the others forms that tell them apart.",
                )
            )
    for form, passage in sorted(search.borne.items(), key=lambda item: item[0]):
        outcome.findings.append(
            Finding(
                "E-061",
                passage.block,
                f"`{form}` is a place of the register, and somebody bears the name in this entry; it was left",
                "encode it by hand where the place is meant.",
            )
        )
    return outcome
