"""The volumes of an edition: a teiCorpus each, which includes its entries in order (Guidelines, CCDEF)."""

from __future__ import annotations

import re
import unicodedata
from os.path import relpath
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.config import Edition
from pipeline.header import E, application, publication, release, responsibility, revision
from pipeline.store import Outcome, Say, keep, seal, untouched
from pipeline.tei import TEI_NS, XI_NS, XML_ID, XML_LANG, NotTEI, T, parse, serialise

_CORPUS: Final = f"{T}teiCorpus"


class BrokenEntry(Exception):
    """A file in the text of record is not well-formed, so that its volume cannot be told."""

    def __init__(self, path: Path, fault: NotTEI) -> None:
        super().__init__(f"{path}: {fault}")
        self.path = path
        self.fault = fault


def slug(label: str) -> str:
    """Return a volume's id: its label in lower-case ASCII, words parted by hyphens."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))
    return name if name[:1].isalpha() else f"v-{name}".rstrip("-")


def _series(path: Path) -> tuple[str, str, str | None]:
    """Return an entry's volume: its label, its title and its number."""
    try:
        statement = parse(path.read_bytes()).find(f"{T}teiHeader/{T}fileDesc/{T}seriesStmt")
    except NotTEI as fault:
        raise BrokenEntry(path, fault) from fault
    if statement is None:
        return "", "", None
    scope = statement.find(f"{T}biblScope")
    title = statement.findtext(f"{T}title", "")
    return (scope.text or title, title, scope.get("n")) if scope is not None else (title, title, None)


def _corpus(edition: Edition, label: str, title: str, n: str | None, entries: list[Path]) -> bytes:
    statement = E.titleStmt(E.title(label, type="main"), E.author(edition.author or "unknown"))
    for name in edition.editors:
        statement.append(E.editor(name))
    statement.append(responsibility("order of the entries"))
    scope = E.biblScope(label, unit="volume")
    if n:
        scope.set("n", n)
    header = E.teiHeader(
        E.fileDesc(
            statement,
            release(edition),
            publication(edition, slug(label)),
            E.seriesStmt(E.title(title, level="m"), scope),
            E.sourceDesc(E.p("The entries name their sources.")),
        ),
        E.encodingDesc(application()),
        revision("Ordered by teipress"),
    )
    root = etree.Element(_CORPUS, nsmap={None: TEI_NS, "xi": XI_NS})
    root.set(XML_ID, slug(label))
    root.set(XML_LANG, edition.language)
    root.append(header)
    for path in entries:
        include = etree.SubElement(root, f"{{{XI_NS}}}include")
        include.set("href", Path(relpath(path, edition.volumes)).as_posix())
    return seal(serialise(root))


def write_volumes(
    edition: Edition, force: bool = False, accept: bool = False, say: Say = lambda _text: None
) -> tuple[Outcome, ...]:
    """Write the volumes of the entries that stand in the text of record.

    Entries are ordered by their id, which is their day. A volume's file that an editor changed stays.

    Raises:
        BrokenEntry: an entry is not well-formed; no volume is written.
        MachineError: the machine refuses to write.
    """
    volumes: dict[str, tuple[str, str, str | None, list[Path]]] = {}
    for path in sorted(edition.text.glob("*.xml")):
        label, title, n = _series(path)
        label = label or edition.title
        volumes.setdefault(slug(label), (label, title or label, n, []))[3].append(path)
    for path in edition.volumes.glob("*.xml"):
        # A volume whose last entry is gone, unless an editor has worked on it.
        if path.stem not in volumes and untouched(path.read_bytes()):
            path.unlink()
    return tuple(
        keep(edition.volumes / f"{name}.xml", _corpus(edition, *volume), force, accept, say)
        for name, volume in sorted(volumes.items())
    )
