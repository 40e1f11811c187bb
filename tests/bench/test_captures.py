"""The generator of captures: what goes in comes out, and what its lines are said to be is what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Source
from pipeline.readers.capture import reader
from pipeline.segment import Role
from pipeline.tei import fold
from tests.bench.captures import Gold, Made, Options, captures
from tests.bench.measures import measure

_DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Journal</title>
<author>Ferrow, Ada</author></titleStmt></fileDesc>
<profileDesc><creation><date when="1902-05-07"/></creation></profileDesc></teiHeader>
<text><body><div type="entry" xml:lang="en">{body}</div></body></text></TEI>"""
_ENTRY = """<pb n="11"/><head>7 May</head>
<p>I called on Orme<note place="foot">Silas Orme, glazier, 1850–1911.</note> , who was out. We
 <choice><sic>wated</sic><corr>waited</corr></choice> for an <pb n="12"/>hour in the rain.<note
 place="end">The rain of that week is also in the parish <pb n="301" edRef="#x.notes"/>chronicle.</note> Then home.</p>
<milestone unit="section" n="***"/>
<sp><speaker>O.</speaker><p>Too late?</p></sp>
<note type="commentary"><p>Ferrow never saw Orme again.<note>Orme’s letters, p. 4.</note></p><p>She moved.</p></note>
<pb n="13"/><p>Nothing today.</p>
"""


def _write(folder: Path, body: str = _ENTRY, name: str = "entry.xml") -> Path:
    path = folder / name
    path.write_text(_DOCUMENT.format(body=body), encoding="utf-8")
    return path


def _made(folder: Path, body: str = _ENTRY, **options: bool | int) -> Made:
    (made,) = captures(_write(folder, body), Options(**options))  # type: ignore[arg-type]
    return made


def _lines(made: Made) -> list[tuple[Role, str]]:
    lines = made.text.split("\n")
    return [(one.role, lines[one.line - 1]) for one in made.gold]


def test_every_line_is_what_the_tei_says(tmp_path: Path) -> None:
    assert _lines(_made(tmp_path)) == [
        (Role.TITLE, "7 May"),
        (Role.PARAGRAPH, "I called on Orme"),
        (Role.NOTE, "Silas Orme, glazier, 1850–1911."),
        (Role.CONTINUATION, ", who was out. We waited for an"),
        (Role.PAGE, "Page 12"),
        (Role.CONTINUATION, "hour in the rain."),
        (Role.NOTE, "The rain of that week is also in the parish"),
        (Role.NOTE_PAGE, "Page 301"),
        (Role.NOTE_CONTINUATION, "chronicle."),
        (Role.CONTINUATION, "Then home."),
        (Role.ORNAMENT, "***"),
        (Role.SPEECH, "O.: Too late?"),
        (Role.PARAGRAPH, "[Ferrow never saw Orme again."),
        (Role.NOTE, "Orme’s letters, p. 4."),
        (Role.PARAGRAPH, "She moved.]"),
        (Role.PAGE, "Page 13"),
        (Role.PARAGRAPH, "Nothing today."),
    ]


def test_lines_that_no_reader_could_tell_are_marked(tmp_path: Path) -> None:
    made = _made(tmp_path)
    lines = made.text.split("\n")
    assert [lines[one.line - 1] for one in made.gold if one.either] == ["Then home.", "She moved.]", "Nothing today."]


def test_anchors_are_the_text_before_a_note(tmp_path: Path) -> None:
    anchors = [one.anchor for one in _made(tmp_path).gold if one.role is Role.NOTE]
    assert anchors == [
        "I called on Orme",
        "I called on Orme , who was out. We waited for an hour in the rain.",
        "[Ferrow never saw Orme again.",
    ]


def test_the_reader_finds_the_same_lines(tmp_path: Path) -> None:
    made = _made(tmp_path)
    capture, found = reader().read(Source(made.name, made.text.encode()))
    assert capture is not None
    assert (capture.title, capture.author, capture.date) == ("7 May", "Ferrow, Ada", "1902-05-07")
    assert [line.number for line in capture.panes[0].lines if not line.blank] == [one.line for one in made.gold]
    assert not [one for one in found if one.severity.value == "error"]


def test_all_words_stand_in_the_capture_in_order(tmp_path: Path) -> None:
    words = ("I called on Orme Silas Orme, glazier, 1850–1911. , who was out. We waited for an hour in the rain. The "
             "rain of that week is also in the parish chronicle. Then home. *** O.: Too late?")  # fmt: skip
    text = fold(" ".join(line for role, line in _lines(_made(tmp_path)) if role not in (Role.PAGE, Role.NOTE_PAGE)))
    assert words in text


