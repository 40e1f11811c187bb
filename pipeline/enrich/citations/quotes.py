"""Titles in quotation marks: where one ends."""

from __future__ import annotations

import re
from typing import Final

QUOTES: Final = {"‘": "’", "“": "”", "«": "»", "„": "“”", '"': '"', "'": "'", "‚": "‘’"}


def quoted(text: str, at: int) -> int:
    """Return where a title in quotation marks ends that begins at a place; -1 if none does."""
    closers = QUOTES.get(text[at : at + 1], "")
    if not closers:
        return -1
    depth = 1
    for place in range(at + 1, min(len(text), at + 300)):
        mark = text[place]
        if mark == text[at] and mark not in closers:
            depth += 1
        elif mark in closers:
            # An apostrophe stands in a word, or ends a plural before the next.
            inside = mark in "’'" and text[place + 1 : place + 2].isalnum() and text[place - 1].isalnum()
            plural = mark in "’'" and text[place - 1] == "s" and re.match(r"[\s ][a-z]", text[place + 1 : place + 3])
            if inside or plural:
                continue
            depth -= 1
            if depth == 0:
                return place + 1
    return -1
