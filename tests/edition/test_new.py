"""A new edition can be converted, validated and built as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import run


def test_a_new_edition_goes_the_whole_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "diary"]) == 0
    monkeypatch.chdir(tmp_path / "diary")
    assert run(["convert"]) == 0
    out = capsys.readouterr().out
    assert "1 note, 1 page" in out
    assert "characters accounted for; written" in out
    assert run(["validate"]) == 0
    assert "nothing to report" in capsys.readouterr().out
    assert run(["build"]) == 0
    assert (tmp_path / "diary" / "build" / "web" / "d1911-03-02.html").is_file()
    assert (tmp_path / "diary" / "build" / "print" / "a-diary-volume-1.pdf").is_file()


def test_new_leaves_a_folder_alone_that_holds_something(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run(["new", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
