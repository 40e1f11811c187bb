"""Random documents from a RELAX NG grammar in the XML syntax: every alternative is taken sooner or later."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

RNG: Final = "{http://relaxng.org/ns/structure/1.0}"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"

# What a datatype's values look like, by its name and its pattern.
VALUES: Final = {
    ("token", r"[A-Za-z0-9._:\-]+"): ("main", "x1", "a.b-c_d:e", "17", " spaced "),
    ("anyURI", r"\S+"): ("#ed", "psn:orlov", "https://ex.org/a?b=c&d#e", "../registers/persons.xml", "#match(a,'b')"),
    ("date", ""): ("1934-12-13", "2000-02-29", "1911-03-02Z"),
    ("gYear", ""): ("1934", "0044", "-0043"),
    ("gYearMonth", ""): ("1934-12",),
    ("gMonthDay", ""): ("--12-13", "--02-29"),
    ("dateTime", ""): ("1934-12-13T10:30:00", "1934-12-13T10:30:00Z"),
    ("time", ""): ("10:30:00",),
    ("nonNegativeInteger", ""): ("0", "3", "+12"),
    ("decimal", ""): ("0.5", "-12", "1911"),
    ("boolean", ""): ("true", "0"),
    ("NCName", ""): ("teipress", "a.b-c"),
    ("language", ""): ("en", "ru-Latn", "zh-Hant-TW"),
    ("token", "1"): ("47", "xii", "47 bis"),
    ("token", ""): ("([a-z0-9.-]+)",),
    ("string", ".+"): (".", " "),
    ("string", r"\s*-?[0-9]+(\.[0-9]+)?[ ,]+-?[0-9]+(\.[0-9]+)?\s*"): ("55.75 37.61", "-1,2.5"),
    ("token", r"[0-9]+(\.[0-9]+)?(%|cm|mm|in|pt|pc|px|em)"): ("600px", "1.5cm", "50%"),
    ("token", r"-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?"): ("1,2", "-1.5,20"),
    ("token", r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}"): ("0.1.0", "1a2.3"),
    ("token", r"[a-z][a-z0-9+.\-]*"): ("psn", "x+y"),
    ("token", r"[a-z]+/[A-Za-z0-9.+\-]+"): ("image/svg+xml",),
}
TEXTS: Final = ("a word", "<script>&]]>", "‘М.’", "1,234", " ")


def local(node: etree._Element) -> str:
    """Return the name of a node of the grammar; empty for what is not RELAX NG."""
    return node.tag[len(RNG) :] if isinstance(node.tag, str) and node.tag.startswith(RNG) else ""


class Writer:
    """Writes random documents that a grammar allows; the same seed writes the same ones."""

    def __init__(self, grammar: Path, seed: int) -> None:
        self.root = etree.parse(grammar).getroot()
        self.defines = {define.get("name"): define for define in self.root.iter(f"{RNG}define")}
        self.random = random.Random(seed)
        self.taken: Counter[etree._Element] = Counter()
        self.ids = 0
        self.left = 0
        self.heights = self._heights()

    @property
    def elements(self) -> list[etree._Element]:
        """Return every element pattern of the grammar."""
        return list(self.root.iter(f"{RNG}element"))

    def untaken(self) -> list[str]:
        """Return the alternatives that no document has taken yet, as their lines in the grammar."""
        return [
            f"{node.sourceline}: {etree.tostring(node).decode()[:80]}"
            for choice in self.root.iter(f"{RNG}choice")
            for node in self._children(choice)
            if not self.taken[node]
        ]

    def write(self, pattern: etree._Element, size: int = 40) -> etree._Element:
        """Return an element that this pattern allows, of not many more elements than size."""
        holder = etree.Element("holder")
        self.left = size
        self._write(pattern, holder, self.heights[pattern] + 3)
        return holder[0]

    def _children(self, node: etree._Element) -> list[etree._Element]:
        return [child for child in node if local(child) and local(child) != "param"]

    def _heights(self) -> dict[etree._Element, float]:
        """Return how deep the shallowest document of each pattern is."""
        nodes = [node for node in self.root.iter() if local(node)]
        heights = dict.fromkeys(nodes, float("inf"))
        changed = True
        while changed:
            changed = False
            for node in reversed(nodes):
                height = self._height(node, heights)
                if height < heights[node]:
                    heights[node], changed = height, True
        return heights

    def _height(self, node: etree._Element, heights: dict[etree._Element, float]) -> float:
        parts = [heights[child] for child in self._children(node)]
        match local(node):
            case "ref":
                return heights[self.defines[node.get("name")]]
            case "choice":
                return min(parts)
            case "optional" | "zeroOrMore" | "attribute" | "list":
                return 0
            case "element":
                return 1 + max(parts, default=0)
            case _:
                return max(parts, default=0)

    def _write(self, node: etree._Element, into: etree._Element, depth: float) -> None:
        match local(node):
            case "ref":
                self._write(self.defines[node.get("name")], into, depth)
            case "choice":
                self._write(self._choose(node, depth), into, depth)
            case "optional" | "zeroOrMore" | "oneOrMore" as kind:
                least, most = {"optional": (0, 1), "zeroOrMore": (0, 3), "oneOrMore": (1, 3)}[kind]
                often = self.random.randint(least, most)
                # libxml2 takes time exponential in the attributes of one element.
                if kind == "optional" and local(node[0]) == "attribute" and len(into.attrib) > 4:
                    often = 0
                for turn in range(often):
                    if turn >= least and (self.heights_of(node) > depth or self.left < 0):
                        break
                    for child in self._children(node):
                        self._write(child, into, depth)
            case "element":
                element = etree.SubElement(into, self._name(node))
                self.left -= 1
                for child in self._children(node):
                    self._write(child, element, depth - 1)
            case "attribute":
                name = node.get("name").replace("xml:", XML)
                into.set(name, self._attribute(name, node))
            case "text":
                self._say(into, self.random.choice(TEXTS))
            case "data":
                self._say(into, self._value(node))
            case "empty":
                pass
            case _:
                for child in self._children(node):
                    self._write(child, into, depth)

    def heights_of(self, node: etree._Element) -> float:
        """Return the height of what an optional or repeated pattern holds."""
        return max((self.heights[child] for child in self._children(node)), default=0)

    def _name(self, node: etree._Element) -> str:
        prefix, _, name = node.get("name").rpartition(":")
        above = (up.get("ns") for up in (node, *node.iterancestors()) if up.get("ns") is not None)
        return f"{{{node.nsmap[prefix] if prefix else next(above)}}}{name}"

    def _choose(self, choice: etree._Element, depth: float) -> etree._Element:
        options = [child for child in self._children(choice) if self.heights[child] <= depth]
        if not options or self.left < 0:
            options = [min(self._children(choice), key=lambda child: self.heights[child])]
        least = min(self.taken[option] for option in options)
        if self.random.random() < 0.7:
            options = [option for option in options if self.taken[option] == least]
        taken = self.random.choice(options)
        self.taken[taken] += 1
        return taken

    def _attribute(self, name: str, node: etree._Element) -> str:
        if name == f"{XML}id":
            self.ids += 1
            return f"i{self.ids}"
        return " ".join(value for child in self._children(node) for value in self._values(child))

    def _values(self, node: etree._Element) -> Iterator[str]:
        match local(node):
            case "ref":
                for child in self._children(self.defines[node.get("name")]):
                    yield from self._values(child)
            case "choice":
                yield from self._values(self._choose(node, 99))
            case "oneOrMore":
                for _ in range(self.random.randint(1, 2)):
                    for child in self._children(node):
                        yield from self._values(child)
            case "value":
                yield node.text or ""
            case "data":
                yield self._value(node)
            case "text":
                yield self.random.choice(TEXTS)
            case _:
                for child in self._children(node):
                    yield from self._values(child)

    def _value(self, node: etree._Element) -> str:
        pattern = "".join(param.text or "" for param in node.findall(f"{RNG}param"))
        return self.random.choice(VALUES[node.get("type"), pattern])

    def _say(self, into: etree._Element, text: str) -> None:
        if len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text
