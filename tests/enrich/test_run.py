"""The run of passes: claims become markup and are recorded, editors are obeyed, no character changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import etree

from pipeline.enrich.model import Attribution, Claim, Entry, Outcome, Ruling
from pipeline.enrich.record import decisions
from pipeline.enrich.run import Enriched, Rules, enrich
from pipeline.passage import Passage
from pipeline.tei import T, text_of
from pipeline.wrap import Mark, add_text, unwrap
from tests.enrich.trees import document, in_words, trees

ENTRY = Entry(id="d1911-03-02", date="1911-03-02", language="en")


def find(form: str, name: str = "persName", value: str = "psn:orlov", certainty: float = 0.95) -> Rules:
    """Return rules that claim every place of a form."""

    def apply(read: Sequence[Passage], _entry: Entry) -> Outcome:
        attributes = (("ref", value),) if value else ()
        return Outcome(
            [
                Claim(
                    one, hit.start(), hit.end(), name, "toy", certainty, attributes, value,
                    ("it looks so",), (("psn:other", 0.05),),
                )
                for one in read
                for hit in re.finditer(re.escape(form), one.text)
            ]
        )  # fmt: skip

    return Rules("persons", "person identification", apply)


def made(root: etree._Element, *rules: Rules, entry: Entry = ENTRY) -> Enriched:
    """Return a document after a run."""
    return enrich(root, rules, entry)


def names(root: etree._Element) -> list[tuple[str, str | None, str | None]]:
    """Return the persons' names in a document with @ref and @resp."""
    return [("".join(one.itertext()), one.get("ref"), one.get("resp")) for one in root.iter(f"{T}persName")]


TEXT = '<p xml:id="en.1">Saw Orlov<note xml:id="n1">Orlov, consul.</note> and Orlov’s dog.</p>'


def test_a_claim_becomes_markup_that_says_who_made_it_and_how_surely() -> None:
    root = made(document(TEXT), find("Orlov", certainty=0.75)).root
    first = next(root.iter(f"{T}persName"))
    assert dict(first.attrib) == {"ref": "psn:orlov", "cert": "medium", "resp": "#auto.persons"}
    assert in_words(root, "persName") == ["Orlov", "Orlov", "Orlov"]


def test_the_document_itself_is_left_as_it_was() -> None:
    root = document(TEXT)
    before = etree.tostring(root)
    made(root, find("Orlov"))
    assert etree.tostring(root) == before


def test_decisions_that_differ_only_in_place_are_recorded_together() -> None:
    root = made(document(TEXT), find("Orlov")).root
    (one,) = decisions(root)
    assert [str(place) for place in one.places] == [
        "#match(en.1,'Orlov')",
        "#match(en.1,'Orlov',2)",
        "#match(n1,'Orlov')",
    ]
    assert (one.rules, one.name, one.rule, one.value) == ("persons", "persName", "toy", "psn:orlov")
    assert one.alternatives == (("psn:other", 0.05),)
    assert one.evidence == ("it looks so",)


def test_a_block_without_an_id_is_addressed_by_its_way() -> None:
    root = made(document("<p>Saw Orlov.</p>"), find("Orlov")).root
    (one,) = decisions(root)
    assert str(one.places[0]) == "#match(/2/1/1/1,'Orlov')"


@given(trees())
def test_a_second_run_changes_nothing(root: etree._Element) -> None:
    rules = (find("Orlov"), find("3", "seg", ""))
    once = made(root, *rules).root
    assert text_of(once.find(f"{T}text")) == text_of(root.find(f"{T}text"))
    assert etree.tostring(made(once, *rules).root) == etree.tostring(once)


@given(trees())
def test_without_rules_a_run_takes_away_what_rules_made(root: etree._Element) -> None:
    assert etree.tostring(made(made(root, find("Orlov"), find("May")).root).root) == etree.tostring(root)


def test_markup_of_others_is_not_touched() -> None:
    text = '<p xml:id="en.1"><persName ref="psn:ilya" resp="#ed">Orlov</persName> and <rs>Orlov’s wife</rs>, Orlov</p>'
    root = made(document(text), find("Orlov")).root
    assert names(root) == [("Orlov", "psn:ilya", "#ed"), ("Orlov", "psn:orlov", "#auto.persons")]


# -- what an editor does in the text of record


def first(root: etree._Element) -> etree._Element:
    """Return the first person's name."""
    return next(root.iter(f"{T}persName"))


def test_a_value_that_an_editor_changed_stays_and_is_the_editors() -> None:
    root = made(document(TEXT), find("Orlov")).root
    first(root).set("ref", "psn:ilya")
    again = made(root, find("Orlov")).root
    assert names(again)[0] == ("Orlov", "psn:ilya", "#ed")
    assert names(again)[1] == ("Orlov", "psn:orlov", "#auto.persons")
    assert names(made(again, find("Orlov")).root) == names(again)


def test_markup_that_an_editor_took_away_does_not_come_back() -> None:
    root = made(document(TEXT), find("Orlov")).root
    unwrap(first(root))
    again = made(root, find("Orlov")).root
    # Nor is the same name one elsewhere in the entry: it is the same question.
    assert names(again) == []
    assert "no persName" in etree.tostring(again, encoding="unicode")
    for _ in range(2):
        again = made(again, find("Orlov")).root
        assert names(again) == []


