"""A capture → the TEI of its entry, proved against the source. Pure: the same capture gives the same bytes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from os.path import relpath
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline import ledger
from pipeline.body import SURE, Counts, Side, encode
from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, Severity, diagnostic
from pipeline.enrich.edition import Known, enrich_document
from pipeline.enrich.findings import told
from pipeline.header import E, header, page_sequences
from pipeline.ledger import Fate
from pipeline.model import Capture, Pane, Pattern
from pipeline.pages import Pages, read_pages
from pipeline.segment import Decision, Role, Setting, segment
from pipeline.store import seal
from pipeline.tei import XML_ID, XML_LANG, T, parse, serialise

# Fewer paragraphs and notes than twice this tell nothing about an entry.
_FEW: Final = 6
# Which sequence of page numbers the page lines of a side belong to.
_EDITIONS: Final = {"translation": "print", "transcription": "original"}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one capture: the bytes of its TEI (None where it could not be proved), and the figures.

    characters and accounted count the characters of the entry's sides; fates says how many were kept,
    normalised, moved and dropped, encoded how many elements of each name rules of enrichment made.
    """

    id: str
    document: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    counts: Counts
    characters: int
    accounted: int
    fates: dict[str, int]
    encoded: dict[str, int] = field(default_factory=dict)


def author_names(author: str) -> frozenset[str]:
    """Return the family names by which editors speak of a writer: `Surname, Forename (Alias)` has two."""
    family, _, rest = author.partition(",")
    names = [*family.split(), *" ".join(re.findall(r"\(([^)]*)\)", rest or author)).split()]
    if not rest:
        names = names[-1:]
    return frozenset(name.strip("()") for name in names if len(name) > 3 and name[:1].isupper())


def _brackets(decisions: tuple[Decision, ...], name: str) -> list[Diagnostic]:
    """Return the square brackets that do not close or do not open, text and notes each by themselves."""
    found = []
    for notes in (False, True):
        open_: list[tuple[int, int]] = []
        for decision in decisions:
            if (decision.role in (Role.NOTE, Role.NOTE_CONTINUATION)) is not notes:
                continue
            if decision.role is Role.NOTE:
                found += _unclosed(open_, name)
                open_ = []
            for column, mark in enumerate(decision.line.text, 1):
                if mark == "[":
                    open_.append((decision.line.number, column))
                elif mark == "]":
                    if open_:
                        open_.pop()
                    else:
                        found.append(
                            diagnostic(
                                "C-020",
                                name,
                                decision.line.number,
                                "`]` without a `[` before it",
                                "see the page: open the bracket in the source, or correct the TEI. The text was kept.",
                                column,
                            )
                        )
        found += _unclosed(open_, name)
    return found


def _unclosed(open_: list[tuple[int, int]], name: str) -> list[Diagnostic]:
    return [
        diagnostic(
            "C-020",
            name,
            line,
            "`[` is not closed",
            "look at the page: close the bracket in the source, or correct the TEI. The text was kept.",
            column,
        )
        for line, column in open_
    ]


def _code(pane: Pane, others: list[Pane]) -> str:
    """Return the prefix of a side's ids: its language, or the side's name where two have one language."""
    same = any(other is not pane and other.language == pane.language for other in others)
    return pane.side if same else pane.language


def _align(sides: list[Side], name: str) -> list[Diagnostic]:
    """Point the two sides of an entry at each other, and their blocks where they run parallel."""
    if len(sides) != 2:
        return []
    first, second = (side.div for side in sides)
    first.set("corresp", f"#{second.get(XML_ID)}")
    second.set("corresp", f"#{first.get(XML_ID)}")
    blocks = [[child for child in div if child.tag in (f"{T}p", f"{T}sp", f"{T}note")] for div in (first, second)]
    if [one.tag for one in blocks[0]] != [one.tag for one in blocks[1]]:
        counts = " and ".join(str(len(one)) for one in blocks)
        return [
            diagnostic(
                "C-026",
                name,
                None,
                f"translation and transcription have {counts} blocks (paragraphs, "
                "speeches, commentary) that do not match one by one",
                "see which was parted differently; align them in the TEI by @corresp.",
            )
        ]
    for one, other in zip(*blocks, strict=True):
        one.set("corresp", f"#{other.get(XML_ID)}")
        other.set("corresp", f"#{one.get(XML_ID)}")
    return []


def _facsimile(capture: Capture, edition: Edition | None, id_: str, root: etree._Element, target: Path) -> None:
    """Point the page breaks at the page images that the edition has, by the pattern of its edition.toml."""
    if edition is None or not edition.sources.facsimiles:
        return
    volume = (capture.volume.n if capture.volume else None) or ""
    surfaces: dict[str, etree._Element] = {}
    for pb in root.iter(f"{T}pb"):
        n = pb.get("n", "")
        if pb.get("edRef", "").endswith(".notes") or not re.fullmatch(r"\w+", n):
            continue
        path = edition.root / edition.sources.facsimiles.format(entry=id_, volume=volume, page=n)
        if not path.is_file():
            continue
        if n not in surfaces:
            url = Path(relpath(path, target)).as_posix()
            surfaces[n] = E.surface(E.graphic(url=url))
            surfaces[n].set(XML_ID, f"f{n}")
        pb.set("facs", f"#f{n}")
    if surfaces:
        root.insert(1, E.facsimile(*surfaces.values()))


