"""The typed nodes: white space, characters, page breaks, and that they keep to their closed set of kinds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import entry

from pipeline.render import nodes
from pipeline.render.nodes import Findings, Node, isolate, plain, settle, shallow, visible, walk
from pipeline.resources import resource
from pipeline.saxon import stylesheet

SCHEMA = json.loads((resource("schema") / "print.schema.json").read_text(encoding="utf-8"))


def faults(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """Return what is not as the schema says; knows the words of JSON Schema that print.schema.json uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]] | {
            key: part for key, part in schema.items() if key == "oneOf"
        }
    found = []
    types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    if "type" in schema and type(value) is not types[schema["type"]]:
        return [f"{where}: {value!r} is no {schema['type']}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{where}: {value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where}: {value!r} is none of {schema['enum']}")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{where}: {value} is too small")
    found += [f"{where}: no {name}" for name in schema.get("required", ()) if name not in value]
    for name, part in value.items() if "properties" in schema else ():
        if name in schema["properties"]:
            found += faults(part, schema["properties"][name], f"{where}.{name}")
        elif schema.get("additionalProperties") is False:
            found.append(f"{where}: {name} is unknown")
    if "items" in schema:
        found += [fault for n, part in enumerate(value) for fault in faults(part, schema["items"], f"{where}[{n}]")]
    if "oneOf" in schema:
        choices = [SCHEMA["$defs"][choice["$ref"].rsplit("/", 1)[1]] for choice in schema["oneOf"]]
        fitting = [choice for choice in choices if not faults(value.get("kind"), choice["properties"]["kind"])]
        if len(fitting) != 1:
            return [f"{where}: {value.get('kind')!r} fits {len(fitting)} kinds"]
        found += faults(value, fitting[0], where)
    return found


def make(xml: str) -> tuple[Node, tuple[str, ...]]:
    text, messages = stylesheet(resource("xslt") / "print.xsl").run(xml)
    return json.loads(text), messages


def settled(body: str, findings: Findings | None = None) -> list[Node]:
    node, _ = make(entry("1911-03-02", body))
    content = node["content"][0]["content"]
    settle(content, findings or Findings())
    return content


EVERYTHING = """
<head>2 March<note place="end">A note on the head.</note></head>
<pb n="47"/><p n="1">Plain <hi rend="italic">slanted</hi> <hi rend="bold">b</hi> <hi rend="smallcaps">s</hi>
<hi rend="sup">2</hi> <hi rend="sub">3</hi> <hi rend="underline">u</hi> <hi rend="strike">x</hi> <hi>h</hi>
<persName ref="psn:x">N. <supplied>[Orlov]</supplied></persName> <q>‘q’</q> <foreign xml:lang="ru">слово</foreign>
<title level="m">T</title> <title level="a">A</title> <ref target="entry:1911-03-03">see</ref> <ptr target="#a"/>
<choice><sic>teh</sic><corr>the</corr></choice> <del>d</del> <add>a</add> <unclear>u</unclear> <gap reason="x"/>
<expan>A<ex>[nglo]</ex></expan> line<lb/>break wo<lb break="no"/>rd <blort>odd</blort> <date when="1911">1911</date>.
<list><item>in a paragraph</item></list> and on.</p>
<milestone unit="section" n="***"/>
<sp who="#x"><speaker>O.:</speaker> <p>Caution.</p><p>And again.</p></sp>
<note type="commentary" place="inline"><p>[The mood<note place="end">
<list><item>one</item><item>two</item></list></note></p>
<p>lifted.]</p></note>
<lg><l>One line,</l><l>and another</l><lg><l>in a stanza.</l></lg></lg>
<list rend="numbered"><head>List</head><item>a</item><item><p>b</p></item></list>
<list><label>L</label><item>labelled</item></list>
<table><head>Table</head><row role="label"><cell>A</cell><cell>B</cell></row>
<row><cell cols="2">wide</cell></row>
<row><cell rows="2">high</cell><cell>x</cell></row><row><cell>y</cell></row></table>
<figure><graphic url="a.png"/><head>Fig.</head><figDesc>What is seen</figDesc></figure>
<quote><p>Quoted paragraph.</p></quote>
<opener><dateline>Batum</dateline><salute>Dear Otti,</salute></opener><closer><signed>K.</signed></closer>
<postscript><p>P.S.</p></postscript>
<blort><p>odd block</p></blort>
<div><head>Part</head><p>Text</p></div>
"""


def test_every_kind_of_node_keeps_to_the_schema() -> None:
    node, _ = make(entry("1911-03-02", EVERYTHING))
    assert faults(node, SCHEMA) == []
    settle(node["content"], Findings())
    shallow(node["content"])
    nodes.number([node], 0)
    assert faults(node, SCHEMA) == []
    made = {part["kind"] for part in walk(node["content"])}
    known = set(re.findall(r'"kind": \{"const": "([a-z]+)"', json.dumps(SCHEMA)))
    assert known - {"entry"} <= made


def test_the_template_sets_every_kind_of_the_schema() -> None:
    text = json.dumps(SCHEMA)
    kinds = set(re.findall(r'"kind": \{"const": "([a-z]+)"', text))
    kinds |= {
        kind for group in re.findall(r'"kind": \{"enum": \[([^]]*)\]', text) for kind in re.findall(r"[a-z]+", group)
    }
    template = (Path(nodes.__file__).parents[1] / "print" / "book.typ").read_text(encoding="utf-8")
    table = template[template.index("#let kinds") : template.index("#let render")]
    # Entries are set by the book, rows and cells by their table.
    assert kinds - {"entry", "row", "cell"} == set(re.findall(r'^  "?([a-z]+)"?: ', table, re.MULTILINE))


