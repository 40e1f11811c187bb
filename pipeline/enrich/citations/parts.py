"""A citation as it was read from a text: where it stands, its markup, and what a register wants to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.wrap import Mark


@dataclass(frozen=True, slots=True, order=True)
class Fields:
    """What a citation says of the work or the holding.

    title is without quotation marks; container is the journal or volume that an article is in; level that of what
    is one publication (m, a, j). org is an archive's siglum or name, collection the papers, mark the shelf mark.
    """

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    title: str = ""
    level: str = ""
    container: str = ""
    container_level: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    paper: str = ""
    org: str = ""
    collection: str = ""
    mark: str = ""

    @property
    def archival(self) -> bool:
        """Return whether it is a holding of an archive rather than a work."""
        return bool(self.org or self.collection or self.mark)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation found in a text; back is the word that points back (`ibid`, `cited`), empty if none does."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    fields: Fields
    rule: str
    certainty: float
    evidence: tuple[str, ...] = ()
    back: str = ""
