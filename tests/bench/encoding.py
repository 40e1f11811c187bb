"""The command that measures the encoding: `python -m tests.bench.encoding [FOLDER...]`.

Each folder holds answers (see tests/accuracy/encoding/README.md). Its entries are made into captures, those of one
series converted together as an edition without registers, and what comes out is held against the answers.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.ingest import convert_sources
from pipeline.tei import XML_LANG, fold, parse, serialise
from tests.bench.answers import Answer, Span, answer_of
from tests.bench.captures import Options, captures

HERE: Final = Path(__file__).parent.parent / "accuracy" / "encoding"
KINDS: Final = (
    "person mentions", "person identity", "citations", "citation fields", "dates", "times", "references", "notes",
    "quotations", "supplied and expanded",
)  # fmt: skip


@dataclass(slots=True)
class Figure:
    """How many were right, of how many made and how many there are."""

    right: float = 0
    made: float = 0
    there: float = 0

    def __iadd__(self, other: Figure) -> Figure:
        self.right, self.made, self.there = (
            self.right + other.right,
            self.made + other.made,
            self.there + other.there,
        )
        return self

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Result:
    """The figures of a set of entries by kind, and what was wrong, in words."""

    figures: dict[str, Figure] = field(default_factory=lambda: defaultdict(Figure))
    errors: list[str] = field(default_factory=list)


def _world(root: etree._Element) -> str:
    return root.findtext(".//{*}seriesStmt/{*}title") or "one"


def _worlds(folder: Path) -> dict[str, list[Path]]:
    worlds: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.xml")):
        worlds[_world(parse(path.read_bytes()))].append(path)
    return dict(worlds)


def _converted(paths: Iterable[Path], folder: Path) -> dict[Path, etree._Element]:
    """Return the TEI that is made of captures of the answers, by the answer's file."""
    sources, out = folder / "sources", folder / "out"
    sources.mkdir(parents=True)
    made: dict[Path, Path] = {}
    for path in paths:
        root = parse(path.read_bytes())
        for div in root.iter("{*}div"):
            # What is not in English is no translation in such an archive.
            if not (div.get(XML_LANG) or "en").startswith("en"):
                div.set("subtype", "transcription")
        answer = folder / path.name
        answer.write_bytes(serialise(root))
        (one,) = captures(answer, Options(far=False))
        source = sources / f"{path.stem}.txt"
        source.write_text(one.text, encoding="utf-8")
        made[source] = path
    entries, _ = convert_sources(sorted(made), out, None)
    return {
        made[Path(entry.source)]: parse(Path(entry.path).read_bytes()) for entry in entries if Path(entry.path).exists()
    }


def _count(result: Result, kind: str, got: set[Span], wanted: set[Span], name: str, answer: Answer) -> None:
    right = got & wanted
    result.figures[kind] += Figure(len(right), len(got), len(wanted))
    for span, what in (*((one, "false") for one in got - wanted), *((one, "missed") for one in wanted - got)):
        text = answer.streams.get(span.stream, "")
        before, after = text[max(0, span.start - 25) : span.start], text[span.end : span.end + 25]
        around = f"{before}[{text[span.start : span.end]}]{after}"
        if kind == "notes":
            around = f"at {span.start}: {span.stream[:60]}"
        result.errors.append(f"{name}: {kind}: {what} {span.value}: {around}")


def _bare(spans: Iterable[Span]) -> set[Span]:
    return {Span(one.kind, one.stream, one.start, one.end) for one in spans}


def _aligned(got: Answer, wanted: Answer) -> Answer:
    """Return what was made with its places in the answer's running text, where a note was taken for text or missed."""
    mine, theirs = got.streams.get("", ""), wanted.streams.get("", "")
    if mine == theirs:
        return got
    places: dict[int, int] = {}
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        places.update((block.a + number, block.b + number) for number in range(block.size))

    def moved(span: Span) -> Span:
        if span.kind == "note":
            before = places.get(span.start - 1, span.start - 1) + 1
            return replace(span, start=before, end=before)
        if span.stream:
            return span
        start, last = places.get(span.start), places.get(span.end - 1)
        return span if start is None or last is None else replace(span, start=start, end=last + 1)

    return Answer([moved(one) for one in got.spans], got.fields, got.streams, got.names)


