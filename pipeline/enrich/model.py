"""What a pass of enrichment is given, and what it gives back: claims, which the run writes into the text.

A pass reads the passages of a document and changes nothing. It is deterministic, and claims nothing where the text
is marked already: what others wrote stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.passage import Passage
from pipeline.wrap import Mark

# From here on a decision is `high`, from there `medium`, else `low`.
HIGH: Final = 0.9
MEDIUM: Final = 0.7


# The rule by which one thing is encoded in several blocks, and the value of its first part.
CONTINUED: Final = "continued"
BEGINS: Final = "begins"


def certainty_word(certainty: float) -> str:
    """Return the value of @cert for a certainty between 0 and 1."""
    return "high" if certainty >= HIGH else "medium" if certainty >= MEDIUM else "low"


@dataclass(frozen=True, slots=True)
class Claim:
    """One decision: that a stretch of a passage is an element of this name, with these attributes.

    attributes are without @resp and @cert, which the run adds. rule is the name of the rule in its set (`register`,
    `introduced`); certainty is between 0 and 1; value is what was decided (an address, a date; empty where the
    element says all); alternatives are other values with their shares; evidence is in a few words each. parts is
    markup inside the stretch (the fields of a citation).
    """

    passage: Passage
    start: int
    end: int
    name: str
    rule: str
    certainty: float
    attributes: tuple[tuple[str, str], ...] = ()
    value: str = ""
    evidence: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    parts: tuple[Mark, ...] = ()

    @property
    def form(self) -> str:
        """Return the words concerned."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One decision about an element that is there: an attribute that it lacks (`sp/@who`)."""

    element: etree._Element
    attribute: str
    value: str
    rule: str
    certainty: float
    evidence: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an editor should know of: a code of the catalogue, and the element where it is."""

    code: str
    element: etree._Element
    message: str
    hint: str = ""


@dataclass(slots=True)
class Outcome:
    """What a pass decided, and what it found and could not decide."""

    claims: list[Claim] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an editor has ruled on a question: that this form is markup of this kind with this value, or is none.

    kind is the element's name (`persName`, `date`, `bibl`); form the words concerned; value the address or date,
    empty for `it is none`. entry is the entry that it holds in, empty for all; block and index (from 1) say for which
    occurrence it holds, block empty for all in the entry.
    """

    kind: str
    form: str
    value: str
    entry: str = ""
    block: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of the entry that a pass works on.

    id is its xml:id; date the day written in ISO 8601, as far as it is known, empty if not; language that of the
    text as a whole; author the writer's name as the header gives it (`Surname, Forename (Alias)`), author_ref the
    address of the writer's record if known. diary says that the writer speaks as `I`. rulings are those that hold
    in this entry.
    """

    id: str = ""
    date: str = ""
    language: str = ""
    author: str = ""
    author_ref: str = ""
    diary: bool = True
    rulings: tuple[Ruling, ...] = ()


# A pass without a register; one with a register is made into this by partial application.
Pass = Callable[[Sequence[Passage], Entry], Outcome]
