"""The encoding of a document as spans of its text, so that two encodings of one text can be held against each other.

The text is read in streams: the running text is one, each note is one of its own, known by its words. White space does
not count. A span is where markup stands in its stream.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.passage import Passage, passages
from pipeline.tei import local

_FIELDS: Final = frozenset("author editor title pubPlace date biblScope citedRange idno orgName".split())
_MOMENT: Final = ("when", "from", "to", "notBefore", "notAfter", "calendar")


@dataclass(frozen=True, slots=True)
class Span:
    """Markup of one kind: its stream (empty for the running text), where it stands there, and what it says."""

    kind: str
    stream: str
    start: int
    end: int
    value: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Return where it stands."""
        return self.stream, self.start, self.end


@dataclass(slots=True)
class Answer:
    """The spans of a document. fields are those of each citation by its place; streams the texts."""

    spans: list[Span] = field(default_factory=list)
    fields: dict[tuple[str, int, int], Counter[str]] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def of(self, kind: str) -> set[Span]:
        """Return the spans of one kind."""
        return {one for one in self.spans if one.kind == kind}


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _moment(element: etree._Element) -> str:
    return " ".join(f"{key}={element.get(key)}" for key in _MOMENT if element.get(key))


def _value(element: etree._Element) -> str:
    name = local(element)
    if name in ("date", "time"):
        return _moment(element)
    if name == "persName":
        return element.get("ref", "")
    if name == "ref":
        # Where an entry is not in the edition, a reference to it has no target.
        return element.get("type", "")
    return ""


def _field(element: etree._Element) -> str | None:
    name = local(element)
    text = _squeeze("".join(element.itertext())).strip(",.;:()")
    if name == "citedRange":
        return f"citedRange {element.get('unit', '')} {element.get('from', '')}-{element.get('to', '')}"
    if name == "date":
        return f"date {_moment(element)}"
    if name == "title":
        return f"title {element.get('level', '')} {text}"
    if name == "biblScope":
        return f"biblScope {element.get('unit', '')} {text}"
    if name == "idno":
        return f"idno {element.get('type', '')} {text}"
    return f"{name} {text}" if name in _FIELDS else None


def answer_of(root: etree._Element) -> Answer:
    """Return the encoding of a document as spans."""
    found = Answer()
    running = 0
    for passage in passages(root):
        if local(passage.block) == "speaker" or local(passage.block) == "head":
            continue
        text = _squeeze(passage.text)
        if passage.note is not None:
            # The paragraphs of a note are one stream.
            stream = _squeeze("".join(_own(passage.note)))
            offset = stream.find(text)
            found.streams[stream] = stream
        else:
            stream, offset = "", running
            running += len(text)
            found.streams[""] = found.streams.get("", "") + text
            for at, atom in passage.atoms:
                if local(atom) == "note" and atom.get("type") != "commentary":
                    at_squeezed = offset + len(_squeeze(passage.text[:at]))
                    found.spans.append(Span("note", _squeeze("".join(_own(atom))), at_squeezed, at_squeezed))
        found.spans += _spans(passage, stream, offset, found)
    return found


def _own(note: etree._Element) -> Iterator[str]:
    """Yield the text of a note without that of notes in it."""
    yield note.text or ""
    for child in note:
        if isinstance(child.tag, str) and local(child) != "note":
            yield from _own(child)
        yield child.tail or ""


def _spans(passage: Passage, stream: str, offset: int, found: Answer) -> Iterator[Span]:
    for one in passage.held:
        start = offset + len(_squeeze(passage.text[: one.start]))
        end = offset + len(_squeeze(passage.text[: one.end]))
        within = any(local(above) == "bibl" for above in one.element.iterancestors())
        if one.name == "bibl":
            fields = (_field(inner) for inner in one.element.iterdescendants(etree.Element))
            found.fields[stream, start, end] = Counter(text for text in fields if text is not None)
        if one.name in ("persName", "bibl", "date", "time", "ref", "q", "said", "soCalled", "quote", "supplied", "ex"):
            if within and one.name != "persName":
                continue
            kind = {"said": "q", "soCalled": "q", "quote": "q"}.get(one.name, one.name)
            span = Span(kind, stream, start, end, _value(one.element))
            if one.name == "persName":
                found.names[span.place] = passage.text[one.start : one.end]
            yield span
