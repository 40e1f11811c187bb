"""The press: a volume's nodes → its PDF, set as often as it takes, and everything that went wrong as data."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final
from unicodedata import category

from pipeline.config import Edition
from pipeline.dates import first_day
from pipeline.diagnostics import Diagnostic, Report, diagnostic
from pipeline.render.book import template
from pipeline.render.nodes import Node, each_text, everything, visible, walk
from pipeline.render.typst import BOOK, Message, Pass, typeset
from pipeline.render.volumes import Entry, Volume

LIMIT: Final = 600.0
"""Seconds that one pass of the typesetter may take for a volume."""

MENDINGS: Final = 5
"""How often a volume is set again so that notes stand with their calls."""

NO_DATE: Final = 946_684_800
"""The file's date where neither SOURCE_DATE_EPOCH nor the edition has one: 1 January 2000."""

IMAGES: Final = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")

# A text that no font shows; a character that an archive file may not hold.
_MISSING: Final = re.compile(r'(?:the text|contains the codepoint) `"((?:[^"\\]|\\.)*)"`')
# Where the text of a TEI file begins.
_TEXT: Final = re.compile(rb"<(?:[\w.-]+:)?text(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Job:
    """One volume ready to be set."""

    edition: Edition
    volume: Volume
    data: Node
    homes: dict[int, int]
    files: dict[int, Entry]
    out: Path


def timestamp(edition: Edition) -> int:
    """Return the files' date in seconds since 1970: SOURCE_DATE_EPOCH, else the edition's day of release."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"\d{1,11}", epoch):
        return int(epoch)
    if edition.released:
        day = first_day(edition.released)
        return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp())
    return NO_DATE


def press(job: Job, folder: Path) -> Report:
    """Set one volume in this new folder and put the book into `out`.

    It is set again where characters have no glyph, and up to MENDINGS times where notes stand before their
    calls: the paragraphs concerned may then leave a single line at the head or foot of a page. The pass with
    the fewest such notes is the book.
    """
    folder.mkdir()
    for source, name in zip(template(job.edition), ("book.typ", "style.typ"), strict=True):
        shutil.copyfile(source, folder / name)
    found = _images(job, folder)
    relaxed: set[int] = set()
    best: Pass | None = None
    for _ in range(MENDINGS + 1):
        done = _set(job, folder, relaxed, found)
        if done is None:
            return Report(tuple(found))
        if best is None or len(done.early) < len(best.early):
            best = done
            (folder / BOOK).replace(folder / "best.pdf")
        homes = {job.homes[note] for note in done.early} - {-1}
        if homes <= relaxed:
            # Their own paragraphs were not enough: their neighbours give way, too.
            homes = {near for home in homes for near in (home - 1, home + 1)}
        if homes <= relaxed:
            break
        relaxed |= homes
    assert best is not None  # the loop runs at least once
    found += [_told("R-046", f"{job.volume.id}.pdf", warning) for warning in best.warnings]
    found += _strays(job, best)
    target = job.out / f"{job.volume.id}.pdf"
    _put(folder / "best.pdf", target)
    return Report(tuple(found), (target.as_posix(),))


def _set(job: Job, folder: Path, relaxed: set[int], found: list[Diagnostic]) -> Pass | None:
    """Return a pass that gave a book, with codes where characters have no glyph; None where there is none."""
    name = f"{job.volume.id}.pdf"
    (folder / "relaxed.json").write_text(json.dumps(dict.fromkeys(sorted(relaxed), 1)), encoding="utf-8")
    while True:
        text = json.dumps(job.data, ensure_ascii=False)
        (folder / "book.json").write_text(text, encoding="utf-8")
        fonts = job.edition.root / job.edition.fonts if job.edition.fonts else None
        done = typeset(folder, timestamp(job.edition), LIMIT, fonts)
        if done.failure:
            hint = "try the volume in two parts, or on a machine with more memory"
            found.append(diagnostic("R-047", name, None, done.failure, hint))
            return None
        if not done.errors:
            return done
        missing = _missing(done.errors, text)
        if missing:
            found += _tell_missing(job, missing)
            job.data.update(each_text(job.data, partial(_shown, missing)))
        elif any("image" in error.text for error in done.errors) and _drop_images(job.data):
            says = f"an image cannot be read, so none of the volume is printed: {done.errors[0].text}"
            found.append(diagnostic("R-045", name, None, says))
        else:
            found += [_told("R-040", name, error) for error in done.errors]
            return None


def _put(source: Path, target: Path) -> None:
    """Put a file in its place whole: a reader has the old one or the new one."""
    new = target.with_name(f".{target.name}.new")
    try:
        shutil.copyfile(source, new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def _told(code: str, name: str, message: Message) -> Diagnostic:
    return diagnostic(code, name, None, message.text, "; ".join(message.hints))


def _unescape(text: str) -> str:
    """Return the string that Typst shows with its escapes."""
    known = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}

    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else known.get(match[2], match[2])

    return re.sub(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))", character, text)


def _missing(errors: tuple[Message, ...], book: str) -> list[str]:
    """Return the texts of the book that no font has or no archive takes, each once, longest first."""
    texts = {_unescape(match[1]) for error in errors if (match := _MISSING.search(error.text))}
    # Letters and marks that come together only on the page are looked for one by one.
    parts = {part for text in texts for part in ([text] if text in book else text) if not part.isascii()}
    return sorted((part for part in parts if part in book), key=lambda part: (-len(part), part))


def _shown(missing: list[str], text: str) -> str:
    """Return the text with codes in the places of what cannot be shown."""
    for part in missing:
        text = text.replace(part, visible(part))
    return text


def _tell_missing(job: Job, missing: list[str]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for text in missing:
        codes = " ".join(f"U+{ord(part):04X}" for part in text)
        says = f"the book's fonts have no {text!r} ({codes}); {visible(text)} stands in its place"
        hint = _instead(job.edition, text)
        places: list[tuple[str, int | None]] = [
            (entry.file, line)
            for entry in job.volume.entries
            if (line := line_with(entry.path.read_bytes(), text)) is not None
        ]
        places = places or [(job.volume.id, None)]
        found += [diagnostic("R-041", file, line, says, hint) for file, line in places]
    return found


def _instead(edition: Edition, text: str) -> str:
    if any(category(part) == "Co" for part in text):
        return "an archive file holds no character of the private area: mark its place with <g> and describe the sign"
    if edition.fonts:
        return f"put a font that has it into the edition's folder {edition.fonts}/"
    return 'put a font that has it into a folder of the edition and name that in edition.toml: [print] fonts = "fonts"'


def _strays(job: Job, done: Pass) -> list[Diagnostic]:
    """Tell of notes that do not begin on the page of their call: before it is a fault, on the next a blemish."""
    return [
        diagnostic(
            "R-044" if start < call else "R-049",
            job.files[note].file,
            None,
            f"in {job.volume.id}.pdf a note begins on page {start} of the file, its call is on page {call}",
        )
        for note, call, start in done.stray
    ]


def _images(job: Job, folder: Path) -> list[Diagnostic]:
    """Bring the images beside the template; of one that cannot be had the description is printed."""
    found: list[Diagnostic] = []
    root = job.edition.root.resolve()
    for entry in (node for year in job.data["years"] for node in year["entries"]):
        file = next(known for known in job.volume.entries if known.id == entry["id"])
        for node in walk(entry["content"]):
            if node["kind"] != "figure" or not node["image"]:
                continue
            url, node["image"] = node["image"], ""
            path = (file.path.parent / url).resolve()
            ours = "://" not in url and path.is_relative_to(root) and path.is_file()
            if not ours or path.suffix.lower() not in IMAGES:
                says = f"the image {url} is no file of the edition that can be printed"
                hint = f"put it into the edition's folder as {', '.join(IMAGES)}"
                found.append(diagnostic("R-045", file.file, None, says, hint))
                continue
            name = sha256(path.read_bytes()).hexdigest()[:16] + path.suffix.lower()
            shutil.copyfile(path, folder / name)
            node["image"] = name
            node["alt"] = node["alt"] or path.name
    return found


def _drop_images(data: Node) -> bool:
    figures = [node for node in everything(data) if node.get("kind") == "figure" and node["image"]]
    for node in figures:
        node["image"] = ""
    return bool(figures)


def line_with(data: bytes, character: str) -> int | None:
    """Return the first line of a file's text, else of its header, in which a character stands.

    None if it stands in neither, or only as an entity.
    """
    text = _TEXT.search(data)
    place = data.find(character.encode(), text.start() if text else 0)
    place = data.find(character.encode()) if place < 0 else place
    return data.count(b"\n", 0, place) + 1 if place >= 0 else None
