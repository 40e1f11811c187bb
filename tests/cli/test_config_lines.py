"""What is wrong with edition.toml or a profile is told with its line, and in the format that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import ConfigError, lines_of, load
from tests.cli.conftest import source
from tests.command import Teipress

_GOOD = '# the edition\n[edition]\ntitle = "A title"\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "[edition] title: missing"),
        ("\n\n[edition]\n", 3, "[edition] title: missing"),
        ("\n[edition]\ntitle = 3\n", 3, "[edition] title: found 3, expected a string"),
        (_GOOD + "colour = 'red'\n", 4, "[edition] colour: unknown key; [edition] knows title"),
        (_GOOD + "\n[edtion]\nx = 1\n", 5, "[edtion]: unknown table"),
        (_GOOD + "editors = [\n 'A',\n 3,\n]\n", 4, "[edition] editors: found"),
        (_GOOD + "editors = [\n '[sources]',\n 'max_bytes = 0',\n]\n[sources]\nmax_bytes = 0\n", 9, "max_bytes"),
        (_GOOD + 'author = """\n[print]\npaper = "a3"\n"""\n[print]\npaper = "a3"\n', 9, "[print] paper"),
        ('sources.max_bytes = 0\n[edition]\ntitle = "T"\n', 1, "[sources] max_bytes"),
        (_GOOD + "[sources]\nentries = 3\n", 5, "[sources.entries]: found 3"),
        (_GOOD + "[sources.entries.'a.txt']\n\nday = 3\n", 6, '[sources.entries."a.txt"] day: unknown key'),
        (_GOOD + "[sources.entries]\n'a.txt' = {day = 3}\n", 5, '[sources.entries."a.txt"] day: unknown key'),
        (_GOOD + "[sources.entries]\n'a.txt' = 3\n", 5, '[sources.entries."a.txt"]: found 3, expected a table'),
        (_GOOD + "sources = 3\n", 4, "[edition] sources: unknown key"),
        ("sources = 3\n" + _GOOD, 1, "[sources]: found 3"),
        (_GOOD + "[registers]\n\npersons = 'p.xml'\n", 6, "[registers] persons: there is no file 'p.xml'"),
        (_GOOD + "[sources]\nprofiles = ['p.toml']\n", 5, "[sources] profiles: there is no file 'p.toml'"),
        (_GOOD + "[print]\nfonts = 'fonts'\n", 5, "[print] fonts: there is no folder 'fonts'"),
        (_GOOD + "[print]\nfonts = 3\n", 5, "[print] fonts: found 3, expected a string"),
        (_GOOD + "[print]\nfonts = '..'\n", 5, "[print] fonts: found '..', expected a folder below"),
        (_GOOD + "[print]\nfonts = '.'\n", 5, "expected a folder below"),
        (_GOOD + "[print]\nfonts = ''\n", 5, "expected a folder below"),
        (_GOOD + "[print]\nfonts = '/usr'\n", 5, "expected a folder below"),
        (_GOOD + "[print]\nfonts = 'sources/../../x'\n", 5, "expected a folder below"),
        (_GOOD + "x = \n", 4, "not TOML"),
        (_GOOD + "x = [\n", 4, "not TOML"),
    ],
)
def test_an_error_names_its_line_and_key(edition: Path, teipress: Teipress, text: str, line: int, words: str) -> None:
    (edition / "edition.toml").write_text(text, encoding="utf-8")
    said = teipress("validate")
    assert said.code == 2
    assert f"edition.toml:{line}: " in said.err
    assert words in said.err
    assert said.out == ""


def test_lines_are_those_of_a_file_with_any_line_ends(edition: Path) -> None:
    (edition / "edition.toml").write_bytes(_GOOD.replace("\n", "\r\n").encode() + b"\r\ncolour = 1\r\n")
    with pytest.raises(ConfigError) as raised:
        load(edition)
    assert [(one.line, one.code) for one in raised.value.diagnostics] == [(5, "C-050")]


def test_errors_stand_in_the_order_of_lines(edition: Path) -> None:
    (edition / "edition.toml").write_text("[print]\npaper = 3\n[edition]\nzeal = 1\nage = 2\ntitle = 't'\n")
    with pytest.raises(ConfigError) as raised:
        load(edition)
    assert [one.line for one in raised.value.diagnostics] == [2, 4, 5]


def test_the_place_of_every_key_is_known() -> None:
    text = "a = 1\n\n# x\n[b]\nc.d = '''\n[e]\n'''\n[[f]]\n[b.'g h']\ni = {j = 1}\n"
    assert lines_of(text) == {
        ("a",): 1,
        ("b",): 4,
        ("b", "c"): 5,
        ("b", "c", "d"): 5,
        ("f",): 8,
        ("b", "g h"): 9,
        ("b", "g h", "i"): 10,
        ("b", "g h", "i", "j"): 10,
    }


def test_a_folder_of_fonts_is_taken(edition: Path) -> None:
    (edition / "type" / "own").mkdir(parents=True)
    (edition / "edition.toml").write_text(_GOOD + "[print]\nfonts = 'type/own'\n")
    assert load(edition).fonts == "type/own"


@pytest.mark.parametrize("command", ["convert", "validate", "build"])
def test_the_errors_come_in_the_format_that_was_asked_for(edition: Path, teipress: Teipress, command: str) -> None:
    (edition / "edition.toml").write_text(_GOOD + "colour = 'red'\nage = 3\n", encoding="utf-8")
    said = teipress(command, "--format", "json")
    assert (said.code, said.err) == (2, "")
    found = json.loads(said.out)["diagnostics"]
    assert [(one["code"], one["line"], one["file"]) for one in found] == [
        ("C-050", 4, "edition.toml"),
        ("C-050", 5, "edition.toml"),
    ]
    said = teipress(command, "--format", "sarif")
    assert (said.code, said.err) == (2, "")
    (run,) = json.loads(said.out)["runs"]
    assert [one["ruleId"] for one in run["results"]] == ["C-050", "C-050"]


def test_a_wrong_profile_comes_in_the_format_that_was_asked_for(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    (edition / "own.toml").write_text("colour = 'red'\n")
    (edition / "edition.toml").write_text(_GOOD + "[sources]\nprofiles = ['own.toml']\n")
    said = teipress("convert", "--format", "json")
    assert (said.code, said.err) == (2, "")
    (found,) = json.loads(said.out)["diagnostics"]
    assert (found["code"], found["file"]) == ("C-051", "own.toml")
    assert found["message"].startswith("colour: unknown key")
    said = teipress("convert")
    assert (said.code, said.out) == (2, "")
    assert "own.toml: colour: unknown key" in said.err


def test_no_edition_is_told_in_the_format_too(edition: Path, teipress: Teipress) -> None:
    (edition / "edition.toml").unlink()
    said = teipress("build", "--format", "json")
    assert said.code == 2
    assert [one["code"] for one in json.loads(said.out)["diagnostics"]] == ["C-050"]
