"""The reader for captures: what it takes for the entry, for its details, and what it says of them."""

from __future__ import annotations

import pytest

from pipeline.model import Capture, Source
from pipeline.readers import all_readers, read
from tests.capture import AUTHOR, VOLUME, compose, entry


def read_text(text: str | bytes) -> tuple[Capture | None, list[str]]:
    data = text.encode() if isinstance(text, str) else text
    capture, found = read(Source("a.txt", data), all_readers())
    return capture, [one.code for one in found]


def taken(text: str | bytes) -> Capture:
    capture, codes = read_text(text)
    assert capture is not None, codes
    return capture


def body(capture: Capture) -> list[str]:
    return [line.text for line in capture.panes[0].lines if not line.blank]


def test_a_page_is_taken_apart() -> None:
    capture = taken(entry("The tide was out.", "", "Page 31", "", "It came in."))
    assert (capture.title, capture.author, capture.date) == ("2 March", AUTHOR, "1911-03-02")
    assert capture.volume is not None
    assert (capture.volume.label, capture.volume.title, capture.volume.n) == (VOLUME, "The Tidewater Journals", "2")
    assert body(capture) == ["2 March", "The tide was out.", "Page 31", "It came in."]
    assert [(pane.side, pane.pages, pane.empty) for pane in capture.panes] == [
        ("translation", 1, False),
        ("transcription", 0, True),
    ]


def test_lines_keep_their_numbers_and_offsets() -> None:
    text = entry("The tide was out.", "It came in.")
    for line in taken(text).panes[0].lines:
        assert text.splitlines()[line.number - 1] == line.text
        assert text[line.start : line.end] == line.text


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_line_ends(end: str) -> None:
    lines = body(taken(entry("The tide was out.", "It came in.").replace("\n", end)))
    assert lines == ["2 March", "The tide was out.", "It came in."]


def test_a_byte_order_mark_is_no_text() -> None:
    capture = taken(b"\xef\xbb\xbf" + entry("The tide was out.").encode())
    assert body(capture) == ["2 March", "The tide was out."]


@pytest.mark.parametrize(
    "words",
    ["Translation", "Transcription", "Document Details", "Table of Contents", "Tags", "Annotations", "By Penhallow"],
)
def test_words_of_the_page_are_text_inside_the_entry(words: str) -> None:
    capture = taken(entry("I copied out the sign:", words, "and went home.", "/ 3"))
    assert body(capture) == ["2 March", "I copied out the sign:", words, "and went home.", "/ 3"]
    assert capture.author == AUTHOR


def test_details_without_a_value_are_not_there() -> None:
    details = taken(entry("The tide was out.", details={"Repository": ""})).details
    assert set(details) == {"title", "author", "date", "volume"}


def test_a_description_may_have_several_lines() -> None:
    text = entry(
        "The tide was out.", details={"Description": "A letter.\nDated at sea.\nAuthor unknown to the archive."}
    )
    capture, codes = read_text(text)
    assert codes == []
    assert capture is not None
    assert capture.details["description"] == "A letter. Dated at sea. Author unknown to the archive."
    assert (capture.author, capture.date) == (AUTHOR, "1911-03-02")


def test_a_detail_that_is_not_known_is_told() -> None:
    capture, codes = read_text(entry("The tide was out.", details={"Keywords": "tide, mole"}))
    assert codes == ["C-036"]
    assert capture is not None


def test_without_a_date_in_the_details_the_title_tells_it() -> None:
    capture = taken(entry("He began with the weather.", title="Talk of 7 March 1911", date="N/A"))
    assert capture.date == "1911-03-07"


def test_details_of_a_year_are_filled_by_the_title() -> None:
    assert taken(entry("The tide was out.", date="1911")).date == "1911-03-02"


def test_the_contents_tell_a_year_that_nothing_else_does() -> None:
    contents = ["1 March 1911", "2 March", "9 June"]
    capture, codes = read_text(entry("The tide was out.", date="N/A", contents=contents))
    assert codes == ["C-019"]
    assert capture is not None
    assert capture.date == "1911-03-02"