def _unsure(counts: Counts, sides: list[Side], name: str) -> list[Diagnostic]:
    """Return a warning where so many decisions are unsure that the text may not be what the program takes it for."""
    blocks = counts.paragraphs + counts.notes
    if counts.unsure * 2 <= blocks or blocks < 2 * _FEW * len(sides):
        return []
    return [
        diagnostic(
            "C-045",
            name,
            None,
            f"{counts.unsure} decisions under 0.9 in {blocks} paragraphs and notes",
            "see whether the lines of the capture are those of the page; read the entry with care.",
        )
    ]


def _language(pane: Pane, edition: Edition | None) -> str:
    if edition is None:
        return pane.language
    sources = edition.sources
    given = sources.translation_language if pane.side == "translation" else sources.transcription_language
    return given or (edition.language if pane.side == "translation" else pane.language)


def convert(
    capture: Capture,
    id_: str,
    page: Pattern,
    ornament: Pattern,
    edition: Edition | None,
    target: Path,
    known: Known | None = None,
) -> Conversion:
    """Return the TEI of an entry, enriched with what is known of the edition; without that, its structure alone.

    page and ornament are the archive's patterns for such lines; target is the folder that the file is for,
    from which paths to page images are counted.
    """
    found: list[Diagnostic] = []
    panes = [
        Pane(pane.side, _language(pane, edition), pane.pages, pane.lines, pane.text)
        for pane in capture.panes
        if not pane.empty
    ]
    sides: list[Side] = []
    sequences: list[tuple[str, Pages]] = []
    counts = Counts()
    for pane in panes:
        setting = Setting(
            capture.title, author_names(capture.author), int(capture.date[:4]), pane.language, page, ornament
        )
        decisions = segment(pane.lines, setting)
        found += _brackets(decisions, capture.source)
        pages, odd = read_pages(decisions, page, capture.source)
        found += odd
        edition_id = _EDITIONS.get(pane.side, "print")
        side = encode(pane, decisions, pages, capture.date, _code(pane, panes), edition_id)
        sides.append(side)
        sequences.append((edition_id, pages))
        found += [
            diagnostic(
                "C-027",
                capture.source,
                line,
                "a note with no text before it",
                "it stands where the source has it; move it to its anchor in the TEI.",
            )
            for line in side.orphans
        ]
        counts += side.counts
    found += _align(sides, capture.source)
    found += _unsure(counts, sides, capture.source)
    root = _document(
        edition,
        id_,
        sides,
        header(capture, edition, id_, [pane.language for pane in panes], page_sequences(sequences)),
    )
    _facsimile(capture, edition, id_, root, target)
    enriched = enrich_document(root, known) if known is not None else None
    if enriched is not None:
        root = enriched.root
    if edition is not None:
        schema = f'href="{Path(relpath(edition.root / "schema" / "edition.rng", target)).as_posix()}"'
        kind = 'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
        root.addprevious(etree.ProcessingInstruction("xml-model", f"{schema} {kind}"))
    document = seal(serialise(root))
    if enriched is None:
        return _prove(capture, id_, document, panes, sides, counts, found)
    counts += Counts(unsure=sum(one.claim.certainty < SURE for one in enriched.made))
    # Brackets without a fellow were told of with their place in the source.
    findings = [one for one in enriched.findings if one.code != "E-002"]
    found += told(findings, root, document, str(target / f"{id_}.xml"))
    made = _prove(capture, id_, document, panes, sides, counts, found)
    return replace(made, encoded=dict(sorted(Counter(one.claim.name for one in enriched.made).items())))


def _document(edition: Edition | None, id_: str, sides: list[Side], head: etree._Element) -> etree._Element:
    root = E.TEI(head, E.text(E.body(*(side.div for side in sides))))
    root.set(XML_ID, id_)
    root.set(XML_LANG, edition.language if edition else sides[0].div.get(XML_LANG, "und"))
    annotations = [one for side in sides for one in side.annotations]
    if annotations:
        for number, one in enumerate(annotations, 1):
            one.set(XML_ID, f"a{number}")
        root.append(E.standOff(E.listAnnotation(*annotations)))
    return root


def _prove(
    capture: Capture,
    id_: str,
    document: bytes,
    panes: list[Pane],
    sides: list[Side],
    counts: Counts,
    found: list[Diagnostic],
) -> Conversion:
    """Return the conversion, its document only where the bytes, parsed again, hold every character."""
    divs = {div.get("subtype"): div for div in parse(document).iter(f"{T}div") if div.get("type") == "entry"}
    fates = dict.fromkeys((str(fate) for fate in Fate), 0)
    lost: list[Diagnostic] = []
    for pane, side in zip(panes, sides, strict=True):
        lost += ledger.check(side.ledger, pane, divs[pane.side], capture.source)
        for fate, count in side.ledger.counts().items():
            fates[fate] += count
    total = sum(len(pane.text) for pane in panes)
    proved = not any(one.severity is Severity.ERROR for one in lost)
    return Conversion(id_, document if proved else None, tuple(found + lost), counts, total, sum(fates.values()), fates)
