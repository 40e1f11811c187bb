"""What the book says besides its text: title page, imprint, headings by date, contents, colophon."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import metadata
from itertools import groupby
from pathlib import Path
from typing import Final

from pipeline.config import Edition
from pipeline.render.language import language
from pipeline.render.nodes import Node, plain
from pipeline.render.volumes import Entry, Volume
from pipeline.resources import PACKAGE

TEMPLATE: Final = PACKAGE / "print"
Words = Mapping[str, str]


@cache
def _all_words() -> Mapping[str, Words]:
    return tomllib.loads((TEMPLATE / "words.toml").read_text(encoding="utf-8"))


def words_for(tag: str) -> Words:
    """Return the book's own sentences in a language; English where there are none in it."""
    return _all_words().get(language(tag).tag, _all_words()["en"])


def dated(date: str, tag: str) -> str:
    """Return an ISO date with its weekday in words; a month, a year or what is no date as it can be said."""
    names = language(tag)
    day, weekday = names.long_date(date), names.weekday(date)
    return words_for(tag)["date"].format(weekday=weekday, day=day) if weekday else day


def _day(date: str, tag: str) -> str:
    """Return an ISO date in words without its year, as it stands below the year in the contents."""
    if not language(tag).weekday(date):
        return language(tag).long_date(date)
    return replace(language(tag), date=language(tag).date.replace("{year}", "")).long_date(date).strip(" ,")


def _words_of(text: str) -> Counter[str]:
    letters = "".join(character if character.isalnum() else " " for character in text.casefold())
    return Counter(letters.split())


def _take_head(blocks: list[Node]) -> list[Node] | None:
    """Take the entry's own head away from before its text and return its content."""
    if blocks and blocks[0]["kind"] in ("side", "section"):
        return _take_head(blocks[0]["content"])
    if blocks and blocks[0]["kind"] == "head" and not blocks[0]["inner"]:
        content: list[Node] = blocks.pop(0)["content"]
        return content
    return None


def heading(entry: Entry, content: list[Node], tag: str) -> Node:
    """Return the heading of an entry and take the head, which it replaces, from the entry's content.

    A head that says no more than the date line is not said twice: what hangs on it (notes, pages) goes to
    the date line. Every other head is the entry's own title and stands beneath.
    """
    date = dated(entry.date, tag)
    head = _take_head(content)
    if head is None:
        title: list[Node] = [{"kind": "text", "text": entry.title}] if entry.titled or not date else []
        rest: list[Node] = []
    elif date and not _words_of(plain(head)) - _words_of(date):
        title, rest = [], [node for node in head if node["kind"] in ("note", "page")]
    else:
        title, rest = head, []
    name = plain(title) or ("" if date else entry.title or entry.id)
    day = _day(entry.date, tag)
    return {
        "date": date,
        "rest": rest,
        "title": title,
        "plain": ": ".join(filter(None, (date, name))),
        "contents": name if _words_of(name) >= _words_of(day) else ", ".join(filter(None, (day, name))),
    }


def running(entry: Entry, head: Node, tag: str) -> str:
    """Return what the running head says of an entry: its date, else its title."""
    return language(tag).long_date(entry.date) or str(head["plain"])


def years(volume: Volume, entries: list[tuple[Entry, Node]], tag: str) -> list[Node]:
    """Return the entries by year, in the volume's order; one without a date stays with those before it."""
    keyed: list[tuple[str, Node]] = []
    year = ""
    for entry, node in entries:
        year = entry.date[:4] or year
        keyed.append((year, node))
    undated = language(tag).word("undated") if year else volume.title
    return [
        {"label": label or undated, "entries": [node for _, node in group]}
        for label, group in groupby(keyed, key=lambda pair: pair[0])
    ]


def part_of(edition: Edition, volume: Volume) -> str:
    """Return the volume's title without the edition's before it."""
    rest = volume.title.removeprefix(edition.title).strip(" :,.–—")
    return rest if volume.title.startswith(edition.title) else volume.title


def _span(volume: Volume) -> str:
    found = sorted({entry.date[:4] for entry in volume.entries if entry.date})
    return "" if not found else found[0] if len(found) == 1 else f"{found[0]}–{found[-1]}"


def _program() -> str:
    try:
        return f"teipress {metadata.version('teipress')}"
    except metadata.PackageNotFoundError:
        return "teipress"


def _names(names: tuple[str, ...], words: Words) -> str:
    return words["and"].join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def book(edition: Edition, volume: Volume, digest: str) -> Node:
    """Return everything of the book but its years: what stands on title page, imprint and in the colophon."""
    words, names = words_for(edition.language), language(edition.language)
    released = names.long_date(edition.released or "")
    release = words["released" if released else "release"].format(release=edition.release, day=released)
    edited = names.word("edited-by", _names(edition.editors, words)) if edition.editors else ""
    imprint: list[Node] = [{"text": volume.title}, {"text": edited}]
    imprint += [{"text": ", ".join(filter(None, (edition.publisher, edition.place)))}]
    imprint += [{"text": release}]
    if edition.licence:
        imprint.append({"text": words["licence"], "link": edition.licence})
    if edition.base_url:
        imprint.append({"text": words["online"], "link": edition.base_url})
    imprint.append({"text": words["source_pages"]})
    span = _span(volume)
    return {
        "kind": "book",
        "document": {
            "title": volume.title,
            "authors": [edition.author] if edition.author else list(edition.editors),
            "keywords": list(dict.fromkeys(filter(None, (edition.title, edition.author, span)))),
        },
        "language": edition.language,
        "paper": edition.paper,
        "words": {"contents": names.word("contents")},
        "title": edition.title,
        "author": edition.author,
        "volume": volume.title,
        "part": part_of(edition, volume),
        "span": span,
        "edited": edited,
        "publisher": edition.publisher,
        "imprint-line": ", ".join(filter(None, (edition.place, (edition.released or "")[:4]))),
        "imprint": [statement for statement in imprint if statement["text"] or statement.get("link")],
        "colophon": [
            words["made"].format(program=_program(), n=len(volume.entries)),
            words["digest"],
            # In four groups: a digest has no place to break a line.
            " ".join(digest[start : start + 16] for start in range(0, len(digest), 16)),
        ],
    }


def template(edition: Edition) -> tuple[Path, Path]:
    """Return the template and the style: the edition's own style, print/style.typ, where it has one."""
    own = edition.root / "print" / "style.typ"
    return TEMPLATE / "book.typ", own if own.is_file() else TEMPLATE / "style.typ"
