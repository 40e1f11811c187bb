"""The website as files: pages, contents, links, images, what is reported and what is written."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from pipeline import config
from pipeline.config import Edition
from pipeline.diagnostics import Report
from pipeline.render.language import direction, language
from pipeline.render.links import images_in, links_in
from pipeline.render.volumes import read_volumes
from pipeline.render.web import render_web
from pipeline.resources import resource
from pipeline.tei import T, parse

CASE = Path(__file__).parent / "cases" / "web"


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """A copy of the test edition, to be changed."""
    shutil.copytree(CASE, tmp_path / "edition")
    return config.load(tmp_path / "edition")


def made(edition: Edition, out: Path, jobs: int = 1) -> Report:
    volumes, found = read_volumes(edition)
    out.mkdir()
    return Report(found) + render_web(edition, volumes, out, jobs)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "web"
    made(config.load(CASE), out)
    return out


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / f"{name}.html").read_text(encoding="utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_entry_has_its_page_and_its_tei_byte_for_byte(site):
    for path in (CASE / "text").glob("*.xml"):
        assert (site / f"{path.stem}.html").is_file()
        assert (site / path.name).read_bytes() == path.read_bytes()


def test_what_is_reported_as_written_is_what_is_there(edition, tmp_path):
    report = made(edition, tmp_path / "web")
    assert list(report.written) == sorted(files(tmp_path / "web"))


def test_two_builds_are_the_same_bytes(edition, tmp_path):
    made(edition, tmp_path / "a")
    made(edition, tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_workers_make_the_same_pages(edition, tmp_path, monkeypatch):
    made(edition, tmp_path / "a")
    monkeypatch.setattr("pipeline.render.web.POOL_FROM", 1)
    made(edition, tmp_path / "b", jobs=2)
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_the_edition_is_only_read(edition, tmp_path):
    before = files(edition.root)
    made(edition, tmp_path / "web")
    assert files(edition.root) == before


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site):
    for path in site.glob("*.html"):
        for link in page(site, path.stem).iter("a", "link", "img", "script"):
            target = link.get("href") or link.get("src")
            if target.startswith(("https:", "mailto:")):
                continue
            name, _, place = target.partition("#")
            assert (site / (name or path.name)).is_file(), (path.name, target)
            if place:
                assert page(site, Path(name or path.name).stem).xpath("//*[@id = $place]", place=place), (
                    path.name,
                    target,
                )


def test_the_head_has_the_weekday_and_the_date_in_full(site):
    assert page(site, "d1911-03-02").xpath("//h1")[0].text_content().split() == ["Thursday", "2", "March", "1911"]


def test_a_title_that_is_no_date_stands_large_and_the_date_below(site):
    head = page(site, "d1911-03-02b")
    assert head.xpath("string(//h1)") == "Conversation with the pilots on 2 March"
    assert head.xpath("normalize-space(//p[@class='when'])") == "Thursday, 2 March 1911"


def test_previous_and_next_go_through_the_volumes_in_order(site):
    order = ["d1911-03-02", "d1911-03-02b", "d1911-04-17", "d1911-07-30", "d1911-11-05", "d1912-01-01"]
    for before, after in pairwise(order):
        assert page(site, before).xpath("//link[@rel='next']/@href") == [f"{after}.html"]
        assert page(site, after).xpath("//link[@rel='prev']/@href") == [f"{before}.html"]
    assert not page(site, order[0]).xpath("//a[@rel='prev']")
    assert not page(site, order[-1]).xpath("//a[@rel='next']")


def test_a_side_that_is_missing_is_named(site):
    assert "No transcription in the source." in page(site, "d1911-03-02").text_content()
    assert "in the source." not in page(site, "d1911-04-17").text_content()
    # An entry that knows no sides misses none.
    assert "No transcription" not in page(site, "d1912-01-01").text_content()


def test_the_contents_have_real_years_and_every_entry(site):
    index = page(site, "index")
    assert index.xpath("//div[@class='year']/h3/text()") == ["1911", "1911", "1912"]
    assert len(index.xpath("//div[@class='entries']//a")) == 6
    first = index.xpath("//div[@class='entries']//a")[0]
    assert first.text_content().split()[:4] == ["Thu", "2", "Before", "breakfast"]


def test_the_glance_has_a_mark_for_each_day_written_and_a_gap_for_the_others(site):
    glance = page(site, "index").xpath("//div[@class='glance']")[0]
    assert len(glance.xpath(".//a[contains(@class, 'day ')]")) == 3
    assert len(glance.xpath(".//*[contains(@class, 'day ') or @class='day']")) == 365
    weights = {link.get("href"): link.get("class")[-1] for link in glance.xpath(".//div//a")}
    assert weights["#day-d1911-03-02"] > weights["d1911-07-30.html"]


def test_nothing_is_fetched_and_no_script_or_style_stands_in_a_page(site):
    for path in site.glob("*.html"):
        tree = page(site, path.stem)
        assert [one.get("src") for one in tree.iter("script")] == ["static/edition.js"]
        assert not list(tree.iter("style"))
        assert not tree.xpath("//@style | //@onclick | //@onerror | //@onload | //@onmouseover")
        assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert not [src for src in tree.xpath("//@src") if ":" in src]


def test_only_harmless_targets_are_links(site):
    hrefs = page(site, "d1911-07-30").xpath("//article//a[contains(@class, 'ref') or contains(@class, 'ptr')]/@href")
    assert hrefs == ['https://example.org/?a=1&b="2', "mailto:ed@example.org", "d1911-03-02.html"]


def test_what_is_wrong_is_reported_with_file_and_line(edition, tmp_path):
    report = made(edition, tmp_path / "web")
    found = {(one.code, one.file) for one in report.diagnostics}
    assert found == {
        ("R-001", "text/d1912-01-01.xml"),
        ("R-002", "text/d1911-07-30.xml"),
        ("R-003", "text/d1911-07-30.xml"),
    }
    assert all(one.line for one in report.diagnostics)


def test_an_image_of_the_edition_is_copied_and_nothing_from_outside(site):
    assert (site / "images/facsimiles/1-48.svg").read_bytes() == (CASE / "facsimiles/1-48.svg").read_bytes()
    assert sorted(path.name for path in (site / "images").rglob("*") if path.is_file()) == ["1-48.svg", "1-49.svg"]


@pytest.mark.parametrize(
    "url",
    [
        "../../secret.png",
        "/etc/passwd",
        "..%2f..%2fsecret.png",
        "../edition.toml",
        "",
        "data:image/png;base64,A",
        "\u0001.png",
    ],
)
def test_an_image_that_is_not_the_editions_stays_where_it_is(tmp_path, url):
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "edition" / "text").mkdir(parents=True)
    (tmp_path / "edition" / "edition.toml").write_bytes(b"")
    root = parse(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><graphic url="{url if url.isprintable() else ""}"/></TEI>'.encode()
    )
    addresses, images, found = images_in(root, tmp_path / "edition/text/d.xml", "d.xml", tmp_path / "edition")
    assert (addresses, images) == ({}, ())
    assert [one.code for one in found] == ["R-003"]


def test_a_link_out_of_the_edition_through_a_symlink_is_not_followed(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "edition" / "text").mkdir(parents=True)
    (tmp_path / "edition" / "a.png").symlink_to(tmp_path / "secret.png")
    root = parse(b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><graphic url="../a.png"/></TEI>')
    _, images, found = images_in(root, tmp_path / "edition/text/d.xml", "d.xml", tmp_path / "edition")
    assert images == ()
    assert len(found) == 1


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("d1.xml", "d1.html"),
        ("d1.xml#en.2", "d1.html#en.2"),
        ("entry:1", "d1.html"),
        ("#a", "#a"),
        ("#p4", "#p4"),
        ("#b", None),
        ("entry:2", None),
        ("javascript:alert(1)", None),
        ("https:", None),
        ("//example.org/d1.xml", None),
        ("file:///d1.xml", None),
        ("data:text/html,d1.xml", None),
        ("vbscript:d1", None),
        ("https://[", None),
    ],
)
def test_targets(target, address):
    text = f'<text><p xml:id="a"><pb n="4"/><ref target="{target}">x</ref></p></text>'
    root = parse(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>'.encode())
    links, found = links_in(root, root.find(f"{T}text"), "d.xml", frozenset({"d1"}))
    assert links == ({target: address} if address else {})
    assert [one.code for one in found] == ([] if address else ["R-002"])


def test_an_entry_that_is_not_well_formed_is_reported_and_the_others_are_there(edition, tmp_path):
    path = edition.text / "d1911-04-17.xml"
    path.write_bytes(path.read_bytes().replace(b"</body>", b""))
    report = made(edition, tmp_path / "web")
    assert [one.file for one in report.diagnostics if one.code == "R-006"] == ["text/d1911-04-17.xml"]
    assert not (tmp_path / "web/d1911-04-17.html").exists()
    assert (tmp_path / "web/d1911-07-30.html").exists()


def test_an_entry_that_no_volume_includes_is_published_and_reported(edition, tmp_path):
    path = edition.volumes / "volume-2.xml"
    path.write_text(path.read_text().replace(' <xi:include href="../text/d1912-01-01.xml"/>', ""))
    report = made(edition, tmp_path / "web")
    assert [one.file for one in report.diagnostics if one.code == "R-004"] == ["text/d1912-01-01.xml"]
    assert "Outside the volumes" in page(tmp_path / "web", "index").text_content()


def test_an_edition_without_volumes_is_one_volume_by_date(edition):
    shutil.rmtree(edition.volumes)
    volumes, found = read_volumes(edition)
    assert found == ()
    assert [entry.id for entry in volumes[0].entries][:2] == ["d1911-03-02", "d1911-03-02b"]


@pytest.mark.parametrize("href", ["../text/none.xml", "../../outside.xml", "../text/d1911-03-02.xml"])
def test_an_include_that_leads_nowhere_or_twice_is_an_error(edition, tmp_path, href):
    (tmp_path / "outside.xml").write_text("<x/>")
    path = edition.volumes / "volume-2.xml"
    path.write_text(path.read_text().replace("</teiCorpus>", f'<xi:include href="{href}"/></teiCorpus>'))
    _, found = read_volumes(edition)
    assert [(one.code, one.file) for one in found] == [("R-005", "volumes/volume-2.xml")]


def test_an_empty_edition_has_a_first_page(tmp_path):
    (tmp_path / "edition").mkdir()
    made(Edition(tmp_path / "edition", "Nothing yet"), tmp_path / "web")
    assert page(tmp_path / "web", "index").xpath("string(//h1)") == "Nothing yet"


@pytest.mark.parametrize(
    ("tag", "iso", "weekday", "date"),
    [
        ("en", "1911-03-02", "Thursday", "2 March 1911"),
        ("de", "1911-03-02", "Donnerstag", "2. März 1911"),
        ("fr", "1911-03-01", "mercredi", "1er mars 1911"),
        ("ru", "1911-03-02", "четверг", "2 марта 1911"),
        ("xx", "1911-03", "", "March 1911"),
        ("en", "1911", "", "1911"),
        ("en", "", "", ""),
        ("en", "1911-02-30", "", "1911-02-30"),
    ],
)
def test_dates_are_written_as_the_language_does(tag, iso, weekday, date):
    assert (language(tag).weekday(iso), language(tag).long_date(iso)) == (weekday, date)


def test_every_language_has_every_word():
    tables = tomllib.loads((resource("templates") / "languages.toml").read_text(encoding="utf-8"))
    for table in tables.values():
        assert table["words"].keys() == tables["en"]["words"].keys()
        assert table["languages"].keys() == tables["en"]["languages"].keys()
        assert len(table["months"]) == len(table["months_short"]) == 12
        assert len(table["weekdays"]) == len(table["weekdays_short"]) == 7


def test_every_word_that_the_stylesheets_and_pages_use_is_there():
    used = set()
    for path in [*resource("xslt").glob("web*.xsl"), *resource("templates").glob("*.html")]:
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"""(?:f:word|words\.word|words\.counted)\(['"]([a-z-]*[a-z])['"]""", text))
    assert used
    assert used <= language("en").words.keys()


