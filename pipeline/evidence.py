"""What a line shows of what it is: the evidence that segmentation weighs, each piece with a name and a weight.

Weights are natural logarithms of odds: +1 makes a reading 2.7 times as likely beside its rivals. They were
set by hand from what editors' notes look like and are measured by `make bench-segmentation`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.model import Pattern, whole
from pipeline.resources import resource

Weights = tuple[tuple[str, float], ...]

_CLOSERS: Final = "’”»\"')]}›"
_OPENERS: Final = "‘“«\"'([{‹„–—…"
_TERMINAL: Final = re.compile(rf"[.!?…][{re.escape(_CLOSERS)}]*$")
_POSSESSIVE: Final = re.compile(r"\w(?:[’']s|s[’'])$")
_QUOTED: Final = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"|‘(?:[^‘’]|\w’\w)*’")
_YEARS: Final = re.compile(r"(?<![\d/.])(1\d{3}|20\d\d)(?![\d/])")
_SHELF: Final = re.compile(
    r"\b(?:f|op|d|l|ll)\.\s?\d+|\b(?:ф|оп|д|л|лл)\.\s?\d+|\b[A-Z]{2,}\s?\d+/\d+|\b[A-Z]{1,5}(?: [A-Z]{2,5})? \d{2,}"
)
_IMPRINT: Final = re.compile(
    r"\([^()]*\b[A-Z][\w. ]+,\s*\d{4}\)|,\s+\d{4},\s+[IVXL]+\b|\b[IVXL]+(?:/\d+)?,\s+(?:nos?|docs?|pp?)\."
    r"|\b(?:[IVXLC]+|\d{1,3})(?:/\d+)? \(1[5-9]\d\d\)"
)
_LIFE: Final = re.compile(
    r"\b\d{4}\s?[–-]\s?(?:\d{2}|\d{4})\)?\.?$|\(\d{4}\s?[–-]\s?\d{2,4}\)|\((?:b|d|born|died|geb|gest)\.? \d{4}\)"
)
_NAMED: Final = re.compile(r"^(?:(?:[^\W\d_][\w’'.-]*|\([^)]*\))\s+){0,7}?(?:[^\W\d_][\w’'.-]*|\([^)]*\)),\s")
_ABBREVIATED_DATE: Final = re.compile(r"\b\d{1,2}\.? [^\W\d_]{3,4}\. 1\d{3}\b")
_ENDS_WITH_DATE: Final = re.compile(r"\b\d{1,2}\.? [^\W\d_]{3,9} 1\d{3}\.?$")
_NUMERAL: Final = re.compile(r",\s+I(?=[,;:/.])")
_SENTENCE: Final = re.compile(r"(?:^|[.!?…:–—]\s|[‘“«\"(\[])\W*$")
# `(Smith 1825a, 10)`: a book by its author and year.
_AUTHOR_YEAR: Final = re.compile(r"\([^()]*\b[^\W\d_a-z][^\W\d_][\w-]* \d{4}[a-z]?(?:[,:;]\s[^()]*)?\)")
_BORN: Final = re.compile(r"\((?:geb|b|born|née?|род)\.?\s[^()]*\d{4}|[†*]\s?(?:um |ca\. |c\. )?\d{4}")
_SPAN: Final = re.compile(r"\b1\d{3}\s?[–-]\s?\d{2,4}\b")
_FULL_DATE: Final = re.compile(
    r"\b\d{1,2}\.? [^\W\d_]{3,9}\.? (1\d{3}|20\d\d)\b|\b[^\W\d_]{3,9} \d{1,2}, (1\d{3}|20\d\d)\b"
)
_POINTER: Final = re.compile(
    r"(?:See|Siehe|Voir|См\.|Cf\.|Vgl\.|Ср\.)\s+(?:also|auch|aussi|также)?\s*"
    r"(?:above|below|oben|unten|ci-|выше|ниже|diary|the diary|entry|p\.|vol|note|n\.|S\.|с\.)"
)
_PARTICLES: Final = frozenset(
    """
    von van der den de del della di da du la le el al ibn bin of zu zur und y the and et & и
    """.split()
)
_LABEL: Final = re.compile(
    r"^(?P<label>[^\W\d_][^\s:]*(?:[  ][^\s:]+){0,3}?)(?P<stage> \([^)]{1,40}\))?[  ]?:\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that tell what a line is."""

    first_person: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    dangling: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    note_opening: Pattern | None = None
    about_text: Pattern | None = None
    cite: Pattern | None = None


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language tag; an empty one where we have none."""
    tables = tomllib.loads(resource("lexicon.toml").read_text(encoding="utf-8"))
    table = tables.get(language.split("-")[0].lower())
    if table is None:
        return Lexicon()

    def words(key: str) -> frozenset[str]:
        return frozenset(table[key].split())

    return Lexicon(
        words("first_person") | frozenset(word.capitalize() for word in words("first_person")),
        words("auxiliaries"),
        words("dangling") | words("third_person") | words("auxiliaries") | (words("first_person") - {"I"}),
        words("dangling"),
        frozenset(word.lower() for word in words("offices")),
        re.compile(rf"(?:{table['note_opening']})"),
        re.compile(rf"\b(?:{table['about_text']})\b", re.IGNORECASE),
        re.compile(rf"(?:^|[\s(])(?:{table['cite']})(?:\s|\d|$)"),
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """What can be seen of one line by itself."""

    text: str
    words: tuple[str, ...]
    terminal: bool
    lower: bool
    closing: bool
    label: str | None
    page: str | None
    ornament: bool

    @property
    def last(self) -> str:
        """Return the last word, with its punctuation."""
        return self.words[-1] if self.words else ""


def shape(text: str, page: Pattern, ornament: Pattern) -> Shape:
    """Return what can be seen of a line; page and ornament are the archive's patterns."""
    text = text.strip()
    found = whole(page, text)
    bare = text.lstrip(_OPENERS + " ")
    label = _LABEL.match(text)
    return Shape(
        text=text,
        words=tuple(text.split()),
        terminal=bool(_TERMINAL.search(text)),
        lower=bare[:1].islower(),
        closing=text[:1] in ")]},.;:!?»”" or (text[:1] == "’" and not text[1:2].isalpha()),
        label=label.group("label") if label else None,
        page=found.group("n") if found else None,
        ornament=whole(ornament, text) is not None,
    )


