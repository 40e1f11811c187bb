"""The archive or library that is named before a shelf mark: a siglum of the register, or what looks like one."""

from __future__ import annotations

import re
from typing import Final

from pipeline.enrich.citations.words import CAPITAL, word_set

_S: Final = r"[\s ]"
_CAPS: Final = re.compile(r"[^\W\d_]*[A-ZА-ЯÖ][^\W\d_]*[A-ZА-ЯÖ][^\W\d_]*(?:[-/][A-Z]+)?$")
_SHIPS: Final = frozenset("HMS USS SS RMS HMT HMAS SMS MV USSR USA UK EU II III IV VI VII VIII IX XI XII".split())
_CONNECT: Final = frozenset(
    "of the de des du la le für und and & zu der nationales départementales diplomatiques".split()
)
_BEFORE: Final = re.compile(rf"[.,:]?{_S}$|^$")


def archive_before(text: str, start: int, sigla: frozenset[str]) -> tuple[int, int]:
    """Return where the archive stands that is named directly before a place, a siglum or a name; (-1, -1) if none."""
    window = max(0, start - 100)
    lead = _BEFORE.search(text[window:start])
    if lead is None or start == 0:
        return -1, -1
    end = window + lead.start()
    tokens = [(window + one.start(), window + one.end()) for one in re.finditer(r"[^\s ]+", text[window:end])]
    if window and tokens and tokens[0][0] == window:
        del tokens[0]
    if not tokens:
        return -1, -1
    known = sigla | word_set("sigla")
    for count in (4, 3, 2, 1):
        if len(tokens) >= count and text[tokens[-count][0] : end].lstrip("([") in known:
            return _opened(text, tokens[-count][0]), end
    return _unknown(text, tokens, end)


def _opened(text: str, start: int) -> int:
    while text[start] in "([":
        start += 1
    return start


def _unknown(text: str, tokens: list[tuple[int, int]], end: int) -> tuple[int, int]:
    place = len(tokens)
    named = False
    nouns = word_set("archives")
    while place and len(tokens) - place < 8:
        first, last = tokens[place - 1]
        token = text[first:last].lstrip("([")
        if last != end and token[-1:] in ",;:." and not re.fullmatch(rf"{CAPITAL}\.", token):
            break
        if not (token[:1].isupper() or token in _CONNECT or (token[:1].islower() and re.match("[а-я]", token))):
            break
        named |= token.strip("()[],") in nouns or token.lower().endswith(("archiv", "bibliothek", "archief"))
        place -= 1
        if text[first] in "([":
            break
    while place < len(tokens) and text[tokens[place][0] : tokens[place][1]] in LEAD_WORDS:
        place += 1
    while place < len(tokens) and not text[_opened(text, tokens[place][0])].isupper():
        place += 1
    if place < len(tokens) and named:
        return _opened(text, tokens[place][0]), end
    return _caps(text, tokens, end)


LEAD_WORDS: Final = word_set("see") | word_set("into") | word_set("articles") | _CONNECT | frozenset(("In", "See"))


def _caps(text: str, tokens: list[tuple[int, int]], end: int) -> tuple[int, int]:
    """Return where a siglum that we do not know stands: capitals, perhaps with a town after them."""
    place = len(tokens) - 1
    last = text[tokens[place][0] : end].lstrip("([")
    if not _CAPS.fullmatch(last):
        if place < 1 or not last[:1].isupper() or not last.isalpha():
            return -1, -1
        place -= 1
        if not _CAPS.fullmatch(text[slice(*tokens[place])].lstrip("([")):
            return -1, -1
    while place and _CAPS.fullmatch(text[slice(*tokens[place - 1])].lstrip("([")):
        place -= 1
    start = _opened(text, tokens[place][0])
    return (-1, -1) if text[start:end].split()[0] in _SHIPS else (start, end)
