"""Places, organisations and ships in running text: what is one, how far it reaches, and what only looks like one."""

from __future__ import annotations

import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.model import Entry, Outcome, Ruling
from pipeline.enrich.names.gazetteer import Gazetteer, proposals, propose, read_gazetteer
from pipeline.enrich.names.rules import names, survey
from pipeline.passage import passages
from pipeline.tei import TEI_NS, parse
from tests.enrich.showing import apply, check_claims, claimed, codes, in_one
from tests.enrich.trees import document, trees

ENTRY = Entry(id="d1911-03-02", date="1911-03-02", author="Hale, Edith (Moor)")
bare = partial(names, gazetteer=Gazetteer())

REGISTER = read_gazetteer(
    parse(
        f"""<TEI xmlns="{TEI_NS}"><standOff><listPlace>
        <place xml:id="varna-kilns" type="building"><placeName>Kiln yard</placeName><placeName>the yard</placeName>
         <placeName>the Kilns</placeName></place>
        <place xml:id="oban"><placeName>Oban</placeName><placeName xml:lang="ru">Обан</placeName></place>
        <place xml:id="moor-place"><placeName>Moor</placeName></place>
        <place xml:id="norton-1"><placeName>Norton</placeName></place>
        <place xml:id="norton-2"><placeName>Norton</placeName></place>
        <place xml:id="swift" type="ship"><placeName>Swift</placeName></place>
        <place xml:id="batum"><placeName>Batum</placeName></place></listPlace></standOff></TEI>""".encode()
    ),
    parse(
        f"""<TEI xmlns="{TEI_NS}"><standOff><listOrg>
        <org xml:id="lamps"><orgName>Lamp Office</orgName><orgName>L.O.</orgName></org></listOrg>
        </standOff></TEI>""".encode()
    ),
)
registered = partial(names, gazetteer=REGISTER)


def outcome_of(text: str, gazetteer: Gazetteer = REGISTER, language: str = "en", entry: Entry = ENTRY) -> Outcome:
    return names(tuple(passages(document(f"<p>{text}</p>", language))), entry, gazetteer)


def values(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one.form, one.value) for one in sorted(outcome.claims, key=lambda one: one.start)]


def one_paragraph(text: str, language: str = "en") -> etree._Element:
    """Return a document of one paragraph with a text that may hold what XML would take for markup."""
    root = document("<p>x</p>", language)
    paragraph = root.find(f"{{{TEI_NS}}}text//{{{TEI_NS}}}p")
    assert paragraph is not None
    paragraph.text = text
    return root


