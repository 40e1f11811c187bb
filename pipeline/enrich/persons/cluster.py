"""One person in an entry: the mentions that are of the same, and what they tell together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipeline.enrich.persons.mentions import Mention
from pipeline.enrich.persons.naming import Name, agree
from pipeline.enrich.persons.person import Life

# In one text nobody is called Mr and by a rank.
_RANKS: Final = frozenset(
    "captain colonel major general lieutenant admiral commander commodore sergeant corporal alderman canon dean bishop "
    "archdeacon archbishop professor".split()
)
# Later than every mention.
_NOWHERE: Final = (1 << 60, 0)


@dataclass(slots=True, eq=False)
class Cluster:
    """The mentions of one person in an entry.

    author says that the person is the entry's writer; in_text that the writer speaks of the person, not only an
    editor; anchored that a note on the person stands at one of the mentions; first is the place of the first mention
    by a name, starts the first of each passage; letters are the initials that stand for the person.
    """

    names: list[Name] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    life: Life = field(default_factory=Life)
    author: bool = False
    aliases: set[str] = field(default_factory=set)
    in_text: bool = False
    anchored: bool = False
    first: tuple[int, int] = _NOWHERE
    starts: dict[int, int] = field(default_factory=dict)
    letters: set[Name] = field(default_factory=set)

    @property
    def name(self) -> Name:
        """Return the fullest of the names."""
        return max(self.names, key=lambda one: one.weight)

    @property
    def families(self) -> set[str]:
        """Return the family names and peers' names."""
        return {family for name in self.names for family in (name.family, name.peer) if family} | self.aliases

    @property
    def woman(self) -> bool:
        """Return whether a title or given name is a woman's."""
        return any(name.gender == "f" for name in self.names)

    def fits(self, name: Name) -> bool:
        """Return whether a name contradicts none of the cluster's."""
        if self._ranked(name):
            return False
        if name.gender and any(one.gender and one.gender != name.gender for one in self.names):
            return False
        alike = Name(name.titles, name.fore, "", "", "", name.gender)
        if not all(agree(alike, Name((), one.fore)) for one in self.names if one.fore):
            return False
        return not name.family or not self.families or bool({name.family, name.peer} & self.families)

    def _ranked(self, name: Name) -> bool:
        """Return whether a title contradicts: `Canon Wood` is not `Mr Wood`."""
        own = {title for one in self.names for title in one.titles}
        new = set(name.titles)
        return ("mr" in new and bool(own & _RANKS)) or ("mr" in own and bool(new & _RANKS))

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.in_text |= not mention.in_note
        if mention.name.letter:
            # An initial is no form of the name.
            self.letters.add(mention.name)
            return
        self.first = min(self.first, (mention.number, mention.start))
        self.starts[mention.number] = min(mention.start, self.starts.get(mention.number, mention.start))
        if mention.name not in self.names:
            self.names.append(mention.name)

    def before(self, mention: Mention) -> bool:
        """Return whether the person is named before a mention."""
        return self.first < (mention.number, mention.start)

    def near(self, mention: Mention) -> bool:
        """Return whether the person is named before a mention in its passage."""
        return self.starts.get(mention.number, mention.start) < mention.start
