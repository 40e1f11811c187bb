"""A named-entity model that the user has installed, as one more source of evidence; nothing is downloaded.

`pip install "teipress[ner]"` brings the library, the model itself is installed as its makers say. What a model finds
only speaks for or against a name that the rules have seen; it makes no mention by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final, Protocol

# Labels of persons, and of what is none, in the schemes of the usual models.
PERSON: Final = frozenset({"PER", "PERSON"})
OTHER: Final = frozenset({"LOC", "GPE", "FAC", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE", "NORP"})


class NameModel(Protocol):
    """Finds names in a text."""

    def names(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Yield the names in a text: first character, the one after the last, and a label (`PER`, `LOC`)."""
        ...


class NoModel(Exception):
    """The library or the model is not installed; the message says what to install."""


class SpacyModel:
    """A model of spaCy's."""

    def __init__(self, name: str) -> None:
        """Load an installed model by its name.

        Raises:
            NoModel: the library or the model is not installed.
        """
        try:
            library: Any = import_module("spacy")
        except ImportError as error:
            raise NoModel('spaCy is not installed: pip install "teipress[ner]"') from error
        try:
            self._model = library.load(name)
        except OSError as error:
            raise NoModel(f"spaCy has no model `{name}`: python -m spacy download {name}") from error

    def names(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Yield the names in a text."""
        for entity in self._model(text).ents:
            yield entity.start_char, entity.end_char, entity.label_
