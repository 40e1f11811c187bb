"""The header says who made what of which source, and claims nothing that it does not know."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pipeline.config import Edition, Sources
from pipeline.tei import T, text_of
from tests.capture import AUTHOR, VOLUME, entry
from tests.convert.making import make

_EDITION = Edition(
    root=Path("edition"),
    title="The Tidewater Journals",
    author="Edda Marlowe",
    editors=("Una Sorrel", "Piet Haan"),
    publisher="Saltmarsh Press",
    place="Wick",
    licence="https://creativecommons.org/licenses/by/4.0/",
    base_url="https://example.org/tidewater/",
    release="1.2.0",
    released="2026-05-01",
    sources=Sources(captured="2025-10-04"),
)
_LETTER = {
    "Recipient": "Penhallow, Josiah",
    "Repository": "Tidewater Harbour Archive",
    "ID #": "TH f.14 op.2 d.9",
    "Description": "A letter on the mole & the <board>,\nwith a drawing.",
}


def _text(root, path: str) -> str | None:  # type: ignore[no-untyped-def]
    found = root.find(path.replace("/", f"/{T}").replace(f"/{T}/{T}", f"//{T}"))
    return text_of(found) if found is not None else None


def test_a_letter_has_its_correspondents_its_shelf_mark_and_its_description() -> None:
    header = make(entry("Dear Josiah,", "There is no mole.", details=_LETTER)).root[0]
    sent, received = header.iter(f"{T}correspAction")
    assert [one.get("type") for one in (sent, received)] == ["sent", "received"]
    assert sent.findtext(f"{T}persName") == AUTHOR
    assert sent.find(f"{T}date").get("when") == "1911-03-02"  # type: ignore[union-attr]
    assert received.findtext(f"{T}persName") == "Penhallow, Josiah"
    (identifier,) = header.iter(f"{T}msIdentifier")
    assert identifier.findtext(f"{T}repository") == "Tidewater Harbour Archive"
    assert identifier.findtext(f"{T}idno") == "TH f.14 op.2 d.9"
    (abstract,) = header.iter(f"{T}abstract")
    assert text_of(abstract) == "A letter on the mole & the <board>, with a drawing."


def test_a_diary_entry_claims_no_correspondence_and_no_manuscript() -> None:
    header = make(entry("There is no mole.")).root[0]
    for name in ("correspDesc", "msDesc", "abstract"):
        assert not list(header.iter(f"{T}{name}"))


def test_the_source_is_named_with_its_digest() -> None:
    text = entry("There is no mole.")
    (capture,) = (one for one in make(text).root.iter(f"{T}bibl") if one.get("type") == "capture")
    assert capture.findtext(f"{T}idno[@type='file']") == "a.txt"
    assert capture.findtext(f"{T}idno[@type='sha256']") == sha256(text.encode()).hexdigest()


def test_the_volume_is_a_series_with_its_number() -> None:
    (series,) = make(entry("There is no mole.")).root.iter(f"{T}seriesStmt")
    assert series.findtext(f"{T}title") == "The Tidewater Journals"
    scope = series.find(f"{T}biblScope")
    assert scope is not None
    assert (scope.get("n"), scope.text) == ("2", VOLUME)


def test_each_sequence_of_pages_has_its_bibl() -> None:
    note = "Marlowe’s chart of 1909, and the", "", "Page 388", "", "rest. See Bolitho, Lights of the Estuary, pp. 61–2."
    root = make(entry("They published my chart.", *note, "I bought four.", "", "Page 12", "", "I drew a fifth.")).root
    pages = {
        bibl.get("{http://www.w3.org/XML/1998/namespace}id"): (scope.get("from"), scope.get("to"))
        for bibl in root.iter(f"{T}bibl")
        for scope in bibl.iter(f"{T}biblScope")
        if scope.get("unit") == "page"
    }
    assert pages == {"print": ("11", "12"), "print.notes": ("388", "388")}


def test_the_day_written_is_in_the_profile() -> None:
    (creation,) = make(entry("There is no mole.")).root.iter(f"{T}creation")
    date = creation.find(f"{T}date")
    assert date is not None
    assert (date.get("when"), date.text) == ("1911-03-02", "1911 Mar 2")


def test_languages_of_both_sides_are_named() -> None:
    text = entry("There is no mole.", transcription=["2 марта", "Никакого мола нет, и не было, и я это знаю."])
    idents = [one.get("ident") for one in make(text).root.iter(f"{T}language")]
    assert idents == ["en", "ru"]


def test_without_an_edition_nothing_is_claimed() -> None:
    header = make(entry("There is no mole.")).root[0]
    (publication,) = header.iter(f"{T}publicationStmt")
    assert text_of(publication) == "Unpublished."
    assert not list(header.iter(f"{T}licence"))


def test_an_edition_is_stated_with_publisher_address_licence_and_release() -> None:
    header = make(entry("There is no mole."), edition=_EDITION).root[0]
    (publication,) = header.iter(f"{T}publicationStmt")
    assert publication.findtext(f"{T}publisher") == "Saltmarsh Press"
    assert publication.findtext(f"{T}pubPlace") == "Wick"
    address = publication.findtext(f"{T}idno")
    assert address is not None
    assert address.startswith("https://example.org/tidewater/")
    assert address.endswith("d1911-03-02")
    assert "//" not in address.removeprefix("https://")
    (licence,) = header.iter(f"{T}licence")
    assert licence.get("target") == _EDITION.licence
    (edition,) = header.iter(f"{T}edition")
    assert edition.get("n") == "1.2.0"
    editors = [one.text for one in header.iter(f"{T}editor")]
    assert editors == ["Una Sorrel", "Piet Haan"]
    (captured,) = (one for one in header.iter(f"{T}bibl") if one.get("type") == "capture")
    assert captured.find(f"{T}date[@when='2025-10-04']") is not None


def test_the_program_owns_its_decisions() -> None:
    root = make(entry("The tide was out.", "", "Page 31", "", "By noon it was in.")).root
    (responsible,) = (
        one for one in root.iter(f"{T}respStmt") if one.get("{http://www.w3.org/XML/1998/namespace}id") == "auto.struct"
    )
    assert "rule set" in text_of(responsible)
    inferred = next(root.iter(f"{T}pb"))
    assert (inferred.get("n"), inferred.get("resp"), inferred.get("cert")) == ("30", "#auto.struct", "medium")


def test_a_decision_that_is_not_sure_is_listed_with_evidence_and_alternatives() -> None:
    made = make(
        entry("The board sat until dusk.", "Tidewater Harbour Board, founded 1871.", "The lamps were lit at five.")
    )
    annotations = list(made.root.iter(f"{T}annotation"))
    assert len(annotations) == made.conversion.counts.unsure > 0
    for one in annotations:
        said = text_of(one)
        assert "certainty 0." in said
        assert "otherwise" in said
        assert one.find(f"{T}respStmt[@resp='#auto.struct']") is not None
