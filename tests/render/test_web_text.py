"""The stylesheets of the website: all text is there, and what the markup says is to be seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from pipeline.render.web import fragments
from pipeline.tei import T, parse, text_of

CASES = Path(__file__).parent / "cases" / "web" / "text"
ENTRIES = sorted(CASES.glob("*.xml"))
X = "{http://www.w3.org/1999/xhtml}"
EMPTY: dict[str, dict[str, str]] = {"words": {}, "links": {}, "images": {}, "names": {}}
# What may not stand in a paragraph or a heading: a browser would end the paragraph there.
BLOCKS = {"p", "div", "ul", "ol", "li", "table", "blockquote", "h3", "h4", "section", "figure"}


def rendered(body: str, **tables: dict[str, str]) -> tuple[etree._Element, list[str]]:
    """Return what becomes of a body, all parts in one element, and the names nobody handled."""
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{body}</body></text></TEI>'
    parts, found = fragments(parse(tei.encode()), EMPTY | tables)
    return etree.fromstring(f"<x>{''.join(parts.values())}</x>"), [one.message for one in found]


def without_made(root: etree._Element) -> str:
    """Return the text that is the entry's own, without white space."""
    for element in root.xpath("//*[@data-made]"):
        element.text = None
        for child in list(element):
            element.remove(child)
    return re.sub(r"\s+", "", "".join(root.itertext()))


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_the_page_has_all_the_text_and_no_other(path):
    root = parse(path.read_bytes())
    parts, _ = fragments(root, EMPTY)
    page = etree.fromstring(f"<x>{''.join(parts.values())}</x>")
    expected = re.sub(r"\s+", "", text_of(root.find(f"{T}text")))
    shown = without_made(page)
    # What stands outside the sides comes after them.
    if "rest" in parts:
        assert sorted(shown) == sorted(expected)
    else:
        assert shown == expected


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_nothing_stands_in_a_paragraph_that_would_end_it(path):
    parts, _ = fragments(parse(path.read_bytes()), EMPTY)
    page = etree.fromstring(f"<x>{''.join(parts.values())}</x>")
    for name in ("p", "h3", "h4", "span", "a"):
        for outer in page.iter(f"{X}{name}"):
            if name in ("p", "h3", "h4"):
                inside = {etree.QName(inner).localname for inner in outer.iterdescendants(f"{X}*")}
                assert not inside & BLOCKS, etree.tostring(outer)
    for link in page.iter(f"{X}a"):
        assert not list(link.iterdescendants(f"{X}a"))


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_every_note_is_linked_both_ways_and_every_id_is_there_once(path):
    root = parse(path.read_bytes())
    parts, _ = fragments(root, EMPTY)
    page = etree.fromstring(f"<x>{''.join(parts.values())}</x>")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    notes = page.xpath("//*[contains(concat(' ', @class, ' '), ' note ')]")
    for note in notes:
        name = note.get("id")
        call = page.xpath("//*[@id = $id]", id=f"{name}-call")
        assert [one.get("href") for one in call] == [f"#{name}"]
        assert note.xpath("string(*[@class='back']/@href)") == f"#{name}-call"
        assert call[0].text == note.xpath("string(*[@class='back'])")
    assert page.xpath("//*[starts-with(@href, '#')][not(substring(@href, 2) = //@id)]") == []


def test_notes_are_numbered_from_one_in_each_side():
    page, _ = rendered(
        '<div type="entry" xml:id="en"><p>a<note>A</note> b<note>B</note></p></div>'
        '<div type="entry" xml:id="ru"><p>c<note>C</note></p></div>'
    )
    assert page.xpath("//*[@class='back']/text()") == ["1", "2", "1"]
    assert page.xpath("//*[@class='note']/@id") == ["en.n1", "en.n2", "ru.n1"]


