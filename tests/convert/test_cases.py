"""A folder is a test: case.toml and pane.txt in, expected.xml (the entry's sides and annotations) out.

`pytest --rewrite` writes the goldens anew; read each against the encoding before keeping it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.capture import compose
from tests.convert.making import Made, make

CASES = Path(__file__).parent / "cases"
_PARTS = re.compile(rb"^ *<body>\n(.*?)^ *</body>\n|^ *<standOff>\n.*?^ *</standOff>\n", re.MULTILINE | re.DOTALL)
# What an annotation says after the role (how sure, why) changes with every weight: that it stands there is enough.
_CERTAINTY = re.compile(rb"(<resp>[a-z-]+); certainty [^<]*")


def made(case: Path) -> tuple[Made, list[str]]:
    """Return what is made of a case, and the codes that it is to give."""
    what = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    sides = {}
    for name in ("pane", "transcription"):
        path = case / f"{name}.txt"
        sides[name] = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    codes = what.pop("codes", [])
    return make(compose(lines=sides["pane"], transcription=sides["transcription"], **what)), codes


def golden(document: bytes) -> bytes:
    """Return the sides of the entry and its annotations, as they stand in the file."""
    parts = b"".join(found.group(1) or found.group() for found in _PARTS.finditer(document))
    return _CERTAINTY.sub(rb"\1", parts)


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_the_case_is_encoded_as_expected(case: Path, rewrite: bool) -> None:
    entry, codes = made(case)
    got = golden(entry.document)
    expected = case / "expected.xml"
    if rewrite:
        expected.write_bytes(got)
    assert got.decode() == expected.read_text(encoding="utf-8")
    assert entry.codes == codes


def test_there_is_a_case_for_every_phenomenon() -> None:
    assert len(list(CASES.iterdir())) >= 30
    for case in CASES.iterdir():
        assert (case / "case.toml").read_text(encoding="utf-8").startswith("# "), (
            f"{case.name} does not say what it shows"
        )
