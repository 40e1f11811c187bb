"""Persons: which names are somebody's, how far they reach, and whom they mean in their entry."""

from __future__ import annotations

import pytest

from pipeline.enrich.model import Ruling
from pipeline.enrich.persons.people import people_of
from pipeline.enrich.persons.rules import persons
from pipeline.passage import passages
from tests.enrich.naming_people import ENTRY, entry, forms, names, read, register
from tests.enrich.showing import codes
from tests.enrich.trees import document

WEBBS = """
<listPerson>
 <person xml:id="orlov-anna"><persName type="main">Orlov, Anna</persName><persName>Dr Orlov</persName></person>
 <person xml:id="orlov-ilya"><persName type="main">Orlov, Ilya</persName></person>
 <person xml:id="roux"><persName type="main">Roux, Émile</persName><persName>the Abbé</persName></person>
</listPerson>"""


# -- what a name is, and how far it reaches


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We dined with Dr Tansley and went home.", ["Dr Tansley"]),
        ("Spoke to General Sir Hugo Marrable about mules.", ["General Sir Hugo Marrable"]),
        ("Second Lieutenant Ogilby was late.", ["Second Lieutenant Ogilby"]),
        ("I saw Mr Bishop, who is a curate.", ["Mr Bishop"]),
        ("It rained; Uncle Ned had a cold.", ["Uncle Ned"]),
        ("A letter from M.M. [Rudin]’s sister.", ["M.M. [Rudin]"]),
        ("He told me that R[udin] would come.", ["R[udin]"]),
        ("I asked L[ord] H[ale] to tea.", ["L[ord] H[ale]"]),
        ("Met Otto von Tarnow at the gate.", ["Otto von Tarnow"]),
        ("Sir John Vane, Bart., spoke.", ["Sir John Vane, Bart."]),
        ("Tansley’s wife is ill.", ["Tansley"]),
        ("Hodges’ answer came by return, said Dr Hodges.", ["Hodges", "Dr Hodges"]),
        ("The Tansley government fell, and Tansley said so.", ["Tansley", "Tansley"]),
        ("At six Tansley replied that he would.", ["Tansley"]),
        ("Tansley, our consul, was in the room.", ["Tansley"]),
        ("Eden, I think, and Miss Tansley sang.", ["Miss Tansley"]),
        ("I had it from Harold\xa0Tansley himself.", ["Harold\xa0Tansley"]),
        ("The poor Prince Albert would have wept.", ["Prince Albert"]),
        ("Then Duke of Marrow came, and Lord Marrow’s dog.", ["Duke of Marrow", "Lord Marrow"]),
    ],
)  # fmt: skip
def test_a_name_is_found_with_what_belongs_to_it(text: str, found: list[str]) -> None:
    assert forms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The Foreign Office was closed, and the Eastern Pact forgotten.",
        "We walked down Tansley Street to Fort Tansley.",
        "The barque Elizabeth Moor, of Hull, and the ship Victoria.",
        "At Lloyd’s nobody knew. Rain at Penrith and Wick.",
        "The Whigs, the Russians and the Japanese agreed.",
        "On Monday, 3 May, in London, Paris and Geneva.",
        "The BBC and the USSR; MPs; the T.U.C.",
        "Photographers at the station took the train.",
        "The bishop and the foreign secretary left together.",
        "Lat. 31° 14′ S., long. 22° W. by account; wind S.S.E.",
        "Nothing else has happened that could be called an event.",
        "Church in the morning. Luncheon at the Office. Supper alone.",
        "Curate of Long Ashby, in the province of Kars.",
        "The house was Bunter &amp; Co. in those days.",
        "St Mary’s, Notre-Dame and Saint Anne were full.",
        "Das Kapital lay on the table.",
    ],
)
def test_what_is_nobody_is_left_alone(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gestern kam Dr. Lohr und blieb bis zum Abend. Lohr sprach wenig.", ["Dr. Lohr", "Lohr"]),
        ("Mein Bruder Gustav will zu uns kommen.", ["Gustav"]),
        ("Die Antwort Lohrs lag da; Herr Lohr lachte.", ["Lohr", "Herr Lohr"]),
        ("Frau von Ahn hat ihren Sohn verloren.", ["Frau von Ahn"]),
        ("Der Wagen hielt vor der Tür. Der Hund bellte, und die Kinder liefen in den Garten.", []),
        ("Nachmittags im Tiergarten: Soldaten, Ammen, ein Pudel mit Hut und Schirm.", []),
        ("„Jawohl, Herr Minister“, sagte er.", []),
    ],
)
def test_german_nouns_are_no_names(text: str, found: list[str]) -> None:
    assert forms(text, "de") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le maréchal Bertin a répondu que M. Duval viendrait.", ["maréchal Bertin", "M. Duval"]),
        ("J’ai vu Mme de Brassac chez les Duval.", ["Mme de Brassac", "Duval"]),
        ("Nous allâmes par la rue Racine jusqu’à la place Colbert.", []),
        ("J’ai pensé que M. le préfet dormait.", []),
        ("Le ministre des Travaux publics et celui des Affaires étrangères.", []),
        ("« Et Odilon Lenoir ? » dit Duval.", ["Odilon Lenoir", "Duval"]),
        ("Celui-là viendra toujours.", []),
    ],
)  # fmt: skip
def test_french_names(text: str, found: list[str]) -> None:
    assert forms(text, "fr") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Вечером у Надежды Павловны был Орлов, и Орлова просили петь.", ["Надежды Павловны", "Орлов", "Орлова"]),
        ("Приехал генерал Трубин и сказал, что устал.", ["генерал Трубин"]),
        ("У Невских ворот стояла толпа; говорили о погоде.", []),
        ("С. Ю. Трубин ответил по-французски.", ["С. Ю. Трубин"]),
    ],
)
def test_russian_names_in_all_their_cases(text: str, found: list[str]) -> None:
    assert forms(text, "ru") == found


