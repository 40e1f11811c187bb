"""edition.toml: every mistake is an error of the call that names the key, what was found and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import _KEYS, load
from tests.cli.conftest import files, source
from tests.command import Teipress

_GOOD = '[edition]\ntitle = "A title"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["[edition] title", "missing"]),
        ("[edition]\n", ["[edition] title", "missing"]),
        ("[edition]\ntitle = 3\n", ["[edition] title", "3", "a string"]),
        ("edition = 3\n", ["[edition]", "a table"]),
        ("[edition]\ntitle = \n", ["not TOML", "line 2"]),
        ("[edition\n", ["not TOML", "line 1"]),
        (_GOOD + 'titel = "x"\n', ["[edition] titel", "unknown key", "title"]),
        (_GOOD + 'editors = "A. Editor"\n', ["[edition] editors", "a list of strings"]),
        (_GOOD + "editors = [1]\n", ["[edition] editors", "a list of strings"]),
        (_GOOD + 'language = "english language"\n', ["[edition] language", "a language tag"]),
        (_GOOD + 'licence = "CC BY"\n', ["[edition] licence", "https://"]),
        (_GOOD + 'base_url = "javascript:alert(1)"\n', ["[edition] base_url", "https://"]),
        (_GOOD + 'base_url = "https://a b"\n', ["[edition] base_url", "https://"]),
        (_GOOD + "release = 1.0\n", ["[edition] release", "a string"]),
        (_GOOD + 'released = "2026-02-30"\n', ["[edition] released", "a date that exists"]),
        (_GOOD + "released = 2026-05-01T10:00:00\n", ["[edition] released", "a date"]),
        (_GOOD + "[sorces]\n", ["[sorces]", "unknown table", "[sources]"]),
        (_GOOD + "[sources]\nmax_bytes = -1\n", ["[sources] max_bytes", "-1"]),
        (_GOOD + "[sources]\nmax_bytes = true\n", ["[sources] max_bytes", "a whole number"]),
        (_GOOD + "[sources]\nfolder = []\n", ["[sources] folder", "a string"]),
        (_GOOD + "[sources]\nentries = 3\n", ["[sources.entries]", "tables"]),
        (_GOOD + "[sources.entries]\n'a.txt' = 3\n", ['[sources.entries."a.txt"]', "a table"]),
        (_GOOD + "[sources.entries.'a.txt']\nid = '../d'\n", ['[sources.entries."a.txt"] id', "an entry's id"]),
        (_GOOD + "[sources.entries.'a.txt']\ndate = '1911-02-30'\n", ['[sources.entries."a.txt"] date', "exists"]),
        (_GOOD + "[sources.entries.'a.txt']\nday = 3\n", ['[sources.entries."a.txt"] day', "unknown key"]),
        (_GOOD + "sources = 3\n", ["sources"]),
        (_GOOD + '[registers]\npersons = "registers/persons.xml"\n', ["[registers] persons", "there is no file"]),
        (_GOOD + "[registers]\npersons = 3\n", ["[registers] persons", "a string"]),
        (_GOOD + "[registers]\npersones = 'x'\n", ["[registers] persones", "unknown key"]),
        (_GOOD + "[print]\npaper = 'a3'\n", ["[print] paper", '"a4"']),
        (_GOOD + "[print]\npaper = ['a4']\n", ["[print] paper", '"a4"']),
        (_GOOD + "[web]\ncolour = 'red'\n", ["[web] colour", "unknown key"]),
        (_GOOD + "[sources]\nfacsimiles = '{entri}.svg'\n", ["[sources] facsimiles", "{entry}"]),
        (_GOOD + "[sources]\nfacsimiles = '{page'\n", ["[sources] facsimiles", "{entry}"]),
    ],
)
def test_a_mistake_is_named_with_its_key(edition: Path, teipress: Teipress, text: str, words: list[str]) -> None:
    (edition / "edition.toml").write_text(text, encoding="utf-8")
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    said = teipress("convert")
    assert said.code == 2, said
    assert "edition.toml" in said.err
    for word in words:
        assert word in said.err
    assert files(edition) == ["edition.toml", "sources/a.txt"]


def test_all_mistakes_are_told_at_once(edition: Path, teipress: Teipress) -> None:
    (edition / "edition.toml").write_text("[edition]\ntitel = 'x'\nlanguage = 3\n[print]\npaper = 'a3'\n")
    said = teipress("convert")
    assert said.code == 2
    assert all(key in said.err for key in ("titel", "title: missing", "language", "paper"))


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\x00", "[edition]\ntitle='é'".encode("latin-1")])
def test_an_edition_toml_that_is_no_text(edition: Path, teipress: Teipress, data: bytes) -> None:
    (edition / "edition.toml").write_bytes(data)
    said = teipress("convert")
    assert (said.code, "edition.toml" in said.err) == (2, True)


def test_no_edition_at_all(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    (edition / "edition.toml").unlink()
    said = teipress("convert")
    assert said.code == 2
    assert "edition.toml" in said.err
    assert teipress("convert", "--to", "out").code == 2
    assert teipress("convert", "sources/a.txt", "--to", "out").code == 0


def test_every_key_is_taken(edition: Path) -> None:
    for name in ("p.xml", "w.xml", "l.xml", "o.xml", "a.xml", "r.json"):
        (edition / name).write_text("<x/>")
    (edition / "fonts").mkdir()
    (edition / "edition.toml").write_text(
        """
