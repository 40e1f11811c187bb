"""`teipress enrich`, and what convert encodes: in place, again and again, with an editor at work between."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from lxml import etree

from pipeline.store import untouched
from pipeline.tei import TEI_NS, T, parse, text_of
from tests.cli.conftest import source
from tests.command import Teipress

LINES = (
    "Consul Percival Stannage called at half past nine. Stannage had heard on 14 February of the fever.",
    "Percival Stannage, British consul, 1861–1926.",
    "He asked [once more] for the map.",
    "See diary entry for 3 March 1911, and H. Sundqvist, Twenty Years of Rain (London, 1926), pp. 140–2.",
)
LETTER = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="letters.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>
<!DOCTYPE TEI [<!ENTITY who "Lucien Roux">]>
<TEI xmlns="{TEI_NS}" xml:lang='en'>
  <teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>
    <sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>
  <text><body><div>
    <!-- the first -->
    <p rend='small'>Mr. &who; wrote on   5 May 1909; <persName key="x">Roux</persName> was well.</p>
  </div></body></text>
</TEI>
"""


@pytest.fixture
def diary(edition: Path) -> Path:
    """An edition of one entry."""
    source(edition, "a.txt", "2 March", "1911 Mar 2", *LINES)
    return edition


def entry(folder: Path) -> Path:
    """Return the file of the entry."""
    return folder / "text" / "d1911-03-02.xml"