def test_an_unknown_element_is_told_once_with_its_path() -> None:
    _, messages = make(entry("1911-03-02", "<p>a <blort>b</blort> <blort>c</blort></p>"))
    assert len(messages) == 1
    kind, name, path = messages[0].split("\t")
    assert (kind, name) == ("unhandled", "blort")
    assert path.endswith("p[1]/Q{http://www.tei-c.org/ns/1.0}blort[1]")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>  a\n  b\tc </p>", "a b c"),
        ("<p>a <hi> b</hi> c</p>", "a b c"),
        ("<p><hi>a </hi> b</p>", "a b"),
        ("<p>word <note>n</note> next</p>", "word next"),
        ("<p>word<note>n</note>, next</p>", "word, next"),
        ("<p>word\n<note>n</note>\n, next</p>", "word , next"),
        ('<p>poten<pb n="2" break="no"/>tial</p>', "potential"),
        ('<p>one<pb n="2"/>two</p>', "one two"),
        ('<p>one <pb n="2"/> two</p>', "one two"),
        ("<p>a\u00a0b</p>", "a\u00a0b"),
        ("<p>a <lb/> b</p>", "a b"),
        ('<p>wo<lb break="no"/>rd</p>', "word"),
    ],
)
def test_white_space_is_folded_across_elements(body: str, text: str) -> None:
    (paragraph,) = settled(body)
    assert plain(paragraph["content"]) == text


def test_no_string_holds_a_line_end() -> None:
    node, _ = make(entry("1911-03-02", EVERYTHING.replace(" ", "\n ")))
    settle(node["content"], Findings())
    assert not [part for part in walk(node["content"]) if re.search(r"[\n\r\t]|  ", part.get("text", ""))]


def test_pages_between_blocks_begin_the_next_line_of_text() -> None:
    first, second = settled('<p>a</p><pb n="8"/><note type="commentary" place="inline"><p>b</p></note>')
    assert [part["kind"] for part in first["content"]] == ["text"]
    assert [part.get("n", "") for part in second["content"][0]["content"]] == ["8", ""]


def test_the_last_page_ends_the_last_line() -> None:
    (only,) = settled('<p>a</p><pb n="8"/>')
    assert [part["kind"] for part in only["content"]] == ["text", "page"]


def test_a_lone_note_hangs_on_the_paragraph_before_it() -> None:
    (only,) = settled('<p>a</p><note place="end">n</note>')
    assert [part["kind"] for part in only["content"]] == ["text", "note"]


@pytest.mark.parametrize("character", ["\u0085", "\u2028", "\u2029", "\u0080", "\u009c", "\ufdd0"])
def test_control_characters_are_replaced_and_told(character: str) -> None:
    findings = Findings()
    (paragraph,) = settled(f"<p>a{character}b</p>", findings)
    line_end = character in "\u0085\u2028\u2029"
    assert plain(paragraph["content"]) == ("a b" if line_end else f"a{visible(character)}b")
    assert findings.met == [("line" if line_end else "control", character)]


def test_pairs_of_direction_controls_are_kept_across_elements() -> None:
    findings = Findings()
    (paragraph,) = settled("<p>a \u2067<hi>b</hi>\u2069 c</p>", findings)
    assert plain(paragraph["content"]) == "a \u2067b\u2069 c"
    assert findings.met == []


def test_a_direction_control_reaches_no_further_than_its_text() -> None:
    findings = Findings()
    first, second = settled("<p>a \u202eb <hi>c</hi> d\u202c\u2069</p><p>e</p>", findings)
    assert plain(first["content"]) == "a \u202eb c d\u202c"
    assert findings.met == [("bidi", "\u2069")]
    findings = Findings()
    first, second = settled("<p>a \u202eb <hi>c</hi></p><p>e</p>", findings)
    assert plain(first["content"]) == "a \u202eb \u202cc"
    assert findings.met == [("bidi", "\u202e")]
    assert plain(second["content"]) == "e"


@given(st.lists(st.text(alphabet="ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=8), max_size=5))
@settings(max_examples=200, deadline=None)
def test_after_isolation_all_controls_are_in_pairs(texts: list[str]) -> None:
    kept = isolate(texts, Findings())
    letters = re.compile("[^ab]")
    assert [letters.sub("", text) for text in kept] == [letters.sub("", text) for text in texts]
    again = Findings()
    assert isolate(kept, again) == kept
    assert again.met == []


def test_deep_nesting_keeps_its_text() -> None:
    body = "<p>" + "<hi>a " * 60 + "</hi>" * 60 + "</p>"
    content = settled(body)
    shallow(content)
    assert plain(content[0]["content"]).split() == ["a"] * 60

    def depth(parts: list[Node]) -> int:
        return 1 + max((depth(inner) for part in parts for inner in nodes.children(part)), default=0)

    assert depth(content) <= nodes.DEEPEST + 2


def test_cells_stand_beside_those_that_span() -> None:
    (table,) = (part for part in settled(EVERYTHING) if part["kind"] == "table")
    places = {plain(cell["content"]): (cell["x"], cell["y"]) for row in table["content"] for cell in row["content"]}
    assert places == {"A": (0, 0), "B": (1, 0), "wide": (0, 1), "high": (0, 2), "x": (1, 2), "y": (1, 3)}
    assert table["columns"] == 2