def test_an_entry_without_any_year_has_no_date() -> None:
    assert read_text(entry("The tide was out.", date="N/A")) == (None, ["C-015"])


def test_details_that_contradict_the_title_are_an_error() -> None:
    assert read_text(entry("The tide was out.", date="1911 Mar 3")) == (None, ["C-011"])


def test_an_editor_settles_a_contradiction() -> None:
    text = entry("The tide was out.", date="1911 Mar 3")
    capture, found = read(Source("a.txt", text.encode()), all_readers(dates=(("a.txt", "1911-03-02"),)))
    assert capture is not None
    assert (capture.date, found) == ("1911-03-02", ())


def test_a_title_of_its_own_may_speak_of_another_day() -> None:
    capture, codes = read_text(entry("A year ago.", title="Remembering 2 March 1910", contents=["1 March", "2 March"]))
    assert codes == ["C-035"]
    assert capture is not None
    assert capture.date == "1911-03-02"


@pytest.mark.parametrize("date", ["1911 Feb 30", "1911 Feb 29", "1911 Apr 31"])
def test_a_day_that_does_not_exist_is_an_error(date: str) -> None:
    assert read_text(entry("The tide was out.", title="A day", date=date)) == (None, ["C-014"])


def test_a_leap_day_exists() -> None:
    assert taken(entry("The tide was out.", title="29 February", date="1912 Feb 29")).date == "1912-02-29"


def test_the_contents_of_another_volume_are_told_and_not_used() -> None:
    text = entry("The tide was out.", contents=["1 May", "2 May"], contents_volume="The Tidewater Journals: Volume 3")
    assert read_text(text)[1] == ["C-033"]


def test_an_entry_that_the_contents_do_not_list_is_told() -> None:
    assert read_text(entry("The tide was out.", contents=["1 May", "2 May"]))[1] == ["C-034"]


def test_the_archive_s_count_of_pages_is_held_against_the_page_lines() -> None:
    capture, codes = read_text(entry("The tide was out.", "Page 31", "It came in.", pages=3))
    assert codes == ["C-024"]
    assert capture is not None


def test_two_sides_with_text_are_both_read() -> None:
    capture = taken(entry("The tide was out.", transcription=["2 марта", "Был отлив, и я спал."]))
    assert [(pane.side, pane.language) for pane in capture.panes] == [("translation", "en"), ("transcription", "ru")]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "C-012"),
        (["", "  "], "C-012"),
        (["2 March", "", "Page 31", "", "Page 32"], "C-013"),
        (["Page 31"], "C-013"),
    ],
)
def test_a_page_without_text_is_an_error(lines: list[str], code: str) -> None:
    assert read_text(compose("2 March", "1911 Mar 2", lines)) == (None, [code])


def test_no_details_is_an_error() -> None:
    text = compose("2 March", "1911 Mar 2", ["2 March", "The tide was out."], details_there=False)
    assert read_text(text) == (None, ["C-010"])


def test_a_text_of_another_kind_is_refused_with_the_reason() -> None:
    _, found = read(Source("a.txt", b"Dear Edda, there is no mole."), all_readers())
    assert [one.code for one in found] == ["C-006"]
    assert "capture: " in found[0].message


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x0b", "\x0c", "\x1c", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_an_error_with_its_place(mark: str) -> None:
    _, found = read(Source("a.txt", entry(f"The ti{mark}de was out.").encode()), all_readers())
    if mark == "\x00":
        assert [one.code for one in found] == ["C-002"]
    else:
        assert [(one.code, one.column) for one in found] == [("C-017", 7)]
        assert f"U+{ord(mark):04X}" in found[0].message


def test_a_control_character_in_the_menus_is_nobodys_business() -> None:
    assert read_text("\x07" + entry("The tide was out."))[1] == []
