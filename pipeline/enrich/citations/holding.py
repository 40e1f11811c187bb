"""Holdings of archives and libraries that are named in full, part by part: `County Archives, WB/4/211, fo. 3`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.citations.numbers import labelled, ranges, when
from pipeline.enrich.citations.words import CAPITAL, MONTH, WORD, either, one_of, roman, word_set, words
from pipeline.wrap import Mark

_S: Final = r"[\s ]"
_JOINS: Final = either(
    "of the de des du del della la las los le les el für und and & zu der van het y e et d’ di do da dos for".split()
)
_WORD: Final = rf"(?:[dlDL][’'])?{CAPITAL}(?:[\w’'‑-]{{1,40}})"
# A holder is known by a noun in its name, wherever that stands; what follows the name must then be a mark.
_NOUN: Final = re.compile(
    rf"(?<![\w’'-])(?:{one_of('archives')}|{one_of('holders')}|\w{{0,30}}(?:archiv|bibliothek|archief|arkiv))"
    r"(?![\w’'-])"
)
_SIGLUM: Final = re.compile(rf"(?<![\w./-])(?:{one_of('sigla')})(?![\w./-])")
_BEFORE: Final = re.compile(rf"(?:{_WORD}{_S}(?:{_JOINS}{_S}){{0,2}}){{1,6}}$")
_AFTER: Final = re.compile(rf"(?:{_S}(?:{_JOINS}{_S}){{0,2}}(?:[dlDL][’'])?(?!{one_of('marks')}){_WORD}){{0,5}}")
_TOWN: Final = re.compile(rf",{_S}(?:{one_of('places')}|{_WORD}(?:{_S}{_WORD})?)(?=,)")
_LEAD: Final = re.compile(rf"(?:[,:.]{_S}|{_S})")
_COMMA: Final = re.compile(rf",{_S}")
_TOKEN: Final = (
    rf"(?:(?:{one_of('marks')})|[A-ZА-Я]{{1,6}}\d{{0,4}}(?:[A-Z]\d{{1,4}})?|[A-Z][a-z]\d{{0,4}}|\d[\da-zA-Z]{{0,7}}(?:,\d{{3}}(?!\d))?)"
    r"(?:[./-](?:[A-Z][a-z]{1,6}\.?|[\w&]{1,8})){0,8}(?![\w’'])"
)
_MARK: Final = re.compile(rf"{_TOKEN}(?:{_S}{_TOKEN}){{0,4}}(?P<seat>(?<=\d){_S}{WORD}(?=,{_S}(?:Nr|Nrn|No)\.))?")
_LABELS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"(?:{names}){_S}?\d{{1,6}}\w?(?:[–/-]\d{{1,5}}\w?)?(?![\w])"))
    for kind, names in (
        ("box", f"{one_of('box')}|{one_of('boxes')}"),
        ("file", f"{one_of('folder')}|{one_of('file')}|{one_of('files')}"),
        ("file", one_of("reel")),
    )
)
_MANUSCRIPT: Final = re.compile(
    rf"(?:MSS?\.?|[Mm]ss?\.?|[Cc]od\.?|Hs\.|NAF|n\.{_S}?a\.{_S}?fr?\.)(?:{_S}(?:{CAPITAL}[\w/-]*\.?|\d[\w/-]*(?:,\d{{3}}(?:/\d+)?)?|[a-z]{{1,5}}\.)){{1,5}}(?![\w])"
)
_VOLUME: Final = re.compile(rf"(?:vols?\.|Bd\.|t\.|tome|tomo|vol){_S}\d{{1,4}}(?!\w)")
_PIECE: Final = re.compile(rf"(?:Nrn?|No|no|nos|num|núm|n°|nº)\.?{_S}?\d{{1,6}}\w?(?:/\d{{1,4}})?(?!\w)")
_GATHERED: Final = re.compile(
    rf"(?:(?:{WORD}|{CAPITAL}\.|of|and|the|de|für|von){_S}){{0,6}}{WORD}(?:{_S}(?:papers|collection|archive|family{_S}papers|records))?(?=,)"
)
_PAPERS: Final = re.compile(r"(?:papers|Papers|MSS|Manuscripts|Collection|Records|Nachlass|Nachlaß|Fonds)$")
_FIRST: Final = re.compile(rf"([^\s ]+){_S}")
_WORDS_LEAD: Final = word_set("see") | word_set("into") | word_set("articles") | frozenset("In See Also The".split())
_RECORD_GROUP: Final = re.compile(rf"(?<![\w.])RG{_S}\d{{1,3}}(?=,{_S})")
# `University College, BA 1878, MP 1880`: what somebody became, and when.
DEGREE: Final = re.compile(
    rf"(?:[BMD]A|[BD]D|[BM]B|MD|LL[BDM]|[BMD]Sc|[BMD]CL|MP|[KQ]C|FRS|FSA|FBA|[KG]?C[BVM]O?|[KG]?CMG|OBE|MBE|CBE|CH|OM|DSO|MC"
    rf"|ADC|TD|JP|DL|RA|ARA|VC)(?:{_S}\(\w+\))?{_S}(?:1[4-9]|20)\d\d"
)
_CENTURY: Final = re.compile(r"(?:1[4-9]|20)\d\d(?:[–-]\d{2,4})?")


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands after a holder's name: where it ends, its markup, and whether a mark or a box is among it."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    collection: str = ""


def _idno(kind: str, start: int, end: int) -> Mark:
    return Mark(start, end, "idno", (("type", kind),))


def holdings(text: str, sigla: frozenset[str]) -> Iterator[tuple[tuple[int, int], Parts]]:
    """Yield each holder that is named with the parts that follow it."""
    known = _SIGLUM if not sigla else re.compile(rf"(?<![\w./-])(?:{either((*words('sigla'), *sigla))})(?![\w./-])")
    done = 0
    for found in sorted((*_NOUN.finditer(text), *known.finditer(text)), key=lambda one: (one.start(), -one.end())):
        if found.start() < done:
            continue
        start = max(_begin(text, found.start(), done), done)
        siglum = found.re is known
        single = start == found.start() and not siglum
        for end in _ends(text, found.end()):
            if single and end == found.end() and not found.group().lower().endswith(("archiv", "bibliothek")):
                continue
            read = parts(text, end)
            if read is not None:
                yield (start, end), read
                done = read.end
                break


def _begin(text: str, at: int, least: int) -> int:
    """Return where the name of a holder begins whose noun stands at a place."""
    window = max(least, at - 90)
    before = _BEFORE.search(text[window:at])
    if before is None:
        return at
    start = window + before.start()
    while (first := _FIRST.match(text, start, at)) is not None:
        word = first.group(1)
        if word in _WORDS_LEAD or re.fullmatch(_JOINS, word):
            start = first.end()
            continue
        break
    return start


def _ends(text: str, at: int) -> Iterator[int]:
    """Yield where a holder's name can end: with a town after it first, then without."""
    after = _AFTER.match(text, at)
    end = after.end() if after is not None else at
    for one in dict.fromkeys((end, at)):
        town = _TOWN.match(text, one)
        seat = town is not None and town.group()[2:] in word_set("places")
        if (
            town is not None
            and not _PAPERS.search(town.group())
            and (seat or not _labelled(text, town.end() + 2, False))
        ):
            yield town.end()
        yield one