def _entry(result: Result, name: str, got: Answer, wanted: Answer) -> None:
    _count(result, "person mentions", _bare(got.of("persName")), _bare(wanted.of("persName")), name, wanted)
    _count(result, "citations", _bare(got.of("bibl")), _bare(wanted.of("bibl")), name, wanted)
    _count(result, "dates", got.of("date"), wanted.of("date"), name, wanted)
    _count(result, "times", got.of("time"), wanted.of("time"), name, wanted)
    _count(result, "references", got.of("ref"), wanted.of("ref"), name, wanted)
    _count(result, "notes", got.of("note"), wanted.of("note"), name, wanted)
    _count(result, "quotations", _bare(got.of("q")), _bare(wanted.of("q")), name, wanted)
    marks = {"supplied", "ex"}
    _count(
        result, "supplied and expanded",
        {one for one in got.spans if one.kind in marks}, {one for one in wanted.spans if one.kind in marks},
        name, wanted,
    )  # fmt: skip
    for place, fields in wanted.fields.items():
        if place not in got.fields:
            continue
        made = got.fields[place]
        result.figures["citation fields"] += Figure((made & fields).total(), made.total(), fields.total())
        text = wanted.streams[place[0]][place[1] : place[2]]
        result.errors += (f"{name}: citation fields: missed {one}: {text}" for one in (fields - made).elements())
        result.errors += (f"{name}: citation fields: false {one}: {text}" for one in (made - fields).elements())


Place = tuple[str, tuple[str, int, int]]


def _identity(result: Result, got: dict[Place, str], wanted: dict[Place, str], names: dict[Place, str]) -> None:
    """Add the figure of identity (B³): the share of right companions of each mention in its cluster.

    A mention that was not found has no companions; one that is none, or has no person, is a cluster of its own.
    """
    mine: dict[str, set[Place]] = defaultdict(set)
    theirs: dict[str, set[Place]] = defaultdict(set)
    own = {place: ref or f"alone {place}" for place, ref in got.items()}
    for place, ref in own.items():
        mine[ref].add(place)
    for place, ref in wanted.items():
        theirs[ref].add(place)
    both = own.keys() & wanted.keys()
    shares = {place: len(mine[own[place]] & theirs[wanted[place]] & both) for place in both}
    # As a figure: right companions over made (precision) and over there (recall), each averaged over mentions.
    precision = sum(shares[place] / len(mine[own[place]] & both) for place in both) / max(1, len(both))
    recall = sum(shares[place] / len(theirs[wanted[place]] & both) for place in both) / max(1, len(both))
    figure = result.figures["person identity"]
    figure.made += len(both)
    figure.there += len(both)
    figure.right += len(both) * (2 * precision * recall / (precision + recall) if precision + recall else 0)
    for ref, places in sorted(mine.items()):
        labels = Counter(wanted[place] for place in places & both)
        if len(labels) > 1:
            result.errors.append(f"identity: {ref} is {dict(labels)}")
    for ref, places in sorted(theirs.items()):
        labels = Counter(own[place] for place in places & both)
        if len(labels) > 1:
            said = {label: sorted({names[place] for place in places & both if own[place] == label}) for label in labels}
            result.errors.append(f"identity: {ref} was made {said}")


def measure(folder: Path) -> Result:
    """Return the figures of the answers in a folder."""
    result = Result()
    scratch = Path(tempfile.mkdtemp(prefix="teipress-encoding-"))
    try:
        for number, (_, paths) in enumerate(sorted(_worlds(folder).items())):
            made = _converted(paths, scratch / str(number))
            got_refs: dict[Place, str] = {}
            wanted_refs: dict[Place, str] = {}
            names: dict[Place, str] = {}
            for path in paths:
                wanted = answer_of(parse(path.read_bytes()))
                got = _aligned(answer_of(made[path]), wanted) if path in made else Answer()
                _entry(result, path.stem, got, wanted)
                got_refs |= {(path.stem, one.place): one.value for one in got.of("persName")}
                wanted_refs |= {(path.stem, one.place): one.value for one in wanted.of("persName")}
                names |= {(path.stem, place): fold(name) for place, name in wanted.names.items()}
            _identity(result, got_refs, wanted_refs, names)
    finally:
        shutil.rmtree(scratch)
    return result


def table(result: Result) -> Iterator[str]:
    """Yield the figures as the rows of a table."""
    yield f"{'':24}{'there':>7}{'made':>7}{'precision':>11}{'recall':>9}{'F1':>7}"
    for kind in KINDS:
        one = result.figures[kind]
        yield (f"{kind:24}{one.there:7.0f}{one.made:7.0f}{one.precision:11.3f}{one.recall:9.3f}{one.f1:7.3f}")


def main() -> None:
    """Print the figures of each folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE / "tuned", HERE / "apart"])
    parser.add_argument("--errors", metavar="KIND", help="list what is wrong of a kind (`all`: of every kind)")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        result = measure(folder)
        print(f"{folder.name}: {len(list(folder.glob('*.xml')))} entries")
        print("\n".join(table(result)), "\n", sep="")
        if arguments.errors:
            shown = [one for one in result.errors if arguments.errors == "all" or arguments.errors in one]
            print("\n".join(shown))


if __name__ == "__main__":
    main()
