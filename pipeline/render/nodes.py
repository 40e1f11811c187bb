"""The typed nodes of an entry, seen to before they are set: white space, characters, page breaks, tables.

A node is a JSON object of a kind (schema/print.schema.json). The functions here change the nodes that they
are given, which nobody else holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.tei import fold

Node = dict[str, Any]

LINES: Final = ("paragraph", "head", "line")
"""Kinds whose content is one run of text."""

DEEPEST: Final = 12
"""Nodes within nodes that the typesetter is given; deeper ones are set as plain text."""

# Keys whose strings are no text.
_NOT_TEXT: Final = frozenset({"kind", "id", "image", "target", "entry", "lang", "paper", "language", "link"})
_SPACE: Final = re.compile(r"[ \t\r\n]+")
_LINE_ENDS: Final = re.compile("[\u000b\u000c\u0085\u2028\u2029]")
_UNSEEN: Final = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]")
_CLOSES: Final = ("\u202c", "\u2069")
_OPENS: Final = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_AFTER_NOTE: Final = re.compile(r"[ .,;:!?)\]}…’”»]")


@dataclass(slots=True)
class Findings:
    """Characters met that no book can hold as they are, in order: kind is control, line or bidi."""

    met: list[tuple[str, str]] = field(default_factory=list)

    def add(self, kind: str, character: str) -> None:
        """Note a character once for each kind."""
        if (kind, character) not in self.met:
            self.met.append((kind, character))


def visible(character: str) -> str:
    """Return what stands in the book for a character that cannot be shown: ⟨U+05D0⟩."""
    return "⟨" + " ".join(f"U+{ord(part):04X}" for part in character) + "⟩"


def clean(text: str, findings: Findings) -> str:
    """Return the text without characters that would move or hide what stands around them."""
    for found in _LINE_ENDS.findall(text):
        findings.add("line", found)
    for found in _UNSEEN.findall(text):
        findings.add("control", found)
    return _UNSEEN.sub(lambda match: visible(match[0]), _LINE_ENDS.sub(" ", text))


def isolate(texts: list[str], findings: Findings) -> list[str]:
    """Return the texts of one block with every direction control in a pair.

    What opens and is not closed in the block is closed at the end of its own text, so that it reaches no
    further; what closes nothing is left out, for it does nothing.
    """
    opened: list[tuple[str, int]] = []
    kept: list[list[str]] = []
    for number, text in enumerate(texts):
        characters: list[str] = []
        for character in text:
            if character in _OPENS:
                opened.append((character, number))
            elif character in _CLOSES:
                partners = [i for i, (opener, _) in enumerate(opened) if _OPENS[opener] == character]
                match = partners[-1] if partners else None
                if match is None:
                    findings.add("bidi", character)
                    continue
                del opened[match]
            characters.append(character)
        kept.append(characters)
    for character, number in reversed(opened):
        findings.add("bidi", character)
        kept[number].append(_OPENS[character])
    return ["".join(characters) for characters in kept]


def children(node: Node) -> Iterator[list[Node]]:
    """Yield the lists of nodes that a node holds, in reading order."""
    for name in ("speaker", "label", "content", "other"):
        part = node.get(name)
        if isinstance(part, list):
            yield part


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Yield every node, parents first, in reading order."""
    for node in nodes:
        yield node
        for part in children(node):
            yield from walk(part)


class _Line:
    """One run of text being folded: white space folds across nodes, and moves behind a note's call."""

    def __init__(self) -> None:
        self.texts: list[Node] = []
        self.space = True
        self.owed = False
        self.parted = False

    def take(self, nodes: list[Node], findings: Findings) -> None:
        for node in nodes:
            kind = node["kind"]
            if kind == "text":
                self._text(node, findings)
            elif kind == "note":
                self._note()
                _run_in(node)
                settle(node["content"], findings)
            elif kind == "page":
                self.parted = self.parted or not node["joins"]
            elif kind == "break":
                self._trim()
                self.space, self.owed, self.parted = True, False, False
            else:
                if kind in ("gap", "choice"):
                    self.parted = False
                for part in children(node):
                    self.take(part, findings)
                if kind in ("gap", "choice"):
                    self.space = False

    def _text(self, node: Node, findings: Findings) -> None:
        text = _SPACE.sub(" ", clean(node["text"], findings))
        if text and self.owed and not _AFTER_NOTE.match(text):
            text = " " + text
        if text and self.parted and not self.space:
            text = " " + text.removeprefix(" ")
        if self.space:
            text = text.removeprefix(" ")
        node["text"] = text
        if text:
            self.space, self.owed, self.parted = text.endswith(" "), False, False
            self.texts.append(node)

    def _trim(self) -> bool:
        """Take the space from the end of what was last set; return whether there was one."""
        if self.texts and self.texts[-1]["text"].endswith(" "):
            self.texts[-1]["text"] = self.texts[-1]["text"][:-1]
            return True
        return False

    def _note(self) -> None:
        self.owed = self._trim() or self.owed
        self.space = False

    def end(self, findings: Findings) -> None:
        self._trim()
        texts = isolate([node["text"] for node in self.texts], findings)
        for node, text in zip(self.texts, texts, strict=True):
            node["text"] = text


def _line(nodes: list[Node], findings: Findings) -> None:
    line = _Line()
    line.take(nodes, findings)
    line.end(findings)


