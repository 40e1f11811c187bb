"""The words of a passage as names need them: capitals, initials, letters in brackets, and where sentences begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from pipeline.enrich.words import Words, fold, key

_L: Final = "(?:[^\\W\\d_]|[\u0300-\u036f\xad])"
_TOKEN: Final = re.compile(
    rf"(?P<word>{_L}+(?:\[{_L}+\]{_L}*)*(?:[’'ʼ‐‑-]{_L}+(?:\[{_L}+\]{_L}*)*)*)|(?P<number>\d+)|(?P<sign>[^\s])"
)
_POSSESSIVE: Final = re.compile(r"[’'ʼ][sS]$")
_ELISION: Final = re.compile(
    r"(?:[ldjmnstcLDJMNSTC]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu|[Pp]resqu|[Ee]ntr)[’'ʼ](?=[^\W\d_])"
)
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})$")
_ENDS: Final = frozenset(".!?…")
_QUOTES: Final = frozenset("‘“«„\"'([{‹")
# Shortened given names that are written with a full stop, and titles that lose theirs to no sentence.
_SHORTENED: Final = frozenset(
    "alex ang arch aug benj bern cath chas chr ch christ dan dav edw eliz fr franc fred frid geo gg gust heinr herm hy "
    "jas joh jos jno ldw leop ludw marg matth mich nath nich phil ph rich robt sam seb steph th theod thos tho tim "
    "wilh wm xav ya yu ye zh kh sh ts ал александр андр в вас вл гр дм евг ив ник серг ст".split()
)
_ABBREVIATED: Final = re.compile(r"[^\W\d_]{1,6}")


class Kind(IntEnum):
    """What a token is."""

    CAPITAL = 1
    LOWER = 2
    INITIAL = 3
    NUMBER = 4
    SIGN = 5


@dataclass(slots=True)
class Token:
    """One word, number or sign of a passage.

    plain is the word without brackets inside it, fold and key the word as it is compared; opens says that a sentence
    or quotation begins with it; owner that a possessive ending follows it.
    """

    start: int
    end: int
    plain: str
    kind: Kind
    fold: str = ""
    key: str = ""
    opens: bool = False
    owner: bool = False
    roman: bool = False

    @property
    def is_word(self) -> bool:
        """Return whether the token is of letters."""
        return self.kind <= Kind.INITIAL


# Titles that are no abbreviations: a full stop after one ends the sentence.
_WHOLE: Final = frozenset(
    fold(word)
    for word in (
        "king queen lord lady uncle aunt major sir miss dame earl duke count prince papa mama könig frau herr graf "
        "prinz tante onkel vater roi reine abbé duc comte oncle père mère sœur frère царь князь граф отец дядя тётя "
        "брат мать"
    ).split()
)


def _word(text: str, start: int, end: int, lexicon: Words) -> Token:
    raw = text[start:end]
    plain = raw.replace("[", "").replace("]", "").replace("\xad", "")
    if not plain[:1].isupper():
        return Token(start, end, plain, Kind.LOWER, fold(plain), key(plain))
    stop = text[end : end + 1] == "."
    folded = fold(plain)
    letters = len(plain)
    if stop and plain == "I" and folded in lexicon.functions and not _among_initials(text, start, end):
        # `than I. Verhagen has …`: the writer, and a new sentence.
        stop = False
    if stop and (letters == 1 or (folded in _SHORTENED and folded not in lexicon.functions and letters > 1)):
        return Token(start, end + 1, plain, Kind.INITIAL, folded, key(plain))
    if stop and letters <= 5 and folded not in _WHOLE and (folded in lexicon.titles or folded in lexicon.suffixes):
        end += 1
    return Token(start, end, plain, Kind.CAPITAL, folded, key(plain), roman=bool(_ROMAN.match(plain)))


def _among_initials(text: str, start: int, end: int) -> bool:
    """Return whether an `I.` stands at the head of a text, or beside other initials."""
    return (
        start == 0 or text[start - 1] in ".([" or text[start - 2 : start - 1] == "." or text[end + 2 : end + 3] == "."
    )


def tokens(text: str, lexicon: Words) -> list[Token]:
    """Return the tokens of a text in order. Takes time in proportion to its length."""
    found: list[Token] = []
    at, length = 0, len(text)
    while at < length:
        match = _TOKEN.search(text, at)
        if match is None:
            break
        start, at = match.span()
        if match.lastgroup == "word":
            word = match.group()
            elided = _ELISION.match(word)
            if elided and (word[0].islower() or (elided.end() < len(word) and not word[elided.end()].isupper())):
                at = start + elided.end()
                word = word[: elided.end()]
                found.append(Token(start, at, word, Kind.LOWER, fold(word), fold(word)))
                continue
            owner = _POSSESSIVE.search(word) if len(word) > 2 else None
            if owner:
                word = word[: owner.start()]
            token = _word(text, start, start + len(word), lexicon)
            after = token.end
            token.owner = bool(owner) or (text[after : after + 1] in "’'ʼ" and word[-1:] in "sxzSXZ" and bool(word))
            found.append(token)
            at = max(after, start + len(match.group()) if owner else after)
        elif match.lastgroup == "number":
            found.append(Token(start, at, match.group(), Kind.NUMBER))
        else:
            found.append(Token(start, at, match.group(), Kind.SIGN))
    _open(found, lexicon)
    return found


def _open(found: list[Token], lexicon: Words) -> None:
    """Mark the words that a sentence or a quotation begins with."""
    opens = True
    for number, token in enumerate(found):
        if token.is_word or token.kind is Kind.NUMBER:
            token.opens = opens
            opens = False
        elif token.plain in _ENDS:
            opens = True
        elif token.plain in _QUOTES:
            before = found[number - 1] if number else None
            # `M.M. [Name]` supplies a part of a name; `the ‘Name version’` quotes words and no sentence.
            within = before is not None and before.is_word and before.fold not in lexicon.says
            opens = opens or not within or token.plain == "("