def test_russian_cases_are_one_person() -> None:
    shown = names("Встретил Соколова; Соколов сказал, что болен. К Соколову придут.", language="ru")
    assert len({one.partition(" = ")[2] for one in shown}) == 1
    assert len(shown) == 3


def test_a_break_in_a_name_does_not_part_it() -> None:
    assert names('<p>I met Harold Tan<pb n="4" break="no"/>sley again.</p>') == ["Harold Tansley = tansley-harold"]


def test_what_stands_in_citations_titles_and_names_is_left() -> None:
    body = """<p>See <bibl><author>H. Tansley</author>, <title>The Life of Dr Rudin</title></bibl>,
    <placeName>Fort Tansley</placeName> and <persName ref="psn:x">Mr Tansley</persName>.</p>"""
    assert names(body) == []


# -- who it is


def test_full_name_first_family_name_later() -> None:
    shown = names("Harold Tansley called. Tansley said that Tansley’s wife was ill.")
    assert shown == ["Harold Tansley = tansley-harold", *["Tansley = tansley-harold"] * 2]


def test_two_of_one_name_stay_two() -> None:
    shown = names("Robert Moor and Jean Moor came to tea with Mr Wade.", about=entry(author=""))
    assert shown[:2] == ["Robert Moor = moor-robert", "Jean Moor = moor-jean"]


def test_a_title_tells_namesakes_apart() -> None:
    shown = names("Lady Tansley wept. Henry Tansley talked of wool, and Lady Tansley smiled at Tansley.")
    assert shown[0] == shown[2]
    assert shown[1].endswith("tansley-henry")
    assert shown[3] == "Tansley = tansley-henry"


def test_mister_and_canon_are_two() -> None:
    shown = names("Canon Wade prayed, and Mr Wade slept.")
    assert len({one.partition(" = ")[2] for one in shown}) == 2


def test_a_given_name_means_the_one_who_bears_it() -> None:
    shown = names("Rose Tansley is engaged to Mr Wade. Rose’s mother cries.")
    assert shown[0].endswith(shown[2].partition(" = ")[2])


def test_a_nickname_is_a_given_name() -> None:
    assert names("Uncle Ned groaned.<note>Edward Tansley, curate of Wells.</note>")[:2] == [
        "Uncle Ned = tansley-edward",
        "Edward Tansley = tansley-edward",
    ]


def test_the_diarist_is_named_by_editors() -> None:
    body = "<p>I slept.<note>Moor was ill; Hale told Orlov so.</note></p>"
    shown = names(body)
    assert shown[0] == "Moor = hale-edith"
    assert shown[1] == "Hale = hale-edith"


def test_the_record_of_the_diarist_is_the_one_that_the_header_names() -> None:
    people = register('<listPerson><person xml:id="me"><persName>Edith Hale</persName></person></listPerson>')
    shown = names("<p>I slept.<note>Moor was ill.</note></p>", people, about=entry(author_ref="psn:me"))
    assert shown == ["Moor = me"]


def test_a_short_form_of_a_family_name() -> None:
    shown = names("Vantongeren has written it all down. And Van? said Mr Wade.")
    assert shown[1] == "Van = vantongeren"


# -- initials


def test_an_initial_stands_for_the_one_of_that_letter() -> None:
    outcome = read("<p>I met Vardy and told V. so. V. was pleased, and so was V.’s secretary.</p>")
    assert [(one.form, one.value) for one in outcome.claims] == [
        ("Vardy", "psn:vardy"),
        *[("V.", "psn:vardy")] * 3,
    ]
    letter = outcome.claims[1]
    assert ("evidence", "internal") in letter.attributes


