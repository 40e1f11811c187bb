"""TEI → a capture of this archive's form, and what each of its lines is: what goes into segmentation is known.

The same TEI, options and seed give the same capture. Around the entry stands what stands around one on such
a page (menus, a table of contents, the panes, the details), in invented words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

from lxml import etree

from pipeline.dates import read_title
from pipeline.language import language_of
from pipeline.segment import Role
from pipeline.tei import XML_LANG, fold, local, parse
from tests.bench.flow import Block, Note, Reading, Text
from tests.bench.flow import Page as Break

_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NUMBER: Final = re.compile(r"\d{1,4}")
_STOP: Final = re.compile(r"[.!?…][’”»\"')\]}›“]*$")
# Where one file holds the text and what editors add to it in divs, the text is in those of these types.
_TEXT_DIVS: Final = re.compile(r"entry|diary|day|letter|transcription|writingSession|text", re.IGNORECASE)
_BODY: Final = frozenset({Role.PAGE, Role.PARAGRAPH, Role.CONTINUATION, Role.SPEECH, Role.TITLE})
_HEAD: Final = """Pontoon Archive
  • Search
  • Browse
    • Collections
Table of Contents
{volume}
  • 1 January
  • {title}
  • 31 December
< Previous documentReturn{title}
By {author}
Translation Transcription
"""
_MENU: Final = "  • Translation\n  • Transcription\n  • Print\n  • Save\n  • Share\n  • Cite\n"
_DETAILS: Final = """Document Details
Document Title{title}
Author{author}
RecipientN/A
RepositoryN/A
ID #N/A
DescriptionN/A
Date{date}
AOC Volume{volume}
Tags
Annotations
  • Pontoon Press
"""


@dataclass(frozen=True, slots=True)
class Gold:
    """What a line of a capture is.

    either: no reader of the text could tell whether it goes on or opens a paragraph (a full stop before it,
    a capital after, a note or a page between). kind is a note's (see flow.Note). anchor is the text before
    a note in its paragraph. glued are the page numbers caught in the line, None where nobody knows.
    """

    line: int
    role: Role
    commentary: bool = False
    either: bool = False
    kind: str = ""
    anchor: str | None = None
    glued: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a capture is made to suffer.

    glued: page numbers run into the next word; disorder: two page lines exchanged; far: page breaks of the
    endnotes, with numbers far from the entry's, cut into long notes of editions that have none there.
    """

    seed: int = 1
    glued: bool = False
    disorder: bool = False
    far: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A capture made from TEI: its text, what its lines are, and what of the TEI is not in it.

    disordered are the sides (translation, transcription) with a page that stands before a lower one.
    """

    name: str
    text: str
    gold: tuple[Gold, ...]
    left_out: Counter[str]
    disordered: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Row:
    """A line before it has its number; a page line's text is its number alone."""

    role: Role
    text: str
    commentary: int = 0
    either: bool = False
    kind: str = ""
    anchor: str | None = None
    glued: tuple[str, ...] = ()


def _numbers(blocks: list[Block], rng: Random) -> Iterator[str]:
    """Yield the pages' numbers in order: the TEI's own where all are numbers, else numbers made up."""
    given = [piece.n or "" for block in blocks for piece in block.pieces if isinstance(piece, Break)]
    if all(_NUMBER.fullmatch(n) for n in given):
        yield from given
    else:
        first = rng.randint(3, 400)
        yield from (str(first + number) for number in range(len(given)))


