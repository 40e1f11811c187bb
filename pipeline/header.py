"""The header of an entry: who made what of which source, and how the text is encoded (Guidelines, HD)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from pipeline import __version__
from pipeline.body import RULES
from pipeline.config import Edition
from pipeline.model import Capture, file_name
from pipeline.pages import Pages
from pipeline.tei import TEI_NS, XML_ID

E: Final = ElementMaker(namespace=TEI_NS, nsmap={None: TEI_NS})
# What stands in a file until its digest is known.
BLANK: Final = "0" * 64

LANGUAGES: Final = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "grc": "Ancient Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "ko": "Korean",
    "la": "Latin",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "ota": "Ottoman Turkish",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "Undetermined",
    "ur": "Urdu",
    "yi": "Yiddish",
    "zh": "Chinese",
}
MONTHS: Final = """
    January February March April May June July August September October November December
    """.split()

_EDITORIAL: Final[tuple[tuple[str, dict[str, str], str], ...]] = (
    (
        "normalization",
        {"method": "silent"},
        "White space is folded. Page lines of the source stand in pb/@n, ornaments in milestone/@n, and page "
        "numbers that were caught inside words or sentences in pb/@n. Nothing else was changed: every "
        "character of the source was accounted for when this file was made.",
    ),
    (
        "punctuation",
        {"marks": "all"},
        "Brackets, quotation marks and the colon after a speaker are kept as characters inside the element that "
        "they delimit.",
    ),
    ("quotation", {"marks": "all"}, "Quotation marks are kept."),
    (
        "segmentation",
        {},
        "Paragraphs, notes, speeches, commentary and page breaks were told apart by the program, from the "
        "whole of the entry. Decisions of less certainty than 0.9 are listed in standOff, with their evidence "
        "and what else they may be; notes among them have @cert.",
    ),
    (
        "interpretation",
        {},
        "Persons, places, organisations, dates, citations, references, quotations and editorial marks with @resp of "
        "a set of rules (auto.…) were encoded by the program. @cert says how sure it is; the rule, the evidence and "
        "the alternatives of each decision are listed in standOff. Markup without such a @resp is the editors'.",
    ),
)
_PREFIXES: Final = (
    ("psn", r"([a-z0-9.\-]+)", "../registers/persons.xml#$1", "persons", "persons"),
    ("bib", r"([a-z0-9.\-]+)", "../registers/works.xml#$1", "works", "works and archives"),
    ("plc", r"([a-z0-9.\-]+)", "../registers/places.xml#$1", "places", "places"),
    ("org", r"([a-z0-9.\-]+)", "../registers/organisations.xml#$1", "organisations", "organisations"),
    ("arc", r"([a-z0-9.\-]+)", "../registers/archives.xml#$1", "archives", "archives"),
    ("entry", r"(\d{4}(?:-\d{2}){0,2}[a-z]?)", "d$1.xml", "", "entries of this edition"),
)


@dataclass(frozen=True, slots=True)
class PageSequence:
    """A sequence of the print's page numbers: its id, what it is called, and the pages of this entry."""

    id: str
    section: str
    pages: tuple[str, ...]


def page_sequences(sides: Iterable[tuple[str, Pages]]) -> tuple[PageSequence, ...]:
    """Return the page sequences that the sides of an entry refer to; sides are (edition id, pages)."""
    found = []
    for edition, pages in sides:
        for notes in (False, True):
            numbers = [one.n for one in pages.breaks if one.notes is notes]
            if not notes and pages.first is not None:
                numbers.insert(0, pages.first)
            section = "Original" if edition == "original" else ""
            section = f"{section}, Notes".strip(", ") if notes else section
            if numbers or (not notes and edition == "print"):
                found.append(PageSequence(f"{edition}.notes" if notes else edition, section, tuple(numbers)))
    return tuple(found)


def in_words(iso: str) -> str:
    """Return an ISO date as English words, `13 December 1934`."""
    year, *rest = iso.split("-")
    words = [str(int(rest[1]))] if len(rest) == 2 else []
    return " ".join([*words, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])


def _identified(element: etree._Element, name: str) -> etree._Element:
    element.set(XML_ID, name)
    return element


def _file_description(
    capture: Capture, edition: Edition | None, id_: str, pages: Sequence[PageSequence]
) -> etree._Element:
    names = edition.editors if edition and edition.editors else ("the editors of the source",)
    editors = [E.editor(name) for name in names]
    _identified(editors[0], "ed")
    statement = E.fileDesc(
        E.titleStmt(
            E.title(capture.title, type="main"),
            E.author(capture.author or "unknown"),
            *editors,
            responsibility(f"structural encoding, rule set {RULES}"),
        ),
    )
    if edition is not None:
        statement.append(release(edition))
    statement.append(publication(edition, id_))
    if capture.volume is not None:
        scope = E.biblScope(capture.volume.label, unit="volume")
        if capture.volume.n:
            scope.set("n", capture.volume.n)
        statement.append(E.seriesStmt(E.title(capture.volume.title, level="m"), scope))
    statement.append(_source(capture, edition, pages))
    return statement


def responsibility(what: str) -> etree._Element:
    """Return the respStmt by which the program's decisions say that they are its own."""
    return _identified(E.respStmt(E.resp(what), E.name("teipress", type="software", ref="#app")), "auto.struct")


def application() -> etree._Element:
    """Return the appInfo of this program and its version."""
    return E.appInfo(_identified(E.application(E.label("teipress"), ident="teipress", version=__version__), "app"))


def revision(what: str) -> etree._Element:
    """Return the revisionDesc with the place for the document's digest, as pipeline.store seals it."""
    change = E.change(f"{what}; as written: ", who="#auto.struct")
    change.append(E.idno(BLANK, type="sha256"))
    return E.revisionDesc(E.listChange(change), status="draft")


