"""A page line is a whole line: what stands in a sentence is never dropped, whatever a profile says."""

from __future__ import annotations

from pathlib import Path

from pipeline import ledger
from pipeline.config import load
from pipeline.ingest import convert_sources
from pipeline.ledger import Account, Fate, Ledger
from pipeline.model import Line, Pane
from pipeline.resources import resource
from pipeline.tei import parse, text_of
from tests.capture import entry

SENTENCE = "I read aloud Page 48 of the white book to him."


def test_a_loose_profile_does_not_swallow_a_sentence(tmp_path: Path) -> None:
    shipped = (resource("readers/profiles") / "sda.toml").read_text(encoding="utf-8")
    loose = [
        "page = 'Page (?P<n>\\d+)'" if line.startswith("page =") else line.replace('"sda"', '"loose"')
        for line in shipped.splitlines()
    ]
    (tmp_path / "loose.toml").write_text("\n".join(loose), encoding="utf-8")
    (tmp_path / "edition.toml").write_text(
        '[edition]\ntitle = "T"\n\n[sources]\nprofiles = ["loose.toml"]\n', encoding="utf-8"
    )
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(entry(SENTENCE, "Page 49", "He slept."), encoding="utf-8")
    edition = load(tmp_path)
    entries, report = convert_sources([tmp_path / "sources"], edition.text, edition)
    assert [one.outcome for one in entries] == ["written"], report.diagnostics
    assert SENTENCE in text_of(parse((edition.text / "d1911-03-02.xml").read_bytes()))


def test_the_ledger_does_not_take_a_sentence_for_the_label_of_a_page() -> None:
    text = f"{SENTENCE}"
    pane = Pane("translation", "en", None, (Line(1, 0, text),), text)
    at = text.index("48")
    accounts = (
        Account(0, at, Fate.DROPPED, "the label of a page line"),
        Account(at, at + 2, Fate.MOVED, "pb/@n"),
        Account(at + 2, len(text), Fate.DROPPED, "the label of a page line"),
    )
    div = parse(b'<div xmlns="http://www.tei-c.org/ns/1.0"><pb n="48"/></div>')
    found = ledger.check(Ledger("translation", accounts), pane, div, "a.txt")
    assert [one.code for one in found] == ["C-040"]
    assert "of the white book" in found[0].message
