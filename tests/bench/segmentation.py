"""The command that measures segmentation: `python -m tests.bench.segmentation [PATH...]`.

Each PATH is a TEI file or a folder of them, turned into captures; --key names an answer key for the
captures that an edition has.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Final

from pipeline.model import Source
from pipeline.segment import Role
from pipeline.tei import NotTEI
from tests.bench.captures import Gold, Made, Options, captures
from tests.bench.measures import BINS, Result, Score, measure

_KEY: Final = Path(__file__).parent.parent / "accuracy" / "sample.tsv"
_SOURCES: Final = Path(__file__).parent.parent.parent / "tei" / "sources"
_ORDER: Final = (
    "notes", "notes: editorial", "notes: textual", "notes: register", "notes going on after a page",
    "anchors", "anchors, but for joins either way", "joins", "joins, either way", "speeches",
    "commentary", "commentaries begin", "pages of notes", "pages glued to words", "pages out of order",
    "titles", "ornaments",
)  # fmt: skip


def read_key(path: Path) -> dict[str, tuple[Gold, ...]]:
    """Return an answer key by source: tab-separated file, line, role, commentary, either."""
    found: dict[str, list[Gold]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            gold = Gold(int(row["line"]), Role(row["role"]), bool(row["commentary"]), bool(row["either"]), glued=None)
            found.setdefault(row["file"], []).append(gold)
    return {name: tuple(sorted(gold, key=lambda one: one.line)) for name, gold in found.items()}


def measure_key(path: Path, sources: Path) -> Result:
    """Return the figures of the captures that a key answers for."""
    whole = Result()
    for name, gold in read_key(path).items():
        whole.add(measure(Source(name, (sources / name).read_bytes()), gold, None))
    return whole


def make(path: Path, options: Options) -> list[Made]:
    """Return the captures made from a TEI file or from all below a folder; files that are no TEI are told."""
    made: list[Made] = []
    for file in sorted(path.rglob("*.xml")) if path.is_dir() else [path]:
        try:
            made += captures(file, options)
        except NotTEI as error:
            print(f"{file}: left out, {error}", file=sys.stderr)
    return made


def measure_made(made: list[Made]) -> Result:
    """Return the figures of captures made from TEI."""
    whole = Result()
    for one in made:
        whole.add(measure(Source(one.name, one.text.encode()), one.gold, one.disordered))
    return whole


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def table(result: Result) -> str:
    """Return the figures as a Markdown table."""
    rows = ["| | there | right | false | missed | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for name in _ORDER:
        score = result.scores.get(name, Score())
        if score.there or score.false:
            kinds = name.startswith("notes: ")
            cells = ("" if kinds else score.false, score.missed, "" if kinds else _percent(score.precision),
                     _percent(score.recall), "" if kinds else _percent(score.f1))  # fmt: skip
            rows.append(f"| {name} | {score.there} | {score.hits} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def reliability(result: Result) -> str:
    """Return a Markdown table of how often decisions of a confidence are right."""
    rows = ["| confidence | decisions | mean | right |", "|---|--:|--:|--:|"]
    for number, (low, high) in enumerate(pairwise(BINS)):
        count, right, total = result.bins.get(number, (0, 0, 0.0))
        if count:
            rows.append(f"| {low:g} to {high:g} | {count} | {total / count:.3f} | {right / count:.3f} |")
    return "\n".join(rows)


def _errors(result: Result) -> str:
    lines = []
    for one in result.errors:
        either = " (either)" if one.gold.either else ""
        gold = f"{one.gold.role}{'+commentary' if one.gold.commentary else ''}{either}"
        lines.append(f"{one.source}:{one.line}: {gold} taken for {one.found}, {one.confidence:.2f}: {one.text[:110]}")
        lines.append(f"    {one.evidence}")
    return "\n".join(lines)


def report(name: str, result: Result, errors: bool, left_out: Counter[str] | None = None) -> str:
    """Return an edition's part of what the command prints."""
    per_entry = 1000 * result.seconds / result.entries if result.entries else 0.0
    parts = [
        f"## {name}",
        f"{result.entries} entries, {result.lines} lines, {result.right} right in role and commentary "
        f"({_percent(result.right / result.lines if result.lines else None)} %); "
        f"{per_entry:.0f} ms an entry, the slowest {1000 * result.slowest:.0f} ms; "
        f"{result.refused} refused by the reader, {result.unproved} without proof",
    ]
    if left_out:
        parts.append("Not in the captures: " + ", ".join(f"{count} {what}" for what, count in left_out.most_common()))
    parts += [table(result), reliability(result)]
    if errors and result.errors:
        parts.append(_errors(result))
    return "\n\n".join(parts) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.segmentation", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="TEI files, or folders of them")
    parser.add_argument("--key", type=Path, help=f"an answer key (without PATH: {_KEY.name})")
    parser.add_argument("--sources", type=Path, default=_SOURCES, help="the captures that the key is for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--glued", action="store_true", help="run page numbers into words")
    parser.add_argument("--disorder", action="store_true", help="exchange two page lines of each entry")
    parser.add_argument("--no-far", action="store_true", help="cut no endnote pages into long notes")
    parser.add_argument("--errors", action="store_true", help="list every line that is wrong, with the evidence")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="keep the captures made, to look at them")
    given = parser.parse_args(arguments)
    for path in given.paths:
        if not path.exists():
            parser.error(f"{path}: no such file or folder")
    options = Options(given.seed, given.glued, given.disorder, not given.no_far)
    key = given.key or (None if given.paths else _KEY)
    whole, parts = Result(), 0
    if key is not None:
        result = measure_key(key, given.sources)
        print(report(f"{key.name}: captures with an answer key", result, given.errors))
        whole.add(result)
        parts += 1
    for path in given.paths:
        made = make(path, options)
        if not made:
            print(f"{path}: no TEI with the text of an entry", file=sys.stderr)
            continue
        if given.write is not None:
            folder = given.write / (path.stem or "made")
            folder.mkdir(parents=True, exist_ok=True)
            for one in made:
                (folder / one.name).write_text(one.text, encoding="utf-8")
        result = measure_made(made)
        left_out: Counter[str] = sum((one.left_out for one in made), Counter())
        print(report(f"{path}: captures made from TEI, seed {options.seed}", result, given.errors, left_out))
        whole.add(result)
        parts += 1
    if parts > 1:
        print(report("all together", whole, False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
