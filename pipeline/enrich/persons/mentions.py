"""Stretches of a passage that may be names of persons: found by their form, with what speaks for and against each.

Nothing is decided here: `weighing` says what the evidence weighs, and a name is decided over the whole entry
(`deciding`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.enrich.persons.context import around
from pipeline.enrich.persons.inner import inner_evidence, is_of_something, name_of, trimmed
from pipeline.enrich.persons.naming import Name, with_peer
from pipeline.enrich.persons.person import People, Person
from pipeline.enrich.persons.runs import Read, Run, Runs
from pipeline.enrich.persons.surroundings import Context
from pipeline.enrich.persons.tokens import Kind
from pipeline.enrich.words import world
from pipeline.passage import Passage
from pipeline.tei import local

# Between an article and the name of a family: `the two Townshends`.
_COUNTS: Final = frozenset("two both three other young old beiden zwei deux trois".split())
# Suffixes that are written small too, with a full stop.
_SMALL: Final = frozenset("bart bt esq jun jr sen sr".split())
# English titles that take no article: after one they are a ship's, or an inn's.
_WITHOUT_ARTICLE: Final = frozenset("lord lady sir mr mrs miss captain dr".split())
# A form of the register is of so many words at most.
_LONGEST: Final = 12


@dataclass(slots=True)
class Mention:
    """A stretch that may name a person.

    first and last are its tokens (last not included); name what it is taken apart into; core the key under which its
    evidence is shared; evidence is by kind; note is a note that stands at its end. attached says that something
    before the family name (a title, a given name) belongs to it; article is the article before it; speaker says that
    it is the label of a speech.
    """

    passage: Passage
    number: int
    start: int
    end: int
    first: int
    last: int
    name: Name
    core: str
    evidence: dict[str, float] = field(default_factory=dict)
    attached: bool = False
    note: etree._Element | None = None
    opens: bool = False
    article: str = ""
    speaker: bool = False

    @property
    def form(self) -> str:
        """Return the words as they stand."""
        return self.passage.text[self.start : self.end]

    @property
    def in_note(self) -> bool:
        """Return whether the mention is the editors', in a note or commentary."""
        return self.passage.note is not None or self.passage.commentary


@dataclass(frozen=True, slots=True)
class Trust:
    """What of the register is evidence: the editors' records, and proposals that were met in other entries too.

    place is the address of the entry at hand; with proposals unset none of them speaks, so that what an entry is
    found to hold does not depend on what was proposed before.
    """

    people: People
    proposals: bool = True
    place: str = ""

    def of_form(self, keys: tuple[str, ...]) -> float:
        """Return how much the register speaks for a form being a person's, from 0 to 1."""
        return self._of(self.people.of_form(keys)) if self.people.has_form(keys) else 0.0

    def of_family(self, family: str) -> float:
        """Return how much the register speaks for a family name being one, from 0 to 1."""
        return self._of(self.people.of_family(family)) if self.people.has_family(family) else 0.0

    def _of(self, persons: tuple[Person, ...]) -> float:
        if any(not one.proposed for one in persons):
            return 1.0
        if not self.proposals:
            return 0.0
        elsewhere = [one for one in persons if set(one.found) - {self.place} and one.certainty >= 0.7]
        return 0.7 if elsewhere else 0.0


