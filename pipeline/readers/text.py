"""Bytes → text for readers of text formats: what is empty, binary or in another encoding is told."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from pipeline.diagnostics import Diagnostic, diagnostic
from pipeline.model import Line, Source

_KINDS: Final = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (a .docx, .odt or .epub is one)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
)
_UTF16: Final = ((codecs.BOM_UTF16_LE, "UTF-16 (little-endian)"), (codecs.BOM_UTF16_BE, "UTF-16 (big-endian)"))
_SAMPLE: Final = 100_000
# The encodings in which texts of editions are met, the likeliest first.
_ENCODINGS: Final = ("cp1252", "cp1251", "koi8_r", "mac_roman", "mac_cyrillic", "cp1250", "cp1253", "cp1257", "cp866")
_TYPOGRAPHIC: Final = frozenset("‘’‚“”„«»–—…•·°§©№\u00a0")
# What XML 1.0 cannot hold (section 2.2, Char).
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _utf16(data: bytes) -> str | None:
    """Return which UTF-16 the bytes look like: its mark at the beginning, or NUL as every other byte."""
    for mark, name in _UTF16:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    nuls = sample[1::2].count(0), sample[::2].count(0)
    if max(nuls) * 5 > len(sample) and not min(nuls):
        return _UTF16[0][1] if nuls[0] else _UTF16[1][1]
    return None


def _plausible(text: str) -> float:
    """Return how much a decoding reads like text: letters within words of one script, and typographic marks."""
    score = 0.0
    for word in re.findall(r"[^\s]*[^\x00-\x7f][^\s]*", text):
        letters = [letter for letter in word if letter.isalpha()]
        scripts = {unicodedata.name(letter, "?").split(" ", 1)[0] for letter in letters}
        marks = [mark for mark in word if ord(mark) > 127 and not mark.isalpha()]
        score += sum(1.0 if mark in _TYPOGRAPHIC else -1.0 for mark in marks)
        foreign = sum(ord(letter) > 127 for letter in letters)
        capitals = sum(letter.isupper() for letter in letters[1:]) if not word.isupper() else 0
        # In Latin script letters beyond ASCII stand singly; a word of nothing else is another script misread.
        misread = len(scripts) > 1 or (scripts == {"LATIN"} and re.search(r"[^\x00-\x7f]{4}", word) is not None)
        score += (-foreign if misread else foreign) - 2 * capitals
    return score


def _looks_like(data: bytes) -> str:
    readings: dict[str, str] = {}
    for encoding in _ENCODINGS:
        try:
            readings[encoding] = data[:_SAMPLE].decode(encoding)
        except UnicodeDecodeError:
            continue
    likeliest = max(readings, key=lambda name: _plausible(readings[name]), default="")
    return likeliest.replace("_", "-") or "no encoding that can be told"


def decode(source: Source) -> str | Diagnostic:
    """Return the text of a source without its byte order mark, or what is wrong with the bytes."""
    data = source.data
    bare = data.removeprefix(codecs.BOM_UTF8)
    if not bare.strip():
        what = "the file is empty" if not bare else "the file holds nothing but white space"
        return diagnostic("C-001", source.name, None, what, "capture the page again, or remove the file.")
    for mark, kind in _KINDS:
        if data.startswith(mark):
            return diagnostic(
                "C-002", source.name, None, f"found {kind}, not text", "save the page as plain text (UTF-8)."
            )
    if wide := _utf16(data):
        found = f"the file looks like {wide}, not UTF-8"
        return diagnostic("C-003", source.name, 1, found, "save it as UTF-8 and convert it again.")
    if b"\x00" in data[:_SAMPLE]:
        return diagnostic(
            "C-002",
            source.name,
            None,
            "found binary data (NUL bytes), not text",
            "save the page as plain text (UTF-8).",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02X} is not UTF-8; the file looks like {_looks_like(data)}"
        return diagnostic("C-003", source.name, line, found, "save it as UTF-8 and convert it again.")


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text; LF, CR LF and CR end a line."""
    lines, start = [], 0
    for number, found in enumerate(re.finditer(r"\r\n|\n|\r|\Z", text), 1):
        lines.append(Line(number, start, text[start : found.start()]))
        start = found.end()
    return tuple(lines)


def forbidden(lines: tuple[Line, ...], name: str) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each line with characters that XML cannot hold."""
    found = []
    for line in lines:
        if marks := list(FORBIDDEN.finditer(line.text)):
            codes = ", ".join(dict.fromkeys(f"U+{ord(mark.group()):04X}" for mark in marks))
            found.append(
                diagnostic(
                    "C-017",
                    name,
                    line.number,
                    f"control character {codes}, which XML cannot hold",
                    "replace it in the source by what the page shows, or remove it.",
                    marks[0].start() + 1,
                )
            )
    return tuple(found)
