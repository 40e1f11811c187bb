"""Persons in texts of many kinds: logs, minutes, diaries of society and of scholars."""

from __future__ import annotations

import pytest

from tests.enrich.naming_people import forms, names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Adams boiled the hoosh. Shackleton talks of turning.", ["Adams", "Shackleton"]),
        ("Stanton and Wells have drawn up a paper.", ["Stanton", "Wells"]),
        ("Kearny’s body came in under a flag of truce.", ["Kearny"]),
        ("Pease the cooper is down with the scurvy.", ["Pease"]),
        (
            "Parsons and Green came in. Then I met Parsons and Green. Green objected.",
            ["Parsons", "Green"] * 2 + ["Green"],
        ),
        ("Massignon was here in May.", ["Massignon"]),
        # Near misses: things, firms, medicines, animals, places.
        ("Trains ran late. Letters posted.", []),
        ("They were given Epsom Salts and Condy’s Fluid.", []),
        ("Messrs. Tubb and Son laid the drain.", []),
        ("We read Dombey and Son aloud.", []),
        ("I rode the grey mare Juno.", []),
        ("Mount Erebus is behind us.", []),
        ("He is gone to Silver Spring.", []),
        ("It was a bad Ramadan.", []),
    ],
)
def test_english_of_many_kinds(text: str, found: list[str]) -> None:
    assert forms(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Besuch bei Savigny und Ranke.", ["Savigny", "Ranke"]),
        ("Er schreibt an Söderblom.", ["Söderblom"]),
        ("Lachmann hat mir die Handschrift gezeigt.", ["Lachmann"]),
        ("Ein alter Landsturmmann stand da.", []),
        ("Er erzählte vom König. Regen am Abend.", []),
        ("Er war bei Tisch. Mit Brot zu Bett.", []),
    ],
)
def test_german_of_many_kinds(text: str, found: list[str]) -> None:
    assert forms(text, "de") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Roussel a pris le commandement.", ["Roussel"]),
        ("Il est à Gardanne et ne répond plus.", []),
        ("L’Anglais a cette façon. L’Œuvre avait paru.", []),
        ("Réveillé à cinq heures.", []),
        ("À droite, le 2e Zouaves.", []),
    ],
)
def test_french_of_many_kinds(text: str, found: list[str]) -> None:
    assert forms(text, "fr") == found


def test_a_rare_given_name_is_that_of_whom_the_entry_names_in_full() -> None:
    assert names("Sir Offley Salt spoke. Then Sir Offley sat down.") == [
        "Sir Offley Salt = salt-offley",
        "Sir Offley = salt-offley",
    ]
    assert names("My sister Yseut Dunn wrote. Yseut did not say when.")[1] == "Yseut = dunn-yseut"


def test_chinese_family_names_stand_first() -> None:
    found = names("We met Quo Tai-chi; Quo was late.")
    assert [one.partition(" = ")[2] for one in found] == [found[0].partition(" = ")[2]] * 2
