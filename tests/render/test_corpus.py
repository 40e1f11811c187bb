"""A volume in one file: every entry in it, every id its own, valid."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.config import Edition, load
from pipeline.render.corpus import with_own_ids, write_corpus
from pipeline.render.volumes import read_volumes
from pipeline.tei import XML_ID, T, parse, text_of
from pipeline.validate.grammar import load as load_schema
from pipeline.validate.grammar import validate

ROOT = Path(__file__).parents[2]
ENTRY = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d1">
 <teiHeader><editor xml:id="ed">A</editor><citeStructure match="//pb[@edRef='#ed']"/></teiHeader>
 <p xml:id="en.1" corresp="#ru.1 #ed  #d1" n="#1">See # and #ed.
 <ref target="#match(en.1,'A')"/><ref target="d2.xml#ed"/></p>
</TEI>"""


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return the sample edition."""
    return load(ROOT / "tei")


def test_ids_and_the_pointers_to_them_are_prefixed_and_nothing_else() -> None:
    root = with_own_ids(parse(ENTRY), "d1")
    p = next(root.iter(f"{T}p"))
    assert root.get(XML_ID) == "d1"
    assert p.get(XML_ID) == "d1.en.1"
    assert p.get("corresp") == "#ru.1 #d1.ed  #d1"
    assert p.get("n") == "#1"
    assert (p.text or "").strip() == "See # and #ed."
    assert [ref.get("target") for ref in root.iter(f"{T}ref")] == ["#match(d1.en.1,'A')", "d2.xml#ed"]
    assert next(root.iter(f"{T}citeStructure")).get("match") == "//pb[@edRef='#d1.ed']"


def test_a_volume_in_one_file_is_valid_with_unique_ids_and_whole_text(edition: Edition, tmp_path: Path) -> None:
    volumes, _ = read_volumes(edition)
    assert volumes
    for volume in volumes:
        path = tmp_path / f"{volume.id}.xml"
        write_corpus(edition.volumes / path.name, volume.entries, path)
        data = path.read_bytes()
        assert validate(data, path.name, load_schema("edition")) == ()
        root = etree.fromstring(data)  # refuses an id that stands twice
        inside = root.findall(f"{T}TEI")
        assert [entry.get(XML_ID) for entry in inside] == [entry.id for entry in volume.entries]
        for element, entry in zip(inside, volume.entries, strict=True):
            assert text_of(element) == text_of(parse(entry.path.read_bytes()))


@pytest.mark.shared
def test_a_volume_in_one_file_is_tei(edition: Edition, tmp_path: Path, shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(str(shared / "tei" / "tei_all.rng")))
    volumes, _ = read_volumes(edition)
    for volume in volumes:
        path = tmp_path / f"{volume.id}.xml"
        write_corpus(edition.volumes / path.name, volume.entries, path)
        assert schema.validate(etree.parse(str(path))), schema.error_log.last_error