def _named(line: Shape) -> tuple[int, str]:
    """Return of how many words the name is that a line opens with (0: none), and what stands beside it.

    A name is words with capitals, and particles, up to a comma; beside it are the next two phrases.
    """
    found = _NAMED.match(line.text)
    if found is None:
        return 0, ""
    words = re.sub(r"\([^)]*\)", "", found.group()).rstrip(", ").split()
    if not words or not words[0][:1].isupper():
        return 0, ""
    if not all(word[:1].isupper() or word.lower() in _PARTICLES for word in words):
        return 0, ""
    return len(words), " ".join(re.split(r"[,;.:(]\s", line.text[found.end() :])[:2])


def _speaks(spoken: str, words: Lexicon) -> bool:
    """Return whether a text says I or we: not the numeral of a volume, not a word of a title (`My Life`)."""
    text = _NUMERAL.sub(", 1", spoken)
    return any(
        found.group() in words.first_person
        and (
            found.group() == "I"
            or found.group()[0].islower()
            or _SENTENCE.search(text[max(0, found.start() - 8) : found.start()])
        )
        for found in re.finditer(r"[\w’']+", text)
    )


def editors_voice(line: Shape, words: Lexicon, author: frozenset[str], year: int | None) -> Weights:
    """Return what tells the editors' voice from the writer's own, in notes and in commentary alike."""
    found: list[tuple[str, float]] = []
    spoken = _QUOTED.sub(" ", line.text)
    if _speaks(spoken, words):
        found.append(("speaks in the first person", -4.0))
    elif words.first_person and len(line.words) >= 25:
        found.append(("long, and never in the first person", 0.3 if len(line.words) < 50 else 0.6))
    if _is_signature(line, words, author):
        found.append(("is the writer's signature", -5.0))
    elif any(name in spoken for name in author):
        found.append(("names the writer in the third person", 4.0))
    years = {int(one) for one in _YEARS.findall(spoken)} if year is not None else set()
    if year is not None and any(one > year for one in years):
        found.append(("knows a later year", 2.5))
    elif year is not None and year not in years and years:
        found.append(("names earlier years", 0.5 + 0.5 * min(len(years), 3)))
    return tuple(found)


def _is_signature(line: Shape, words: Lexicon, author: frozenset[str]) -> bool:
    names, _ = _named(line)
    if not any(name in line.text for name in author) or re.search(r"\d", line.text):
        return False
    last = any(name in line.last for name in author)
    verb = any(token in words.auxiliaries for token in re.findall(r"[\w’']+", line.text.lower()))
    return not verb and ((last and len(line.words) <= 5) or (names > 0 and len(line.words) <= 12 and not line.terminal))


