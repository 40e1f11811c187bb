"""The source of an entry: the capture's lines as they stand, and the ledger, made by converting it again in memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Final

from lxml import etree

from pipeline.body import encode
from pipeline.config import Edition
from pipeline.convert import author_names
from pipeline.ingest import find_sources, profile_of, read_source
from pipeline.ledger import Account, Ledger, check
from pipeline.model import Capture, Line, Pane, Source, file_name
from pipeline.pages import read_pages
from pipeline.readers.profile import Profile
from pipeline.segment import Setting, segment
from pipeline.store import reason
from pipeline.tei import XML_ID, XML_LANG, T

_CAPTURE: Final = f"{T}teiHeader/{T}fileDesc/{T}sourceDesc/{T}bibl[@type='capture']"


@dataclass(frozen=True, slots=True)
class SourceSide:
    """One side of an entry in its source: its lines, its ledger, and what the TEI as it is now does not agree with."""

    side: str
    pane: Pane
    ledger: Ledger
    differences: tuple[str, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines, as they stand."""
        return self.pane.lines

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Return what became of each stretch."""
        return self.ledger.accounts


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from: the file's name, its sides, and what hinders to show them."""

    name: str = ""
    sides: tuple[SourceSide, ...] = ()
    problem: str = ""
    changed: bool = False


@cache
def sources_by_name(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the sources in a folder by the name that a header gives them; none where there is no folder.

    It is looked at once in each process: a run that wants to see it anew clears what was seen.
    """
    found: dict[str, tuple[Path, ...]] = {}
    if folder.is_dir():
        for path in find_sources([folder])[0]:
            name = file_name(str(path))
            found[name] = (*found.get(name, ()), path)
    return found


def _load(path: Path, limit: int) -> Source | str:
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            return f"{path.name} is no file"
        if state.st_size > limit:
            return f"{path.name} has {state.st_size:,} bytes, more than max_bytes in edition.toml"
        return Source(str(path), path.read_bytes())
    except OSError as error:
        return f"{path.name} cannot be read: {reason(error)}"


def origin(root: etree._Element, edition: Edition) -> Origin:
    """Return where an entry comes from, as far as its source is still there."""
    said = root.find(_CAPTURE)
    if said is None:
        return Origin(problem="The header names no capture: there is no source to show.")
    name = said.findtext(f"{T}idno[@type='file']", "")
    digest = said.findtext(f"{T}idno[@type='sha256']", "")
    sources = sources_by_name(edition.root / edition.sources.folder)
    loaded = [_load(path, edition.sources.max_bytes) for path in sources.get(name, ())]
    there = [one for one in loaded if isinstance(one, Source)]
    if not there:
        why = next((one for one in loaded if isinstance(one, str)), "")
        gone = f"{name or 'The capture'} is not in {edition.sources.folder}/ any more."
        return Origin(name, problem=why[:1].upper() + why[1:] + "." if why else gone)
    source = next((one for one in there if one.sha256 == digest), there[0])
    changed = source.sha256 != digest
    capture, found = read_source(source, edition)
    if capture is None:
        why = found[0].message if found else "no profile fits it"
        return Origin(name, problem=f"{name} cannot be read as a source any more: {why}.", changed=changed)
    divs = {div.get("subtype", ""): div for div in root.iter(f"{T}div") if div.get("type") == "entry"}
    profile = profile_of(capture, edition)
    sides = tuple(_side(pane, capture, profile, divs.get(pane.side), name) for pane in capture.panes if not pane.empty)
    return Origin(name, sides, changed=changed)


def _side(pane: Pane, capture: Capture, profile: Profile, div: etree._Element | None, name: str) -> SourceSide:
    """Return one side with its ledger: converted again, with the ids and the language that it has in the TEI."""
    language = div.get(XML_LANG, pane.language) if div is not None else pane.language
    code = div.get(XML_ID, language) if div is not None else language
    pane = Pane(pane.side, language, pane.pages, pane.lines, pane.text)
    setting = Setting(
        capture.title, author_names(capture.author), int(capture.date[:4]), language, profile.page, profile.ornament
    )
    decisions = segment(pane.lines, setting)
    pages, _ = read_pages(decisions, profile.page, capture.source)
    made = encode(pane, decisions, pages, capture.date, code, "print")
    if div is None:
        return SourceSide(pane.side, pane, made.ledger, ("the TEI has no such side",))
    told = tuple(one.message for one in check(made.ledger, pane, div, name))
    return SourceSide(pane.side, pane, made.ledger, told)
