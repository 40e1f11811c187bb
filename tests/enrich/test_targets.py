"""What there is to refer to in an edition, and how it is addressed."""

from __future__ import annotations

import pytest

from pipeline.enrich.references.targets import address, merged, places_of, volume_number, years_near
from pipeline.tei import TEI_NS, parse


def entry(id_: str, body: str, volume: str = "") -> str:
    scope = f'<seriesStmt><title>Days</title><biblScope unit="volume" n="{volume}"/></seriesStmt>' if volume else ""
    return (
        f'<TEI xmlns="{TEI_NS}" xml:id="{id_}"><teiHeader><fileDesc><titleStmt><title/></titleStmt>{scope}</fileDesc>'
        f"</teiHeader><text><body>{body}</body></text></TEI>"
    )


def test_places_are_those_of_the_documents() -> None:
    first = entry("d1911-03-02", '<div><p>a<pb n="48"/>b<note>c<pb n="412"/>d</note></p></div>', "1")
    second = entry("d1911-03-03", '<div><pb n="48" cert="medium"/><p>a<pb n="49"/></p></div>', "1")
    third = entry("d1912-01-01", '<div><p>a<pb n="49"/></p></div>', "II")
    places = places_of(parse(one.encode()) for one in (second, first, third))
    assert places.entries == {"d1911-03-02", "d1911-03-03", "d1912-01-01"}
    assert places.volumes == {"d1911-03-02": "1", "d1911-03-03": "1", "d1912-01-01": "2"}
    # The page begins in the first entry; that the second begins on it was inferred.
    assert [places.page(n, "I") for n in ("48", "49", "412", "50")] == ["d1911-03-02", "d1911-03-03", "d1911-03-02", ""]
    assert places.page("49", "2") == "d1912-01-01"


def test_parts_of_an_edition_make_one_in_any_order() -> None:
    first = entry("d1911-03-02", '<div><p>a<pb n="48"/>b</p></div>', "1")
    second = entry("d1911-03-03", '<div><pb n="48" cert="medium"/><p>a<pb n="49"/></p></div>', "1")
    parts = [places_of([parse(one.encode())]) for one in (first, second)]
    whole = places_of(parse(one.encode()) for one in (first, second))
    assert merged(parts) == merged(reversed(parts)) == whole
    assert merged([]) == places_of([])


def test_places_of_a_corpus_are_those_of_its_entries() -> None:
    corpus = f'<teiCorpus xmlns="{TEI_NS}">{entry("d1911-03-02", "<p/>")}{entry("d1911-03-03", "<p/>")}</teiCorpus>'
    assert places_of([parse(corpus.encode())]).entries == {"d1911-03-02", "d1911-03-03"}


def test_addresses_are_those_of_the_scheme_or_of_the_file() -> None:
    assert address("d1911-03-02b") == "entry:1911-03-02b"
    assert address("preface") == "preface.xml"


@pytest.mark.parametrize(("written", "number"), [("IV", "4"), ("xii", "12"), ("3", "3"), ("", ""), ("A", "A")])
def test_volumes_are_numbered_in_figures(written: str, number: str) -> None:
    assert volume_number(written) == number


def test_a_year_is_near_before_or_after() -> None:
    assert years_near(5, 3, "1911-03-02", later=False) == [1910, 1911]
    assert years_near(5, 3, "1911-03-02", later=True) == [1911, 1910]
    assert years_near(3, 2, "1911-03-02", later=False) == [1911, 1912]
    assert years_near(5, 3, "1911", later=False) == []
