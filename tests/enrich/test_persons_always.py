"""Persons: a model as evidence, and what holds for the pass on any text."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.model import Entry, Outcome
from pipeline.enrich.persons.name_model import NoModel, SpacyModel
from pipeline.enrich.persons.people import people_of, propose
from pipeline.enrich.persons.rules import persons, survey
from pipeline.passage import Passage, passages
from pipeline.wrap import Mark
from tests.enrich.naming_people import ENTRY, people_in
from tests.enrich.trees import CONTENT, document, trees

# -- a model of names


class Stand:
    """A model that knows some words."""

    def __init__(self, **labels: str) -> None:
        self.labels = labels

    def names(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Yield the words that the model knows."""
        for word, label in self.labels.items():
            at = text.find(word)
            if at >= 0:
                yield at, at + len(word), label


def with_model(text: str, **labels: str) -> list[str]:
    """Return the names in a text, with a model that knows some words."""
    read_ = tuple(passages(document(f"<p>{text}</p>")))
    return [one.form for one in persons(read_, ENTRY, people_of(), Stand(**labels)).claims]


def test_a_model_speaks_for_a_name_and_against_one() -> None:
    assert with_model("We went as far as Wick.", Wick="PERSON") == ["Wick"]
    assert with_model("We went as far as Wick.") == []
    assert with_model("We met at noon; Tolley rode on.", Tolley="GPE") == []


def test_a_model_alone_makes_no_name() -> None:
    assert with_model("the weather was fine", weather="PERSON") == []


def test_a_model_that_is_not_installed_is_told() -> None:
    with pytest.raises(NoModel, match=r"pip install|spacy download"):
        SpacyModel("no_such_model_anywhere")


# -- what holds always


def check(root: etree._Element, about: Entry = ENTRY) -> Outcome:
    """Assert what holds for what the pass says of any document."""
    before = etree.tostring(root)
    read_ = tuple(passages(root))
    people = propose(people_of(), survey(read_, about, people_of()))
    outcome = persons(read_, about, people)
    assert etree.tostring(root) == before
    assert persons(read_, about, people) == outcome
    for passage in read_:
        own = sorted((one for one in outcome.claims if one.passage is passage), key=lambda one: one.start)
        for one in own:
            assert 0 <= one.start < one.end <= len(passage.text)
            assert 0 < one.certainty <= 1
            assert not passage.inside(one.start, one.end, {"persName", "bibl", "date", "rs"})
            assert one.form == one.form.strip()
            ref = dict(one.attributes).get("ref")
            assert ref is None or people.person(ref) is not None
        for left, right in pairwise(own):
            assert left.end <= right.start
        if own:
            _all_can_be_written(passage, outcome)
    return outcome


def _all_can_be_written(passage: Passage, outcome: Outcome) -> None:
    marks = [Mark(one.start, one.end, one.name, one.attributes) for one in outcome.claims if one.passage is passage]
    made, refused = passage.mark(marks)
    assert refused == []
    assert len(made) == len(marks)


@settings(max_examples=150, deadline=None)
@given(trees())
def test_claims_lie_within_their_passages_and_cross_nothing(root: etree._Element) -> None:
    check_copy = etree.fromstring(etree.tostring(root))
    check(check_copy)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "fr", "de", "ru", "la", ""]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    clean = "".join(mark for mark in text if mark.isprintable())
    root = document("<p/>", language)
    paragraph = next(root.iter("{*}p"))
    for element in root.iter("{*}p"):
        paragraph = element
    paragraph.text = clean
    check(root)


@settings(max_examples=60, deadline=None)
@given(CONTENT)
def test_survey_is_the_same_whatever_was_proposed(content: str) -> None:
    body = f"<p>{content}</p>"
    people = people_in([("1911-03-02", body)])
    assert {one.id for one in people_in([("1911-03-02", body)], people).persons} == {one.id for one in people.persons}


@pytest.mark.parametrize(
    "unit", ["Sir Dr Lord ", "A[b]c [d ", "von de la ", "V. ", "Aa Bb, Cc and ", "‘Ab’s ", "d’Ab-"]
)
def test_a_long_hostile_paragraph_takes_time_in_proportion(unit: str) -> None:
    def taken(size: int) -> float:
        read_ = tuple(passages(document(f"<p>{unit * (size // len(unit))}</p>")))
        start = time.process_time()
        persons(read_, ENTRY, people_of())
        return time.process_time() - start

    taken(2_000)
    assert taken(80_000) < 40 * max(taken(8_000), 0.01)