def test_an_initial_of_two_stays_open() -> None:
    outcome = read("<p>Sarn met Mr Stone at noon. Then S. said that he was cold.</p>")
    (letter,) = (one for one in outcome.claims if one.form == "S.")
    assert "ref" not in dict(letter.attributes)
    assert [ref for ref, _ in letter.alternatives] == ["psn:sarn", "psn:stone"]
    assert letter.certainty < 0.7
    assert "E-041" in codes(outcome)


def test_a_title_decides_an_initial() -> None:
    shown = names("Captain Stone and Mr Sarn quarrelled. Captain S. will not speak again.")
    assert shown[-1] == "Captain S. = stone"


@pytest.mark.parametrize("text", ["See vol. V. of it.", "z. B. war er da.", "V. 94 is lost.", "Plan V. failed."])
def test_a_letter_that_is_no_name(text: str) -> None:
    assert "V." not in forms(f"I told Vardy. {text}")


def test_speakers_are_identified() -> None:
    body = """<p>I called on Kay and said so.</p>
    <sp><speaker>I:</speaker><p>Well?</p></sp><sp><speaker>K.:</speaker><p>Well.</p></sp>"""
    outcome = read(body)
    assert [(one.attribute, one.value) for one in outcome.attributions] == [
        ("who", "psn:hale-edith"),
        ("who", "psn:kay"),
    ]


def test_a_speaker_of_whom_nothing_is_known_is_told() -> None:
    outcome = read("<p>It rained.</p><sp><speaker>Q.:</speaker><p>Well?</p></sp>")
    assert outcome.attributions == []
    assert codes(outcome) == ["E-043"]
    outcome = read("<p>Kay met Kerr.</p><sp><speaker>K.:</speaker><p>Well?</p></sp>")
    assert codes(outcome) == ["E-043"]


def test_in_a_letter_nobody_is_the_diarist() -> None:
    outcome = read("<sp><speaker>I:</speaker><p>Well?</p></sp>", about=entry(diary=False))
    assert outcome.attributions == []


# -- families


def test_a_family_is_a_group() -> None:
    shown = names("Mr Marsh has come, and the Marshes dine with us.")
    assert shown == ["Mr Marsh = marsh", "Marshes = family"]


def test_a_people_is_no_family() -> None:
    assert forms("The Russians and the Finns are at it again.") == []


# -- with a register


def test_the_register_knows_who_it_is() -> None:
    assert names("Roux was here.", register(WEBBS)) == ["Roux = roux"]
    assert names("In the evening the Abbé said nothing.", register(WEBBS)) == ["Abbé = roux"]


def test_a_name_of_two_in_the_register_stays_open() -> None:
    people = register(WEBBS.replace("Orlov, Anna", "Orlov, Anton").replace("orlov-anna", "orlov-anton"))
    outcome = read("<p>Then Orlov said that it was late.</p>", people)
    (claim,) = outcome.claims
    assert claim.attributes == ()
    assert [ref for ref, _ in claim.alternatives] == ["psn:orlov-anton", "psn:orlov-ilya"]
    assert claim.certainty < 0.7
    assert codes(outcome) == ["E-040"]


def test_a_family_name_alone_is_a_mans_where_there_is_one() -> None:
    assert names("Then Orlov said that it was late.", register(WEBBS)) == ["Orlov = orlov-ilya"]


def test_a_given_name_decides_between_two_of_the_register() -> None:
    assert names("Anna Orlov came; later Ilya Orlov.", register(WEBBS)) == [
        "Anna Orlov = orlov-anna",
        "Ilya Orlov = orlov-ilya",
    ]


def test_who_was_not_born_is_not_meant() -> None:
    people = register("""<listPerson><person xml:id="a"><persName>Karl Lohr</persName><birth when="1850"/></person>
        <person xml:id="b"><persName>Kurt Lohr</persName><birth when="1950"/></person></listPerson>""")
    assert names("Lohr said so.", people) == ["Lohr = a"]


def test_a_ruling_is_evidence() -> None:
    ruled = entry(rulings=(Ruling("persName", "Tansley", ""),))
    assert names("Then Tansley said so.", about=ruled) == []
    ruled = entry(rulings=(Ruling("persName", "Wick", "psn:roux"),))
    assert names("We went on to Wick.", register(WEBBS), about=ruled) == ["Wick = roux"]


def test_an_editors_markup_says_who_is_meant_elsewhere() -> None:
    body = '<p>Saw <persName ref="psn:roux">Émile</persName>. Then Émile said so.</p>'
    assert names(body, register(WEBBS)) == ["Émile = roux"]


def test_who_has_no_record_is_told() -> None:
    given_ = tuple(passages(document("<p>Dr Tansley said so.</p>")))
    outcome = persons(given_, ENTRY, people_of())
    assert [(one.form, one.value) for one in outcome.claims] == [("Dr Tansley", "")]
    assert codes(outcome) == ["E-042"]