[edition]
title = "T"
author = "A"
editors = ["E", "F"]
publisher = "P"
place = "L"
language = "en-GB"
licence = "https://example.org/l"
base_url = "https://example.org"
release = "2.0"
released = 2026-05-01
[sources]
folder = "captures"
profiles = []
captured = "2025-10"
translation_language = "en"
transcription_language = "ru"
facsimiles = "f/{volume}-{page}-{entry}.svg"
max_bytes = 5
[registers]
persons = "p.xml"
works = "w.xml"
places = "l.xml"
organisations = "o.xml"
archives = "a.xml"
rulings = "r.json"
[enrich]
model = "m"
[web]
[print]
paper = "a4"
fonts = "fonts"
[epub]
""",
        encoding="utf-8",
    )
    found = load(edition)
    assert (found.released, found.sources.captured, found.paper) == ("2026-05-01", "2025-10", "a4")
    assert found.fonts == "fonts"
    text = (edition / "edition.toml").read_text()
    for table, keys in _KEYS.items():
        assert f"[{table}]" in text
        assert all(f"{key} = " in text for key in keys), f"a key of [{table}] is not in this test"


def test_a_facsimile_is_pointed_to(edition: Path, teipress: Teipress) -> None:
    (edition / "edition.toml").write_text(_GOOD + '[sources]\nfacsimiles = "images/{volume}/{entry}-{page}.svg"\n')
    (edition / "images" / "2").mkdir(parents=True)
    (edition / "images" / "2" / "d1911-03-02-31.svg").write_text("<svg/>")
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was out.", "", "Page 31", "", "It came in.")
    assert teipress("convert").code == 0
    text = (edition / "text" / "d1911-03-02.xml").read_text(encoding="utf-8")
    assert '<graphic url="../images/2/d1911-03-02-31.svg"/>' in text
    assert text.count('facs="#f31"') == 1


def test_the_language_of_a_side_may_be_given(edition: Path, teipress: Teipress) -> None:
    (edition / "edition.toml").write_text(_GOOD + '[sources]\ntranscription_language = "yi"\n')
    source(edition, "a.txt", "2 March", "1911 Mar 2", transcription=["2 March", "Genumen."])
    assert teipress("convert").code == 0
    assert 'xml:lang="yi"' in (edition / "text" / "d1911-03-02.xml").read_text(encoding="utf-8")
