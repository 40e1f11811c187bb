"""A small edition to review: captures converted, then marked by toy rules whose decisions a test can foresee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline import config
from pipeline.config import Edition
from pipeline.enrich.describe import describe
from pipeline.enrich.model import Claim, Entry, Outcome
from pipeline.enrich.rulings import read_rulings
from pipeline.enrich.run import Rules, enrich
from pipeline.ingest import Job, work
from pipeline.passage import Passage
from pipeline.store import seal
from pipeline.tei import parse, serialise
from tests.capture import entry

HOSTILE = "</script><script>document.title = 'taken'</script><img src=x onerror=alert(1)> <!-- <b>&amp; \u2028"
LINES = (
    "I met Orlov on the quay at 4 o’clock. He spoke of Roux and of the Aurelia, which lay four days",
    "Roux, consul at Trieste, 1908–14.",
    "off the mole. See the entry for 1 March.",
    "Page 48",
    "Orlov laughed. ‘A turning point,’ he said, and R. said nothing. 𝔄strid and Orlov left with Ørsted.",
    f"He wrote on the wall: {HOSTILE} Orlov saw it.",
)
PERSONS = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons"><teiHeader><fileDesc><titleStmt><title>Persons</title>
</titleStmt><publicationStmt><p>A.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>
<person xml:id="orlov"><persName>Orlov, Pavel</persName><persName>Prince Orlov</persName></person>
<person xml:id="orlov-ivan"><persName>Orlov, Ivan</persName></person>
<person xml:id="roux"><persName>Roux, Émile</persName></person>
</listPerson><listPerson type="proposed">
<person xml:id="orsted" cert="medium"><persName>Ørsted</persName>
<note type="found"><ptr target="entry:1911-03-02"/></note></person>
</listPerson></standOff></TEI>
"""
TOML = '[edition]\ntitle = "Harbour Diary"\nlanguage = "en"\n[registers]\npersons = "registers/persons.xml"\n'


def toy(
    form: str,
    name: str,
    certainty: float,
    value: str = "",
    others: tuple[tuple[str, float], ...] = (),
    attributes: tuple[tuple[str, str], ...] = (),
) -> Rules:
    """Return rules that claim every place of a form as a whole word."""
    key = {"persName": "ref", "ref": "target", "date": "when", "time": "when"}.get(name, "")

    def apply(read: Sequence[Passage], _entry: Entry) -> Outcome:
        held = (((key, value),) if value and key else ()) + attributes
        told = ("it looks so", "nothing speaks against it")
        return Outcome(
            [
                Claim(one, hit.start(), hit.end(), name, "toy", certainty, held, value, told, others)
                for one in read
                for hit in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", one.text)
            ]
        )

    return Rules("persons" if name == "persName" else "dates", "toys", apply)


RULES = (
    toy("Orlov", "persName", 0.75, "psn:orlov", (("psn:orlov-ivan", 0.2), ("psn:roux", 0.05))),
    toy("Roux", "persName", 0.95, "psn:roux"),
    toy("R.", "persName", 0.4, "", (("psn:roux", 0.5),)),
    toy("4 o’clock", "time", 0.7, "16:00:00", (("04:00:00", 0.3),)),
    toy("the entry for 1 March", "ref", 0.6),
    toy("‘A turning point,’", "q", 0.97),
)


def edition(folder: Path, days: Iterable[int] = (2,), lines: Sequence[str] = LINES) -> Edition:
    """Return an edition with an entry for each of these days of March 1911, converted and marked."""
    (folder / "sources").mkdir(parents=True)
    (folder / "registers").mkdir()
    (folder / "registers" / "persons.xml").write_text(PERSONS, encoding="utf-8")
    (folder / "edition.toml").write_text(TOML, encoding="utf-8")
    made = config.load(folder)
    made.text.mkdir()
    for day in days:
        source = folder / "sources" / f"day-{day:02}.txt"
        source.write_text(entry(*lines, title=f"{day} March", date=f"1911 Mar {day}"), encoding="utf-8")
        own = f"d1911-03-{day:02}"
        # Without what is known of an edition the structure alone is encoded: here the toys are the only rules.
        _, converted = work(None, Job(str(source), made, made.text, own))
        assert converted.document is not None
        (made.text / f"{own}.xml").write_bytes(converted.document)
    mark(made)
    return made


def mark(made: Edition, rules: Sequence[Rules] = RULES) -> None:
    """Let the toy rules mark every entry anew, with the edition's rulings obeyed."""
    rulings = read_rulings(made.root / "registers" / "rulings.json")
    for path in sorted(made.text.glob("*.xml")):
        root = parse(path.read_bytes())
        # Rules of a name are one set: what each claims is written by one run.
        one = {rule.name: _joined([each for each in rules if each.name == rule.name]) for rule in rules}
        path.write_bytes(seal(serialise(enrich(root, tuple(one.values()), describe(root, rulings)).root)))


def _joined(rules: Sequence[Rules]) -> Rules:
    def apply(read: Sequence[Passage], known: Entry) -> Outcome:
        return Outcome([claim for one in rules for claim in one.apply(read, known).claims])

    return Rules(rules[0].name, rules[0].what, apply)