@pytest.mark.parametrize("tag", ["de", "fr", "ru"])
def test_the_pages_speak_the_editions_language(edition, tmp_path, tag):
    made(replace(edition, language=tag), tmp_path / "web")
    tree = page(tmp_path / "web", "d1911-03-02")
    assert tree.get("lang") == tag
    assert language(tag).word("no-transcription") in tree.text_content()


@pytest.mark.parametrize(("tag", "expected"), [("he", "rtl"), ("uz-Arab", "rtl"), ("en", "ltr"), ("ar-Latn", "ltr")])
def test_direction_goes_by_script_and_then_by_language(tag, expected):
    assert direction(tag) == expected


def test_a_register_that_cannot_be_read_is_reported_and_names_stay(edition, tmp_path):
    (edition.root / "registers/persons.xml").write_text("<TEI>")
    report = made(edition, tmp_path / "web")
    assert [one.file for one in report.diagnostics if one.code == "R-007"] == ["registers/persons.xml"]
    assert "M.M. [Orlow]" in page(tmp_path / "web", "d1911-03-02").text_content()


def test_the_tip_of_a_name_has_the_life_from_the_register(site):
    names = page(site, "d1911-03-02").xpath("//*[contains(@class, 'persName')]/@title")
    assert names == ["Mikael Orlow, 1861–1912", "Mikael Orlow, 1861–1912", "Juhan Tamm"]


