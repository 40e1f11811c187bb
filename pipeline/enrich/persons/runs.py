"""Runs: capitals, initials, titles and particles that stand side by side and may be the name of somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.enrich.persons.tokens import Kind, Token, tokens
from pipeline.enrich.words import Words, is_cyrillic, words, world
from pipeline.passage import Passage
from pipeline.tei import local

# What stands in these has been decided already, or is no running text.
TAKEN: Final = frozenset(
    "bibl biblStruct title persName placeName orgName geogName name rs date time idno author editor publisher pubPlace "
    "formula country region settlement district".split()
)
_SPACES: Final = frozenset({" ", "\xa0", "\u202f", "\u2009"})
# More than so many titles, or so many parts, is a list and no name.
_MOST: Final = 8


@dataclass(slots=True)
class Read:
    """A passage with its tokens; free says of each token whether it may be a part of a new name.

    number is the place of the passage in the document; shouted says that the passage is written in capitals.
    """

    passage: Passage
    number: int
    lexicon: Words
    language: str
    tokens: list[Token]
    free: list[bool]
    notes: Mapping[int, etree._Element]
    shouted: bool = False

    def token(self, at: int) -> Token | None:
        """Return a token; None outside the passage."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def word(self, at: int) -> str:
        """Return a word folded; empty for a sign, a number, and outside the passage."""
        return self.tokens[at].fold if 0 <= at < len(self.tokens) else ""

    def adjacent(self, at: int) -> bool:
        """Return whether nothing but a space stands between a token and the one before it."""
        if not 0 < at < len(self.tokens):
            return False
        left, right = self.tokens[at - 1], self.tokens[at]
        between = self.passage.text[left.end : right.start]
        return between in _SPACES or (between == "" and (left.kind is Kind.INITIAL or left.plain[-1:] in "’'"))


def read_passage(passage: Passage, number: int, language: str) -> Read:
    """Return a passage as names are sought in it; language is the one that it is in."""
    lexicon = words(language)
    found = tokens(passage.text, lexicon)
    taken = bytearray(len(passage.text))
    for held in passage.of(*TAKEN):
        taken[held.start : held.end] = b"\1" * (held.end - held.start)
    free = [taken.find(1, token.start, token.end) < 0 for token in found]
    notes = {at: element for at, element in passage.atoms if local(element) == "note"}
    letters = [mark for mark in passage.text if mark.isalpha()]
    shouted = sum(mark.isupper() for mark in letters) * 2 > len(letters)
    return Read(passage, number, lexicon, language, found, free, notes, shouted)


@dataclass(slots=True)
class Run:
    """Tokens that may be a name, by their places: titles, then names and initials. last is the one after the run."""

    first: int
    last: int
    titles: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    linked: bool = False


def title_word(token: Token) -> str:
    """Return a word as titles are known: Russian ones without their ending, for they are inflected."""
    return token.key if is_cyrillic(token.fold) else token.fold


