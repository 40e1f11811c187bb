"""What the press is given and what it tells: fonts of the edition, the lines of characters, links as on the website."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from printed import book_words, entry, make_book, make_edition, tags

import pipeline
from pipeline.diagnostics import Diagnostic, Report, Severity
from pipeline.render import press
from pipeline.render.links import entry_of
from pipeline.render.press import line_with
from pipeline.render.print import render_print
from pipeline.render.typst import Pass, typeset
from pipeline.render.volumes import read_volumes
from pipeline.tei import T, parse, text_of

pytestmark = pytest.mark.poppler


def made(tmp_path: Path, body: str, **settings: object) -> tuple[Path, Report]:
    return make_book(make_edition(tmp_path, {"d1911-03-02": entry("1911-03-02", body)}, **settings), tmp_path / "out")


def test_the_book_joins_words_as_the_text_does_at_every_kind_of_page_break(tmp_path: Path) -> None:
    body = (
        '<p>the re-<pb n="2" break="maybe"/>port of the poten<pb n="3" break="no"/>tial strike<pb n="4"/>was '
        'read<pb n="5" break="yes"/>twice.</p>'
    )
    pdf, _ = made(tmp_path, body)
    root = parse((tmp_path / "text/d1911-03-02.xml").read_bytes())
    expected = text_of(root.find(f"{T}text"))
    assert expected == "the re-port of the potential strike was read twice."
    (said,) = [" ".join(tag.text().split()) for tag in tags(pdf).walk() if tag.name == "P" and "strike" in tag.text()]
    assert said == expected


def test_first_words_join_at_a_page_break_as_the_text_does(tmp_path: Path) -> None:
    body = '<p>re-<pb n="2" break="maybe"/>port of the poten<pb n="3" break="no"/>tial strike<pb n="4"/>was</p>'
    volumes, _ = read_volumes(make_edition(tmp_path, {"d1911-03-02": entry("1911-03-02", body)}))
    assert volumes[0].entries[0].first_words == "re-port of the potential strike was"


def _missing(report: Report) -> list[Diagnostic]:
    return [found for found in report.diagnostics if found.code == "R-041"]


def test_a_character_without_a_glyph_leaves_the_book_published_and_says_where_a_font_goes(tmp_path: Path) -> None:
    pdf, report = made(tmp_path, "<p>a 日 b</p>")
    (found,) = _missing(report)
    assert found.severity is Severity.WARNING
    assert pdf.is_file()
    assert '[print] fonts = "fonts"' in found.hint
    (tmp_path / "fonts").mkdir()
    volumes, _ = read_volumes(edition := make_edition(tmp_path / "again", {"d1": entry("1911", "<p>日</p>")}))
    (edition.root / "types").mkdir()
    (found,) = _missing(render_print(replace(edition, fonts="types"), volumes, tmp_path / "out"))
    assert "folder types/" in found.hint


def test_a_private_character_is_not_said_to_need_a_font(tmp_path: Path) -> None:
    (found,) = _missing(made(tmp_path, "<p>a \ue000 b</p>")[1])
    assert "<g>" in found.hint
    assert "font" not in found.hint


def test_the_folder_of_fonts_reaches_typst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Path | None] = []

    def asked(folder: Path, timestamp: int, limit: float, fonts: Path | None = None) -> Pass:
        given.append(fonts)
        return typeset(folder, timestamp, limit, fonts)

    monkeypatch.setattr(press, "typeset", asked)
    (tmp_path / "a" / "fonts").mkdir(parents=True)
    made(tmp_path / "a", "<p>a</p>", fonts="fonts")
    made(tmp_path / "b", "<p>a</p>")
    assert given == [tmp_path / "a" / "fonts", None]


def test_a_style_may_name_a_face_of_the_editions_fonts(tmp_path: Path) -> None:
    import playwright

    font = next(Path(playwright.__file__).parent.rglob("codicon*.ttf"), None)
    if font is None:
        pytest.skip("no font among the packages")
    style = (Path(pipeline.__file__).parent / "print" / "style.typ").read_text(encoding="utf-8")
    for name in ("with", "without"):
        (tmp_path / name / "print").mkdir(parents=True)
        (tmp_path / name / "fonts").mkdir()
        (tmp_path / name / "print" / "style.typ").write_text(style.replace('"New Computer Modern"', '"codicon"'))
    shutil.copy(font, tmp_path / "with" / "fonts")
    assert made(tmp_path / "with", "<p>a</p>", fonts="fonts")[1].diagnostics == ()
    assert {found.code for found in made(tmp_path / "without", "<p>a</p>", fonts="fonts")[1].diagnostics} == {"R-046"}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("<TEI>\u202e\n<text>\n\u202e</text></TEI>", 3),
        ("<TEI>\u202e\n<tei:text>\n\u202e</tei:text></TEI>", 3),
        ("<TEI>\n\u202e<textLang/>\n<text>a</text></TEI>", 2),
        ("<TEI><text>&#x202e;</text></TEI>", None),
        ("", None),
    ],
)
def test_a_character_is_looked_for_in_the_text_before_the_header(data: str, line: int | None) -> None:
    assert line_with(data.encode(), "\u202e") == line


def test_the_line_told_of_a_control_character_is_that_of_the_text(tmp_path: Path) -> None:
    text = entry("1911-03-02", "\n\n<p>a\u2028b</p>").replace("Invented.", "In\u2028vented.")
    _, report = make_book(make_edition(tmp_path, {"d1911-03-02": text}), tmp_path / "out")
    (found,) = report.diagnostics
    assert (found.code, found.line) == ("R-042", 1 + text[: text.rindex("\u2028")].count("\n"))


PREFIXES = """<encodingDesc><listPrefixDef>
<prefixDef ident="day" matchPattern="(\\d+)/(\\d+)" replacementPattern="d1911-$1-$2.xml"/>
<prefixDef ident="cat" matchPattern="(.+)" replacementPattern="https://example.org/$1"/>
</listPrefixDef></encodingDesc>"""


def linked(tmp_path: Path, body: str) -> tuple[list[str], list[str]]:
    """Return the words of links in the book, and all words of its first entry."""
    first = entry("1911-03-02", body).replace("<profileDesc>", PREFIXES + "<profileDesc>")
    entries = {"d1911-03-02": first, "d1911-03-05": entry("1911-03-05", "<p>Later.</p>")}
    pdf, report = make_book(make_edition(tmp_path, entries), tmp_path / "out")
    assert report.diagnostics == ()
    # Links of the contents stand before the text, as TOCI.
    document = tags(pdf).content[0]
    found = [tag.text() for part in document.content if getattr(part, "name", "") == "P" for tag in part.walk()
             if tag.name == "Link"]  # fmt: skip
    return [" ".join(text.split()) for text in found], book_words(pdf)


@pytest.mark.parametrize(
    ("target", "links"),
    [
        ("day:03/05", True),
        ("entry:1911-03-05", True),
        ("d1911-03-05.xml#p1", True),
        ("cat:shelf", True),
        ("https://example.org/d1911-03-05.html", True),
        ("day:03/06", False),
        ("day:x", False),
        ("https:", False),
        ("#nowhere", False),
        ("javascript:d1911-03-05", False),
    ],
)
def test_the_book_links_where_the_website_does(tmp_path: Path, target: str, links: bool) -> None:
    found, said = linked(tmp_path, f'<p>See <ref target="{target}">there</ref>.</p>')
    assert found == (["there"] if links else [])
    assert said[:2] == ["See", "there"]


def test_a_pointer_by_a_scheme_of_the_header_shows_the_entrys_day(tmp_path: Path) -> None:
    assert linked(tmp_path, '<p>See <ptr target="day:03/05"/>.</p>')[0] == ["5 March 1911"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("d1.html", "d1"),
        ("d%3A1.html#a", "d:1"),
        ("https://x.org/d1.html", ""),
        ("#a", ""),
        ("mailto:a@b.html", ""),
        ("", ""),
    ],
)
def test_an_address_leads_to_an_entry_or_elsewhere(address: str, name: str) -> None:
    assert entry_of(address) == name
