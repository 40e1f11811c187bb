"""The command that measures how enrichment grows: `python -m tests.bench.enrichment [--entries N] [--seed N]`.

Entries with names, dates, citations and notes are made up (names drawn by Zipf's law from the register), and enriched
with registers of 10, 1,000 and 100,000 persons, and in growing numbers with one of 1,000. Times are given as ratios to
parsing and serialising the same files with lxml in the same run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from lxml import etree

from pipeline.enrich.edition import Known, enrich_document, known_of
from pipeline.tei import TEI_NS, parse

_SYLLABLES: Final = "bar tov mil ken dra sul ven gor las pet rim hol das fen wick ard ost ling ham rov".split()
_GIVEN: Final = "Anna Boris Carl David Edith Felix George Helen Ivan John Karl Lucy Maria Nina Oscar Paul".split()
_SENTENCES: Final = (
    "Saw {0} at the harbour on {day} {month}.",
    "{0} told me that {1} would not come before the winter.",
    "The rain went on all day and nothing was done about the boats.",
    "In the evening {0} called and stayed till half past nine.",
    "I wrote to {0}’s brother about the timber.",
    "We spoke of the harvest, the taxes and the state of the roads.",
)
_NOTES: Final = (
    "{0}, merchant and consul, 18{a}–19{b}.",
    "See {0}, Letters from the Coast, II, pp. {a}–{b}.",
    "RGX f.{a} op.2 d.{b} l.4, {0} to {1}, {day} {month} 1911.",
)
_MONTHS: Final = "January February March April May June July August September October November December".split()


def people(count: int, rng: Random) -> list[tuple[str, str]]:
    """Return made-up persons, family and given name, no two alike."""
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        family = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()
        found[family, f"{rng.choice(_GIVEN)} {rng.choice(_GIVEN)}" if count > 5000 else rng.choice(_GIVEN)] = None
    return list(found)


def register(persons: Sequence[tuple[str, str]]) -> etree._Element:
    """Return the register of persons."""
    records = "".join(
        f'<person xml:id="p{number}"><persName type="main">{family}, {given}</persName></person>'
        for number, (family, given) in enumerate(persons)
    )
    return parse(
        f'<TEI xmlns="{TEI_NS}" xml:id="persons"><standOff><listPerson>{records}</listPerson></standOff></TEI>'.encode()
    )


def _drawn(persons: Sequence[tuple[str, str]], rng: Random) -> str:
    # By Zipf's law: the first are named most.
    number = min(len(persons) - 1, int(len(persons) ** rng.random()) - 1)
    family, given = persons[number]
    return rng.choice((family, f"{given} {family}", f"{given[0]}. {family}"))


def entry(number: int, persons: Sequence[tuple[str, str]], rng: Random) -> bytes:
    """Return an entry of about 300 words."""

    def filled(pattern: str) -> str:
        return pattern.format(
            _drawn(persons, rng), _drawn(persons, rng), day=rng.randint(1, 28), month=rng.choice(_MONTHS),
            a=rng.randint(10, 49), b=rng.randint(50, 99),
        )  # fmt: skip

    paragraphs = []
    for block in range(6):
        sentences = [filled(rng.choice(_SENTENCES)) for _ in range(rng.randint(3, 6))]
        if rng.random() < 0.5:
            sentences.insert(1, f'<note type="editorial" place="end">{filled(rng.choice(_NOTES))}</note>')
        paragraphs.append(f'<p xml:id="en.{block + 1}" n="{block + 1}">{" ".join(sentences)}</p>')
    day = f"1911-{number % 12 + 1:02}-{number % 28 + 1:02}"
    header = (
        "<fileDesc><titleStmt><title>Entry</title><author>Hale, Edith</author></titleStmt><publicationStmt><p>None.</p>"
        "</publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>"
        f'<profileDesc><creation><date when="{day}"/></creation></profileDesc>'
    )
    body = f'<div type="entry" xml:lang="en">{"".join(paragraphs)}</div>'
    return (
        f'<TEI xmlns="{TEI_NS}" xml:id="d{day}" xml:lang="en"><teiHeader>{header}</teiHeader><text><body>{body}</body>'
        "</text></TEI>"
    ).encode()


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _limit(documents: Sequence[bytes]) -> float:
    return timed(lambda: [etree.tostring(etree.fromstring(one)) for one in documents])


def _enriched(documents: Sequence[bytes], known: Known) -> float:
    return timed(lambda: [enrich_document(parse(one), known) for one in documents])


def main() -> None:
    """Print how enrichment grows with the register and with the entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = Random(arguments.seed)
    print(f"{'persons':>9}{'entries':>9}{'load, s':>9}{'ms an entry':>13}{'× parse + serialise':>21}")

    def row(count: int, entries: int) -> None:
        persons = people(count, rng)
        records = register(persons)
        documents = [entry(number, persons, rng) for number in range(entries)]
        held: list[Known] = []
        load = timed(lambda: held.append(known_of({"persons": records})))
        limit = _limit(documents)
        spent = _enriched(documents, held[0])
        print(f"{count:9,}{entries:9,}{load:9.2f}{1000 * spent / entries:13.1f}{spent / limit:21.0f}", flush=True)

    for count in (10, 1000, 100_000):
        row(count, arguments.entries)
    for part in (8, 4, 2):
        row(1000, arguments.entries // part)


if __name__ == "__main__":
    main()