def elements(path: Path, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a name in a file's text: what they hold, and their attributes."""
    text = parse(path.read_bytes()).find(f"{T}text")
    assert text is not None
    return [
        ("".join(map(str, one.itertext())), {str(key): str(value) for key, value in one.attrib.items()})
        for one in text.iter(f"{T}{name}")
    ]


def test_convert_encodes_and_proposes(diary: Path, teipress: Teipress) -> None:
    said = teipress("convert")
    assert said.code == 0, said
    assert "3 persons" in said.out
    assert {words for words, _ in elements(entry(diary), "persName")} == {
        "Consul Percival Stannage",
        "Stannage",
        "Percival Stannage",
    }
    persons = (diary / "registers/persons.xml").read_text(encoding="utf-8")
    assert '<listPerson type="proposed">' in persons
    assert "../text/d1911-03-02.xml" in persons
    assert teipress("validate").code == 0, teipress("validate")


def test_a_second_convert_changes_nothing(diary: Path, teipress: Teipress) -> None:
    teipress("convert")
    before = {path: path.read_bytes() for path in sorted(diary.rglob("*.xml"))}
    said = teipress("convert", "--format", "json")
    assert json.loads(said.out)["written"] == []
    assert {path: path.read_bytes() for path in sorted(diary.rglob("*.xml"))} == before


def test_enrich_makes_of_a_converted_entry_what_convert_makes(diary: Path, teipress: Teipress) -> None:
    teipress("convert")
    before = entry(diary).read_bytes()
    said = teipress("enrich")
    assert said.code == 0, said
    assert "unchanged" in said
    assert entry(diary).read_bytes() == before


def test_an_entry_without_markup_is_enriched_and_stays_the_programs(diary: Path, teipress: Teipress) -> None:
    teipress("convert")
    whole = entry(diary).read_bytes()
    rulings = diary / "registers/rulings.json"
    rulings.write_text('{"rulings": [{"kind": "persName", "form": "Stannage", "value": ""}]}')
    teipress("enrich")
    assert "Stannage" not in [words for words, _ in elements(entry(diary), "persName")]
    assert untouched(entry(diary).read_bytes())
    rulings.unlink()
    teipress("enrich")
    assert entry(diary).read_bytes() == whole


def test_rulings_hold_in_a_new_conversion(diary: Path, teipress: Teipress) -> None:
    (diary / "registers").mkdir()
    ruling = {"kind": "persName", "form": "Stannage", "value": "psn:nobody", "entry": "d1911-03-02"}
    (diary / "registers/rulings.json").write_text(json.dumps({"rulings": [ruling]}))
    teipress("convert")
    (words, attributes), *_ = [one for one in elements(entry(diary), "persName") if one[0] == "Stannage"]
    assert attributes == {"ref": "psn:nobody", "resp": "#ed"}
    assert words == "Stannage"


def test_what_an_editor_changed_stays_and_the_file_stays_the_editors(diary: Path, teipress: Teipress) -> None:
    teipress("convert")
    text = entry(diary).read_text(encoding="utf-8")
    changed = re.sub(
        r'<persName ref="[^"]*"([^>]*)>Stannage<', r'<persName ref="psn:stannage-harold"\1>Stannage<', text
    )
    changed = re.sub(r"<time [^>]*>([^<]*)</time>", r"\1", changed)
    assert changed != text
    entry(diary).write_text(changed, encoding="utf-8")
    said = teipress("enrich")
    assert said.code == 0, said
    assert ("Stannage", {"ref": "psn:stannage-harold", "resp": "#ed"}) in [
        (words, {key: value for key, value in attributes.items() if key != "evidence"})
        for words, attributes in elements(entry(diary), "persName")
    ]
    assert elements(entry(diary), "time") == []
    assert not untouched(entry(diary).read_bytes())
    once = entry(diary).read_bytes()
    teipress("enrich")
    assert entry(diary).read_bytes() == once
    assert teipress("convert").codes[-1:] == ["C-042"]
    assert entry(diary).read_bytes() == once


def test_an_unresolved_reference_is_told_with_its_line(diary: Path, teipress: Teipress) -> None:
    said = teipress("convert", "--format", "json")
    (one,) = [found for found in json.loads(said.out)["diagnostics"] if found["code"] == "L-010"]
    assert one["file"].endswith("d1911-03-02.xml")
    assert "3 March 1911" in entry(diary).read_text(encoding="utf-8").split("\n")[one["line"] - 1]


def test_a_record_that_an_editor_takes_over_keeps_its_id(diary: Path, teipress: Teipress) -> None:
    teipress("convert")
    register = diary / "registers/persons.xml"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace('<listPerson type="proposed">', "<listPerson>"), encoding="utf-8")
    before = entry(diary).read_bytes()
    teipress("convert")
    assert "proposed" not in register.read_text(encoding="utf-8")
    refs = [dict(attributes)["ref"] for _, attributes in elements(entry(diary), "persName")]
    assert refs == list(re.findall(r'<persName ref="([^"]*)"', before.decode()))


