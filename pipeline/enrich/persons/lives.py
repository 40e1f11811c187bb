"""Notes that tell a life: after a name, the years, the offices and the kin of the person at whose name they stand."""

from __future__ import annotations

import re
from typing import Final

from pipeline.enrich.persons.person import Life
from pipeline.enrich.words import Words, fold, world

# Nothing of a life is read further from the name than this many characters.
_REACH: Final = 400
_YEARS: Final = re.compile(
    r"\s*\(\s*(?:[^()\d]{0,40}?)(?P<from>1\d{3}|20\d\d|\d{3})\s?[–—-]\s?(?P<to>1\d{3}|20\d\d|\d{3}|\d\d)?(?![\d/])[^()]{0,80}\)"
)
_BORN: Final = re.compile(
    r"\s*[(,]\s*(?P<what>b\.|born|geb\.|geboren|née?|род\.|родил(?:ся|ась)|d\.|died|gest\.|gestorben|mort|morte|ум\.|†|\*)"
    r"\s?[^()\d]{0,30}(?P<year>1\d{3}|20\d\d)(?!\s*(?:or|oder|ou|или|[–—/-])\s*\d)"
)
_DEATHS: Final = frozenset({"d.", "died", "gest.", "gestorben", "mort", "morte", "ум.", "†"})
_BRACKET: Final = re.compile(r"\s*\([^()]{0,120}\)")
_CLAUSE: Final = re.compile(r"\s*[,:–—]\s*(?P<text>[^;.]{2,200})")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SPAN: Final = re.compile(
    r"(?:\b(?:from|since|bis|seit|von|de|с|depuis)\s)?\b(?P<from>1\d{3}|20\d\d)(?:\s?[–—-]\s?(?P<to>1\d{3}|20\d\d|\d\d)(?!\d))?"
)
# Within so many words after the name stands what the person was.
_NEAR: Final = 7


def _to(start: str, end: str | None) -> str:
    """Return the later year of a span, written out."""
    if not end:
        return ""
    return end if len(end) >= len(start) else start[: len(start) - len(end)] + end


def _is_of_a_life(word: str, lexicon: Words) -> bool:
    folded = fold(word)
    return (
        folded in lexicon.offices
        or folded in lexicon.kin
        or folded.rstrip("s") in lexicon.offices
        or (word[:1].isupper() and folded in world().demonyms)
        or folded.endswith(_ENDINGS)
    )


# Endings of words for what people are: `curate`, `Orientalist`, `хирург`.
_ENDINGS: Final = (
    "ologist", "ographer", "ologe", "ograph", "monger", "maker", "smith", "keeper", "master", "wright", "gardener",
    "istin", "forscher", "händler", "macher", "meister", "lehrer", "beamter", "ienne", "isseur", "logue", "graphe",
    "хирург", "ник", "тель", "олог", "curate", "rector", "curé", "notaire", "fabricant", "ouvrier", "semitist",
    "orientalist", "shoemaker", "baker", "butcher", "grocer", "draper", "solicitor", "attorney", "barrister",
    "gaufrettier", "sous-chef", "préfet", "sous-préfet", "witwe", "kaufmann",
)  # fmt: skip


def tell(text: str, end: int, lexicon: Words) -> Life | None:
    """Return the life that a text tells of the person whose name ends at end; None where it tells none.

    A life is years in brackets directly after the name, or what the person was after a comma.
    """
    rest = text[end : end + _REACH]
    birth = death = ""
    at = 0
    if years := _YEARS.match(rest):
        birth, death = years["from"], _to(years["from"], years["to"])
        at = years.end()
    elif born := _BORN.match(rest):
        if born["what"] in _DEATHS:
            death = born["year"]
        else:
            birth = born["year"]
        at = born.end()
        close = rest.find(")", at)
        at = close + 1 if 0 <= close - at < 80 else at
    elif bracket := _BRACKET.match(rest):
        at = bracket.end()
    clause = _CLAUSE.match(rest, at)
    words = _WORD.findall(clause["text"])[:_NEAR] if clause else []
    office = any(_is_of_a_life(word, lexicon) for word in words)
    if not (birth or death or office):
        return None
    offices: tuple[str, ...] = ()
    active = ("", "")
    if clause and (office or birth or death):
        offices, active = _offices(clause["text"])
    return Life(birth, death, active, offices)


def _offices(clause: str) -> tuple[tuple[str, ...], tuple[str, str]]:
    """Return what a clause says that a person was, and the years in which."""
    span = _SPAN.search(clause)
    active = (span["from"], _to(span["from"], span["to"]) or span["from"]) if span else ("", "")
    said = clause[: span.start()] if span else clause
    said = said.strip(" ,(–—")
    return ((said,) if 2 < len(said) <= 120 else ()), active
