"""Nothing of the real captures is in the program: no person, no sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
_KINDS = frozenset({".py", ".toml", ".xsl", ".typ", ".html", ".css", ".js", ".md", ".txt", ".xml", ".rng"})
_FOLDERS = ("pipeline", "xslt", "schema", "tei", "tests", "docs")


def program() -> dict[Path, str]:
    """Return the text of the project's own files."""
    return {
        path: path.read_text(encoding="utf-8")
        for folder in _FOLDERS
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in _KINDS and path.is_file() and "build" not in path.parts and "__pycache__" not in path.parts
    }


def entries(shared: Path) -> str:
    """Return the text of the captured entries, without the menus around them."""
    parts = []
    for path in sorted((shared / "captures").glob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        start = re.search(r"^Translation\s*\n/ -?\d+", text, re.MULTILINE)
        end = re.search(r"^Transcription\s*\n/ -?\d+", text, re.MULTILINE)
        assert start and end
        parts.append(text[start.end() : end.start()].partition("Cite")[2])
    return "\n".join(parts)


@pytest.mark.shared
def test_no_sentence_of_the_captures_is_in_the_project(shared: Path) -> None:
    words = re.findall(r"\w+", entries(shared))
    runs = {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
    copied = []
    for path, text in program().items():
        own = re.findall(r"\w+", text)
        copied += [f"{path.name}: {run}" for i in range(len(own) - 7) if (run := " ".join(own[i : i + 8])) in runs]
    assert copied == [], "\n".join(copied)


@pytest.mark.shared
def test_no_person_of_the_captures_is_in_the_program(shared: Path) -> None:
    """The persons are those of the reading by hand, by family name; a list may hold a city or a saint of that name."""
    readings = ast.parse((shared / "eval" / "readings.py").read_text(encoding="utf-8"))
    listed = [
        keyword.value for keyword in ast.walk(readings) if isinstance(keyword, ast.keyword) and keyword.arg == "persons"
    ]
    names = {name.split()[-1] for persons in listed for name in ast.literal_eval(persons)}
    names = {name for name in names if re.fullmatch(r"\w{4,}", name)}
    assert len(names) > 20
    found = {
        f"{path.name}: {name}"
        for path, own in program().items()
        if path.suffix in (".py", ".toml") and "pipeline" in path.parts and "profiles" not in path.parts
        for name in names
        if re.search(rf"(?<!Saint-)\b{name}\b", own) and path.name != "places.toml"
    }
    assert sorted(found) == [], "\n".join(sorted(found))
