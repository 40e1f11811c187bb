"""The edition as a website: XSLT makes the text of each entry, Jinja the pages around it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final
from urllib.parse import quote

import jinja2
from lxml import etree
from markupsafe import Markup

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, Report, diagnostic
from pipeline.render.contents import years_of
from pipeline.render.corpus import write_corpus
from pipeline.render.language import Language, direction, language
from pipeline.render.links import Image, images_in, links_in, names_in, read_persons
from pipeline.render.unhandled import unhandled
from pipeline.render.volumes import UNPLACED, Entry, Side, Volume
from pipeline.resources import resource
from pipeline.saxon import TransformError, stylesheet
from pipeline.tei import NotTEI, T, parse

POOL_FROM: Final = 200
"""With fewer entries than this, starting workers costs more than it saves."""
BATCH: Final = 25
"""Entries that a worker takes at a time."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the page of any entry needs of the edition, small enough to be sent to a worker."""

    edition: Edition
    entries: frozenset[str]
    persons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """An entry, the volume it stands in, and its neighbours in the edition."""

    entry: Entry
    volume: Volume
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Page:
    """The page of an entry, the images it shows, and what was found on the way."""

    entry: str
    html: str
    images: tuple[Image, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Pane:
    """One side of an entry on its page; html is empty for a side that the source does not have."""

    id: str
    label: str
    language: str
    html: Markup
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A line of the document details; href is empty where there is nothing to go to."""

    label: str
    value: str
    href: str = ""


def render_web(edition: Edition, volumes: tuple[Volume, ...], out: Path, jobs: int = 1) -> Report:
    """Write the website into an empty folder and return what was found and written, names relative to it.

    An entry that cannot be rendered is reported and left out; the others are written.
    """
    persons, found = read_persons(edition)
    order = [(entry, volume) for volume in volumes for entry in volume.entries]
    context = Context(edition, frozenset(entry.id for entry, _ in order), persons)
    tasks = tuple(
        Task(entry, volume, order[i - 1][0] if i else None, order[i + 1][0] if i + 1 < len(order) else None)
        for i, (entry, volume) in enumerate(order)
    )
    diagnostics = list(found)
    written: list[str] = []
    images: dict[str, Image] = {}
    for page in _pages(tasks, context, jobs):
        diagnostics.extend(page.diagnostics)
        if page.html:
            _write(out / f"{page.entry}.html", page.html)
            written.append(f"{page.entry}.html")
            images.update((image.name, image) for image in page.images)
    for entry, _ in order:
        shutil.copyfile(entry.path, out / f"{entry.id}.xml")
        written.append(f"{entry.id}.xml")
    for volume in volumes:
        record = edition.volumes / f"{volume.id}.xml"
        if record.is_file():
            write_corpus(record, volume.entries, out / record.name)
            written.append(record.name)
    for image in images.values():
        (out / image.name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(image.source, out / image.name)
        written.append(image.name)
    _write(out / "index.html", render_index(edition, volumes))
    written.append("index.html")
    (out / "static").mkdir()
    for path in sorted((resource("templates") / "static").iterdir()):
        shutil.copyfile(path, out / "static" / path.name)
        written.append(f"static/{path.name}")
    return Report(tuple(diagnostics), tuple(sorted(written)))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _pages(tasks: tuple[Task, ...], context: Context, jobs: int) -> Iterator[Page]:
    """Yield the pages in the order of the tasks, made by workers where that pays."""
    if jobs < 2 or len(tasks) <= POOL_FROM:
        for task in tasks:
            yield _page(task, context)
        return
    batches = [(batch, context) for batch in _batched(tasks)]
    # Not forked: a process that has run Saxon once cannot be copied safely.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for pages in pool.map(_work, batches):
            yield from pages


def _batched(tasks: tuple[Task, ...]) -> Iterator[tuple[Task, ...]]:
    for start in range(0, len(tasks), BATCH):
        yield tasks[start : start + BATCH]


def _work(batch: tuple[tuple[Task, ...], Context]) -> tuple[Page, ...]:
    tasks, context = batch
    return tuple(_page(task, context) for task in tasks)


def _page(task: Task, context: Context) -> Page:
    return render_entry(task.entry.path.read_bytes(), task, context)


def render_entry(data: bytes, task: Task, context: Context) -> Page:
    """Return the page of an entry; depends on nothing but what is given, so any worker may make it."""
    entry = task.entry
    try:
        root = parse(data)
    except NotTEI as error:
        says, hint = f"not well-formed: {error}", "correct the file at that line"
        found = diagnostic("R-006", entry.file, error.line, says, hint, error.column)
        return Page(entry.id, "", (), (found,))
    text = root.find(f"{T}text")
    if text is None:
        hint = "an entry is a TEI document with teiHeader and text"
        found = diagnostic("R-006", entry.file, root.sourceline, "there is no text in it", hint)
        return Page(entry.id, "", (), (found,))
    words = language(context.edition.language)
    links, lost = links_in(root, text, entry.file, context.entries)
    addresses, images, missing = images_in(root, entry.path, entry.file, context.edition.root)
    tables = {
        "words": dict(words.words),
        "links": links,
        "images": addresses,
        "names": names_in(text, context.persons),
    }
    try:
        parts, unhandled = fragments(root, tables, entry.file)
    except TransformError as error:
        hint = "report it with this file: the stylesheets are to take any TEI"
        return Page(entry.id, "", (), (diagnostic("R-006", entry.file, None, str(error), hint),))
    html = _template("entry.html").render(
        edition=context.edition,
        words=words,
        entry=entry,
        volume=task.volume,
        volume_name=volume_name(task.volume, words),
        before=task.before,
        after=task.after,
        panes=_panes(parts, entry, words),
        details=_details(entry, task.volume, context.edition, words),
        canonical=_canonical(context.edition, f"{quote(entry.id)}.html"),
        dir=direction(words.tag),
    )
    return Page(entry.id, html, images, (*lost, *missing, *unhandled))


def fragments(
    root: etree._Element, tables: Mapping[str, Mapping[str, str]], file: str = ""
) -> tuple[dict[str, Markup], tuple[Diagnostic, ...]]:
    """Return the XHTML of each part of an entry by its id, and the elements that no template handles.

    tables are the stylesheet's parameters: words, links, images, names.

    Raises:
        TransformError: the stylesheet fails.
    """
    sheet = stylesheet(resource("xslt") / "web.xsl")
    parameters = {name: json.dumps(dict(table), ensure_ascii=False) for name, table in tables.items()}
    # The tree again as text, so that a DOCTYPE and its entities are done with, and nothing is fetched.
    out, messages = sheet.run(etree.tostring(root, encoding="unicode"), parameters)
    # Only the stylesheet makes processing instructions here: in text and attributes < is escaped.
    pieces = re.split(r"<\?part (\S+?)\s*\?>", out)
    parts = {name: Markup(html) for name, html in zip(pieces[1::2], pieces[2::2], strict=True)}
    return parts, _unhandled(messages, root, file)


def _unhandled(messages: Iterable[str], root: etree._Element, file: str) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each name among the stylesheet's messages, at the first place where it occurs."""
    hint = "use an element that the edition's encoding has, or add a template for it to xslt/web-inline.xsl"
    return tuple(
        diagnostic("R-001", file, one.line, f"<{one.name}> at {one.path} has no rendering", hint)
        for one in unhandled(messages, root)
    )


def _panes(parts: Mapping[str, Markup], entry: Entry, words: Language) -> tuple[Pane, ...]:
    sides: dict[str, Side] = {side.id: side for side in entry.sides}
    panes = []
    for name, html in parts.items():
        side = sides.get(name)
        kind = "rest" if name == "rest" else side.kind if side else ""
        label = words.words.get(kind or "text", kind)
        panes.append(Pane(name, label, side.language if side else entry.language, html))
    # An archive that has both sides and left one empty: the page says so instead of showing nothing.
    both = ("translation", "transcription")
    kinds = {side.kind for side in entry.sides}
    absent = [kind for kind in both if kinds & set(both) and kind not in kinds]
    panes += [Pane(kind, words.word(kind), "", Markup(), words.word(f"no-{kind}")) for kind in absent]
    return tuple(panes)


def volume_name(volume: Volume, words: Language) -> str:
    """Return what a volume is called."""
    if volume.id == UNPLACED:
        return words.word("unplaced")
    if volume.n and volume.n not in volume.title:
        return f"{volume.title}, {words.word('volume-n', volume.n)}"
    return volume.title


def _heading(volume: Volume, edition: Edition, words: Language) -> str:
    """Return a volume's name under the edition's title, which it need not say again."""
    name = volume_name(volume, words)
    return name.removeprefix(edition.title).lstrip(" :,.–—-") or words.word("contents")


def _details(entry: Entry, volume: Volume, edition: Edition, words: Language) -> tuple[Detail, ...]:
    facts = entry.facts
    dated = ", ".join(part for part in (words.weekday(entry.date), words.long_date(entry.date)) if part)
    licence = facts.licence or edition.licence
    details = (
        Detail("title", entry.title),
        Detail("date", dated or facts.created),
        Detail("author", facts.author or edition.author),
        Detail("editors", ", ".join(edition.editors or facts.editors)),
        Detail("recipient", facts.recipient),
        Detail("volume", volume_name(volume, words)),
        Detail("printed", facts.printed),
        Detail("repository", facts.repository),
        Detail("identifier", facts.identifier),
        Detail("abstract", facts.abstract),
        Detail("languages", ", ".join(words.language_name(tag) for tag in facts.languages)),
        Detail("capture", facts.capture),
        Detail("publisher", facts.publisher or edition.publisher),
        Detail("address", facts.address, _web(facts.address)),
        Detail("licence", facts.licence_text or licence, _web(licence)),
        Detail("release", facts.release or edition.release),
        Detail("status", facts.status),
        Detail("program", ", ".join(facts.programs)),
    )
    return tuple(
        Detail(words.word(f"detail-{detail.label}"), detail.value, detail.href) for detail in details if detail.value
    )


def _web(address: str) -> str:
    """Return an address if it is one on the web, else nothing."""
    return address if re.match(r"https?://[^\s]+$", address) else ""


def _canonical(edition: Edition, name: str) -> str:
    return f"{edition.base_url.rstrip('/')}/{name}" if edition.base_url else ""


def render_index(edition: Edition, volumes: tuple[Volume, ...]) -> str:
    """Return the edition's first page: what it is, and the contents of its volumes."""
    words = language(edition.language)
    longest = max((entry.length for volume in volumes for entry in volume.entries), default=1)
    return _template("index.html").render(
        edition=edition,
        words=words,
        volumes=[(volume, _heading(volume, edition, words), years_of(volume, words, longest)) for volume in volumes],
        canonical=_canonical(edition, ""),
        licence=_web(edition.licence),
        dir=direction(words.tag),
        corpora={volume.id for volume in volumes if (edition.volumes / f"{volume.id}.xml").is_file()},
    )


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["direction"] = direction
    environment.filters["address"] = quote
    return environment.get_template(name)
