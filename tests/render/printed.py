"""Reading a book back: its words by way of its tags, which is how a screen reader meets them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Report
from pipeline.render.print import render_print
from pipeline.render.volumes import read_volumes
from pipeline.tei import T, local

HEADER = """<teiHeader><fileDesc><titleStmt><title type="main">{title}</title></titleStmt>
<publicationStmt><p>Unpublished.</p></publicationStmt><sourceDesc><p>Invented.</p></sourceDesc></fileDesc>
<profileDesc><creation><date when="{date}">{date}</date></creation></profileDesc></teiHeader>"""


def entry(date: str, body: str, head: str = "", language: str = "en") -> str:
    """Return an entry of one side with this body."""
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d{date}" xml:lang="{language}">'
        + HEADER.format(title=date, date=date)
        + f'<text><body><div type="entry" subtype="translation" xml:lang="{language}">'
        + (f"<head>{head}</head>\n" if head else "")
        + f"{body}</div></body></text></TEI>\n"
    )


def make_edition(root: Path, entries: dict[str, str], **settings: object) -> Edition:
    """Write an edition of these entries (by id) that has no volumes, so that they are one book."""
    (root / "text").mkdir(parents=True)
    for name, text in entries.items():
        (root / "text" / f"{name}.xml").write_text(text, encoding="utf-8")
    return Edition(root=root, **{"title": "The Harbour Diaries", **settings})  # type: ignore[arg-type]


def make_book(edition: Edition, out: Path, jobs: int = 1) -> tuple[Path, Report]:
    """Return the edition's only book and what was found."""
    volumes, found = read_volumes(edition)
    assert not found
    return out / f"{volumes[0].id}.pdf", render_print(edition, volumes, out, jobs)


@dataclass(slots=True)
class Tag:
    """A tag of the PDF and what is in it, in reading order: tags and strings."""

    name: str
    content: list[Tag | str] = field(default_factory=list)

    def walk(self) -> Iterable[Tag]:
        """Yield this tag and all in it."""
        yield self
        for part in self.content:
            if isinstance(part, Tag):
                yield from part.walk()

    def text(self, without: tuple[str, ...] = ()) -> str:
        """Return the text; every tag but a span is parted from its surroundings, line-end hyphens are gone."""
        pieces: list[str] = []
        for part in self.content:
            if isinstance(part, str):
                # A string that is but a hyphen is one that Typst made at a line's end.
                pieces.append(part.removesuffix("-") if part == "-" else part)
            elif part.name not in without:
                inside = part.text(without)
                pieces.append(inside if part.name in ("Span", "Link", "Em", "Strong") else f" {inside} ")
        return "".join(pieces).replace("\u00ad", "")


def tags(pdf: Path) -> Tag:
    """Return the PDF's tags, as poppler reads them."""
    # Titles of headings come in another encoding than the text; they are not looked at.
    done = subprocess.run(
        ["pdfinfo", "-struct-text", pdf], capture_output=True, check=True, encoding="utf-8", errors="replace"
    )
    root = Tag("root")
    open_tags = [(-1, root)]
    for line in done.stdout.split("\n"):
        depth = len(line) - len(line.lstrip(" "))
        words = line.strip()
        string = re.fullmatch(r'"(.*)"', words)
        tag = re.match(r"[A-Z][A-Za-z0-9]*", words) if not words.startswith("Object ") else None
        while open_tags[-1][0] >= depth:
            open_tags.pop()
        if string:
            open_tags[-1][1].content.append(string[1])
        elif tag:
            new = Tag(tag[0])
            open_tags[-1][1].content.append(new)
            open_tags.append((depth, new))
    return root


def words(text: str) -> list[str]:
    """Return the words of a text: letters and figures, whatever stands between."""
    return re.findall(r"\w+", text)


def text_words(file: Path) -> list[str]:
    """Return the words of an entry's text in order, notes at their calls, without the heads of its sides."""
    root = etree.parse(file).getroot()
    text = root.find(f"{T}text")
    assert text is not None
    return words("".join(_pieces(text)))


def _pieces(element: etree._Element) -> Iterable[str]:
    name = local(element)
    if name == "head":
        return
    joins = name in ("ex", "expan", "hi", "persName", "supplied", "q", "said", "foreign") or (
        name in ("pb", "lb") and element.get("break") in ("no", "maybe")
    )
    yield "" if joins else " "
    if name:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
    yield "" if joins else " "


def book_words(pdf: Path) -> list[str]:
    """Return the words of the book's entries in reading order, without headings, calls and generated words."""
    document = tags(pdf).content[0]
    assert isinstance(document, Tag)
    parts = [part for part in document.content if isinstance(part, Tag)]
    heads = [place for place, part in enumerate(parts) if part.name == "H2"]
    # What follows is the colophon: three paragraphs.
    inside = Tag("entries", list(parts[heads[0] : -3]))
    return words(inside.text(without=("Lbl", "H1", "H2", "H3")))
