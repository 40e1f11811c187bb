"""Shelf marks of archives and libraries, and papers of persons: where each stands in a note, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.enrich.citations.archive import LEAD_WORDS, archive_before
from pipeline.enrich.citations.holding import DEGREE, holdings, record_groups
from pipeline.enrich.citations.numbers import NOTE, labelled, ranges, when
from pipeline.enrich.citations.words import CAPITAL, WORD, either, one_of, word_set, words
from pipeline.wrap import Mark

_S: Final = r"[\s ]"
_SEP: Final = rf"(?:[.,;:]{_S}?|{_S})"
_FOND: Final = re.compile(rf"(?<![\w.])(?:ф|Ф|f|F|фонд|Фонд|fond|Fond)\.?{_S}?\d{{1,5}}\w?(?![\w])")
_OPIS: Final = re.compile(rf"(?:оп|Оп|op|Op|опись|opis)\.?{_S}?\d{{1,4}}\w?(?:/\d+)?(?![\w])")
_DELO: Final = re.compile(
    rf"(?:д|Д|d|D|дело|delo|ед\.{_S}?хр|Ед\.{_S}?хр|ed\.{_S}?khr|№)\.?{_S}?\d{{1,5}}\w?(?:/\d+)?(?![\w])"
)
_OTHER: Final = re.compile(rf"(?:п|П|пап|Пап|папка|Папка|p|pap|к|К|карт|короб)\.?{_S}?\d{{1,4}}\w?(?![\w])")
_LEAVES: Final = re.compile(rf"(?:лл?|Лл?|ll?|Ll?)\.?{_S}?(?=\d)")
_CLASS: Final = re.compile(
    rf"(?<![\w/.-])(?P<class>[A-Z]{{1,6}}{_S}\d{{1,6}}(?:-(?:[IVX]{{1,5}}|\d{{1,3}}))?(?!\w|\.\d))(?:(?P<sep>/|{_S}|,{_S})(?P<piece>\d{{1,6}}[A-Z]?(?!\w|\.\d|{_S}?\(|-\d)))?"
)
_FRENCH: Final = re.compile(
    rf"(?<![\w/.-])(?P<class>[A-Z]{{1,3}}\d{{1,2}}|[A-Z]{{1,2}}/\d{{1,2}}|\d{{1,3}}{_S}?(?:AP|AQ|AS|AJ|Mi)"
    rf"|(?:GR{_S})?\d{{1,2}}{_S}?[A-Z])[/ \s](?P<piece>\d{{1,6}}[A-Z]?(?:/\d+)?)(?!\w|\.\d)"
)
_PRUSSIAN: Final = re.compile(
    rf"(?<![\w])(?P<class>(?:[IVX]{{1,4}}\.{_S}?)?(?:HA,?{_S}|[A-Z]{_S})?(?:Rep|Best)\.{_S}\d{{1,4}}(?:-\d+)?(?:{_S}[A-Za-z]{{1,2}})?(?![\w])|(?<=,{_S})(?:\d{{1,4}}(?:-\d{{1,3}}){{1,3}}|\d{{1,4}}/\d{{1,6}})(?![\w–/-])"
    rf"|[IVX]{{1,4}}\.{_S}?HA(?:{_S}GR)?)"
)
_MANUSCRIPT: Final = re.compile(
    rf"(?<![\w])(?P<class>(?:(?:Add|Eg|Harl)\.{_S})?(?:MSS?\.?|[Mm]ss?\.|NAF|n\.{_S}?a\.{_S}?f\.|Hs\.|Cod\.(?:{_S}Ms\.)?)"
    rf"(?:{_S}(?:{CAPITAL}[\w/-]*\.?|\d[\w/-]*|[a-z]{{1,5}}\.)){{1,5}})"
)
_LETTERED: Final = re.compile(
    rf"(?<![\w/.-])(?P<class>[A-Z]{{1,5}}/[A-Z][A-Za-z&]{{0,6}}\d*(?:/\d+\w?){{0,4}}|[A-Z]{{2,7}}{_S}?(?:[IVX]{{1,4}}{_S})?\d{{1,5}}(?:/\d{{1,5}}\w?){{1,3}})(?![\w])"
)
_BOX: Final = re.compile(
    rf"(?P<box>(?:{one_of('box')}|{one_of('boxes')}){_S}\d{{1,4}}(?:[–-]\d+)?)|(?P<folder>{one_of('folder')}{_S}\d{{1,4}}[a-z]?)"
    rf"|(?P<file>(?:{one_of('file')}|{one_of('files')}){_S}?\d{{1,5}}[a-z]?)|(?P<reel>{one_of('reel')}{_S}\d{{1,4}})"
)
_DECIMAL: Final = re.compile(r"(?<![\w.])\d{3}[A-Z]?\.[\w.]{2,16}(?:/[\d-]+)?(?![\w])")
_PAPER: Final = re.compile(
    rf"(?P<id>[A-Z]{{1,2}}{_S}?\d{{1,5}}(?:/\d{{1,5}}){{0,3}}(?![\w(])|(?:[A-Z]{{1,3}}{_S})?\d{{1,4}}{_S}?\(\d\d\)(?:{_S}?\d{{1,3}})?(?![\w]))"
)
_AND: Final = re.compile(rf"{_S}?(?:&|and|,){_S}?")
_PAPERS: Final = re.compile(
    rf"(?<![\w’'.-])(?P<org>(?:(?:{WORD}|{CAPITAL}\.){_S}){{1,5}}(?:(?:family{_S})?papers|Papers|Collection|MSS|Letters|Records|Correspondence|Manuscripts)"
    rf"|(?:Papers|papers){_S}of{_S}(?:{CAPITAL}\.{_S}?){{0,3}}{WORD}(?:{_S}{WORD}){{0,2}}"
    rf"|(?:Nachlass|Nachlaß|fonds|Fonds|papiers|Papiers|NL){_S}(?:{CAPITAL}\.{_S}?){{0,3}}{WORD}(?:{_S}{WORD})?)"
    rf"(?=,|{_S}[A-Z(])"
)
_KIND: Final = re.compile(rf",{_S}(?:MS{_S})?(?:{one_of('kinds')})(?![\w])")
# `AMAE, Guerre, Grèce, vol. 258`: a series by its name.
_SERIES: Final = re.compile(
    rf"(?<![\w.])(?P<org>{one_of('sigla')}),{_S}(?P<series>[^;:.()\d]{{2,60}}?),{_S}(?P<piece>(?:vol\.|carton|dossier|t\.|Bd\.|Fasz\.|Karton|Kasten|Kt\.|box|Box|Nr\.){_S}\d{{1,5}})(?!\w)"
)
# `MSL Map Case 18 B.40`: a mark of words, after a siglum of the register.
_CASE: Final = re.compile(
    rf"(?<![\w.])(?P<org>[A-Z]{{2,8}}),?{_S}(?P<class>(?:[A-Z][a-z]{{2,20}}{_S}){{1,3}}\d{{1,5}})(?:{_S}(?P<piece>[A-Z]\.?\d{{1,5}}))?(?!\w)"
)
_GROUP: Final = re.compile(rf",{_S}(?P<rg>RG{_S}\d{{1,3}})")
_PAPER_LEAD: Final = re.compile(rf"(?:/|,{_S}|{_S})")
_DIGIT: Final = re.compile(r"[\s ]?\d")
_FIRST_WORD: Final = re.compile(r"[^\s ]+[\s ]")
_OWN_MARK: Final = re.compile(
    rf",?{_S}(?P<mark>[A-Z]{{2,7}}{_S}?(?:[IVX]{{1,4}}{_S})?\d{{1,5}}(?:/\d{{1,5}}\w?){{0,3}}|[A-Z]/[A-Z]\w*(?:/\d+)*)(?![\w])"
)
_VOLUME: Final = re.compile(rf",{_S}(?P<piece>(?:vols?\.|Bd\.|t\.){_S}\d{{1,4}})(?!\w)")
# Without a box these are what a book may be called.
_WRITINGS: Final = frozenset("Letters Records Correspondence Manuscripts Collection".split())
_LOCAL: Final = frozenset("papers Papers MSS Collection".split())


@dataclass(slots=True)
class Shelf:
    """A shelf mark: where it stands, its markup, the archive's siglum or name (empty if none is given).

    collection names the papers that it is of, mark the mark itself; sure says that it is well-formed.
    """

    start: int
    end: int
    marks: list[Mark] = field(default_factory=list)
    org: str = ""
    collection: str = ""
    mark: str = ""
    sure: bool = True


def shelves(text: str, sigla: frozenset[str]) -> list[Shelf]:
    """Return the shelf marks of a text in order; sigla are those of the register, as written."""
    found = sorted(_every(text, sigla), key=lambda one: (one.start, -one.end))
    kept: list[Shelf] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _every(text: str, sigla: frozenset[str]) -> Iterator[Shelf]:
    for pattern, read in (
        (_FOND, _fond),
        (_PAPERS, _papers),
        (_BOX, _boxed),
        (_DECIMAL, _decimal),
        (_CLASS, _class),
        (_FRENCH, _class),
        (_PRUSSIAN, _class),
        (_MANUSCRIPT, _class),
        (_LETTERED, _class),
        (_SERIES, _series),
        (_CASE, _case),
    ):
        at = 0
        while found := pattern.search(text, at):
            shelf = read(text, found, sigla)
            if shelf is not None:
                yield shelf
            at = max(found.end(), shelf.end if shelf is not None else 0)
    for (first, last), one in holdings(text, sigla):
        marks = [Mark(first, last, "orgName"), *one.marks]
        yield Shelf(first, one.end, marks, text[first:last], one.collection, text[one.start : one.end])
    for first, one in record_groups(text):
        group = Shelf(first, one.end, list(one.marks), mark=text[first : one.end])
        _holder_after(text, group)
        if group.org:
            yield group


def _idno(kind: str, start: int, end: int) -> Mark:
    return Mark(start, end, "idno", (("type", kind),))


def _kind(found: re.Match[str]) -> str:
    """Return the kind of a box, folder or file; a folder is a file."""
    return {"folder": "file", "reel": "box"}.get(found.lastgroup or "file", found.lastgroup or "file")


def _with_archive(text: str, shelf: Shelf, sigla: frozenset[str]) -> bool:
    start, end = archive_before(text, shelf.start, sigla)
    if start < 0:
        return False
    shelf.marks.insert(0, Mark(start, end, "orgName"))
    shelf.org = text[start:end]
    shelf.mark = text[shelf.start : shelf.end]
    shelf.start = start
    shelf.sure = shelf.org in sigla | word_set("sigla") or " " in shelf.org or shelf.org.lower().endswith("archiv")
    return True


def _fond(text: str, found: re.Match[str], sigla: frozenset[str]) -> Shelf | None:
    shelf = Shelf(found.start(), found.end(), [_idno("fond", *found.span())])
    for pattern, kind in ((_OPIS, "opis"), (_OTHER, "box"), (_DELO, "delo"), (_OTHER, "box"), (_DELO, "delo")):
        part = _after(text, shelf.end, pattern)
        if part is not None:
            shelf.marks.append(_idno(kind, *part.span()))
            shelf.end = part.end()
    leaves = _after(text, shelf.end, _LEAVES)
    if leaves is not None:
        numbers = ranges(text, leaves.end(), "leaf")
        if numbers is not None:
            shelf.marks.extend(numbers.marks)
            shelf.end = numbers.end
    if len(shelf.marks) < 2:
        return None
    if not _with_archive(text, shelf, sigla):
        if len(shelf.marks) < 3:
            return None
        shelf.mark, shelf.sure = text[shelf.start : shelf.end], False
    return shelf


def _after(text: str, at: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    lead = _SEP_PATTERN.match(text, at)
    return pattern.match(text, lead.end()) if lead is not None else None


_SEP_PATTERN: Final = re.compile(_SEP)
_COMMA: Final = re.compile(rf"(?:,{_S}|{_S}|\.{_S}|:{_S})")


def _boxes(text: str, shelf: Shelf) -> None:
    """Read boxes, folders, files, papers and leaves after what was read of a mark."""
    while True:
        lead = _COMMA.match(text, shelf.end)
        if lead is None:
            return
        found = _BOX.match(text, lead.end())
        if found is not None:
            shelf.marks.append(_idno(_kind(found), *found.span()))
            shelf.end = found.end()
            continue
        decimal = _DECIMAL.match(text, lead.end())
        if decimal is not None:
            shelf.marks.append(_idno("file", *decimal.span()))
            shelf.end = decimal.end()
            continue
        cited = labelled(text, lead.end())
        if cited is None:
            leaves = _LEAVES.match(text, lead.end())
            numbers = ranges(text, leaves.end(), "leaf") if leaves is not None else None
        else:
            unit, numbers = cited
            if unit not in ("folio", "leaf", "page", "number", "document"):
                return
        if numbers is None:
            return
        shelf.marks.extend(numbers.marks)
        shelf.end = numbers.end
        note = NOTE.match(text, shelf.end)
        shelf.end = note.end() if note is not None else shelf.end
        return


def _class(text: str, found: re.Match[str], sigla: frozenset[str]) -> Shelf | None:
    if DEGREE.match(found.group()) is not None:
        return None
    groups = found.groupdict()
    letters = found.re is _LETTERED
    shelf = Shelf(found.start(), found.end())
    manuscript = found["class"][:3] in ("Cod", "Hs.")
    collection = letters or manuscript or found.re is _PRUSSIAN
    slash = "/" in found["class"]
    start, stop = archive_before(text, found.start(), sigla)
    if groups.get("piece") and groups.get("sep", "").startswith(",") and start < 0:
        return None
    short = groups.get("sep") == "/" and len(groups["piece"] or "") < 3
    # A library's own mark (`MLP 3/17`) is one thing; so are letters with short numbers where no archive is named.
    own = start < 0 or (" " in text[start:stop] and text[start:stop] not in word_set("sigla"))
    if groups.get("piece") and not (short and own) and not (start < 0 and found.re is _LETTERED):
        shelf.marks = [_idno("class", *found.span("class")), _idno("piece", *found.span("piece"))]
    else:
        kind = "collection" if collection or groups.get("piece") else "class"
        shelf.marks = [_idno(kind, found.start(), found.end())]
    if groups.get("piece") or (letters and slash):
        _paper_numbers(text, shelf)
    _boxes(text, shelf)
    bare = len(shelf.marks) == 1
    if _with_archive(text, shelf, sigla):
        known = shelf.org in sigla | word_set("sigla") or len(shelf.org.split()) > 1
        return shelf if known or not bare or (slash and letters) else None
    # Without an archive before it only letters, a number and a stroke are a mark (`TARN 3/2`).
    if found.re is _LETTERED or (found.re is _CLASS and groups.get("sep") == "/"):
        if not re.match(r"[A-Z]{2,}", found.group()) or not re.search(r"\d/\d", found.group()):
            return None
        shelf.mark, shelf.sure = text[shelf.start : shelf.end], False
        return shelf
    return None


def _series(text: str, found: re.Match[str], _: frozenset[str]) -> Shelf | None:
    shelf = Shelf(found.start(), found.end(), [Mark(*found.span("org"), "orgName")], found["org"])
    shelf.marks += [_idno("collection", *found.span("series")), _idno("piece", *found.span("piece"))]
    shelf.mark = text[found.start("series") : found.end()]
    _boxes(text, shelf)
    return shelf


def _case(text: str, found: re.Match[str], sigla: frozenset[str]) -> Shelf | None:
    """Read a mark of words after a siglum that the register has."""
    if found["org"] not in sigla:
        return None
    shelf = Shelf(found.start(), found.end(), [Mark(*found.span("org"), "orgName")], found["org"])
    shelf.marks.append(_idno("class", *found.span("class")))
    shelf.mark = text[found.start("class") : found.end()]
    if found["piece"]:
        shelf.marks.append(_idno("piece", *found.span("piece")))
    _boxes(text, shelf)
    return shelf


def _paper_numbers(text: str, shelf: Shelf) -> None:
    lead = _PAPER_LEAD.match(text, shelf.end)
    while lead is not None:
        found = _PAPER.match(text, lead.end())
        if found is None or _DIGIT.match(text, found.end()):
            return
        shelf.marks.append(_idno("paper", *found.span()))
        shelf.end = found.end()
        lead = _AND.match(text, shelf.end)


def _boxed(text: str, found: re.Match[str], sigla: frozenset[str]) -> Shelf | None:
    """Read `Library, box 3`, or `Box 12, Folder 3, Smith Papers, Library`."""
    shelf = Shelf(found.start(), found.end(), [_idno(_kind(found), *found.span())])
    if found.start() and text[found.start() - 1].isalnum():
        return None
    _boxes(text, shelf)
    if archive_before(text, shelf.start, sigla)[0] >= 0 and found.lastgroup in ("box", "folder", "reel"):
        return shelf if _with_archive(text, shelf, sigla) else None
    papers = _GATHERED.match(text, shelf.end + 2) if text[shelf.end : shelf.end + 2] == ", " else None
    if papers is None:
        return None
    shelf.mark = text[shelf.start : shelf.end]
    shelf.marks.append(_idno("collection", papers.start(), papers.end()))
    shelf.collection = papers.group()
    shelf.end = papers.end()
    _holder_after(text, shelf)
    return shelf


_GATHERED: Final = re.compile(
    rf"(?:(?:{WORD}|{CAPITAL}\.|of|and|the|for){_S}){{1,8}}(?:papers|Papers|Collection|MSS|Records|records|Files)(?=,|$|[.;)])"
)
_HOLDER: Final = re.compile(
    rf",{_S}(?P<org>(?:(?:{WORD}|of|the|de|and|für|at){_S}){{0,6}}{either((*words('archives'), *words('sigla')))}"
    rf"(?:{_S}(?:of|for|nationales){_S}?{WORD})?)(?![\w])"
)


def _holder_after(text: str, shelf: Shelf) -> None:
    found = _HOLDER.match(text, shelf.end)
    if found is None:
        return
    shelf.marks.append(Mark(found.start("org"), found.end("org"), "orgName"))
    shelf.org = found["org"]
    shelf.end = found.end()


def _decimal(text: str, found: re.Match[str], _: frozenset[str]) -> Shelf | None:
    """Read `861.00/1234, RG 59, NARA`."""
    group = _GROUP.match(text, found.end())
    if group is None:
        return None
    shelf = Shelf(found.start(), group.end(), [_idno("file", *found.span()), _idno("class", *group.span("rg"))])
    shelf.mark = text[shelf.start : shelf.end]
    _holder_after(text, shelf)
    return shelf


def _papers(text: str, found: re.Match[str], sigla: frozenset[str]) -> Shelf | None:
    """Read papers of a person: the whole with a kind of document or without a mark in letters, else the mark."""
    start, end = found.span("org")
    while (word := _FIRST_WORD.match(text, start)) and word.group().strip() in LEAD_WORDS:
        start = word.end()
    name = text[start:end]
    if name in _LOCAL or (not name[:1].isupper() and not name.startswith(("papiers", "fonds", "papers"))):
        return None
    shelf = Shelf(start, end, [_idno("collection", start, end)], "", name)
    above, below = archive_before(text, start, sigla)
    kind = _KIND.match(text, end)
    shelf.end = kind.end() if kind is not None else end
    _holder_after(text, shelf)
    holder = shelf.end > end and kind is None
    mark = _OWN_MARK.match(text, shelf.end)
    if mark is not None:
        shelf.marks.append(_idno("collection", *mark.span("mark")))
        shelf.mark, shelf.end = mark["mark"], mark.end()
    volume = _VOLUME.match(text, shelf.end)
    if volume is not None:
        shelf.marks.append(_idno("piece", *volume.span("piece")))
        shelf.end = volume.end()
    _boxes(text, shelf)
    if name.split()[-1] in _WRITINGS and not any(
        dict(one.attributes).get("type") in ("box", "file") for one in shelf.marks
    ):
        return None
    if not holder and len(shelf.marks) > 1 and mark is None:
        _holder_after(text, shelf)
    late = _KIND.match(text, shelf.end) if kind is None else None
    if late is not None:
        kind, shelf.end = late, late.end()
    if kind is not None:
        date = when(text, shelf.end + 2) if text[shelf.end : shelf.end + 1] == "," else None
        if date is not None:
            shelf.marks.append(date.mark)
            shelf.end = date.end
        return shelf if date is not None or len(shelf.marks) > 1 else None
    if above >= 0:
        shelf.marks.insert(0, Mark(above, below, "orgName"))
        shelf.org, shelf.start, shelf.collection = text[above:below], above, ""
        return shelf if len(shelf.marks) > 2 + holder else None
    if mark is not None and not holder:
        shelf.start = mark.start("mark")
        del shelf.marks[0]
        return shelf
    return shelf if len(shelf.marks) > 1 + holder else None
