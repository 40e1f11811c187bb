"""Is a source sound: other encodings by name, wrapped lines, two pages in one, characters that tell of damage."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.dates import find_day
from pipeline.model import Source
from pipeline.readers import all_readers, read
from pipeline.readers.text import decode
from tests.capture import compose, entry

ENGLISH = "‘We hadn’t met’ – at the café, a naïve “démarche” … the Governor’s façade was grey."
GERMAN = "Der Müller sagte: „Schön“, und ging über die Straße – größer als Öl."
RUSSIAN = "Я встретил его на вокзале. Он сказал мне, что всё хорошо, и уехал в Одессу."
PROSE = "The boats lay on the mud of the harbour and the gulls walked about among them as if they had been paid. "


def codes(text: str) -> list[str]:
    return [one.code for one in read(Source("a.txt", text.encode()), all_readers())[1]]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (ENGLISH, "cp1252", "cp1252"),
        (ENGLISH, "mac_roman", "mac-roman"),
        (GERMAN, "cp1252", "cp1252"),
        (GERMAN, "mac_roman", "mac-roman"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (RUSSIAN, "mac_cyrillic", "mac-cyrillic"),
        (RUSSIAN, "cp866", "cp866"),
    ],
)
def test_an_encoding_is_called_by_its_name(text: str, encoding: str, name: str) -> None:
    found = decode(Source("a.txt", text.encode(encoding)))
    assert not isinstance(found, str)
    assert f"looks like {name}" in found.message


def test_wrapped_lines_are_refused() -> None:
    assert codes(entry(*textwrap.wrap(PROSE * 12, 72))) == ["C-025"]


@pytest.mark.parametrize(
    "lines",
    [
        [PROSE.strip()] * 20,
        [f"{PROSE}{PROSE * n}".strip() for n in range(14)],
        ["The tide was out."] * 40,
        ["The tide was out,", "the gulls were in,", "and nobody was about"] * 8,
    ],
    ids=["paragraphs of one length", "paragraphs", "short ones", "verse"],
)
def test_paragraphs_and_verse_are_not_taken_for_wrapped_lines(lines: list[str]) -> None:
    assert "C-025" not in codes(entry(*lines))


def test_two_pages_in_one_file_are_refused() -> None:
    assert "C-018" in codes(entry("The tide was out.") + "\n" + entry("The tide was in."))


@pytest.mark.parametrize("character", ["\ufffd", "\x7f", "\x85", "\u202e"])
def test_characters_that_tell_of_damage_are_told_and_kept(character: str) -> None:
    capture, found = read(Source("a.txt", entry(f"The ti{character}de was out.").encode()), all_readers())
    assert [one.code for one in found] == ["C-029"]
    assert capture is not None
    assert any(character in line.text for line in capture.panes[0].lines)


def test_a_direction_that_is_closed_is_nothing_to_tell() -> None:
    assert codes(entry("The \u202btide\u202c was \u2067out\u2069.")) == []


def test_a_date_that_begins_in_lower_case_is_no_part_of_the_description() -> None:
    capture, found = read(
        Source("a.txt", compose("2 March", "circa 1911 Mar 2", ["2 March", "The tide was out."]).encode()),
        all_readers(),
    )
    assert capture is not None, found
    assert capture.date == "1911-03-02"
    assert "description" not in capture.details


@pytest.mark.parametrize(
    ("text", "iso"),
    [("12–14 June 1911", "1911-06-12"), ("3. - 5. März 1911", "1911-03-03"), ("1911 Jun 2", "1911-06-02")],
)
def test_of_several_days_the_first_is_the_entrys(text: str, iso: str) -> None:
    day = find_day(text)
    assert day is not None
    assert day.iso == iso
