"""The registers of places, organisations and ships, and what is generally known: read, looked up, added to."""

from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.names.gazetteer import (
    Form,
    Gazetteer,
    NameSighting,
    Record,
    gazetteer_of,
    proposals,
    propose,
    read_gazetteer,
)
from pipeline.enrich.names.geography import world, world_forms
from pipeline.enrich.names.word_index import Index, Sense, cases, folded, words_of
from pipeline.tei import TEI_NS, XML_NS, parse


def register(content: str) -> etree._Element:
    """Return a register with these lists."""
    return parse(f'<TEI xmlns="{TEI_NS}"><standOff>{content}</standOff></TEI>'.encode())


def places(content: str) -> Gazetteer:
    return read_gazetteer(register(f"<listPlace>{content}</listPlace>"), None)


def looked_up(gazetteer: Gazetteer, text: str, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    """Return the longest form that begins at each word of a text, with the records that bear it."""
    words = words_of(text)
    found = []
    for number in range(len(words)):
        for count, senses in gazetteer.index.at(text, words, number, language)[:1]:
            form = text[words[number].start : words[number + count - 1].end]
            found.append((form, tuple(sense.key for sense in senses)))
    return found


# -- reading


@pytest.mark.parametrize(
    ("content", "forms"),
    [
        ("<placeName>Ardle</placeName>", ["Ardle"]),
        ("<placeName>Ardle</placeName><placeName>Ardl</placeName>", ["Ardle", "Ardl"]),
        ("<geogName>Ben Ardle</geogName>", ["Ben Ardle"]),
        ("<settlement>Ardle</settlement><country>Norway</country>", ["Ardle"]),
        ("<country>Norway</country>", ["Norway"]),
        ("<placeName>Ardle</placeName><country>Norway</country>", ["Ardle"]),
        ("<placeName><settlement>Ardle</settlement>, <country>Norway</country></placeName>", ["Ardle"]),
        ("<placeName>\n  Great\n  Ardle </placeName>", ["Great Ardle"]),
        ("<placeName/><placeName>Ardle</placeName>", ["Ardle"]),
    ],
)
def test_a_place_has_the_forms_that_its_names_give(content: str, forms: list[str]) -> None:
    (record,) = places(f'<place xml:id="a">{content}</place>').records.values()
    assert [form.text for form in record.forms] == forms


def test_a_place_in_a_place_is_a_record_of_its_own() -> None:
    inner = '<place xml:id="b"><placeName>Mill</placeName></place>'
    gazetteer = places(f'<place xml:id="a"><placeName>Ardle</placeName>{inner}</place>')
    assert {ref: record.forms[0].text for ref, record in gazetteer.records.items()} == {
        "plc:a": "Ardle",
        "plc:b": "Mill",
    }


def test_a_ship_is_a_place_of_that_type_and_no_place() -> None:
    (record,) = places('<place xml:id="g" type="ship"><placeName>Gannet</placeName></place>').records.values()
    assert (record.kind, record.ref) == ("ship", "plc:g")


def test_a_place_and_an_organisation_may_have_one_id() -> None:
    org = register('<listOrg><org xml:id="a"><orgName>Ardle Club</orgName></org></listOrg>')
    place = register('<listPlace><place xml:id="a"><placeName>Ardle</placeName></place></listPlace>')
    assert sorted(read_gazetteer(place, org).records) == ["org:a", "plc:a"]


def test_what_has_no_id_or_no_name_is_no_record() -> None:
    assert places('<place><placeName>Ardle</placeName></place><place xml:id="b"/>').records == {}


def test_without_registers_the_gazetteer_is_empty() -> None:
    assert read_gazetteer(None, None) == Gazetteer()


def test_a_gazetteer_travels_to_other_processes() -> None:
    gazetteer = places('<place xml:id="a"><placeName>Ardle</placeName></place>')
    there = pickle.loads(pickle.dumps(gazetteer))
    assert there == gazetteer
    assert looked_up(there, "in Ardle") == [("Ardle", ("plc:a",))]


# -- looking up


GAZETTEER = places(
    '<place xml:id="ardle"><placeName>Ardle</placeName></place>'
    '<place xml:id="great"><placeName>Great Ardle</placeName></place>'
    '<place xml:id="ives"><placeName>St. Ives</placeName></place>'
    '<place xml:id="office"><placeName>the station</placeName><placeName>the Works</placeName></place>'
    '<place xml:id="malmo"><placeName xml:lang="sv">Malmö</placeName></place>'
    '<place xml:id="us"><placeName>US</placeName></place>'
    '<place xml:id="moor-s"><placeName>Moor’s Land</placeName></place>'
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in Great Ardle now", ["Great Ardle", "Ardle"]),
        ("in great Ardle now", ["Ardle"]),
        ("Great, Ardle", ["Ardle"]),
        ("St Ives and St. Ives", ["St Ives", "St. Ives"]),
        ("at the station, The station, the Station", ["the station"]),
        ("The Works are shut; the works too", ["The Works"]),
        ("ARDLE", ["ARDLE"]),
        ("ardle", []),
        ("let us go", []),
        ("in the US", ["US"]),
        ("Moor's Land", ["Moor's Land"]),
        ("Ardles", []),
    ],
)
def test_forms_are_found_as_they_are_written(text: str, found: list[str]) -> None:
    assert [form for form, _ in looked_up(GAZETTEER, text)] == found


