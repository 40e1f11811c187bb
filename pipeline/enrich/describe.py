"""What a document's header tells a pass of its entry: when it was written, by whom, in which language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from pipeline.enrich.model import Entry, Ruling
from pipeline.enrich.record import is_rules
from pipeline.tei import XML_ID, XML_LANG, T, fold

_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
# Where the day of writing stands, the surest first.
_DATED: Final = (
    f"{T}teiHeader/{T}profileDesc/{T}creation//{T}date",
    f"{T}teiHeader/{T}profileDesc/{T}correspDesc/{T}correspAction[@type='sent']/{T}date",
    f"{T}text//{T}head//{T}date",
    f"{T}text//{T}dateline//{T}date",
)
_WHEN: Final = ("when", "when-iso", "notBefore", "from")


def _dates(root: etree._Element) -> Iterator[str]:
    for path in _DATED:
        # A date that rules found is no statement of when the entry was written.
        for date in (one for one in root.iterfind(path) if not is_rules(one)):
            yield from (value for key in _WHEN if (value := date.get(key)))
    yield root.get(XML_ID, "")[1:]


def _author(root: etree._Element) -> tuple[str, str]:
    for path in (
        f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}author",
        f"{T}teiHeader/{T}profileDesc/{T}correspDesc/{T}correspAction[@type='sent']/{T}persName",
    ):
        element = root.find(path)
        if element is not None and (name := fold("".join(map(str, element.itertext())))):
            inner = element.find(f"{T}persName")
            ref = element.get("ref") or (inner.get("ref") if inner is not None else None)
            return ("", "") if name.lower() == "unknown" else (name, ref or "")
    return "", ""


def _language(root: etree._Element) -> str:
    for element in (root, root.find(f"{T}text"), root.find(f"{T}text/{T}body/{T}div")):
        if element is not None and (tag := element.get(XML_LANG)):
            return tag
    language = root.find(f"{T}teiHeader/{T}profileDesc/{T}langUsage/{T}language")
    return language.get("ident", "") if language is not None else ""


def describe(root: etree._Element, rulings: tuple[Ruling, ...] = ()) -> Entry:
    """Return what is known of the entry that a TEI holds; rulings are the edition's, those of other entries too."""
    id_ = root.get(XML_ID, "")
    day = next((found[0] for one in _dates(root) if (found := _DAY.match(one))), "")
    author, ref = _author(root)
    own = tuple(one for one in rulings if one.entry in ("", id_))
    return Entry(id_, day, _language(root), author, ref, bool(author), own)