class Finder:
    """Finds the mentions of a passage."""

    def __init__(self, read: Read, trust: Trust, lowered: frozenset[str]) -> None:
        self.read, self.trust, self.lowered = read, trust, lowered
        self.tokens, self.text, self.lexicon = read.tokens, read.passage.text, read.lexicon
        self.runs = Runs(read)
        self.context = Context(read.tokens, self.text, read.lexicon, read.language, lowered)

    def mentions(self) -> list[Mention]:
        """Return what may be a mention, in order; none overlaps another."""
        found: list[Mention] = []
        at = 0
        while at < len(self.tokens):
            if not self.read.free[at] or not self.tokens[at].is_word:
                at += 1
                continue
            run = self.runs.run(at)
            mention = self._known(at, run)
            if mention is None and run is not None:
                mention = self._mention(run)
            if mention is not None:
                found.append(mention)
            at = max(at + 1, run.last if run is not None else 0, mention.last if mention is not None else 0)
        return self._joined(found)

    # -- forms of the register

    def _known(self, at: int, run: Run | None) -> Mention | None:
        """Return the longest form of the register, of two words at least, that stands at a token."""
        most = min(self.trust.people.longest(self.tokens[at].key), _LONGEST)
        if most < 2:
            return None
        end = min(len(self.tokens), at + 2 * most)
        spoken = [one for one in range(at, end) if self.tokens[one].plain not in ("[", "]")]
        for count in range(min(most, len(spoken)), 1, -1):
            chosen = spoken[:count]
            if not all(self.read.free[one] for one in chosen) or chosen[-1] - at + 1 - count > 2:
                continue
            weight = self.trust.of_form(tuple(self.tokens[one].key for one in chosen))
            if not weight or (run is not None and run.last > chosen[-1] + 2):
                continue
            mention = self._of_form(chosen)
            if mention is not None:
                mention.evidence["full form in the register"] = weight
                mention.evidence.pop("article", None)
                mention.evidence.pop("bare title", None)
                return mention
        return None

    def _of_form(self, chosen: list[int]) -> Mention | None:
        lead = self.tokens[chosen[0]]
        if lead.kind is not Kind.INITIAL and lead.fold in self.lexicon.articles:
            chosen = chosen[1:]
        titles = 0
        while titles < len(chosen) - 1 and self.tokens[chosen[titles]].fold in self.lexicon.titles:
            titles += 1
        parts = [one for one in chosen[titles:] if self.tokens[one].kind in (Kind.CAPITAL, Kind.INITIAL)]
        if not parts:
            return None
        last = chosen[-1] + 1
        after, before = self.read.token(last), self.read.token(chosen[-1] - 1)
        if after is not None and before is not None and after.plain == "]" and before.plain == "[":
            last += 1
        return self._made(Run(chosen[0], last, chosen[:titles], parts))

    # -- runs

    def _mention(self, run: Run) -> Mention | None:
        kept = trimmed(self.read, run, self.lowered)
        if kept is None or is_of_something(self.read, kept):
            return None
        return self._made(kept)

    def _made(self, run: Run) -> Mention | None:
        name = name_of(self.read, run)
        if name is None or not (name.family or name.fore or name.letter):
            return None
        if (
            name.letter
            and self.tokens[run.parts[-1]].kind is not Kind.INITIAL
            and local(self.read.passage.block) != "speaker"
        ):
            return None
        start, end = self.tokens[run.first].start, self.tokens[run.last - 1].end
        core = name.family or ("" if name.letter else name.fore[0])
        mention = Mention(
            self.read.passage, self.read.number, start, end, run.first, run.last, name, core,
            opens=self.tokens[run.first].opens,
        )  # fmt: skip
        mention.attached = bool(name.titles or (name.fore and (name.family or len(name.fore) > 1)))
        mention.note = self._note(end)
        before = self.read.word(run.first - 1)
        mention.article = before if before in self.lexicon.articles else ""
        if before in _COUNTS:
            earlier = self.read.word(run.first - 2)
            mention.article = earlier if earlier in self.lexicon.articles else before if before == "both" else ""
        evidence = inner_evidence(self.read, run, name, self.lowered)
        weight = (
            self.trust.of_family(name.family)
            if name.family
            else self.trust.of_form((name.fore[0],))
            if name.fore
            else 0
        )
        if weight:
            evidence["in the register"] = weight
        evidence.update(around(self.context, run.first, run.last, attached=mention.attached))
        named = not name.titles or name.titles[0] in _WITHOUT_ARTICLE
        if mention.attached and named and before == "the" and not self.context.attributive(run.last):
            evidence["article before a full name"] = 1.0
        mention.evidence = evidence
        return mention

    def _note(self, end: int) -> etree._Element | None:
        """Return the note that stands at the end of a name, or after a possessive ending, comma or bracket there."""
        if not self.read.notes:
            return None
        after = self.text[end : end + 3]
        reach = 0
        if after[:1] in ("’", "'", "ʼ"):
            reach = 2 if after[1:2] == "s" else 1
        elif after[:1] == "s":
            reach = 1
        if after[reach : reach + 1] in (",", ";", ".", ":", ")", "]", "»", "”"):
            reach += 1
        return next((self.read.notes[at] for at in range(end, end + reach + 1) if at in self.read.notes), None)

    # -- names that stand in two parts

    def _joined(self, found: list[Mention]) -> list[Mention]:
        """Return the mentions with peers' titles and suffixes joined to the names that they follow."""
        joined: list[Mention] = []
        for mention in found:
            if joined and mention.start < joined[-1].end:
                continue
            self._suffix(mention)
            before = joined[-1] if joined else None
            if before is not None and self._is_peerage(before, mention):
                before.name = with_peer(before.name, mention.name)
                before.core = before.name.family
                before.end, before.last, before.note = mention.end, mention.last, mention.note
                before.attached = True
                before.evidence["title before"] = 1.0
                continue
            joined.append(mention)
        return joined

    def _is_peerage(self, before: Mention, mention: Mention) -> bool:
        """Return whether a name is a peer's or spouse's title of the one before: `Augusta, Lady Marsh`."""
        if not mention.name.titles or mention.name.titles[0] not in world().spouses or not before.name.fore:
            return False
        between = self.text[before.end : mention.start]
        if not between.startswith(", ") or len(between) > 7:
            return False
        ordinal = between[2:].strip()
        if ordinal and not (ordinal[:-2].isdigit() and ordinal[-2:] in ("st", "nd", "rd", "th")):
            return False
        after = self.text[mention.end : mention.end + 2]
        if after and after[0] not in ",;.:)" and after != " (":
            return False
        return before.start == 0 or (not before.name.family and not before.name.titles) or bool(ordinal)

    def _suffix(self, mention: Mention) -> None:
        """Take `, Bart.` and `Jr.` into a mention."""
        at = mention.last
        token = self.read.token(at)
        if token is None or not (mention.name.titles or mention.name.fore):
            return
        if token.plain == "," and token.start == mention.end:
            at += 1
            token = self.read.token(at)
        if token is None or not token.is_word or not self.read.free[at]:
            return
        stop = self.read.token(at + 1)
        small = token.kind is Kind.LOWER and token.fold in _SMALL and stop is not None and stop.plain == "."
        if token.kind is Kind.LOWER and not small:
            return
        if token.fold in self.lexicon.suffixes and self.text[self.tokens[at - 1].end : token.start] == " ":
            mention.end, mention.last = token.end + small, at + 1 + small
