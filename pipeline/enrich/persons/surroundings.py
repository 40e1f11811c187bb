"""The words of a passage, as what stands around a name is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.enrich.persons.tokens import Kind, Token
from pipeline.enrich.words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a passage, and what is known of their language; lowered are words that the entry writes small."""

    tokens: Sequence[Token]
    text: str
    lexicon: Words
    language: str
    lowered: frozenset[str]

    def token(self, at: int) -> Token | None:
        """Return a token; None outside the passage."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def attributive(self, last: int) -> bool:
        """Return whether a name after an article stands before a noun, `the Pell affair`; last is after it."""
        owner = self.tokens[last - 1].owner
        if self.language != "en" or owner:
            return self.language == "en" and owner
        after = self.token(last)
        if after is None or after.kind is not Kind.LOWER:
            return False
        lexicon = self.lexicon
        verbs = lexicon.says | lexicon.acts | lexicon.aux | lexicon.functions | lexicon.feels | lexicon.between
        return after.fold not in verbs and not after.fold.endswith(("ly", "ed"))