class Runs:
    """Finds the runs of a passage."""

    def __init__(self, read: Read) -> None:
        self.read, self.tokens, self.lexicon = read, read.tokens, read.lexicon
        self.world = world()

    def run(self, at: int) -> Run | None:
        """Return the run that begins at a token; None where none does."""
        first = at
        titles: list[int] = []
        while len(titles) < _MOST and (after := self._title(at)):
            titles.append(at)
            at = after
        lead = self._lead(at, titles)
        if lead < 0:
            return None
        run = Run(first, at, titles)
        run.last = self._parts(run, lead)
        if run.parts:
            return run
        return self._lone_title(run) if titles else None

    def _lone_title(self, run: Run) -> Run | None:
        """Return a run of a title that stands where a name does: `Mr Bishop` makes of `Bishop` a name."""
        last = run.titles[-1]
        if self.tokens[last].kind is not Kind.CAPITAL:
            return None
        return Run(run.first, last + 1, run.titles[:-1], [last])

    # -- titles

    def _title(self, at: int) -> int:
        """Return the token after a title that stands at a token; 0 where none does."""
        token = self.read.token(at)
        if token is None or not token.is_word or not self.read.free[at] or token.owner:
            return 0
        after = at + 1
        title = title_word(token)
        if token.fold in self.world.before_titles and self.read.word(after) in self.lexicon.titles:
            return after if self.read.adjacent(after) and token.kind is Kind.CAPITAL else 0
        if title not in self.lexicon.titles or token.kind is Kind.INITIAL:
            return 0
        if token.kind is Kind.CAPITAL and len(token.plain) == 1:
            return 0
        if token.kind is Kind.LOWER:
            if title not in self.lexicon.own_titles:
                return 0
            stop = self.read.token(after)
            short = self.read.language == "de" or len(token.plain) < 3
            if short and (stop is None or stop.plain != "."):
                return 0
            if stop is not None and stop.plain == "." and len(token.plain) <= 5 and stop.start == token.end:
                after += 1
        if not self._spaced(after) or self._of_ones_own(at, token):
            return 0
        return after

    def _spaced(self, at: int) -> bool:
        return self.read.adjacent(at) or (
            0 < at < len(self.tokens) and self.tokens[at - 1].plain == "." and self._gap(at) in _SPACES
        )

    def _gap(self, at: int) -> str:
        return self.read.passage.text[self.tokens[at - 1].end : self.tokens[at].start]

    def _of_ones_own(self, at: int, token: Token) -> bool:
        """Return whether a title is a kinsman of the writer's: `mein Bruder August`, `my cousin Paul`."""
        if token.fold not in self.lexicon.kin or (token.kind is Kind.CAPITAL and self.read.language != "de"):
            return False
        before = self.read.word(at - 1)
        return before in self.lexicon.possessives or before in self.lexicon.articles

    def _lead(self, at: int, titles: Sequence[int]) -> int:
        """Return where the names of a run begin, after particles; -1 where the run is no name."""
        if self.read.word(at) == "of":
            # `Duke of …`: a noble title takes a place for a name; `Bishop of …` is an office.
            noble = bool(titles) and self.tokens[titles[-1]].fold in self.world.noble
            return at + 1 if noble and self.is_name(at + 1) else -1
        lead = self._particles(at)
        if lead == at:
            return at
        if titles and self.read.word(at) in _SECOND and self.read.language != "fr":
            return -1
        if not titles:
            return lead if self._may_lead(at) and self.is_name(lead) else -1
        title = self.tokens[titles[-1]]
        # `ministre des Finances`, `König von Preußen`: an office and what it is over.
        office = title.fold in self.lexicon.stately
        own = self._is_preposition(at)
        if own and (office or self._is_place(lead) or self.read.word(at) == "des"):
            return -1
        return lead

    def _is_place(self, at: int) -> bool:
        word = self.read.word(at)
        return word in self.world.countries or word in self.world.cities

    def _may_lead(self, at: int) -> bool:
        """Return whether a particle may be the first word of a name: not where it is a word of the language."""
        word = self.read.word(at)
        barred = {"en": ("la", "le", "den", "der", "des", "zu", "zur"), "ru": ()}.get(self.read.language)
        return barred is not None and word not in barred

    def _is_preposition(self, at: int) -> bool:
        word = self.read.word(at)
        return {
            "fr": word in ("de", "du", "des", "d’"),
            "de": word in ("von", "vom", "zu", "zum", "zur"),
            "en": False,
            "ru": False,
        }.get(self.read.language, True)

    def _particles(self, at: int) -> int:
        """Return the token after the particles that stand at a token."""
        start = at
        while at < len(self.tokens) and at - start < 3 and self.read.free[at]:
            token = self.tokens[at]
            if token.plain == "v" and at + 1 < len(self.tokens) and self.tokens[at + 1].plain == ".":
                at += 2
                continue
            if token.kind is not Kind.LOWER or token.fold not in self.lexicon.particles or token.fold == "of":
                break
            at += 1
        return at

    # -- names

    def is_name(self, at: int) -> bool:
        """Return whether a token has the form of a name or initial, and is no word that is known for another."""
        token = self.read.token(at)
        if token is None or not self.read.free[at]:
            return False
        return token.kind is Kind.INITIAL or (token.kind is Kind.CAPITAL and not self._excluded(at))

    def _excluded(self, at: int) -> bool:
        token = self.tokens[at]
        folded = token.fold
        if folded in self.world.demonyms or all(part in self.world.demonyms for part in folded.split("-")):
            return True
        if folded in self.world.weekdays or folded.removesuffix("s") in self.world.weekdays:
            return True
        if folded in self.world.months:
            beside = (self.read.token(at - 1), self.read.token(at + 1))
            return (
                any(one is not None and one.kind is Kind.NUMBER for one in beside)
                or self.read.word(at - 1) in _OF_MONTHS
            )
        if folded.endswith(("-là", "-la", "-ci")):
            return True
        if folded in self.lexicon.functions:
            return token.opens or token.key not in self.world.given
        return False

    def _parts(self, run: Run, at: int) -> int:
        """Add names, initials and what links them to a run; return the token after it."""
        last = at
        bracket = -1
        while at < len(self.tokens) and len(run.parts) < _MOST:
            token = self.tokens[at]
            if bracket >= 0 and at == bracket:
                bracket = -1
                at = last = at + 1
                continue
            if run.parts and bracket < 0 and token.plain == "[":
                bracket = self._bracket(at)
                if bracket < 0:
                    break
                at += 1
                continue
            opened = self.tokens[at - 1].plain in "[]" if at else False
            if run.parts and not opened and not self.read.adjacent(at):
                break
            if self.is_name(at) or self._is_name_here(run, at):
                if run.parts and self._begins_another(at):
                    break
                run.parts.append(at)
                at += 1
                last = at if bracket < 0 else last
                if token.owner:
                    break
                continue
            linked = self._link(run, at)
            if not linked:
                break
            run.linked = True
            at = linked
        if bracket >= 0:
            run.parts = [part for part in run.parts if part < last]
        return last

    def _is_name_here(self, run: Run, at: int) -> bool:
        """Return whether a word that is mostly another is a name after a title or given name: `Sir John French`."""
        token = self.tokens[at]
        if token.kind is not Kind.CAPITAL or not self.read.free[at] or token.fold in self.lexicon.functions:
            return False
        if token.fold in self.world.months or token.fold in self.world.weekdays:
            return bool(run.titles) or self._after_given(run)
        if run.titles and not run.parts and self.tokens[run.titles[-1]].fold in _CIVIL:
            return not self.is_name(at + 1)
        return self._after_given(run) and not self.is_name(at + 1)

    def _after_given(self, run: Run) -> bool:
        if not run.parts or self.tokens[run.parts[-1]].owner:
            return False
        before = self.tokens[run.parts[-1]]
        return (
            before.kind is Kind.INITIAL
            or (before.key in self.world.given and not before.opens)
            or (before.key in self.world.given and bool(run.titles))
        )

    def _begins_another(self, at: int) -> bool:
        """Return whether a title within a run begins another name: `… Ned Captain Stone`."""
        token = self.tokens[at]
        if token.kind is Kind.INITIAL or token.key in self.world.given or not self._title(at):
            return False
        return self.is_name(at + 1) and self.read.adjacent(at + 1)

    def _bracket(self, at: int) -> int:
        """Return the token that closes a bracket with nothing but names in it; -1 where it holds other things."""
        for one in range(at + 1, min(at + 5, len(self.tokens))):
            if self.tokens[one].plain == "]":
                return one if one > at + 1 else -1
            if not self.is_name(one):
                return -1
        return -1

    def _link(self, run: Run, at: int) -> int:
        """Return the token after particles between two parts of a name; 0 where none link."""
        if not run.parts or self.tokens[run.parts[-1]].owner or run.parts[-1] != at - 1:
            return 0
        lead = self.tokens[at - 1]
        fore = lead.kind is Kind.INITIAL or lead.key in self.world.given
        word = self.read.word(at)
        if word == "of":
            # `1st Viscount Runciman of Doxford`
            if run.titles and self.read.word(run.first - 1) in ("st", "nd", "rd", "th") and self.is_name(at + 1):
                return at + 1
            known = len(run.parts) == 1 and lead.key in self.world.given
            return at + 1 if known and self.is_name(at + 1) and self.read.adjacent(at + 1) else 0
        after = self._particles(at)
        if after == at or not self.is_name(after):
            return 0
        if word in _SECOND and not (fore and self.read.language == "fr"):
            return 0
        if word in ("zu", "zum", "zur", "vom") and not run.titles:
            return 0
        if self._is_preposition(at) and not (fore or (run.titles and self.read.language == "de")):
            # `Estournelles de …`: a name of two; in French only, and of nothing that is known for a place.
            head = lead.opens and not (self.read.passage.note is not None and self.read.tokens[0] is lead)
            if self.read.language != "fr" or head or self._is_place(after) or self._is_head(lead):
                return 0
        elif not fore and not run.titles and (self._is_head(lead) or self._is_place(after)):
            return 0
        return after

    def _is_head(self, token: Token) -> bool:
        word = token.fold
        return word in self.world.heads or word in self.world.heads_before or word in self.lexicon.common


# After these a people's name is a family's: `Mr French`.
_CIVIL: Final = frozenset("mr mrs miss ms m mme mlle herr frau fräulein dr sir lady lord".split())
# Particles that only follow another: `von der`, `de la`.
_SECOND: Final = frozenset("der den des le la les l’".split())
_OF_MONTHS: Final = frozenset(
    "early late mid since until in début fin mi ende anfang mitte seit bis im von в с до".split()
)