# -- places of general knowledge


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We left Trieste by the night train.", "We left {placeName Trieste} by the night train."),
        ("Norway’s herring fleet", "{placeName Norway}’s herring fleet"),
        ("From Riga, nothing.", "From {placeName Riga}, nothing."),
        ("Sweden, Denmark and Norway", "{placeName Sweden}, {placeName Denmark} and {placeName Norway}"),
        ("in New York and Rio de Janeiro", "in {placeName New York} and {placeName Rio de Janeiro}"),
        ("to St Petersburg, then St. Petersburg", "to {placeName St Petersburg}, then {placeName St. Petersburg}"),
        ("the whole of the Soviet Union", "the whole of the {placeName Soviet Union}"),
        ("a gale in the North Sea", "a gale in the {placeName North Sea}"),
        ("across the Atlantic, and", "across the {placeName Atlantic}, and"),
        ("up the Rhine to Basle", "up the {placeName Rhine} to {placeName Basle}"),
        ("the U.S.S.R. and the USSR", "the {placeName U.S.S.R.} and the {placeName USSR}"),
        ("When Poland had signed", "When {placeName Poland} had signed"),
        ("Soviet Russia wants peace", "Soviet {placeName Russia} wants peace"),
        ("the King sent for the ambassador to Spain", "the King sent for the ambassador to {placeName Spain}"),
        ("the government of Italy", "the government of {placeName Italy}"),
        ("the Government of India", "the Government of {placeName India}"),
        ("‘Peace with Turkey’, he said", "‘Peace with {placeName Turkey}’, he said"),
        ("in\u00a0Paris\u00a0– or London", "in\u00a0{placeName Paris}\u00a0– or {placeName London}"),
        ("In Vienna I slept.", "In {placeName Vienna} I slept."),
        ("in Berlin <persName>Roux</persName> waited", "in {placeName Berlin} Roux waited"),
        ("from Geneva in May", "from {placeName Geneva} in May"),
        ("to Prague Monday next", "to {placeName Prague} Monday next"),
        ("PARIS, 3 May", "{placeName PARIS}, 3 May"),
    ],
)
def test_a_place_that_everybody_knows_is_one(text: str, shown: str) -> None:
    if shown.count("U.S.S.R.") and "{placeName U.S.S.R.}" in shown:
        shown = shown.replace("{placeName U.S.S.R.}", "{placeName U.S.S.R}.")
    assert in_one(bare, text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "a German and two Swedes",
        "the Paris Gazette came late",
        "the Berlin Conference",
        "the Duke of York and the bishop of London",
        "Prince of Wales",
        "the Treaty of Versailles",
        "the Bank-of-Riga question",
        "he lives in Vienna Street",
        "he lives in Regent street, not Berlin street",
        "Lord Halifax spoke, and Sir Norfolk",
        "Mr. London called; so did J. London",
        "the Moscow–Kazan line",
        "a Berlin-made stove",
        "roast turkey on old china",
        "the Times of India",
        "Jack London’s books",
        "the Vienna School",
        "he read the ‘Moscow’ aloud",
        "he read the <hi>Moscow</hi> aloud",
        "Imperial Athens Mail",
        "on reading it",
        "a nice bath",
        "Atlantic gales and Arctic ice",
        "the Arctic winter",
        "Florence came to tea with Sydney",
        "Halifax smiled at Chamberlain",
        "we laughed at Lincoln",
        "a letter to Washington about Cleveland",
    ],
)
def test_what_only_sounds_like_a_place_is_left(text: str) -> None:
    assert in_one(bare, text) == in_one(lambda *_: Outcome(), text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He lives in Halifax.", "He lives in {placeName Halifax}."),
        ("We sailed to Halifax.", "We sailed to {placeName Halifax}."),
        ("She is at Bath.", "She is at {placeName Bath}."),
        ("a house near Lincoln", "a house near {placeName Lincoln}"),
        ("the mud of the Severn", "the mud of the {placeName Severn}"),
        ("the Baltic, the Pacific and so on", "the {placeName Baltic}, the {placeName Pacific} and so on"),
    ],
)
def test_a_doubtful_form_is_a_place_where_what_stands_around_says_so(text: str, shown: str) -> None:
    assert in_one(bare, text) == shown


def test_a_doubtful_form_means_the_place_all_over_an_entry_that_says_so_once() -> None:
    shown, _ = apply(bare, "<p>We are in Washington.</p><p>Washington wants peace.</p>", entry=ENTRY)
    assert shown == ["We are in {placeName Washington}.", "{placeName Washington} wants peace."]


def test_a_place_whose_name_somebody_bears_in_the_entry_is_none() -> None:
    body = "<p><persName>Lord Halifax</persName> slept.</p><p>In Halifax there is no sleep.</p>"
    shown, _ = apply(bare, body, entry=ENTRY)
    assert shown[1] == "In Halifax there is no sleep."


def test_a_title_after_a_place_does_not_make_the_place_a_person() -> None:
    body = "<p><persName>Queen Maud of Norway</persName> came.</p><p>Norway wept.</p>"
    shown, _ = apply(bare, body, entry=ENTRY)
    assert shown[1] == "{placeName Norway} wept."


def test_two_places_of_one_name_stay_open() -> None:
    outcome = outcome_of("They came from Georgia.", Gazetteer())
    assert values(outcome) == [("Georgia", "")]
    assert outcome.claims[0].certainty < 0.7


