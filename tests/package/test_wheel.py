"""The wheel holds all that the program needs: it is built, installed by itself, and used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel, and nothing else, was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder / "site"), str(wheel)],
        check=True,
        capture_output=True,
    )
    return folder / "site"


def teipress(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder, the checkout out of sight."""
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_holds_stylesheets_schemas_templates_and_profiles(installed: Path) -> None:
    package = installed / "pipeline"
    for name in ("xslt/web.xsl", "xslt/print.xsl", "schema/edition.rng", "schema/edition.xsd", "codes.toml"):
        assert (package / name).is_file(), name
    assert list((package / "templates").glob("*.html"))
    assert list((package / "readers" / "profiles").glob("*.toml"))
    assert (package / "py.typed").is_file()


def test_the_program_of_the_wheel_converts_and_builds_an_edition(installed: Path, tmp_path: Path) -> None:
    edition = tmp_path / "diary"
    shutil.copytree(ROOT / "tei", edition, ignore=shutil.ignore_patterns("build", "text", "volumes", "schema"))
    where = teipress(installed, edition, "--version")
    assert "teipress" in where.stdout
    for arguments in (["convert"], ["validate"], ["build"]):
        done = teipress(installed, edition, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (edition / "build" / "web" / "index.html").is_file()
    assert list((edition / "build" / "print").glob("*.pdf"))
    located = subprocess.run(
        [sys.executable, "-c", "import pipeline; print(pipeline.__file__)"],
        cwd=edition,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(located.stdout.strip()).is_relative_to(installed)
