"""The questions of an entry: what rules decided in it and could not, and what editors have ruled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from pipeline.enrich import addresses
from pipeline.enrich.model import HIGH, Ruling
from pipeline.enrich.record import Decided, decisions, fingerprint, is_rules
from pipeline.enrich.run import VALUES
from pipeline.review.reading import Place, Reading
from pipeline.tei import XML_ID, T, local, text_of

GROUPS: Final = {
    **dict.fromkeys(("persName", "rs", "sp"), "person"),
    "placeName": "place",
    **dict.fromkeys(("orgName", "name"), "organisation"),
    **dict.fromkeys(("date", "time"), "date"),
    "bibl": "citation",
    "ref": "reference",
}
# Elements that mean nothing yet where they have no address.
_MEANING: Final = frozenset(("persName", "placeName", "orgName", "name", "ref"))
_SHARE: Final = {"high": 0.95, "medium": 0.8, "low": 0.5}
_STRUCTURE: Final = re.compile(
    r"(?P<role>[\w -]+); certainty (?P<certainty>[\d.]+)(?:; otherwise (?P<others>.*?))?(?:; evidence: (?P<why>.*))?",
    re.DOTALL,
)
_DATES: Final = ("when", "from", "to", "notBefore", "notAfter")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what is known of it.

    group is the kind of thing (`person`, `structure`); name the element's; state is `rules` (rules decided), `hand`
    (an editor has been at it since), `structure`, `page` or `ruling`. form, block and index are those of a ruling on
    this place; line is the line of the entry's file.
    """

    group: str
    name: str
    state: str
    certainty: float
    form: str = ""
    pattern: str = ""
    block: str = ""
    index: int = 0
    value: str = ""
    rule: str = ""
    others: tuple[tuple[str, float], ...] = ()
    evidence: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    line: int = 0
    note: str = ""

    @property
    def unresolved(self) -> bool:
        """Return whether rules found something and could not say what it means."""
        return self.state == "rules" and self.name in _MEANING and not self.value

    @property
    def open(self) -> bool:
        """Return whether an editor should look at it."""
        return self.state in ("rules", "structure", "page") and (self.certainty < HIGH or self.unresolved)

    def told(self) -> dict[str, Any]:
        """Return the question as the page reads it, without its places."""
        told: dict[str, Any] = {
            "g": self.group,
            "n": self.name,
            "st": self.state,
            "c": round(self.certainty, 2),
            "f": self.form,
            "p": self.pattern,
            "b": self.block,
            "i": self.index,
            "v": self.value,
            "r": self.rule,
            "o": [[value, round(share, 2)] for value, share in self.others],
            "e": list(self.evidence),
            "x": [list(pair) for pair in self.attributes],
            "y": [list(pair) for pair in self.parts],
            "ln": self.line,
            "no": self.note,
            "u": int(self.unresolved),
        }
        return {key: value for key, value in told.items() if value or key == "c"}


def group_of(name: str) -> str:
    """Return the kind of thing that an element of a name is."""
    return GROUPS.get(name, "mark")


def questions(root: etree._Element, reading: Reading, rulings: Sequence[Ruling], entry: str) -> tuple[Question, ...]:
    """Return the questions of an entry: those of rules by rising certainty, then structure and pages, then rulings."""
    of_rules = sorted(_decided(root, reading), key=_rank)
    structure = sorted((*_structure(root, reading), *_breaks(reading)), key=_rank)
    return (*of_rules, *structure, *_ruled(root, reading, rulings, entry))


def _rank(one: Question) -> tuple[bool, bool, float, int, int]:
    place = one.place or Place(-1)
    return one.state == "hand", not one.unresolved, one.certainty, place.item, place.start


# -- what rules decided


def _decided(root: etree._Element, reading: Reading) -> Iterator[Question]:
    for decided in decisions(root):
        for number, where in enumerate(decided.places):
            found = addresses.find(where, reading.blocks)
            if found is None or decided.name == "sp":
                continue
            passage, start, end = found
            element = passage.around(start, end, decided.name)
            one = replace(
                _base(decided),
                form=passage.text[start:end],
                pattern=where.pattern,
                block=where.block,
                index=where.index,
                place=reading.place_in(passage, start, end),
                line=_line(passage.block),
            )
            yield _as_it_is(one, element, decided, number)
    yield from _speakers(root, reading)


def _base(decided: Decided) -> Question:
    return Question(
        group_of(decided.name),
        decided.name,
        "rules",
        decided.certainty,
        value=decided.value,
        rule=f"{decided.rules}: {decided.rule}" if decided.rule else decided.rules,
        others=decided.alternatives,
        evidence=decided.evidence,
    )


def _as_it_is(one: Question, element: etree._Element | None, decided: Decided, number: int) -> Question:
    """Return a question with what the markup itself says now."""
    if element is None:
        return replace(one, state="hand", value="", note="An editor took this markup away: it is kept as a rejection.")
    print_ = decided.prints[min(number, len(decided.prints) - 1)] if decided.prints else ""
    attribute = VALUES.get(one.name, "")
    value = element.get(attribute, "") if attribute else ""
    attributes = tuple(
        (key, text) for key in (*_DATES, "type", "subtype") if key != attribute and (text := element.get(key))
    )
    parts = tuple(
        (_field(part), _held(part))
        for part in element.iterdescendants(etree.Element)
        if is_rules(part) and one.name == "bibl"
    )
    told = replace(one, value=value, attributes=attributes, parts=parts)
    if not is_rules(element) or (print_ and fingerprint(element) != print_):
        return replace(told, state="hand", note="Changed by hand since: it is the editor's.")
    return told


def _field(part: etree._Element) -> str:
    """Return what a part of a citation is: `title m`, `citedRange page`."""
    told = (local(part), part.get("unit") or part.get("level") or part.get("type") or "")
    return " ".join(filter(None, told))


