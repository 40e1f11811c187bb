"""A folder is a test: input.xml (what stands in the body) and case.toml in, expected.xml (what stands there after) out.

`pytest --rewrite` writes the goldens anew; read each against the encoding before keeping it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from lxml import etree

from pipeline.enrich.edition import complete, enrich_document, known_of, survey
from pipeline.enrich.references.targets import Places
from pipeline.tei import TEI_NS, XML_ID, T, lay_out, parse, text_of
from tests.enrich.trees import document

CASES = Path(__file__).parent / "cases"
# How sure a decision is, and why, changes with every weight: that it stands there is enough.
_CERTAINTY = re.compile(r"; certainty [^<]*")
_PRINT = re.compile(r' n="[0-9a-f]{6}(?: [0-9a-f]{6})*"')


def register(kind: str, records: str) -> etree._Element:
    """Return a register with these records."""
    lists = {"persons": "listPerson", "works": "listBibl", "places": "listPlace", "organisations": "listOrg"}
    listing = f"<{lists[kind]}>{records}</{lists[kind]}>"
    return parse(f'<TEI xmlns="{TEI_NS}" xml:id="{kind}"><standOff>{listing}</standOff></TEI>'.encode())


def made(case: Path) -> tuple[str, list[str]]:
    """Return what is made of a case (its body, its annotations), and the codes of what was found."""
    what = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    root = document((case / "input.xml").read_text(encoding="utf-8"), what.get("language", "en"))
    date = root.find(f".//{T}creation/{T}date")
    assert date is not None
    date.set("when", what.get("date", "1911-03-02"))
    root.set(XML_ID, f"d{what.get('date', '1911-03-02')}")
    known = known_of({kind: register(kind, records) for kind, records in what.get("registers", {}).items()})
    known = complete(known, [survey(root, known)], Places(frozenset(what.get("entries", ()))))
    done = enrich_document(root, known)
    again = enrich_document(done.root, known)
    assert etree.tostring(again.root) == etree.tostring(done.root), "a second run changes something"
    text, before = done.root.find(f"{T}text"), root.find(f"{T}text")
    assert text is not None
    assert before is not None
    assert text_of(text) == text_of(before)
    parts = []
    for path in (f"{T}text/{T}body/{T}div", f"{T}standOff/{T}listAnnotation"):
        element = done.root.find(path)
        if element is not None:
            lay_out(element, 0)
            parts += [etree.tostring(child, encoding="unicode", with_tail=False) for child in element]
    shown = "\n".join(parts).replace(f' xmlns="{TEI_NS}"', "") + "\n"
    return _PRINT.sub("", _CERTAINTY.sub("", shown)), sorted({one.code for one in done.findings})


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_the_case_is_encoded_as_expected(case: Path, rewrite: bool) -> None:
    got, codes = made(case)
    expected = case / "expected.xml"
    if rewrite:
        expected.write_text(got, encoding="utf-8")
    assert got == expected.read_text(encoding="utf-8")
    what = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    assert codes == what.get("codes", [])


def test_there_is_a_case_for_every_phenomenon() -> None:
    assert len(list(CASES.iterdir())) >= 30
    for case in CASES.iterdir():
        first = (case / "case.toml").read_text(encoding="utf-8")
        assert first.startswith("# "), f"{case.name} does not say what it shows"
