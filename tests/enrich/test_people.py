"""The register of persons: read in any form, looked up by any name; proposals that are the same in any order."""

from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.persons.naming import Name, agree, fore_agree, plain_name, read_name, slug
from pipeline.enrich.persons.people import People, Sighting, people_of, proposals, propose, read_people
from pipeline.enrich.persons.person import keys_of
from pipeline.enrich.words import key
from tests.enrich.naming_people import names, people_in, register

PEOPLE = """<listPerson>
 <person xml:id="rudin"><persName type="main">Rudin, Nikolai Pavlovich (Wolf)</persName>
  <persName type="variant">N.P. Rudin</persName><persName type="variant" xml:lang="ru">Рудин</persName>
  <birth when="1867-03-14">14 March 1867</birth><death when="1928"/><occupation>physician</occupation></person>
 <person xml:id="anna"><persName><forename>Anna</forename> <nameLink>von</nameLink> <surname>Tarnow</surname>
  <roleName>Frau</roleName></persName><floruit from="1902" to="1915"/></person>
 <person xml:id="mirza"><persName>the Mirza</persName><persName>M.</persName></person>
 <person><persName>Nobody</persName></person>
</listPerson>"""


# -- names


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Harold Tansley", Name((), ("harold",), "tansley", gender="m")),
        ("Mr Bishop", Name(("mr",), (), "bishop", gender="m")),
        ("Captain Dr Otto von Tarnow", Name(("captain", "dr"), ("otto",), "tarnow", gender="m")),
        ("M.M. Rudin", Name((), ("m", "m"), "rudin")),
        ("Uncle Ned", Name(("uncle",), ("ned",), gender="m")),
        ("Frau L.", Name(("frau",), (), "", letter="l", gender="f")),
        ("Sir John Vane, Bart.", Name(("sir",), ("john",), "vane", gender="m")),
        ("Edward Wade, 1st Earl of Marrow", Name(("earl",), ("edward",), "wade", "marrow", gender="m")),
        ("Augusta, Lady Marsh", Name(("lady",), ("augusta",), "marsh", gender="f")),
    ],
)
def test_a_name_is_taken_apart(form: str, name: Name) -> None:
    assert read_name(form)[0] == name


def test_a_register_form_has_its_alias() -> None:
    main, alias = read_name("Rudin, Nikolai Pavlovich (Wolf)")
    assert (main.family, main.fore) == ("rudin", ("nikolai", "pavlovich"))
    assert (alias.family, alias.fore) == ("wolf", main.fore)
    (titled,) = read_name("Wade, Aldous (Sir)")
    assert titled.titles == ("sir",)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("J. Moor", "John Moor", True),
        ("John Moor", "James Moor", False),
        ("John Henry Moor", "Henry Moor", True),
        ("Mr Moor", "Mrs Moor", False),
        ("Ned Moor", "Edward Moor", True),
        ("Moor", "John Moor", True),
        ("Moor", "Wade", False),
        ("Соколов", "Соколову", True),
        ("Rudinoff", "Rudinov", True),
    ],
)
def test_names_agree_or_contradict(one: str, two: str, same: bool) -> None:
    assert agree(plain_name(one), plain_name(two)) is same
    assert agree(plain_name(two), plain_name(one)) is same


@given(st.lists(st.sampled_from(["john", "j", "henry", "h", "ned"]), max_size=4))
def test_given_names_agree_with_themselves_and_with_fewer(fore: list[str]) -> None:
    assert fore_agree(fore, fore)
    assert fore_agree(fore, fore[1:])
    assert fore_agree(fore, [one[0] for one in fore])


def test_ids_are_ascii() -> None:
    assert slug(["Орлов", "Пётр"]) == "orlov-petr"
    assert slug(["Lübbers", "d’Arc", "Łoś"]) == "luebbers-d-arc-los"
    assert slug([""]) == "person"


@given(st.text(max_size=60))
def test_any_form_can_be_read(form: str) -> None:
    for name in read_name(form):
        assert isinstance(name, Name)
    assert slug([form]).isascii()
    assert key(form) == key(form)


# -- the register


def test_a_register_is_read() -> None:
    people = register(PEOPLE)
    assert [one.id for one in people.persons] == ["rudin", "anna", "mirza"]
    rudin = people.person("psn:rudin")
    assert rudin is not None
    assert rudin.life.birth == "1867-03-14"
    assert rudin.life.death == "1928"
    assert rudin.life.offices == ("physician",)
    assert not rudin.proposed
    anna = people.person("anna")
    assert anna is not None
    assert anna.main == "Anna von Tarnow"
    assert anna.life.active == ("1902", "1915")


def test_persons_are_found_by_every_name() -> None:
    people = register(PEOPLE)
    assert [one.id for one in people.of_family("rudin")] == ["rudin"]
    assert [one.id for one in people.of_family("wolf")] == ["rudin"]
    assert [one.id for one in people.of_family(key("Рудина"))] == ["rudin"]
    assert [one.id for one in people.of_form(keys_of("Nikolai Pavlovich Rudin"))] == ["rudin"]
    assert [one.id for one in people.of_letter("m")] == ["mirza"]
    assert people.of_family("nobody") == ()
    assert people.person("nobody") is None


def test_an_empty_register_and_none() -> None:
    assert read_people(None).persons == ()
    assert read_people(etree.fromstring("<TEI/>")).persons == ()


def test_a_register_without_a_namespace() -> None:
    root = etree.fromstring('<list><person xml:id="a"><persName>Ada Moor</persName></person></list>')
    assert [one.id for one in read_people(root).of_family("moor")] == ["a"]


