"""The edition's volumes and entries as plain data: what contents, headings and title pages need, and no XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from lxml import etree

from pipeline.config import Edition
from pipeline.dates import first_day
from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.tei import INLINE, XI_NS, XML_ID, XML_LANG, NotTEI, T, fold, local, parse, text_of

FIRST_WORDS: Final = 160
"""How many characters of an entry's text its line in the contents has, at most."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an entry: kind is translation, transcription or what div/@subtype says; empty if nothing."""

    id: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header says of an entry; empty where it says nothing."""

    author: str = ""
    editors: tuple[str, ...] = ()
    created: str = ""
    recipient: str = ""
    repository: str = ""
    identifier: str = ""
    abstract: str = ""
    printed: str = ""
    capture: str = ""
    sha256: str = ""
    languages: tuple[str, ...] = ()
    publisher: str = ""
    address: str = ""
    licence: str = ""
    licence_text: str = ""
    release: str = ""
    released: str = ""
    programs: tuple[str, ...] = ()
    status: str = ""
    decisions: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: id is its file's name and its address; file is relative to the edition, with `/`.

    date is ISO 8601 and may be a year or a month only, or empty; titled is true where the title says more
    than the date does. length counts the characters of the text; volume is the volume's id.
    """

    id: str
    path: Path
    file: str
    volume: str
    title: str
    titled: bool
    date: str
    language: str
    sides: tuple[Side, ...]
    first_words: str
    length: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume: id is its file's name, n its number if it has one; its entries stand in the order of the file."""

    id: str
    title: str
    n: str
    entries: tuple[Entry, ...]


UNPLACED: Final = "unplaced"
"""The id of the volume that holds what no volume includes."""


def read_volumes(edition: Edition) -> tuple[tuple[Volume, ...], tuple[Diagnostic, ...]]:
    """Return the volumes in the order of their numbers, and what is wrong with them.

    An edition without volumes is one volume of all entries, by date. Entries that no volume includes are
    reported and come last, as a volume of their own.
    """
    found: list[Diagnostic] = []
    volumes: list[Volume] = []
    placed: set[str] = set()
    files = sorted(edition.volumes.glob("*.xml"))
    for path in files:
        volume = _read_volume(edition, path, placed, found)
        if volume is not None:
            volumes.append(volume)
    volumes.sort(key=lambda volume: _natural(volume.n or volume.id))
    rest = [path for path in sorted(edition.text.glob("*.xml")) if path.stem not in placed]
    if rest:
        name = UNPLACED if files else "edition"
        entries = [entry for path in rest if (entry := _read_entry(edition, path, name, found)) is not None]
        if files:
            found.extend(
                diagnostic("R-004", entry.file, None, "no volume includes this entry", _to_include(edition, entry))
                for entry in entries
            )
        entries.sort(key=lambda entry: (entry.date, _natural(entry.id)))
        volumes.append(Volume(name, "" if files else edition.title, "", tuple(entries)))
    return tuple(volumes), tuple(found)


