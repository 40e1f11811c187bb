"""What holds for all the passes together, on any tree: the text stays, markup stays, a second run changes nothing."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from lxml import etree

from pipeline.enrich.edition import Known, complete, enrich_document, known_of, survey
from pipeline.enrich.record import is_rules, withdraw
from pipeline.enrich.references.targets import Places
from pipeline.tei import T, parse, text_of
from tests.enrich.test_cases import register
from tests.enrich.trees import document, trees

_PERSONS = """<person xml:id="orlov"><persName type="main">Orlov, Ilya</persName></person>
<person xml:id="hale"><persName type="main">Hale, Edith (Moor)</persName></person>
<person xml:id="roux"><persName type="main">Roux, Lucien</persName></person>"""


@cache
def known() -> Known:
    """Return what is known of a small edition."""
    places = register("places", '<place xml:id="trieste"><placeName>Trieste</placeName></place>')
    return known_of({"persons": register("persons", _PERSONS), "places": places})


def enriched(root: etree._Element) -> etree._Element:
    """Return a document enriched with everything that it holds itself."""
    return enrich_document(root, complete(known(), [survey(root, known())], Places())).root


def text(root: etree._Element) -> str:
    """Return the reading text of a document's text."""
    found = root.find(f"{T}text")
    assert found is not None
    return text_of(found)


@given(trees())
def test_no_character_is_lost_added_or_moved(root: etree._Element) -> None:
    assert text(enriched(root)) == text(root)


@given(trees())
def test_a_second_run_changes_nothing(root: etree._Element) -> None:
    once = enriched(root)
    assert etree.tostring(enriched(once)) == etree.tostring(once)


@given(trees())
def test_what_others_wrote_stays(root: etree._Element) -> None:
    done = enriched(root)
    shape = [(one.tag, dict(one.attrib)) for one in root.find(f"{T}text").iter()]  # type: ignore[union-attr]
    kept = [
        (one.tag, dict(one.attrib))
        for one in done.find(f"{T}text").iter()  # type: ignore[union-attr]
        if not (isinstance(one.tag, str) and is_rules(one) and one.tag != f"{T}sp")
    ]
    rules = ("who", "cert", "resp")
    bare = [
        (tag, {key: value for key, value in held.items() if tag != f"{T}sp" or key not in rules}) for tag, held in kept
    ]
    assert bare == shape


@given(trees())
def test_withdrawn_it_is_the_text_that_it_was(root: etree._Element) -> None:
    done = enriched(root)
    withdraw(done)
    before, after = root.find(f"{T}text"), done.find(f"{T}text")
    assert etree.tostring(after) == etree.tostring(before)


def test_archives_with_a_register_of_their_own_have_their_own_scheme() -> None:
    root = document('<p xml:id="en.1">Sent.<note type="editorial">RGX f.14 op.2 d.77 l.12.</note></p>')
    identifier = "<msIdentifier><altIdentifier type='siglum'><idno>RGX</idno></altIdentifier></msIdentifier>"
    archive = f"<msDesc xml:id='rgx'>{identifier}</msDesc>"
    with_archives = known_of({"works": register("works", archive)})
    apart = Known(with_archives.people, with_archives.library, with_archives.gazetteer, archives_apart=True)
    for held, scheme in ((with_archives, "bib:rgx"), (apart, "arc:rgx")):
        (bibl,) = enrich_document(parse(etree.tostring(root)), held).root.iter(f"{T}bibl")
        assert bibl.get("corresp") == scheme
