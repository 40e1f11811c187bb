"""Which names of an entry are persons': the evidence of all places where a name stands, weighed together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.enrich.model import Entry
from pipeline.enrich.persons import lives
from pipeline.enrich.persons.entry_words import author_names, languages, lowered_words, marked_names, plain_name_of
from pipeline.enrich.persons.families import families
from pipeline.enrich.persons.mentions import Finder, Mention, Trust
from pipeline.enrich.persons.name_model import OTHER, PERSON, NameModel
from pipeline.enrich.persons.naming import Name, agree
from pipeline.enrich.persons.person import Life
from pipeline.enrich.persons.runs import Read, read_passage
from pipeline.enrich.persons.tokens import Kind
from pipeline.enrich.persons.weighing import AGAINST, FOR, THRESHOLD
from pipeline.enrich.words import fold, world
from pipeline.passage import Passage
from pipeline.tei import local

# Evidence that holds for one place only; the rest is shared by all places of a name.
_OWN: Final = frozenset(
    (
        "head of an institution|article|article before a full name|place before|common word|calendar|before a number|"
        "after of, from, to|of an office|beside a place|after a possessive|adjective before a noun|stands free|"
        "between names"
    ).split("|")
)
# What makes the first word of a sentence a name although it is a common word too.
_SPEAKS: Final = frozenset(
    "with the writer|verb of speaking|verb of people|state of people|kin of|owns|possessive|who|office after|"
    "life in a note|beside a person|marked by an editor|full form in the register".split("|")
)
# What shows that a common word is a name in another place.
_ELSEWHERE: Final = frozenset(
    "capital in mid-sentence|title before|title-like word before|given name before|initials before|initial before|"
    "life in a note|in the register|full form in the register|marked by an editor".split("|")
)
_ROUNDS: Final = 3
_OF_LETTERS: Final = frozenset(
    "plan point company battery section class type vol vols volume no nos number book act scene part letter page p pp "
    "figure fig table lat long latitude longitude appendix annex platoon squadron line row grade vitamin key bd band "
    "teil tome livre partie том часть".split()
)
_LATER: Final = frozenset("as later afterwards subsequently created became from future then".split())
_PLACED: Final = frozenset({"place before", "town", "country or river"})
_AND: Final = frozenset("and & und et и y or oder ou или".split())
_TO: Final = frozenset("to an à к ко".split())


@dataclass(slots=True)
class Told:
    """A note about a person: the mention at its head, that at which it stands, and the life that it tells, if any."""

    head: Mention
    anchor: Mention | None
    life: Life


@dataclass(slots=True)
class Found:
    """The mentions of an entry that are decided: names, initials that may stand for names, families as groups."""

    reads: list[Read]
    names: list[Mention]
    letters: list[Mention]
    families: list[Mention]
    scores: dict[int, float]
    told: list[Told]
    marked: dict[str, str] = field(default_factory=dict)


def _ask(model: NameModel, mentions: Iterable[Mention]) -> None:
    """Let a model speak for and against mentions."""
    by_passage: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_passage.setdefault(mention.number, []).append(mention)
    for there in by_passage.values():
        named = sorted(model.names(there[0].passage.text))
        for mention in there:
            at = bisect_left(named, (mention.start,))
            # The name that begins within the mention, or the one before it that reaches into it.
            for start, end, label in named[max(0, at - 1) : at + 2]:
                if start < mention.end and mention.start < end:
                    if label in PERSON:
                        mention.evidence["named by a model"] = 1.0
                    elif label in OTHER:
                        mention.evidence["no person to a model"] = 1.0


class Decision:
    """Weighs the mentions of one entry."""

    def __init__(self, passages: Sequence[Passage], entry: Entry, trust: Trust, model: NameModel | None = None) -> None:
        self.entry, self.trust = entry, trust
        spoken = languages(passages, entry)
        reads = [read_passage(passage, number, spoken[number]) for number, passage in enumerate(passages)]
        self.reads = reads
        self.by_number = {read.number: read for read in reads}
        self.lowered = lowered_words(reads)
        found = [mention for read in reads for mention in self._mentions(read)]
        if model is not None:
            _ask(model, found)
        self.letters = [one for one in found if one.name.letter and not self._is_no_letter(one)]
        self.names = [one for one in found if not one.name.letter]
        self.after = {id(one): two for one, two in pairwise(self.names)}
        self.marked = marked_names(passages, entry)
        self.pool: dict[str, dict[str, float]] = {}
        self.authors = author_names(entry)

    def _mentions(self, read: Read) -> list[Mention]:
        found = Finder(read, self.trust, self.lowered).mentions()
        if local(read.passage.block) == "speaker":
            for mention in found:
                mention.speaker = True
                mention.evidence["verb of speaking"] = 1.0
        return found

    def _is_gentleman(self, mention: Mention) -> bool:
        """Return whether `M.` stands for a title, as in `M. le préfet`."""
        read = self.by_number[mention.number]
        after = read.word(mention.last)
        return read.language == "fr" and mention.name.letter == "m" and after in ("le", "la", "l’", "de", "du", "d’")

    def _is_no_letter(self, mention: Mention) -> bool:
        """Return whether a letter is a point of the compass, a page's or a volume's sign, a numeral after a name."""
        read = self.by_number[mention.number]
        before, after = read.token(mention.first - 1), read.token(mention.last)
        if mention.name.titles:
            return False
        if mention.passage.text[mention.start - 1 : mention.start] == "." and not mention.name.fore:
            return True
        if self._is_gentleman(mention):
            return True
        if after is not None and after.kind is Kind.NUMBER:
            return True
        if before is None:
            return False
        if before.plain == "." and read.word(mention.first - 2) in _OF_LETTERS:
            return True
        if before.plain == "." and read.tokens[mention.first - 2].kind is Kind.LOWER and mention.first > 1:
            # `z. B.`, `d. i. S.`: a part of an abbreviation.
            return len(read.tokens[mention.first - 2].plain) < 2
        if before.kind is Kind.NUMBER or before.plain in "′°″%№/":
            return True
        # `plan B.`, `Company C.`; `told B.` is another thing.
        return before.fold in _OF_LETTERS or (before.kind is Kind.CAPITAL and not before.opens and not before.owner)

    def found(self) -> Found:
        """Return the mentions that are persons'."""
        self._without_genitives()
        told = self._told()
        self._letters_between()
        self._beside_places()
        for mention in self.names:
            self._share(mention, mention.evidence)
        self._determined()
        for form in self.marked:
            name = plain_name_of(form)
            if name.family or name.fore:
                self._pool(name.family or name.fore[0])["marked by an editor"] = 1.0
        for name in self.authors:
            if name.family:
                self._pool(name.family)["author"] = 1.0
        self._without_bare_titles()
        accepted = self._accepted()
        for mention in accepted:
            if mention.name.family and mention.name.fore and len(mention.name.fore[0]) > 1:
                self._pool(mention.name.fore[0])["given name of one named in full"] = 1.0
        accepted = self._accepted()
        for _ in range(_ROUNDS):
            if not self._beside(accepted):
                break
            accepted = self._accepted()
        groups = families(self.names, accepted, self.by_number, self.trust, self.lowered)
        taken = {id(one) for one in groups}
        names = [one for one in accepted if id(one) not in taken and self.marked.get(fold(one.form), "?") != ""]
        letters = [one for one in self.letters if self.marked.get(fold(one.form), "?") != ""]
        scores = {id(one): self._score(one) for one in names}
        return Found(self.reads, names, letters, groups, scores, told, self.marked)

    # -- evidence

    def _pool(self, core: str) -> dict[str, float]:
        return self.pool.setdefault(core, {})

    def _share(self, mention: Mention, evidence: Mapping[str, float]) -> None:
        pool = self._pool(mention.core)
        for kind, value in evidence.items():
            if kind not in _OWN:
                pool[kind] = max(value, pool.get(kind, 0.0))

    def _score(self, mention: Mention) -> float:
        pool = self._pool(mention.core)
        kinds = {kind: value for kind, value in mention.evidence.items() if kind in _OWN}
        if mention.attached:
            # What makes a bare word doubtful says nothing of `Dr Word`.
            kinds |= {kind: value for kind, value in pool.items() if kind in FOR or kind in mention.evidence}
            kinds.pop("after of, from, to", None)
        else:
            kinds |= pool
        if mention.opens and not mention.attached and not self._speaks(mention):
            if "common word" in mention.evidence:
                # The first word of a sentence has its capital anyway.
                return AGAINST["first word, common"]
        elif mention.opens and "common word" in kinds and pool.keys() & _ELSEWHERE:
            kinds["common word"] = 0.5
            if "head of an institution" in kinds:
                # `Green objected`, after `Parsons and Green`.
                kinds["head of an institution"] = 0.1
        if "kin before" in mention.evidence:
            kinds.pop("calendar", None)
        if any(
            kind in kinds
            for kind in ("title before", "given name before", "life in a note", "full form in the register")
        ):
            for kind in (
                "common word",
                "head of an institution",
                "bare title",
                "calendar",
                "town",
                "noun's ending",
            ):
                kinds.pop(kind, None)
        if "life in a note" in kinds:
            kinds.pop("article elsewhere", None)
        return sum(value * (FOR.get(kind) or AGAINST[kind]) for kind, value in kinds.items())

    @staticmethod
    def _speaks(mention: Mention) -> bool:
        """Return whether what stands around a common word that begins a sentence makes a name of it."""
        kinds = _SPEAKS & mention.evidence.keys()
        return bool(kinds - {"verb of people"}) or mention.evidence.get("first word, before a verb", 0.0) >= 1.0

    def _accepted(self) -> list[Mention]:
        return [one for one in self.names if self._score(one) >= THRESHOLD]

    # -- what several mentions say of one another

    def _without_genitives(self) -> None:
        """Take the German genitive ending off names that stand without it elsewhere."""
        reads = self.by_number
        languages = {read.number: read.language for read in self.reads}
        cores = {one.core for one in self.names}
        for mention in self.names:
            core = mention.core
            if (
                languages[mention.number] != "de"
                or mention.article in ("die", "den")
                or not core.endswith("s")
                or len(core) < 4
                or not mention.name.family
            ):
                continue
            stem = core[:-1]
            read = reads[mention.number]
            owned = read.word(mention.last) in read.lexicon.owned | read.lexicon.kin
            if owned or stem in cores or (self.trust.of_family(stem) and not self.trust.of_family(core)):
                name = mention.name
                mention.name = Name(name.titles, name.fore, stem, name.peer, gender=name.gender)
                mention.core = stem
                mention.end -= 1
                mention.evidence["possessive"] = 1.0
                if owned:
                    mention.evidence["owns"] = 1.0

    def _without_bare_titles(self) -> None:
        """Leave out titles that stand alone (`the late Emperor`), where nobody bears the word as a name."""
        borne = {one.core for one in self.names if one.attached}
        self.names = [
            one
            for one in self.names
            if not one.evidence.keys() & {"bare title"}
            or one.attached
            or one.core in borne
            or "full form in the register" in one.evidence
        ]

    def _determined(self) -> None:
        """Weigh German nouns that stand with an article too: they are no names."""
        for mention in self.names:
            if mention.article and not mention.attached and self.by_number[mention.number].language == "de":
                self._pool(mention.core)["article elsewhere"] = 1.0

    def _told(self) -> list[Told]:
        """Find the notes that tell a life, and let them speak for the names that they stand at."""
        anchored = {id(one.note): one for one in (*self.names, *self.letters) if one.note is not None}
        heads: dict[int, Mention] = {}
        for mention in self.names:
            if mention.start == 0 and mention.passage.note is not None:
                heads.setdefault(id(mention.passage.note), mention)
        lexicons = {read.number: read.lexicon for read in self.reads}
        told: list[Told] = []
        for note, head in heads.items():
            life = lives.tell(head.passage.text, head.end, lexicons[head.number])
            anchor = anchored.get(note)
            if anchor is not None and not self._fits(anchor, head):
                second = self._second(head)
                if second is not None and self._fits(anchor, second):
                    told.append(Told(head, second, Life()))
                elif life is None or not life.birth + life.death or not head.name.full or not self._touches(anchor):
                    anchor = None
            if anchor is None and (life is None or not head.attached):
                continue
            told.append(Told(head, anchor, life or Life()))
            told += (Told(head, one, Life()) for one in self._later(head))
            if life is not None:
                head.evidence["life in a note"] = 1.0
                if anchor is not None:
                    anchor.evidence["life in a note"] = 1.0
        return told

    def _later(self, head: Mention) -> Iterator[Mention]:
        """Yield the later titles of a peer in a note on a life: `…, secretary, 1916–38; later Lord Hankey`."""
        mention = self.after.get(id(head))
        while mention is not None and mention.number == head.number:
            read = self.by_number[mention.number]
            titled = bool(mention.name.titles) and mention.name.titles[0] in world().spouses
            if titled and read.word(mention.first - 1) in _LATER:
                yield mention
            mention = self.after.get(id(mention))

    def _touches(self, mention: Mention) -> bool:
        """Return whether a mention's note stands directly at its end: then it is of that person, whatever the name."""
        if mention.name.titles:
            return False
        return self.by_number[mention.number].notes.get(mention.end) is mention.note

    def _second(self, head: Mention) -> Mention | None:
        """Return the title of a peer or spouse that follows a name: `Venetia Hale, Lady Thornley from 1909`."""
        mention = self.after.get(id(head))
        if mention is None or mention.number != head.number:
            return None
        between = head.passage.text[head.end : mention.start]
        titled = bool(mention.name.titles) and mention.name.titles[0] in world().spouses
        return mention if between == ", " and titled else None

    @staticmethod
    def _fits(anchor: Mention, head: Mention) -> bool:
        if anchor.name.gender and head.name.gender and anchor.name.gender != head.name.gender:
            return False
        return agree(anchor.name, head.name) or bool(
            {anchor.name.family, anchor.core} & {head.name.family, head.name.peer} - {""}
        )

    def _letters_between(self) -> None:
        """Weigh `… to …` in notes: who writes to whom."""
        for left, right in pairwise(self.names):
            if left.number != right.number or not left.in_note:
                continue
            between = left.passage.text[left.end : right.start].strip()
            if between in _TO and not right.evidence.get("article"):
                left.evidence["letter from one to another"] = right.evidence["letter from one to another"] = 1.0
                right.evidence.pop("after of, from, to", None)

    def _beside_places(self) -> None:
        """Weigh names that stand beside a place: `at Penrith and Wick`."""
        for left, right in pairwise(self.names):
            if left.number != right.number:
                continue
            between = left.passage.text[left.end : right.start].strip()
            if between in _AND:
                for one, other in ((left, right), (right, left)):
                    if one.evidence.keys() & _PLACED and not other.attached:
                        other.evidence["beside a place"] = 1.0

    def _beside(self, accepted: Sequence[Mention]) -> bool:
        """Let a name speak for one beside it: `A and B`, `A, B`; return whether that is new of any."""
        sure = {id(one) for one in accepted}
        new = False
        for left, right in pairwise(self.names):
            if left.number != right.number or (id(left) in sure) == (id(right) in sure):
                continue
            between = left.passage.text[left.end : right.start].strip()
            if between in _AND or between == ",":
                other = right if id(left) in sure else left
                weight = 1.0 if between in _AND else 0.5
                if self._pool(other.core).get("beside a person", 0.0) < weight:
                    self._share(other, {"beside a person": weight})
                    new = True
        return new
