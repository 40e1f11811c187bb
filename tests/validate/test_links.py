"""Every pointer that does not arrive is found, and those that arrive are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.validate.links import validate

ENTRY = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d1911">
<prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="../registers/persons.xml#$1"/>
<prefixDef ident="entry" matchPattern="(\\d+)" replacementPattern="d$1.xml"/>
<p xml:id="en.1" corresp="#en.1">
<persName ref="psn:orlov"/>
<ref target="entry:1911 https://ex.org/"/>
<graphic url="../one.svg"/>
</p></TEI>"""
REGISTER = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons"><person xml:id="orlov"/></TEI>'
VOLUME = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">
<xi:include href="../text/d1911.xml"/></teiCorpus>"""


def edition(folder: Path, entry: str = ENTRY, volume: str = VOLUME) -> list[Path]:
    """Write a smallest edition and return its files."""
    files = {"text/d1911.xml": entry, "registers/persons.xml": REGISTER, "volumes/v1.xml": volume, "one.svg": "<svg/>"}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files if name.endswith(".xml")]


def test_an_edition_that_holds_together_has_no_findings(tmp_path: Path) -> None:
    assert validate(edition(tmp_path)) == ()


@pytest.mark.parametrize(
    ("code", "line", "before", "after"),
    [
        ("L-001", 1, 'xml:id="d1911"', 'xml:id="d1912"'),
        ("L-001", 1, ' xml:id="d1911"', ""),
        ("L-003", 4, 'corresp="#en.1"', 'corresp="#ru.1"'),
        ("L-004", 5, "psn:orlov", "plc:moscow"),
        ("L-004", 5, "psn:orlov", "psn:Orlov"),
        ("L-005", 5, "psn:orlov", "psn:orlof"),
        ("L-005", 6, "entry:1911", "entry:1912"),
        ("L-006", 7, "../one.svg", "../two.svg"),
    ],
)
def test_a_pointer_that_does_not_arrive_is_found(tmp_path: Path, code: str, line: int, before: str, after: str) -> None:
    found = validate(edition(tmp_path, ENTRY.replace(before, after)))
    assert [(one.code, one.line) for one in found] == [(code, line)]


def test_an_id_of_two_files_is_found(tmp_path: Path) -> None:
    paths = edition(tmp_path)
    other = tmp_path / "registers" / "d1911.xml"
    other.write_text(REGISTER.replace('"persons"', '"d1911"'))
    assert [one.code for one in validate([*paths, other])] == ["L-002"]


def test_an_included_entry_that_is_not_there_is_found(tmp_path: Path) -> None:
    found = validate(edition(tmp_path, volume=VOLUME.replace("d1911", "d1912")))
    assert [(one.code, one.line) for one in found] == [("L-007", 2)]