def _held(part: etree._Element) -> str:
    """Return what a part of a citation says, and what it is taken to mean where that is more."""
    text = text_of(part)
    start, end = part.get("from", ""), part.get("to", "")
    meant = part.get("when") or part.get("n") or (start if start == end else f"{start} to {end}")
    return f"{text} ({meant})" if meant and meant != text else text


def _speakers(root: etree._Element, reading: Reading) -> Iterator[Question]:
    """Yield the speakers that rules named; such a decision is changed in the TEI itself."""
    recorded = {one.value: one for one in decisions(root) if one.name == "sp"}
    for element in root.iter(f"{T}sp"):
        who = element.get("who", "")
        if not is_rules(element) or not who:
            continue
        base = _base(recorded[who]) if who in recorded else Question("person", "sp", "rules", _of_word(element))
        speaker = element.find(f"{T}speaker")
        held = speaker if speaker is not None else element
        yield replace(
            base,
            value=who,
            form=text_of(held),
            place=reading.place_of(held),
            line=_line(element),
            note="Who speaks is changed in the TEI itself: sp/@who.",
        )


def _of_word(element: etree._Element) -> float:
    return _SHARE.get(element.get("cert", ""), 0.95)


def _line(element: etree._Element) -> int:
    return element.sourceline or 0


# -- structure and pages


def _structure(root: etree._Element, reading: Reading) -> Iterator[Question]:
    by_id: dict[str, etree._Element] = {one.get(XML_ID, ""): one for one in reading.text.iter(etree.Element)}
    for annotation in root.iter(f"{T}annotation"):
        statement = annotation.find(f"{T}respStmt")
        if statement is None or statement.get("resp") != "#auto.struct":
            continue
        said = _STRUCTURE.fullmatch(statement.findtext(f"{T}resp", ""))
        element = by_id.get(annotation.get("target", "")[1:])
        if said is None or element is None:
            continue
        yield Question(
            "structure",
            local(element),
            "structure",
            min(1.0, float(said["certainty"])),
            form=_first_words(element),
            value=said["role"],
            others=tuple(_shares(said["others"] or "")),
            evidence=tuple(filter(None, (said["why"] or "").split("; "))),
            rule="structure",
            place=reading.place_of(element),
            line=_line(element),
        )


def _first_words(element: etree._Element) -> str:
    if local(element) == "pb":
        return f"page {element.get('n', '')}"
    text = text_of(element)
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _shares(text: str) -> Iterator[tuple[str, float]]:
    for one in text.split(", "):
        value, _, share = one.rpartition(" ")
        if re.fullmatch(r"[\d.]+", share) and value:
            yield value, float(share)


def _breaks(reading: Reading) -> Iterator[Question]:
    """Yield the page breaks of doubt: out of order, caught in a line, or inferred."""
    first = True
    for element in reading.text.iter(f"{T}pb"):
        began, first = first, False
        cert = element.get("cert")
        if cert is None or element.get("resp") != "#auto.struct":
            continue
        told = {
            "low": "Out of the order of the pages, or of doubt: kept where the source has it.",
            "medium": "The page on which the entry begins: inferred from the next."
            if began
            else "A number caught inside a line of text.",
        }
        yield Question(
            "structure",
            "pb",
            "page",
            _SHARE.get(cert, 0.8),
            form=f"page {element.get('n', '')}",
            value=element.get("n", ""),
            rule="pages",
            evidence=(told.get(cert, ""),) if told.get(cert) else (),
            place=reading.place_of(element),
            line=_line(element),
        )


# -- what editors ruled

_FILE: Final = "registers/rulings.json"


def _ruled(root: etree._Element, reading: Reading, rulings: Iterable[Ruling], entry: str) -> Iterator[Question]:
    own = [one for one in rulings if one.entry in ("", entry)]
    everything = " ".join(one.text for one in reading.items if one.passage is not None)
    for one in own:
        if not one.entry and one.form not in everything:
            continue
        place = _place(one, reading)
        yield _ruling(one, place, reading, _FILE)
    for annotation in root.iter(f"{T}annotation"):
        statement = annotation.find(f"{T}respStmt")
        said = re.fullmatch(r"no (\w+)", statement.findtext(f"{T}resp", "")) if statement is not None else None
        for pointer in annotation.get("target", "").split() if said is not None else ():
            if (where := addresses.parse(pointer)) is None:
                continue
            ruling = Ruling(said[1] if said else "", where.pattern, "", entry, where.block, where.index)
            yield _ruling(ruling, _place(ruling, reading), reading, "the TEI itself")


def _place(ruling: Ruling, reading: Reading) -> Place | None:
    pattern = addresses.pattern_of(ruling.form)
    blocks = [ruling.block] if ruling.block else list(reading.blocks)
    for block in blocks:
        found = addresses.find(addresses.Address(block, pattern, max(1, ruling.index)), reading.blocks)
        if found is not None:
            return reading.place_in(*found)
    return None


def _ruling(ruling: Ruling, place: Place | None, reading: Reading, where: str) -> Question:
    # What stands in the TEI itself has the form as an address holds it.
    dotted = where != _FILE and place is not None
    form = reading.items[place.item].text[place.start : place.end] if dotted and place is not None else ruling.form
    gone = "" if place is not None else " The words are no longer in the entry."
    return Question(
        group_of(ruling.kind),
        ruling.kind,
        "ruling",
        1.0,
        form=form,
        pattern=addresses.pattern_of(ruling.form),
        block=ruling.block,
        index=ruling.index,
        value=ruling.value,
        rule=where,
        note=("everywhere" if not ruling.entry else "place" if ruling.block else "entry") + "." + gone,
        place=place,
    )
