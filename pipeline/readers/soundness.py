"""Is a source sound: characters that tell of damage, lines that were wrapped, pages that run into one another."""

from __future__ import annotations

import re
from typing import Final

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import Line

# Control characters of the C1 set, DEL, and the mark that stands where a character was lost.
_DOUBTFUL: Final = re.compile("[\x7f-\x9f\ufffd]")
_OPENS: Final = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_CLOSES: Final = frozenset("\u202c\u2069")
_STOPS: Final = re.compile(r"[.!?…:;][\"'’”»)\]]*$")
# So many lines are needed to tell that they are wrapped, and no paragraph is as narrow as this by chance.
_LINES: Final = 12
_NARROWEST: Final = 40
_WIDEST: Final = 130
_SLACK: Final = 14


def doubtful(lines: tuple[Line, ...], name: str) -> tuple[Diagnostic, ...]:
    """Return a warning for each line with characters that hardly stand on the page: they are kept."""
    found = []
    for line in lines:
        codes = [f"U+{ord(mark):04X}" for mark in _DOUBTFUL.findall(line.text)]
        depth = 0
        for character in line.text:
            depth += (character in _OPENS) - (character in _CLOSES and depth > 0)
        if depth:
            codes.append("a direction (RTL or LTR) that is not closed")
        if codes:
            found.append(
                diagnostic(
                    "C-029",
                    name,
                    line.number,
                    f"{', '.join(dict.fromkeys(codes))} in the text",
                    "kept as it is; see what the page shows, U+FFFD stands where a character was lost.",
                )
            )
    return tuple(found)


def wrapped_at(lines: list[Line]) -> int | None:
    """Return the width at which lines of text were wrapped; None where a line is a paragraph, as on the page.

    lines are those of a pane without its page lines and blank ones.
    """
    texts = [line.text.strip() for line in lines]
    width = max(map(len, texts), default=0)
    full = [text for text in texts if len(text) > width - _SLACK]
    broken = [text for text in full if not _STOPS.search(text)]
    if len(texts) < _LINES or not _NARROWEST <= width <= _WIDEST:
        return None
    return width if len(full) * 2 >= len(texts) and len(broken) * 2 >= len(full) else None