def test_a_form_of_a_language_counts_in_texts_of_that_language() -> None:
    assert looked_up(GAZETTEER, "i Malmö", "sv") == [("Malmö", ("plc:malmo",))]
    assert looked_up(GAZETTEER, "in Malmö", "en") == []
    assert looked_up(GAZETTEER, "Malmö", "") == [("Malmö", ("plc:malmo",))]


def test_forms_of_two_records_are_both_told() -> None:
    gazetteer = places("".join(f'<place xml:id="n{i}"><placeName>Norton</placeName></place>' for i in (1, 2)))
    assert looked_up(gazetteer, "Norton") == [("Norton", ("plc:n1", "plc:n2"))]


def test_proposals_alone_are_no_names_everywhere() -> None:
    root = register(
        '<listPlace type="proposed"><place xml:id="g" type="ship"><placeName>Gannet</placeName></place></listPlace>'
    )
    gazetteer = read_gazetteer(root, None)
    assert looked_up(gazetteer, "Gannet") == []
    assert [record.id for record in gazetteer.named("ship", "gannet")] == ["g"]


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("Москва", {"Москвы", "Москве", "Москву", "Москвой"}),
        ("Россия", {"России", "Россию", "Россией"}),
        ("Берлин", {"Берлина", "Берлину", "Берлином", "Берлине"}),
        ("Казань", {"Казани", "Казанью"}),
        ("Китай", {"Китая", "Китаю", "Китаем", "Китае"}),
        ("Афины", {"Афин", "Афинам", "Афинах", "Афинами"}),
        ("Гагарино", {"Гагарина", "Гагарине"}),
        ("Нью-Йорк", {"Нью-Йорка", "Нью-Йорке"}),
    ],
)
def test_russian_names_have_cases(name: str, several: set[str]) -> None:
    assert several < set(cases(name))


@pytest.mark.parametrize("name", ["Осло", "Баку", "Сочи", "СССР", "Riga", "Чёрное море", "Ростов-на-Дону"])
def test_names_that_do_not_change_have_one_form(name: str) -> None:
    assert cases(name) == (name,)


@given(st.text(max_size=30))
def test_any_text_has_words_and_a_folded_form(text: str) -> None:
    assert all(text[one.start : one.end] == one.text for one in words_of(text))
    index = Index([Sense("k", text, text)])
    words = words_of(text)
    for number in range(len(words)):
        index.at(text, words, number, "en")
    assert isinstance(folded(text), str)


@given(
    st.lists(st.sampled_from(["St.", "Ives", "great", "Ö", "ß", "’", "-", "и", "Ёлка", "US", ",", "\xad"]), max_size=6)
)
def test_a_form_is_found_in_itself(pieces: list[str]) -> None:
    text = " ".join(pieces)
    words = words_of(text)
    found = Index([Sense("k", text, text)]).at(text, words, 0, "sv") if words else []
    wide = any(words[number + 1].start - one.end > 4 for number, one in enumerate(words[:-1]))
    assert not words or wide or [sense.key for _, senses in found for sense in senses] == ["k"]


# -- general knowledge


def test_what_is_known_is_known_in_four_languages() -> None:
    index = world().index
    for form in ("Cologne", "Köln", "Кёльн", "Кельна"):
        assert {sense.key for sense in index.of(form)} == {"Cologne"}


def test_every_place_has_a_name_of_its_own() -> None:
    for kind in ("places", "organisations"):
        for key, known in world(kind).records.items():
            assert known.name
            assert all(form == form.strip() and form for forms in known.forms.values() for form in forms), key
            assert not any(mark in form for forms in known.forms.values() for form in forms for mark in "?!^~()|")


def test_places_of_one_name_are_few() -> None:
    several = [form for form in world().index if len({one.key for one in world().index.of(form)}) > 1]
    assert len(several) < 10


def test_doubtful_forms_are_left_out_unless_they_are_asked_for() -> None:
    assert {"riga", "new york", "москве"} <= world_forms()
    assert not {"halifax", "nancy", "bath"} & world_forms()
    assert {"halifax", "nancy", "bath"} <= world_forms(doubtful=True)


def test_no_form_is_a_common_word() -> None:
    assert not {"the", "in", "or", "or else", "main", "po", "и", "в", "der", "die", "la"} & world_forms(doubtful=True)


# -- proposals


RIGA = NameSighting("place", "Riga", "en", "Riga", "settlement", "entry:1911-03-02", "high")
GANNET = NameSighting("ship", "Gannet", "en", "", "ship", "entry:1911-03-02", "medium")


def test_a_sighting_becomes_a_proposal() -> None:
    gazetteer = propose(Gazetteer(), [RIGA])
    assert gazetteer.records == {
        "plc:riga": Record("riga", "place", (Form("Riga"),), "settlement", True, "high", ("entry:1911-03-02",))
    }


