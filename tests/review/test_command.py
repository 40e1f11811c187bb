"""teipress review as editors call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import Edition
from tests.command import Teipress
from tests.review.making import edition


@pytest.fixture
def made(tmp_path: Path) -> Edition:
    return edition(tmp_path / "e", (2, 3))


@pytest.fixture
def teipress(capsys: pytest.CaptureFixture[str]) -> Teipress:
    return Teipress(capsys)


def rulings(made: Edition, *told: dict[str, object]) -> Path:
    path = made.root / "export.json"
    path.write_text(json.dumps({"rulings": list(told)}), encoding="utf-8")
    return path


def test_the_page_is_written_into_the_editions_build(made: Edition, teipress: Teipress) -> None:
    said = teipress("review", made.root)
    assert said.code == 0
    page = made.root / "build" / "review.html"
    assert page.is_file()
    assert f"page: {page}" in said
    assert "2 entries" in said


def test_another_file_and_one_entry(made: Edition, tmp_path: Path, teipress: Teipress) -> None:
    said = teipress("review", made.root, "--to", tmp_path / "r.html", "--entry", "d1911-03-03", "--format", "json")
    told = json.loads(said.out)
    assert (told["entries"], told["written"]) == (1, [str(tmp_path / "r.html")])
    assert not (made.root / "build").exists()


def test_an_entry_that_is_not_there(made: Edition, teipress: Teipress) -> None:
    said = teipress("review", made.root, "--entry", "d1999-01-01")
    assert (said.code, said.codes) == (1, ["E-084"])
    assert not (made.root / "build").exists()


def test_no_edition_is_a_wrong_call(tmp_path: Path, teipress: Teipress) -> None:
    assert teipress("review", tmp_path).code == 2


def test_apply_writes_no_page(made: Edition, teipress: Teipress) -> None:
    said = teipress("review", made.root, "--apply", rulings(made), "--to", made.root / "r.html")
    assert said.code == 2
    assert "--apply writes no page" in said


def test_what_was_applied_and_what_not_is_told(made: Edition, teipress: Teipress) -> None:
    good = {"kind": "persName", "form": "Orlov", "value": "psn:orlov-ivan", "entry": "d1911-03-02"}
    bad = {"kind": "persName", "form": "Orlov", "value": "psn:nobody", "entry": "d1911-03-03"}
    said = teipress("review", made.root, "--apply", rulings(made, good, bad))
    assert said.code == 1
    assert said.codes[0] == "E-086"
    assert "applied: persName `Orlov` is psn:orlov-ivan, in d1911-03-02" in said
    assert f"written: {made.root / 'registers' / 'rulings.json'}" in said
    assert f"written: {made.text / 'd1911-03-02.xml'}" in said
    assert f"written: {made.text / 'd1911-03-03.xml'}" not in said
    assert "1 applied, 0 known already, 1 not applied" in said
    text = (made.text / "d1911-03-02.xml").read_text(encoding="utf-8")
    assert '<persName ref="psn:orlov-ivan"' in text


def test_a_bad_file_changes_nothing(made: Edition, teipress: Teipress) -> None:
    path = made.root / "export.json"
    path.write_text('{"rulings": [\n{]}')
    before = {one: one.read_bytes() for one in made.root.rglob("*") if one.is_file()}
    said = teipress("review", made.root, "--apply", path)
    assert (said.code, said.codes) == (1, ["E-083"])
    assert "export.json:2: error E-083" in said
    assert {one: one.read_bytes() for one in made.root.rglob("*") if one.is_file()} == before
