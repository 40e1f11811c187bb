"""What passes claim, written into the text as `{name words}`, and what holds for the claims of every pass."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.enrich.model import Claim, Entry, Outcome, Pass
from pipeline.passage import Passage, passages
from pipeline.wrap import Mark
from tests.enrich.trees import document


def claimed(passage: Passage, claims: Sequence[Claim]) -> str:
    """Return a passage's text with its claims in braces, parts too: `{expan A{ex [nglo]}}`."""
    own = [one for one in claims if one.passage is passage]
    spans = [(one.start, one.end, one.name) for one in own]
    spans += [(part.start, part.end, part.name) for one in own for part in one.parts]
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for start, end, name in sorted(spans, key=lambda one: (one[0], -one[1])):
        opening.setdefault(start, []).append(f"{{{name} ")
        closing[end] = closing.get(end, 0) + 1
    pieces = []
    for at in range(len(passage.text) + 1):
        pieces += ["}" * closing.get(at, 0), *opening.get(at, ()), passage.text[at : at + 1]]
    return "".join(pieces)


def apply(rules: Pass, body: str, language: str = "en", entry: Entry | None = None) -> tuple[list[str], Outcome]:
    """Return the passages of a body with what a pass claims in them, and what it said."""
    read = tuple(passages(document(body, language)))
    outcome = rules(read, entry or Entry(id="d1911-03-02", date="1911-03-02"))
    return [claimed(one, outcome.claims) for one in read], outcome


def in_one(rules: Pass, text: str, language: str = "en") -> str:
    """Return a paragraph with what a pass claims in it."""
    shown, _ = apply(rules, f"<p>{text}</p>", language)
    return shown[0]


def codes(outcome: Outcome) -> list[str]:
    """Return the codes of what a pass found."""
    return [one.code for one in outcome.findings]


def check_claims(root: etree._Element, rules: Pass, entry: Entry | None = None) -> None:
    """Assert what holds for every pass: claims lie within their passage, cross nothing, and are made once."""
    entry = entry or Entry(id="d1911-03-02", date="1911-03-02")
    read = tuple(passages(root))
    before = etree.tostring(root)
    outcome = rules(read, entry)
    assert etree.tostring(root) == before
    for passage in read:
        own = [one for one in outcome.claims if one.passage is passage]
        for one in own:
            assert 0 <= one.start < one.end <= len(passage.text)
            assert one.form == one.form.strip()
            assert 0 < one.certainty <= 1
        marks = [Mark(one.start, one.end, one.name, one.attributes) for one in own]
        marks += [part for one in own for part in one.parts]
        made, refused = passage.mark(marks)
        assert refused == []
        assert len(made) == len(marks)
    again = rules(tuple(passages(root)), entry)
    assert [(one.name, one.form) for one in again.claims] == []
