"""Quotations: marks that open and close, apostrophes, and quotations over paragraphs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.marks.quotations import quotations
from pipeline.enrich.model import Entry
from tests.enrich.showing import apply, check_claims, codes, in_one
from tests.enrich.trees import document, passage, trees


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He said ‘no’ twice.", "He said {q ‘no’} twice."),
        ("He said “no” twice.", "He said {q “no”} twice."),
        ("He said 'no' twice.", "He said {q 'no'} twice."),
        ('He said "no" twice.', 'He said {q "no"} twice.'),
        ("Er sagte „nein“ dazu.", "Er sagte {q „nein“} dazu."),
        ("Er sagte „nein” dazu.", "Er sagte {q „nein”} dazu."),
        ("Er sagte ‚nein‘ dazu.", "Er sagte {q ‚nein‘} dazu."),
        ("Er sagte »nein« dazu.", "Er sagte {q »nein«} dazu."),
        ("Er sagte ›nein‹ dazu.", "Er sagte {q ›nein‹} dazu."),
        ("Il dit « non » encore.", "Il dit {q « non »} encore."),
        ("Il dit «\u00a0non\u00a0» encore.", "Il dit {q «\u00a0non\u00a0»} encore."),
        ("Он сказал «нет» опять.", "Он сказал {q «нет»} опять."),
        ("(‘no’), ‘yes’; —‘so’—", "({q ‘no’}), {q ‘yes’}; —{q ‘so’}—"),
        ("‘No,’ he said. ‘Not now.’", "{q ‘No,’} he said. {q ‘Not now.’}"),
        ("« Non ? » dis-je. « Si. »", "{q « Non ? »} dis-je. {q « Si. »}"),
    ],
)
def test_a_quotation_in_any_marks(text: str, shown: str) -> None:
    assert in_one(quotations, text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("‘He said “no” to me’, she said.", "{q ‘He said {q “no”} to me’}, she said."),
        ("“He said ‘no’ to me,” she said.", "{q “He said {q ‘no’} to me,”} she said."),
        ("‘The road of “peace”’ ends.", "{q ‘The road of {q “peace”}’} ends."),
        ("„Er sagte ‚nein‘ zu mir“, so.", "{q „Er sagte {q ‚nein‘} zu mir“}, so."),
        ("»Er sagte ›nein‹ zu mir«, so.", "{q »Er sagte {q ›nein‹} zu mir«}, so."),
        ("«Он сказал „нет“ мне», и.", "{q «Он сказал {q „нет“} мне»}, и."),
        ("«Газета «Утро» врёт», и.", "{q «Газета {q «Утро»} врёт»}, и."),
        ("“A ‘b’ and “c” d”.", "{q “A {q ‘b’} and {q “c”} d”}."),
    ],
)
def test_quotations_stand_in_one_another(text: str, shown: str) -> None:
    assert in_one(quotations, text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Moor’s hat, the Moors’ house, James’ dog: I don’t mind.",
        "Moor's hat, the Moors' house, James' dog: I don't mind.",
        "’Tis late; ’twas the ’nineties, and the ’90s; give ’em that.",
        "‘Tis late; the ‘nineties, and the ‘90s; give ‘em that.",
        "'Tis late; the '90s; give 'em that.",
        "Rock ’n’ roll, rock ‘n’ roll, fish 'n' chips.",
        "He stood 5' 10\" tall; a board of 6' and 3\"; lat. 14′ S.; 31° 14' N.",
        "goin’ up th’ hill o’ the king",
        "L’heure d’été; aujourd’hui; l'eau",
        "Geht’s? So ’ne Sache. Hans’ Hut.",
    ],
)
def test_apostrophes_and_feet_are_no_marks(text: str) -> None:
    shown, outcome = apply(quotations, f"<p>{text}</p>")
    assert (shown, codes(outcome)) == ([text], [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("‘I don’t mind Moor’s hat’, he said.", "{q ‘I don’t mind Moor’s hat’}, he said."),
        ("‘The Moors’ house is cold’, he said.", "{q ‘The Moors’ house is cold’}, he said."),
        ("'The Moors' house is cold', he said.", "{q 'The Moors' house is cold'}, he said."),
        ("The ‘Greens’ and the ‘Blues’ met.", "The {q ‘Greens’} and the {q ‘Blues’} met."),
        ("The ‘Greens’ marched.", "The {q ‘Greens’} marched."),
        ("A day of ‘peace’ in Moor’s house.", "A day of {q ‘peace’} in Moor’s house."),
        ("‘I saw ‘em go,’ he said.", "{q ‘I saw ‘em go,’} he said."),
        ("‘Tis late,’ he said.", "{q ‘Tis late,’} he said."),
        ("‘We’re goin’ home’, he said.", "{q ‘We’re goin’ home’}, he said."),
        ("The 1890s’ hats were ‘large’.", "The 1890s’ hats were {q ‘large’}."),
        ("A '5' on it, \"in 1911\" as he said.", "A {q '5'} on it, {q \"in 1911\"} as he said."),
        ("‘He is 6' tall’, “and 3\" more”.", "{q ‘He is 6' tall’}, {q “and 3\" more”}."),
    ],
)
def test_the_closing_mark_is_told_from_the_apostrophe(text: str, shown: str) -> None:
    assert in_one(quotations, text) == shown


def test_a_closing_mark_that_may_be_an_apostrophe_is_less_sure() -> None:
    _, outcome = apply(quotations, "<p>The ‘Greens’ marched. A ‘Blue’ stayed.</p>")
    unsure, sure = outcome.claims
    assert unsure.certainty < 0.9 <= sure.certainty


def test_a_note_or_a_break_does_not_part_a_quotation() -> None:
    body = '<p>He said ‘not<note>He ‘never’ did.</note> this<pb n="4"/> year’, so.</p>'
    shown, outcome = apply(quotations, body)
    assert shown == ["He said {q ‘not this year’}, so.", "He {q ‘never’} did."]
    assert codes(outcome) == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "<p>He wrote: “It was late.</p><p>“We went on.</p><p>“It ended.” So he wrote.</p><p>Then.</p>",
            ["He wrote: {q “It was late.}", "{q “We went on.}", "{q “It ended.”} So he wrote.", "Then."],
        ),
        (
            "<p>He wrote: ‘It was late.</p><p>We don’t know.</p><p>It ended.’</p>",
            ["He wrote: {q ‘It was late.}", "{q We don’t know.}", "{q It ended.’}"],
        ),
        (
            "<p>« Il était tard.<note>Vers « minuit ».</note></p><p>C’était fini. » Puis rien.</p>",
            ["{q « Il était tard.}", "Vers {q « minuit »}.", "{q C’était fini. »} Puis rien."],
        ),
        (
            "<p>“It was ‘late’.</p><pb n='4'/><p>“It was ‘over’.”</p>",
            ["{q “It was {q ‘late’}.}", "{q “It was {q ‘over’}.”}"],
        ),
    ],
)
def test_a_quotation_goes_over_paragraphs(body: str, shown: list[str]) -> None:
    got, outcome = apply(quotations, body)
    assert got == shown
    assert codes(outcome) == []
    continued = [one for one in outcome.claims if one.rule == "continued"]
    assert "begins here" in continued[0].evidence
    assert all("began in an earlier paragraph" in one.evidence for one in continued[1:])
    assert "ends here" in continued[-1].evidence


@pytest.mark.parametrize(
    "body",
    [
        "<p>He said: “It is late.</p><p>“No,” I said. “It is not.”</p>",
        "<p>He said: “It is late.</p><p>“No,” I said.</p>",
        "<p>He said: “It is late.</p><p>I said “no” to that.</p>",
        "<p>He said: “It is late.</p><head>A title</head><p>“It ended.”</p>",
        "<p>He said: “It is late.</p><p>It ended.’</p>",
    ],
)
def test_a_missing_mark_does_not_make_one_quotation_of_two(body: str) -> None:
    _, outcome = apply(quotations, body)
    assert not any(one.rule == "continued" for one in outcome.claims)
    assert "E-010" in codes(outcome)


@pytest.mark.parametrize(
    "text", ["He said “no and left.", "He said no” and so.", "Он сказал «нет.", "He said ‘no and left.", "It ended.’"]
)
def test_marks_without_a_fellow_stay_and_are_reported(text: str) -> None:
    shown, outcome = apply(quotations, f"<p>{text}</p>")
    assert (shown, codes(outcome)) == ([text], ["E-010"])


def test_marks_without_a_fellow_are_told_once_a_paragraph() -> None:
    _, outcome = apply(quotations, "<p>He said “no “never «so.</p>")
    assert codes(outcome) == ["E-010"]
    assert "2 more" in outcome.findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "<bibl>Hale, <title level='a'>‘A road’</title>, p. 4</bibl>",
        "<bibl>Hale, ‘A road’, p. 4</bibl>",
        "<title>The ‘Greens’</title> came out",
        "<q>‘no’</q> and ‘<q>no</q>’ and « <quote>non</quote> »",
        "a <soCalled>‘peace’</soCalled> and <said>“no, ‘never’”</said>",
        "<choice><sic>‘no’</sic><corr>“no”</corr></choice>",
    ],
)
def test_what_is_marked_stays_as_it_is(text: str) -> None:
    shown, outcome = apply(quotations, f"<p>{text}</p>")
    if not text.startswith("<choice>"):
        assert "{" not in "".join(shown)
    assert codes(outcome) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hale, ‘A road to Trieste’, p. 4.",
        "See Hale, ‘A road to Trieste’, vol. 4.",
        "Hale, “Roads,” Journal of Roads 12 (1931), p. 4.",
        "Галь. «Дорога» // Былое. 1906.",
        "Hale, „Wege“, S. 4.",
    ],
)
def test_the_title_of_an_article_in_a_note_is_no_quotation(text: str) -> None:
    shown, outcome = apply(quotations, f"<p>x<note>{text}</note></p>")
    assert shown[1] == text
    assert codes(outcome) == []


def test_a_quotation_in_a_note_is_one() -> None:
    shown, _ = apply(quotations, "<p>x<note>Hale says ‘no’, in his letter; Moor, ‘never’.</note></p>")
    assert shown[1] == "Hale says {q ‘no’}, in his letter; Moor, {q ‘never’}."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a so-called ‘peace’ came", "a so-called {soCalled ‘peace’} came"),
        ("ein sogenannter „Frieden“ kam", "ein sogenannter {soCalled „Frieden“} kam"),
        ("une soi-disant « paix »", "une soi-disant {soCalled « paix »}"),
        ("так называемый «мир»", "так называемый {soCalled «мир»}"),
        ("a ‘peace’ came", "a {q ‘peace’} came"),
        ("the so-called ‘peace that nobody had wished for’", "the so-called {q ‘peace that nobody had wished for’}"),
    ],
)
def test_a_word_is_so_called_where_the_text_says_so(text: str, shown: str) -> None:
    assert in_one(quotations, text) == shown


def test_a_quotation_that_follows_another_goes_on_too() -> None:
    shown, outcome = apply(quotations, "<p>x “One.</p><p>Two.” Then “three.</p><p>Four.”</p>")
    assert shown == ["x {q “One.}", "{q Two.”} Then {q “three.}", "{q Four.”}"]
    assert codes(outcome) == []


def test_what_other_markup_cuts_through_is_reported() -> None:
    shown, outcome = apply(quotations, "<p>He said ‘no, <hi>never’ again</hi>.</p>")
    assert "{" not in shown[0]
    assert codes(outcome) == ["E-011"]


def test_names_and_supplied_words_stand_in_a_quotation() -> None:
    text = "He wished ‘to go <supplied>[to sea]</supplied> with <persName>Moor</persName>’."
    assert in_one(quotations, text) == "He wished {q ‘to go [to sea] with Moor’}."


def test_marks_around_nothing_are_no_quotation() -> None:
    assert in_one(quotations, "He said ‘…’ and “ ”.") == "He said ‘…’ and “ ”."


@given(trees())
def test_claims_fit_any_tree(root: etree._Element) -> None:
    check_claims(root, quotations)


@given(st.lists(st.text(alphabet="‘’'“”\"„‚«»›‹ sa,.-—5", max_size=40), min_size=1, max_size=4))
def test_any_marks_are_read(texts: list[str]) -> None:
    check_claims(document("".join(f"<p>x{text}</p>" for text in texts)), quotations)


@pytest.mark.parametrize(
    "piece", ["‘", "’ ", "s’ x ", "“‘", "”’", "'", '" ', "«", "»", "‘s’ x ", "‘em ", "„“", "‘a “b” c’ "]
)
def test_a_long_paragraph_takes_no_longer_than_its_length(piece: str) -> None:
    started = time.process_time()
    quotations([passage("x " + piece * (200_000 // len(piece)))], Entry())
    assert time.process_time() - started < 5
