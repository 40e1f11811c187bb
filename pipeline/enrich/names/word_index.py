"""Names of several words, found in running text by the longest match.

The time that a look-up takes does not depend on how many names there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.enrich.words import fold, is_cyrillic

_WORD: Final = re.compile(r"[^\W_]+")
_SIGNS: Final = str.maketrans(
    {"'": "’", "ʼ": "’", "`": "’", "‘": "’", "–": "-", "—": "-", "‐": "-", "‑": "-", "\xad": ""}
)
_SPACE: Final = re.compile(r"\s+")
# No name that people write has more words, and none has more between two of them than `., `.
_MOST_WORDS: Final = 16
_WIDEST: Final = 4
# Endings of a Russian name by that of its nominative, in all cases.
_CASES: Final = (
    ("ово", "ово ова ову овом ове овым"),
    ("ево", "ево ева еву евом еве евым"),
    ("ино", "ино ина ину ином ине иным"),
    ("ия", "ия ии ию ией иею"),
    ("ье", "ье ья ью ьем"),
    ("ца", "ца цы це цу цей"),
    ("жа", "жа жи же жу жей"),
    ("ша", "ша ши ше шу шей"),
    ("ка", "ка ки ке ку кой"),
    ("га", "га ги ге гу гой"),
    ("ха", "ха хи хе ху хой"),
    ("а", "а ы е у ой ою"),
    ("я", "я и е ю ей ёй"),
    ("ь", "ь и ью я ю ем е"),
    ("й", "й я ю ем е"),
    ("ы", "ы ов ам ами ах"),
)
_SHUT: Final = frozenset("бвгджзклмнпрстфхцчшщ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, as it is written, and folded."""

    start: int
    end: int
    text: str
    fold: str

    @property
    def capital(self) -> bool:
        """Return whether it begins with a capital."""
        return self.text[:1].isupper()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; apostrophes, hyphens and full stops part them."""
    return tuple(Word(*one.span(), one.group(), fold(one.group())) for one in _WORD.finditer(text))


def gap(text: str, left: Word, right: Word) -> str | None:
    """Return what stands between two words as it is compared; None where it parts them for good."""
    if right.start - left.end > _WIDEST:
        return None
    between = _SPACE.sub(" ", text[left.end : right.start].translate(_SIGNS))
    # `St. Ives` and `St Ives` are one name; `U.S.` and `us` are two words.
    return between.replace(". ", " ") if len(between) == 2 else between


def folded(form: str) -> str:
    """Return a form as it is compared: its words folded, what is between them unified."""
    words = words_of(form)
    return "".join(
        (gap(form, words[number - 1], one) or " " if number else "") + one.fold for number, one in enumerate(words)
    )


def cases(form: str) -> tuple[str, ...]:
    """Return the cases of a Russian name of one word, itself first; of other names only itself."""
    if not is_cyrillic(form) or not form.isalpha():
        head, hyphen, last = form.rpartition("-")
        if hyphen and is_cyrillic(form) and last.isalpha() and head[-2:] != "на":
            return tuple(head + hyphen + one for one in cases(last))
        return (form,)
    for ending, others in _CASES:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            base = form[: -len(ending)]
            more = (base,) if ending in ("а", "ы", "ка") else ()
            return tuple(dict.fromkeys((form, *(base + one for one in others.split()), *more)))
    if form[-1].lower() in _SHUT and not form.isupper():
        return (form, *(form + one for one in ("а", "у", "ом", "е")), *((form + "ем",) if form[-1] == "ц" else ()))
    return (form,)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form stands for: key is the address of it; form how it is listed; written the case of it that is meant.

    language is the one that the form belongs to, empty for all; mark what it takes to be sure of it (geography.py).
    """

    key: str
    form: str
    written: str
    language: str = ""
    mark: str = ""

    def fits(self, language: str) -> bool:
        """Return whether the form belongs to a language; where either is not known it may."""
        return not self.language or not language or self.language == language


def main_language(tag: str) -> str:
    """Return the language of a tag without its script and region; empty where the tag says that it is not known."""
    main = tag.split("-", 1)[0].casefold()
    return "" if main == "und" else main


def as_written(form: Sequence[str], words: Sequence[Word], language: str) -> bool:
    """Return whether words are written as a form is: a name is not the common word, and Brünn is not a Brunn.

    The words of a form that are all capitals want all capitals; others want a capital where the form has one, and
    none where it has none. An article before a name with a capital may have one (`The Hague`). Accents may be
    missing in languages that have none.
    """
    if len(form) != len(words):
        # A soft hyphen parts one of them.
        return form[0][:1].isupper() == words[0].capital
    article = words[0].capital and any(one[:1].isupper() for one in form[1:])
    pairs = list(zip(form, (word.text for word in words), strict=True))
    return (
        (article or _capitals(*pairs[0]))
        and all(_capitals(one, word) for one, word in pairs[1:])
        and all(_accents(one, word, language) for one, word in pairs)
    )


def _capitals(form: str, word: str) -> bool:
    if len(form) > 1 and form.isupper():
        return word.isupper()
    if form[:1].isupper() or not form[:1].islower():
        return word[:1] == form[:1] or word[:1].isupper()
    return word[:1].islower()


def _accents(form: str, word: str, language: str) -> bool:
    left, right = (one.casefold().replace("ё", "е") for one in (form, word))
    if left == right or word.isupper():
        return True
    if not word.isascii():
        return False
    # French capitals often go without their accents.
    return language not in ("de", "fr") or (language == "fr" and left[1:] == right[1:])


class Index:
    """Forms by their words: two flat tables, what forms there are and what their beginnings are."""

    def __init__(self, senses: Iterable[Sense]) -> None:
        self._forms: dict[str, dict[tuple[Sense, tuple[str, ...]], None]] = {}
        self._beginnings: set[str] = set()
        for sense in senses:
            self._add(sense)

    def _add(self, sense: Sense) -> None:
        words = words_of(sense.written)
        if not 0 < len(words) <= _MOST_WORDS:
            return
        key = ""
        for number, one in enumerate(words):
            between = gap(sense.written, words[number - 1], one) if number else ""
            if between is None:
                return
            key += between + one.fold
            self._beginnings.add(key)
        self._forms.setdefault(key, {})[sense, tuple(one.text for one in words)] = None

    def at(self, text: str, words: Sequence[Word], place: int, language: str) -> list[tuple[int, tuple[Sense, ...]]]:
        """Return the forms that begin at a word, longest first: how many words each takes, and its senses."""
        found: list[tuple[int, tuple[Sense, ...]]] = []
        key, last = words[place].fold, place
        while key in self._beginnings:
            taken = words[place : last + 1]
            fit = {
                sense: None
                for sense, form in self._forms.get(key, {})
                if sense.fits(language) and as_written(form, taken, language)
            }
            if fit:
                found.append((len(taken), tuple(fit)))
            last += 1
            if last == len(words) or (between := gap(text, words[last - 1], words[last])) is None:
                break
            key += between + words[last].fold
        return found[::-1]

    def of(self, form: str) -> tuple[Sense, ...]:
        """Return what a form stands for, in any language and however it is written."""
        return self.of_folded(folded(form))

    def of_folded(self, form: str) -> tuple[Sense, ...]:
        """Return what a form stands for that is folded already."""
        return tuple(dict.fromkeys(sense for sense, _ in self._forms.get(form, ())))

    def __iter__(self) -> Iterator[str]:
        """Return the forms, folded."""
        return iter(self._forms)
