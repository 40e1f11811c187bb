"""The places and organisations that an educated reader knows, by their names in English, German, French and Russian.

The lists are places.toml and organisations.toml beside this file. They serve twice: to find what no register has yet,
and to tell names of places from names of persons.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.enrich.names.word_index import Index, Sense, cases, words_of
from pipeline.resources import resource

LANGUAGES: Final = ("en", "de", "fr", "ru")
# The marks of a form that is not the place wherever it stands: `?` a surname or title as well, `!` a word or a people
# as well, `^` an adjective as well, `~` a name of others of its kind.
MARKS: Final = "?!^~"
_CHOICE: Final = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Known:
    """A place or organisation of general knowledge. name is English where it has an English one; type is its kind."""

    key: str
    name: str
    type: str
    forms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class World:
    """What is known, by its keys, and the index of the forms."""

    records: Mapping[str, Known]
    index: Index


def _expanded(form: str) -> tuple[str, ...]:
    """Return the forms that `stem(ending|ending)` stands for, the first ending first.

    Where several words have endings that go together, all combinations are forms: none is another name.
    """
    choice = _CHOICE.search(form)
    if choice is None:
        return (form,)
    return tuple(
        whole
        for ending in choice[1].split("|")
        for whole in _expanded(form[: choice.start()] + ending + form[choice.end() :])
    )


def written_forms(form: str, language: str) -> tuple[str, ...]:
    """Return the forms that a name takes in running text, as it is listed first.

    Russian names of one word are declined by rule; German ones have a genitive.
    """
    if "(" in form:
        return _expanded(form)
    if language == "ru":
        return cases(form)
    if language == "de" and form.isalpha() and form[-1:] not in "sxzß":
        return (form, form + "s")
    return (form,)


def _line(line: str) -> dict[str, tuple[str, ...]]:
    """Return the forms of one line by language, with their marks."""
    forms: dict[str, tuple[str, ...]] = {}
    for number, part in enumerate(line.split(";")):
        language, _, names = ("en", "", part) if number == 0 else part.strip().partition(" ")
        forms[language] = tuple(name for one in names.split(",") if (name := one.strip()) not in ("", "-"))
    for language in ("de", "fr"):
        forms.setdefault(language, forms["en"])
    return forms


def _read(kind: str) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    tables = tomllib.loads(resource(f"enrich/names/{kind}.toml").read_text(encoding="utf-8"))
    for type_, table in tables.items():
        for line in table["lines"].strip().splitlines():
            yield type_, _line(line)


def _bare(form: str) -> str:
    return form.lstrip(MARKS)


@cache
def world(kind: str = "places") -> World:
    """Return what is known of a kind: `places` or `organisations`."""
    records: dict[str, Known] = {}
    senses: list[Sense] = []
    for type_, marked in _read(kind):
        bare = {language: tuple(_expanded(_bare(one))[0] for one in forms) for language, forms in marked.items()}
        name = next(form for language in LANGUAGES for form in bare.get(language, ()))
        key = name if name not in records else f"{name}, {type_}"
        records[key] = Known(key, name, type_, bare)
        for language, forms in marked.items():
            for form, listed in zip(forms, bare[language], strict=True):
                mark = form[: len(form) - len(_bare(form))]
                senses += (Sense(key, listed, one, language, mark) for one in written_forms(_bare(form), language))
    return World(records, Index(senses))


@cache
def world_forms(doubtful: bool = False) -> frozenset[str]:
    """Return every form of the places, folded, its words parted by blanks.

    With doubtful, those too that are a surname, a title, a people or a word as well.
    """
    return frozenset(
        " ".join(one.fold for one in words_of(form))
        for form in world().index
        if doubtful or not any(sense.mark for sense in world().index.of(form))
    )
