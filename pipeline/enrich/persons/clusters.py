"""Which mentions of an entry are of one person: full names first, then titles, family names, given names, initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.model import Entry
from pipeline.enrich.persons.cluster import Cluster
from pipeline.enrich.persons.deciding import Found
from pipeline.enrich.persons.entry_words import author_names
from pipeline.enrich.persons.mentions import Mention
from pipeline.enrich.persons.naming import KNIGHTLY, Name, agree
from pipeline.enrich.persons.person import Life
from pipeline.enrich.words import fold, world

_ROYAL: Final = frozenset(
    fold(word)
    for word in (
        "king queen prince princess emperor empress kaiser tsar tsarina pope roi reine empereur könig königin kaiserin "
        "prinz prinzessin papst царь царица император императрица король королева принц принцесса"
    ).split()
)


# Women with these titles are spoken of as men were, by the family name.
_COLLEAGUES: Final = frozenset("sister nurse matron dr doctor comrade prof professor miss".split())
# Of more namesakes in one entry nobody can say which is meant: such a text is no entry.
_MOST: Final = 200


@dataclass(slots=True)
class Clusters:
    """The persons of an entry; open are mentions of which several persons may be meant, with these."""

    all: list[Cluster]
    of: dict[int, Cluster]
    open: dict[int, tuple[Cluster, ...]]


class Clustering:
    """Sorts the mentions of an entry by person."""

    def __init__(self, found: Found, entry: Entry) -> None:
        self.found, self.entry = found, entry
        self.all: dict[Cluster, None] = {}
        self.of: dict[int, Cluster] = {}
        self.open: dict[int, tuple[Cluster, ...]] = {}
        self.by_family: dict[str, dict[Cluster, None]] = {}
        self.by_given: dict[str, dict[Cluster, None]] = {}
        self.by_letter: dict[str, dict[Cluster, None]] = {}
        self.by_start: dict[str, dict[Cluster, None]] = {}
        self.lives = {id(one.head): one.life for one in found.told}
        self.heads = {one.head.number: one.head for one in found.told if one.life}
        self.bound = {id(one.anchor): one.head for one in found.told if one.anchor is not None}
        names = author_names(entry)
        self.author = Cluster(list(names), author=True) if names else None
        if self.author is not None:
            self._index(self.author)

    def clusters(self) -> Clusters:
        """Return the persons of the entry, in the order in which they are met."""
        names = self.found.names
        fore = [one for one in names if one.name.family and one.name.fore]
        fore.sort(key=lambda one: (id(one) in self.bound, *(-part for part in one.name.weight)))
        for mention in fore:
            self._full(mention)
        for mention in names:
            if self._is_given(mention):
                # A rare given name of somebody whom the entry names in full: `Sir Offley`, of Sir Offley Salt.
                mention.name = Name(mention.name.titles, (mention.name.family,), gender=mention.name.gender)
        titled = [one for one in names if one.name.family and not one.name.fore and one.name.titles]
        bare = [one for one in names if one.name.family and not one.name.fore and not one.name.titles]
        for mention in self._bound_first(titled):
            self._family(mention)
        for mention in self._bound_first(bare):
            self._family(mention)
        for mention in self._bound_first(one for one in names if not one.name.family):
            if not mention.name.titles and len(mention.name.fore) == 1 and mention.core in self.by_family:
                # A given name that is somebody's family name in this entry: `Ewald`, of Heinrich Ewald.
                mention.name = Name(family=mention.core)
                self._family(mention)
                continue
            self._given(mention)
        for cluster in self.all:
            if cluster.mentions:
                self._index_letters(cluster)
        for mention in self.found.letters:
            self._letter(mention)
        used = [one for one in self.all if one.mentions]
        for one in used:
            one.mentions.sort(key=lambda each: (each.number, each.start))
        used.sort(key=lambda one: (one.mentions[0].number, one.mentions[0].start))
        for mention in [one for one in names if id(one) in self.of and self._is_shortened(one)]:
            self._shortened(mention)
        return Clusters([one for one in used if one.mentions], self.of, self.open)

    def _is_given(self, mention: Mention) -> bool:
        """Return whether what seems a family name is the given name of one whom the entry names in full."""
        name = mention.name
        if not name.family or name.fore or name.peer or (name.titles and name.titles[-1] not in KNIGHTLY):
            return False
        return name.family not in self.by_family and name.family in self.by_given

    # -- short forms

    def _is_shortened(self, mention: Mention) -> bool:
        """Return whether a name comes once, alone, and nobody else bears it: it may be a short form of another."""
        cluster = self.of[id(mention)]
        return mention.name.bare and not mention.name.titles and cluster.name.bare and len(mention.core) > 2

    def _shortened(self, mention: Mention) -> None:
        """Join `Strath` to Strathallan, where only one family name of the entry begins so."""
        core, own = mention.core, self.of[id(mention)]
        longer = [
            one
            for one in self.by_start.get(core[:3], ())
            if one is not own
            and one.mentions
            and any(family.startswith(core) and len(family) > len(core) + 2 for family in one.families)
        ]
        hyphened = [one for one in longer if any(family.startswith(f"{core}-") for family in one.families)]
        if len(own.mentions) > 1 and not hyphened:
            return
        longer = hyphened or longer
        if len(longer) == 1:
            own.mentions.remove(mention)
            longer[0].mentions.append(mention)
            self.of[id(mention)] = longer[0]

    def _bound_first(self, mentions: Iterable[Mention]) -> list[Mention]:
        return sorted(mentions, key=lambda one: id(one) not in self.bound)

    def _index(self, cluster: Cluster) -> None:
        self.all.setdefault(cluster)
        for family in cluster.families:
            _put(self.by_family, family, cluster)
        for name in cluster.names:
            for given in name.fore[:1]:
                _put(self.by_given, world().short.get(given, given), cluster)

    def _index_letters(self, cluster: Cluster) -> None:
        """Index a cluster by how its names begin."""
        letters = {family[0] for family in cluster.families}
        letters |= {name.fore[0][0] for name in cluster.names if name.fore and not name.family}
        for letter in sorted(letters):
            _put(self.by_letter, letter, cluster)
        for family in sorted(cluster.families):
            _put(self.by_start, family[:3], cluster)

    def _join(self, mention: Mention, cluster: Cluster) -> None:
        cluster.add(mention)
        cluster.anchored |= id(mention) in self.bound
        if life := self.lives.get(id(mention)):
            cluster.life = cluster.life.with_(life)
        self.of[id(mention)] = cluster
        self._index(cluster)

    def _new(self, mention: Mention) -> Cluster:
        cluster = Cluster()
        self._join(mention, cluster)
        return cluster

    def _candidates(self, name: Name) -> list[Cluster]:
        found: dict[Cluster, None] = {}
        for family in (name.family, name.peer):
            if family:
                found |= {one: None for one in self.by_family.get(family, ()) if one.fits(name)}
        return list(found)

    def _full(self, mention: Mention) -> None:
        life = self.lives.get(id(mention), Life())
        head = self.bound.get(id(mention))
        if head is not None and head is not mention and (cluster := self.of.get(id(head))) is not None:
            cluster.aliases |= {mention.name.family}
            self._join(mention, cluster)
            return
        fit = [one for one in self._candidates(mention.name) if not one.life.contradicts(life)]
        full = [one for one in fit if any(name.fore for name in one.names)]
        if len(full) > 1:
            same = [one for one in full if any(name.fore == mention.name.fore for name in one.names)]
            if len(same) == 1 and not life:
                full = same
            else:
                self.open[id(mention)] = tuple(full)
                return
        if full:
            self._join(mention, full[0])
        else:
            self._new(mention)

    def _family(self, mention: Mention) -> None:
        """Find the person of a family name with a title or without."""
        head = self.bound.get(id(mention))
        if (
            head is not None
            and (cluster := self.of.get(id(head))) is not None
            and cluster.fits(Name((), (), "", gender=mention.name.gender))
        ):
            cluster.aliases |= {mention.name.family}
            self._join(mention, cluster)
            return
        fit = self._candidates(mention.name)
        own = self.heads.get(mention.number)
        subject = self.of.get(id(own)) if own is not None and not mention.name.titles else None
        if own is not None and subject is not None and mention.name.family in own.name.families:
            # In a note on a life the family name is that of its subject, man or woman.
            self._join(mention, subject)
            return
        if not mention.name.titles:
            # A family name alone is a man's, by the custom of centuries, unless the writer speaks of a woman only.
            # Editors call the writer by it, whoever that is.
            men = [one for one in fit if not one.woman or (one.author and mention.in_note)]
            spoken = mention.in_note or any(one.in_text or one.anchored for one in men)
            fit = (men if spoken else []) or self._women(mention, fit) or men
        if len(fit) > 1:
            fit = self._narrowed(mention, fit)
        if not fit:
            self._new(mention)
        elif len(fit) == 1:
            self._join(mention, fit[0])
        else:
            self.open[id(mention)] = tuple(fit)

    @staticmethod
    def _women(mention: Mention, fit: list[Cluster]) -> list[Cluster]:
        """Return the woman whom a family name alone may mean: a colleague with a title, named in the text before."""
        return [
            one
            for one in fit
            if one.woman
            and one.in_text
            and one.before(mention)
            and any(set(name.titles) & _COLLEAGUES for name in one.names)
        ]

    def _narrowed(self, mention: Mention, fit: list[Cluster]) -> list[Cluster]:
        """Return which of several persons of a name are meant, as far as their places tell."""
        if mention.name.titles:
            same = [one for one in fit if any(set(name.titles) & set(mention.name.titles) for name in one.names)]
            fit = same or fit
        if not mention.in_note:
            # The writer does not speak of whom only the editors name.
            spoken = [one for one in fit if one.in_text or one.anchored]
            fit = spoken or [one for one in fit if not one.author] or fit
        else:
            authors = [one for one in fit if one.author]
            if authors and not any(one.in_text for one in fit if not one.author):
                return authors
            inside = [one for one in fit if mention.number in one.starts]
            fit = inside or fit
        if len(fit) > 1:
            titled = not mention.name.titles
            called = [one for one in fit if any(name.bare and bool(name.titles) != titled for name in one.names)]
            fit = called if len(called) == 1 else fit
        if len(fit) > 1:
            near = [one for one in fit if one.near(mention)]
            fit = near if len(near) == 1 else fit
        return fit

    def _given(self, mention: Mention) -> None:
        """Find the person of a given name alone."""
        head = self.bound.get(id(mention))
        if head is not None and (cluster := self.of.get(id(head))) is not None:
            self._join(mention, cluster)
            return
        name = mention.name
        given = world().short.get(name.fore[0], name.fore[0])
        royal = _ROYAL & set(name.titles)
        fit = []
        for one in self.by_given.get(given, ()):
            own = {title for each in one.names for title in each.titles} & _ROYAL
            if one.author or bool(royal) != bool(own) or not one.fits(name):
                continue
            fit.append(one)
        if len(fit) == 1:
            self._join(mention, fit[0])
            return
        if fit:
            alone = [one for one in fit if any(not each.family for each in one.names)]
            if len(alone) == 1:
                self._join(mention, alone[0])
            else:
                self.open[id(mention)] = tuple(fit)
            return
        self._new(mention)

    # -- initials

    def _letter(self, mention: Mention) -> None:
        """Find the person for whom an initial stands in this entry; where none fits it is left alone."""
        head = self.bound.get(id(mention))
        if head is not None and (cluster := self.of.get(id(head))) is not None:
            self._stand(mention, (cluster,))
            return
        name = mention.name
        fit = [one for one in self.by_letter.get(name.letter, ()) if self._stands_for(name, one)]
        if not fit and name.fore:
            # `H.G.` is H.G. Wells.
            letters = (*name.fore, name.letter)
            fit = [one for one in self.all if one.mentions and any(_initials(each) == letters for each in one.names)]
        if not name.titles:
            fit = [one for one in fit if not one.woman] or fit
        if not fit and not name.titles and not name.fore:
            fit = [
                one
                for one in self.by_letter.get(name.letter, ())
                if any(each.fore and each.fore[0].startswith(name.letter) for each in one.names)
                and any(not each.family for each in one.names)
            ]
        self._stand(mention, tuple(self._nearest(mention, fit)))

    @staticmethod
    def _stands_for(name: Name, cluster: Cluster) -> bool:
        if not any(family.startswith(name.letter) for family in cluster.families):
            return False
        whole = cluster.name
        if name.fore and not agree(Name((), name.fore), Name((), whole.fore)):
            return False
        if name.fore and not whole.fore:
            return False
        return not (name.gender and any(each.gender and each.gender != name.gender for each in cluster.names))

    def _stand(self, mention: Mention, fit: Sequence[Cluster]) -> None:
        if len(fit) == 1:
            fit[0].add(mention)
            fit[0].anchored |= id(mention) in self.bound
            self.of[id(mention)] = fit[0]
        elif fit:
            self.open[id(mention)] = tuple(fit)

    def _nearest(self, mention: Mention, fit: list[Cluster]) -> list[Cluster]:
        """Return which of several persons an initial may stand for: those named before it, by the same people."""
        if mention.name.titles:
            same = [one for one in fit if any(set(name.titles) & set(mention.name.titles) for name in one.names)]
            fit = same or fit
        if len(fit) > 1 and not mention.in_note:
            fit = [one for one in fit if one.in_text] or fit
        fit = [one for one in fit if one.before(mention)] or fit
        if len(fit) > 1:
            same = [one for one in fit if mention.name in one.letters]
            if len(same) == 1:
                return same
            inside = [one for one in fit if mention.number in one.starts]
            fit = inside if len(inside) == 1 else fit
        return fit


def _initials(name: Name) -> tuple[str, ...]:
    return tuple(fore[0] for fore in name.fore)


def _put(index: dict[str, dict[Cluster, None]], name: str, cluster: Cluster) -> None:
    listed = index.setdefault(name, {})
    if len(listed) < _MOST:
        listed.setdefault(cluster)
