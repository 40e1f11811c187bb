"""From the text of a capture to what the converter makes of it, for the tests of this folder and others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.config import Edition
from pipeline.convert import Conversion, convert
from pipeline.diagnostics import Diagnostic
from pipeline.model import Capture, Source
from pipeline.readers import all_readers, read
from pipeline.readers.profile import Profile, shipped_profiles
from pipeline.tei import T, local, parse

PROFILE: Profile = next(profile for profile in shipped_profiles() if profile.name == "sda")


@dataclass(frozen=True, slots=True)
class Made:
    """A capture, its conversion, and all that was said about both."""

    capture: Capture
    conversion: Conversion
    diagnostics: tuple[Diagnostic, ...]

    @property
    def document(self) -> bytes:
        """Return the TEI; a conversion that could not be proved fails the test with what was found."""
        assert self.conversion.document is not None, "\n".join(map(str, self.diagnostics))
        return self.conversion.document

    @property
    def root(self) -> etree._Element:
        """Return the TEI, parsed."""
        return parse(self.document)

    @property
    def codes(self) -> list[str]:
        """Return the codes that were found, each once."""
        return sorted({one.code for one in self.diagnostics})


def capture_of(text: str, name: str = "a.txt") -> tuple[Capture | None, tuple[Diagnostic, ...]]:
    """Return what the readers make of a source."""
    return read(Source(name, text.encode("utf-8", "surrogatepass")), all_readers())


def make(text: str, id_: str = "d1911-03-02", edition: Edition | None = None) -> Made:
    """Return the TEI of a capture that must be readable."""
    made = try_to_make(text, id_, edition)
    assert isinstance(made, Made), "\n".join(map(str, made))
    return made


def try_to_make(text: str, id_: str = "d1911-03-02", edition: Edition | None = None) -> Made | tuple[Diagnostic, ...]:
    """Return the TEI of a capture, or why it cannot be read."""
    capture, found = capture_of(text)
    if capture is None:
        return found
    target = edition.text if edition else Path("text")
    conversion = convert(capture, id_, PROFILE.page, PROFILE.ornament, edition, target)
    return Made(capture, conversion, (*found, *conversion.diagnostics))


def outline(root: etree._Element) -> list[str]:
    """Return the blocks of an entry's first side with their text, notes left out: `p: Saw Orlov.`"""
    div = next(root.iter(f"{T}div"))
    return [f"{local(child)}: {_own(child)}".rstrip(": ") for child in div]


def _own(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if local(child) != "note" or element.get("type") == "commentary":
            parts.append(_own(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())
