"""TEI documents: parse without trust, serialise the same way every time, and read the text out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

TEI_NS: Final = "http://www.tei-c.org/ns/1.0"
XML_NS: Final = "http://www.w3.org/XML/1998/namespace"
XI_NS: Final = "http://www.w3.org/2001/XInclude"
T: Final = f"{{{TEI_NS}}}"
XML_ID: Final = f"{{{XML_NS}}}id"
XML_LANG: Final = f"{{{XML_NS}}}lang"

# Elements that stand inside a line of text: they do not part words. All others do.
INLINE: Final = frozenset(
    """
    abbr add addName age am anchor app att author bibl biblScope c choice cit citedRange cl code corr country
    damage date del desc distinct district editor email emph ex expan foreName forename foreign g gap genName
    geogName gi gloss graphic handShift hi ident idno label lang lb lem m measure mentioned metamark milestone
    mod name nameLink num offset orgName orig pc persName phr placeName ptr pubPlace publisher q quote rdg redo
    ref reg region rendition restore retrace roleName rs s said secl seg series settlement sic soCalled space
    subst supplied surname surplus term time title unclear undo unit val w
    """.split()
)

# Elements that hold elements only: white space in them is layout. Not `choice`: it stands inside words.
CONTAINERS: Final = frozenset(
    """
    TEI additions appInfo application availability back biblStruct body castList
    citeStructure classDecl correspAction correspContext correspDesc div editionStmt editorialDecl
    encodingDesc event facsimile figure fileDesc front group handDesc history langUsage lg linkGrp list
    listAnnotation listBibl listChange listEvent listOrg listPerson listPlace listPrefixDef msDesc
    msIdentifier msItem msContents notesStmt org particDesc person personGrp physDesc place postscript
    prefixDef profileDesc projectDesc publicationStmt punctuation quotation refsDecl relation listRelation
    respStmt revisionDesc row segmentation normalization seriesStmt sourceDesc sp standOff surface table
    tagsDecl teiCorpus teiHeader text textClass titlePage titleStmt
    """.split()
)

# Attributes in this order, then the others by name.
_ATTRIBUTE_ORDER: Final = {
    name: rank
    for rank, name in enumerate(
        (XML_ID, "n", "type", "subtype", "place", XML_LANG, "unit", "level", "ref", "who", "target", "when")
    )
}
# From this depth on nothing is laid out.
_UNBROKEN: Final = 1_000_000
_SPACE: Final = re.compile(r"[ \t\r\n]+")


class NotTEI(Exception):
    """The bytes are no well-formed XML; line and column are those of the first fault."""

    def __init__(self, message: str, line: int | None, column: int | None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def parse(data: bytes) -> etree._Element:
    """Return the root of a document that nobody vouches for: no network, no external entity, no entity bomb.

    Raises:
        NotTEI: not well-formed, or an entity that is external or grows without end.
    """
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise NotTEI(error.msg or "not well-formed", line, column) from error


def local(element: etree._Element) -> str:
    """Return the element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def fold(text: str) -> str:
    """Return the text with runs of white space as one space, and none at the ends.

    White space is XML's (space, tab, line end): a no-break space is a character of the text.
    """
    return _SPACE.sub(" ", text).strip(" ")


def _pieces(element: etree._Element) -> Iterator[str]:
    name = local(element)
    if not name:
        return
    joins = name in INLINE or (name == "pb" and element.get("break") in ("no", "maybe"))
    if not joins:
        yield " "
    if element.text:
        yield element.text
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield child.tail
    if not joins:
        yield " "


def text_of(element: etree._Element) -> str:
    """Return the reading text of an element, notes included, white space folded.

    Paragraphs, notes, page breaks and other blocks part words; inline elements, and a page break with
    break="no" or "maybe" (a hyphen stands before it), do not. What stands in attributes is not text.
    """
    return fold("".join(_pieces(element)))


def _in_order(attributes: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(attributes.items(), key=lambda item: (_ATTRIBUTE_ORDER.get(item[0], 99), item[0]))


def lay_out(element: etree._Element, depth: int) -> None:
    """Indent what an element of this depth holds where it holds elements only, and put attributes in their order."""
    if element.attrib:
        attributes = _in_order(dict(element.attrib))
        element.attrib.clear()
        element.attrib.update(attributes)
    # `<p></p>` and `<p/>` are one document.
    element.text = element.text or None
    children = list(element)
    name = local(element)
    # One decision is one line.
    depth = depth if name != "annotation" else _UNBROKEN
    between = (element.text, *(child.tail for child in children))
    only_elements = not any(fold(text) for text in between if text)
    if children and only_elements and depth < _UNBROKEN and (name in CONTAINERS or element.get("type") == "commentary"):
        element.text = "\n" + " " * (depth + 1)
        for child in children:
            child.tail = "\n" + " " * (depth + 1)
        children[-1].tail = "\n" + " " * depth
    for child in children:
        lay_out(child, depth + 1)


def serialise(root: etree._Element) -> bytes:
    """Return the document as UTF-8 for people to read: the same tree always gives the same bytes.

    Elements that hold only elements are indented by one space a level; text is left as it is. Attributes
    stand in a fixed order. Works in place: white space of the layout and attribute order change.
    """
    lay_out(root, 0)
    document: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + document + b"\n"
