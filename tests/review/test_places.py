"""Places: what rules decided stands where the page shows it, in the TEI and in the source, to the character."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import config
from pipeline.review.alignment import Alignment
from pipeline.review.edition import entry_files
from pipeline.review.entry import Job, Setting, tell
from pipeline.review.origin import origin, sources_by_name
from pipeline.review.reading import Place, Reading, units
from pipeline.tei import parse
from tests.review.making import LINES, edition, mark

SAMPLE = Path(__file__).parents[2] / "tei"


def bare(text: str) -> str:
    return re.sub(r"[ \t\r\n]", "", text)


def sliced(text: str, start: int, end: int) -> str:
    """Return a piece of a text as JavaScript would cut it."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("name", sorted(path.stem for path in (SAMPLE / "text").glob("*.xml")))
def test_every_word_of_the_sample_is_found_in_its_source(name: str) -> None:
    sample = config.load(SAMPLE)
    root = parse((SAMPLE / "text" / f"{name}.xml").read_bytes())
    reading = Reading(root)
    from_ = origin(root, sample)
    assert from_.problem == ""
    kinds = [div.get("subtype") for div in reading.sides]
    found = looked = 0
    for side in from_.sides:
        aligned = Alignment(reading, kinds.index(side.side), side)
        for number, item in enumerate(reading.items):
            if item.side != kinds.index(side.side) or item.passage is None:
                continue
            for word in list(re.finditer(r"\S+", item.text))[::5]:
                looked += 1
                spans = aligned.spans(Place(number, word.start(), word.end()))
                if spans:
                    found += 1
                    there = "".join(sliced(side.lines[line].text, start, end) for line, start, end in spans)
                    assert bare(there) == word.group()
    # What an editor has changed since has no place in the source.
    assert found >= looked * 0.97
    assert found == looked or any(side.differences for side in from_.sides)


def asked(made: config.Edition, name: str = "d1911-03-02") -> dict:
    sources_by_name.cache_clear()
    return json.loads(tell(Setting(made), Job(str(entry_files(made)[name]), ())).json)


def test_a_decision_is_shown_at_its_words_on_both_sides(tmp_path: Path) -> None:
    told = asked(edition(tmp_path / "e"))
    of_rules = [one for one in told["ask"] if one["st"] == "rules"]
    assert {one["n"] for one in of_rules} == {"persName", "time", "ref", "q"}
    for one in of_rules:
        item, start, end = one["at"]
        assert sliced(told["items"][item]["t"], start, end) == one["f"]
        spans = "".join(
            sliced(told["source"]["sides"][side]["lines"][line][1], begin, stop)
            for side, line, begin, stop in one["src"]
        )
        assert bare(spans) == bare(one["f"])


def test_the_least_certain_comes_first_and_the_unresolved_before_it(tmp_path: Path) -> None:
    of_rules = [one for one in asked(edition(tmp_path / "e"))["ask"] if one["st"] == "rules"]
    assert [one["f"] for one in of_rules][:2] == ["R.", "the entry for 1 March"]
    settled = [one["c"] for one in of_rules if not one.get("u")]
    assert settled == sorted(settled)


def test_what_is_known_of_a_decision_is_told(tmp_path: Path) -> None:
    first = next(one for one in asked(edition(tmp_path / "e"))["ask"] if one["f"] == "Orlov")
    assert (first["v"], first["c"], first["r"]) == ("psn:orlov", 0.75, "persons: toy")
    assert first["o"] == [["psn:orlov-ivan", 0.2], ["psn:roux", 0.05]]
    assert first["e"] == ["it looks so", "nothing speaks against it"]
    assert first["ln"] > 1


def test_the_ledger_tells_what_was_moved_and_dropped(tmp_path: Path) -> None:
    (side,) = asked(edition(tmp_path / "e"))["source"]["sides"]
    lines = [text for _, text in side["lines"]]
    assert [text for text in lines if text.strip()] == ["2 March", *LINES]
    told = [(lines[line][start:end], fate, into) for line, start, end, fate, into in side["told"]]
    assert ("48", "moved", "pb/@n") in told
    assert [text for text, fate, _ in told if fate == "dropped"] == ["Page "]
    assert side["differ"] == []