class _Sheet:
    """Writes the rows of one side of an entry."""

    def __init__(self, blocks: list[Block], options: Options, rng: Random) -> None:
        self.options, self.rng = options, rng
        self.rows: list[_Row] = []
        self.numbers = _numbers(blocks, rng)
        own = [int(n) for n in _numbers(blocks, Random(0)) if n]
        self.far = max(own, default=100) + rng.randint(150, 400)

    def write(self, block: Block) -> None:
        role, before, glued = block.role, "", []
        pending = ""
        for index, piece in enumerate(block.pieces):
            match piece:
                case Text(text):
                    pending += text
                case Break():
                    n = next(self.numbers)
                    if self._glues(block, index, before + pending, role):
                        pending = pending.rstrip() + " " + n
                        glued.append(n)
                        continue
                    role, before, glued = self._flush(block, role, before, pending, glued)
                    pending = ""
                    self.rows.append(_Row(Role.PAGE, n, block.commentary))
                case Note(kind, pieces):
                    role, before, glued = self._flush(block, role, before, pending, glued)
                    pending = ""
                    self._note(kind, pieces, before, block.commentary)
        self._flush(block, role, before, pending, glued)

    def _glues(self, block: Block, index: int, before: str, role: Role) -> bool:
        following = block.pieces[index + 1] if index + 1 < len(block.pieces) else None
        return (
            self.options.glued
            and bool(before.strip())
            and role is not Role.ORNAMENT
            and isinstance(following, Text)
            and following.text.lstrip(" \n\t")[:1].isalpha()
            and self.rng.random() < 0.5
        )

    def _flush(
        self, block: Block, role: Role, before: str, pending: str, glued: list[str]
    ) -> tuple[Role, str, list[str]]:
        """Write what has gathered as a line; return the role of the next, the paragraph's text so far, and []."""
        line = fold(pending)
        for n in glued:
            line = re.sub(rf"(?<!\S){n} (?=\w)", n, line, count=1)
        if not line:
            return role, before, glued
        self.rows.append(_Row(role, line, block.commentary, glued=tuple(glued)))
        so_far = fold(f"{before} {line}")
        return (role if role in (Role.ORNAMENT, Role.TITLE) else Role.CONTINUATION), so_far, []

    def _note(self, kind: str, pieces: tuple[Text | Break, ...], anchor: str, commentary: int) -> None:
        parts: list[str] = [""]
        breaks: list[str] = []
        for piece in pieces:
            if isinstance(piece, Text):
                parts[-1] += piece.text
            else:
                breaks.append(piece.n or str(self.far))
                parts.append("")
        parts = [fold(part) for part in parts]
        if not breaks and self.options.far and len(parts[0].split()) >= 40 and self.rng.random() < 0.4:
            at = self.rng.randrange(len(parts[0]) // 4, 3 * len(parts[0]) // 4)
            if self.rng.random() < 0.5:
                at = parts[0].index(" ", at) if " " in parts[0][at:] else at
            parts, breaks = [parts[0][:at].strip(), parts[0][at:].strip()], [str(self.far)]
            self.far += 1
        role = Role.NOTE
        for number, part in enumerate(parts):
            if part:
                self.rows.append(_Row(role, part, commentary, kind=kind, anchor=anchor if role is Role.NOTE else None))
                role = Role.NOTE_CONTINUATION
            if number < len(breaks):
                inside = role is Role.NOTE_CONTINUATION and any(parts[number + 1 :])
                self.rows.append(_Row(Role.NOTE_PAGE if inside else Role.PAGE, breaks[number], commentary))


def _exchange(rows: list[_Row], rng: Random) -> None:
    """Exchange two page numbers that follow each other, where there are two."""
    pages = [row for row in rows if row.role is Role.PAGE]
    if len(pages) >= 2:
        at = rng.randrange(len(pages) - 1)
        pages[at].text, pages[at + 1].text = pages[at + 1].text, pages[at].text


def _disordered(rows: list[_Row]) -> bool:
    own = [n for row in rows if row.role in _BODY for n in ((row.text,) if row.role is Role.PAGE else row.glued)]
    return any(int(after) < int(before) for before, after in pairwise(own) if before.isdecimal() and after.isdecimal())


def _mark_either(rows: list[_Row]) -> None:
    """Mark the lines of which the text does not tell whether they go on: a stop before, a capital after."""
    last: _Row | None = None
    interrupted = False
    for row in rows:
        if row.role in (Role.PARAGRAPH, Role.CONTINUATION):
            stopped = last is not None and bool(_STOP.search(last.text))
            bare = row.text.lstrip("‘“«\"'([{‹„–—… ")
            row.either = interrupted and stopped and not bare[:1].islower() and row.text[:1] not in ")]},.;:!?»”"
        if row.role in (Role.PARAGRAPH, Role.CONTINUATION, Role.SPEECH):
            last, interrupted = row, False
        elif row.role in (Role.TITLE, Role.ORNAMENT):
            last, interrupted = None, False
        else:
            interrupted = True


def _titled(blocks: list[Block], title: str) -> list[Block]:
    """Return the blocks with a title first, and its notes and pages after its words."""
    while blocks and blocks[0].role is Role.PAGE:
        # The page on which an entry begins has no line on such a page.
        blocks = blocks[1:]
    if not blocks or blocks[0].role is not Role.TITLE:
        return [Block(Role.TITLE, [Text(title)]), *blocks]
    head = blocks[0]
    others = [piece for piece in head.pieces if not isinstance(piece, Text)]
    return [Block(Role.TITLE, [Text(head.text), *others]), *blocks[1:]]


def _first(root: etree._Element, *paths: str) -> str:
    for path in paths:
        for found in root.iterfind(path):
            if text := fold("".join(found.itertext())):
                return text
    return ""


def _head(root: etree._Element, part: etree._Element) -> str:
    """Return the heading that a part begins with, if it does with one."""
    blocks = (block for block in Reading(root, False).read(part) if block.role is not Role.PAGE)
    first = next(blocks, None)
    return first.text if first is not None and first.role is Role.TITLE else ""


def _date(root: etree._Element, part: etree._Element, rng: Random) -> tuple[int, int, int]:
    places = [root.find(".//{*}profileDesc/{*}creation"), root.find(".//{*}correspDesc"), part, root]
    for place in places:
        for date in place.iter("{*}date") if place is not None else ():
            for key in ("when", "when-iso", "notBefore", "from"):
                if found := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date.get(key, "")):
                    year, month, day = (int(one or 1) for one in found.groups())
                    if 1400 < year < 2000:
                        return year, month, min(day, 28) if month == 2 else day
    return rng.randint(1790, 1940), rng.randint(1, 12), rng.randint(1, 28)


