"""The record of what rules decided, kept in the document itself, and what an editor made of it since.

Every element that a rule added says so (@resp, @cert); beside the text, in standOff, stands why: the rule, its
certainty, the evidence, the alternatives, and a fingerprint of the markup as it was written. Before rules work on a
document again their markup is withdrawn, so that they decide on the text and not on their own earlier opinion. What
differs from the record is an editor's word: changed markup is the editor's from then on, and markup that was taken
away is a rejection, kept as a ruling of the editor's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from lxml import etree

from pipeline.enrich import addresses
from pipeline.enrich.model import Ruling
from pipeline.passage import Passage, passages
from pipeline.tei import XML_ID, T, local
from pipeline.wrap import unwrap

_RULES: Final = re.compile(r"#auto\.(?!struct$)[\w.\-]+")
_SAID: Final = re.compile(
    r"(?P<name>\w+)(?: by (?P<rule>[^;]+))?; certainty (?P<certainty>[\d.]+)(?:; otherwise (?P<others>.*?))?"
    r"(?:; evidence: (?P<evidence>.*))?",
    re.DOTALL,
)
_REJECTED: Final = re.compile(r"no (\w+)")
_MOTIVES: Final = {
    **dict.fromkeys(("persName", "placeName", "orgName", "name", "rs", "bibl", "sp"), "identifying"),
    "ref": "linking",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What is recorded of decisions of one kind: the places are addresses, prints their markup's fingerprints."""

    rules: str
    name: str
    rule: str
    certainty: float
    value: str = ""
    alternatives: tuple[tuple[str, float], ...] = ()
    evidence: tuple[str, ...] = ()
    places: tuple[addresses.Address, ...] = ()
    prints: tuple[str, ...] = ()


@dataclass(slots=True)
class Withdrawn:
    """What came of withdrawing the rules' markup: the rulings that an editor made in the document itself."""

    rulings: list[Ruling] = field(default_factory=list)


def is_rules(element: etree._Element) -> bool:
    """Return whether an element says that rules of enrichment made it."""
    return bool(_RULES.fullmatch(element.get("resp", "")))


def fingerprint(element: etree._Element) -> str:
    """Return what tells whether markup is still as it was written: six figures of its digest, without the text."""

    def shape(one: etree._Element) -> str:
        attributes = ",".join(
            f"{key}={value}" for key, value in sorted(one.attrib.items()) if key not in ("resp", XML_ID)
        )
        # Breaks and notes are the text's own; so is what an editor wrote inside.
        inside = "".join(shape(child) for child in one if isinstance(child.tag, str) and is_rules(child))
        return f"<{local(one)} {attributes}>{inside}"

    return sha256(shape(element).encode()).hexdigest()[:6]


def blocks_of(root: etree._Element) -> dict[str, Passage]:
    """Return the passages of a document by the name of their block."""
    return {addresses.block_name(one.block): one for one in passages(root)}


def editor_of(root: etree._Element) -> str:
    """Return the pointer by which an editor's decisions say so; empty where the header names none with an id."""
    for element in root.iter(f"{T}editor", f"{T}respStmt"):
        own = element.get(XML_ID, "")
        if own and not own.startswith("auto."):
            return f"#{own}"
    return ""


# -- reading


def _of_rules(root: etree._Element) -> Iterator[tuple[etree._Element, Decided]]:
    """Yield the annotations in which rules of enrichment say what they decided."""
    for annotation in root.iter(f"{T}annotation"):
        statement = annotation.find(f"{T}respStmt")
        if statement is None or not is_rules(statement):
            continue
        said = _SAID.fullmatch(statement.findtext(f"{T}resp", ""))
        if said is None:
            continue
        ptr = annotation.find(f"{T}ptr")
        pointers = [addresses.parse(one) for one in annotation.get("target", "").split()]
        yield (
            annotation,
            Decided(
                statement.get("resp", "")[len("#auto.") :],
                said["name"],
                said["rule"] or "",
                float(said["certainty"]),
                ptr.get("target", "") if ptr is not None else "",
                tuple(_others(said["others"] or "")),
                tuple(filter(None, (said["evidence"] or "").split("; "))),
                tuple(one for one in pointers if one is not None),
                tuple(annotation.get("n", "").split()),
            ),
        )


def _others(text: str) -> Iterator[tuple[str, float]]:
    for one in filter(None, text.split(", ")):
        value, _, share = one.rpartition(" ")
        yield value, float(share)


def decisions(root: etree._Element) -> tuple[Decided, ...]:
    """Return what rules of enrichment decided in a document, as it is recorded there."""
    return tuple(decided for _, decided in _of_rules(root))


def withdraw(root: etree._Element) -> Withdrawn:
    """Take the rules' markup out of a document, in place; what an editor changed since it was written stays."""
    result = Withdrawn()
    recorded = list(_of_rules(root))
    blocks = blocks_of(root) if recorded else {}
    editor = editor_of(root)
    rejected: list[tuple[str, addresses.Address]] = []
    for annotation, decided in recorded:
        for number, where in enumerate(decided.places):
            print_ = decided.prints[min(number, len(decided.prints) - 1)] if decided.prints else ""
            if _judge(decided.name, where, print_, blocks, editor):
                rejected.append((decided.name, where))
        _remove(annotation)
    for element in [one for one in root.iter(etree.Element) if is_rules(one)]:
        if local(element) == "sp":
            for key in ("who", "cert", "resp"):
                element.attrib.pop(key, None)
        elif local(element) not in ("respStmt", "annotation"):
            unwrap(element)
    if rejected:
        _reject(root, rejected, editor)
    result.rulings += _rulings(root)
    return result


