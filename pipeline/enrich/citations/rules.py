"""Citations in notes: each a `bibl` with its fields, pointed to its work or archive; what points back is resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from pipeline.enrich.citations.find import find
from pipeline.enrich.citations.library_records import Library, family_name, key
from pipeline.enrich.citations.parts import Citation, Fields
from pipeline.enrich.citations.sightings import Sighting
from pipeline.enrich.citations.title import TENTATIVE
from pipeline.enrich.model import HIGH, MEDIUM, Claim, Entry, Finding, Outcome
from pipeline.passage import Held, Passage
from pipeline.tei import XML_ID
from pipeline.wrap import Mark

_SCHEME: Final = "bib:"
# Where these stand somebody has decided what the words are.
_CITED: Final = frozenset("bibl biblStruct biblFull listBibl ref".split())
_NAMED: Final = frozenset(
    "title author editor persName placeName orgName geogName name rs date time idno publisher pubPlace biblScope "
    "citedRange head speaker label".split()
)
_SET_APART: Final = frozenset("hi emph title".split())


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation with what it points to: ids of the register, the likeliest first; paged if it can have pages."""

    note: etree._Element | None
    fields: Fields
    ids: tuple[str, ...]
    paged: bool = True


@dataclass(slots=True)
class _Resolved:
    passage: Passage
    citation: Citation
    to: _Cited
    certainty: float
    problem: tuple[str, str, str] | None = None


@dataclass(slots=True)
class _Earlier:
    """What was cited before in the entry, in order, and the notes that were passed."""

    cited: list[_Cited] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)

    def last_note(self, note: etree._Element | None) -> list[_Cited]:
        """Return what the note itself has cited, else what the last note that cites anything has."""
        if not self.cited:
            return []
        last = self.cited[-1].note
        return [one for one in self.cited if one.note is last] if last is not note else self.cited[-1:]

    def next_to(self, note: etree._Element | None, other: etree._Element | None) -> bool:
        """Return whether no note stands between two."""
        if note is other:
            return True
        places = [place for place, one in enumerate(self.notes) if one is other or one is note]
        return len(places) == 2 and places[1] - places[0] == 1

    def by(self, names: set[str], title: str = "") -> list[_Cited]:
        """Return what was cited of these families, the latest first, each work once."""
        found: list[_Cited] = []
        words = set(key(title))
        for one in reversed(self.cited):
            fits = names & {family_name(name) for name in (*one.fields.authors, *one.fields.editors)}
            if not fits or (words and not words & set(key(one.fields.title))):
                continue
            if all(key(one.fields.title) != key(other.fields.title) for other in found):
                found.append(one)
        return found


def citations(passages: Sequence[Passage], entry: Entry, library: Library) -> Outcome:
    """Return the citations in an entry's notes as claims, each `bibl` pointing to its record where there is one.

    In editors' commentary only what is certain is claimed; in the text itself nothing.
    """
    del entry
    outcome = Outcome()
    for one in _resolved(passages, library, outcome.findings):
        outcome.claims.append(_claim(one))
        if one.problem is not None:
            code, message, hint = one.problem
            outcome.findings.append(Finding(code, _place(one.passage), message, hint))
    return outcome


def survey(passages: Sequence[Passage], entry: Entry, library: Library) -> tuple[Sighting, ...]:
    """Return what is cited in an entry that the library does not have, with all that is seen of it.

    The outcome is plain data, so that entries can be surveyed in different processes.
    """
    found = []
    for one in _resolved(passages, library, []):
        fields = one.citation.fields
        if one.to.ids or one.citation.back == "ibid" or one.certainty < MEDIUM or not (fields.title or fields.archival):
            continue
        note = one.passage.note
        form = one.passage.text[one.citation.start : one.citation.end]
        found.append(Sighting(fields, form, entry.id, (note.get(XML_ID) or "") if note is not None else ""))
    return tuple(found)


def _place(passage: Passage) -> etree._Element:
    return passage.note if passage.note is not None else passage.block


def _resolved(passages: Sequence[Passage], library: Library, findings: list[Finding]) -> Iterator[_Resolved]:
    earlier = _Earlier()
    for passage in passages:
        if passage.note is None and not passage.commentary:
            continue
        if passage.note is not None and (not earlier.notes or earlier.notes[-1] is not passage.note):
            earlier.notes.append(passage.note)
        italics = [(one.start, one.end) for one in passage.of(*_SET_APART)]
        there = [(one.start, _marked(passage, one)) for one in passage.held if one.name == "bibl"]
        for citation in find(passage.text, library.sigla, library.titles, italics):
            while there and there[0][0] < citation.start:
                earlier.cited.append(there.pop(0)[1])
            fitted = _fitted(passage, citation, findings)
            if fitted is None or (passage.note is None and (citation.certainty < HIGH or citation.back)):
                continue
            resolved = _resolve(passage, fitted, library, earlier)
            if resolved is not None:
                earlier.cited.append(resolved.to)
                yield resolved
        earlier.cited.extend(one for _, one in there)


