"""Organisations that no list knows: by the word that heads their name (`Society`, `Ministry of`), and firms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.enrich.names.geography import world
from pipeline.enrich.names.runs import APOSTROPHES, BY_HEAD, DOUBTFUL, Runs, Spot

_PARTNERS: Final = 5


class Organisations(Runs):
    """Finds the organisations of one passage."""

    def spots(self) -> Iterator[Spot]:
        """Yield the organisations; they may overlap."""
        for place, word in enumerate(self.r.words):
            if self.r.taken(place):
                continue
            yield from self._organisation(place)
            yield from self._firm(place)
            if word.fold in self.cue.quoted_heads:
                yield from self.quoted(place + 1, "org", word.text, 0.8)

    def _organisation(self, place: int) -> Iterator[Spot]:
        word, cue = self.r.words[place], self.cue
        if self.r.language == "de":
            yield from self._compound(place)
            return
        if not word.capital and not (self.r.language == "fr" and word.fold == "ministere"):
            return
        if word.fold not in cue.heads_last and word.fold not in cue.heads_first:
            return
        first = self.left(place)
        if first < place and self.opens_doubtfully(first):
            first += 1
        if first == place - 1 and self.r.fold(first) in cue.not_before:
            return
        # `33rd Infantry Regiment`.
        if 0 < first < place and self.r.fold(first - 1)[:1].isdecimal() and self.close(first - 1):
            first -= 1
        if self.r.language == "fr":
            first = place
        last = self._tail(place, word.fold in cue.heads_first)
        if last is None or (last == place and (first == place or word.fold not in cue.heads_last)):
            return
        if first == place and word.fold not in cue.heads_first:
            return
        certainty = BY_HEAD
        alone = first == place - 1 and last == place
        if self.r.opens(first) or (alone and self.r.fold(first) in self.demonyms):
            certainty = DOUBTFUL
        yield Spot(first, last, "org", "", word.text, certainty)

    def _tail(self, place: int, may: bool) -> int | None:
        """Return the last word of the name whose head stands at a place; None where the name goes on beyond it."""
        last = place
        if self.r.language == "fr":
            last = self._french_tail(place)
        else:
            for _ in range(3):
                tails = self.cue.tails if may else self.cue.tails & {"of"}
                if not (self.spaced(last) and self.r.fold(last + 1) in tails and self.spaced(last + 1)):
                    break
                start = last + 2
                if self.r.fold(start) in self.cue.articles and self.close(start):
                    start += 1
                end = self.right(start)
                if end < start:
                    break
                last = end
                if self.r.fold(place) in self.cue.heads_double:
                    last = self._second(last)
        if self.close(last) and self.part(last + 1) and self.r.fold(last + 1) not in self.cue.may_follow:
            return None
        return last

    def _second(self, last: int) -> int:
        """Return the last word of a second thing that an office is for (`Agriculture and Fisheries`)."""
        between = self.r.between(last).strip()
        if self.close(last) and self.r.fold(last + 1) in self.cue.both and self.close(last + 1):
            start = last + 2
        elif between == "&":
            start = last + 1
        else:
            return last
        end = self.right(start, 2)
        named = end >= start and any(
            world(kind).index.at(self.r.text, self.r.words, start, self.r.language)
            for kind in ("places", "organisations")
        )
        return last if named or end < start else end

    def _french_tail(self, place: int) -> int:
        """Return the last word of a French name: adjectives in lower case, and what follows `de`."""
        last = place
        while self.close(last) and self.r.fold(last + 1) in self.cue.lower_tails and last - place < 3:
            last += 1
        if last == place and self.part(place + 1) and self.close(place) and self.r.words[place].capital:
            return self.right(place + 1)
        at = last
        if self.close(at) and self.r.fold(at + 1) in self.cue.tails:
            at += 1
            if self.r.fold(at) == "de" and self.r.fold(at + 1) in ("la", "l"):
                at += 1
            elided = self.r.between(at) in APOSTROPHES and self.r.fold(at) in ("d", "l")
            if (elided or self.close(at)) and (self.part(at + 1) or self.r.fold(at + 1) in self.cue.lower_tails):
                at += 1
                while self.close(at) and (self.r.fold(at + 1) in self.cue.lower_tails or self.part(at + 1)):
                    at += 1
                last = at
        return last

    def _compound(self, place: int) -> Iterator[Spot]:
        """Yield German organisations: an adjective with a capital before the head, or what it is for after it."""
        word = self.r.words[place]
        if not word.capital:
            return
        suffix = next((one for one in self.cue.suffixes if word.fold.endswith(one)), None)
        if suffix is None:
            return
        first, last = place, place
        adjective = self.r.fold(place - 1)
        if (
            self.close(place - 1)
            and self.part(place - 1)
            and not self.r.opens(place - 1)
            and adjective.endswith(("e", "en", "er", "es", "em"))
            and adjective not in self.cue.not_before
        ):
            first = place - 1
        after = self.cue.of_heads.get(word.fold, "").split("|")
        if self.close(place) and self.r.fold(place + 1) in after and self.close(place + 1):
            last = max(place, self.right(place + 2, 1))
            last = place if last == place + 1 else last
        if first < place or last > place or (suffix.startswith("ministerium") and word.fold != suffix):
            yield Spot(first, last, "org", "", word.text, 0.8)

    def _firm(self, place: int) -> Iterator[Spot]:
        word = self.r.words[place]
        if word.fold == "gebruder" and word.capital and (last := self.right(place + 1, 2)) > place:
            yield Spot(place, last, "org", "company", word.text, 0.8)
        if word.fold not in self.cue.firms or not (word.capital or self.r.language == "fr") or place == 0:
            return
        between = self.r.between(place - 1).strip()
        before = place - 1
        if self.r.fold(before) in self.cue.both and self.close(before) and between == "":
            before -= 1
            # `Vater und Sohn` are no firm where every noun has a capital.
            if not (before >= 0 and self.close(before)) or (self.r.language != "en" and len(word.text) > 3):
                return
        elif between != "&":
            return
        if not self.part(before):
            return
        first = self.left(before)
        for _ in range(_PARTNERS):
            if first < 2 or self.r.between(first - 1) != ", " or not self.part(first - 1):
                break
            earlier = self.left(first - 1)
            known = world().index.at(self.r.text, self.r.words, earlier, self.r.language)
            if self.r.opens(earlier) or known:
                break
            first = earlier
        stop = self.r.text[word.end : word.end + 1] == "." and len(word.text) <= 4
        yield Spot(first, place, "org", "company", word.text, 0.88, stop)
