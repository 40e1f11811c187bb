"""Persons: who is named in an entry, and whom the register knows of that name.

Two steps: `survey` tells whom an entry names and the register lacks, so that proposals can be made for a whole edition;
`persons` then says for every place who it is, or between whom it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from pipeline.enrich.model import Attribution, Claim, Entry, Finding, Outcome
from pipeline.enrich.persons.cluster import Cluster
from pipeline.enrich.persons.clusters import Clustering, Clusters
from pipeline.enrich.persons.deciding import Decision, Found
from pipeline.enrich.persons.entry_words import author_names
from pipeline.enrich.persons.identity import Identity, identify
from pipeline.enrich.persons.mentions import Mention, Trust
from pipeline.enrich.persons.name_model import NameModel
from pipeline.enrich.persons.people import People, Sighting
from pipeline.enrich.persons.person import Person
from pipeline.enrich.persons.weighing import FOR, certainty
from pipeline.enrich.stretches import Stretches, shown
from pipeline.enrich.words import fold, is_cyrillic, words
from pipeline.passage import Passage
from pipeline.tei import local

_INTERNAL: Final = ("evidence", "internal")
_DAY_ID: Final = re.compile(r"d(\d{4}-\d\d-\d\d[a-z]?)")


def survey(
    passages: Sequence[Passage], entry: Entry, people: People, model: NameModel | None = None
) -> tuple[Sighting, ...]:
    """Return whom the entry names and no editor's record is, proposals that it names again included."""
    found = Decision(passages, entry, Trust(people, proposals=False), model).found()
    clusters = Clustering(found, entry).clusters()
    place = place_of(entry)
    sightings = []
    all_ = list(clusters.all)
    if not any(one.author for one in all_) and _speaks(passages, entry):
        all_.append(Cluster(list(author_names(entry)), author=True))
    for cluster in all_:
        if not cluster.names:
            continue
        identity = identify(cluster, found, entry, people)
        if identity.alternatives or (identity.person is not None and not identity.person.proposed):
            continue
        sighting = _sighting(cluster, identity.person, found, entry, place)
        if sighting is not None:
            sightings.append(sighting)
    return tuple(sorted(set(sightings)))


def _speaks(passages: Sequence[Passage], entry: Entry) -> bool:
    """Return whether the writer is one of the speakers: `I:` in a diary."""
    return entry.diary and any(local(one.block) == "speaker" and is_writer(one, entry.language) for one in passages)


def is_writer(speaker: Passage, language: str) -> bool:
    """Return whether the label of a speech is the writer's: `I:`, `Ich:`."""
    language = (speaker.language or language).split("-", 1)[0].casefold()
    return fold(speaker.text.rstrip(" .:")) in words(language).first_person


def place_of(entry: Entry) -> str:
    """Return the address of an entry: `entry:1934-12-13`; empty where it has no id."""
    found = _DAY_ID.fullmatch(entry.id)
    return f"entry:{found[1]}" if found else f"entry:{entry.id}" if entry.id else ""


def written(mention: Mention) -> str:
    """Return the form of a mention without the brackets of what editors supplied."""
    return re.sub(r"[\[\]\xad]", "", mention.form).replace("\xa0", " ")


def _shorter(form: str) -> int:
    """Return 1 where the shorter form is the nominative, as in Russian; -1 where the longer one is the fuller."""
    return 1 if is_cyrillic(form) else -1


def _sighting(cluster: Cluster, person: Person | None, found: Found, entry: Entry, place: str) -> Sighting | None:
    forms: dict[str, tuple[int, ...]] = {}
    heads = {id(one.head) for one in found.told}
    for mention in cluster.mentions:
        if mention.name.letter and not mention.name.family:
            continue
        weight = (
            *(-part for part in mention.name.weight),
            id(mention) not in heads,
            len(mention.form) * _shorter(mention.form),
        )
        form = written(mention)
        forms[form] = min(weight, forms.get(form, weight))
    listed = sorted(forms, key=lambda form: (forms[form], form))
    if cluster.author:
        listed = [entry.author, *listed]
    if not listed:
        return None
    sure = max((certainty(found.scores.get(id(one), 0.0)) for one in cluster.mentions), default=0.95)
    life = cluster.life
    return Sighting(
        tuple(listed), place, life.birth, life.death, life.active, life.offices, person.id if person else "",
        round(0.95 if cluster.author else sure, 2),
    )  # fmt: skip