def _to_include(edition: Edition, entry: Entry) -> str:
    href = f"../{edition.text.name}/{quote(entry.path.name)}"
    return f'add <xi:include href="{href}"/> to the file in {edition.volumes.name}/ of the volume where it belongs'


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts 10 after 9."""
    return tuple((int(part), "") if part.isdigit() else (10**9, part) for part in re.split(r"(\d+)", text) if part)


def relative(edition: Edition, path: Path) -> str:
    """Return how messages call a file of the edition."""
    try:
        return path.relative_to(edition.root).as_posix()
    except ValueError:
        return path.as_posix()


def _parse(edition: Edition, path: Path, code: str, found: list[Diagnostic]) -> etree._Element | None:
    try:
        return parse(path.read_bytes())
    except NotTEI as error:
        name = relative(edition, path)
        says, hint = f"not well-formed: {error}", "correct the file at that line"
        found.append(diagnostic(code, name, error.line, says, hint, error.column))
    return None


def _read_volume(edition: Edition, path: Path, placed: set[str], found: list[Diagnostic]) -> Volume | None:
    name = relative(edition, path)
    root = _parse(edition, path, "R-005", found)
    if root is None:
        return None
    if root.tag != f"{T}teiCorpus":
        says = f"a volume is a teiCorpus, not <{local(root)}>"
        hint = f"keep what is no volume outside {path.parent.name}/"
        found.append(diagnostic("R-005", name, root.sourceline, says, hint))
        return None
    entries: list[Entry] = []
    for include in root.iter(f"{{{XI_NS}}}include"):
        href = include.get("href", "")
        target = (path.parent / unquote(href)).resolve()
        if not target.is_relative_to(edition.root.resolve()) or not target.is_file():
            hint = "its href is relative to this file and names a file of the edition; correct it or take it out"
            found.append(diagnostic("R-005", name, include.sourceline, f"the included file {href} is not there", hint))
        elif target.stem in placed:
            hint = "an entry stands in one volume, once: take one of the two out; files need names of their own"
            found.append(diagnostic("R-005", name, include.sourceline, f"{href} is included a second time", hint))
        else:
            placed.add(target.stem)
            own = edition.root / target.relative_to(edition.root.resolve())
            entry = _read_entry(edition, own, path.stem, found)
            if entry is not None:
                entries.append(entry)
    header = root.find(f"{T}teiHeader")
    title = _text(header, f".//{T}titleStmt/{T}title[@type='main']") or _text(header, f".//{T}titleStmt/{T}title")
    scope = None if header is None else header.find(f".//{T}biblScope[@unit='volume']")
    n = "" if scope is None else scope.get("n") or fold("".join(scope.itertext()))
    return Volume(path.stem, title or path.stem, n or root.get("n", ""), tuple(entries))


def _text(element: etree._Element | None, path: str) -> str:
    """Return the reading text of the first element on a path, or nothing."""
    found = None if element is None else element.find(path)
    return "" if found is None else text_of(found)


def _texts(element: etree._Element | None, path: str) -> tuple[str, ...]:
    found = [] if element is None else element.findall(path)
    return tuple(text for item in found if (text := text_of(item)))


def _read_entry(edition: Edition, path: Path, volume: str, found: list[Diagnostic]) -> Entry | None:
    name = relative(edition, path)
    root = _parse(edition, path, "R-006", found)
    if root is None:
        return None
    text = root.find(f"{T}text")
    if root.tag != f"{T}TEI" or text is None:
        says = f"<{local(root)}> is no TEI document with a text"
        hint = "an entry is a TEI document with teiHeader and text; keep other files outside the folder"
        found.append(diagnostic("R-006", name, root.sourceline, says, hint))
        return None
    if path.stem == "index":
        found.append(diagnostic("R-006", name, None, "the address index is that of the contents", "rename the file"))
        return None
    header = root.find(f"{T}teiHeader")
    title = _text(header, f".//{T}titleStmt/{T}title[@type='main']") or _text(header, f".//{T}titleStmt/{T}title")
    language = root.get(XML_LANG) or edition.language
    date = _date(header, text)
    return Entry(
        id=path.stem,
        path=path,
        file=name,
        volume=volume,
        title=title or path.stem,
        titled=not _only_date(text, title, date),
        date=date,
        language=language,
        sides=tuple(_sides(text, language)),
        first_words=_first_words(text),
        length=len(text_of(text)),
        facts=_facts(root, header, text),
    )


def _date(header: etree._Element | None, text: etree._Element) -> str:
    """Return the day written: of creation, of the letter, of the text's heading, or of a title that is a date."""
    paths = (f".//{T}profileDesc/{T}creation//{T}date", f".//{T}correspAction//{T}date")
    dates = [] if header is None else [date for path in paths for date in header.findall(path)]
    dates += text.findall(f".//{T}head//{T}date") + text.findall(f".//{T}dateline//{T}date")
    said = [date.get(name, "") for date in dates for name in ("when", "when-iso", "from", "notBefore")]
    if header is not None:
        # Some editions give the day as a title of its own.
        titles = header.findall(f"{T}fileDesc/{T}titleStmt/{T}title")
        said += [day for title in titles if re.fullmatch(r"\d{4}-\d\d-\d\d", day := text_of(title))]
    for value in said:
        iso = re.match(r"\d{4}(-\d\d(-\d\d)?)?(?![-\d])", value)
        if iso and _exists(iso[0]):
            return iso[0]
    return ""


def _exists(iso: str) -> bool:
    """Return whether a day, a month or a year is one of the calendar."""
    try:
        first_day(iso)
    except ValueError:
        return False
    return True


def _only_date(text: etree._Element, title: str, date: str) -> bool:
    """Return whether an entry's title is but its date: its heading, or else the title, has no other words."""
    head = text.find(f".//{T}div[@type='entry']/{T}head")
    if head is None:
        return bool(date) and date[:4] in title and len(title.split()) <= 4
    outside = [head.text or ""]
    for child in head:
        outside.append(child.tail or "")
        if local(child) not in ("date", "note", "pb"):
            outside.extend(child.itertext())
    return head.find(f".//{T}date") is not None and not re.search(r"\w", "".join(outside))