def test_a_made_id_gives_way_to_one_that_the_file_has():
    page, _ = rendered('<div type="entry" xml:id="en"><p xml:id="en.n1">a<note>A</note></p></div>')
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_page_met_again_has_an_id_of_its_own():
    page, _ = rendered(
        '<div type="entry" xml:id="en"><pb n="4"/><p>a<pb n="5"/>b<note>c<pb n="4"/>d</note></p></div>'
        '<div type="entry" xml:id="ru"><pb n="4"/><p>e</p></div>'
    )
    assert page.xpath("//*[contains(@class, 'pb')]/@id") == ["p4", "p5", "notes-p4", "p4-2"]


def test_words_that_only_a_page_break_parts_are_parted():
    page, _ = rendered('<p>one<pb n="2"/>two po<pb n="3" break="no"/>tential</p>')
    text = re.sub(r"\d", "", "".join(page.itertext()))
    assert text == "one two potential"


def test_commentary_says_whose_voice_it_is_and_holds_its_notes():
    page, _ = rendered(
        '<div type="entry" xml:id="en"><p>a</p><note type="commentary" place="inline">'
        "<p>[b<note>c</note></p><p>d]</p></note></div>",
        words={"commentary": "Commentary of the editors"},
    )
    block = page.xpath("//*[@class='commentary']")[0]
    assert block.get("role") == "note"
    assert block.xpath("*[@class='voice']/text()") == ["Commentary of the editors"]
    assert len(block.findall(f"{X}p")) == 2
    assert block.xpath(".//*[@class='note']")


def test_an_element_nobody_handles_is_shown_and_reported_once():
    page, found = rendered('<p>a <wibble xmlns="urn:x">b</wibble> <wibble xmlns="urn:x">c</wibble></p>')
    assert [message for message in found if "wibble" in message] == found
    assert len(found) == 1
    assert page.xpath("//*[@data-tei='wibble']/text()") == ["b", "c"]


def test_an_unhandled_element_is_reported_with_its_line():
    tei = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>\n<p>\n<wibble>a</wibble></p></body></text></TEI>'
    _, found = fragments(parse(tei), EMPTY, "text/d.xml")
    assert [(one.file, one.line, one.code) for one in found] == [("text/d.xml", 3, "R-001")]


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "a & b", "]]>", "<!-- x -->", "<?part x?>", "&amp;lt;", "{{ 1 }}", "\u202eabc"],
)
def test_text_never_becomes_markup(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    page, _ = rendered(f'<div type="entry" xml:id="en"><p>{escaped}</p></div>')
    assert page.xpath("string(//*[local-name() = 'p'])") == text


@pytest.mark.parametrize("rend", ["italic", "bold", "smallcaps", "sup", "sub", "underline"])
def test_how_the_source_shows_words_is_kept_as_a_class(rend):
    page, _ = rendered(f'<p><hi rend="{rend}">x</hi></p>')
    assert page.xpath("//*[contains(@class, 'hi')]/@class") == [f"hi r-{rend}"]


def test_a_link_is_made_only_for_a_target_that_was_found():
    body = '<p><ref target="entry:1">a</ref> <ref target="javascript:x">b</ref></p>'
    page, _ = rendered(body, links={"entry:1": "d1.html"})
    assert page.xpath("//*[@href]/@href") == ["d1.html"]


def test_a_direction_goes_with_every_language():
    page, _ = rendered(
        '<p>a <foreign xml:lang="he">b</foreign> <foreign xml:lang="uz-Arab">c</foreign> '
        '<foreign xml:lang="fr">d</foreign></p>'
    )
    assert page.xpath("//*[@dir][@lang]/@dir") == ["rtl", "rtl", "ltr"]


def test_what_the_register_says_of_a_person_is_a_tip():
    body = '<p><persName ref="psn:a">A.</persName> <persName ref="psn:b">B.</persName></p>'
    page, _ = rendered(body, names={"psn:a": "Anna, 1860–1912"})
    assert page.xpath("//@title") == ["Anna, 1860–1912"]


def test_the_same_entry_gives_the_same_bytes():
    root = parse(ENTRIES[0].read_bytes())
    assert fragments(root, EMPTY) == fragments(root, EMPTY)
