"""Notes that tell a life: what they tell, and what they do for the name that they stand at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.persons.lives import tell
from pipeline.enrich.persons.person import Life
from pipeline.enrich.words import words
from tests.enrich.naming_people import names, people_in


@pytest.mark.parametrize(
    ("name", "rest", "life"),
    [
        ("Otto Tarnow", ", German chancellor, 1871–90.", Life("", "", ("1871", "1890"), ("German chancellor",))),
        ("Ilya Rudin", " (1861–1919), surgeon at Wick.", Life("1861", "1919", ("", ""), ("surgeon at Wick",))),
        ("William Moor", " (b. 1824), shoemaker.", Life("1824", "", ("", ""), ("shoemaker",))),
        ("Mary Moor", " (d. 1902), his sister.", Life("", "1902", ("", ""), ("his sister",))),
        ("Ada Wade", ", foreign secretary 1938–40.", Life("", "", ("1938", "1940"), ("foreign secretary",))),
        ("Karl Lohr", " (1841 - 1909), Semitist.", Life("1841", "1909", ("", ""), ("Semitist",))),
    ],
)
def test_a_life_is_told(name: str, rest: str, life: Life) -> None:
    assert tell(name + rest, len(name), words("en")) == life


@pytest.mark.parametrize(
    "rest",
    [
        " had voted for another.",
        "’s paper is lost.",
        " to Rudin, 7 Dec. 1934.",
        ", on the same page, says otherwise.",
        "",
        " (see above).",
    ],
)
def test_other_notes_tell_none(rest: str) -> None:
    name = "Harold Wade"
    assert tell(name + rest, len(name), words("en")) is None


@pytest.mark.parametrize("language", ["de", "fr", "ru"])
def test_lives_in_other_languages(language: str) -> None:
    rest = {
        "de": ", preußischer Minister, 1872–1879.",
        "fr": " (1794-1861), préfet.",
        "ru": " (1861–1919), хирург.",
    }[language]
    life = tell("N. N." + rest, 5, words(language))
    assert life is not None
    assert life.offices


def test_a_doubtful_year_is_not_told() -> None:
    life = tell("A. Moor (b. 1824 or 1825), shoemaker.", 7, words("en"))
    assert life is not None
    assert life.birth == ""


def test_a_note_makes_a_name_of_the_word_at_which_it_stands() -> None:
    body = "<p>Rain. Smith<note>Ada Smith (1841–1909), singer.</note> and bacon.</p>"
    assert names(body) == ["Smith = smith-ada", "Ada Smith = smith-ada"]


def test_a_note_about_something_else_makes_none() -> None:
    assert names("<p>To Wick<note>A town in the north, much visited.</note> by rail.</p>") == []


def test_a_peer_goes_by_his_title() -> None:
    body = """<p>Marrow<note>Edward Wade, 1st Earl of Marrow, foreign secretary 1938–40.</note> called. Marrow’s
    secretary waited.</p>"""
    shown = names(body)
    assert shown[0] == "Marrow = marrow-edward"
    assert "Edward Wade, 1st Earl of Marrow = marrow-edward" in shown
    (person,) = people_in([("1938-05-01", body)]).persons
    assert person.life.active == ("1938", "1940")
    assert {"Marrow"} <= set(person.forms)


def test_a_later_title_is_the_same_peer() -> None:
    body = "<p>H.<note>Sir Hugo Hale-Wick, clerk to the council, 1916–38; later Lord Stour.</note> came.</p>"
    shown = {one.partition(" = ")[2] for one in names(body)}
    assert len(shown) == 1


def test_an_initial_is_told_by_its_note() -> None:
    body = "<p>Walked with V.<note>Sir Harold Vardy, secretary to the board, 1916–38.</note> who is slow.</p>"
    assert names(body) == ["V. = vardy-harold", "Sir Harold Vardy = vardy-harold"]


def test_two_lives_are_two_persons() -> None:
    bodies = [
        ("1850-01-01", "<p>Moor<note>John Moor (1800–60), baker.</note> came.</p>"),
        ("1890-01-01", "<p>Moor<note>John Moor (1850–1920), surgeon.</note> came.</p>"),
    ]
    assert [one.id for one in people_in(bodies).persons] == ["moor-john", "moor-john-2"]


@given(st.text(max_size=300), st.integers(0, 40), st.sampled_from(["en", "de", "fr", "ru", ""]))
def test_any_text_can_be_asked(text: str, end: int, language: str) -> None:
    life = tell(text, min(end, len(text)), words(language))
    assert life is None or isinstance(life, Life)
