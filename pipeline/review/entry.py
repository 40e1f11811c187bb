"""One entry for the page: its source, its reading, its questions with their places in both, and its ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.enrich.describe import describe
from pipeline.enrich.model import Ruling
from pipeline.ledger import Fate
from pipeline.review.alignment import Alignment
from pipeline.review.origin import Origin, SourceSide, origin
from pipeline.review.questions import Question, questions
from pipeline.review.reading import Place, Reading, sides_of, title_of, units
from pipeline.store import reason, recorded, untouched
from pipeline.tei import XML_ID, NotTEI, local, parse

_HINT: Final = "correct the file; the other entries are on the page."


@dataclass(frozen=True, slots=True)
class Job:
    """The work on one entry: its file, and the rulings on it alone."""

    path: str
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the work on all entries shares: the edition, and the rulings that hold everywhere."""

    edition: Edition
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the page is told of an entry: id, title, day, its open questions, the addresses used, and all as JSON."""

    id: str
    path: str
    title: str = ""
    date: str = ""
    open: int = 0
    all: tuple[tuple[str, int, int], ...] = ()
    used: frozenset[str] = frozenset()
    json: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def _read(job: Job) -> etree._Element | Diagnostic:
    try:
        root = parse(Path(job.path).read_bytes())
    except NotTEI as fault:
        return diagnostic("E-089", job.path, fault.line, f"not well-formed: {fault}", _HINT, fault.column)
    except OSError as error:
        return diagnostic("E-089", job.path, None, f"cannot be read: {reason(error)}", _HINT)
    if local(root) != "TEI":
        return diagnostic("E-089", job.path, root.sourceline, f"found <{local(root)}>, not the TEI of an entry", _HINT)
    return root


def _id(root: etree._Element, path: str) -> str:
    return root.get(XML_ID) or Path(path).stem


def summary(setting: Setting, job: Job) -> Told:
    """Return of an entry only how many of its questions are open."""
    return _tell(setting, job, whole=False)


def tell(setting: Setting, job: Job) -> Told:
    """Return everything of an entry that the page shows."""
    return _tell(setting, job, whole=True)


def _tell(setting: Setting, job: Job, whole: bool) -> Told:
    root = _read(job)
    if isinstance(root, Diagnostic):
        return Told(Path(job.path).stem, job.path, diagnostics=(root,))
    entry = _id(root, job.path)
    known = describe(root, (*setting.rulings, *job.rulings))
    reading = Reading(root)
    asked = questions(root, reading, known.rulings, entry)
    told = Told(
        entry,
        job.path,
        title_of(root),
        known.date,
        sum(one.open for one in asked),
        tuple((one.group, round(one.certainty * 100), _state(one)) for one in asked if one.state != "ruling"),
        frozenset(address for one in asked for address in (one.value, *(value for value, _ in one.others)) if address),
    )
    if not whole:
        return told
    data = _data(setting, root, reading, asked, told)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Told(told.id, told.path, told.title, told.date, told.open, told.all, told.used, text)


def _state(one: Question) -> int:
    """Return 0 for a question that is settled by hand, 1 for one of rules, 2 for one that is unresolved."""
    return 0 if one.state == "hand" else 2 if one.unresolved else 1


def _data(
    setting: Setting, root: etree._Element, reading: Reading, asked: Sequence[Question], told: Told
) -> dict[str, Any]:
    from_ = origin(root, setting.edition)
    numbers = [div.get("subtype", "") for div in reading.sides]
    aligned = {
        numbers.index(side.side): (shown, Alignment(reading, numbers.index(side.side), side))
        for shown, side in enumerate(from_.sides)
        if side.side in numbers
    }
    return {
        "id": told.id,
        "title": told.title,
        "date": told.date,
        "file": _relative(Path(told.path), setting.edition),
        "hand": _by_hand(Path(told.path)),
        "sides": sides_of(reading),
        "items": reading.told(),
        "source": _source_told(from_),
        "ask": [_asked(one, reading, aligned) for one in asked],
    }


def _relative(path: Path, edition: Edition) -> str:
    try:
        return path.relative_to(edition.root).as_posix()
    except ValueError:
        return path.name


def _by_hand(path: Path) -> int:
    """Return 1 where the file says how the program wrote it and is not so any more."""
    try:
        data = path.read_bytes()
    except OSError:
        return 0
    return int(recorded(data) is not None and not untouched(data))


def _asked(one: Question, reading: Reading, aligned: Mapping[int, tuple[int, Alignment]]) -> dict[str, Any]:
    told = one.told()
    place = one.place
    if place is None:
        return told
    item = reading.items[place.item]
    at = units(item.text)
    told["at"] = [place.item, at(place.start), at(place.end)]
    if item.side in aligned:
        shown, alignment = aligned[item.side]
        if spans := alignment.spans(_with_text(place, reading)):
            told["src"] = [[shown, *span] for span in spans]
    return told


def _with_text(place: Place, reading: Reading) -> Place:
    """Return a place that has a text: of a page break between passages, the beginning of what follows it."""
    if reading.items[place.item].passage is not None or place.item + 1 >= len(reading.items):
        return place
    after = reading.items[place.item + 1]
    same = after.side == reading.items[place.item].side and after.passage is not None
    return Place(place.item + 1, 0, min(1, len(after.text))) if same else place


def _source_told(from_: Origin) -> dict[str, Any]:
    return {
        "name": from_.name,
        "problem": from_.problem,
        "changed": int(from_.changed),
        "sides": [_side_told(one) for one in from_.sides],
    }


def _side_told(side: SourceSide) -> dict[str, Any]:
    return {
        "k": side.side,
        "l": side.pane.language,
        "lines": [[line.number, line.text] for line in side.lines],
        "fates": {str(fate): count for fate, count in side.ledger.counts().items()},
        "told": list(_accounts(side)),
        "differ": list(side.differences),
        "inferred": side.ledger.inferred or "",
    }


def _accounts(side: SourceSide) -> Iterable[list[Any]]:
    """Yield what was moved or dropped: the line (from 0), its columns, the fate, and where to or why."""
    number = 0
    for one in side.accounts:
        while number + 1 < len(side.lines) and side.lines[number + 1].start <= one.start:
            number += 1
        if one.fate in (Fate.MOVED, Fate.DROPPED):
            line = side.lines[number]
            at = units(line.text)
            end = min(one.end, line.end)
            yield [number, at(one.start - line.start), at(end - line.start), str(one.fate), one.into]
