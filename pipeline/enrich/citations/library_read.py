"""The registers of works and archives read from their files (`standOff/listBibl` with `bibl` and `msDesc`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from pipeline.enrich.citations.library_records import Library, Record, library_of
from pipeline.enrich.citations.parts import Fields
from pipeline.tei import XML_ID, local, text_of

_QUOTES: Final = "‘’“”«»„\"'  "


def read_library(*roots: etree._Element) -> Library:
    """Return the works and archives of registers (`standOff/listBibl` with `bibl` and `msDesc`)."""
    return library_of(record for root in roots for record in _read(root))


def _read(root: etree._Element) -> Iterator[Record]:
    for element in root.iter("{*}bibl", "{*}biblStruct", "{*}msDesc"):
        address = element.get(XML_ID) or ""
        if not address or any(local(above) == "teiHeader" for above in element.iterancestors(etree.Element)):
            continue
        record = _holding(element, address) if local(element) == "msDesc" else _work(element, address)
        parent = element.getparent()
        if record.proposed and parent is not None and parent.get("type") == "proposed":
            record = replace(record, source=etree.tostring(element, encoding="unicode", with_tail=False))
        yield record


def _texts(element: etree._Element, *names: str, **attributes: str) -> list[str]:
    every = element.iter(*(f"{{*}}{name}" for name in names))
    wanted = (one for one in every if all(one.get(name) == value for name, value in attributes.items()))
    return [text for one in wanted if (text := text_of(one))]


def _places(element: etree._Element) -> tuple[tuple[str, str], ...]:
    targets = [one.get("target") or "" for one in element.iter("{*}ptr") if one.get("type") == "found"]
    return tuple(
        (entry.rpartition("/")[2].removesuffix(".xml"), note)
        for entry, _, note in (one.partition("#") for one in targets)
    )


def _holding(element: etree._Element, address: str) -> Record:
    sigla = [
        text for one in element.iter("{*}altIdentifier") if one.get("type") == "siglum" for text in _texts(one, "idno")
    ]
    names = [*_texts(element, "repository"), *_texts(element, "institution")]
    collection = _texts(element, "collection")
    fields = Fields(
        org="" if collection and not sigla and not names else next(iter(names), next(iter(sigla), "")),
        collection=next(iter(collection), ""),
    )
    shared = bool(collection)
    # A collection in a library is not the library.
    fields = Fields(org="" if shared else fields.org, collection=fields.collection) if shared else fields
    if not fields.archival:
        fields = Fields(mark=address)
    others = [*_texts(element, "abbr"), *_texts(element, "msName"), *([] if shared else names[1:]), *collection[1:]]
    return Record(
        address,
        fields,
        (*sigla, *_texts(element, "abbr")),
        tuple(others),
        element.get("status") == "proposed",
        found=_places(element),
    )


def _plain(text: str) -> str:
    return text.strip(_QUOTES).rstrip(".,").strip(_QUOTES)


def _work(element: etree._Element, address: str) -> Record:
    titles = [one for one in element.iter("{*}title") if one.get("type") not in ("short", "abbr", "abbreviated")]
    article = next((one for one in titles if one.get("level") == "a"), None)
    first = article if article is not None else next(iter(titles), None)
    held = next((one for one in titles if one is not first and article is not None), None)
    short = [_plain(one) for kind in ("short", "abbr", "abbreviated") for one in _texts(element, "title", type=kind)]
    others = [_plain(text_of(one)) for one in titles if one is not first and one is not held]
    papers = _texts(element, "idno", type="paper")
    fields = Fields(
        authors=tuple(_texts(element, "author")),
        editors=tuple(_texts(element, "editor")),
        title=_plain(text_of(first)) if first is not None else "",
        level=(first.get("level") or "") if first is not None else "",
        container=_plain(text_of(held)) if held is not None else "",
        container_level=(held.get("level") or "") if held is not None else "",
        place=next(iter(_texts(element, "pubPlace")), ""),
        publisher=next(iter(_texts(element, "publisher")), ""),
        date=next(iter(_texts(element, "date")), ""),
        paper=next(iter(papers), ""),
    )
    sigla = [*_texts(element, "idno", type="siglum"), *_texts(element, "abbr"), *short]
    return Record(
        address,
        fields,
        tuple(dict.fromkeys(sigla)),
        (*short, *others),
        element.get("status") == "proposed",
        found=_places(element),
    )
