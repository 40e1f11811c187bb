"""Every fault is found, on its line and in our words; what is no fault is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.validate.grammar import SchemaError, load, validate, validate_file

ENTRY = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d1911-03-02" xml:lang="en">
 <teiHeader>
  <fileDesc>
   <titleStmt><title type="main">2 March</title></titleStmt>
   <publicationStmt><p>Unpublished.</p></publicationStmt>
   <sourceDesc><bibl xml:id="print">A book</bibl></sourceDesc>
  </fileDesc>
 </teiHeader>
 <text>
  <body>
   <div type="entry" subtype="translation" xml:id="en" xml:lang="en">
    <head><date when="1911-03-02">2 March</date></head>
    <p n="1">Saw <persName ref="psn:orlov">Orlov</persName>.<note type="editorial" place="end">A life.</note></p>
    <pb n="48" edRef="#print"/>
    <sp>
     <speaker>I:</speaker> <p>Peace?</p>
    </sp>
    <p><choice><sic>teh</sic><corr>the</corr></choice></p>
    <note type="commentary" place="inline">
     <p>[It lifted.]</p>
    </note>
   </div>
  </body>
 </text>
</TEI>
"""

FAULTS = [
    ("V-001", 17, "</speaker>", "</speker>"),
    ("V-001", 14, "Saw ", "Saw & "),
    ("V-002", 19, "<p><choice>", '<p xml:id="en"><choice>'),
    ("V-003", 19, "<p><choice>", '<p xml:id="1a"><choice>'),
    ("V-004", 14, '<persName ref="psn:orlov">Orlov</persName>', "<persname>Orlov</persname>"),
    ("V-004", 13, "<head>", "<head><div/>"),
    ("V-004", 21, "<p>[It lifted.]</p>", "<hi>[It lifted.]</hi>"),
    ("V-005", 14, '<p n="1"', '<p nn="1"'),
    ("V-005", 13, '<date when="1911-03-02"', '<date when="1911-03-02" from="1911"'),
    ("V-006", 13, '"1911-03-02">2', '"1911-13-02">2'),
    ("V-006", 12, 'type="entry"', 'type="entries"'),
    ("V-006", 20, 'place="inline"', 'place="end"'),
    ("V-007", 15, 'n="48" ', ""),
    ("V-007", 12, ' xml:lang="en">\n    <head>', ">\n    <head>"),
    ("V-008", 19, "<corr>the</corr>", ""),
    ("V-009", 16, "<sp>", "<sp>loose"),
    ("V-009", 20, '<note type="commentary" place="inline">', '<note type="commentary" place="inline">loose'),
    ("V-012", 19, "<p><choice>", "<p " + " ".join(f'a{n}="x"' for n in range(11)) + "><choice>"),
]


@pytest.mark.parametrize(("code", "line", "before", "after"), FAULTS)
def test_a_fault_is_found_on_its_line(code: str, line: int, before: str, after: str) -> None:
    assert before in ENTRY
    found = validate(ENTRY.replace(before, after, 1).encode(), "d.xml", load())
    assert (code, line) in [(one.code, one.line) for one in found], [str(one) for one in found]
    assert all(one.hint for one in found)


NEAR_MISSES = [
    ("</speaker>", "</speaker  >"),
    ("Saw ", "Saw &amp; &lt;script> "),
    ("<p><choice>", '<p xml:id="en.1"><choice>'),
    ("Orlov</persName>", "<roleName>Cde</roleName> Orlov</persName>"),
    ('"1911-03-02">2', '"1911-03">2'),
    ("<sp>", "<sp> <!-- a comment -->"),
    ("<corr>the</corr>", "<corr>the</corr><corr>ten</corr>"),
    ("A life.", "<p>A life.</p>"),
    (".<note", ".<q>‘<hi rend='italic'>so</hi>’</q><note"),
]


@pytest.mark.parametrize(("before", "after"), [("", ""), *NEAR_MISSES])
def test_what_is_no_fault_is_not_reported(before: str, after: str) -> None:
    assert before in ENTRY
    assert validate(ENTRY.replace(before, after, 1).encode(), "d.xml", load(), xsd=True) == ()


def test_a_misspelt_element_is_named_with_the_right_one() -> None:
    data = ENTRY.replace("<persName ref", "<persname ref").replace("</persName>", "</persname>").encode()
    (found,) = validate(data, "d.xml", load())
    assert found.message == "`persname` is not allowed in `p`; did you mean `persName`?"


