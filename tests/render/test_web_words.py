"""The words around the text: names of languages, days with several entries, and what to do about a finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree, html

from pipeline import config
from pipeline.diagnostics import Report
from pipeline.header import LANGUAGES
from pipeline.render.language import language
from pipeline.render.volumes import read_volumes
from pipeline.render.web import fragments, render_web
from pipeline.tei import parse

CASE = Path(__file__).parent / "cases" / "web"
TABLES: dict[str, dict[str, str]] = {"words": {}, "links": {}, "images": {}, "names": {}}
NAMED = "ar bg cs da de el en es et fa fi fr he hi hu hy it ja ka ko la lt lv nl no pl pt ro ru sv th tr uk ur yi zh"


def made(root: Path, out: Path) -> Report:
    edition = config.load(root)
    volumes, found = read_volumes(edition)
    out.mkdir()
    return Report(found) + render_web(edition, volumes, out)


def rendered(body: str, tag: str = "en") -> etree._Element:
    """Return what becomes of a side in a language."""
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>'
        f'<div type="entry" xml:id="en" xml:lang="{tag}">{body}</div></body></text></TEI>'
    )
    parts, _ = fragments(parse(tei.encode()), TABLES)
    return etree.fromstring(f"<x>{''.join(parts.values())}</x>")


@pytest.mark.parametrize("tag", ["en", "de", "fr", "ru"])
def test_every_usual_language_has_a_name(tag: str) -> None:
    names = [language(tag).language_name(code) for code in NAMED.split()]
    assert len(set(names)) == len(names)
    assert not set(names) & set(NAMED.split())


def test_headers_and_pages_call_languages_by_one_name() -> None:
    assert LANGUAGES.items() <= language("en").languages.items()


def test_a_day_of_several_entries_leads_to_that_day_in_the_list(tmp_path: Path) -> None:
    made(CASE, tmp_path / "web")
    index = html.fromstring((tmp_path / "web/index.html").read_text(encoding="utf-8"))
    day = index.xpath("//a[contains(@class, 'day ') and contains(@title, '2 March 1911')]")[0]
    assert day.get("href") == "#day-d1911-03-02"
    assert day.get("title") == "Thursday, 2 March 1911 (2 entries)"
    items = index.xpath("//li[@id = 'day-d1911-03-02'] | //li[@id = 'day-d1911-03-02']/following-sibling::li[1]")
    assert [item.find("a").get("href") for item in items] == ["d1911-03-02.html", "d1911-03-02b.html"]
    assert len(index.xpath("//li[@id]")) == 1


def test_every_finding_says_what_to_do(tmp_path: Path) -> None:
    root = tmp_path / "edition"
    shutil.copytree(CASE, root)
    volume = root / "volumes/volume-2.xml"
    first = '<xi:include href="../text/d1911-03-02.xml"/><xi:include href="../text/none.xml"/>'
    volume.write_text(
        volume.read_text().replace("</teiCorpus>", f"{first}</teiCorpus>").replace("text/d1911-11-05", "x")
    )
    (root / "volumes/volume-3.xml").write_text("<TEI/>")
    (root / "volumes/volume-4.xml").write_text("<TEI>")
    shutil.copy(root / "text/d1911-03-02.xml", root / "text/index.xml")
    (root / "text/a.xml").write_text("<TEI>")
    (root / "text/b.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>')
    (root / "text/c d.xml").write_bytes((root / "text/d1912-01-01.xml").read_bytes())
    (root / "registers/persons.xml").write_text("<TEI>")
    report = made(root, tmp_path / "web")
    assert {found.code for found in report.diagnostics} == {f"R-00{number}" for number in range(1, 8)}
    assert [found for found in report.diagnostics if not found.hint] == []
    hints = {found.file: found.hint for found in report.diagnostics if found.code == "R-004"}
    assert '<xi:include href="../text/c%20d.xml"/>' in hints["text/c d.xml"]


def test_a_note_runs_as_its_language_or_its_side_does_and_not_as_its_first_word() -> None:
    body = (
        '<p>a<note>سلام English</note><note xml:lang="fa">b</note><foreign xml:lang="he">c<note>d</note></foreign></p>'
    )
    for tag, first in (("en", "ltr"), ("fa", "rtl")):
        notes = rendered(body, tag).xpath("//*[@role = 'note']")
        assert [note.get("dir") for note in notes] == [first, "rtl", "rtl"]


def test_a_page_number_runs_from_the_left_in_every_side() -> None:
    page = rendered('<p>a <pb n="239" cert="low"/> b</p>', "fa")
    (number,) = page.xpath("//*[@class = 'page']/*")
    assert (number.get("dir"), number.text) == ("ltr", "239")


@pytest.mark.parametrize(("value", "joined"), [("no", True), ("maybe", True), ("yes", False)])
def test_a_page_break_that_may_join_words_joins_them(value: str, joined: bool) -> None:
    page = rendered(f'<p>re-<pb n="2" break="{value}"/>port</p>')
    classes = page.xpath("string(//*[@id = 'p2']/@class)").split()
    assert ("joined" in classes) is joined
    assert "".join(page.itertext()).replace("2", "") == ("re-port" if joined else "re- port")
