"""The real captures: what the converter makes of them, held against a reading by hand and the TEI's own schema."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from pipeline.resources import resource
from pipeline.tei import parse
from tests.command import teipress
from tests.convert.test_cases import CASES, made

pytestmark = pytest.mark.shared


@pytest.fixture(scope="session")
def converted(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the TEI of the captures."""
    folder = tmp_path_factory.mktemp("captures")
    captures = sorted((shared / "captures").glob("*.txt"))
    done = teipress("convert", *captures, "--to", folder, cwd=folder)
    assert done.code == 0, done.out + done.err
    assert done.out.count("characters accounted for") == len(captures)
    return folder


def test_every_capture_becomes_a_file(converted: Path) -> None:
    assert sorted(path.name for path in converted.glob("*.xml")) == [
        "d1934-12-13.xml",
        "d1939-02-03.xml",
        "d1939-05-21.xml",
    ]


def test_the_encoding_is_that_of_the_reading_by_hand(converted: Path, shared: Path) -> None:
    score = subprocess.run(
        [sys.executable, str(shared / "eval" / "score.py"), str(converted), str(shared / "captures"), "-v"],
        capture_output=True,
        text=True,
        env={"PYTHONDONTWRITEBYTECODE": "1", "PATH": "", "PYTHONUTF8": "1"},
    )
    lines = [line.strip() for line in score.stdout.splitlines()]
    assert len([line for line in lines if line.startswith("ok")]) >= 50, score.stdout + score.stderr
    assert [line for line in lines if line.startswith("FAIL")] == []


def test_their_pointers_arrive_at_the_registers_beside_them(converted: Path) -> None:
    done = teipress("validate", converted, cwd=converted)
    assert done.code == 0, done.out


def test_they_are_valid_tei_and_so_are_the_cases(converted: Path, shared: Path) -> None:
    documents = {path.name: path.read_bytes() for path in sorted(converted.rglob("*.xml"))}
    documents |= {case.name: made(case)[0].document for case in sorted(CASES.iterdir())}
    for schema in (shared / "tei" / "tei_all.rng", resource("schema/edition.rng")):
        valid = etree.RelaxNG(etree.parse(schema))
        for name, document in documents.items():
            assert valid.validate(parse(document).getroottree()), f"{name}: {valid.error_log.last_error}"