def _agrees(title: str, date: tuple[int, int, int]) -> bool:
    """Return whether a title names no other day than the date, and none that the calendar does not have."""
    stated = read_title(title).day
    if stated is None:
        return True
    parts = zip((stated.year, stated.month, stated.day), date, strict=True)
    return stated.exists and all(part in (None, own) for part, own in parts)


def _parts(root: etree._Element) -> list[list[etree._Element]]:
    """Return the parts of a document that become a capture each: the sides of an entry, or one part alone."""
    entries = [div for div in root.iter("{*}div") if div.get("type") == "entry"]
    sides = [div.get("subtype", "") for div in entries]
    if entries and set(sides) <= {"translation", "transcription"} and len(set(sides)) == len(sides):
        return [sorted(entries, key=lambda div: div.get("subtype", ""), reverse=True)]
    if entries:
        return [[entry] for entry in entries]
    bodies = list(root.iter("{*}body"))
    parts = []
    for body in bodies:
        divs = [div for div in body if local(div) == "div"]
        texts = [div for div in divs if _TEXT_DIVS.fullmatch(re.sub(r"-.*", "", div.get("type", "")))]
        others = [div for div in divs if div not in texts and div.get("type")]
        parts += [[div] for div in texts] if texts and others else [[body]]
    return parts


def captures(path: Path, options: Options) -> list[Made]:
    """Return the captures of the entries in a TEI file; those without words are left out."""
    root = parse(path.read_bytes())
    made = []
    for number, sides in enumerate(_parts(root)):
        rng = Random(f"{options.seed}:{path.name}:{number}")
        one = _capture(f"{path.stem}-{number}.txt", root, sides, options, rng)
        if one is not None:
            made.append(one)
    return made


def _capture(
    name: str, root: etree._Element, sides: list[etree._Element], options: Options, rng: Random
) -> Made | None:
    header = ".//{*}teiHeader//{*}titleStmt/"
    title = _head(root, sides[0]) or _first(root, f"{header}{{*}}title[@type='main']", f"{header}{{*}}title")
    author = _first(root, f"{header}{{*}}author", ".//{*}correspAction[@type='sent']/{*}persName") or "Doe, Jane"
    year, month, day = _date(root, sides[0], rng)
    if not title or not _agrees(title, (year, month, day)):
        title = f"Document {rng.randint(100, 999)}"
    panes: dict[str, list[_Row]] = {}
    left_out: Counter[str] = Counter()
    disordered: set[str] = set()
    for side in sides:
        text = fold("".join(side.itertext()))
        language = side.get(XML_LANG) or language_of(text)
        reading = Reading(root, language.startswith(("de", "ger")))
        blocks = reading.read(side)
        if not any(block.text for block in blocks if block.role is not Role.TITLE):
            continue
        blocks = _titled(blocks, title)
        sheet = _Sheet(blocks, options, rng)
        for block in blocks:
            sheet.write(block)
        if options.disorder:
            _exchange(sheet.rows, rng)
        _mark_either(sheet.rows)
        left_out += reading.left_out
        subtype = side.get("subtype", "")
        pane = subtype if subtype in ("translation", "transcription") else (
            "translation" if language.startswith("en") else "transcription")  # fmt: skip
        panes[pane] = sheet.rows
        if _disordered(sheet.rows):
            disordered.add(pane)
    if not panes:
        return None
    date = f"{year} {_MONTHS[month - 1]} {day}"
    values = {"title": title, "author": author, "date": date, "volume": "Pontoon Papers: Volume 1"}
    return _lay_out(name, panes, values, left_out, frozenset(disordered))


def _lay_out(
    name: str, panes: dict[str, list[_Row]], values: dict[str, str], left_out: Counter[str], disordered: frozenset[str]
) -> Made:
    text = _HEAD.format(**values)
    gold: list[Gold] = []
    for pane in ("translation", "transcription"):
        rows = panes.get(pane, [])
        pages = sum(1 for row in rows if row.role in (Role.PAGE, Role.NOTE_PAGE))
        text += f"{pane.capitalize()}\n/ {pages}\n{_MENU}"
        for row in rows:
            page = row.role in (Role.PAGE, Role.NOTE_PAGE)
            text += f"\n\nPage {row.text}\n\n" if page else ""
            number = text.count("\n") - 1 if page else text.count("\n") + 1
            text += "" if page else f"{row.text}\n"
            gold.append(Gold(number, row.role, bool(row.commentary), row.either, row.kind, row.anchor, row.glued))
    return Made(name, text + _DETAILS.format(**values), tuple(gold), left_out, disordered)
