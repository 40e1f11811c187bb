"""A volume in one file: the teiCorpus with its entries in it, for an archive to take.

An entry's ids are short and its own (`ed`, `en.1`); put together, they would collide, and the volume would
be no valid XML any more. Here each is prefixed with its entry's id, and so is every pointer to it. Nothing
else of an entry changes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.render.volumes import Entry
from pipeline.tei import XI_NS, XML_ID, parse, serialise

# `#en.1`, and pointers with a scheme of the TEI: `#match(en.1,'M.M.')` (Guidelines, SATS).
_POINTER: Final = re.compile(r"(?<!\S)#(?P<scheme>[a-z-]+\()?(?P<id>[^\s,)]+)")
# An id as a string in an XPath, as in citeStructure/@match.
_STRING: Final = re.compile(r"(?<=['\"])#(?P<id>[^'\"\s]+)(?=['\"])")


def with_own_ids(root: etree._Element, prefix: str) -> etree._Element:
    """Return the document with every id but the root's prefixed, and every pointer to such an id with it."""
    own = {id_: element for element in root.iter() if element is not root and (id_ := element.get(XML_ID))}

    def prefixed(found: re.Match[str]) -> str:
        whole, name = found.group(), found.group("id")
        if name not in own:
            return whole
        at = found.start("id") - found.start()
        return f"{whole[:at]}{prefix}.{name}{whole[at + len(name) :]}"

    for element in root.iter():
        for name, value in element.attrib.items():
            if "#" in value:
                element.set(name, _STRING.sub(prefixed, _POINTER.sub(prefixed, value)))
    for id_, element in own.items():
        element.set(XML_ID, f"{prefix}.{id_}")
    return root


def write_corpus(volume: Path, entries: tuple[Entry, ...], out: Path) -> None:
    """Write a volume with its entries in it, one entry in memory at a time.

    Raises:
        NotTEI: the volume or an entry is not well-formed.
    """
    corpus = parse(volume.read_bytes())
    for include in corpus.findall(f"{{{XI_NS}}}include"):
        corpus.remove(include)
    head, _, tail = serialise(corpus).rpartition(b"</teiCorpus>")
    with out.open("wb") as file:
        file.write(head)
        for entry in entries:
            root = with_own_ids(parse(entry.path.read_bytes()), entry.id)
            file.write(etree.tostring(root, encoding="UTF-8", xml_declaration=False, with_tail=False) + b"\n")
        file.write(b"</teiCorpus>" + tail)
