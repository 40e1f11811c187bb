"""The register of works and archives: what is found by which words, what is proposed, and that order is nothing."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.citations.library import Library, Record, Sighting, library_of, proposals, propose, read_library
from pipeline.enrich.citations.library_records import family_name, key
from pipeline.enrich.citations.parts import Fields
from pipeline.enrich.citations.sightings import slug
from pipeline.tei import TEI_NS, XML_ID, T, parse, text_of

REGISTER = f"""<TEI xmlns="{TEI_NS}"><standOff>
 <listBibl type="archives">
  <msDesc xml:id="hbr"><msIdentifier><settlement>Riga</settlement><repository>Harbour Records</repository>
   <altIdentifier type="siglum"><idno>HBR</idno></altIdentifier></msIdentifier></msDesc>
  <msDesc xml:id="tarn"><msIdentifier><repository>Fen Library</repository><collection>Tarn papers</collection>
   <altIdentifier type="siglum"><idno>TARN</idno></altIdentifier></msIdentifier></msDesc>
 </listBibl>
 <listBibl type="works">
  <bibl xml:id="moor-winter"><author>E. Moor</author>, <title level="m">A Winter at Sea: Letters of a Pilot</title>
   (<pubPlace>London</pubPlace>, <date when="1931">1931</date>)</bibl>
  <bibl xml:id="roe-ice"><author>A. Roe</author>, <title level="a">‘The End of the Ice’</title>,
   <title level="j">Harbour Studies</title></bibl>
  <bibl xml:id="zzp"><title level="m">Zapiski zolotogo porta</title>, <abbr>ZZP</abbr></bibl>
  <bibl xml:id="hale-papers"><editor>B. Hale</editor> (ed.), <title level="m">The Young Pilot Letters</title></bibl>
  <bibl xml:id="paper"><title level="m">On Ports</title>, <idno type="paper">Cmd. 5721</idno></bibl>
  <bibl xml:id="roe-first"><author>A. Roe</author>, <title level="m">Letters from Riga</title></bibl>
  <bibl xml:id="roe-second"><author>A. Roe</author>, <title level="m">Letters from Reval</title></bibl>
 </listBibl>