def release(edition: Edition) -> etree._Element:
    """Return the editionStmt: the edition's release and the day of it."""
    stated = E.edition(f"Release {edition.release}", n=edition.release)
    if edition.released:
        stated.text = f"Release {edition.release}, "
        stated.append(E.date(in_words(edition.released), when=edition.released))
    return E.editionStmt(stated)


def publication(edition: Edition | None, id_: str) -> etree._Element:
    """Return the publicationStmt of what has this id; without an edition it says that it is unpublished."""
    if edition is None:
        return E.publicationStmt(E.p("Unpublished."))
    statement = E.publicationStmt(E.publisher(edition.publisher or edition.author or edition.title))
    if edition.place:
        statement.append(E.pubPlace(edition.place))
    if edition.released:
        statement.append(E.date(edition.released[:4], when=edition.released[:4]))
    if edition.base_url:
        statement.append(E.idno(f"{edition.base_url.rstrip('/')}/{id_}", type="URI"))
    if edition.licence:
        statement.append(E.availability(E.licence(edition.licence, target=edition.licence)))
    return statement


def _source(capture: Capture, edition: Edition | None, pages: Sequence[PageSequence]) -> etree._Element:
    captured = _identified(E.bibl(E.title(capture.archive), type="capture"), "capture")
    captured[-1].tail = ", "
    captured.append(E.idno(file_name(capture.source), type="file"))
    captured[-1].tail = ", "
    if edition is not None and edition.sources.captured:
        captured.append(E.date(in_words(edition.sources.captured), when=edition.sources.captured))
        captured[-1].tail = ", "
    captured.append(E.idno(capture.sha256, type="sha256"))
    source = E.sourceDesc(captured)
    title = capture.volume.title if capture.volume else capture.title
    for sequence in pages:
        print_ = _identified(E.bibl(E.title(title, level="m")), sequence.id)
        if capture.volume is not None and capture.volume.n:
            print_[-1].tail = ", "
            print_.append(E.biblScope(capture.volume.n, unit="volume", n=capture.volume.n))
        if sequence.section:
            print_[-1].tail = ", "
            print_.append(E.biblScope(sequence.section, unit="section"))
        numbers = sorted(int(page) for page in sequence.pages if page.isdecimal())
        if numbers:
            print_[-1].tail = ", "
            span = f"pp. {numbers[0]}–{numbers[-1]}" if numbers[0] != numbers[-1] else f"p. {numbers[0]}"
            scope = E.biblScope(span, unit="page")
            scope.set("from", str(numbers[0]))
            scope.set("to", str(numbers[-1]))
            print_.append(scope)
        source.append(print_)
    repository, mark = capture.details.get("repository"), capture.details.get("identifier")
    if repository or mark:
        identifier = E.msIdentifier()
        if repository:
            identifier.append(E.repository(repository))
        if mark:
            identifier.append(E.idno(mark))
        source.append(E.msDesc(identifier))
    return source


def private_schemes(edition: Edition | None) -> Iterator[tuple[str, str, str, str]]:
    """Yield the edition's private schemes: name, pattern, address as seen from an entry, and what is addressed.

    TEI that belongs to no edition has its registers in a folder below its own.
    """
    for ident, pattern, replacement, register, label in _PREFIXES:
        given = edition.registers if edition is not None else {}
        if register == "archives" and register not in given:
            continue
        if register in given:
            replacement = f"../{given[register]}#$1"
        elif edition is None:
            replacement = replacement.removeprefix("../")
        yield ident, pattern, replacement, label


def _encoding(edition: Edition | None) -> etree._Element:
    editorial = E.editorialDecl(*(E(name, E.p(text), **attributes) for name, attributes, text in _EDITORIAL))
    entries = E.refsDecl(
        E.citeStructure(
            E.citeStructure(unit="paragraph", match="p", use="@n", delim="."),
            unit="entry",
            match="//body/div[@type='entry']",
            use="@xml:id",
        ),
        n="entries",
        default="true",
    )
    pages = E.refsDecl(E.citeStructure(unit="page", match="//pb[@edRef='#print']", use="@n"), n="pages")
    prefixes = E.listPrefixDef()
    for ident, pattern, replacement, label in private_schemes(edition):
        prefixes.append(E.prefixDef(E.p(label), ident=ident, matchPattern=pattern, replacementPattern=replacement))
    return E.encodingDesc(application(), editorial, entries, pages, prefixes)


def _profile(capture: Capture, languages: Sequence[str]) -> etree._Element:
    profile = E.profileDesc()
    if description := capture.details.get("description"):
        profile.append(E.abstract(E.p(description)))
    profile.append(E.creation(E.date(capture.details.get("date", in_words(capture.date)), when=capture.date)))
    profile.append(
        E.langUsage(*(E.language(LANGUAGES.get(tag.split("-")[0], tag), ident=tag) for tag in dict.fromkeys(languages)))
    )
    if recipient := capture.details.get("recipient"):
        sent = E.correspAction(E.persName(capture.author or "unknown"), E.date(when=capture.date), type="sent")
        received = E.correspAction(E.persName(recipient), type="received")
        profile.append(E.correspDesc(sent, received))
    return profile


def header(
    capture: Capture, edition: Edition | None, id_: str, languages: Sequence[str], pages: Sequence[PageSequence]
) -> etree._Element:
    """Return the teiHeader of an entry. Without an edition it says that it is unpublished."""
    return E.teiHeader(
        _file_description(capture, edition, id_, pages),
        _encoding(edition),
        _profile(capture, languages),
        revision("Converted from the capture by teipress"),
    )
