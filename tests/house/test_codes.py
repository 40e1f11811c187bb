"""Codes: each in the catalogue is used and each used is in the catalogue; each is explained in whole sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.diagnostics import MACHINE_CODES, catalogue

REPOSITORY = Path(__file__).parents[2]
_CODE = re.compile(r"""["'`]([CEVLRP]-\d{3})["'`]""")


def used() -> dict[str, list[str]]:
    """Return each code that the program's own files name, with these files."""
    found: dict[str, list[str]] = {}
    for folder, pattern in (("pipeline", "*.py"), ("xslt", "*.xsl"), ("schema", "*.sch")):
        for path in sorted((REPOSITORY / folder).rglob(pattern)):
            for code in _CODE.findall(path.read_text(encoding="utf-8")):
                found.setdefault(code, []).append(path.name)
    return found


def test_every_code_that_is_used_is_in_the_catalogue() -> None:
    assert sorted(used().keys() - catalogue().keys()) == []


def test_every_code_of_the_catalogue_is_used() -> None:
    assert sorted(catalogue().keys() - used().keys()) == []


def test_machine_codes_are_errors_of_the_catalogue() -> None:
    for code in MACHINE_CODES:
        assert catalogue()[code].severity == "error"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_code_has_its_page(code: str) -> None:
    page = catalogue()[code]
    assert re.fullmatch(r"[CEVLRP]-\d{3}", code)
    assert page.title
    assert not page.title.endswith(".")
    for text in (page.finds, page.why, page.remedy):
        assert text.endswith((".", "…")), text
    assert code in page.example
    assert f"{page.severity} {code}: " in page.example


def test_codes_stand_in_order() -> None:
    text = (REPOSITORY / "pipeline" / "codes.toml").read_text(encoding="utf-8")
    codes = re.findall(r'^\["?([A-Z]-\d{3})"?\]', text, re.MULTILINE)
    assert len(codes) == len(set(codes)) == len(catalogue())