def test_the_details_say_where_the_text_is_from_and_how_it_was_made(site):
    details = " ".join(page(site, "d1911-03-02").xpath("//section[@class='details']")[0].text_content().split())
    for words in ("Lighthouse Books, pp. 47–50", "Coast Archive", "CC BY 4.0", "1.0.0", "4 decisions of a program"):
        assert words in details
    assert "3 places in the text are not certain" in details


def test_what_is_not_certain_says_so(site):
    doubtful = page(site, "d1911-03-02").xpath("//*[contains(concat(' ', @class, ' '), ' doubtful ')]")
    assert [one.get("title") for one in doubtful] == [
        "Not certain; certainty: medium",
        "Not certain; certainty: low",
        "Not certain; certainty: low",
    ]


def test_no_entry_takes_the_place_of_the_contents_or_of_another(edition, tmp_path):
    shutil.copy(edition.text / "d1911-03-02.xml", edition.text / "index.xml")
    (edition.root / "more").mkdir()
    shutil.copy(edition.text / "d1911-03-02.xml", edition.root / "more/d1911-03-02.xml")
    path = edition.volumes / "volume-2.xml"
    path.write_text(
        path.read_text().replace("</teiCorpus>", '<xi:include href="../more/d1911-03-02.xml"/></teiCorpus>')
    )
    report = made(edition, tmp_path / "web")
    assert {(one.code, one.file) for one in report.diagnostics if one.code in ("R-005", "R-006")} == {
        ("R-005", "volumes/volume-2.xml"),
        ("R-006", "text/index.xml"),
    }
    assert page(tmp_path / "web", "index").xpath("string(//h1)") == edition.title