def test_a_source_that_is_gone_is_said_and_the_rest_is_shown(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    (made.root / "sources" / "day-02.txt").unlink()
    told = asked(made)
    assert "day-02.txt is not in sources/ any more" in told["source"]["problem"]
    assert told["source"]["sides"] == []
    assert [one for one in told["ask"] if one["st"] == "rules"]


def test_a_source_that_is_another_now_is_said(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    path = made.root / "sources" / "day-02.txt"
    path.write_text(path.read_text().replace("laughed", "wept"))
    told = asked(made)
    assert told["source"]["changed"] == 1
    assert told["source"]["sides"][0]["differ"] != []


def test_text_changed_by_hand_is_said_and_other_words_keep_their_place(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    path = made.text / "d1911-03-02.xml"
    path.write_text(path.read_text().replace("which lay four days", "which had been lying for days"))
    told = asked(made)
    assert told["hand"] == 1
    assert "differ between source and TEI" in told["source"]["sides"][0]["differ"][0]
    assert all(one.get("src") for one in told["ask"] if one["f"] in ("Orlov", "Roux", "R."))


def test_markup_that_an_editor_changed_or_took_away_is_settled(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    path = made.text / "d1911-03-02.xml"
    text = path.read_text()
    text = re.sub(r"<time [^>]*>(.*?)</time>", r"\1", text)
    text = text.replace('<persName ref="psn:roux"', '<persName ref="psn:orlov"', 1)
    path.write_text(text)
    by_hand = {(one["f"], one.get("v", "")) for one in asked(made)["ask"] if one["st"] == "hand"}
    assert by_hand == {("4 o’clock", ""), ("Roux", "psn:orlov")}


def test_editors_rulings_are_shown_with_their_scope(tmp_path: Path) -> None:
    made = edition(tmp_path / "e")
    rulings = made.root / "registers" / "rulings.json"
    rulings.write_text('{"rulings": [{"kind": "persName", "form": "Orlov", "value": "psn:orlov-ivan"}]}')
    mark(made)
    from pipeline.enrich.rulings import read_rulings

    job = Job(str(made.text / "d1911-03-02.xml"), ())
    told = json.loads(tell(Setting(made, read_rulings(rulings)), job).json)
    (one,) = [each for each in told["ask"] if each["st"] == "ruling"]
    assert (one["f"], one["v"], one["no"]) == ("Orlov", "psn:orlov-ivan", "everywhere.")
    assert not [each for each in told["ask"] if each["st"] == "rules" and each["f"] == "Orlov"]


def test_pages_of_doubt_and_unsure_segmentation_are_questions() -> None:
    made = config.load(SAMPLE)
    sources_by_name.cache_clear()
    out_of_order = json.loads(tell(Setting(made), Job(str(SAMPLE / "text" / "d1913-03-18.xml"), ())).json)
    assert any(one["st"] == "page" and one["c"] == 0.5 and one["v"] == "41" for one in out_of_order["ask"])
    unsure = json.loads(tell(Setting(made), Job(str(SAMPLE / "text" / "d1910-07-18.xml"), ())).json)
    of_structure = [one for one in unsure["ask"] if one["st"] == "structure"]
    assert len(of_structure) == 3
    assert [one["c"] for one in of_structure] == sorted(one["c"] for one in of_structure)
    assert of_structure[0]["o"][0] == ["continuation", 0.38]
    assert all(one["src"] for one in of_structure)


def test_offsets_count_as_javascript_does() -> None:
    text = "a𝔄b"
    at = units(text)
    assert [at(offset) for offset in range(4)] == [0, 1, 3, 4]
    assert sliced(text, at(2), at(3)) == "b"