def _marked(passage: Passage, held: Held) -> _Cited:
    """Return a citation that is marked already as something to point back to."""
    address = held.element.get("corresp", "")
    inside = [one for one in passage.held if held.start <= one.start and one.end <= held.end]

    def texts(name: str) -> tuple[str, ...]:
        return tuple(passage.text[one.start : one.end] for one in inside if one.name == name)

    fields = Fields(authors=texts("author"), editors=texts("editor"), title=next(iter(texts("title")), ""))
    if held.element.get("type") == "archival":
        fields = Fields(org=next(iter(texts("orgName")), ""), mark=passage.text[held.start : held.end])
    ids = (address.removeprefix(_SCHEME),) if address.startswith(_SCHEME) else ()
    paged = not fields.archival or any(one.element.get("unit") == "page" for one in inside)
    return _Cited(passage.note, fields, ids, paged)


def _fitted(passage: Passage, citation: Citation, findings: list[Finding]) -> Citation | None:
    """Return a citation without the parts that cannot be marked; None where somebody has marked it, or across it."""
    marks = list(citation.marks)
    for held in passage.held:
        if held.end <= citation.start or citation.end <= held.start or held.start == held.end:
            continue
        within = citation.start <= held.start and held.end <= citation.end
        around = held.start <= citation.start and citation.end <= held.end
        if held.name in _CITED or (around and held.name in _NAMED):
            return None
        if not within and not around:
            form = passage.text[citation.start : citation.end]
            findings.append(
                Finding(
                    "E-034",
                    _place(passage),
                    f"“{form}” looks like a citation, but {held.name} crosses it",
                    "mark the citation by hand, or move the markup.",
                )
            )
            return None
        marks = [mark for mark in marks if _free(mark, held)]
    return replace(citation, marks=tuple(marks))


def _free(mark: Mark, held: Held) -> bool:
    """Return whether a part does not repeat or cross an element that is there."""
    if mark.end <= held.start or held.end <= mark.start:
        return True
    if held.start <= mark.start and mark.end <= held.end:
        return held.name not in _NAMED and not (held.name == "q" and (mark.start, mark.end) == (held.start, held.end))
    return (
        mark.start <= held.start
        and held.end <= mark.end
        and held.name not in _NAMED - {"persName", "placeName", "date"}
    )


def _resolve(passage: Passage, citation: Citation, library: Library, earlier: _Earlier) -> _Resolved | None:
    if citation.back == "ibid":
        return _ibid(passage, citation, earlier)
    fields = citation.fields
    if citation.back == "cited" and not fields.title:
        return _op_cit(passage, citation, library, earlier)
    if (
        not fields.authors
        and fields.title
        and citation.rule == "title"
        and (short := _by_name(citation, library, earlier))
    ):
        return _op_cit(passage, short, library, earlier)
    ids = library.index.find(fields)
    before = earlier.by({family_name(name) for name in fields.authors}, fields.title) if fields.authors else []
    certainty = citation.certainty
    if certainty <= TENTATIVE:
        if not ids and not before:
            return None
        certainty = 0.92
    if len(ids) > 1:
        cited = [one for one in ids if any(one in other.ids[:1] for other in earlier.cited)]
        ids = tuple(dict.fromkeys((*reversed(cited), *ids)))
        certainty = min(certainty, 0.85 if len(cited) == 1 else 0.6)
    paged = not fields.archival or "page" in _units(citation)
    to = _Cited(passage.note, _fuller(fields, before), ids, paged)
    problem = None
    if len(ids) > 1 and certainty < MEDIUM:
        form = passage.text[citation.start : citation.end]
        named = ", ".join(f"{_SCHEME}{one}" for one in ids[:4])
        problem = ("E-032", f"“{form}” can be more than one work: {named}", "say which by @corresp.")
    elif certainty < MEDIUM:
        problem = _doubtful(passage, citation)
    elif _backwards(citation):
        problem = (
            "E-035",
            f"“{passage.text[citation.start : citation.end]}” has a range that runs backwards",
            "see the print.",
        )
    return _Resolved(passage, citation, to, certainty, problem)


def _backwards(citation: Citation) -> bool:
    """Return whether a range was left without its end because that came before its beginning."""
    return any(
        mark.name == "citedRange"
        and "to" not in (known := dict(mark.attributes))
        and mark.end - mark.start > len(known["from"]) + 1
        and citation.certainty < HIGH
        for mark in citation.marks
    )


def _doubtful(passage: Passage, citation: Citation) -> tuple[str, str, str]:
    form = passage.text[citation.start : citation.end]
    return ("E-033", f"“{form}” may be a citation", "accept or reject it in the review.")


