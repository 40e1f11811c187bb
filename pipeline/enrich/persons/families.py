"""Families as groups: `the Pells`, `die Langes`, `chez les Duval`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pipeline.enrich.persons.mentions import Mention, Trust
from pipeline.enrich.persons.runs import Read
from pipeline.enrich.persons.tokens import Kind

_COUNTS: Final = frozenset({"two", "both", "three"})
_THINGS: Final = frozenset({"common word", "head of an institution", "institution", "people's ending"})


def families(
    names: Sequence[Mention],
    accepted: Sequence[Mention],
    reads: Mapping[int, Read],
    trust: Trust,
    lowered: Collection[str],
) -> list[Mention]:
    """Return of the names those in the plural that mean a family; accepted are the names that are persons'."""
    cores = {one.core for one in accepted}
    ends = {(one.number, one.last) for one in accepted}
    found = []
    for mention in names:
        if not mention.article or mention.attached:
            continue
        read = reads[mention.number]
        if (
            _at_home(mention, read)
            or _beside(mention, read, ends)
            or _counted(mention, read)
            or any(one in cores or (trust.of_family(one) and one not in lowered) for one in _singulars(mention, read))
        ):
            found.append(mention)
    return found


def _singulars(mention: Mention, read: Read) -> list[str]:
    """Return what the family name may be."""
    core = mention.core
    if read.language == "fr" and mention.article == "les":
        return [core]
    if not core.endswith("s") or read.language not in ("en", "de") or len(core) < 4:
        return []
    return [core[:-1], core[:-2]] if core.endswith("es") else [core[:-1]]


def _at_home(mention: Mention, read: Read) -> bool:
    return read.language == "fr" and mention.article == "les" and read.word(mention.first - 2) == "chez"


def _counted(mention: Mention, read: Read) -> bool:
    before = read.token(mention.first - 1)
    counts = before is not None and before.kind is Kind.LOWER and before.fold in _COUNTS
    return read.language == "en" and counts and mention.core.endswith("s")


def _beside(mention: Mention, read: Read, ends: set[tuple[int, int]]) -> bool:
    """Return whether a plural stands beside a person: `Amos and the Bowditches`."""
    if read.language != "en" or not mention.core.endswith("s") or read.word(mention.first - 2) != "and":
        return False
    return not mention.evidence.keys() & _THINGS and (mention.number, mention.first - 2) in ends
