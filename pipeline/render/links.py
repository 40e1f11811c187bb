"""Where references, names and images of an entry lead: looked up before the stylesheet runs, which only reads it.

What is not in these tables is shown as text: a link exists only where its target was found to be harmless and there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.pointers import Prefix, expand, prefixes_of
from pipeline.render.volumes import relative
from pipeline.tei import XML_ID, NotTEI, T, fold, parse, text_of

IMAGES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})


@dataclass(frozen=True, slots=True)
class Image:
    """An image to be published: source is the file, name its path in the website, with `/`."""

    source: Path
    name: str


def read_persons(edition: Edition) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return who each person of the register is, name and life in a line, by xml:id."""
    path = edition.register("persons")
    if path is None:
        return {}, ()
    try:
        root = parse(path.read_bytes())
    except NotTEI as error:
        message = f"not well-formed: {error}"
        hint = "correct the file at that line"
        return {}, (diagnostic("R-007", relative(edition, path), error.line, message, hint, error.column),)
    persons = ((person.get(XML_ID), _who(person)) for person in root.iter(f"{T}person"))
    return {name: who for name, who in persons if name and who}, ()


def _who(person: etree._Element) -> str:
    names = person.findall(f"{T}persName")
    main = next((name for name in names if name.get("type") == "main"), names[0] if names else None)
    years = [_year(person.find(f"{T}{event}")) for event in ("birth", "death")]
    life = "–".join(years) if any(years) else ""
    return ", ".join(part for part in ("" if main is None else text_of(main), life) if part)


def _year(event: etree._Element | None) -> str:
    if event is None:
        return ""
    iso = next((event.get(name, "") for name in ("when", "notBefore", "from", "notAfter") if event.get(name)), "")
    year = re.match(r"-?\d{4}", iso)
    return year[0].lstrip("0") if year else text_of(event)


def names_in(text: etree._Element, persons: Mapping[str, str]) -> dict[str, str]:
    """Return who is meant by each ref and who of a text that the register knows."""
    found: dict[str, str] = {}
    for element in text.iter(f"{T}*"):
        for token in f"{element.get('ref', '')} {element.get('who', '')}".split():
            name = re.split(r"[:#]", token)[-1]
            if name in persons:
                found[token] = persons[name]
    return found


def links_in(
    root: etree._Element, text: etree._Element, file: str, entries: frozenset[str]
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return the address of each target of ref and ptr in a text, and those that have none."""
    prefixes = prefixes_of(root)
    ids = {name for element in text.iter(f"{T}*") if (name := element.get(XML_ID))}
    for pb in text.iter(f"{T}pb"):
        page = fold(pb.get("n", ""))
        ids |= {f"p{page}", f"notes-p{page}"}
    links: dict[str, str] = {}
    found: list[Diagnostic] = []
    for element in text.iter(f"{T}ref", f"{T}ptr"):
        target = fold(element.get("target", ""))
        if not target or target in links:
            continue
        addresses = (_address(token, prefixes, ids, entries) for token in target.split())
        address = next((address for address in addresses if address), None)
        if address is not None:
            links[target] = address
        else:
            message = f'target="{target}" leads to no entry or page of this edition and to no address on the web'
            hint = "correct the target, or take it away where the words refer to something outside the edition"
            found.append(diagnostic("R-002", file, element.sourceline, message, hint))
    return links, tuple(found)


def _address(token: str, prefixes: Sequence[Prefix], ids: set[str], entries: frozenset[str]) -> str | None:
    expanded = expand(token, prefixes) or token
    if expanded.startswith("#"):
        return f"#{quote(expanded[1:])}" if expanded[1:] in ids else None
    try:
        parts = urlsplit(expanded)
    except ValueError:
        return None
    if (parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and "@" in parts.path):
        return expanded
    if parts.scheme == "entry":
        expanded, parts = f"d{parts.path}.xml", parts._replace(scheme="", path=f"d{parts.path}.xml")
    if parts.scheme or parts.netloc or parts.query:
        return None
    name = unquote(parts.path.rsplit("/", 1)[-1]).removesuffix(".xml").removesuffix(".html")
    if name not in entries:
        return None
    return f"{quote(name)}.html" + (f"#{quote(parts.fragment)}" if parts.fragment else "")


def entry_of(address: str) -> str:
    """Return the id of the entry to whose page an address of `links_in` leads; nothing where it is on the web."""
    page = address.partition("#")[0]
    inside = page.endswith(".html") and not re.match(r"https?:|mailto:", page)
    return unquote(page.removesuffix(".html")) if inside else ""


def _images(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(f"{T}graphic", f"{T}media"):
        yield element, element.get("url", "")
    for pb in root.iter(f"{T}pb"):
        for token in pb.get("facs", "").split():
            if not token.startswith("#"):
                yield pb, token


def images_in(
    root: etree._Element, path: Path, file: str, edition: Path
) -> tuple[dict[str, str], tuple[Image, ...], tuple[Diagnostic, ...]]:
    """Return the website's address of each image of an entry, the images to copy, and those that cannot be.

    path is the entry's file, to which the addresses in it are relative; edition the folder that holds all.
    """
    addresses: dict[str, str] = {}
    images: dict[str, Image] = {}
    found: list[Diagnostic] = []
    inside = edition.resolve()
    for element, url in _images(root):
        if url in addresses or re.match(r"https?://", url):
            continue
        try:
            source = (path.parent / unquote(url)).resolve()
            fits = bool(url) and source.is_relative_to(inside) and source.suffix.lower() in IMAGES
            there = fits and source.is_file()
        except (OSError, ValueError):
            fits = there = False
        if there:
            name = f"images/{source.relative_to(inside).as_posix()}"
            addresses[url] = quote(name)
            images[name] = Image(source, name)
        else:
            why = "is not there" if fits else "is no image inside the edition's folder"
            hint = f"put it there as {', '.join(sorted(IMAGES))}, and give its path relative to the entry's file"
            found.append(diagnostic("R-003", file, element.sourceline, f'the image "{url}" {why}', hint))
    return addresses, tuple(images.values()), tuple(found)
