"""What is known of an entry before its names are decided: its languages, its writer's names, names marked already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.enrich.model import Entry
from pipeline.enrich.persons.naming import Name, plain_name, read_name
from pipeline.enrich.persons.runs import Read
from pipeline.enrich.persons.tokens import Kind
from pipeline.enrich.words import LANGUAGES, fold, words
from pipeline.passage import Passage

# A passage of fewer words does not tell its language.
_ENOUGH: Final = 14


def lowered_words(reads: Iterable[Read]) -> frozenset[str]:
    """Return the words of an entry that it writes with a small letter."""
    return frozenset(
        token.fold for read in reads for token in read.tokens if token.kind is Kind.LOWER and len(token.plain) > 2
    )


def spoken_in(text: str) -> str:
    """Return the language of a text, of the four, by its small words; empty where they do not tell."""
    found = text[:4000].casefold().split()
    counts = sorted(((sum(word in words(one).functions for word in found), one) for one in LANGUAGES), reverse=True)
    (most, language), (next_, _) = counts[0], counts[1]
    return language if most >= 3 and most * 5 >= len(found) and most * 2 >= next_ * 3 else ""


def languages(passages: Sequence[Passage], entry: Entry) -> list[str]:
    """Return the language of each passage: what its words tell, else what they tell of its like, else @xml:lang.

    An edition says of its German letters that they are in English, where it means its own words, or says nothing.
    """
    texts: dict[str, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.language, []).append(passage.text)
    alike = {tag: spoken_in(" ".join(parts)) for tag, parts in texts.items()}
    spoken = []
    for passage in passages:
        claimed = (passage.language or entry.language).split("-", 1)[0].casefold()
        own = spoken_in(passage.text) if passage.text.count(" ") >= _ENOUGH else ""
        spoken.append(own or alike[passage.language] or claimed)
    return spoken


def author_names(entry: Entry) -> tuple[Name, ...]:
    """Return the names by which editors may speak of an entry's writer."""
    return tuple(name for name in read_name(entry.author) if name.family or name.fore) if entry.author else ()


def marked_names(passages: Sequence[Passage], entry: Entry) -> dict[str, str]:
    """Return the names that editors have marked or ruled on, and whom they mean; empty where a ruling says `nobody`."""
    marked: dict[str, str] = {}
    for passage in passages:
        for held in passage.of("persName", "rs", "name"):
            ref = held.element.get("ref")
            if ref and " " not in ref and (held.name != "rs" or held.element.get("type") in ("person", None)):
                marked.setdefault(fold(passage.text[held.start : held.end]), ref)
    for ruling in entry.rulings:
        if ruling.kind == "persName" and ruling.entry in ("", entry.id) and not ruling.block:
            marked[fold(ruling.form)] = ruling.value
    return marked


def plain_name_of(form: str) -> Name:
    """Return the name in a folded form."""
    return plain_name(form.title())