# -- TEI of others


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, teipress: Teipress) -> Path:
    """A letter of somebody else's, in a folder that is no edition; the current folder."""
    assert teipress
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "one.xml").write_text(LETTER, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder / "one.xml"


def test_a_letter_of_others_is_enriched_in_place(letter: Path, teipress: Teipress) -> None:
    said = teipress("enrich", letter.parent)
    assert said.code == 0, said
    after = letter.read_text(encoding="utf-8")
    assert after.startswith(LETTER[: LETTER.index("<TEI ")])
    assert "<!-- the first -->" in after
    assert '<persName key="x">Roux</persName>' in after
    assert [words for words, _ in elements(letter, "date")] == ["5 May 1909"]
    assert "Mr. Lucien Roux" in [words for words, _ in elements(letter, "persName")]
    assert text_of(parse(after.encode()).find(f"{T}text")) == text_of(parse(LETTER.encode()).find(f"{T}text"))
    assert (letter.parent / "registers/persons.xml").exists()


def test_a_second_run_over_it_changes_nothing(letter: Path, teipress: Teipress) -> None:
    teipress("enrich", letter)
    once = letter.read_bytes()
    said = teipress("enrich", letter)
    assert "unchanged" in said
    assert letter.read_bytes() == once


def test_its_header_says_who_and_where(letter: Path, teipress: Teipress) -> None:
    teipress("enrich", letter)
    root = parse(letter.read_bytes())
    stated = {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.iter(f"{T}respStmt")}
    assert {"auto.dates", "auto.persons"} <= stated
    (prefix,) = root.iter(f"{T}prefixDef")
    assert prefix.get("replacementPattern") == "registers/persons.xml#$1"
    assert [child.tag.rpartition("}")[2] for child in root] == ["teiHeader", "text", "standOff"]


def test_the_texts_of_a_corpus_are_enriched_one_by_one(letter: Path, teipress: Teipress) -> None:
    unit = LETTER[LETTER.index("<TEI") :].replace("&who;", "Nadia Roux")
    header = "<teiHeader><fileDesc><titleStmt><title>C</title></titleStmt><publicationStmt><p>A.</p></publicationStmt>"
    header += "<sourceDesc><p>B.</p></sourceDesc></fileDesc></teiHeader>"
    letter.write_text(f'<teiCorpus xmlns="{TEI_NS}">{header}{unit}{unit}</teiCorpus>', encoding="utf-8")
    assert teipress("enrich", letter).code == 0
    root = etree.fromstring(letter.read_bytes())
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    assert len(list(root.iter(f"{T}date"))) == 2
    once = letter.read_bytes()
    teipress("enrich", letter)
    assert letter.read_bytes() == once


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xml", b"<TEI", "E-092"),
        ("a.xml", b"", "E-092"),
        ("a.xml", b"<html/>", "E-093"),
        ("a.xml", b"<TEI><text><body><p>No namespace.</p></body></text></TEI>", "E-093"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "E-092"),
    ],
)
def test_a_file_that_is_none_leaves_the_others_done(
    letter: Path, teipress: Teipress, name: str, data: bytes, code: str
) -> None:
    (letter.parent / name).write_bytes(data)
    said = teipress("enrich", letter.parent)
    assert said.code == 1
    assert said.codes == [code]
    assert (letter.parent / name).read_bytes() == data
    assert [words for words, _ in elements(letter, "date")] == ["5 May 1909"]


def test_a_file_that_is_not_there(letter: Path, teipress: Teipress) -> None:
    said = teipress("enrich", letter.with_name("nowhere.xml"))
    assert said.code == 1
    assert said.codes == ["V-013"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"rulings": 3}',
        '{"rulings": [{"kind": "persName"}]}',
        '{"rulings": [{"kind": "x", "form": "a", "value": ""}]}',
    ],
)
def test_rulings_that_cannot_be_read_end_it_before_anything_is_written(
    diary: Path, teipress: Teipress, text: str
) -> None:
    teipress("convert")
    before = entry(diary).read_bytes()
    (diary / "registers/rulings.json").write_text(text)
    said = teipress("enrich")
    assert said.code == 1
    assert said.codes == ["E-080"]
    assert entry(diary).read_bytes() == before


def test_a_register_that_is_broken_is_left_alone(diary: Path, teipress: Teipress) -> None:
    teipress("convert")
    (diary / "registers/persons.xml").write_text("<TEI>")
    said = teipress("enrich")
    assert said.code == 1
    assert said.codes == ["E-081"]
    assert (diary / "registers/persons.xml").read_text() == "<TEI>"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_told(letter: Path, teipress: Teipress) -> None:
    letter.parent.chmod(0o555)
    try:
        said = teipress("enrich", letter)
    finally:
        letter.parent.chmod(0o755)
    assert said.code == 3
    assert letter.read_text(encoding="utf-8") == LETTER


def test_a_model_that_is_not_installed_is_a_part_missing(diary: Path, teipress: Teipress) -> None:
    with (diary / "edition.toml").open("a", encoding="utf-8") as file:
        file.write('\n[enrich]\nmodel = "a_model_of_nobody"\n')
    said = teipress("convert")
    assert said.code == 3
    assert "[enrich] model: " in said.err
    assert "pip install" in said.err or "download" in said.err
