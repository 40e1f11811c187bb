"""Records of works and archives, and the index by which a citation finds them: siglum, title, author and title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.enrich.citations.parts import Fields
from pipeline.enrich.citations.words import word_set

_TOKEN: Final = re.compile(r"[^\W_]+")
_RANKS: Final = frozenset("sir lord lady dame dr prof gen general mrs mr jr sen jun comte graf baron".split())
_ARTICLES: Final = frozenset("the a an der die das ein eine le la les l un une".split())
# A word that stands in more titles than this finds nothing by itself.
_COMMON: Final = 400


def key(text: str) -> tuple[str, ...]:
    """Return the words of a title or name for comparison: without case, accents, marks and a first article."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    bare = re.sub(r"^\W*[ld]['’](?=\w)", "", bare)
    words = tuple(_TOKEN.findall(re.sub(r"(?<=\w)['’](?=\w)", "", bare)))
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def family_name(name: str) -> str:
    """Return an author's family name for comparison: `Зима Л. К.` and `J. B. Roe` give `зима` and `roe`."""
    name = name.partition(",")[0]
    words = [word for word in name.split() if not re.fullmatch(r"(?:\w{1,2}\.-?)+", word)]
    keys = [one for word in words for one in key(word) if one not in _RANKS]
    return keys[-1] if keys else ""


def prefix(mark: str) -> str:
    """Return the letters that a shelf mark begins with: `TARN 3/2` is of TARN."""
    found = re.match(r"[A-ZА-Я]{2,8}(?=[\s ]?\d)", mark)
    return found.group() if found is not None else ""


@dataclass(frozen=True, slots=True)
class Record:
    """A work or an archive of the register; fields is what is known of it, id the last part of `bib:ID`.

    sigla are its abbreviations, titles other forms of its title or name; proposed says that nobody has confirmed it,
    new that this run made it; found is where it was cited, an entry and a note each. source is a proposal as it stands
    in its file.
    """

    id: str
    fields: Fields
    sigla: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    proposed: bool = False
    new: bool = False
    found: tuple[tuple[str, str], ...] = ()
    source: str = ""

    @property
    def archive(self) -> bool:
        """Return whether it is an archive or a collection rather than a work."""
        return self.fields.archival

    @property
    def names(self) -> tuple[str, ...]:
        """Return the families of its authors and editors."""
        return tuple(filter(None, map(family_name, (*self.fields.authors, *self.fields.editors))))


@dataclass(slots=True)
class Index:
    """Records by what they are cited by; each table gives the places of records in their order."""

    records: dict[str, Record] = field(default_factory=dict)
    sigla: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    titles: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    holders: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Put a record in; one of the same id is replaced, and found by what it was found by before as well."""
        self.records[record.id] = record
        for siglum in (*record.sigla, record.fields.paper):
            _put(self.sigla, key(siglum), record.id)
        if record.archive:
            for name in (record.fields.org, record.fields.collection, *record.titles):
                _put(self.holders, key(name), record.id)
            return
        for title in (record.fields.title, *record.titles):
            _put(self.titles, key(title), record.id)
            for word in set(key(title)):
                _put_word(self.words, word, record.id)
        for name in record.names:
            _put_word(self.names, name, record.id)

    def find(self, cited: Fields) -> tuple[str, ...]:
        """Return the ids of the records that a citation can mean; none if the register does not have it."""
        if cited.archival:
            return self._holding(cited)
        if cited.paper and (found := self.sigla.get(key(cited.paper))):
            return tuple(found)
        words = key(cited.title)
        if not words:
            return ()
        if not cited.authors and (found := self.sigla.get(words)):
            return self._works(found)
        names = {family_name(one) for one in (*cited.authors, *cited.editors)} - {""}
        exact = [one for one in self.titles.get(words, ()) if self._fits(one, names, cited)]
        if exact:
            return tuple(exact)
        near = [
            one
            for one in dict.fromkeys(one for name in sorted(names) for one in self.names.get(name, ()))
            if self._shortened(words, one) and self._fits(one, names, cited)
        ]
        if near or len(_content(words)) < 2:
            return tuple(near)
        return tuple(
            one
            for one in self._sharing(words)
            if self._fits(one, names, cited) and (not names or not self.records[one].names) and self._begins(words, one)
        )

    def by_author(self, name: str) -> tuple[str, ...]:
        """Return the works of an author, by the family name."""
        return tuple(self.names.get(family_name(name), ()))

    def _works(self, found: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in found if not self.records[one].archive)

    def _holding(self, cited: Fields) -> tuple[str, ...]:
        for name in (cited.collection, cited.org):
            if not name:
                continue
            found = self.holders.get(key(name)) or self.sigla.get(key(name), [])
            kept = tuple(one for one in found if self.records[one].archive)
            if kept:
                return kept
        if cited.org and not cited.collection:
            return ()
        found = self.sigla.get(key(prefix(cited.mark)), []) if prefix(cited.mark) else []
        return tuple(one for one in found if self.records[one].archive)

    def _fits(self, one: str, names: set[str], cited: Fields) -> bool:
        """Return whether a record is not by other people, and no article where a book is cited."""
        record = self.records[one]
        if names and record.names and not names & set(record.names):
            return False
        container = key(record.fields.container)
        return not (cited.container and container and key(cited.container) != container and not cited.authors)

    def _forms(self, one: str) -> Iterator[tuple[str, ...]]:
        record = self.records[one]
        for title in (record.fields.title, *record.titles):
            yield key(title)

    def _shortened(self, words: tuple[str, ...], one: str) -> bool:
        return any(_in_order(words, full) or _in_order(full, words) for full in self._forms(one))

    def _begins(self, words: tuple[str, ...], one: str) -> bool:
        """Return whether a title is a record's without its end, or the other way round."""
        return any(
            full[: len(words)] == words or (len(_content(full)) > 1 and words[: len(full)] == full)
            for full in self._forms(one)
        )

    def _sharing(self, words: tuple[str, ...]) -> list[str]:
        """Return the records that share the rarest word of a title."""
        found = [self.words[word] for word in words if word in self.words]
        rarest = min(found, key=len, default=[])
        return rarest if len(rarest) <= _COMMON else []


def _put(table: dict[tuple[str, ...], list[str]], words: tuple[str, ...], one: str) -> None:
    if words and one not in table.setdefault(words, []):
        table[words].append(one)


def _put_word(table: dict[str, list[str]], word: str, one: str) -> None:
    found = table.setdefault(word, [])
    if not found or found[-1] != one:
        found.append(one)


def _content(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word not in word_set("small") and not word.isdecimal()]


def _in_order(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Return whether all words of a short title stand in the full one in the same order."""
    rest = iter(full)
    return bool(_content(short)) and all(word in rest for word in short)


@dataclass(frozen=True, slots=True)
class Library:
    """The works and archives that an edition knows; sigla and titles are as written."""

    records: tuple[Record, ...] = ()
    index: Index = field(default_factory=Index, compare=False, repr=False)
    sigla: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    titles: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


def library_of(records: Iterable[Record]) -> Library:
    """Return the library of some records, indexed; of two with one id the first is taken."""
    index = Index()
    kept: dict[str, Record] = {}
    for record in records:
        if record.id not in kept:
            kept[record.id] = record
            index.add(record)
    sigla = {one for record in kept.values() if record.archive for one in (*record.sigla, record.fields.org) if one}
    titles = {record.fields.title for record in kept.values() if record.fields.title}
    return Library(tuple(kept.values()), index, frozenset(sigla), frozenset(titles))
