"""The header's statements about enrichment: which rules added markup, and what the private schemes stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from pipeline import __version__
from pipeline.enrich.run import Rules
from pipeline.pointers import scheme_of
from pipeline.tei import TEI_NS, XML_ID, T, local

_RULE_SET: Final = "1"


def state(root: etree._Element, used: Sequence[Rules], prefixes: Mapping[str, tuple[str, str, str]]) -> None:
    """Say in a document's header which rules made markup in it, in place.

    prefixes are, by scheme, the pattern, the replacement and a word for what it addresses; those that the text uses
    and the header does not declare are added.
    """
    header = root.find(f"{T}teiHeader")
    statement = header.find(f"{T}fileDesc/{T}titleStmt") if header is not None else None
    if header is None or statement is None:
        return
    for old in [one for one in statement.iterchildren(f"{T}respStmt") if _is_ours(one)]:
        _take(old)
    if used:
        application = _application(header)
        for rules in used:
            said = etree.Element(f"{T}respStmt", nsmap={None: TEI_NS})
            said.set(XML_ID, f"auto.{rules.name}")
            etree.SubElement(said, f"{T}resp").text = f"{rules.what}, rule set {rules.name[0]}{_RULE_SET}"
            name = etree.SubElement(said, f"{T}name", type="software", ref=f"#{application}")
            name.text = "teipress"
            _put(statement, said)
    _declare(root, header, prefixes)


def _is_ours(statement: etree._Element) -> bool:
    own = statement.get(XML_ID, "")
    return own.startswith("auto.") and own != "auto.struct"


def _take(element: etree._Element) -> None:
    """Remove an element of ours with the white space that was put before it."""
    above, before = element.getparent(), element.getprevious()
    assert above is not None  # it stands in a header
    if before is not None:
        before.tail = element.tail
    else:
        above.text = element.tail
    above.remove(element)


def _put(above: etree._Element, element: etree._Element) -> None:
    """Append an element, laid out as its elder siblings are."""
    last = above[-1] if len(above) else None
    if last is None:
        element.tail = above.text
        above.append(element)
        return
    before = last.getprevious()
    element.tail = last.tail
    last.tail = before.tail if before is not None else above.text
    above.append(element)


def _encoding(header: etree._Element) -> etree._Element:
    encoding = header.find(f"{T}encodingDesc")
    if encoding is None:
        encoding = etree.Element(f"{T}encodingDesc", nsmap={None: TEI_NS})
        file = header.find(f"{T}fileDesc")
        assert file is not None  # its titleStmt was found
        encoding.tail = file.tail
        header.insert(header.index(file) + 1, encoding)
    return encoding


def _application(header: etree._Element) -> str:
    """Return the id of the statement of this program, made where there is none."""
    for application in header.iter(f"{T}application"):
        if application.get("ident") == "teipress" and application.get(XML_ID):
            return application.get(XML_ID, "")
    encoding = _encoding(header)
    info = encoding.find(f"{T}appInfo")
    if info is None:
        info = etree.SubElement(encoding, f"{T}appInfo")
    taken = {str(one) for one in header.getroottree().getroot().xpath("//@xml:id")}
    own = "app" if "app" not in taken else "teipress.app"
    application = etree.SubElement(info, f"{T}application", ident="teipress", version=__version__)
    application.set(XML_ID, own)
    etree.SubElement(application, f"{T}label").text = "teipress"
    return own


def _declare(root: etree._Element, header: etree._Element, prefixes: Mapping[str, tuple[str, str, str]]) -> None:
    declared = {one.get("ident") for one in root.iter(f"{T}prefixDef")}
    wanted = [scheme for scheme in prefixes if scheme not in declared and scheme in _schemes(root)]
    if not wanted:
        return
    encoding = _encoding(header)
    listing = encoding.find(f"{T}listPrefixDef")
    if listing is None:
        listing = etree.SubElement(encoding, f"{T}listPrefixDef")
    for scheme in wanted:
        pattern, replacement, label = prefixes[scheme]
        prefix = etree.SubElement(
            listing, f"{T}prefixDef", ident=scheme, matchPattern=pattern, replacementPattern=replacement
        )
        etree.SubElement(prefix, f"{T}p").text = label


def _schemes(root: etree._Element) -> frozenset[str]:
    """Return the schemes of the addresses in attributes that rules of ours write."""
    found = set()
    for element in root.iter(etree.Element):
        if local(element) in ("prefixDef",):
            continue
        for key in ("ref", "corresp", "target", "who"):
            found |= {scheme_of(one) for one in element.get(key, "").split()}
    return frozenset(found)