def note_evidence(line: Shape, words: Lexicon, author: frozenset[str], year: int | None) -> Weights:
    """Return what speaks for and against a line being an editor's note rather than text.

    author holds the diarist's family names; year is that of the entry.
    """
    found: list[tuple[str, float]] = [("notes are fewer than lines of text", -3.5)]
    spoken = _QUOTED.sub(" ", line.text)
    lowered = [token.lower() for token in re.findall(r"[\w’']+", spoken)]
    finite = any(token in words.auxiliaries for token in lowered)
    if _POINTER.match(line.text):
        found.append(("points to another place", 5.0))
    elif words.note_opening and words.note_opening.match(line.text):
        found.append(("opens as a note does", 3.5))
    if words.about_text and words.about_text.search(spoken):
        found.append(("speaks of the text itself", 1.5))
    names, beside = (0, "") if _is_signature(line, words, author) else _named(line)
    shelf = 0 if line.text.isupper() and len(line.words) > 6 else len(_SHELF.findall(line.text))
    if shelf:
        found.append(("gives a shelf mark", 3.0 + 1.0 * min(shelf - 1, 2)))
    cited = len(words.cite.findall(line.text)) if words.cite else 0
    if cited:
        found.append(("cites by page, volume or number", 1.5 + 0.5 * min(cited, 4)))
    if _AUTHOR_YEAR.search(line.text):
        found.append(("cites by author and year", 4.5))
    if _IMPRINT.search(line.text):
        found.append(("gives an imprint or a volume", 2.0))
    if _ABBREVIATED_DATE.search(line.text):
        found.append(("abbreviates a full date", 2.5))
    elif _ENDS_WITH_DATE.search(line.text) and _dateline(line) != "place":
        found.append(("ends with a full date", 1.5))
    if "," in line.text and line.terminal and len(line.words) <= 25 and not finite:
        found.append(("short, with commas and no verb", 1.0))
    if _LIFE.search(line.text) and len(line.words) < 60:
        found.append(("gives the years of a life or an office", 4.5 if names else 2.0))
    elif _BORN.search(line.text) and len(line.words) < 60:
        found.append(("gives a year of birth or death", 2.0))
    elif names > 1 and _SPAN.search(line.text):
        found.append(("a name and a span of years", 2.5))
    apposition = re.findall(r"[\w’'-]+", beside.lower())
    if names and any(token in words.offices for token in apposition) and not words.auxiliaries.intersection(apposition):
        found.append(("opens with a name and an office", 4.0 if names > 1 else 2.0))
    if names and beside[:1] in '‘“„«"' and beside:
        found.append(("an author and a title in quotation marks", 1.5))
    if names > 1 and not finite and len(line.words) <= 40:
        found.append(("a name and no verb", 1.5))
    if year is not None:
        place = _dateline(line)
        full = [one for pair in _FULL_DATE.findall(spoken) for one in pair]
        if place == "place":
            found.append(("is a dateline", -1.0))
        elif place == "either":
            found.append(("a name and a day: a dateline, or a newspaper", 1.0))
        elif str(year) in full:
            found.append(("dates a day of the entry's own year in full", 3.0))
        elif str(year) in _YEARS.findall(spoken):
            found.append(("names the year of the entry", 1.0))
    bare = len(found) == 1
    found += editors_voice(line, words, author, year)
    if len(line.words) <= 3 and bare:
        found.append(("too short to explain anything", -1.0))
    if not line.terminal:
        found.append(("ends without a stop", -1.0))
    if line.lower:
        found.append(("begins in lower case", -2.0))
    if line.closing:
        found.append(("begins with closing punctuation", -5.0))
    if re.match(r"\(?\d{1,2}[.)]\s", line.text):
        found.append(("is numbered as a paragraph", -2.0))
    if line.label is not None:
        found.append(("opens with a label and a colon", -1.0))
    return tuple(found)


def _dateline(line: Shape) -> str:
    """Return what a line is that has a date at its end and hardly anything before it: "place", "either" or "".

    `Dresden, the 3 June 1836` and `3 June 1836` can only head or close a letter or an entry; `Dresden, 3 June
    1836` is also how a newspaper is cited.
    """
    found = _ENDS_WITH_DATE.search(line.text)
    if found is None:
        return ""
    before = line.text[: found.start()].split()
    article = bool(before) and before[-1].lower() in ("den", "the", "le")
    if len(before) > 2 + article:
        return ""
    return "place" if article or not before or not before[-1].endswith(",") else "either"


