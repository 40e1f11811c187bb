"""Editorial marks: square brackets around words and letters that the editors supplied.

`[Hale]` is a word of the text (`supplied`), `A[nglo]` a word written out (`expan`, the letters in `ex`). What says
something of the text (`[…]`, `[?]`, `[sic]`, `[illegible]`), a note's number and editors' commentary in brackets stay
as they are; what is none of these stays too, and is reported.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final

from pipeline.dates import MONTHS
from pipeline.enrich.marks.brackets import Left, Pair, paired, unpaired
from pipeline.enrich.model import Claim, Entry, Finding, Outcome
from pipeline.enrich.stretches import Stretches, shown, stands_in
from pipeline.passage import Passage
from pipeline.resources import resource
from pipeline.wrap import Mark

# Editorial markup says already what a bracket in it or around it is; in citations brackets are the editors' own.
_MARKED: Final = frozenset(
    """
    supplied expan ex abbr am gap surplus sic corr orig reg unclear add addSpan del damage subst mod choice bibl title
    idno ref ptr
    """.split()
)
# A bracket that is longer holds no word that was left out, but a text of its own.
_LONGEST: Final = 400
_MOST_WORDS: Final = 12

# A word with letters in brackets: letters and brackets without a space between them.
_WORD: Final = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*+|\[[^\W\d_][^\[\]]{0,60}\])++")
_LETTERS: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f’'-])*+\.?")
_WORDS: Final = re.compile(r"(?:[^\W_]|[\s\u0300-\u036f.,’'‘“”„«»()&/№§$£€%–—-])++\??")
_SIGNS: Final = re.compile(r"[\s.…?!*†‡·_–—-]+")
_NUMBERS: Final = re.compile(r"\d{1,3}(?:[\s,–-]{1,2}\d{1,3})*")
_ROMAN: Final = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_YEAR: Final = re.compile(r"1\d{3}|20\d\d")
_ADDRESS: Final = re.compile(r"\S*://|www\.|mailto:|doi:", re.IGNORECASE)
_MONTH: Final = re.compile(r"\s[^\W\d_]+")
_ENDED: Final = re.compile(r"(?:^|[.!?…:])[’”»\"')\]]*\s*$")
_STOPPED: Final = re.compile(r"[.!?…][’”»\"')]*$")
_NOTE_LETTER: Final = re.compile(r"(?<=[^\W\d_]|[.,;:!?’”»])\[([abаб])\](?![^\W\d_])")
_SENTENCES: Final = re.compile(r"[^\W\d_]{3}[.!?…][’”»\"')]*\s+[^\W\d_a-zа-яё]")


class Kind(Enum):
    """What a pair of brackets holds."""

    WORDS = auto()
    FIGURES = auto()
    APPARATUS = auto()
    NUMBER = auto()
    COMMENTARY = auto()
    REMARK = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class _Words:
    """The phrases that brackets hold in all languages, and by language the letters that are words."""

    apparatus: frozenset[str]
    telltales: re.Pattern[str]
    remarks: re.Pattern[str]
    hands: re.Pattern[str]
    letters: dict[str, frozenset[str]]


@cache
def _words() -> _Words:
    tables = tomllib.loads(resource("enrich/marks/mark_words.toml").read_text(encoding="utf-8"))

    def phrases(key: str) -> list[str]:
        return sorted({one for table in tables.values() for one in table[key].split("|")}, key=len, reverse=True)

    def pattern(key: str) -> str:
        return "|".join(map(re.escape, phrases(key)))

    return _Words(
        frozenset(phrases("apparatus")),
        re.compile(rf"(?<!\w)(?:{pattern('telltales')})(?!\w)"),
        re.compile(rf"(?:{pattern('remarks')})(?!\w)"),
        re.compile(rf"(?:^|[\s–—-])(?:{pattern('hands')})$"),
        {language: frozenset(table["letters"].split()) for language, table in tables.items()},
    )


def marks(passages: Sequence[Passage], _entry: Entry) -> Outcome:
    """Return the words and letters that brackets supply, and the brackets that are none of these.

    In a note, whose text is the editors' own, a bracket counts less than in the text or in a quotation.
    """
    outcome = Outcome()
    left: list[Left] = []
    noted = _note_letters(passages)
    for passage in passages:
        if ("[" not in passage.text and "]" not in passage.text) or stands_in(passage, _MARKED):
            continue
        stretches = Stretches(passage)
        pairs, alone = paired(passage.text)
        left += (Left(passage, at) for at in alone if not stretches.touches(at, at + 1, _MARKED))
        pairs = [one for one in pairs if not stretches.touches(one.start, one.end, _MARKED)]
        taken = _expansions(passage, pairs, stretches, noted, outcome)
        for pair in pairs:
            if pair not in taken:
                _decide(passage, pair, stretches, outcome)
    outcome.findings += unpaired(left)
    return outcome


# -- letters in a word


def _expansions(
    passage: Passage, pairs: Sequence[Pair], stretches: Stretches, noted: bool, outcome: Outcome
) -> set[Pair]:
    """Claim the words that are written out in brackets, and return the pairs that this accounts for.

    noted says that single letters in brackets are those of notes.
    """
    text, taken = passage.text, set[Pair]()
    known = set(pairs)
    for start, end in _words_with(text, known) if pairs else ():
        parts = list(_groups(text, start, end))
        letters = end - start - sum(one.end - one.start for one in parts)
        if not parts or not letters:
            continue
        if noted and len(parts) == 1 and parts[0].end == end and _is_note_letter(text, parts[0]):
            taken.update(parts)
            continue
        if not all(_fits_word(text, one, start, end) for one in parts):
            continue
        if stretches.cuts(start, end) or any(stretches.cuts(one.start, one.end) for one in parts):
            outcome.findings.append(_cut(passage, start, end))
            taken.update(parts)
            continue
        certainty, evidence, alternatives = _sure_of_word(text, parts, start, end)
        marked = tuple(Mark(one.start, one.end, "ex") for one in parts)
        outcome.claims.append(
            Claim(
                passage,
                start,
                end,
                "expan",
                "letters",
                certainty,
                evidence=(evidence,),
                alternatives=alternatives,
                parts=marked,
            )
        )
        taken.update(parts)
    return taken


def _words_with(text: str, known: set[Pair]) -> Iterator[tuple[int, int]]:
    """Yield the words with brackets in them; what is in brackets that are not known stands by itself."""
    for found in _WORD.finditer(text):
        start, end = found.span()
        if end - start > _LONGEST:
            continue
        for pair in _groups(text, start, end):
            if pair not in known:
                yield start, pair.start
                start = pair.end
        yield start, end


def _groups(text: str, start: int, end: int) -> Iterator[Pair]:
    opens = start - 1
    while (opens := text.find("[", opens + 1, end)) >= 0:
        yield Pair(opens, text.index("]", opens) + 1)


def _fits_word(text: str, pair: Pair, start: int, end: int) -> bool:
    """Return whether what a bracket in a word holds is letters of that word."""
    inner = text[pair.start + 1 : pair.end - 1]
    before, after = text[start : pair.start], text[pair.end : end]
    if _is_apparatus(inner) or not before + after:
        return False
    words = inner.split()
    if not words or not all(_LETTERS.fullmatch(one) for one in words):
        return False
    if len(words) > 1 and (len(before) > 3 or len(words) > 4 or after):
        return False
    # `word[Name]` and `[Name]Word` lack a space; capitals in a word of capitals are its letters.
    if before and inner[0].isupper() and not (before.isupper() and inner.isupper()):
        return False
    return not after[:1].isupper() or inner.isupper()


def _sure_of_word(
    text: str, parts: Sequence[Pair], start: int, end: int
) -> tuple[float, str, tuple[tuple[str, float], ...]]:
    first = parts[0]
    single = len(parts) == 1 and first.end - first.start == 3
    if single and first.start == start:
        return 0.8, "one letter in brackets begins a word", (("another letter stood here", 0.2),)
    if single and first.end == end and _is_note_letter(text, first):
        return 0.6, "one letter in brackets ends a word", (("the letter of a note", 0.4),)
    return 0.97, "brackets within a word", ()


def _is_note_letter(text: str, pair: Pair) -> bool:
    return pair.end - pair.start == 3 and text[pair.start + 1] in "abcабв"


def _note_letters(passages: Sequence[Passage]) -> bool:
    """Return whether letters of notes stand behind words: `[a]` and `[b]` both."""
    found = {one for passage in passages for one in _NOTE_LETTER.findall(passage.text)}
    return {"a", "b"} <= found or {"а", "б"} <= found


# -- words and the rest


def _decide(passage: Passage, pair: Pair, stretches: Stretches, outcome: Outcome) -> None:
    """Claim what a pair of brackets holds where it is supplied, and report it where nobody knows what it is."""
    kind, certainty = _kind(passage, pair)
    if kind in (Kind.WORDS, Kind.FIGURES):
        if stretches.cuts(pair.start, pair.end):
            outcome.findings.append(_cut(passage, pair.start, pair.end))
            return
        quoted = stretches.touches(pair.start, pair.start + 1, frozenset({"q", "quote", "said"}))
        evidence = ["figures in brackets" if kind is Kind.FIGURES else "words in brackets"]
        if passage.note is not None and not quoted:
            certainty *= 0.85
            evidence.append("in the editors’ own words")
        outcome.claims.append(
            Claim(
                passage,
                pair.start,
                pair.end,
                "supplied",
                "figures" if kind is Kind.FIGURES else "words",
                certainty,
                (("reason", "omitted"),),
                evidence=tuple(evidence),
            )
        )
    elif kind in (Kind.REMARK, Kind.UNKNOWN):
        words = shown(passage.text[pair.start : min(pair.end, pair.start + _LONGEST)])
        what = "a remark, not a word of the text" if kind is Kind.REMARK else "neither a word supplied nor a known mark"
        hint = "encode it by hand as what it is (note, supplied, gap), or leave it. The text was kept."
        outcome.findings.append(Finding("E-001", passage.block, f"`{words}` is {what}", hint))


def _kind(passage: Passage, pair: Pair) -> tuple[Kind, float]:
    """Return what a pair of brackets holds, and how sure that is."""
    text, language = passage.text, passage.language.split("-")[0].lower()
    if pair.start == 0 and not text[pair.end :].strip(" .’”»\"')]*"):
        return Kind.COMMENTARY, 1.0
    before, after = text[max(0, pair.start - 40) : pair.start], text[pair.end : pair.end + 20]
    begins = _ENDED.search(before) is not None
    if pair.end - pair.start > _LONGEST:
        return (Kind.COMMENTARY, 1.0) if begins else (Kind.UNKNOWN, 1.0)
    inner = text[pair.start + 1 : pair.end - 1].replace("[", "").replace("]", "").strip()
    if not inner:
        return Kind.UNKNOWN, 1.0
    if _is_apparatus(inner) or _ADDRESS.match(inner):
        return Kind.APPARATUS, 1.0
    if inner[0].isdigit() or _ROMAN.fullmatch(inner):
        return _figures(inner, before, after)
    if len(inner) == 1:
        if inner.lower() in _words().letters.get(language, ()) and before[-1:].isspace() and after[:1].isspace():
            return Kind.WORDS, 0.85
        return (Kind.NUMBER, 1.0) if inner.islower() else (Kind.UNKNOWN, 1.0)
    lowered = inner.lower()
    if _words().remarks.match(lowered) or _words().hands.search(lowered):
        return Kind.REMARK, 1.0
    if _is_sentence(inner, begins):
        return Kind.COMMENTARY, 1.0
    fits = _WORDS.fullmatch(inner) and inner[0] not in ".,)-–—" and len(inner.split()) <= _MOST_WORDS
    # A letter or a bracket right beside: a space is missing, or it is no word by itself.
    beside = (before[-1:], after[:1])
    parted = not any(mark.isalnum() for mark in beside) and beside[0] != "]" and beside[1] != "["
    if not fits or not parted or not any(mark.isalpha() for mark in inner):
        return Kind.UNKNOWN, 1.0
    return Kind.WORDS, 0.6 if inner.endswith("?") else 0.95


def _is_apparatus(inner: str) -> bool:
    bare = inner.lower().replace("'", "’").strip(" ?!")
    return (
        _SIGNS.fullmatch(inner) is not None
        or bare in _words().apparatus
        or bare.rstrip(" .…") in _words().apparatus
        or _words().telltales.search(bare) is not None
    )


def _figures(inner: str, before: str, after: str) -> tuple[Kind, float]:
    """Return what a bracket is that begins with a figure: a year or a day that was left out, else a note's number."""
    if before[-1:].isdigit() or after[:1].isdigit():
        return (Kind.FIGURES, 0.85) if inner.isdigit() else (Kind.UNKNOWN, 1.0)
    if _YEAR.fullmatch(inner):
        return Kind.FIGURES, 0.9
    if _NUMBERS.fullmatch(inner) or _ROMAN.fullmatch(inner):
        follows = _MONTH.match(after)
        if inner.isdigit() and int(inner) <= 31 and follows and follows.group().strip().lower() in MONTHS:
            return Kind.FIGURES, 0.85
        return Kind.NUMBER, 1.0
    if _WORDS.fullmatch(inner) and len(inner.split()) <= _MOST_WORDS and any(mark.isalpha() for mark in inner):
        return Kind.FIGURES, 0.85
    return Kind.UNKNOWN, 1.0


def _is_sentence(inner: str, begins: bool) -> bool:
    """Return whether brackets are around a whole sentence; begins says that a sentence may begin before them."""
    words = len(inner.split())
    if words >= 8 and _SENTENCES.search(inner):
        return True
    if not begins or not (inner[0].isupper() or inner[0] in "‘“„«\"'") or words < 3:
        return False
    return _STOPPED.search(inner) is not None or words >= 6


def _cut(passage: Passage, start: int, end: int) -> Finding:
    message = f"other markup cuts through `{shown(passage.text[start:end])}`; it was not encoded"
    return Finding("E-003", passage.block, message, "encode it by hand, or move the other markup.")
