"""The book: every word in order, notes, tags, archive standard, and bad text that comes out as text."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import page
import pypdf
import pytest
from printed import book_words, entry, make_book, make_edition, tags, text_words, words

from pipeline.config import Edition
from pipeline.diagnostics import Report
from pipeline.render import press, typst

pytestmark = pytest.mark.poppler

FIRST = entry(
    "1911-03-02",
    """<pb n="47" edRef="#print"/><p n="1">Saw M.M. <supplied>[Orlov]</supplied> at the quay.<note type="editorial"
    place="end">Harbour master; the story of the poten<pb n="412" break="no" edRef="#print.notes"/>tial strike is told
    in <q>‘Memories’</q>.</note></p><p n="2">A long paragraph that a page <pb n="48"/>and a note<note place="end">The
    second.</note> interrupt, and with them the uncharacteristically circumstantial representations of the board.</p>
    <milestone unit="section" n="***"/>
    <sp><speaker>O.:</speaker> <p>Caution, and <pb n="49"/>again caution.</p></sp>
    <note type="commentary" place="inline"><p>[The mood was grim.<note place="end">Third.</note></p><p>It lifted.]</p>
    </note><list><item>one</item><item>two</item></list>
    <table><row role="label"><cell>ship</cell><cell>crew</cell></row>
    <row><cell>Aurelia</cell><cell>31</cell></row></table><lg><l>verse one,</l><l>verse two</l></lg>""",
    '<date when="1911-03-02">2 March</date>',
)
SECOND = entry("1911-03-05", '<p>A new day.<note place="end">Counted anew.</note></p>', "Conversation with Butler")
THIRD = entry("1912-01-01", '<p>Новый год: <foreign xml:lang="el">λόγος</foreign> שלום.</p>', "1 January")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return make_edition(
        tmp_path_factory.mktemp("edition"),
        {"d1911-03-02": FIRST, "d1911-03-05": SECOND, "d1912-01-01": THIRD},
        author="Anna Ketteler",
        editors=("B. Editor",),
        publisher="Example Press",
        released="2026-11-21",
        licence="https://creativecommons.org/licenses/by/4.0/",
    )


@pytest.fixture(scope="module")
def printed(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    return make_book(edition, tmp_path_factory.mktemp("out"))


def made(tmp_path: Path, body: str, **settings: object) -> tuple[Path, Report]:
    return make_book(make_edition(tmp_path, {"d1911-03-02": entry("1911-03-02", body)}, **settings), tmp_path / "out")


def codes(report: Report) -> list[str]:
    return [found.code for found in report.diagnostics]


def test_a_good_book_has_no_findings(printed: tuple[Path, Report]) -> None:
    pdf, report = printed
    assert report == Report((), (pdf.as_posix(),))


def test_every_word_stands_once_and_in_order(printed: tuple[Path, Report], edition: Edition) -> None:
    expected = [word for file in sorted(edition.text.glob("*.xml")) for word in text_words(file)]
    found = book_words(printed[0])
    # Hebrew is given glyph by glyph from the left.
    assert [word if word.isascii() else sorted(word) for word in found] == [
        word if word.isascii() else sorted(word) for word in expected
    ]


def test_note_numbers_restart_with_every_entry(printed: tuple[Path, Report]) -> None:
    labels = [tag.text().strip() for tag in tags(printed[0]).walk() if tag.name == "Note"]
    assert [label.split()[0] for label in labels] == ["1", "2", "3", "1"]


def test_headings_give_weekday_date_and_own_title(printed: tuple[Path, Report]) -> None:
    heads = [" ".join(words(tag.text())) for tag in tags(printed[0]).walk() if tag.name == "H2"]
    assert heads == [
        "Thursday 2 March 1911",
        "Sunday 5 March 1911 Conversation with Butler",
        "Monday 1 January 1912",
    ]


def test_source_pages_stand_in_the_outer_margin(printed: tuple[Path, Report]) -> None:
    reader = pypdf.PdfReader(printed[0])
    place = next(n for n, part in enumerate(reader.pages) if "Thursday" in part.extract_text() and n > 3)
    done = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(place + 1), "-l", str(place + 1), printed[0], "-"],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    width = float(reader.pages[place].mediabox.width)
    found = re.findall(r'xMin="([\d.]+)"[^>]*>(47|48|49|412)<', done.stdout)
    assert sorted(number for _, number in found) == ["412", "47", "48", "49"]
    outside = 26 / 148 * width
    assert all(float(x) > width - outside for x, _ in found), "a right-hand page has them at its right"


def test_the_file_says_what_it_is(printed: tuple[Path, Report]) -> None:
    reader = pypdf.PdfReader(printed[0])
    assert reader.metadata is not None
    assert reader.metadata.title == "The Harbour Diaries"
    assert reader.metadata.author == "Anna Ketteler"
    assert "/Keywords" in reader.metadata
    assert reader.root_object["/Lang"] == "en"
    assert reader.page_labels[:5] == ["i", "ii", "iii", "iv", "1"]
    outline = str(reader.outline)
    assert all(title in outline for title in ("1911", "1912", "Thursday, 2 March 1911", "Butler"))


def test_a_year_opens_on_a_right_hand_page(printed: tuple[Path, Report]) -> None:
    reader = pypdf.PdfReader(printed[0])
    opens = {
        item["/Title"]: reader.get_destination_page_number(item)
        for item in reader.outline
        if not isinstance(item, list)
    }
    assert {"1911", "1912"} <= opens.keys()
    assert all(place is not None and place % 2 == 0 for place in opens.values())


@pytest.mark.parametrize("profile", ["pdfa-2a", "pdfua-1"])
def test_the_book_keeps_to_the_standard(printed: tuple[Path, Report], profile: str) -> None:
    report = page.validate_pdf(printed[0], profile=profile)
    failures = [failure for failure in report.failures if failure.rule_id != "PDFA2A-STREAM-LENGTH-001"]
    assert not failures
    # The checker counts a last byte of 13 as part of the line end after it, so lengths are measured here.
    data = printed[0].read_bytes()
    lengths = [
        data[match.end() + int(match[1]) :].lstrip(b"\r\n").startswith(b"endstream")
        for match in re.finditer(rb"/Length (\d+)[^>]*?>>\s*stream\r?\n", data)
    ]
    assert lengths and all(lengths)


def test_a_book_made_again_has_the_same_bytes(
    printed: tuple[Path, Report], edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make_book(edition, tmp_path, jobs=2)[0].read_bytes() == printed[0].read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert b"2001-09-09" in make_book(edition, tmp_path)[0].read_bytes()


HOSTILE = (
    '#eval("1") *bold* _slant_ $x^2$ \\ `raw` = head <label> @ref #import "@preview/x:1" // c /* d */ ]]> {{ 7 }} '
    "<script>alert(1)</script> -- --- ... 'a' \"b\" ~ https://example.org/a_b"
)


def test_markup_of_every_kind_comes_out_as_text(tmp_path: Path) -> None:
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    pdf, report = made(tmp_path, f"<p>{escaped}</p>", title=HOSTILE, author=HOSTILE, publisher=HOSTILE)
    assert codes(report) == []
    text = "".join(tag.text() for tag in tags(pdf).content if not isinstance(tag, str))
    assert text.replace(" ", "").count(HOSTILE.replace(" ", "")) >= 3


def test_words_are_parted_at_a_line_end_of_the_source(tmp_path: Path) -> None:
    pdf, _ = made(tmp_path, '<p>one<lb/>two wo<lb break="no"/>rd</p>')
    assert book_words(pdf) == ["one", "two", "word"]


def test_unknown_elements_are_printed_and_told(tmp_path: Path) -> None:
    pdf, report = made(tmp_path, "<p>a <blort>strange</blort> b <blort>thing</blort></p><blart><p>block</p></blart>")
    assert book_words(pdf) == ["a", "strange", "b", "thing", "block"]
    assert sorted((found.code, found.line, found.file) for found in report.diagnostics) == [
        ("R-001", 3, "text/d1911-03-02.xml"),
        ("R-001", 3, "text/d1911-03-02.xml"),
    ]


def test_a_character_without_a_glyph_is_shown_by_its_code(tmp_path: Path) -> None:
    pdf, report = made(tmp_path, "<p>a 日 b \ue000 c</p>")
    assert sorted(codes(report)) == ["R-041", "R-041"]
    assert {found.line for found in report.diagnostics} == {3}
    assert "⟨U+65E5⟩" in pypdf.PdfReader(pdf).pages[4].extract_text()
    assert book_words(pdf) == ["a", "U", "65E5", "b", "U", "E000", "c"]


def test_characters_that_move_others_are_told(tmp_path: Path) -> None:
    _, report = made(tmp_path, "<p>a\u2028b \u202ec</p>", title="T\u000bU")
    assert sorted((found.code, found.file) for found in report.diagnostics) == [
        ("R-042", "edition.toml"),
        ("R-042", "text/d1911-03-02.xml"),
        ("R-043", "text/d1911-03-02.xml"),
    ]


def test_an_image_that_is_not_there_is_described(tmp_path: Path) -> None:
    body = '<figure><graphic url="https://example.org/x.png"/><figDesc>A quay</figDesc></figure>'
    pdf, report = made(tmp_path, body)
    assert codes(report) == ["R-045"]
    assert book_words(pdf) == ["A", "quay"]


def test_an_image_of_the_edition_is_printed_with_its_description(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "quay.svg").write_text(svg)
    body = '<figure><graphic url="../quay.svg"/><figDesc>A quay</figDesc></figure>'
    pdf, report = made(tmp_path, body)
    assert codes(report) == []
    assert "Figure" in {tag.name for tag in tags(pdf).walk()}


def test_typst_failing_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "style.typ").write_text("#let faces = (")
    _, report = made(tmp_path, "<p>a</p>")
    assert set(codes(report)) == {"R-040"}
    assert report.written == ()


def test_typst_taking_too_long_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "LIMIT", 0.001)
    _, report = made(tmp_path, "<p>a</p>")
    assert codes(report) == ["R-047"]


def test_a_warning_of_typst_is_a_finding(tmp_path: Path) -> None:
    style = (Path(typst.__file__).parents[1] / "print" / "style.typ").read_text(encoding="utf-8")
    (tmp_path / "print").mkdir()
    (tmp_path / "print" / "style.typ").write_text(style.replace('"New Computer Modern"', '"No Such Face"'))
    _, report = made(tmp_path, "<p>a</p>")
    assert set(codes(report)) == {"R-046"}
    assert report.written


@pytest.mark.parametrize("paper", ["a4", "a5", "iso-b5", "us-letter"])
def test_every_paper_can_be_had(tmp_path: Path, paper: str) -> None:
    _, report = made(tmp_path, "<p>a</p>", paper=paper)
    assert codes(report) == []


@pytest.mark.parametrize("language", ["de", "fr", "ru", "en-GB", "he", "x-private"])
def test_a_book_in_any_language(tmp_path: Path, language: str) -> None:
    body = f'<p xml:lang="{language}">a</p>'
    _, report = made(tmp_path, body, language=language, released="2026-11-21", editors=("A", "B", "C"))
    assert codes(report) == []


def test_notes_stand_with_their_calls_in_a_long_volume(tmp_path: Path) -> None:
    entries = {}
    for number in range(28):
        date = f"1911-{1 + number // 28:02}-{1 + number % 28:02}"
        paragraphs = (
            f"<p>{'tide and harbour, quay and lantern, ' * (3 + (number * 5 + part * 3) % 9)}"
            f'<note place="end">{"a note of some length " * (1 + (number * 7 + part * 5) % 23)}</note> and on.</p>'
            for part in range(6)
        )
        entries[f"d{date}"] = entry(date, "".join(paragraphs))
    _, report = make_book(make_edition(tmp_path, entries), tmp_path / "out")
    assert "R-044" not in codes(report)