def open_end(line: Shape, words: Lexicon) -> Weights:
    """Return what speaks for a line breaking off at its end."""
    if line.terminal:
        return ()
    # A heading, a salutation, a signature or a date needs no stop.
    bare = len(line.words) <= 6 and not line.lower and not line.closing
    found = [("the line before breaks off", 2.0 if bare else 3.0)]
    if line.last.lower() in words.dangling or _POSSESSIVE.search(line.text) or line.text[-1:] in ",;–—-(":
        found.append(("the line before ends on a word that wants another", 1.5))
    if line.text[-1:] == ":":
        found.append(("the line before ends with a colon", -1.5))
    return tuple(found)


def _unclosed(text: str, opener: str, closer: str) -> bool:
    return text.count(opener) > text.count(closer)


def join_evidence(before: Shape, line: Shape, words: Lexicon) -> Weights:
    """Return what speaks for and against a line going on in the sentence or paragraph of one before it."""
    found = list(open_end(before, words))
    if line.closing:
        found.append(("begins with closing punctuation", 5.0))
    elif line.lower:
        found.append(("begins in lower case", 3.0))
    elif before.terminal:
        found.append(("a full stop before, a capital after", -0.5))
    elif line.text[:1].isupper() and line.words[0].lower() in words.openers:
        found.append(("begins as a sentence does", -1.5))
    if _unclosed(before.text, "(", ")") and not _unclosed(line.text, "(", ")"):
        found.append(("a bracket is open", 1.5))
    if (_unclosed(before.text, "“", "”") and "”" in line.text) or (
        _unclosed(before.text, "«", "»") and "»" in line.text
    ):
        found.append(("a quotation is open", 1.5))
    if not re.search(r"\w", line.text):
        found.append(("nothing but punctuation", 3.0))
    return tuple(found)


def break_evidence(before: Shape | None, line: Shape, words: Lexicon, interrupted: bool) -> Weights:
    """Return what speaks for and against a line opening a paragraph of its own.

    interrupted is whether a note or a page line stands between it and the line before: where none does, a
    line without a stop is a salutation, a verse or a telegram rather than a sentence that breaks off.
    """
    found: list[tuple[str, float]] = []
    if before is not None:
        share = 1.0 if interrupted else 0.2
        found += [(name, -weight * share) for name, weight in open_end(before, words)]
    if line.closing:
        found.append(("begins with closing punctuation", -5.0))
    elif line.lower:
        found.append(("begins in lower case", -3.0 if interrupted else -1.5))
    return tuple(found)


def speech_evidence(line: Shape, labels: Counter[str], words: Lexicon) -> Weights:
    """Return what speaks for and against a label and colon being a speaker's; labels are those of all lines."""
    label = line.label
    if label is None:
        return (("no label and colon", -50.0),)
    found: list[tuple[str, float]] = [("a label and a colon", -0.5)]
    if labels[label] > 1:
        found.append(("the label comes again", 3.0))
    if sum(1 for count in labels.values() if count) > 1 and labels.total() > 2:
        found.append(("there are other speakers", 1.0))
    parts = label.split()
    if re.fullmatch(r"[^\W\d_]\.?(?:\s?[^\W\d_]\.)*", label) or label in words.first_person:
        found.append(("the label is an initial or the writer", 2.5))
    elif not all(part[:1].isupper() for part in parts):
        found.append(("the label is not a name", -2.0))
    if not label[:1].isupper() or any(part.lower() in words.auxiliaries for part in parts):
        found.append(("the label is a part of a sentence", -4.0))
    if label.rstrip(".").upper() in ("PS", "P.S", "NB", "N.B"):
        found.append(("the label marks a postscript", -6.0))
    return tuple(found)


def page_outliers(pages: Iterable[str]) -> dict[str, float]:
    """Return for each page number how much it speaks for the endnotes' pages, by its distance from the others.

    The numbers fall into runs. Endnotes stand behind the text, so that the body's run is the lowest that is
    one: of two numbers at least; else the longest, the first of two that are as long.
    """
    numbers = sorted({int(page) for page in pages if page.isdecimal()})
    if len(numbers) < 2:
        return {}
    runs: list[list[int]] = [[numbers[0]]]
    for number in numbers[1:]:
        if number - runs[-1][-1] > 15:
            runs.append([])
        runs[-1].append(number)
    body = next((run for run in runs if len(run) > 1), runs[0])
    weights = {}
    for run in runs:
        for number in run:
            weights[str(number)] = -2.0 if run is body else 3.0 if run[0] > body[0] else 0.5
    return weights


def total(weights: Weights) -> float:
    """Return the sum of the weights."""
    return sum(weight for _, weight in weights)
