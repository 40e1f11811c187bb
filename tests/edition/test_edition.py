"""The sample edition, from its captures to website and book, as `make edition` makes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.publish import digest_of
from pipeline.store import untouched

TEI = Path(__file__).parents[2] / "tei"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample edition, and make it the current folder."""
    folder = tmp_path / "tei"
    shutil.copytree(TEI, folder, ignore=shutil.ignore_patterns("build", "*.new", "*.bak"))
    monkeypatch.chdir(folder)
    return folder


def found(output: str) -> list[tuple[str, str]]:
    """Return the severity and the code of each finding of a command's JSON."""
    return [(one["severity"], one["code"]) for one in json.loads(output)["diagnostics"]]


def test_converting_again_changes_nothing_but_tells_of_the_entries_in_an_editors_hands(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digest_of(edition)
    by_hand = [path.stem for path in sorted((edition / "text").glob("*.xml")) if not untouched(path.read_bytes())]
    assert by_hand
    assert run(["convert", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["written"] == []
    kept = [entry["id"] for entry in report["entries"] if entry["outcome"] == "beside"]
    assert kept == by_hand
    for name in kept:
        (edition / "text" / f"{name}.xml.new").unlink()
    assert digest_of(edition) == before


def test_every_source_becomes_an_entry_and_every_character_is_accounted_for(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["convert", "--to", str(tmp_path / "out"), "--format", "json"]) == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    assert len(entries) == len(list((edition / "sources").glob("*.txt"))) >= 24
    assert all(entry["accounted"] == entry["characters"] == sum(entry["fates"].values()) for entry in entries)
    assert {path.stem for path in (tmp_path / "out").glob("*.xml")} == {entry["id"] for entry in entries}


def test_the_edition_is_valid(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--format", "json"]) == 0
    assert not [code for severity, code in found(capsys.readouterr().out) if severity == "error"]
    assert edition.is_dir()


def test_a_build_has_website_and_books_and_is_byte_identical(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "--to", str(tmp_path / "one")]) == 0
    assert "website:" in capsys.readouterr().out
    assert run(["build", "--to", str(tmp_path / "two"), "--jobs", "1"]) == 0
    assert digest_of(tmp_path / "one") == digest_of(tmp_path / "two")
    ids = {path.stem for path in (edition / "text").glob("*.xml")}
    for name in ids:
        assert (tmp_path / "one" / "web" / f"{name}.html").is_file()
        record = (edition / "text" / f"{name}.xml").read_bytes()
        assert (tmp_path / "one" / "web" / f"{name}.xml").read_bytes() == record
    assert len(list((tmp_path / "one" / "print").glob("*.pdf"))) == 2


def test_a_second_build_does_nothing_and_a_changed_word_builds_again(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", "--only", "web"]) == 0
    capsys.readouterr()
    assert run(["build", "--only", "web", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"]
    path = min((edition / "text").glob("*.xml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</p>", " Corrected.</p>", 1), encoding="utf-8")
    assert run(["build", "--only", "web", "--format", "json"]) == 0
    assert not json.loads(capsys.readouterr().out)["unchanged"]
    assert run(["build", "--only", "web", "--clean", "--format", "json"]) == 0
    assert not json.loads(capsys.readouterr().out)["unchanged"]


def test_what_was_built_and_then_spoilt_is_built_again(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--only", "web"]) == 0
    page = edition / "build" / "web" / "index.html"
    whole = page.read_bytes()
    page.write_bytes(b"spoilt")
    capsys.readouterr()
    assert run(["build", "--only", "web", "--format", "json"]) == 0
    assert not json.loads(capsys.readouterr().out)["unchanged"]
    assert page.read_bytes() == whole