def test_a_time_that_an_editor_took_away_is_one_elsewhere() -> None:
    root = made(document(TEXT), find("Orlov", "time", "")).root
    unwrap(next(root.iter(f"{T}time")))
    assert len(list(made(root, find("Orlov", "time", "")).root.iter(f"{T}time"))) == 2


def test_markup_that_an_editor_takes_over_is_left_even_if_rules_change_their_mind() -> None:
    root = made(document(TEXT), find("Orlov")).root
    first(root).set("resp", "#ed")
    assert names(made(root, find("Orlov", value="psn:new")).root)[0] == ("Orlov", "psn:orlov", "#ed")
    assert names(made(root).root) == [("Orlov", "psn:orlov", "#ed")]


def test_words_that_an_editor_corrected_are_judged_anew() -> None:
    root = made(document(TEXT), find("Orlov")).root
    first(root).text = "Orloff"
    again = made(root, find("Orlov")).root
    assert [name for name, _, _ in names(again)] == ["Orlov", "Orlov"]
    assert "no persName" not in etree.tostring(again, encoding="unicode")


# -- rulings


def test_a_ruling_that_it_is_none_holds() -> None:
    entry = replace(ENTRY, rulings=(Ruling("persName", "Orlov", ""),))
    assert names(made(document(TEXT), find("Orlov"), entry=entry).root) == []


def test_a_ruling_on_one_place_goes_before_one_on_the_entry() -> None:
    rulings = (
        Ruling("persName", "Orlov", "psn:ilya", entry="d1911-03-02"),
        Ruling("persName", "Orlov", "", entry="d1911-03-02", block="en.1", index=2),
        Ruling("persName", "Orlov", "psn:never", entry="d1999-01-01"),
    )
    root = made(document(TEXT), find("Orlov"), entry=replace(ENTRY, rulings=rulings)).root
    assert names(root) == [("Orlov", "psn:ilya", "#ed"), ("Orlov", "psn:ilya", "#ed")]


def test_a_ruling_marks_what_no_rule_found_and_whole_words_only() -> None:
    entry = replace(ENTRY, rulings=(Ruling("persName", "Ada", "psn:ada"),))
    root = made(document('<p xml:id="en.1">Ada saw the Adalia.</p>'), find("Orlov"), entry=entry).root
    assert names(root) == [("Ada", "psn:ada", "#ed")]


def test_a_ruled_place_is_no_decision_of_the_rules() -> None:
    entry = replace(ENTRY, rulings=(Ruling("persName", "Orlov", "psn:ilya"),))
    root = made(document(TEXT), find("Orlov"), entry=entry).root
    assert decisions(root) == ()
    assert etree.tostring(made(root, find("Orlov"), entry=entry).root) == etree.tostring(root)


# -- what goes wrong


def test_a_name_that_markup_cuts_is_reported() -> None:
    result = made(document('<p xml:id="en.1">the <hi>old Or</hi>lov</p>'), find("Orlov"))
    assert [one.code for one in result.findings] == ["E-091"]


def test_rules_that_change_the_text_are_left_out_and_reported() -> None:
    def spoil(read: Sequence[Passage], _entry: Entry) -> Outcome:
        add_text(read[0].block, "!")
        return Outcome()

    result = made(document(TEXT), find("Orlov"), Rules("dates", "dates", spoil))
    assert [one.code for one in result.findings] == ["E-090"]
    assert text_of(result.root.find(f"{T}text")) == text_of(document(TEXT).find(f"{T}text"))
    assert len(names(result.root)) == 3


def test_a_speaker_is_attributed_and_withdrawn_again() -> None:
    text = '<sp xml:id="s1"><speaker>O.:</speaker><p>Yes.</p></sp><sp who="psn:x"><speaker>I:</speaker><p>No.</p></sp>'

    def who(read: Sequence[Passage], _entry: Entry) -> Outcome:
        blocks = [one.block.getparent() for one in read if one.block.tag == f"{T}speaker"]
        return Outcome(
            attributions=[Attribution(one, "who", "psn:orlov", "toy", 0.8) for one in blocks if one is not None]
        )

    rules = Rules("persons", "persons", who)
    root = made(document(text), rules).root
    assert [one.get("who") for one in root.iter(f"{T}sp")] == ["psn:orlov", "psn:x"]
    assert etree.tostring(made(root, rules).root) == etree.tostring(root)
    assert etree.tostring(made(root).root) == etree.tostring(document(text))


@pytest.mark.parametrize("parts", [(Mark(0, 4, "author"),), ()])
def test_parts_of_a_citation_are_withdrawn_with_it(parts: tuple[Mark, ...]) -> None:
    def cite(read: Sequence[Passage], _entry: Entry) -> Outcome:
        return Outcome([Claim(read[0], 0, 11, "bibl", "toy", 0.9, parts=parts)])

    root = document('<p xml:id="en.1">Hale, p. 12.</p>')
    result = made(root, Rules("citations", "citations", cite)).root
    assert in_words(result, "bibl") == ["Hale, p. 12"]
    assert etree.tostring(made(result).root) == etree.tostring(root)
