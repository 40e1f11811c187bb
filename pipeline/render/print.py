"""The printed book: XSLT makes typed nodes of every entry, and one fixed Typst template sets each volume."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from lxml import etree

from pipeline.config import Edition
from pipeline.diagnostics import Diagnostic, MachineError, Report, diagnostic, merge
from pipeline.render.book import book, heading, running, years
from pipeline.render.language import Language, language
from pipeline.render.links import entry_of, links_in
from pipeline.render.nodes import (
    Findings,
    Node,
    clean,
    each_text,
    everything,
    number,
    settle,
    shallow,
    walk,
)
from pipeline.render.press import Job, line_with, press
from pipeline.render.unhandled import unhandled
from pipeline.render.volumes import Entry, Volume
from pipeline.resources import resource
from pipeline.saxon import TransformError, stylesheet
from pipeline.tei import NotTEI, T, fold, parse


def render_print(edition: Edition, volumes: tuple[Volume, ...], out: Path, jobs: int = 1) -> Report:
    """Write <volume>.pdf for every volume that has entries into `out`.

    jobs is how many volumes are set at once, each in a process of its own.

    Raises:
        MachineError: the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="teipress-") as work, ThreadPoolExecutor(max(1, jobs)) as pool:
            prepared = [_prepare(edition, volume, out) for volume in volumes if volume.entries]
            reports = [pool.submit(press, job, Path(work) / str(place)) for place, (job, _) in enumerate(prepared)]
            return merge(Report(found) + report.result() for (_, found), report in zip(prepared, reports, strict=True))
    except OSError as error:
        raise MachineError(f"{out}: {error.strerror or error}") from error


def _prepare(edition: Edition, volume: Volume, out: Path) -> tuple[Job, tuple[Diagnostic, ...]]:
    """Return the volume's book as nodes, and what its entries hold that a book cannot."""
    found: list[Diagnostic] = []
    told: set[str] = set()
    digest = sha256()
    entries: list[tuple[Entry, Node]] = []
    files: dict[int, Entry] = {}
    heads: dict[str, str] = {}
    key = 0
    ids = frozenset(entry.id for entry in volume.entries)
    for entry in volume.entries:
        data = entry.path.read_bytes()
        digest.update(data)
        node = _entry(entry, data, ids, found, told)
        if node is None:
            continue
        findings = Findings()
        settle(node["content"], findings)
        node["id"] = entry.id
        node["heading"] = heading(entry, node["content"], edition.language)
        _name_sides(node, language(edition.language))
        shallow(node["content"])
        head: Node = {"kind": "head", "content": node["heading"]["title"] + node["heading"]["rest"]}
        end = number([head, node], key)
        files |= dict.fromkeys(range(key, end), entry)
        key = end
        heads[entry.id] = running(entry, node["heading"], edition.language)
        found.extend(_characters(entry.file, data, findings))
        entries.append((entry, node))
    whole = book(edition, volume, digest.hexdigest())
    whole |= {"running": heads, "years": years(volume, entries, edition.language)}
    findings = Findings()
    whole = each_text(whole, lambda text: clean(text, findings))
    found.extend(_characters("edition.toml", b"", findings))
    nodes = [node for year in whole["years"] for node in walk(year["entries"])]
    _link(nodes, heads)
    homes = {node["key"]: node["home"] for node in everything(whole) if node.get("kind") == "note"}
    return Job(edition, volume, whole, homes, files, out), tuple(found)


def _entry(entry: Entry, data: bytes, entries: frozenset[str], found: list[Diagnostic], told: set[str]) -> Node | None:
    """Return the entry as nodes, None where it cannot be read; an unknown element is told once a volume."""
    try:
        root = parse(data)
        sheet = stylesheet(resource("xslt") / "print.xsl")
        text, messages = sheet.run(etree.tostring(root, encoding="unicode"))
    except NotTEI as error:
        found.append(diagnostic("R-048", entry.file, error.line, f"cannot be set: {error}"))
        return None
    except TransformError as error:
        found.append(diagnostic("R-048", entry.file, None, f"cannot be set: {error}"))
        return None
    for one in unhandled(messages, root):
        if one.name not in told:
            told.add(one.name)
            says = f"<{one.name}> has no form in the book; its text is printed plainly: {one.path}"
            hint = "add a template for it to xslt/print.xsl, or use an element that has one"
            found.append(diagnostic("R-001", entry.file, one.line, says, hint))
    node: Node = json.loads(text)
    _address(node, root, entries)
    return node


def _address(node: Node, root: etree._Element, entries: frozenset[str]) -> None:
    """Give every reference of an entry the address that the website gives it, or the id of an entry, or none.

    What is wrong with a target is told by the website, for its own links.
    """
    text = root.find(f"{T}text")
    links = {} if text is None else links_in(root, text, "", entries)[0]
    for part in walk(node["content"]):
        if part["kind"] == "reference":
            address = links.get(fold(part["target"]), "")
            if entry_of(address):
                part["entry"] = entry_of(address)
            elif not address.startswith("#"):
                part["target"] = address


def _name_sides(node: Node, names: Language) -> None:
    sides = [part for part in node["content"] if part["kind"] == "side"]
    for side in sides[1:]:
        side["label"] = names.words.get(side["side"], side["side"])


def _link(nodes: list[Node], heads: dict[str, str]) -> None:
    """Let a pointer to an entry of this book show the entry's day; one that is not in it leads nowhere."""
    for node in nodes:
        if "entry" not in node or node["kind"] != "reference":
            continue
        if node["entry"] not in heads:
            del node["entry"]
        elif node["content"] == [{"kind": "text", "text": node["target"]}]:
            node["content"][0]["text"] = heads[node["entry"]]


_CHARACTERS: Final = {
    "line": ("R-042", "is a line end inside a line; a space stands in its place"),
    "control": ("R-042", "is a control character; its code stands in its place"),
    "bidi": (
        "R-043",
        "turns the direction of writing and has no partner in its paragraph; it is kept within bounds",
    ),
}


def _characters(file: str, data: bytes, findings: Findings) -> list[Diagnostic]:
    return [
        diagnostic(code, file, line_with(data, character), f"U+{ord(character):04X} {says}")
        for kind, character in findings.met
        for code, says in (_CHARACTERS[kind],)
    ]
