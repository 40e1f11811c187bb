"""Passages: what a block's running text is, and markup wrapped around stretches of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.passage import passages
from pipeline.tei import parse, serialise, text_of
from pipeline.wrap import Mark, unwrap
from tests.enrich.trees import document, passage, trees


def shown(element: etree._Element) -> str:
    """Return an element as it stands in the file, without its namespace and what follows it."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Saw  Orlov\n  today. ", "Saw Orlov today."),
        ("Saw <hi>Or</hi>lov.", "Saw Orlov."),
        ('Or<pb n="3" break="no"/>lov went.', "Orlov went."),
        ('Saw<pb n="3"/>Orlov.', "Saw Orlov."),
        ('Saw <pb n="3"/> Orlov.', "Saw Orlov."),
        ("Orlov<note>A consul.</note>’s hat.", "Orlov’s hat."),
        ("Saw <!-- who? -->Orlov<?x y?>.", "Saw Orlov."),
        ("a <choice><abbr>Dr</abbr><expan>Doctor</expan></choice> came", "a Dr came"),
        ("x<figure><figDesc>A map.</figDesc></figure>y", "x y"),
    ],
)
def test_the_running_text(content: str, text: str) -> None:
    assert passage(content).text == text


def test_notes_are_passages_of_their_own_after_the_text_they_stand_in() -> None:
    root = document(
        '<p>One<note>Two <q>three<note>Four</note></q></note> five</p><note type="commentary"><p>[Six]</p></note>'
    )
    read = list(passages(root))
    assert [one.text for one in read] == ["One five", "Two three", "Four", "[Six]"]
    assert [one.note is not None for one in read] == [False, True, True, False]
    assert [one.commentary for one in read] == [False, False, False, True]
    assert read[0].atoms[0][0] == 3


def test_header_and_stand_off_hold_no_passage() -> None:
    root = document("<p>One</p>")
    etree.SubElement(root, "{http://www.tei-c.org/ns/1.0}standOff").text = "Two"
    assert [one.text for one in passages(root)] == ["One"]


def test_the_language_is_that_of_the_nearest_element() -> None:
    root = document('<p>One</p><p xml:lang="ru">Два<note xml:lang="fr">trois</note></p>')
    assert [one.language for one in passages(root)] == ["en", "ru", "fr"]


@pytest.mark.parametrize(
    ("content", "form", "expected"),
    [
        (
            "saw M. <supplied>[Hale]</supplied>’s",
            "M. [Hale]",
            "saw <persName>M. <supplied>[Hale]</supplied></persName>’s",
        ),
        ("Or<note>x</note>lov", "Orlov", "<persName>Or<note>x</note>lov</persName>"),
        ("Orlov<note>x</note> went", "Orlov", "<persName>Orlov</persName><note>x</note> went"),
        ('a <pb n="3"/>Orlov b', "Orlov", 'a <pb n="3"/><persName>Orlov</persName> b'),
        ("<hi>Orlov</hi> b", "Orlov", "<persName><hi>Orlov</hi></persName> b"),
        ("<seg>Orlov</seg> b", "Orlov", "<seg><persName>Orlov</persName></seg> b"),
        ("<hi>Or</hi>lov b", "Orlov", "<persName><hi>Or</hi>lov</persName> b"),
        ("<hi>Dr <emph>Or</emph></hi>lov b", "Dr Orlov", "<persName><hi>Dr <emph>Or</emph></hi>lov</persName> b"),
        ("a<hi> <emph>Or</emph>lov</hi>", "Orlov", "a<hi> <persName><emph>Or</emph>lov</persName></hi>"),
        ("A. Or-\n lov", "A. Or- lov", "<persName>A. Or-\n lov</persName>"),
    ],
)
def test_markup_is_wrapped_around_what_stands_there(content: str, form: str, expected: str) -> None:
    read = passage(content)
    start = read.text.index(form)
    made, refused = read.mark([Mark(start, start + len(form), "persName")])
    assert shown(read.block) == f'<p xml:id="en.1">{expected}</p>'
    assert len(made) == 1
    assert refused == []


def test_markup_that_existing_markup_cuts_is_refused_and_nothing_changes() -> None:
    read = passage("the <hi>good Or</hi>lov went")
    before = shown(read.block)
    made, refused = read.mark([mark := Mark(read.text.index("Or"), read.text.index("lov") + 3, "persName")])
    assert (made, refused) == ([], [mark])
    assert shown(read.block) == before


def test_marks_stand_in_one_another_the_first_outside() -> None:
    read = passage("Hale, Letters, p. 5")
    marks = [
        Mark(0, 19, "bibl"),
        Mark(0, 4, "author"),
        Mark(6, 13, "title", (("level", "m"),)),
        Mark(18, 19, "citedRange"),
    ]
    made, refused = read.mark(marks)
    assert refused == []
    assert len(made) == 4
    assert shown(read.block) == (
        '<p xml:id="en.1"><bibl><author>Hale</author>, <title level="m">Letters</title>, p. <citedRange>5</citedRange>'
        "</bibl></p>"
    )


def test_marks_that_cross_are_refused() -> None:
    read = passage("one two three")
    _, refused = read.mark([Mark(0, 7, "q"), Mark(4, 13, "q"), Mark(4, 99, "q"), Mark(3, 3, "q")])
    assert len(refused) == 3


@given(trees(), st.data())
def test_no_mark_changes_a_character_and_taking_it_away_gives_what_was(root: etree._Element, data: Any) -> None:
    before, text = etree.tostring(root), text_of(root)
    made = []
    for number in range(len(list(passages(root)))):
        read = list(passages(root))[number]
        ends = st.integers(0, len(read.text))
        drawn = data.draw(st.lists(st.tuples(ends, ends), max_size=4))
        # A stretch begins and ends with a character of its own.
        spans = [(start, end) for start, end in drawn if read.text[start:end] == read.text[start:end].strip()]
        wrapped, refused = read.mark([Mark(start, end, "rs") for start, end in spans])
        made += [element for _, element in wrapped]
        assert len(wrapped) + len(refused) == len(spans)
        for mark, element in wrapped:
            again = next(one for one in passages(root) if one.block is read.block)
            assert again.text == read.text
            held = next(one for one in again.held if one.element is element)
            assert (held.start, held.end) == (mark.start, mark.end)
    assert text_of(root) == text
    assert parse(serialise(parse(etree.tostring(root)))) is not None
    for element in made:
        unwrap(element)
    assert etree.tostring(root) == before