def persons(passages: Sequence[Passage], entry: Entry, people: People, model: NameModel | None = None) -> Outcome:
    """Return the persons named in the passages, and what stays open; names inside markup that names already stay.

    model is a named-entity model that the user has installed: one more source of evidence.
    """
    return _Pass(passages, entry, people, model).outcome()


class _Pass:
    def __init__(self, passages: Sequence[Passage], entry: Entry, people: People, model: NameModel | None) -> None:
        self.passages, self.entry, self.people = passages, entry, people
        self.found: Found = Decision(passages, entry, Trust(people, place=place_of(entry)), model).found()
        self.clusters: Clusters = Clustering(self.found, entry).clusters()
        self.result = Outcome()
        self.numbers = {id(passage): number for number, passage in enumerate(passages)}
        self.spoken = {id(one.passage): one for one in (*self.found.letters, *self.found.names) if one.speaker}
        self.told: set[tuple[str, str]] = set()
        self.stretches: dict[int, Stretches] = {}
        self.identities = {id(one): identify(one, self.found, entry, people) for one in self.clusters.all}

    def outcome(self) -> Outcome:
        """Decide on everything that was found."""
        for mention in self.found.names:
            if not mention.speaker:
                self._name(mention)
        for mention in self.found.letters:
            if not mention.speaker:
                self._letter(mention)
        for mention in self.found.families:
            self._claim(
                mention, Claim(mention.passage, mention.start, mention.end, "rs", "family", 0.9, (("type", "family"),))
            )
        self._speakers()
        self.result.claims.sort(key=lambda one: (self.numbers[id(one.passage)], one.start))
        return self.result

    def _claim(self, mention: Mention, claim: Claim) -> None:
        place = id(mention.passage)
        if place not in self.stretches:
            self.stretches[place] = Stretches(mention.passage)
        if not self.stretches[place].cuts(mention.start, mention.end):
            self.result.claims.append(claim)

    def _of(self, mention: Mention) -> Identity:
        cluster = self.clusters.of.get(id(mention))
        if cluster is not None:
            return self.identities[id(cluster)]
        among = self.clusters.open.get(id(mention), ())
        known = [self.identities[id(one)].person for one in among if id(one) in self.identities]
        persons_ = tuple({one.id: one for one in known if one is not None}.values())
        if len(persons_) == 1 and len(among) == len(known):
            return Identity(persons_[0], (), 0.9, "name", "all of that name are one")
        return Identity(None, persons_, 0.0, "open", "several of that name in the entry")

    def _name(self, mention: Mention) -> None:
        sure = certainty(self.found.scores[id(mention)])
        identity = self._of(mention)
        if identity.person is None:
            self._open(mention, identity, sure)
            return
        person = identity.person
        attributes: tuple[tuple[str, str], ...] = (("ref", person.ref),)
        rule = identity.rule
        if self._by_context(mention, person):
            attributes = (*attributes, _INTERNAL)
        others = self._shares(identity.alternatives, person)
        self._claim(
            mention,
            Claim(
                mention.passage, mention.start, mention.end, "persName", rule, round(min(sure, identity.certainty), 2),
                attributes, person.ref, (*_reasons(mention), identity.evidence), others,
            ),
        )  # fmt: skip

    def _by_context(self, mention: Mention, person: Person) -> bool:
        """Return whether only the entry tells who is meant: the name alone would leave it open."""
        name = mention.name
        if name.full:
            return False
        if not name.family:
            return len(self.people.of_given(name.fore[0])) != 1 if name.fore else True
        return len(self.people.of_family(name.family)) > 1 or not any(name.family == one.family for one in person.names)

    @staticmethod
    def _shares(persons_: Sequence[Person], chosen: Person | None) -> tuple[tuple[str, float], ...]:
        others = [one for one in persons_ if chosen is None or one.id != chosen.id]
        share = round((1.0 if chosen is None else 0.3) / len(others), 2) if others else 0.0
        return tuple((one.ref, share) for one in sorted(others, key=lambda one: one.id))

    def _open(self, mention: Mention, identity: Identity, sure: float) -> None:
        others = self._shares(identity.alternatives, None)
        level = round(min(sure, 0.5), 2)
        self._claim(
            mention,
            Claim(
                mention.passage, mention.start, mention.end, "persName", identity.rule or "name", level, (), "",
                _reasons(mention), others,
            ),
        )  # fmt: skip
        form = shown(mention.form)
        if others:
            refs = " or ".join(ref for ref, _ in others)
            self._tell(
                "E-040", mention, f"`{form}` may be {refs}", "rule on it in the TEI (@ref) or by `teipress review`."
            )
        else:
            self._tell("E-042", mention, f"`{form}` is a person whom no record is", "add a record, or take a proposal.")

    def _tell(self, code: str, mention: Mention, message: str, hint: str) -> None:
        if (code, message) not in self.told:
            self.told.add((code, message))
            self.result.findings.append(Finding(code, mention.passage.block, message, hint))

    # -- initials and speakers

    def _letter(self, mention: Mention) -> None:
        identity = self._letter_identity(mention)
        if identity is None:
            return
        if identity.person is not None:
            person = identity.person
            self._claim(
                mention,
                Claim(
                    mention.passage, mention.start, mention.end, "persName", "initial", identity.certainty,
                    (("ref", person.ref), _INTERNAL), person.ref, (identity.evidence,),
                    self._shares(identity.alternatives, person),
                ),
            )  # fmt: skip
            return
        others = self._shares(identity.alternatives, None)
        if not others:
            return
        self._claim(
            mention,
            Claim(
                mention.passage, mention.start, mention.end, "persName", "initial", 0.4, (), "",
                (identity.evidence,), others,
            ),
        )  # fmt: skip
        refs = " or ".join(ref for ref, _ in others)
        self._tell(
            "E-041",
            mention,
            f"`{shown(mention.form)}` may stand for {refs}",
            "rule on it in the TEI (@ref) or by `teipress review`.",
        )

    def _letter_identity(self, mention: Mention) -> Identity | None:
        cluster = self.clusters.of.get(id(mention))
        if cluster is not None:
            found = self.identities[id(cluster)]
            if found.person is None:
                return None
            full = next((written(one) for one in cluster.mentions if not one.name.letter), found.person.main)
            return Identity(found.person, (), 0.92, "initial", f"stands for {full}, named in the entry")
        among = self.clusters.open.get(id(mention), ())
        persons_ = {one.id: one for each in among if (one := self.identities[id(each)].person) is not None}
        if len(persons_) > 1:
            return Identity(None, tuple(persons_.values()), 0.0, "initial", "several in the entry begin so")
        name = mention.name
        known = self.people.of_letter(" ".join((*name.titles, *name.fore, name.letter)))
        known = tuple(one for one in known if not one.proposed or name.fore)
        if among:
            return None
        if not known and len(name.titles) == 1 and not name.fore:
            known = self.people.of_titled(name.titles[0], name.letter)
            if len(known) != 1:
                return None
            return Identity(known[0], (), 0.7, "initial", f"the only {name.titles[0]} of this initial in the register")
        if not known:
            return None
        if len(known) == 1:
            return Identity(known[0], (), 0.75, "initial", "the register has this initial of one person")
        return Identity(None, known, 0.0, "initial", "the register has this initial of several")

    def _speakers(self) -> None:
        """Say of speeches who speaks: the writer, or whom the label names."""
        for passage in self.passages:
            speech = passage.block.getparent()
            if local(passage.block) != "speaker" or speech is None or speech.get("who"):
                continue
            mention = self.spoken.get(id(passage))
            if is_writer(passage, self.entry.language):
                self._writer(speech)
            elif mention is not None:
                self._speaker(speech, mention)

    def _writer(self, speech: etree._Element) -> None:
        if not self.entry.diary:
            return
        person = self.people.person(self.entry.author_ref) if self.entry.author_ref else self._author()
        ref = person.ref if person is not None else self.entry.author_ref
        if ref:
            self.result.attributions.append(
                Attribution(speech, "who", ref, "writer", 0.97, ("in a diary `I` is the diarist",))
            )

    def _author(self) -> Person | None:
        cluster = Cluster(list(author_names(self.entry)), author=True)
        return identify(cluster, self.found, self.entry, self.people).person if cluster.names else None

    def _speaker(self, speech: etree._Element, mention: Mention) -> None:
        identity = self._letter_identity(mention) if mention.name.letter else self._of(mention)
        if identity is None or identity.person is None:
            others = self._shares(identity.alternatives, None) if identity is not None else ()
            between = " or ".join(ref for ref, _ in others) or "nobody whom the entry names"
            self._tell("E-043", mention, f"`{shown(mention.passage.text)}` speaks: {between}", "give sp/@who by hand.")
            return
        self.result.attributions.append(
            Attribution(speech, "who", identity.person.ref, "speaker", identity.certainty, (identity.evidence,))
        )


def _reasons(mention: Mention) -> tuple[str, ...]:
    return tuple(sorted(kind for kind in mention.evidence if kind in FOR))[:4]