def _sides(text: etree._Element, language: str) -> Iterator[Side]:
    for number, div in enumerate(text.iterfind(f"{T}body/{T}div[@type='entry']"), start=1):
        yield Side(div.get(XML_ID) or f"side{number}", div.get("subtype", ""), div.get(XML_LANG) or language)


def _running(element: etree._Element) -> Iterator[str]:
    """Yield the text without headings and notes, and of two readings the one to be read."""
    name = local(element)
    if not name or name in ("head", "note", "figure", "fw"):
        return
    joins = name in INLINE or (name == "pb" and element.get("break") in ("no", "maybe"))
    parts = () if joins else (" ",)
    yield from parts
    if element.text:
        yield element.text
    for child in element:
        if name != "choice" or local(child) not in ("abbr", "sic", "orig"):
            yield from _running(child)
        if child.tail and name not in ("choice", "subst"):
            yield child.tail
    yield from parts


def _first_words(text: etree._Element) -> str:
    start = text.find(f"{T}body/{T}div[@type='entry']")
    words = fold("".join(_running(text if start is None else start)))
    if len(words) <= FIRST_WORDS:
        return words
    return words[:FIRST_WORDS].rsplit(" ", 1)[0].rstrip(" ,;:–—-(") + " …"


def _facts(root: etree._Element, header: etree._Element | None, text: etree._Element) -> Facts:
    if header is None:
        return Facts()
    bibls = {bibl.get(XML_ID, ""): bibl for bibl in header.iter(f"{T}bibl")}
    licence = header.find(f".//{T}licence")
    edition = header.find(f".//{T}editionStmt/{T}edition")
    revision = header.find(f"{T}revisionDesc")
    programs = header.findall(f".//{T}appInfo/{T}application")
    capture = bibls.get("capture")
    digest = "" if capture is None else _text(capture, f"{T}idno[@type='sha256']")
    return Facts(
        author="; ".join(_texts(header, f"{T}fileDesc/{T}titleStmt/{T}author")),
        editors=_texts(header, f"{T}fileDesc/{T}titleStmt/{T}editor"),
        created=_text(header, f".//{T}creation"),
        recipient="; ".join(_texts(header, f".//{T}correspAction[@type='received']/*[1]")),
        repository=_text(header, f".//{T}msIdentifier/{T}repository"),
        identifier="; ".join(_texts(header, f".//{T}msIdentifier/{T}idno")),
        abstract=_text(header, f".//{T}abstract"),
        printed="" if "print" not in bibls else text_of(bibls["print"]),
        capture="" if capture is None else _without(capture, "sha256"),
        sha256=digest,
        languages=tuple(
            language.get("ident") or text_of(language) for language in header.iterfind(f".//{T}langUsage/{T}language")
        ),
        publisher=_text(header, f".//{T}publicationStmt/{T}publisher"),
        address=_text(header, f".//{T}publicationStmt/{T}idno[@type='URI']"),
        licence="" if licence is None else licence.get("target", ""),
        licence_text="" if licence is None else text_of(licence),
        release="" if edition is None else edition.get("n") or text_of(edition),
        released=_text(header, f".//{T}editionStmt/{T}edition/{T}date"),
        programs=tuple(fold(f"{text_of(program)} {program.get('version', '')}") for program in programs),
        status="" if revision is None else revision.get("status", ""),
        decisions=_decisions(root, header, text),
        doubtful=sum(element.get("cert") in ("medium", "low", "unknown") for element in text.iter(f"{T}*")),
    )


def _decisions(root: etree._Element, header: etree._Element, text: etree._Element) -> int:
    """Return how many decisions a program answers for: in annotations, and in the text by @resp."""
    programs = {
        f"#{statement.get(XML_ID)}"
        for statement in header.iter(f"{T}respStmt")
        if statement.find(f"{T}name[@type='software']") is not None
    }
    marked = sum(bool(programs & set(element.get("resp", "").split())) for element in text.iter(f"{T}*"))
    return marked + len(root.findall(f".//{T}listAnnotation/{T}annotation"))


def _without(bibl: etree._Element, kind: str) -> str:
    """Return the text of a bibl without its idno of one type."""
    pieces = [bibl.text or ""]
    for child in bibl:
        if child.get("type") != kind:
            pieces.extend(("".join(child.itertext()), child.tail or ""))
    return fold("".join(pieces)).rstrip(" ,;")