def test_the_same_seed_gives_the_same_capture(tmp_path: Path) -> None:
    long = f"<head>7 May</head><p>Word.<note>{'Several words of a long note. ' * 12}</note></p>" * 3
    texts = {seed: _made(tmp_path, long, seed=seed).text for seed in range(8)}
    assert texts == {seed: _made(tmp_path, long, seed=seed).text for seed in range(8)}
    assert len(set(texts.values())) > 1


def test_far_pages_are_cut_into_long_notes_only_where_wanted(tmp_path: Path) -> None:
    body = f"<head>7 May</head><p>Word.<note>{'Several words of a long note. ' * 12}</note></p>" * 6
    assert any(one.role is Role.NOTE_PAGE for one in _made(tmp_path, body).gold)
    assert not any(one.role is Role.NOTE_PAGE for one in _made(tmp_path, body, far=False).gold)


def test_page_numbers_can_be_run_into_words(tmp_path: Path) -> None:
    made = next(made for seed in range(9) if (made := _made(tmp_path, glued=True, seed=seed)) and _glued(made))
    lines = made.text.split("\n")
    assert [(one.glued, lines[one.line - 1]) for one in _glued(made)] == [
        (("12",), ", who was out. We waited for an 12hour in the rain.")
    ]


def _glued(made: Made) -> list[Gold]:
    return [one for one in made.gold if one.glued]


def test_page_lines_can_be_exchanged(tmp_path: Path) -> None:
    made = _made(tmp_path, disorder=True)
    assert made.disordered == {"translation"}
    assert [line for role, line in _lines(made) if role is Role.PAGE] == ["Page 13", "Page 12"]


@pytest.mark.parametrize(
    "body",
    [
        '<p>Ada<ptr target="#n1"/> came.</p><noteGrp><note xml:id="n1">Ada Ferrow, her niece.</note></noteGrp>',
        '<p>Ada<anchor xml:id="a1"/> came.</p><div type="notes"><note target="#a1">Ada Ferrow, her niece.</note></div>',
        '<p><ref xml:id="a1">Ada</ref><note corresp="#a1">Ada Ferrow, her niece.</note> came.</p>',
        "<p>Ada<note><p>Ada Ferrow, her niece.</p></note> came.</p>",
    ],
)
def test_notes_stand_at_their_anchor_wherever_the_tei_has_them(tmp_path: Path, body: str) -> None:
    assert _lines(_made(tmp_path, f"<head>7 May</head>{body}"))[1:] == [
        (Role.PARAGRAPH, "Ada"),
        (Role.NOTE, "Ada Ferrow, her niece."),
        (Role.CONTINUATION, "came."),
    ]


def test_readings_of_the_apparatus_are_told_from_editors_notes(tmp_path: Path) -> None:
    body = (
        '<p>Ada<note type="textual">Ms. has Ida instead of the name.</note> came<note>came] went</note>, late<note>'
        "It was past nine.</note>.</p>"
    )
    kinds = [one.kind for one in _made(tmp_path, f"<head>7 May</head>{body}").gold if one.role is Role.NOTE]
    assert kinds == ["textual", "textual", "editorial"]


def test_pages_that_are_no_numbers_are_numbered(tmp_path: Path) -> None:
    body = '<head>7 May</head><p>One <pb n="1r"/>two <pb n="1v"/>three.</p>'
    first, second = (line for role, line in _lines(_made(tmp_path, body)) if role is Role.PAGE)
    assert int(second.removeprefix("Page ")) == int(first.removeprefix("Page ")) + 1


def test_what_is_not_on_a_page_is_counted(tmp_path: Path) -> None:
    made = _made(tmp_path, "<head>7 May</head><p>One <del>too</del>two<note hand='#a'>marginal words</note>.</p>")
    assert made.left_out == {"del": 1, "a note that is not the editors’": 1}
    assert _lines(made)[1] == (Role.PARAGRAPH, "One two.")


def test_a_capture_of_plain_matters_is_segmented_without_an_error(tmp_path: Path) -> None:
    body = (
        "<head>7 May</head><p>I called on the glazier Orme<note>Silas Orme, glazier, 1850–1911. See Ferrow’s letters, "
        "p. 14.</note>, who was out, and we</p>"
    ).replace(", and we</p>", ", and we <pb n='4'/>waited for an hour.</p><p>I went home.</p>")
    made = _made(tmp_path, body)
    result = measure(Source(made.name, made.text.encode()), made.gold)
    assert (result.right, result.unproved, result.refused) == (result.lines, 0, 0)
    assert result.scores["notes"].hits == result.scores["anchors"].hits == 1