def test_people_can_be_sent_to_another_process() -> None:
    people = people_in([("1911-03-02", "<p>Dr Tansley came.</p>")], register(PEOPLE))
    again: People = pickle.loads(pickle.dumps(people))
    assert again.persons == people.persons
    assert again.of_family("tansley") == people.of_family("tansley")


def test_adding_touches_nothing_that_is_there() -> None:
    people = register(PEOPLE)
    more = people_in([("1911-03-02", "<p>Dr Tansley came.</p>")], people)
    assert people.of_family("tansley") == ()
    assert len(more.of_family("tansley")) == 1
    assert more.register is people.register


# -- proposals

DAYS = [
    ("1911-03-02", "<p>Harold Tansley called. Tansley was ill, said Dr Wade.</p>"),
    ("1911-03-03", "<p>I saw Tansley again, and Mrs Wade.</p>"),
    ("1911-03-04", "<p>Jean Moor and Robert Moor sang. Dr Wade replied that it was late.</p>"),
    ("1911-03-05", "<p>Then Moor said so. The letter is from H. Tansley.</p>"),
]


def told(people: People) -> list[str]:
    """Return the proposals as they are written."""
    return [etree.tostring(one, encoding="unicode") for one in proposals(people)]


def test_one_person_over_many_entries_is_one_record() -> None:
    days = [(f"1911-03-{day:02}", f"<p>{text}</p>") for day in range(1, 29) for text in ("Harold Tansley said so.",)]
    (person,) = people_in(days).persons
    assert person.id == "tansley-harold"
    assert person.found == tuple(f"entry:1911-03-{day:02}" for day in range(1, 6))


def test_two_of_one_name_are_two_records_and_the_bare_name_stays_open() -> None:
    people = people_in(DAYS)
    assert {"moor-jean", "moor-robert", "tansley-harold", "wade", "wade-mrs"} == {one.id for one in people.persons}


def test_a_bare_name_elsewhere_is_the_only_one_of_that_name() -> None:
    people = people_in(DAYS)
    shown = names("<p>Tansley said so.</p>", people)
    assert shown == ["Tansley = tansley-harold"]


def test_proposals_do_not_depend_on_the_order() -> None:
    first = told(people_in(DAYS))
    for seed in range(5):
        days = DAYS[:]
        random.Random(seed).shuffle(days)
        assert told(people_in(days)) == first


def test_a_second_run_brings_nothing_new() -> None:
    people = people_in(DAYS)
    listing = "".join(told(people))
    again = register(f'<listPerson type="proposed">{listing}</listPerson>')
    assert [one.proposed for one in again.persons] == [True] * len(people.persons)
    assert told(people_in(DAYS, again)) == told(people)


def test_an_editors_record_is_never_changed() -> None:
    people = register('<listPerson><person xml:id="x"><persName>Harold Tansley</persName></person></listPerson>')
    after = people_in(DAYS, people)
    assert after.person("x") == people.person("x")
    assert "x" not in {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in proposals(after)}
    assert "tansley-harold" not in {one.id for one in after.persons}


def test_an_id_that_is_taken_is_not_taken_again() -> None:
    people = register('<listPerson><person xml:id="wade"><persName>Other Body</persName></person></listPerson>')
    ids = [one.id for one in people_in([("1911-03-02", "<p>Dr Wade came.</p>")], people).persons]
    assert ids == ["wade", "wade-2"]


def test_an_initial_is_no_form_of_a_record() -> None:
    (person,) = people_in([("1911-03-02", "<p>I told Vardy. V. was pleased.</p>")]).persons
    assert person.forms == ("Vardy",)


def test_what_a_proposal_says() -> None:
    body = "<p>Tarnow<note>Otto von Tarnow, German chancellor, 1871–90.</note> wept, said Dr Wade.</p>"
    shown = told(people_in([("1911-03-02", body)]))[0]
    for part in (
        'xml:id="tarnow-otto"',
        'cert="high"',
        '<persName type="main">Tarnow, Otto von</persName>',
        '<persName type="variant">Tarnow</persName>',
        '<floruit from="1871" to="1890">1871–1890</floruit>',
        "<occupation>German chancellor</occupation>",
        '<note type="found"><ptr target="entry:1911-03-02"/></note>',
    ):
        assert part in shown.replace("ns0:", "")


FORMS = st.sampled_from(
    [
        "Moor",
        "John Moor",
        "J. Moor",
        "James Moor",
        "Mrs Moor",
        "Dr Moor",
        "Wade",
        "Ada Wade",
        "John",
        "Uncle Ned",
        "Орлова",
    ]
)
SIGHTINGS = st.builds(
    lambda form, day: Sighting((form,), f"entry:1911-03-{day:02}", certainty=0.95), FORMS, st.integers(1, 9)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SIGHTINGS, max_size=12), st.randoms())
def test_any_sightings_give_the_same_in_any_order(sightings: list[Sighting], chance: random.Random) -> None:
    one = told(propose(people_of(), sightings))
    chance.shuffle(sightings)
    assert told(propose(people_of(), sightings)) == one
    ids = [person.id for person in propose(people_of(), sightings).persons]
    assert len(ids) == len(set(ids))


def test_a_look_up_does_not_grow_with_the_register() -> None:
    def taken(count: int) -> float:
        body = "".join(
            f'<person xml:id="p{one}"><persName>Given{one % 97} Family{one}</persName></person>' for one in range(count)
        )
        people = register(f"<listPerson>{body}</listPerson>")
        names("<p>Harold Tansley met Given3 Family3.</p>", people)
        start = time.process_time()
        for _ in range(5):
            names("<p>Harold Tansley met Given3 Family3, and Family5 said so.</p>", people)
        return time.process_time() - start

    assert taken(20_000) < 5 * max(taken(20), 0.02)
