"""The proof that no character is lost can fail: it finds what is lost, doubled, moved or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree

from pipeline.body import Side, encode
from pipeline.ledger import Account, Fate, Ledger, check
from pipeline.model import Pane
from pipeline.pages import read_pages
from pipeline.segment import Setting, segment
from pipeline.tei import T, parse, serialise
from tests.capture import entry
from tests.convert.making import PROFILE, capture_of

_TEXT = (
    "We rowed out to the",
    "Josiah Penhallow, buoy-keeper of the estuary, 1871–1909.",
    "bar, and I slept.",
    "***",
    "P.: The mole will be",
    "",
    "Page 31",
    "finished.",
    "I: Which\u00a0mole?",
)


def encoded() -> tuple[Pane, Side]:
    """Return one side of an entry and what is made of it."""
    capture, _ = capture_of(entry(*_TEXT))
    assert capture is not None
    pane = capture.panes[0]
    setting = Setting(capture.title, frozenset({"Marlowe"}), 1911, "en", PROFILE.page, PROFILE.ornament)
    decisions = segment(pane.lines, setting)
    pages, _ = read_pages(decisions, PROFILE.page, "a.txt")
    return pane, encode(pane, decisions, pages, "1911-03-02", "en", "print")


def codes(pane: Pane, ledger: Ledger, div: etree._Element) -> list[str]:
    return [one.code for one in check(ledger, pane, parse(serialise(div)), "a.txt")]


def test_a_true_conversion_is_proved() -> None:
    pane, side = encoded()
    assert codes(pane, side.ledger, side.div) == []
    assert sum(side.ledger.counts().values()) == len(pane.text)


def _lose(div: etree._Element) -> None:
    p = div.find(f"{T}p")
    assert p is not None and p.text
    p.text = p.text[:3] + p.text[4:]


def _double(div: etree._Element) -> None:
    p = div.find(f"{T}p")
    assert p is not None and p.text
    p.text = p.text[:2] + p.text[1:]


def _swap(div: etree._Element) -> None:
    p = div.find(f"{T}p")
    assert p is not None and p.text
    p.text = p.text[1] + p.text[0] + p.text[2:]


def _move_a_note(div: etree._Element) -> None:
    note = div.find(f".//{T}note")
    assert note is not None
    parent = note.getparent()
    assert parent is not None
    parent.text = (parent.text or "") + (note.tail or "")
    note.tail = None


def _lose_a_note(div: etree._Element) -> None:
    note = div.find(f".//{T}note")
    assert note is not None
    parent = note.getparent()
    assert parent is not None
    parent.text = (parent.text or "") + (note.tail or "")
    parent.remove(note)


def _change_a_page(div: etree._Element) -> None:
    next(pb for pb in div.iter(f"{T}pb") if pb.get("n") == "31").set("n", "13")


def _lose_a_page(div: etree._Element) -> None:
    pb = next(pb for pb in div.iter(f"{T}pb") if pb.get("n") == "31")
    parent = pb.getparent()
    assert parent is not None
    previous = pb.getprevious()
    assert previous is None
    parent.text = (parent.text or "") + (pb.tail or "")
    parent.remove(pb)


def _change_an_ornament(div: etree._Element) -> None:
    next(div.iter(f"{T}milestone")).set("n", "**")


def _join_two_words(div: etree._Element) -> None:
    p = div.find(f"{T}p")
    assert p is not None and p.text
    p.text = p.text.replace("We rowed", "Werowed")


def _make_a_space_common(div: etree._Element) -> None:
    p = next(p for p in div.iter(f"{T}p") if "\u00a0" in (p.text or ""))
    assert p.text
    p.text = p.text.replace("\u00a0", " ")


def _add_words(div: etree._Element) -> None:
    etree.SubElement(div, f"{T}p").text = "I never wrote this."


def _break_a_word(div: etree._Element) -> None:
    p = div.find(f"{T}p")
    assert p is not None and p.text
    pb = etree.Element(f"{T}lb")
    pb.tail, p.text = p.text[1:], p.text[:1] + " "
    p.insert(0, pb)


@pytest.mark.parametrize(
    "harm",
    [
        _lose,
        _double,
        _swap,
        _move_a_note,
        _lose_a_note,
        _change_a_page,
        _lose_a_page,
        _change_an_ornament,
        _join_two_words,
        _make_a_space_common,
        _add_words,
        _break_a_word,
    ],
    ids=lambda harm: harm.__name__.strip("_"),
)
def test_harm_to_the_tei_is_found(harm: Callable[[etree._Element], None]) -> None:
    pane, side = encoded()
    harm(side.div)
    assert "C-040" in codes(pane, side.ledger, side.div)


@pytest.mark.parametrize("number", range(6))
def test_a_lost_account_is_found(number: int) -> None:
    pane, side = encoded()
    accounts = side.ledger.accounts[:number] + side.ledger.accounts[number + 1 :]
    assert "C-040" in codes(pane, replace(side.ledger, accounts=accounts), side.div)


@pytest.mark.parametrize("number", range(6))
def test_a_double_account_is_found(number: int) -> None:
    pane, side = encoded()
    accounts = side.ledger.accounts[: number + 1] + side.ledger.accounts[number:]
    assert "C-040" in codes(pane, replace(side.ledger, accounts=accounts), side.div)


def test_text_may_not_be_normalised_away() -> None:
    pane, side = encoded()
    kept = next(one for one in side.ledger.accounts if one.fate is Fate.KEPT)
    false = Account(kept.start, kept.end, Fate.NORMALISED, pane.text[kept.start - pane.start : kept.end - pane.start])
    accounts = tuple(false if one is kept else one for one in side.ledger.accounts)
    assert codes(pane, replace(side.ledger, accounts=accounts), side.div) == ["C-040"]


def test_text_may_not_be_dropped() -> None:
    """Only the label of a page line may go; a sentence that an account says is dropped is found."""
    pane, side = encoded()
    kept = next(one for one in side.ledger.accounts if one.fate is Fate.KEPT and one.end - one.start > 10)
    accounts = tuple(replace(one, fate=Fate.DROPPED, into="") if one is kept else one for one in side.ledger.accounts)
    paragraph = next(
        p for p in side.div.iter(f"{T}p") if (p.text or "").startswith(pane.text[kept.start - pane.start :][:10])
    )
    assert paragraph.text
    paragraph.text = paragraph.text[kept.end - kept.start :]
    assert "C-040" in codes(pane, replace(side.ledger, accounts=accounts), side.div)


def test_an_entry_that_is_not_proved_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import body
    from tests.convert.making import try_to_make

    keep = body._Body.keep

    def lossy(self: body._Body, element: etree._Element, start: int, end: int) -> None:
        keep(self, element, start, end)
        if element.text and element.text.endswith("slept."):
            element.text = element.text[:-1]
        for child in element:
            if child.tail and child.tail.endswith("slept."):
                child.tail = child.tail[:-1]

    monkeypatch.setattr(body._Body, "keep", lossy)
    made = try_to_make(entry(*_TEXT))
    assert not isinstance(made, tuple)
    assert made.conversion.document is None
    lost = [one for one in made.diagnostics if one.code == "C-040"]
    assert len(lost) == 1
    assert lost[0].line is not None
    assert "1 character differ" in lost[0].message