def _judge(name: str, where: addresses.Address, print_: str, blocks: dict[str, Passage], editor: str) -> bool:
    """See what became of one decision; return whether an editor took its markup away."""
    if name == "sp":
        return False
    found = addresses.find(where, blocks)
    if found is None:
        return False
    passage, start, end = found
    element = passage.around(start, end, name)
    if element is None:
        return True
    if is_rules(element) and print_ and fingerprint(element) != print_:
        _own(element, editor)
    return False


def _own(element: etree._Element, editor: str) -> None:
    """Let markup, and what rules put into it, be the editor's."""
    for one in element.iter(etree.Element):
        if is_rules(one):
            one.attrib.pop("cert", None)
            if editor:
                one.set("resp", editor)
            else:
                one.attrib.pop("resp")


def _remove(annotation: etree._Element) -> None:
    """Remove an annotation, and the list and the standOff that hold nothing else."""
    element: etree._Element | None = annotation
    while element is not None and (element is annotation or (not len(element) and local(element) != "TEI")):
        above = element.getparent()
        if above is not None:
            above.remove(element)
        element = above


def _reject(root: etree._Element, rejected: Iterable[tuple[str, addresses.Address]], editor: str) -> None:
    listing = annotations_of(root)
    for name, where in rejected:
        annotation = etree.SubElement(listing, f"{T}annotation", motivation="editing", target=str(where))
        statement = etree.SubElement(annotation, f"{T}respStmt")
        if editor:
            statement.set("resp", editor)
        etree.SubElement(statement, f"{T}resp").text = f"no {name}"
        etree.SubElement(statement, f"{T}name").text = "editor"


def _rulings(root: etree._Element) -> Iterator[Ruling]:
    """Yield the rejections that stand in a document: of a place, and where it is a name of that name in the entry."""
    for annotation in root.iter(f"{T}annotation"):
        statement = annotation.find(f"{T}respStmt")
        said = _REJECTED.fullmatch(statement.findtext(f"{T}resp", "")) if statement is not None else None
        if said is None:
            continue
        for pointer in annotation.get("target", "").split():
            if (where := addresses.parse(pointer)) is not None:
                own = root.get(XML_ID, "")
                yield Ruling(said[1], where.pattern, "", own, where.block, where.index)
                if _MOTIVES.get(said[1]) == "identifying":
                    yield Ruling(said[1], where.pattern, "", own)


# -- writing


def annotations_of(root: etree._Element) -> etree._Element:
    """Return the list of annotations of a document, made at its end where there is none."""
    stand_off = next(
        (one for one in root.iterchildren(f"{T}standOff") if one.find(f"{T}listAnnotation") is not None), None
    )
    if stand_off is None:
        stand_off = etree.SubElement(root, f"{T}standOff")
    listing = stand_off.find(f"{T}listAnnotation")
    if listing is None:
        listing = etree.SubElement(stand_off, f"{T}listAnnotation")
    return listing


def write(root: etree._Element, decided: Sequence[Decided]) -> None:
    """Record decisions in a document; those that differ in nothing but their place stand together."""
    if not decided:
        return
    groups: dict[Decided, list[Decided]] = {}
    for one in decided:
        key = Decided(one.rules, one.name, one.rule, one.certainty, one.value, one.alternatives, one.evidence)
        groups.setdefault(key, []).append(one)
    listing = annotations_of(root)
    for key, members in groups.items():
        places = [place for one in members for place in one.places]
        prints = [print_ for one in members for print_ in one.prints]
        annotation = etree.SubElement(listing, f"{T}annotation")
        if prints:
            annotation.set("n", prints[0] if len(set(prints)) == 1 else " ".join(prints))
        annotation.set("target", " ".join(map(str, places)))
        annotation.set("motivation", _MOTIVES.get(key.name, "classifying"))
        statement = etree.SubElement(annotation, f"{T}respStmt", resp=f"#auto.{key.rules}")
        said = f"{key.name} by {key.rule}; certainty {key.certainty:.2f}"
        if key.alternatives:
            said += "; otherwise " + ", ".join(f"{value} {share:.2f}" for value, share in key.alternatives)
        if key.evidence:
            said += "; evidence: " + "; ".join(key.evidence)
        etree.SubElement(statement, f"{T}resp").text = said
        etree.SubElement(statement, f"{T}name").text = "teipress"
        if key.value:
            etree.SubElement(annotation, f"{T}ptr", target=key.value)


def number(root: etree._Element) -> None:
    """Give the annotations that have no id one, the next that is free."""
    taken = {str(one) for one in root.xpath("//@xml:id")}
    at = 0
    for annotation in root.iter(f"{T}annotation"):
        if annotation.get(XML_ID) is None:
            at += 1
            while f"a{at}" in taken:
                at += 1
            annotation.set(XML_ID, f"a{at}")