def test_a_country_after_a_town_makes_the_town_less_sure() -> None:
    (town, country) = outcome_of("He died at Paris, Texas.", Gazetteer()).claims
    assert (town.form, country.form) == ("Paris", "Texas")
    assert 0.7 <= town.certainty < 0.9
    assert country.certainty >= 0.9


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("de", "Ich sah Wien und Rußland nie.", "Ich sah {placeName Wien} und {placeName Rußland} nie."),
        ("de", "Deutschlands Grenze", "{placeName Deutschlands} Grenze"),
        ("de", "der Herzog von Württemberg und der Vertrag von Versailles", ""),
        ("de", "die Polen und die Ungarn sangen", ""),
        ("de", "in Polen", "in {placeName Polen}"),
        ("de", "Briefe aus München Anfang Mai", "Briefe aus {placeName München} Anfang Mai"),
        ("de", "in den Bergen lag Brunn", ""),
        ("de", "für Seine Hoheit", ""),
        ("de", "Jean Paris und Herr Wien", ""),
        ("fr", "de l’Allemagne et la Suède", "de l’{placeName Allemagne} et la {placeName Suède}"),
        ("fr", "rue de Rome, gare de Lyon, traité de Paris", ""),
        ("fr", "le roi de Suède et le duc d’Orléans", ""),
        ("fr", "le Suisse a souri", ""),
        ("fr", "Il vit en Suisse.", "Il vit en {placeName Suisse}."),
        ("fr", "aux Etats-Unis", "aux {placeName Etats-Unis}"),
        ("fr", "M. Toulouse dîne", ""),
        ("ru", "Я был в Москве и в Петербурге.", "Я был в {placeName Москве} и в {placeName Петербурге}."),
        ("ru", "из Чёрного моря", "из {placeName Чёрного моря}"),
        ("ru", "Германией и Францией", "{placeName Германией} и {placeName Францией}"),
        ("ru", "король Швеции и немецкий посол", ""),
        ("ru", "в Нью-Йорке", "в {placeName Нью-Йорке}"),
        ("ru", "Перу его принадлежит и это", ""),
    ],
)  # fmt: skip
def test_places_in_the_other_languages(language: str, text: str, shown: str) -> None:
    assert in_one(bare, text, language) == (shown or text)


def test_a_form_counts_in_its_own_language_only() -> None:
    assert in_one(bare, "Rom und Gent", "en") == "Rom und Gent"
    assert in_one(bare, "Rom und Gent", "de") == "{placeName Rom} und {placeName Gent}"


def test_where_nobody_says_the_language_the_words_do() -> None:
    shown, _ = apply(bare, "<p>Ich war in Wien und es war die Stadt, die das ist.</p>", "", ENTRY)
    assert shown == ["Ich war in {placeName Wien} und es war die Stadt, die das ist."]


# -- organisations


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at the Foreign Office.", "at the {orgName Foreign Office}."),
        ("the League of Nations met", "the {orgName League of Nations} met"),
        ("the Ministry of Health", "the {orgName Ministry of Health}"),
        ("the Ministry of Labour and National Service", "the {orgName Ministry of Labour and National Service}"),
        ("the Royal Orchid Society", "the {orgName Royal Orchid Society}"),
        ("the Society for the Relief of Seamen", "the {orgName Society for the Relief of Seamen}"),
        ("a clerk of the Northern Dale Bank.", "a clerk of the {orgName Northern Dale Bank}."),
        ("the Peasant Party of Latvia", "the {orgName Peasant Party of Latvia}"),
        ("Moor’s Bank failed", "{orgName Moor’s Bank} failed"),
        ("from Roux, Wendt & Co., bankers", "from {orgName Roux, Wendt & Co.}, bankers"),
        ("from Wendt and Co.", "from {orgName Wendt and Co.}"),
        ("sold by Moor & Sons", "sold by {orgName Moor & Sons}"),
        ("the Bank of England’s gold", "the {orgName Bank of England}’s gold"),
        ("a Red Army soldier", "a {orgName Red Army} soldier"),
        ("the Harbour Board sat", "the {orgName Harbour Board} sat"),
        ("the 9th Dale Regiment", "the {orgName 9th Dale Regiment}"),
        ("The Labour Party rose.", "The {orgName Labour Party} rose."),
    ],
)
def test_an_organisation_shows_by_its_head(text: str, shown: str) -> None:
    assert in_one(bare, text.replace("&", "&amp;")) == shown