</standOff></TEI>"""
LIBRARY = read_library(parse(REGISTER.encode()))


def work(title: str, *authors: str, **more: str) -> Fields:
    return Fields(authors=authors, title=title, level="m", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        (work("A Winter at Sea", "Moor"), ["moor-winter"]),
        (work("Winter at Sea", "Edith Moor"), ["moor-winter"]),
        (work("Winter", "Moor"), ["moor-winter"]),
        (work("A Winter at Sea"), ["moor-winter"]),
        (work("A Winter at Sea", "Hale"), []),
        (work("A Summer at Sea", "Moor"), []),
        (work("The end of the ice", "Roe"), ["roe-ice"]),
        (work("ZZP"), ["zzp"]),
        (work("Zapiski zolotogo porta"), ["zzp"]),
        (work("Pilot Letters", "Hale"), ["hale-papers"]),
        (work("Something", paper="Cmd. 5721"), ["paper"]),
        (work("Letters", "Roe"), ["roe-first", "roe-second"]),
        (work("Sea"), []),
        (work(""), []),
        (Fields(org="HBR", mark="HBR f.1"), ["hbr"]),
        (Fields(org="Harbour Records"), ["hbr"]),
        (Fields(collection="Tarn papers", mark="box 3"), ["tarn"]),
        (Fields(mark="TARN 3/2"), ["tarn"]),
        (Fields(mark="TARM 3/2"), []),
        (Fields(org="XYZ", mark="XYZ 1"), []),
    ],
)
def test_a_work_is_found_by_what_it_is_cited_by(cited: Fields, found: list[str]) -> None:
    assert list(LIBRARY.index.find(cited)) == found


def test_a_library_of_sources_other_than_registers_is_not_read() -> None:
    header = f'<TEI xmlns="{TEI_NS}"><teiHeader><bibl xml:id="capture"><title>Web</title></bibl></teiHeader></TEI>'
    assert read_library(parse(header.encode())) == Library()


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("E. Moor", "moor"),
        ("Рогов А. Б.", "рогов"),
        ("Roe, J. B.", "roe"),
        ("Sir John Moor", "moor"),
        ("von Ahn", "ahn"),
        ("", ""),
    ],
)
def test_a_family_name_is_told(name: str, family: str) -> None:
    assert family_name(name) == family


def test_titles_are_compared_without_article_case_and_accents() -> None:
    assert key("The Winter’s Tale") == key("winters tale")
    assert key("L’Escadre") == key("Éscadre")


def test_words_of_any_script_make_an_address() -> None:
    assert slug("Воспоминания о порту") == "vospominaniia-o-portu"
    assert slug("Größe & Maß") == "grosse-mass"


def seen(fields: Fields, entry: str = "d1", note: str = "n1") -> Sighting:
    return Sighting(fields, fields.title or fields.mark, entry, note)


def ids(library: Library) -> list[str]:
    return sorted(record.id for record in library.records if record.new)


def test_sightings_of_one_work_make_one_record() -> None:
    made = propose(
        Library(),
        [
            seen(work("My Harbour Life", "Moor"), "d3"),
            seen(work("My Harbour Life", "E. Moor", place="London", date="1955"), "d1"),
            seen(work("My Harbour Life"), "d2"),
            seen(work("Harbour Life", "Moor"), "d4"),
        ],
    )
    assert ids(made) == ["moor-harbour-life"]
    record = made.records[0]
    assert record.fields.authors == ("E. Moor",)
    assert (record.fields.place, record.fields.date) == ("London", "1955")
    assert [entry for entry, _ in record.found] == ["d1", "d2", "d3", "d4"]


def test_a_series_and_an_archive_are_one_record_each() -> None:
    made = propose(
        Library(),
        [
            seen(work("ZZP")),
            seen(work("ZZP"), "d2"),
            seen(Fields(org="TNA", mark="TNA FO 371 1")),
            seen(Fields(org="TNA", mark="TNA CAB 23/1"), "d2"),
            seen(Fields(collection="Tarn papers", mark="TARN 3/2")),
            seen(Fields(mark="TARN 7/1")),
        ],
    )
    assert ids(made) == ["tarn-papers", "tna", "zzp"]


def test_two_works_with_one_address_stay_two() -> None:
    made = propose(Library(), [seen(work("Ice and Men", "A. Roe")), seen(work("Ice and Men", "B. Hale"))])
    assert ids(made) == ["hale-ice-men", "roe-ice-men"]
    made = propose(Library(), [seen(work("Ice, Salt, Tar")), seen(work("Ice, Salt, Rope"))])
    assert len(ids(made)) == 2


def test_an_address_that_is_there_is_never_changed_nor_taken() -> None:
    library = library_of([Record("tna", work("Tables of Navigation"))])
    made = propose(library, [seen(Fields(org="TNA", mark="TNA FO 1"))])
    assert ids(made) == ["tna-2"]
    assert made.records[0].id == "tna"


def test_what_is_in_the_register_is_not_proposed() -> None:
    assert propose(LIBRARY, [seen(work("Winter at Sea", "Moor")), seen(Fields(org="HBR", mark="x"))]) == LIBRARY


_FIELDS = st.one_of(
    st.builds(
        lambda title, authors, place: Fields(authors=authors, title=title, level="m", place=place),
        st.sampled_from(["Ice", "Ice and Men", "The Ice and the Men", "Letters", "Letters from Riga", "ZZP", "Порт"]),
        st.sampled_from([(), ("Roe",), ("A. Roe",), ("B. Hale",)]),
        st.sampled_from(["", "London", "Hull"]),
    ),
    st.builds(
        lambda org, mark: Fields(org=org, mark=mark),
        st.sampled_from(["TNA", "GARF", "Fen Library", ""]),
        st.sampled_from(["TARN 3/2", "FO 371"]),
    ),
    st.just(Fields(collection="Tarn papers", mark="TARN 3/2")),
)
_SIGHTINGS = st.lists(st.builds(seen, _FIELDS, st.sampled_from(["d1", "d2", "d3"])), max_size=12)


@given(_SIGHTINGS, st.randoms(use_true_random=False))
def test_the_order_of_sightings_is_nothing(sightings: list[Sighting], chance: object) -> None:
    shuffled = list(sightings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(LIBRARY, shuffled) == propose(LIBRARY, sightings)


def file_of(library: Library) -> etree._Element:
    """Return a register file with the proposals of a library, as a run leaves it."""
    listing = etree.Element(f"{T}listBibl", nsmap={None: TEI_NS}, type="proposed")
    listing.extend(proposals(library))
    return parse(etree.tostring(listing))


@given(_SIGHTINGS)
def test_proposals_that_were_written_are_read_and_nothing_is_proposed_again(sightings: list[Sighting]) -> None:
    made = propose(Library(), sightings)
    file = file_of(made)
    read = read_library(file)
    assert [one.id for one in read.records] == ids(made)
    again = propose(read, sightings)
    assert ids(again) == []
    assert etree.tostring(file_of(again)) == etree.tostring(file)


def test_a_proposal_says_where_it_was_found_at_most_five_times() -> None:
    made = propose(Library(), [seen(work("Ice and Men", "Roe"), f"d{number}", f"n{number}") for number in range(9)])
    (element,) = proposals(made)
    assert element.get("status") == "proposed"
    assert element.get(XML_ID) == "roe-ice-men"
    assert text_of(element) == "Roe, Ice and Men"
    assert [one.get("target") for one in element.iter(f"{T}ptr")] == [f"d{one}.xml#n{one}" for one in range(5)]


def test_an_archive_is_proposed_as_a_description_with_its_siglum() -> None:
    (element,) = proposals(propose(Library(), [seen(Fields(org="TNA", mark="FO 1"))]))
    assert etree.QName(element).localname == "msDesc"
    assert text_of(next(element.iter(f"{T}idno"))) == "TNA"


def test_what_an_editor_wrote_into_a_proposal_stays() -> None:
    written = f"""<listBibl xmlns="{TEI_NS}" type="proposed"><bibl xml:id="zzp" status="proposed"><title>ZZP</title>
     <note>Ask the archive.</note></bibl></listBibl>"""
    (element,) = proposals(read_library(parse(written.encode())))
    assert "Ask the archive." in text_of(element)


def test_a_library_and_sightings_can_be_sent_to_other_processes() -> None:
    sighting = seen(work("Ice"))
    assert pickle.loads(pickle.dumps((LIBRARY, sighting))) == (LIBRARY, sighting)


def test_a_large_register_is_searched_as_fast_as_a_small_one() -> None:
    def seconds(size: int) -> float:
        records = (
            Record(f"r{one}", work(f"Port {one} and its Letters {one % 97}", f"A. Name{one}x")) for one in range(size)
        )
        library = library_of(records)
        began = time.perf_counter()
        for number in (each % size for each in range(300)):
            assert library.index.find(work(f"Port {number} and its Letters", f"Name{number}x"))
            library.index.find(work("Unknown Letters of the Port"))
        return time.perf_counter() - began

    assert seconds(20_000) < 10 * max(seconds(200), 0.005)
