"""Editorial marks: words and letters in brackets, and the brackets that are neither."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.marks.rules import marks
from pipeline.enrich.model import Entry
from pipeline.passage import passages
from tests.enrich.showing import apply, check_claims, codes, in_one
from tests.enrich.trees import document, passage, trees


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I met M.M. [Hale] again.", "I met M.M. {supplied [Hale]} again."),
        ("The talks [with the northern towns] failed.", "The talks {supplied [with the northern towns]} failed."),
        ("He ‘means to go [to sea] in May’.", "He ‘means to go {supplied [to sea]} in May’."),
        ("Dined with [Lady] Moor’s aunt.", "Dined with {supplied [Lady]} Moor’s aunt."),
        ("de l’[Espagne] et", "de l’{supplied [Espagne]} et"),
        ("The Dano-[Swedish] war.", "The Dano-{supplied [Swedish]} war."),
        ("Left with [Mr. Roux, the consul] at six.", "Left with {supplied [Mr. Roux, the consul]} at six."),
        ("It was [not] so.", "It was {supplied [not]} so."),
        ("([Moor] came.)", "({supplied [Moor]} came.)"),
        ("In [a] hurry.", "In {supplied [a]} hurry."),
        ("So [I] went.", "So {supplied [I]} went."),
    ],
)
def test_words_in_brackets_are_supplied(text: str, shown: str) -> None:
    assert in_one(marks, text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("D[ano]-S[wedish] trade", "{expan D{ex [ano]}}-{expan S{ex [wedish]}} trade"),
        ("C[ouncil] of W[ard], B[oyd]", "{expan C{ex [ouncil]}} of {expan W{ex [ard]}}, {expan B{ex [oyd]}}"),
        ("V[an] D[yke] said", "{expan V{ex [an]}} {expan D{ex [yke]}} said"),
        ("(M[oor] meant it)", "({expan M{ex [oor]}} meant it)"),
        ("M[oor]’s hat", "{expan M{ex [oor]}}’s hat"),
        ("the [D]ano-Swedish", "the {expan {ex [D]}ano}-Swedish"),
        ("a mes[sen]ger", "a {expan mes{ex [sen]}ger} "[:-1]),
        ("a tel[e]gr[am] came", "a {expan tel{ex [e]}gr{ex [am]}} came"),
        ("th[e] end", "{expan th{ex [e]}} end"),
        ("he with[drew] it", "he {expan with{ex [drew]}} it"),
        ("MEM[ORANDUM]", "{expan MEM{ex [ORANDUM]}}"),
        ("L[ady Moor] came", "{expan L{ex [ady Moor]}} came"),
        ("Тр[убин] и М[орозов]а", "{expan Тр{ex [убин]}} и {expan М{ex [орозов]}а}"),
    ],
)  # fmt: skip
def test_letters_in_brackets_write_a_word_out(text: str, shown: str) -> None:
    assert in_one(marks, text) == shown


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He said […] and [...] and [. . .] no more [–].", "en"),
        ("Seven pears [?] and one [sic] apple [sic!], [illegible] [two words illegible] [blank].", "en"),
        ("word[?] word[sic] [illegible?] [page missing]", "en"),
        ("Sieben Birnen [so!] und [unleserlich] [zwei Wörter unleserlich], [Lücke].", "de"),
        ("Sept poires [illisible] [mot illisible] [biffé] [sic].", "fr"),
        ("Семь груш [так в тексте] [нрзб.] [слово неразборчиво] [зачеркнуто].", "ru"),
        ("A fact.[3] Another [12]. A third[4] one [iv] and [*], [5, 6].", "en"),
        ("A word.[b] Another [c].", "en"),
        ("See [https://example.org/a] and [www.example.org].", "en"),
    ],
)
def test_what_says_something_of_the_text_stays(text: str, language: str) -> None:
    shown, outcome = apply(marks, f"<p>{text}</p>", language)
    assert shown == [text]
    assert codes(outcome) == []


def test_letters_of_notes_are_no_letters_of_words() -> None:
    shown, outcome = apply(marks, "<p>A word[a] here.</p><p>Another word[b] there.</p>")
    assert shown == ["A word[a] here.", "Another word[b] there."]
    assert codes(outcome) == []


def test_one_letter_at_the_end_of_a_word_is_not_sure() -> None:
    _, outcome = apply(marks, "<p>Видел Орлов[а] там.</p>", "ru")
    assert [one.form for one in outcome.claims] == ["Орлов[а]"]
    assert outcome.claims[0].certainty < 0.7
    assert outcome.claims[0].alternatives


def test_figures_that_were_left_out_are_supplied() -> None:
    shown = in_one(marks, "On [12] March [1911], 19[11], [19]11 and [200 men] with [30] more.")
    assert shown == (
        "On {supplied [12]} March {supplied [1911]}, 19{supplied [11]}, {supplied [19]}11 and {supplied [200 men]} "
        "with [30] more."
    )


@pytest.mark.parametrize(
    "text",
    [
        "[The page ends here.]",
        "He left. [He came back the year after.] Then nothing.",
        "He left. [He came back. Nobody saw him.]",
        "[The mood was grim]",
    ],
)
def test_sentences_in_brackets_are_commentary_and_stay(text: str) -> None:
    shown, outcome = apply(marks, f"<p>{text}</p>")
    assert (shown, codes(outcome)) == ([text], [])


def test_commentary_over_paragraphs_is_not_unclosed() -> None:
    for body in (
        '<note type="commentary"><p>[It was grim.</p><p>It lifted.]</p></note>',
        "<p>[It was grim.<note>A note [sic].</note></p><p>It went on.</p><p>It lifted.]</p>",
        '<note type="commentary"><p>[It was grim.</p><p>It lifted.</p><p>]</p></note>',
        "<note><p>[It was grim.</p><p>It lifted.]</p></note>",
    ):
        shown, outcome = apply(marks, body)
        assert codes(outcome) == [], body
        assert not any("{" in one for one in shown)


def test_words_are_supplied_in_commentary_too() -> None:
    shown, _ = apply(marks, '<note type="commentary"><p>[M[oor] was [not] there.</p><p>So [Hale] wrote.]</p></note>')
    assert shown == ["[{expan M{ex [oor]}} was {supplied [not]} there.", "So {supplied [Hale]} wrote.]"]


@pytest.mark.parametrize(
    "text",
    [
        "London [i.e. the office] said",
        "the envoy [a cousin – Ed.] said",
        "der Gesandte [ein Vetter, Anm. d. Hrsg.] sagte",
        "посол [двоюродный брат — прим. ред.] сказал",
        "word[Name] here",
        "the [Swedish]Danish war",
        "nothing [] there",
        "Document [B] there",
    ],
)
def test_other_brackets_stay_and_are_reported(text: str) -> None:
    shown, outcome = apply(marks, f"<p>{text}</p>")
    assert (shown, codes(outcome)) == ([text], ["E-001"])


@pytest.mark.parametrize(
    "body",
    [
        "<p>He said [with no end.</p>",
        "<p>He said with no beginning] here.</p>",
        "<p>[The mood was grim.</p>",
        "<p>It lifted.]</p><p>[The mood was grim.</p>",
    ],
)
def test_brackets_without_a_fellow_are_reported(body: str) -> None:
    _, outcome = apply(marks, body)
    assert set(codes(outcome)) == {"E-002"}


def test_brackets_without_a_fellow_are_told_once_a_paragraph() -> None:
    _, outcome = apply(marks, "<p>He [said [no [more.</p>")
    assert codes(outcome) == ["E-002"]
    assert "2 more" in outcome.findings[0].message


def test_brackets_stand_in_one_another() -> None:
    assert in_one(marks, "went [with [the] others] home") == "went {supplied [with {supplied [the]} others]} home"
    assert in_one(marks, "went [to M[oor]] home") == "went {supplied [to {expan M{ex [oor]}}]} home"


def test_brackets_beside_one_another_are_left() -> None:
    shown, outcome = apply(marks, "<p>He saw D[ano][Moor] go.</p>")
    assert (shown, codes(outcome)) == (["He saw D[ano][Moor] go."], ["E-001", "E-001"])
    shown, outcome = apply(marks, "<p>He saw D[ano]<supplied>[Moor]</supplied> go.</p>")
    assert (shown, codes(outcome)) == (["He saw {expan D{ex [ano]}}[Moor] go."], [])


def test_a_break_or_a_note_in_a_word_does_not_part_it() -> None:
    assert in_one(marks, 'D[a<pb n="4" break="no"/>no]-Swedish') == "{expan D{ex [ano]}}-Swedish"
    assert in_one(marks, "M.M. [Hale]<note>A [sic] note.</note> came") == "M.M. {supplied [Hale]} came"


def test_what_is_marked_stays_as_it_is() -> None:
    for text in (
        '<supplied reason="omitted">[Hale]</supplied> came',
        "[<supplied>Hale</supplied>] came",
        "<expan>D<ex>[ano]</ex></expan> war",
        "<bibl>Hale, <title>Days</title> [Trieste], [1911]</bibl>",
        "<choice><abbr>D.</abbr><expan>D[ano]</expan></choice> war",
    ):
        shown, outcome = apply(marks, f"<p>{text}</p>")
        assert "{" not in "".join(shown)
        assert codes(outcome) == []


def test_names_hold_what_was_supplied_in_them() -> None:
    assert in_one(marks, "<persName>M.M. [Hale]</persName> came") == "M.M. {supplied [Hale]} came"
    assert in_one(marks, "<persName>M[oor]</persName>’s hat") == "{expan M{ex [oor]}}’s hat"


def test_what_other_markup_cuts_through_is_reported() -> None:
    shown, outcome = apply(marks, "<p>the [youn<hi>ger] Moor</hi> and D[a<hi>no]-Swedish</hi></p>")
    assert "{" not in shown[0]
    assert codes(outcome) == ["E-003", "E-003"]


def test_the_editors_own_words_are_less_sure_than_those_of_the_text() -> None:
    _, outcome = apply(marks, "<p>A [good] day.<note>It was [not] so; <q>‘a [good] day’</q>.</note></p>")
    text, quoted, own = (
        next(one.certainty for one in outcome.claims if one.form == form and (one.passage.note is not None) == noted)
        for form, noted in (("[good]", False), ("[good]", True), ("[not]", True))
    )
    assert text == quoted > own


def test_a_doubt_in_the_bracket_is_a_doubt_of_the_rule() -> None:
    _, outcome = apply(marks, "<p>So M.M. [Hale?] wrote.</p>")
    assert outcome.claims[0].certainty < 0.7


def test_supplied_says_why() -> None:
    _, outcome = apply(marks, "<p>So [Hale] wrote.</p>")
    assert outcome.claims[0].attributes == (("reason", "omitted"),)
    assert outcome.claims[0].evidence == ("words in brackets",)


@given(trees())
def test_claims_fit_any_tree(root: etree._Element) -> None:
    check_claims(root, marks)


@given(st.text(alphabet="[] aAb.’‘?…3é", max_size=60), st.sampled_from(["en", "de", "fr", "ru", "und"]))
def test_any_brackets_are_read(text: str, language: str) -> None:
    check_claims(document(f"<p>x{text}</p>", language), marks)


@pytest.mark.parametrize("piece", ["[", "]", "[a]", "a[b]", "[a[b]", "[The] ", "[]", "a[", "Wo[rd] "])
def test_a_long_paragraph_takes_no_longer_than_its_length(piece: str) -> None:
    started = time.process_time()
    marks([passage("x " + piece * (200_000 // len(piece)))], Entry())
    assert time.process_time() - started < 5


def test_a_passage_without_brackets_is_left() -> None:
    assert marks(list(passages(document("<p>Nothing here.</p>"))), Entry()).claims == []