@pytest.mark.parametrize(
    "text",
    [
        "a garden party at the bank",
        "the South Bank",
        "Our Society",
        "the Post Office",
        "the Club",
        "an Office for everybody",
        "in the company of Roux",
        "The Committee rose",
        "the board of Mr Moor",
        "Moor & Roux came",
        "the Dale Party Conference",
        "<title>The Orchid Society</title>",
        "he & Co.",
    ],
)
def test_what_only_sounds_like_an_organisation_is_left(text: str) -> None:
    text = text.replace("&", "&amp;")
    assert in_one(bare, text) == in_one(lambda *_: Outcome(), text)


def test_a_country_inside_an_organisation_is_no_place() -> None:
    assert in_one(bare, "the Union of Norway") == "the {orgName Union of Norway}"


def test_a_ministry_of_no_country_is_less_sure() -> None:
    (one,) = outcome_of("the Foreign Ministry", Gazetteer()).claims
    assert one.certainty < 0.9


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("de", "das Auswärtige Amt", "das {orgName Auswärtige Amt}"),
        ("de", "des Auswärtigen Amtes", "des {orgName Auswärtigen Amtes}"),
        ("de", "bei der Nordischen Bank", "bei der {orgName Nordischen Bank}"),
        ("de", "der Verein für Heimatkunde", "der {orgName Verein für Heimatkunde}"),
        ("de", "das Landwirtschaftsministerium", "das {orgName Landwirtschaftsministerium}"),
        ("de", "auf der Bank saß der Verein der Damen", ""),
        ("de", "Große Gesellschaft heute", ""),
        ("de", "Vater und Sohn", ""),
        ("de", "Roux &amp; Sohn", "{orgName Roux & Sohn}"),
        ("fr", "la Banque de France", "la {orgName Banque de France}"),
        ("fr", "le ministère des Travaux publics", "le {orgName ministère des Travaux publics}"),
        ("fr", "la Société de géographique", "la {orgName Société de géographique}"),
        ("fr", "la Société des Nations", "la {orgName Société des Nations}"),
        ("fr", "la Compagnie du Levant et", "la {orgName Compagnie du Levant} et"),
        ("fr", "le Parti radical", "le {orgName Parti radical}"),
        ("fr", "un comité de dames", ""),
        ("ru", "в Лиге Наций", "в {orgName Лиге Наций}"),
        ("ru", "общество «Ладога» и", "общество «{orgName Ладога}» и"),
        ("ru", "Красной Армии", "{orgName Красной Армии}"),
        ("ru", "общество любителей", ""),
    ],
)
def test_organisations_in_the_other_languages(language: str, text: str, shown: str) -> None:
    assert in_one(bare, text, language) == (shown or text)


# -- ships


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the steamer Gannet came in", "the steamer {name Gannet} came in"),
        ("the brig ‘Three Sisters’ of Hull", "the brig ‘{name Three Sisters}’ of {placeName Hull}"),
        ("S.S. Gannet, 900 tons", "S.S. {name Gannet}, 900 tons"),
        ("H.M.S. Petrel fired", "H.M.S. {name Petrel} fired"),
        ("HMS Petrel fired", "HMS {name Petrel} fired"),
        ("aboard the Petrel", "aboard the {name Petrel}"),
        ("on board the Petrel", "on board the {name Petrel}"),
        ("the cruiser <hi>Petrel</hi> fired", "the cruiser {name Petrel} fired"),
        ("the liner Empress of Norway", "the liner {name Empress of Norway}"),
        ("the steamer Bergen left Bergen", "the steamer {name Bergen} left {placeName Bergen}"),
        ("the ship SS Gannet sailed", "the ship SS {name Gannet} sailed"),
    ],
)
def test_a_ship_shows_by_what_stands_before_it(text: str, shown: str) -> None:
    assert in_one(bare, text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "the steamer came in",
        "the Yacht Club",
        "the yacht Club",
        "aboard the train",
        "aboard the Orient Express",
        "the steamer Captain Moor commanded",
        "an SS Standarte",
        "the steamer <persName>Roux</persName> took",
        "the ship, Moor said, was lost",
        "The Gannet is a bird.",
        "the ship. Nobody came.",
    ],
)
def test_what_only_sounds_like_a_ship_is_left(text: str) -> None:
    assert "{name" not in in_one(bare, text)


