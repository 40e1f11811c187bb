"""The pass that claims dates: its certainty, evidence and alternatives, what it leaves alone, what it reports."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.dates.almanac import point_of
from pipeline.enrich.dates.resolve import Dating, dated, day_in, days_in
from pipeline.enrich.dates.rules import dates
from pipeline.enrich.model import Entry, Outcome
from pipeline.passage import passages
from tests.enrich.showing import check_claims
from tests.enrich.trees import document, trees


def one(text: str, entry: str, language: str = "en", note: bool = False) -> Dating:
    """Return the only date of a text."""
    (found,) = dated(text, entry, language, note)[0]
    return found


def found_in(body: str, entry: str = "1911-03-02", language: str = "en") -> tuple[list[tuple[str, str]], Outcome]:
    """Return the words and values of what the pass claims in a body, and all that it says."""
    outcome = dates(tuple(passages(document(body, language))), Entry(id="e", date=entry, language=language))
    return [(claim.form, claim.value) for claim in outcome.claims], outcome


def test_a_full_date_is_surer_than_one_whose_year_is_inferred() -> None:
    full, inferred = one("on 5 May 1934 he", "1934-12-13"), one("on 5 May he came", "1934-12-13")
    assert full.certainty > inferred.certainty
    assert inferred.certainty <= 0.95
    assert full.evidence == ()
    assert inferred.evidence == ("past: came",)


def test_where_two_years_make_sense_the_other_is_an_alternative() -> None:
    found = one("between 3 and 5 May", "1934-12-13")
    assert found.certainty < 0.9
    assert [value for value, _ in found.alternatives] == ["1934-05-03"]
    assert sum(share for _, share in found.alternatives) + found.certainty == pytest.approx(1)


def test_a_past_day_that_would_be_near_in_the_next_year_is_open() -> None:
    found = one("On 2 January we dined with Pell.", "1938-12-29")
    assert found.value == "1938-01-02"
    assert found.certainty < 0.7
    assert found.alternatives[0][0] == "1939-01-02"


def test_the_weekday_decides_the_year() -> None:
    found = one("on Tuesday 3 January he arrived", "1938-12-29")
    assert found.value == "1939-01-03"
    assert not found.mismatch


def test_day_and_month_in_figures_with_strokes_have_two_orders() -> None:
    found = one("on 3/5/1934", "1934-12-13")
    assert found.value == "1934-05-03"
    assert found.alternatives == (("1934-03-05", 0.3),)
    assert found.certainty < 0.7


def test_a_time_whose_half_of_the_day_is_open_has_the_other_as_alternative() -> None:
    _, outcome = found_in("<p>We stopped until ten o’clock.</p>")
    (claim,) = outcome.claims
    assert (claim.name, claim.attributes) == ("time", (("when", "10:00:00"),))
    assert claim.alternatives == (("22:00:00", 0.3),)


def test_about_a_year_is_that_year_and_says_so() -> None:
    found = one("built about 1890.", "1934-12-13")
    assert found.attributes == (("when", "1890"),)
    assert found.certainty < 0.9
    assert found.evidence == ("about this year, as the text says",)


@pytest.mark.parametrize("text", ["on 31 June", "on 30 February 1924", "on 31 April", "on 29 February 1911"])
def test_a_day_that_does_not_exist_stays_text_and_is_reported(text: str) -> None:
    claims, outcome = found_in(f"<p>We met {text}, in rain.</p>")
    assert claims == []
    (finding,) = outcome.findings
    assert finding.code == "E-020"
    assert text.removeprefix("on ") in finding.message


def test_a_weekday_that_does_not_fit_is_reported() -> None:
    claims, outcome = found_in("<p>We met on Monday 1 March 1911.</p>")
    assert claims == [("Monday 1 March 1911", "1911-03-01")]
    assert [finding.code for finding in outcome.findings] == ["E-021"]
    assert outcome.claims[0].certainty <= 0.7


def test_without_any_date_a_day_without_a_year_is_reported() -> None:
    claims, outcome = found_in("<p>We met on 3 May, and on 4 May 1911.</p>", entry="")
    assert claims == [("4 May 1911", "1911-05-04")]
    assert [finding.code for finding in outcome.findings] == ["E-022"]


def test_a_break_in_a_date_does_not_part_it() -> None:
    claims, _ = found_in(
        '<p>We met on 7 Feb<pb n="48" break="no"/>ruary<note type="editorial">A slip.</note> 1911.</p>'
    )
    assert claims == [("7 February 1911", "1911-02-07")]


@pytest.mark.parametrize("name", ["bibl", "title", "idno", "date", "persName", "placeName", "citedRange"])
def test_what_is_marked_is_left(name: str) -> None:
    assert found_in(f"<p>See <{name}>the 7 May 1910</{name}> here.</p>")[0] == []


def test_a_date_that_crosses_markup_is_left() -> None:
    assert found_in("<p>on <hi>the 7 May</hi> 1910 here</p>")[0] == []


def test_a_date_within_other_markup_is_found() -> None:
    assert found_in("<p>on <q>‘the 7 May 1910’</q> here</p>")[0] == [("7 May 1910", "1910-05-07")]
    assert found_in("<p>See <ref>entry for 7 May 1910</ref>.</p>")[0] == [("7 May 1910", "1910-05-07")]


def test_a_head_with_its_date_is_left_and_one_without_is_dated() -> None:
    assert found_in('<head><date when="1911-03-02">2 March</date></head>')[0] == []
    assert found_in("<head>2 March</head>")[0] == [("2 March", "1911-03-02")]


def test_the_label_of_a_speaker_is_left() -> None:
    assert found_in("<sp><speaker>May 1910:</speaker><p>Peace?</p></sp>")[0] == []


def test_the_language_is_the_passage_s_own() -> None:
    body = '<p>um 9 Uhr</p><p xml:lang="fr">à 9 heures du soir</p>'
    assert found_in(body, language="de")[0] == [("9 Uhr", "09:00:00"), ("9 heures du soir", "21:00:00")]


def test_without_a_known_language_all_names_of_months_are_read() -> None:
    text = "3 May 1910, 4. Mai 1910, 5 mai 1910, 6 мая 1910 г."
    assert [value for _, value in found_in(f"<p>{text}</p>", language="la")[0]] == [
        "1910-05-03", "1910-05-04", "1910-05-05", "1910-05-06",
    ]  # fmt: skip


@given(trees())
def test_claims_lie_in_their_passage_cross_nothing_and_are_made_once(root: etree._Element) -> None:
    check_claims(root, dates)


_PIECES = st.sampled_from(
    """
    3 31 12 1911 1938–39
    1st 9th May March in on the of and & – / . , ( ) ’ between from to at half past ten o’clock a.m.
    last next week Christmas Easter winter ’nineties 1890s Monday c. p. ibid. 5. Mai le 1er
    mai мая г. в часов утра ст. ½
    nineteen twenty first quarter noon d. M. 7/XII 10.30 h du soir Uhr 29 February 1914 0430 (22) will was 9999 0000
    """.split()
)


@given(st.lists(_PIECES, max_size=14).map(" ".join), st.sampled_from(["en", "de", "fr", "ru", ""]), st.booleans())
def test_nothing_overlaps_and_everything_is_iso(text: str, language: str, note: bool) -> None:
    days, hours = dated(text, "1911-03-02", language, note)
    spans = sorted([(day.written.start, day.written.end) for day in days] + [(hour.start, hour.end) for hour in hours])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for day in days:
        assert all(name == "calendar" or point_of(value) is not None for name, value in day.attributes)
        assert 0 < day.certainty <= 1 or not day.attributes
        if len(day.attributes) > 1 and day.attributes[1][0] in ("to", "notAfter"):
            assert day.attributes[0][1] <= day.attributes[1][1]


@given(
    st.text(max_size=80), st.sampled_from(["1911-03-02", "", "1911", "1904-02-29", "9999-12-31", "x"]), st.booleans()
)
def test_no_text_and_no_date_breaks_it(text: str, entry: str, note: bool) -> None:
    for language in ("en", "ru", "", "la"):
        dated(text, entry, language, note)


@pytest.mark.parametrize(
    "piece", ["1 & 2 ", "12, ", "1914–", "first ", "half past ", "9 (22) ", "1st, 2nd, ", "May ", "’"]
)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    dated("on 3 May 1911 at noon", "1911-03-02", "en")

    def seconds(length: int) -> float:
        began = time.process_time()
        dated((piece * length)[:length], "1911-03-02", "en")
        return time.process_time() - began

    assert seconds(24_000) < 8 * seconds(6_000) + 0.5


def test_days_for_other_passes() -> None:
    assert day_in("diary entry for 12 March 1937", "1939-02-03") == "1937-03-12"
    assert day_in("entry for 12 March", "1939-02-03") == "1939-03-12"
    assert day_in("entry for 12 March", "") is None
    assert day_in("see above, p. 48, and in 1937", "1939-02-03") is None
    assert days_in("entries for 3 & 17 May 1921 and 1 June 1921", "1939-02-03") == (
        "1921-05-03",
        "1921-05-17",
        "1921-06-01",
    )
    assert day_in("запись от 12 марта 1937 г.", "1939-02-03", "ru") == "1937-03-12"
    assert day_in("Eintrag vom 3. November 1872", "1873-02-16", "de-AT") == "1872-11-03"


@given(st.dates(date(1910, 3, 2) + timedelta(days=1), date(1911, 3, 2)))
def test_what_was_said_to_be_past_is_in_the_year_before_the_entry(day: date) -> None:
    months = "January February March April May June July August September October November December".split()
    found = one(f"We had met on {day.day} {months[day.month - 1]}, and parted.", "1911-03-02")
    assert found.value == day.isoformat() or found.alternatives[0][0] == day.isoformat()