def _fuller(fields: Fields, before: Sequence[_Cited]) -> Fields:
    """Return the fields of the first full citation, so that `op. cit.` finds it under all its words."""
    return before[0].fields if before and len(before[0].fields.title) > len(fields.title) else fields


def _by_name(citation: Citation, library: Library, earlier: _Earlier) -> Citation | None:
    """Return the citation with its title read as an author (`Bateson, p. 52`), if a work of that author was cited."""
    title = citation.fields.title
    mark = next((one for one in citation.marks if one.name == "title"), None)
    name = family_name(title)
    if mark is None or len(title.split()) > 3 or not name or library.index.find(citation.fields):
        return None
    if not earlier.by({name}) or any(key(one.fields.title) == key(title) for one in earlier.cited):
        return None
    marks = tuple(Mark(one.start, one.end, "author") if one is mark else one for one in citation.marks)
    return replace(citation, marks=marks, fields=Fields(authors=(title,)), rule="cited before", back="cited")


def _ibid(passage: Passage, citation: Citation, earlier: _Earlier) -> _Resolved:
    meant = earlier.last_note(passage.note)
    if not meant:
        nothing = _Cited(passage.note, Fields(), ())
        form = passage.text[citation.start : citation.end]
        problem = ("E-030", f"“{form}” points back, and nothing was cited before it", "see whether a note is missing.")
        return _Resolved(passage, citation, nothing, 0.6, problem)
    last = _of_a_kind(citation, meant, earlier.cited)
    certainty = 0.95 if last.note is passage.note else 0.92 if len(_works(meant)) == 1 else 0.8
    if last is not meant[-1]:
        certainty = 0.8
    elif not earlier.next_to(passage.note, last.note):
        certainty = min(certainty, 0.75)
    others = [one.ids[0] for one in reversed(meant) if one.ids]
    to = _Cited(passage.note, last.fields, tuple(dict.fromkeys((*last.ids[:1], *others))), last.paged)
    return _Resolved(passage, citation, to, min(certainty, citation.certainty))


def _units(citation: Citation) -> set[str]:
    return {dict(mark.attributes)["unit"] for mark in citation.marks if mark.name == "citedRange"}


def _of_a_kind(citation: Citation, meant: Sequence[_Cited], every: Sequence[_Cited]) -> _Cited:
    """Return what `ibid.` points to: a page is none of a file, and a leaf none of a book."""
    units = _units(citation)
    for one in (*reversed(meant), *reversed(every[-12:])):
        if units & {"page", "column", "chapter", "document"} and not one.paged:
            continue
        if "leaf" in units and not one.fields.archival:
            continue
        return one
    return meant[-1]


def _works(cited: Sequence[_Cited]) -> set[tuple[str, ...]]:
    return {one.ids[:1] or (one.fields.org, one.fields.title) for one in cited}


def _op_cit(passage: Passage, citation: Citation, library: Library, earlier: _Earlier) -> _Resolved:
    names = {family_name(name) for name in citation.fields.authors} - {""}
    found = earlier.by(names) if names else earlier.cited[-1:]
    if found:
        ids = tuple(dict.fromkeys(one.ids[0] for one in found if one.ids))
        certainty = 0.93 if len(found) == 1 else 0.72
        to = _Cited(passage.note, found[0].fields, ids if found[0].ids else ())
        return _Resolved(passage, citation, to, min(certainty if names else 0.8, citation.certainty))
    ids = tuple(one for name in citation.fields.authors for one in library.index.by_author(name))
    to = _Cited(passage.note, citation.fields, ids)
    if len(ids) == 1:
        return _Resolved(passage, citation, to, 0.85)
    form = passage.text[citation.start : citation.end]
    if ids:
        named = ", ".join(f"{_SCHEME}{one}" for one in ids[:4])
        return _Resolved(
            passage,
            citation,
            to,
            0.6,
            ("E-032", f"“{form}” can be more than one work: {named}", "say which by @corresp."),
        )
    problem = (
        "E-031",
        f"“{form}” points to a work that this entry has not cited",
        "put the work into the register, or see the print.",
    )
    return _Resolved(passage, citation, to, 0.65, problem)


def _claim(one: _Resolved) -> Claim:
    citation, ids = one.citation, one.to.ids
    attributes: list[tuple[str, str]] = []
    if citation.fields.archival or (citation.back == "ibid" and one.to.fields.archival):
        attributes.append(("type", "archival"))
    value = f"{_SCHEME}{ids[0]}" if ids else ""
    if value:
        attributes.append(("corresp", value))
    rest = ids[1:5]
    share = round((1 - one.certainty) / len(rest), 3) if rest else 0.0
    evidence = citation.evidence + (("in the register",) if ids and not citation.back else ())
    return Claim(
        one.passage,
        citation.start,
        citation.end,
        "bibl",
        citation.rule,
        round(one.certainty, 3),
        tuple(attributes),
        value,
        evidence,
        tuple((f"{_SCHEME}{other}", share) for other in rest),
        citation.marks,
    )