def test_a_ship_that_was_introduced_is_known_again_by_its_article() -> None:
    body = "<p>The steamer Gannet came.</p><p>The Gannet leaks.</p><p>A Gannet flew by; Gannet too.</p>"
    shown, outcome = apply(bare, body, entry=ENTRY)
    assert shown[1:] == ["The {name Gannet} leaks.", "A Gannet flew by; Gannet too."]
    assert [one.rule for one in outcome.claims] == ["cue", "introduced"]
    assert all(one.certainty < 0.9 for one in outcome.claims)
    assert all(("type", "ship") in one.attributes for one in outcome.claims)


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("de", "mit dem Dampfer „Gannet“ ab", "mit dem Dampfer „{name Gannet}“ ab"),
        ("de", "S.M.S. Petrel", "S.M.S. {name Petrel}"),
        ("de", "Dampfer Kohle", ""),
        ("de", "das Schiff Anker geworfen", ""),
        ("fr", "le vapeur Gannet est là", "le vapeur {name Gannet} est là"),
        ("fr", "à bord du « Gannet »", "à bord du « {name Gannet} »"),
        ("fr", "à bord de la nef", ""),
        ("ru", "пароход «Гагара» пришёл", "пароход «{name Гагара}» пришёл"),
        ("ru", "на пароходе «Три сестры»", "на пароходе «{name Три сестры}»"),
        ("ru", "пароход Соколова", ""),
    ],
)
def test_ships_in_the_other_languages(language: str, text: str, shown: str) -> None:
    assert in_one(bare, text, language) == (shown or text)


# -- places by a cue


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the village of Ardle", "the village of {placeName Ardle}"),
        ("the port of Ardle Bay lies", "the port of {placeName Ardle Bay} lies"),
        ("at Lake Ardle", "at {placeName Lake Ardle}"),
        ("Cape Ardle light", "{placeName Cape Ardle} light"),
        ("round the Isle of Ardle", "round the {placeName Isle of Ardle}"),
        ("off Ardle Island", "off {placeName Ardle Island}"),
        ("she died at Ardle in spring", "she died at {placeName Ardle} in spring"),
        ("the physician at Ardle, a cousin", "the physician at {placeName Ardle}, a cousin"),
        ("he sailed for Ardle", "he sailed for {placeName Ardle}"),
    ],
)
def test_a_place_that_nobody_knows_shows_by_a_cue(text: str, shown: str) -> None:
    assert in_one(bare, text) == shown
    assert all(one.certainty < 0.9 for one in outcome_of(text, Gazetteer()).claims)


@pytest.mark.parametrize(
    "text",
    [
        "the city of God",
        "the village of his youth",
        "the town of <persName>Moor</persName>",
        "the island of Doctor Roux",
        "the Bay",
        "the river was high",
        "Mount your horse",
        "in Port wine",
        "the county of the damned",
        "he died at Easter in Latin debate",
        "he stayed at Roux’s",
        "he laughed at Ardle and looked in Ardle",
        "they lived in GPO rooms",
        "he settled in May",
        "she lived in <persName>Roux</persName>",
    ],
)
def test_a_cue_without_a_name_gives_none(text: str) -> None:
    assert "{placeName" not in in_one(bare, text)


def test_a_place_that_was_introduced_is_known_again() -> None:
    shown, _ = apply(bare, "<p>To the village of Ardle.</p><p>It rains at Ardle; Ardle Street is wet.</p>", entry=ENTRY)
    assert shown[1] == "It rains at {placeName Ardle}; Ardle Street is wet."


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("fr", "le village d’Ardle dort", "le village d’{placeName Ardle} dort"),
        ("fr", "la ville est morte", ""),
        ("de", "der Hafen von Ardle", "der Hafen von {placeName Ardle}"),
        ("ru", "в деревне Гагарино пожар", "в деревне {placeName Гагарино} пожар"),
        ("ru", "в деревне пожар", ""),
    ],
)
def test_places_by_a_cue_in_the_other_languages(language: str, text: str, shown: str) -> None:
    assert in_one(bare, text, language) == (shown or text)


