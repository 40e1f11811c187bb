"""What the edition's schema promises: it is a strict subset of TEI, and its XSD is never stricter than it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from documents import RNG, Writer, local
from lxml import etree

from pipeline.resources import resource
from pipeline.validate.grammar import explainer, load, validate

SHARED = Path(os.environ.get("TEIPRESS_SHARED", Path(__file__).parents[3] / "shared"))
GRAMMAR = resource("schema") / "edition.rng"


def any_element(path: Path) -> etree.RelaxNG:
    """Return the grammar with every one of its elements allowed as the root."""
    tree = etree.parse(path)
    for start in tree.getroot().findall(f"{RNG}start"):
        tree.getroot().remove(start)
    choice = etree.SubElement(etree.SubElement(tree.getroot(), f"{RNG}start"), f"{RNG}choice")
    for define in tree.getroot().iter(f"{RNG}define"):
        if any(local(child) == "element" for child in define):
            etree.SubElement(choice, f"{RNG}ref").set("name", define.get("name"))
    return etree.RelaxNG(tree)


def samples(seed: int, size: int, rounds: int) -> list[etree._Element]:
    """Return random elements, each of the grammar's in every round."""
    writer = Writer(GRAMMAR, seed)
    patterns = [one for one in writer.elements if one.get("name") not in ("xi:include", "teiCorpus")]
    # Parsed anew, as validators see documents.
    return [
        etree.fromstring(etree.tostring(writer.write(pattern, size))) for _ in range(rounds) for pattern in patterns
    ]


def test_every_random_element_is_valid_under_its_own_grammar() -> None:
    ours = any_element(GRAMMAR)
    for sample in samples(1, 12, 2):
        assert ours.validate(sample), (ours.error_log.last_error, etree.tostring(sample))


@pytest.mark.shared
def test_what_the_edition_allows_tei_allows() -> None:
    path = SHARED / "tei" / "tei_all.rng"
    if not path.is_file():
        pytest.skip(f"there is no {path}")
    tei = any_element(path)
    for sample in samples(2, 12, 4):
        assert tei.validate(sample), (tei.error_log.last_error, etree.tostring(sample))


def test_the_xsd_accepts_what_the_relax_ng_accepts() -> None:
    writer = Writer(GRAMMAR, 3)
    roots = [one for one in writer.elements if one.get("name") in ("TEI", "teiCorpus")]
    xsd = explainer(GRAMMAR.with_suffix(".xsd"))
    relax = load().verdict
    for root in roots * 15:
        document = etree.fromstring(etree.tostring(writer.write(root, 60)))
        assert relax.validate(document), relax.error_log.last_error
        found = next(xsd.iter_errors(document), None)
        assert found is None, (found.reason, etree.tostring(document))


@pytest.mark.shared
def test_the_example_of_the_design_is_valid() -> None:
    path = SHARED / "design" / "example.xml"
    if not path.is_file():
        pytest.skip(f"there is no {path}")
    assert validate(path.read_bytes(), path.name, load(), xsd=True) == ()