def test_one_place_under_several_names_is_one_record() -> None:
    german = NameSighting("place", "Reval", "de", "Reval", "settlement", "entry:1911-03-03", "high")
    later = NameSighting("place", "Tallinn", "en", "Reval", "settlement", "entry:1921-03-03", "high")
    (record,) = propose(Gazetteer(), [later, german]).records.values()
    assert record.id == "reval"
    assert record.forms == (Form("Reval"), Form("Tallinn", "en"))


def test_what_editors_have_is_not_proposed_again() -> None:
    gazetteer = places('<place xml:id="our-riga"><placeName>Riga</placeName></place>')
    assert propose(gazetteer, [RIGA]) == gazetteer


def test_a_proposal_learns_where_else_it_was_found_and_tells_five_places_at_most() -> None:
    several = [
        NameSighting("place", "Riga", "en", "Riga", "settlement", f"entry:1911-03-{day:02}", "high")
        for day in range(1, 9)
    ]
    one = propose(propose(Gazetteer(), several[4:]), several[:4])
    assert one == propose(Gazetteer(), several)
    assert one.records["plc:riga"].found == tuple(f"entry:1911-03-{day:02}" for day in range(1, 6))


def test_an_id_is_never_given_twice_nor_changed() -> None:
    gazetteer = places('<place xml:id="gannet"><placeName>Gannet Rock</placeName></place>')
    grown = propose(gazetteer, [GANNET])
    assert sorted(grown.records) == ["plc:gannet", "plc:gannet-ship"]
    more = propose(grown, [NameSighting("place", "Gannet", entry="entry:1911-03-04")])
    assert sorted(more.records) == ["plc:gannet", "plc:gannet-2", "plc:gannet-ship"]
    assert {ref: more.records[ref].kind for ref in grown.records} == {
        ref: record.kind for ref, record in grown.records.items()
    }


def test_names_in_other_letters_have_ids_in_ascii() -> None:
    sightings = [
        NameSighting("ship", "Три сестры"),
        NameSighting("org", "Örtl & Söhne"),
        NameSighting("org", "1st Dale Club"),
    ]
    for record in propose(Gazetteer(), sightings).records.values():
        assert record.id.isascii()
        assert record.id[0].isalpha()
        assert set(record.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.randoms(use_true_random=False))
def test_the_order_of_sightings_does_not_count(order: random.Random) -> None:
    sightings = [
        RIGA,
        GANNET,
        NameSighting("place", "Riga", "de", "Riga", "settlement", "entry:1911-03-01", "medium"),
        NameSighting("place", "Gannet", "en", "", "settlement", "entry:1911-03-05"),
        NameSighting("org", "Gannet & Co.", "en", "", "company", "entry:1911-03-05"),
        NameSighting("org", "GANNET & Co", "en", "", "company", "entry:1911-03-06"),
        NameSighting("place", "Рига", "ru", "Riga", "settlement", "entry:1911-03-01"),
    ]
    wanted = propose(Gazetteer(), sightings)
    order.shuffle(sightings)
    assert propose(Gazetteer(), sightings) == wanted


def test_proposals_read_again_are_what_they_were() -> None:
    gazetteer = propose(
        Gazetteer(),
        [RIGA, GANNET, NameSighting("org", "Roux & Co.", entry="entry:1911-03-02"), NameSighting("place", "Ardle")],
    )
    found, organisations = proposals(gazetteer)
    assert [etree.QName(one).localname for one in (*found, *organisations)] == ["place", "place", "place", "org"]
    lists = []
    for tag, made in (("listPlace", found), ("listOrg", organisations)):
        root = register(f'<{tag} type="proposed"/>')
        root[0][0].extend(made)
        lists.append(root)
    assert read_gazetteer(*lists) == gazetteer


def test_a_proposal_says_where_it_was_found() -> None:
    (element,), _ = proposals(propose(Gazetteer(), [RIGA]))
    ns = f"{{{TEI_NS}}}"
    assert dict(element.attrib) == {f"{{{XML_NS}}}id": "riga", "type": "settlement", "cert": "high"}
    assert [(one.tag, one.get("type"), one.text) for one in element] == [
        (f"{ns}placeName", "main", "Riga"),
        (f"{ns}note", "found", None),
    ]
    assert [one.get("target") for one in element.iter(f"{ns}ptr")] == ["entry:1911-03-02"]


def test_confirmed_records_are_no_proposals() -> None:
    assert proposals(GAZETTEER) == ([], [])


def test_a_look_up_takes_no_longer_in_a_large_register() -> None:
    took = []
    for size in (100, 20_000):
        gazetteer = gazetteer_of(Record(f"p{i}", "place", (Form(f"Ardle {i} Hill"),)) for i in range(size))
        words = words_of(text := "Ardle 7 Hill and Ardle 9 Hill and no more Ardle " * 200)
        start = time.perf_counter()
        for number in range(len(words)):
            gazetteer.index.at(text, words, number, "en")
        took.append(time.perf_counter() - start)
    assert took[1] < 5 * max(took[0], 0.01)