# -- by the registers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We took the boat to Oban.", [("Oban", "plc:oban")]),
        ("Behind the yard stood a goat.", [("the yard", "plc:varna-kilns")]),
        ("Behind a yard stood The Yard.", []),
        ("The Kilns smoke; the kilns do not.", [("The Kilns", "plc:varna-kilns")]),
        ("in Kiln yard", [("Kiln yard", "plc:varna-kilns")]),
        ("the kiln yard", []),
        ("the Lamp Office and L.O.", [("Lamp Office", "org:lamps")]),
        ("the Lamp Office Library", [("Lamp Office Library", "")]),
        ("the Swift sails", [("Swift", "plc:swift")]),
        ("Swift wrote it", []),
        ("the sloop Swift", [("Swift", "plc:swift")]),
        ("to Batumi by sea", [("Batumi", "plc:batum")]),
        ("the Oban Gazette, and Oban-made", []),
        ("the Duke of Oban", []),
    ],
)
def test_the_registers_know_their_own(text: str, found: list[tuple[str, str]]) -> None:
    got = values(outcome_of(text))
    assert [one for one in got if one != ("L.O", "org:lamps")] == found


def test_a_russian_form_is_known_in_all_its_cases() -> None:
    assert values(outcome_of("Мы были в Обане.", language="ru")) == [("Обане", "plc:oban")]
    assert values(outcome_of("The word Обан.", language="en")) == []


def test_two_records_of_one_name_are_told_and_stay_open() -> None:
    outcome = outcome_of("We came to Norton.")
    assert values(outcome) == [("Norton", "")]
    assert outcome.claims[0].alternatives == (("plc:norton-1", 0.5), ("plc:norton-2", 0.5))
    assert outcome.claims[0].certainty < 0.7
    assert codes(outcome) == ["E-060"]


def test_an_editor_says_which_of_two_is_meant_in_an_entry() -> None:
    outcome = outcome_of('In <placeName ref="plc:norton-2">Norton</placeName>. Norton sleeps.')
    assert values(outcome) == [("Norton", "plc:norton-2")]
    assert codes(outcome) == []


def test_what_is_open_is_told_once() -> None:
    assert codes(outcome_of("Norton, Norton, Norton.")) == ["E-060"]


def test_a_place_of_the_register_that_is_somebody_is_told() -> None:
    outcome = outcome_of("To Moor, and past it.")
    assert values(outcome) == []
    assert codes(outcome) == ["E-061"]


# -- what others have marked, and what editors have ruled


@pytest.mark.parametrize(
    "text",
    [
        "<placeName>Riga</placeName>",
        "<bibl>Riga, 1911</bibl>",
        "<title>From Riga to Oslo</title>",
        "<orgName>Bank of Riga</orgName>",
        "<persName>General Riga</persName>",
        '<rs type="place">Riga</rs>',
        '<ref target="#x">Riga</ref>',
    ],
)
def test_markup_that_is_there_is_left(text: str) -> None:
    assert outcome_of(f"See {text}.", Gazetteer()).claims == []


def test_a_break_in_a_name_does_not_part_it() -> None:
    shown, _ = apply(bare, '<p>in New <pb n="4"/>York; in Ko<pb n="5" break="no"/>penhagen</p>', entry=ENTRY)
    assert shown == ["in {placeName New York}; in Kopenhagen"]


def test_a_name_that_markup_would_cut_is_left() -> None:
    assert in_one(bare, "in New <hi>York and</hi> here") == "in New York and here"


def test_a_ruling_that_it_is_none_is_obeyed_and_nothing_is_proposed() -> None:
    ruled = Entry(id="d1911-03-02", rulings=(Ruling("placeName", "Riga", ""),))
    read = tuple(passages(document("<p>To Riga and Oslo.</p>")))
    assert [one.form for one in names(read, ruled, Gazetteer()).claims] == ["Oslo"]
    assert [one.known for one in survey(read, ruled, Gazetteer())] == ["Christiania"]