def settle(blocks: list[Node], findings: Findings) -> None:
    """Fold white space, replace characters, place cells, and give page breaks between blocks to a block."""
    _place_pages(blocks)
    for node in blocks:
        if node["kind"] in LINES:
            _line(node["content"], findings)
            for part in walk(node["content"]) if node["kind"] == "head" else ():
                if part["kind"] == "page":
                    part["mark"] = False  # A head is centred, so a mark at its edge would point at nothing.
            continue
        for name in ("speaker", "label"):
            if isinstance(node.get(name), list):
                _line(node[name], findings)
        for name in ("text", "alt"):
            if name in node:
                node[name] = fold(clean(node[name], findings))
        if node["kind"] == "table":
            _place_cells(node)
        if isinstance(node.get("content"), list):
            settle(node["content"], findings)


def _first_line(node: Node) -> list[Node] | None:
    """Return the content of the first line of a block, if it has one."""
    if node["kind"] in LINES:
        content: list[Node] = node["content"]
        return content
    speaker: list[Node] = node.get("speaker", [])
    if speaker:
        return speaker
    for part in children(node):
        for child in part:
            found = _first_line(child)
            if found is not None:
                return found
    return None


def _run_in(note: Node) -> None:
    """Let a note begin with text, for its number stands before it: a list's items become its paragraphs."""
    blocks: list[Node] = note["content"]
    while blocks and blocks[0]["kind"] in ("list", "item", "section", "unknown"):
        first = blocks[0]
        label = [{"kind": "paragraph", "content": first["label"]}] if first.get("label") else []
        blocks[:1] = label + first["content"]
        if first["kind"] == "list":
            blocks[:] = [
                part
                for block in blocks
                for part in (block["content"] if block["kind"] == "item" and not block["label"] else [block])
            ]


def _place_pages(blocks: list[Node]) -> None:
    """Move page breaks and lone notes that stand between blocks into the next or the last line of text."""
    placed: list[Node] = []
    waiting: list[Node] = []
    for node in blocks:
        lone = node["kind"] == "paragraph" and all(
            part["kind"] in ("note", "page") or (part["kind"] == "text" and not part["text"].strip())
            for part in node["content"]
        )
        before = placed[-1] if placed else None
        if node["kind"] == "page":
            waiting.append(node)
        elif lone and before is not None and before["kind"] == "paragraph":
            before["content"].extend(waiting + node["content"])
            waiting = []
        elif lone:
            waiting.extend(node["content"])
        else:
            line = _first_line(node)
            if line is not None:
                line[:0] = waiting
                waiting = []
            placed.append(node)
    if waiting and placed and placed[-1]["kind"] == "paragraph":
        placed[-1]["content"].extend(waiting)
    elif waiting:
        placed.append({"kind": "paragraph", "content": waiting})
    blocks[:] = placed


def _place_cells(table: Node) -> None:
    """Give every cell its place (x, y from 0), beside and beneath those that span columns or rows."""
    rows = [row for row in table["content"] if row["kind"] == "row"]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row["content"]:
            cell["rows"] = min(cell["rows"], len(rows) - y)
            area = {(dx, dy) for dx in range(cell["columns"]) for dy in range(cell["rows"])}
            while any((x + dx, y + dy) in taken for dx, dy in area):
                x += 1
            cell["x"], cell["y"] = x, y
            taken |= {(x + dx, y + dy) for dx, dy in area}
            x += cell["columns"]
    table["columns"] = max((x + 1 for x, _ in taken), default=1)
    # A header that reaches into the rows below it cannot be repeated on the next page.
    for y, row in enumerate(rows):
        row["header"] = y == 0 and row["header"] and all(cell["rows"] == 1 for cell in row["content"])


def shallow(nodes: list[Node], depth: int = 0) -> None:
    """Keep nodes at most DEEPEST within each other: what lies deeper is set, but without its own look."""
    for node in nodes:
        for part in children(node):
            if depth >= DEEPEST:
                inline = any(child["kind"] == "text" for child in part) or node["kind"] in LINES
                part[:] = _flat(part, inline)
            else:
                shallow(part, depth + 1)


def _flat(nodes: list[Node], inline: bool) -> list[Node]:
    leaves = [node for node in walk(nodes) if node["kind"] in ("text", "page", "break")]
    return leaves if inline else [{"kind": "paragraph", "content": leaves}]


def number(blocks: list[Node], start: int) -> int:
    """Give every line of text and note a key of its own, a note also its line's; return the next free key.

    A note's call stands in the paragraph around it, whose widows and orphans may have to give way.
    """
    free = start

    def visit(nodes: list[Node], home: int) -> None:
        nonlocal free
        for node in nodes:
            inner = home
            if node["kind"] in (*LINES, "note"):
                node["key"] = free
                free += 1
                if node["kind"] == "note":
                    node["home"] = home
                else:
                    inner = node["key"]
            for part in children(node):
                visit(part, inner)

    visit(blocks, -1)
    return free


def _texts(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node["kind"] == "text":
            yield str(node["text"])
        elif node["kind"] == "break":
            yield " "
        elif node["kind"] != "note":
            for part in children(node):
                yield from _texts(part)


def plain(nodes: list[Node]) -> str:
    """Return the text of a line without its notes."""
    return fold("".join(_texts(nodes)))


def everything(value: Any) -> list[Node]:
    """Return every object in the book, however deep."""
    if isinstance(value, dict):
        return [value, *(node for part in value.values() for node in everything(part))]
    return [node for part in value for node in everything(part)] if isinstance(value, list) else []


def each_text(value: Any, change: Callable[[str], str], name: str = "") -> Any:
    """Return the book with every string that is text changed."""
    if isinstance(value, str):
        return value if name in _NOT_TEXT else change(value)
    if isinstance(value, dict):
        return {key: each_text(part, change, key) for key, part in value.items()}
    return [each_text(part, change, name) for part in value] if isinstance(value, list) else value
