"""Every pointer that does not arrive is found, and those that arrive are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline import pointers
from pipeline.validate import grammar
from pipeline.validate.links import POINTING, validate

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


def pointing(folder: Path, attributes: str) -> list[tuple[str, str, str]]:
    """Return what is found of an element with these attributes in an entry: code, message, hint."""
    element = f'<p xml:id="here" n="1">x</p>\n<seg {attributes}/>'
    found = validate(edition(folder, ENTRY.replace("<graphic", f"{element}\n<graphic")))
    assert all(one.line == 8 for one in found), found
    return [(one.code, one.message, one.hint) for one in found]


@pytest.mark.parametrize("attribute", sorted(POINTING))
def test_every_attribute_that_points_is_followed(tmp_path: Path, attribute: str) -> None:
    (found,) = pointing(tmp_path, f'{attribute}="#hre"')
    assert found[0] == "L-003"
    assert found[2] == "there is no xml:id `hre`; did you mean `here`?"
    assert pointing(tmp_path, f'{attribute}="#here"') == []
    (found,) = pointing(tmp_path, f'{attribute}="none.xml"')
    assert found[0] == ("L-006" if attribute in ("facs", "url") else "L-005")


def test_every_pointer_of_the_schema_is_known() -> None:
    rng = "{http://relaxng.org/ns/structure/1.0}"
    root = etree.parse(grammar.load().path).getroot()
    typed = {
        attribute.get("name", "")
        for attribute in root.iter(f"{rng}attribute")
        if any(ref.get("name") in ("pointer", "pointers") for ref in attribute.iter(f"{rng}ref"))
    }
    assert typed - POINTING == {"href"}, "href is that of xi:include, which has a code of its own"


@pytest.mark.parametrize(
    ("pointer", "words", "near"),
    [
        ("d1999-01-01.xml", "leads to `d1999-01-01.xml`, which is not there", ""),
        ("nofile.xml#x", "leads to `nofile.xml`, which is not there", ""),
        ("../registers/persons.xml#orlof", "is not in `../registers/persons.xml`", "did you mean `orlov`?"),
        ("d1911.xml#zzz", "is not in `d1911.xml`", ""),
        ("d1911.xml#match(zzz,'x')", "is not in `d1911.xml`", ""),
        ("../volumes/v1.xml#zzz", "is not in `../volumes/v1.xml`", ""),
        ("psn:orlof", "is not in `../registers/persons.xml`", "did you mean `orlov`?"),
        ("d1912.html", "leads to `d1912.html`, which is not there", ""),
        ("../nowhere/", "leads to `../nowhere/`, which is not there", ""),
        ("%00", "which is not there", ""),
        ("x" * 300, "which is not there", ""),
    ],
)
def test_a_path_that_leads_nowhere_is_found(tmp_path: Path, pointer: str, words: str, near: str) -> None:
    ((code, message, hint),) = pointing(tmp_path, f'target="{pointer}"')
    assert code in ("L-003", "L-005")
    assert words in message or "points to nothing" in message
    assert near in hint


@pytest.mark.parametrize(
    "pointer",
    [
        "#match(here,'a word')",
        "#match(here,'(')",
        "#range(left(here),right(en.1))",
        "#range(here,en.1)",
        "#string-range(here,1,2)",
        "#xpath(//p[1])",
        "#left(//p[1])",
        "#xmlns(a=b)xpath(//a:p)",
        "#element(here/1)",
        "https://ex.org/x#y",
        "HTTPS://EX.ORG",
        "//ex.org/x",
        "?page=2",
        "mailto:a@ex.org",
        "urn:isbn:0",
        "doi:10.1/x",
        "d1911.xml#here",
        "d1911.xml#match(here,'x')",
        "d1911.xml",
        "d1911.html#p31",
        "d1911",
        "../text/d1911.xml?x=1#here",
        "../registers/persons.xml#orlov psn:orlov #here",
        "../volumes/v1.xml#here",
        "../one.svg#layer",
        "../registers/",
        "psn:orlov",
        "entry:1911",
    ],
)
def test_a_pointer_that_arrives_is_not_reported(tmp_path: Path, pointer: str) -> None:
    assert pointing(tmp_path, f'target="{pointer}"') == []


@pytest.mark.parametrize("pointer", ["#match(hre,'x')", "#range(left(here),right(hre))", "#element(hre/1)", "#hre"])
def test_an_id_inside_a_pointer_is_looked_for(tmp_path: Path, pointer: str) -> None:
    ((code, _, hint),) = pointing(tmp_path, f'target="{pointer}"')
    assert (code, hint) == ("L-003", "there is no xml:id `hre`; did you mean `here`?")


def test_a_broken_file_is_not_called_missing(tmp_path: Path) -> None:
    paths = edition(tmp_path)
    paths[1].write_text("<TEI")
    assert validate(paths) == ()


def test_the_scheme_of_a_rendition_is_no_pointer(tmp_path: Path) -> None:
    entry = ENTRY.replace("<graphic", '<rendition scheme="css"/><graphic')
    assert validate(edition(tmp_path, entry)) == ()


def test_addresses_count_from_the_base(tmp_path: Path) -> None:
    entry = ENTRY.replace("<TEI ", '<TEI xml:base="../registers/x.xml" ').replace("entry:1911 ", "")
    entry = entry.replace("../one.svg", "persons.xml#orlov").replace("../registers/persons.xml", "persons.xml")
    assert validate(edition(tmp_path, entry)) == ()


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = edition(tmp_path)
    read: list[Path] = []
    bytes_of = Path.read_bytes

    def counted(path: Path) -> bytes:
        read.append(path.resolve())
        return bytes_of(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    assert validate(paths) == ()
    assert sorted(read) == sorted(path.resolve() for path in paths)


PREFIXES = (
    ("psn", "([a-z]+)", "persons.xml#$1"),
    ("psn", "(\\d+)(x)?", "numbers.xml#n$1$2"),
    ("bad", "(", "x"),
    ("all", ".*", "a/$0/$7"),
)


@pytest.mark.parametrize(
    ("pointer", "address"),
    [
        ("psn:orlov", "persons.xml#orlov"),
        ("psn:12", "numbers.xml#n12"),
        ("psn:Orlov", None),
        ("bad:x", None),
        ("plc:x", None),
        ("#orlov", None),
        ("all:x\\1", "a/x\\1/"),
    ],
)
def test_a_private_address_is_expanded(pointer: str, address: str | None) -> None:
    assert pointers.expand(pointer, PREFIXES) == address


def test_brackets_hold_an_address_together() -> None:
    assert list(pointers.pointers_in(" #a  #match(b,'x y') c.xml#left(d) #match(e f")) == [
        "#a",
        "#match(b,'x y')",
        "c.xml#left(d)",
        "#match(e",
        "f",
    ]
