"""An edition in a temporary folder, and the command called in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.capture import compose
from tests.command import Teipress

EDITION = '[edition]\ntitle = "The Tidewater Journals"\neditors = ["Una Sorrel"]\n'


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an edition without sources; the current folder."""
    folder = tmp_path / "edition"
    (folder / "sources").mkdir(parents=True)
    (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def teipress(capsys: pytest.CaptureFixture[str], edition: Path) -> Teipress:
    """The command, called in the edition."""
    assert Path.cwd() == edition
    return Teipress(capsys)


def source(folder: Path, name: str, title: str, date: str, *lines: str, **more: object) -> Path:
    """Write a capture into an edition's sources."""
    path = folder / "sources" / name
    text = compose(title, date, [title, *(lines or ("The tide was out.",))], **more)  # type: ignore[arg-type]
    path.write_text(text, encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    """Return the names of all files below a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
