"""References: to entries by their day, to pages and notes of the same edition, and what leads elsewhere."""

from __future__ import annotations

import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.model import Claim, Entry, Outcome
from pipeline.enrich.references.rules import references
from pipeline.enrich.references.targets import Page, Places
from pipeline.passage import passages
from pipeline.tei import TEI_NS
from tests.enrich.showing import apply, check_claims, codes
from tests.enrich.trees import document, passage, trees

_PLACES = Places(
    frozenset(
        "d1910-05-03 d1910-12-28 d1911-01-03 d1911-02-12 d1911-03-02 d1911-05-03 d1911-05-05 d1912-06-04b".split()
    ),
    {"d1911-02-12": "1", "d1911-03-02": "1", "d1912-06-04b": "2"},
    {
        ("1", "48"): Page(0, "d1911-02-12"),
        ("1", "52"): Page(0, "d1911-03-02"),
        ("2", "412"): Page(0, "d1912-06-04b"),
        ("1", "xii"): Page(0, "d1910-05-03"),
    },
)  # fmt: skip
_ENTRY = Entry(id="d1911-03-02", date="1911-03-02", author="Hale, Edith (Moor)")
_rules = partial(references, edition=_PLACES)


def in_note(text: str, language: str = "en") -> Outcome:
    """Return what is claimed in the second of three notes of an entry, the first and the last without references."""
    body = (
        f'<p>One<note xml:id="n1">A consul.</note> two<note xml:id="n2">{text}</note> '
        'three<note xml:id="n3">A clerk.</note>.</p>'
    )
    return apply(_rules, body, language, _ENTRY)[1]