def test_a_date_that_does_not_exist_is_told_with_an_example() -> None:
    (found,) = validate(ENTRY.replace('"1911-03-02">2', '"1911-02-30">2').encode(), "d.xml", load())
    assert "`1911-02-30`, expected a date such as 1934-12-13" in found.message


def test_all_faults_of_a_file_are_found() -> None:
    data = ENTRY.replace('n="48" ', "").replace("<sp>", "<sp>loose").replace('1911-03-02">2', 'x">2').encode()
    assert [(one.code, one.line) for one in validate(data, "d", load())] == [
        ("V-006", 13),
        ("V-007", 15),
        ("V-009", 16),
    ]


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"plain", b"<TEI>", b"\xff\xfe\xff"])
def test_what_is_no_xml_is_a_finding(data: bytes) -> None:
    assert [one.code for one in validate(data, "d.xml", load())] == ["V-001"]


def test_another_namespace_is_a_finding() -> None:
    assert "V-004" in {one.code for one in validate(b"<TEI/>", "d.xml", load())}


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    doctype = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n<TEI '
    found = validate(ENTRY.replace("<TEI ", doctype, 1).replace("Saw ", "Saw &x; ").encode(), "d.xml", load())
    assert [one.code for one in found] == ["V-001"]
    assert "the secret" not in str(found)


def test_an_entity_bomb_is_a_finding() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE TEI [<!ENTITY e0 "lol">{bomb}]>\n<TEI '
    found = validate(ENTRY.replace("<TEI ", doctype, 1).replace("Saw ", "Saw &e9; ").encode(), "d.xml", load())
    assert [one.code for one in found] == ["V-001"]


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert [one.code for one in validate_file(tmp_path / "no.xml", "no.xml", load())] == ["V-013"]


def test_tei_all_must_be_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(os.environ, "TEIPRESS_TEI_ALL", str(tmp_path / "none.rng"))
    with pytest.raises(SchemaError) as raised:
        load("tei-all")
    assert raised.value.found.code == "V-020"


def test_a_broken_schema_is_a_finding(tmp_path: Path) -> None:
    for name, text in (("a.rng", "<"), ("b.rng", "<x/>"), ("c.xsd", "<x/>")):
        (tmp_path / name).write_text(text)
        with pytest.raises(SchemaError) as raised:
            load(str(tmp_path / name))
        assert raised.value.found.code == "V-021"


def test_another_schema_gives_a_line_without_an_xsd(tmp_path: Path) -> None:
    own = tmp_path / "own.rng"
    own.write_bytes(Path(load().path).read_bytes())
    found = validate(ENTRY.replace('n="48" ', "").encode(), "d.xml", load(str(own)))
    assert found
    assert all(one.line for one in found)
    assert validate(ENTRY.encode(), "d.xml", load(str(own))) == ()


def test_an_xsd_alone_validates() -> None:
    schema = load(str(load().path.with_suffix(".xsd")))
    assert validate(ENTRY.encode(), "d.xml", schema) == ()
    assert validate(ENTRY.replace('n="48" ', "").encode(), "d.xml", schema)[0].line == 15


def test_schemas_that_disagree_are_reported(tmp_path: Path) -> None:
    (tmp_path / "own.rng").write_bytes(load().path.read_bytes())
    for file in load().path.parent.glob("*.xsd"):
        text = file.read_text(encoding="utf-8").replace('value="translation"', 'value="other"')
        (tmp_path / file.name.replace("edition", "own")).write_text(text.replace("edition.xsd", "own.xsd"))
    schema = load(str(tmp_path / "own.rng"))
    assert {one.code for one in validate(ENTRY.encode(), "d.xml", schema, xsd=True)} == {"V-011"}
    assert validate(ENTRY.encode(), "d.xml", schema) == ()


VOLUME = (
    '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">'
    + ENTRY.partition(">\n <teiHeader>")[2].join(["<teiHeader>", ""]).partition("</teiHeader>")[0]
    + '</teiHeader>\n<xi:include href="../text/d1911-03-02.xml"/></teiCorpus>'
)


def test_a_volume_is_valid_as_it_stands(tmp_path: Path) -> None:
    assert validate(VOLUME.encode(), "v.xml", load(), xsd=True) == ()
    (tmp_path / "own.rng").write_bytes(load().path.read_bytes())
    assert validate(VOLUME.encode(), "v.xml", load(str(tmp_path / "own.rng"))) == ()
