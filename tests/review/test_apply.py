"""Rulings applied: what fits the edition is carried over, what does not is told, a bad file changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Edition
from pipeline.enrich.model import Ruling
from pipeline.enrich.rulings import read_rulings
from pipeline.review.apply import Applied, apply_rulings
from pipeline.tei import T, parse
from tests.review.making import edition, mark

ENTRY = "d1911-03-02"
GOOD = {"kind": "persName", "form": "Orlov", "value": "psn:orlov-ivan"}


@pytest.fixture
def made(tmp_path: Path) -> Edition:
    return edition(tmp_path / "e", (2, 3))


def apply(made: Edition, *rulings: dict[str, Any]) -> Applied:
    file = made.root / "export.json"
    file.write_text(json.dumps({"rulings": list(rulings)}), encoding="utf-8")
    return apply_rulings(made, file)


def kept(made: Edition) -> tuple[Ruling, ...]:
    return read_rulings(made.root / "registers" / "rulings.json")


def codes(applied: Applied) -> list[str]:
    return [one.code for one in applied.report.diagnostics]


def test_rulings_are_carried_over_and_obeyed(made: Edition) -> None:
    applied = apply(made, GOOD, {"kind": "time", "form": "4 o’clock", "value": "", "entry": ENTRY})
    assert codes(applied) == []
    assert len(kept(made)) == 2
    assert applied.report.written == (str(made.root / "registers" / "rulings.json"),)
    mark(made)
    root = parse((made.text / f"{ENTRY}.xml").read_bytes())
    assert {one.get("ref") for one in root.iter(f"{T}persName") if one.text == "Orlov"} == {"psn:orlov-ivan"}
    assert root.find(f".//{T}time") is None
    other = parse((made.text / "d1911-03-03.xml").read_bytes())
    assert other.find(f".//{T}time") is not None


def test_the_entries_concerned_are_those_where_the_words_stand(made: Edition) -> None:
    assert apply(made, {**GOOD, "entry": ENTRY}).entries == (ENTRY,)
    assert apply(made, GOOD).entries == (ENTRY, "d1911-03-03")


def test_rulings_applied_twice_change_nothing(made: Edition) -> None:
    apply(made, GOOD)
    again = apply(made, GOOD)
    assert again.applied == ()
    assert [one.form for one in again.known] == ["Orlov"]
    assert again.report.written == ()


def test_of_two_rulings_on_one_question_the_new_one_holds(made: Edition) -> None:
    apply(made, GOOD, {"kind": "persName", "form": "Roux", "value": ""})
    apply(made, {**GOOD, "value": ""})
    assert [(one.form, one.value) for one in kept(made)] == [("Orlov", ""), ("Roux", "")]


@pytest.mark.parametrize(
    ("ruling", "code"),
    [
        ({**GOOD, "entry": "d1911-02-30"}, "E-084"),
        ({**GOOD, "block": "en.1", "index": 1}, "E-085"),
        ({**GOOD, "form": "Potemkin"}, "E-085"),
        ({**GOOD, "entry": ENTRY, "block": "en.1", "index": 9}, "E-085"),
        ({**GOOD, "entry": ENTRY, "block": "en.99", "index": 1}, "E-085"),
        ({**GOOD, "value": "psn:potemkin"}, "E-086"),
        ({**GOOD, "value": "plc:orlov"}, "E-086"),
        ({**GOOD, "value": "Orlov"}, "E-086"),
        ({**GOOD, "kind": "time", "form": "4 o’clock", "value": "25:99"}, "E-086"),
        ({**GOOD, "kind": "date", "form": "1 March", "value": "1911-02-30"}, "E-086"),
        ({**GOOD, "kind": "ref", "form": "1 March", "value": "entry:1911-02-28"}, "E-086"),
        ({**GOOD, "kind": "ref", "form": "1 March", "value": "#nowhere", "entry": ENTRY}, "E-086"),
        ({**GOOD, "kind": "q", "form": "laughed", "value": "psn:orlov"}, "E-086"),
    ],
)
def test_a_ruling_that_does_not_fit_is_told_and_the_others_are_applied(
    made: Edition, ruling: dict[str, Any], code: str
) -> None:
    applied = apply(made, ruling, {"kind": "persName", "form": "Roux", "value": ""})
    assert codes(applied) == [code]
    assert applied.refused == 1
    assert applied.report.diagnostics[0].hint
    assert [one.form for one in kept(made)] == ["Roux"]


@pytest.mark.parametrize(
    "ruling",
    [
        {**GOOD, "value": "yes"},
        {**GOOD, "value": "psn:orsted"},
        {"kind": "ref", "form": "the entry for 1 March", "value": "entry:1911-03-03"},
        {"kind": "ref", "form": "the entry for 1 March", "value": "#en.2", "entry": ENTRY},
        {"kind": "ref", "form": "the entry for 1 March", "value": "https://example.org/a"},
        {"kind": "date", "form": "1 March", "value": "1911-03-01", "entry": ENTRY, "block": "en.1", "index": 1},
        {"kind": "time", "form": "4 o’clock", "value": "04:00:00"},
    ],
)
def test_a_value_that_means_something_is_taken(made: Edition, ruling: dict[str, Any]) -> None:
    assert codes(apply(made, ruling)) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"rulings": {}}', '{"rulings": [1]}', '{"rulings": [{"kind": "persName"}]}',
        '{"rulings": [{"kind": "persName", "form": "Orlov", "value": 3}]}',
        '{"rulings": [{"kind": "div", "form": "Orlov", "value": ""}]}',
        '{"rulings": [{"kind": "persName", "form": "Orlov", "value": "a<b"}]}',
        '{"rulings": [{"kind": "persName", "form": "Orlov", "value": "", "who": "me"}]}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_bad_file_is_told_and_nothing_is_written(made: Edition, text: str) -> None:
    file = made.root / "export.json"
    file.write_text(text, encoding="utf-8")
    applied = apply_rulings(made, file)
    assert codes(applied) == ["E-083"]
    assert applied.report.exit_code == 1
    assert kept(made) == ()


def test_a_file_that_is_not_there_or_is_no_file_is_told(made: Edition) -> None:
    for path in (made.root / "nowhere.json", made.root, Path("/dev/null")):
        applied = apply_rulings(made, path)
        assert codes(applied) == ["E-083"]
    (made.root / "latin.json").write_bytes(b'{"rulings": "\xe9"}')
    assert codes(apply_rulings(made, made.root / "latin.json")) == ["E-083"]


def test_rulings_of_the_edition_that_cannot_be_read_are_left_as_they_are(made: Edition) -> None:
    path = made.root / "registers" / "rulings.json"
    path.write_text("{ mine }")
    assert codes(apply(made, GOOD)) == ["E-080"]
    assert path.read_text() == "{ mine }"


def test_an_entry_that_is_broken_is_told_and_the_others_are_looked_at(made: Edition) -> None:
    (made.text / "d1911-03-03.xml").write_text("<TEI")
    applied = apply(made, GOOD)
    assert codes(applied) == ["E-089"]
    assert applied.entries == (ENTRY,)