def led(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the words of each reference and where it leads."""
    return [(one.form, dict(one.attributes).get("target", "")) for one in outcome.claims]


@pytest.mark.parametrize(
    ("text", "form", "language"),
    [
        ("See diary entry for 12 February 1911.", "diary entry for 12 February 1911", "en"),
        ("See the entry of 12 Feb. 1911.", "entry of 12 Feb. 1911", "en"),
        ("He came; see also above, entry for 12th February, 1911.", "entry for 12th February, 1911", "en"),
        ("Cf. entry for February 12, 1911, and the rest.", "entry for February 12, 1911", "en"),
        ("cf. my entry under Sunday, 12 February 1911", "entry under Sunday, 12 February 1911", "en"),
        ("See diary for 12 February 1911.", "diary for 12 February 1911", "en"),
        ("See Hale’s diary entry for 12 February 1911.", "diary entry for 12 February 1911", "en"),
        ("See entry for 1911-02-12.", "entry for 1911-02-12", "en"),
        ("See note 3 to the entry for 12 February 1911.", "entry for 12 February 1911", "en"),
        ("Siehe Eintrag vom 12. Februar 1911.", "Eintrag vom 12. Februar 1911", "de"),
        ("Vgl. den Tagebucheintrag vom 12.2.1911.", "Tagebucheintrag vom 12.2.1911", "de"),
        ("Voir l’entrée du 12 février 1911.", "entrée du 12 février 1911", "fr"),
        ("Cf. aussi l'entrée du dimanche 12 février 1911.", "entrée du dimanche 12 février 1911", "fr"),
        ("См. запись от 12 февраля 1911 г.", "запись от 12 февраля 1911 г.", "ru"),
        ("Ср. дневниковую запись за 12 февраля 1911 г.; и", "дневниковую запись за 12 февраля 1911 г.", "ru"),
        ("См. запись в дневнике от 12 февраля 1911", "запись в дневнике от 12 февраля 1911", "ru"),
    ],
)
def test_an_entry_is_referred_to_by_its_day(text: str, form: str, language: str) -> None:
    outcome = in_note(text, language)
    assert led(outcome) == [(form, "entry:1911-02-12")]
    assert outcome.claims[0].attributes[0] == ("type", "entry")
    assert outcome.claims[0].value == "entry:1911-02-12"
    assert codes(outcome) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See entries for 3 and 5 May 1911.", [("entries for 3", "1911-05-03"), ("5 May 1911", "1911-05-05")]),
        (
            "See entries for 12 February, 3 &amp; 5 May 1911.",
            [("entries for 12 February", "1911-02-12"), ("3", "1911-05-03"), ("5 May 1911", "1911-05-05")],
        ),
        (
            "See diary entries for 28 December and 3 January 1911.",
            [("diary entries for 28 December", "1910-12-28"), ("3 January 1911", "1911-01-03")],
        ),
        (
            "See entries for 3 May 1910 and 12 February 1911, 12 pages.",
            [("entries for 3 May 1910", "1910-05-03"), ("12 February 1911", "1911-02-12")],
        ),
        ("Siehe Einträge vom 3. und 5. Mai 1911.", [("Einträge vom 3.", "1911-05-03"), ("5. Mai 1911", "1911-05-05")]),
        ("Voir les entrées des 3 et 5 mai 1911.", [("entrées des 3", "1911-05-03"), ("5 mai 1911", "1911-05-05")]),
        ("См. записи от 3 и 5 мая 1911 г.", [("записи от 3", "1911-05-03"), ("5 мая 1911 г.", "1911-05-05")]),
    ],
)
def test_each_day_of_several_is_a_reference(text: str, expected: list[tuple[str, str]]) -> None:
    assert led(in_note(text)) == [(form, f"entry:{day}") for form, day in expected]


def test_a_range_of_days_leads_to_each_entry_there_is() -> None:
    for text in ("See entries for 3–6 May 1911.", "See entries for 3 to 6 May 1911."):
        assert led(in_note(text)) == [(text[4:-1], "entry:1911-05-03 entry:1911-05-05")]


def test_a_day_without_a_year_is_the_nearest_before() -> None:
    outcome = in_note("See entry for 3 January.")
    assert led(outcome) == [("entry for 3 January", "entry:1911-01-03")]
    assert outcome.claims[0].certainty < 0.9


def test_a_day_without_a_year_is_the_one_that_the_edition_has() -> None:
    earlier, below, later = (
        in_note(text).claims[0]
        for text in ("See entry for 3 May.", "See below, entry for 3 May.", "See entry for 5 May.")
    )
    assert (earlier.value, below.value, later.value) == ("entry:1910-05-03", "entry:1911-05-03", "entry:1911-05-05")
    assert earlier.alternatives == (("entry:1911-05-03", 0.1),)
    assert later.certainty < earlier.certainty


def test_the_second_entry_of_a_day_is_found_where_it_is_alone_or_named() -> None:
    assert led(in_note("See entry for 4 June 1912.")) == [("entry for 4 June 1912", "entry:1912-06-04b")]
    assert led(in_note("See entry for 4 June 1912 (2).")) == [("entry for 4 June 1912 (2)", "entry:1912-06-04b")]


def test_a_date_that_is_marked_is_wrapped_whole() -> None:
    outcome = in_note('See entry for <date when="1911-02-12">12 February</date>, and so on.')
    assert led(outcome) == [("entry for 12 February", "entry:1911-02-12")]
    outcome = in_note('See entry for <date when="1911-05-03">3 May</date>.')
    assert led(outcome) == [("entry for 3 May", "entry:1911-05-03")]
    assert outcome.claims[0].alternatives == (("entry:1910-05-03", 0.1),)


@pytest.mark.parametrize(
    "text",
    [
        "In his diary entry for 12 February 1911 Roux says so.",
        "See Roux’s diary entry for 12 February 1911.",
        "Roux, diary entry for 13 February 1911.",
        "The entry of 13 people on 12 February 1911.",
        "See entry for February 1911.",
        "See entry no. 12.",
        "See <bibl>Roux, diary entry for 12 February 1911</bibl>.",
        "He wrote: <q>‘See entry for 12 February 1911’</q>.",
        "See Roux, Days, 12 February 1911.",
        "His diary for 12 February 1911 is lost.",
    ],
)
def test_another_diary_is_not_referred_to(text: str) -> None:
    outcome = in_note(text)
    assert (led(outcome), codes(outcome)) == ([], [])


def test_without_a_pointer_only_an_entry_that_is_there_is_meant() -> None:
    outcome = in_note("He was away (entry for 12 February 1911).")
    assert led(outcome) == [("entry for 12 February 1911", "entry:1911-02-12")]
    assert outcome.claims[0].certainty < 0.9
    assert led(in_note("He was away (entry for 13 February 1911).")) == []


def test_an_entry_that_is_not_there_has_no_target_and_is_reported() -> None:
    outcome = in_note("See diary entry for 13 February 1911.")
    assert led(outcome) == [("diary entry for 13 February 1911", "")]
    assert outcome.claims[0].value == "entry:1911-02-13"
    assert codes(outcome) == ["L-010"]


def test_the_writer_is_known_by_an_alias_too() -> None:
    assert led(in_note("See Moor’s entry for 12 February 1911.")) == [
        ("entry for 12 February 1911", "entry:1911-02-12")
    ]
    assert led(in_note("See Edith’s entry for 12 February 1911.")) == []


def test_a_day_that_no_calendar_has_leads_nowhere() -> None:
    assert led(in_note("See entry for 12.13.1911.")) == []
    assert led(in_note("See entry for 45 May 1911.")) == []
    outcome = in_note("See entry for 31 February 1911.")
    assert (led(outcome), codes(outcome)) == ([("entry for 31 February 1911", "")], ["L-010"])


def test_a_day_without_a_year_in_an_undated_entry_leads_nowhere() -> None:
    _, outcome = apply(_rules, "<p>See entry for 12 February.</p>", entry=Entry())
    assert (led(outcome), codes(outcome)) == ([("entry for 12 February", "")], ["L-010"])


def test_an_entry_is_referred_to_in_the_text_too() -> None:
    _, outcome = apply(_rules, "<p>I was ill (see entry for 12 February).</p>", entry=_ENTRY)
    assert led(outcome) == [("entry for 12 February", "entry:1911-02-12")]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("See above, p. 48.", "p. 48"),
        ("Moor had known him well in exile; see p. 48.", "p. 48"),
        ("He is noticed below, p. 48; and elsewhere.", "p. 48"),
        ("See p. 48 above.", "p. 48"),
        ("Above, p. 48.", "p. 48"),
        ("He is named again, p. 48 below.", "p. 48"),
        ("As mentioned above, p. 48, he left.", "p. 48"),
        ("See p. 48 of this volume.", "p. 48"),
        ("See this volume, page 48.", "page 48"),
        ("Cf. supra p. 48.", "p. 48"),
        ("See above, pp. 48–50.", "pp. 48–50"),
        ("See vol. 1, p. 48.", "vol. 1, p. 48"),
        ("See above, vol. I, p. 48.", "vol. I, p. 48"),
        ("Siehe oben, S. 48.", "S. 48"),
        ("Vgl. S. 48 oben.", "S. 48"),
        ("Siehe Bd. 1, S. 48.", "Bd. 1, S. 48"),
        ("Voir ci-dessus, p. 48.", "p. 48"),
        ("Voir p. 48 ci-dessous.", "p. 48"),
        ("См. выше, с. 48.", "с. 48"),
        ("См.: с. 48 наст. изд.", "с. 48"),
    ],
)
def test_a_page_of_this_book_is_referred_to(text: str, form: str) -> None:
    outcome = in_note(text)
    assert led(outcome) == [(form, "entry:1911-02-12")]
    assert outcome.claims[0].attributes[0] == ("type", "page")
    assert codes(outcome) == []


def test_each_page_of_several_is_a_reference() -> None:
    assert led(in_note("See above, pp. 48 and 52.")) == [("pp. 48", "entry:1911-02-12"), ("52", "entry:1911-03-02")]
    assert led(in_note("See pp. 48, 52 &amp; 48 below.")) == [
        ("pp. 48", "entry:1911-02-12"),
        ("52", "entry:1911-03-02"),
        ("48", "entry:1911-02-12"),
    ]
    assert led(in_note("See above, pp. 48 and 12 others.")) == [("pp. 48", "entry:1911-02-12")]
    assert led(in_note("See above, p. xii.")) == [("p. xii", "entry:1910-05-03")]


@pytest.mark.parametrize(
    "text",
    [
        "Roux, Letters, p. 48.",
        "Roux, Letters (London, 1901), p. 9. See p. 48.",
        "‘The canon’s testimony’, see p. 48.",
        "See p. 48 in the same book.",
        "Roux, cited above, p. 48.",
        "Roux, as above, p. 48.",
        "See Roux, Letters, vol. 1, p. 48.",
        "See <bibl>above, p. 48</bibl>.",
        "Roux (named above), p. 48.",
        "Ebd., S. 48.",
        "Там же, с. 48.",
    ],
)
def test_a_page_of_another_book_is_none(text: str) -> None:
    outcome = in_note(text)
    assert (led(outcome), codes(outcome)) == ([], [])


def test_a_page_that_is_not_there_has_no_target_and_is_reported() -> None:
    outcome = in_note("See above, p. 99.")
    assert (led(outcome), codes(outcome)) == ([("p. 99", "")], ["L-011"])
    # Page 412 is one of another volume.
    assert codes(in_note("See above, p. 412.")) == ["L-011"]
    assert led(in_note("See vol. 2, p. 412.")) == [("vol. 2, p. 412", "entry:1912-06-04b")]


def test_a_volume_and_a_day_lead_to_an_entry() -> None:
    assert led(in_note("See vol. 2, 4 June 1912.")) == [("vol. 2, 4 June 1912", "entry:1912-06-04b")]
    assert led(in_note("See The Times, vol. 2, 4 June 1912.")) == []


def test_a_page_in_the_text_is_less_sure_than_in_a_note() -> None:
    _, outcome = apply(_rules, "<p>See above, p. 48.</p><note type='commentary'><p>[See above, p. 48.]</p></note>")
    text, commentary = outcome.claims
    assert text.certainty < commentary.certainty


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Cf. note 3.", "note 3"),
        ("On this see n. 3 below.", "n. 3"),
        ("A man, for whom see note 3, and others.", "note 3"),
        ("See above, note 3.", "note 3"),
        ("Note 3 above is wrong.", "Note 3"),
        ("Vgl. Anm. 3.", "Anm. 3"),
        ("Siehe unten, Anmerkung 3.", "Anmerkung 3"),
        ("Voir la note 3.", "note 3"),
        ("См. прим. 3.", "прим. 3"),
        ("См. сноску 3.", "сноску 3"),
    ],
)
def test_a_note_of_the_entry_is_referred_to(text: str, form: str) -> None:
    outcome = in_note(text)
    assert led(outcome) == [(form, "#n3")]
    assert outcome.claims[0].attributes[0] == ("type", "note")
    assert codes(outcome) == []


@pytest.mark.parametrize(
    "text",
    [
        "Roux, Letters, p. 4, note 3.",
        "See note 3 of the treaty.",
        "The note 3 was lost.",
        "Sent Note 3.",
        "See note A.",
    ],
)
def test_other_notes_are_none(text: str) -> None:
    assert led(in_note(text)) == []


def test_each_note_of_several_is_a_reference() -> None:
    assert led(in_note("See notes 1 and 3.")) == [("notes 1", "#n1"), ("3", "#n3")]


def test_a_note_that_is_not_there_has_no_target_and_is_reported() -> None:
    outcome = in_note("See note 9, and see note 2.")
    assert led(outcome) == [("note 9", ""), ("note 2", "")]
    assert codes(outcome) == ["L-012", "L-012"]


def test_notes_are_counted_in_their_side_and_by_the_number_that_they_have() -> None:
    body = '<p>a<note xml:id="x" n="7">See note 8.</note> b<note xml:id="y" n="8">A clerk.</note></p>'
    assert led(apply(_rules, body, entry=_ENTRY)[1]) == [("note 8", "#y")]
    root = document('<p>a<note xml:id="x">See note 2.</note></p>')
    body_ = root.find(f".//{{{TEI_NS}}}body")
    assert body_ is not None
    body_.append(etree.fromstring(f'<div xmlns="{TEI_NS}" type="entry"><p>b<note xml:id="y">Z.</note></p></div>'))
    assert codes(_rules(tuple(passages(root)), _ENTRY)) == ["L-012"]


def test_a_note_without_an_id_has_no_target() -> None:
    _, outcome = apply(_rules, "<p>a<note>See note 2.</note> b<note>A clerk.</note></p>", entry=_ENTRY)
    assert (led(outcome), codes(outcome)) == ([("note 2", "")], ["L-012"])


def test_a_reference_is_marked_once() -> None:
    assert led(in_note('See <ref target="entry:1911-02-12">entry for 12 February 1911</ref>.')) == []
    assert led(in_note("See <hi>the entry</hi> for 12 February 1911.")) == []


@given(trees())
def test_claims_fit_any_tree(root: etree._Element) -> None:
    check_claims(root, _rules, _ENTRY)


_PIECES = st.sampled_from(
    (
        "see|See also|above,|below|entry for|entries for|diary entry for|3|12|and|,|, |&amp;|May|February|1911|p."
        "|pp. 48|note 3|vol. 1,|S.|с. 48|запись от|31 Feb. 1911|99|to|–|’s|the|of|29 February|(2)|1911-13-45|32.13.1911"
        "|<hi>3</hi>"
    ).split("|")
)


@given(st.lists(_PIECES, max_size=12))
def test_any_words_are_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    check_claims(document(f"<p>x{text}<note>{text}</note></p>"), _rules, _ENTRY)


@pytest.mark.parametrize(
    "piece",
    [
        "see ",
        "entries for 3, ",
        "pp. 3, 3",
        "vol. 1, p. 3 ",
        "see above also the ",
        "above, p. 3, ",
        "note 3 ",
        "1 May ",
    ],
)
def test_a_long_paragraph_takes_no_longer_than_its_length(piece: str) -> None:
    started = time.process_time()
    references([passage("x " + piece * (200_000 // len(piece)))], _ENTRY, _PLACES)
    assert time.process_time() - started < 6


def test_every_claim_says_why() -> None:
    claims: list[Claim] = in_note("See entry for 12 February 1911; above, p. 48; cf. note 3; see note 9.").claims
    assert len(claims) == 4
    assert all(one.evidence for one in claims)