def parts(text: str, at: int) -> Parts | None:
    """Return the parts of a shelf mark that stand after a name; None where no mark, box or file is among them."""
    marks: list[Mark] = []
    start, end, collection = -1, at, ""
    sure = False
    for count in range(8):
        lead = (_COMMA if count else _LEAD).match(text, end)
        if lead is None:
            break
        begin = lead.end()
        if (
            count == 0
            and not lead.group().startswith((",", ":"))
            and not re.compile(r"[A-Z]{1,6}[\s /.]?\d|MS").match(text, begin)
        ):
            break
        one = _labelled(text, begin, sure)
        if one is None and (not sure or count < 3) and (mark := _mark(text, begin)) is not None:
            one = mark
        if one is not None:
            marks += one
            end = one[-1].end
            sure = True
            start = begin if start < 0 else start
            continue
        cited = labelled(text, begin)
        leaves = ranges(text, begin + 2, "leaf") if cited is None and text[begin : begin + 2] in ("l.", "л.") else None
        if sure and cited is not None and cited[0] in ("folio", "leaf", "page", "number", "document"):
            marks += cited[1].marks
            end = cited[1].end
            continue
        if sure and leaves is not None:
            marks += leaves.marks
            end = leaves.end
            continue
        gathered = _GATHERED.match(text, begin) if not sure and not collection and count == 0 else None
        if gathered is None or not lead.group().startswith(","):
            break
        marks.append(_idno("collection", *gathered.span()))
        start, end, collection = begin, gathered.end(), gathered.group()
    return Parts(start, end, tuple(marks), collection) if sure else None


def _labelled(text: str, at: int, after: bool) -> list[Mark] | None:
    """Return a box, file, volume or number with its label."""
    for kind, pattern in (*_LABELS, ("piece", _VOLUME), ("file", _PIECE)):
        found = pattern.match(text, at)
        if found is not None:
            return [_idno("box" if pattern is _VOLUME and after else kind, *found.span())]
    return None


def _mark(text: str, at: int) -> list[Mark] | None:
    manuscript = _MANUSCRIPT.match(text, at)
    if manuscript is not None and any(one.isdigit() for one in manuscript.group()):
        return [_idno("collection", at, manuscript.end())]
    found = _MARK.match(text, at)
    if found is None:
        return None
    end = found.end()
    words_ = text[at:end]
    if not any(one.isdigit() for one in words_) or _CENTURY.fullmatch(words_) or roman(words_):
        return None
    if DEGREE.match(words_) is not None:
        return None
    day = when(text, at)
    if (words_.isdecimal() and len(words_) < 5) or (day is not None and day.end >= end):
        return None
    if re.compile(rf"\d{{1,2}}\.?{_S}{MONTH}").match(text, at):
        return None
    split = re.fullmatch(rf"(?P<class>[A-Z]{{1,6}}{_S}?\d{{1,5}})/(?P<piece>\d{{1,6}}\w?)", words_)
    if split is not None:
        cut = at + split.end("class")
        kind, piece = ("collection", "file") if re.match(rf"N{_S}", words_) else ("class", "piece")
        return [_idno(kind, at, cut), _idno(piece, cut + 1, end)]
    if words_.startswith(("Docs", "Doc.")):
        return [_idno("file", at, end)]
    whole = re.match(r"\d+\.\d|[A-Z]{2,4}/|MS|Add|Eg|Harl|Hs|Cod", words_) is not None
    return [_idno("collection" if whole else "class", at, end)]


def record_groups(text: str) -> Iterator[tuple[int, Parts]]:
    """Yield `RG 94, entry 623, box 40` as the beginning of a mark whose holder may follow."""
    for found in _RECORD_GROUP.finditer(text):
        read = parts(text, found.end())
        if read is not None:
            yield found.start(), Parts(found.start(), read.end, (_idno("class", *found.span()), *read.marks))
