"""The run of the passes over one document: claims become markup, rulings are obeyed, no character changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from lxml import etree

from pipeline.enrich import addresses
from pipeline.enrich.model import (
    BEGINS,
    CONTINUED,
    Attribution,
    Claim,
    Entry,
    Finding,
    Outcome,
    Pass,
    Ruling,
    certainty_word,
)
from pipeline.enrich.record import Decided, editor_of, fingerprint, withdraw, write
from pipeline.enrich.stretches import Stretches
from pipeline.passage import Passage, passages
from pipeline.tei import XML_ID, T, fold, local, text_of
from pipeline.wrap import Mark

_NAMES: Final = frozenset("persName placeName orgName name rs geogName country region settlement district".split())
# The attribute that holds what was decided, by element.
VALUES: Final[Mapping[str, str]] = {
    "persName": "ref",
    "placeName": "ref",
    "orgName": "ref",
    "name": "ref",
    "rs": "ref",
    "bibl": "corresp",
    "ref": "target",
    "date": "when",
    "time": "when",
}
_TIMES: Final = frozenset({"date", "time"})
# Elements that hold text and nothing else.
_TEXT_ONLY: Final = frozenset({"ex", "idno"})


@dataclass(frozen=True, slots=True)
class Rules:
    """A set of rules: the name by which its markup says that it made it, what it does, and the pass itself."""

    name: str
    what: str
    apply: Pass


@dataclass(frozen=True, slots=True)
class Made:
    """A claim that has become markup."""

    rules: str
    claim: Claim
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Enriched:
    """A document after its passes. used are the rules that made something; findings name its elements."""

    root: etree._Element
    used: tuple[Rules, ...]
    findings: tuple[Finding, ...]
    made: tuple[Made, ...]


def enrich(root: etree._Element, rules: Sequence[Rules], entry: Entry) -> Enriched:
    """Return a copy of a document with the markup of rules in it; what was there stays, apart from their own of before.

    root is a TEI. A pass that changes a character is a defect of teipress: what it did is left out, and reported.
    """
    run = Run(root, entry)
    plain = text_of(_text(run.root))
    for one in rules:
        run.apply(one)
        if text_of(_text(run.root)) != plain:
            spared = enrich(root, [other for other in rules if other.name != one.name], entry)
            said = f"the rules for {one.what} changed the text; they were left out"
            return replace(spared, findings=(*spared.findings, Finding("E-090", spared.root, said, _DEFECT)))
    write(run.root, list(run.recorded()))
    used = tuple(one for one in rules if one.name in run.used)
    return Enriched(run.root, used, tuple(run.findings), tuple(run.made))


def copy_of(root: etree._Element) -> etree._Element:
    """Return a copy of a document, with its whole tree where it is the root."""
    tree = root.getroottree()
    # With the document what stands before its root is copied too: the schema that it names, its DOCTYPE.
    return deepcopy(tree).getroot() if tree.getroot() is root else deepcopy(root)


_DEFECT: Final = "this is a defect of teipress: please report it with the file."


def _text(root: etree._Element) -> etree._Element:
    text = root.find(f"{T}text")
    return text if text is not None else root


class Run:
    """A run over one document, pass by pass. root is a copy of it, read its passages as they stand now."""

    def __init__(self, root: etree._Element, entry: Entry) -> None:
        self.root = copy_of(root)
        self.entry = replace(entry, rulings=(*withdraw(self.root).rulings, *entry.rulings))
        self.editor = editor_of(self.root)
        self.read = list(passages(self.root))
        self.made: list[Made] = []
        self.attributed: list[tuple[str, Attribution]] = []
        self.findings: list[Finding] = []
        self.used: set[str] = set()

    def apply(self, rules: Rules) -> None:
        """Let one pass read the document and write what it claims."""
        read, before = tuple(self.read), len(self.made)
        outcome = rules.apply(read, self.entry)
        self.findings += outcome.findings
        claims: dict[int, list[Claim]] = {}
        for claim in self._ruled(read, outcome, rules):
            claims.setdefault(id(claim.passage), []).append(claim)
        for number, passage in enumerate(read):
            if id(passage) in claims:
                self._write(rules, passage, claims[id(passage)])
                self.read[number] = passage.again()
        self._join(self.made[before:])
        for one in outcome.attributions:
            if one.element.get(one.attribute) is None and not one.element.get("resp"):
                self._attribute(rules, one)

    def _join(self, made: Sequence[Made]) -> None:
        """Join the parts of what goes on over several blocks (a quotation) by @next and @prev."""
        parts = [one.element for one in made if one.claim.rule == CONTINUED]
        begins = [one.claim.value == BEGINS for one in made if one.claim.rule == CONTINUED]
        if not parts:
            return
        taken = {str(one) for one in self.root.xpath("//@xml:id")}
        free = (f"part{number}" for number in count(1) if f"part{number}" not in taken)
        for part, id_ in zip(parts, free, strict=False):
            part.set(XML_ID, id_)
        for part, following, new in zip(parts, parts[1:], begins[1:], strict=False):
            if not new:
                part.set("next", f"#{following.get(XML_ID)}")
                following.set("prev", f"#{part.get(XML_ID)}")

    def _attribute(self, rules: Rules, one: Attribution) -> None:
        label = one.element.find(f"{T}speaker")
        form = fold("".join(map(str, label.itertext()))) if label is not None else ""
        block = addresses.block_name(one.element)
        fit = [each for each in self.entry.rulings if each.kind == local(one.element) and each.form == form]
        fit = [each for each in fit if each.block in ("", block) and each.entry in ("", self.entry.id)]
        ruling = max(fit, key=_nearness, default=None)
        if ruling is None:
            for key, value in _decided(one.certainty, rules.name):
                one.element.set(key, value)
            self.attributed.append((rules.name, one))
            self.used.add(rules.name)
        elif ruling.value and self.editor:
            one.element.set("resp", self.editor)
        if ruling is None or ruling.value:
            one.element.set(one.attribute, ruling.value if ruling is not None and ruling.value != "yes" else one.value)

    # -- what editors ruled

    def _ruled(self, read: Sequence[Passage], outcome: Outcome, rules: Rules) -> Iterator[Claim]:
        for claim in outcome.claims:
            ruling = self._ruling(claim.passage, claim.start, claim.end, claim.name)
            if ruling is None:
                yield claim
            elif ruling.value:
                yield _as_ruled(claim, ruling)
        kinds = {claim.name for claim in outcome.claims} | _KINDS.get(rules.name, frozenset())
        claimed = {(id(claim.passage), claim.start, claim.end) for claim in outcome.claims}
        for ruling in self.entry.rulings:
            if ruling.value and ruling.kind in kinds:
                yield from self._wanted(read, ruling, claimed)

    def _ruling(self, passage: Passage, start: int, end: int, kind: str) -> Ruling | None:
        """Return the ruling on a stretch: the nearest that fits, this place before the entry before all."""
        if not self.entry.rulings:
            return None
        form = addresses.pattern_of(passage.text[start:end])
        fit = [
            one
            for one in self.entry.rulings
            if one.kind == kind and addresses.pattern_of(one.form) == form and one.entry in ("", self.entry.id)
        ]
        fit = [one for one in fit if not one.block or self._there(one, passage, start, end)]
        return max(fit, key=_nearness, default=None)

    def _there(self, ruling: Ruling, passage: Passage, start: int, end: int) -> bool:
        where = addresses.address(passage, start, end)
        return (where.block, where.index) == (ruling.block, ruling.index)

    def _wanted(self, read: Sequence[Passage], ruling: Ruling, claimed: set[tuple[int, int, int]]) -> Iterator[Claim]:
        """Yield the places where an editor wants markup that no rule claims."""
        pattern = addresses.pattern_of(ruling.form)
        for passage in read:
            name = addresses.block_name(passage.block)
            if ruling.block and name != ruling.block:
                continue
            for index, (start, end) in enumerate(addresses.stretches(pattern, passage.text), 1):
                if (ruling.block and index != ruling.index) or (id(passage), start, end) in claimed:
                    continue
                if not ruling.block and not _whole_words(passage.text, start, end):
                    continue
                if self._ruling(passage, start, end, ruling.kind) is ruling:
                    yield _as_ruled(Claim(passage, start, end, ruling.kind, "ruling", 1.0), ruling)

    # -- writing

    def _write(self, rules: Rules, passage: Passage, claims: list[Claim]) -> None:
        held = Stretches(passage)
        exactly = {(one.start, one.end, one.name) for one in passage.held}
        free = [one for one in claims if (one.start, one.end, one.name) not in exactly and not _is_taken(one, held)]
        by_mark: dict[int, Claim] = {}
        marks: list[Mark] = []
        for claim in _sorted(free):
            parts = [part for part in claim.parts if not _too_full(passage, part)]
            if claim.name == "expan" and parts != list(claim.parts):
                # Letters supplied around other markup cannot be told as such.
                self.findings.append(_cut(claim))
                continue
            mark = Mark(claim.start, claim.end, claim.name, self._attributes(claim, rules.name))
            by_mark[id(mark)] = claim
            marks.append(mark)
            marks += (
                replace(part, attributes=(*part.attributes, ("resp", self._resp(claim, rules.name)))) for part in parts
            )
        made, refused = passage.mark(marks)
        for mark, element in made:
            if (claim_made := by_mark.get(id(mark))) is not None:
                self.made.append(Made(rules.name, claim_made, element))
                self.used.add(rules.name)
        for mark in refused:
            if (claim_refused := by_mark.get(id(mark))) is not None:
                self.findings.append(_cut(claim_refused))

    def _resp(self, claim: Claim, rules: str) -> str:
        return (self.editor or "#auto." + rules) if claim.rule == "ruling" else f"#auto.{rules}"

    def _attributes(self, claim: Claim, rules: str) -> tuple[tuple[str, str], ...]:
        if claim.rule == "ruling":
            return (*claim.attributes, *((("resp", self.editor),) if self.editor else ()))
        return (*claim.attributes, *_decided(claim.certainty, rules))

    def recorded(self) -> Iterator[Decided]:
        """Yield what is to be recorded: every decision with the address of its place."""
        blocks = {id(one.block): addresses.Places(one) for one in self.read}
        for made in self.made:
            claim = made.claim
            if claim.rule == "ruling":
                continue
            yield Decided(
                made.rules,
                claim.name,
                claim.rule,
                round(claim.certainty, 2),
                made.element.get(VALUES[claim.name], "") if claim.name not in _TIMES and claim.name in VALUES else "",
                tuple((value, round(share, 2)) for value, share in claim.alternatives),
                claim.evidence,
                (blocks[id(claim.passage.block)].address(claim.start, claim.end),),
                (fingerprint(made.element),),
            )
        for rules, one in self.attributed:
            where = addresses.Address(addresses.block_name(one.element), "", 1)
            shares = tuple((value, round(share, 2)) for value, share in one.alternatives)
            yield Decided(
                rules, local(one.element), one.rule, round(one.certainty, 2), one.value, shares, one.evidence, (where,)
            )


# What a set of rules may mark though it claims none in a document: an editor can ask for it by a ruling.
_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "persons": frozenset({"persName"}),
    "names": frozenset({"placeName", "orgName", "name"}),
    "dates": frozenset({"date", "time"}),
    "citations": frozenset({"bibl"}),
    "references": frozenset({"ref"}),
}


def _nearness(ruling: Ruling) -> tuple[bool, bool]:
    """Return the order in which rulings hold: on this place before on the entry before on all."""
    return bool(ruling.block), bool(ruling.entry)


def _decided(certainty: float, rules: str) -> tuple[tuple[str, str], ...]:
    return (("cert", certainty_word(certainty)), ("resp", f"#auto.{rules}"))


def _whole_words(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum()


def _as_ruled(claim: Claim, ruling: Ruling) -> Claim:
    """Return a claim with what an editor ruled in place of what the rules hold."""
    attribute = VALUES.get(claim.name)
    kept = [
        (key, value) for key, value in claim.attributes if key not in (attribute, "evidence") and attribute is not None
    ]
    if attribute is not None and ruling.value != "yes":
        if claim.name in _TIMES:
            kept = [(key, value) for key, value in kept if key not in ("from", "to", "notBefore", "notAfter")]
        kept.insert(0, (attribute, ruling.value))
    else:
        kept = [(key, value) for key, value in claim.attributes if key != "evidence"]
    return replace(claim, rule="ruling", certainty=1.0, attributes=tuple(kept), value=ruling.value)


def _is_taken(claim: Claim, held: Stretches) -> bool:
    """Return whether markup of its kind stands where a claim is."""
    kinds = next((kinds for kinds in (_NAMES, _TIMES) if claim.name in kinds), None)
    return kinds is not None and held.touches(claim.start, claim.end, kinds)


def _too_full(passage: Passage, part: Mark) -> bool:
    """Return whether a part that may hold text alone would hold an element."""
    if part.name not in _TEXT_ONLY:
        return False
    inside = (one for one in passage.held if one.start < part.end and part.start < one.end)
    # What stands around the part, or takes just its place, stays outside it.
    held = any(one.start > part.start or one.end < part.end for one in inside)
    return held or any(part.start < at < part.end for at, _ in passage.atoms)


def _sorted(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda one: (one.start, -one.end))


def _cut(claim: Claim) -> Finding:
    return Finding(
        "E-091",
        claim.passage.block,
        f"`{claim.form}` is a {claim.name} that other markup cuts through; it was not encoded",
        "encode it by hand, or move the other markup.",
    )
