"""What speaks for a name being a person's, and what against: the weights, all in one place.

Weights are natural logarithms of odds, as those of segmentation are. They were set by hand and are measured by
`make bench-encoding`. Each kind of evidence counts once for a name, however often it comes in an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import Final

# From here on a name is a person's.
THRESHOLD: Final = 2.5

FOR: Final[Mapping[str, float]] = {
    # A name that begins no sentence has its capital for a reason of its own, but not in German.
    "capital in mid-sentence": 2.0,
    "title before": 6.0,
    "title-like word before": 4.0,
    "given name before": 5.0,
    "doubtful given name before": 3.0,
    "initials before": 4.5,
    "initial before": 3.5,
    "initial before, at the head": 1.0,
    "initial before a noun": 1.4,
    "patronymic": 4.0,
    "particle of a name": 3.0,
    "given name": 3.0,
    "doubtful given name": 1.0,
    "two names": 1.5,
    "surname's ending": 1.5,
    "no article": 1.0,
    "full form in the register": 6.0,
    "in the register": 3.0,
    "marked by an editor": 6.0,
    "author": 6.0,
    "life in a note": 6.0,
    "verb of speaking": 3.0,
    "verb of people": 1.0,
    "state of people": 2.5,
    "spoken to": 3.0,
    "object of a verb of people": 1.5,
    "with a person": 1.2,
    "between names": 0.5,
    "spoken of": 1.8,
    "conversation with": 4.0,
    "letter from": 3.0,
    "attributive": 1.0,
    "stands free": 0.6,
    "first word, before a verb": 1.7,
    "given name of one named in full": 4.0,
    "with the writer": 3.0,
    "kin of": 3.0,
    "kin before": 3.0,
    "office before": 2.5,
    "owns": 2.0,
    "possessive": 0.5,
    "dear, young, poor": 1.5,
    "who": 2.5,
    "office after": 3.0,
    "letter from one to another": 2.5,
    "beside a person": 1.5,
    "named by a model": 2.5,
}

AGAINST: Final[Mapping[str, float]] = {
    "common word": -3.0,
    "country or river": -8.0,
    "town": -4.0,
    "people's ending": -1.5,
    "institution": -6.0,
    "head of an institution": -5.0,
    "may be a place": -2.5,
    "thing's ending": -2.0,
    "calendar": -3.0,
    "number": -8.0,
    "capitals": -6.0,
    "before a number": -3.0,
    "article": -3.5,
    "article elsewhere": -6.0,
    "noun's ending": -3.0,
    "article before a full name": -6.5,
    "adjective before a noun": -5.0,
    "after of, from, to": -1.2,
    "of an office": -3.0,
    "after a people's name": -3.0,
    "after a possessive": -1.5,
    "place before": -3.5,
    "beside a place": -1.0,
    "no person to a model": -2.0,
    "bare title": -4.0,
    "first word, common": -3.0,
}


def certainty(score: float) -> float:
    """Return how sure a sum of weights makes that a name is a person's: 0.5 at 1.5, 0.73 at the threshold."""
    return round(1 / (1 + exp(1.5 - max(-50.0, min(50.0, score)))), 3)