def test_speakers_and_notes_are_read_as_they_should_be() -> None:
    body = "<sp><speaker>Riga:</speaker><p>To Oslo.</p></sp><p>So<note type='editorial'>In Riga.</note> it is.</p>"
    shown, _ = apply(bare, body, entry=ENTRY)
    assert shown == ["Riga:", "To {placeName Oslo}.", "So it is.", "In {placeName Riga}."]


# -- survey, proposals and the second run


BODY = (
    "<p>From Riga by the steamer Gannet to the village of Ardle; Roux &amp; Co. and the Foreign Office paid.</p>"
    "<p>The Gannet left Riga. Ardle sleeps.</p>"
)


def test_after_the_survey_every_name_has_its_record() -> None:
    read = tuple(passages(document(BODY)))
    gazetteer = propose(Gazetteer(), survey(read, ENTRY, Gazetteer()))
    outcome = names(read, ENTRY, gazetteer)
    assert {one.value for one in outcome.claims} == {
        "plc:riga", "plc:gannet", "plc:ardle", "org:roux-co", "org:foreign-office",
    }  # fmt: skip


def test_a_second_run_finds_the_same_and_proposes_nothing_new() -> None:
    read = tuple(passages(document(BODY)))
    first = propose(Gazetteer(), survey(read, ENTRY, Gazetteer()))
    places, organisations = proposals(first)
    lists = {"listPlace": places, "listOrg": organisations}
    roots = []
    for tag, made in lists.items():
        root = parse(f'<TEI xmlns="{TEI_NS}"><standOff><{tag} type="proposed"/></standOff></TEI>'.encode())
        root[0][0].extend(made)
        roots.append(root)
    second = read_gazetteer(*roots)
    assert second == first
    assert propose(second, survey(read, ENTRY, second)) == second
    one, other = (names(read, ENTRY, each) for each in (first, second))
    assert [(claim.form, claim.value, claim.certainty, claim.rule) for claim in one.claims] == [
        (claim.form, claim.value, claim.certainty, claim.rule) for claim in other.claims
    ]


def test_a_proposal_from_a_cue_is_no_name_without_one() -> None:
    read = tuple(passages(document("<p>aboard the steamer Gannet</p>")))
    gazetteer = propose(Gazetteer(), survey(read, ENTRY, Gazetteer()))
    assert values(outcome_of("A Gannet, and the Gannet.", gazetteer)) == []


# -- whatever the text


@given(trees())
def test_claims_cross_nothing_and_stand_in_nothing_marked(root: etree._Element) -> None:
    check_claims(root, bare, ENTRY)


@given(
    st.lists(
        st.sampled_from(
            "the Bank of England & Co. S.S. aboard the brig steamer Lake Riga – ’s Ministry and for Party St. “ ” « » "
            "Société de d’ ministère des Travaux Verein für пароход «Гагара» в Москве Norway- , . H.M.S . I Lord".split(
                " "
            )
        ),
        max_size=14,
    ),
    st.sampled_from(["en", "de", "fr", "ru", "sv", ""]),
)
def test_no_words_make_it_stumble(words: list[str], language: str) -> None:
    root = one_paragraph(" ".join(words), language)
    check_claims(root, bare, ENTRY)


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    root = one_paragraph("".join(mark for mark in text if mark.isprintable()))
    read = tuple(passages(root))
    assert all(claimed(one, names(read, ENTRY, Gazetteer()).claims) for one in read)


@pytest.mark.parametrize(
    "piece",
    ["A, ", "Bank of ", "S.", "Lake A ", "‘", "& Co. ", "the SS ", "A & Co., ", "New ", "Riga ", "de la ", "“A"],
)
def test_a_hostile_paragraph_takes_no_more_than_its_share_of_time(piece: str) -> None:
    texts = [piece * (length // len(piece)) for length in (20_000, 80_000)]
    took = []
    for text in texts:
        root = one_paragraph(text)
        read = tuple(passages(root))
        start = time.perf_counter()
        names(read, ENTRY, Gazetteer())
        took.append(time.perf_counter() - start)
    assert took[1] < 12 * max(took[0], 0.05)
