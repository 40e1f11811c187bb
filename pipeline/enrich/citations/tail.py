"""What follows the title of a work that is cited: imprint, volume, issue, date, and what of it is cited."""

from __future__ import annotations

import re
from typing import Final

from pipeline.enrich.citations.imprint import Tail, editors, imprint
from pipeline.enrich.citations.numbers import AT, NOTE, PASSIM, labelled, ranges, when
from pipeline.enrich.citations.quotes import quoted
from pipeline.enrich.citations.words import (
    WORD,
    arabic,
    either,
    one_of,
    roman,
    volume_pattern,
)
from pipeline.wrap import Mark

_S: Final = r"[\s ]"
_YEAR_BRACKET: Final = re.compile(rf",?{_S}?\((?:(?:{one_of('seasons')}|No\.{_S}\d+,){_S})?(?P<date>[^()]{{4,24}})\)")
_PLAIN: Final = re.compile(
    rf"(?:,{_S}|\.{_S}|{_S})(?:(?:\d{{1,2}}(?:st|nd|rd|th|e|re|er|-е|-я|\.)?|[IVX]{{1,4}}\.?|new|rev\.|[A-Z]|neue|nouv\.)"
    rf"{_S}(?:(?:rev\.|verb\.|durchges\.|erw\.){_S})?(?:{one_of('edition')}|{one_of('series')})"
    rf"|(?:{one_of('edition')}|{one_of('series')}){_S}(?:\d{{1,2}}(?:-е)?|[IVX]{{1,4}}|[A-Z])(?:,{_S}\d)?(?!\w)"
    rf"|\d{{1,3}}(?:st|nd|rd|th|d){_S}(?:Cong\.|Congress|sess\.|session|Parl\.)"
    rf"|(?:pts?\.|part|Pt\.|Part|Teil|T\.|Halbbd\.|Hbd\.|partie|ч\.|bks?\.|book|Buch|livre|sect\.|section|tranche|Abt\.){_S}(?:\d{{1,3}}|[IVX]{{1,4}})(?!\w)|{one_of('houses')}(?=,)|\d{{1,2}}{_S}(?:vols\.?|Bde\.)(?=[,;)]|{_S}\(|$))(?![\w])"
)
# `FRUS, 1918, Russia, 2:545`
_VOLUME_TITLE: Final = re.compile(
    rf":{_S}(?P<title>{WORD}(?:{_S}(?:{WORD}|\d{{4}}(?:[–-]\d{{2,4}})?|{one_of('small')})){{0,12}}?)"
    rf"(?={_S}\(|,{_S}pp?\.)"
)
_PART: Final = re.compile(
    rf",{_S}(?:{WORD}(?:{_S}|(?=,))){{1,5}}(?=,{_S}(?:\d{{1,3}}[:,]|vols?\.|[IVXL]{{1,6}}[,:]|Bd\.|t\.))"
)
_BARE_VOLUME: Final = re.compile(rf"(?P<n>\d{{1,4}})(?=,{_S}(?:{one_of('column')}|{one_of('page')}){_S}?\d|:\d)")
# `Harbour Series, 2, p. 101`, `Harbour Series, 2 (London, 1847)`
_SHORT_VOLUME: Final = re.compile(
    rf"(?P<n>\d{{1,2}})(?=,{_S}(?:{one_of('column')}|{one_of('page')}){_S}?\d"
    rf"|{_S}\({one_of('places')}[,: ][^()]{{0,60}}\d{{4}}\))"
)
# `Biographical Dictionary, s.v. ‘Moor’`
_SUB_VERBO: Final = re.compile(rf",{_S}(?:s\.{_S}?v\.|sub{_S}voce|[Aa]rt\.){_S}(?=[‘“„«])")
# `op. cit., part II (1976), p. 610`
_PART_NUMBER: Final = re.compile(rf"(?:pts?\.|parts?|bks?\.|Teil|partie|ч\.){_S}(?P<n>\d{{1,2}}|[IVX]{{1,5}})(?!\w)")
_PAPER: Final = re.compile(rf"(?:,{_S}|{_S})(?P<id>(?:{one_of('papers_numbers')}){_S}?\d{{1,6}})(?![\w])")
_BARE_ROMAN: Final = re.compile(r"(?P<n>[IVXLC]{1,9}(?:/\d{1,3})?(?=[,;.:)\s ]|$)|[ivxl]{1,6}(?=[,:][\s ](?:p|\d)))")
_JOURNAL: Final = re.compile(
    rf"(?:,{_S}|{_S}|\.{_S})(?P<n>\d{{1,4}}|[IVXLC]{{1,9}})(?P<part>[/:.]\d{{1,3}})?"
    rf"(?:(?=,?{_S}?\((?:\d{{1,2}}\.?{_S})?(?:[^\W\d_]{{3,9}}\.?{_S})?(?:1[6-9]|20)\d\d)|(?=,?{_S}?\(\d{{1,3}}\))|(?=:{_S}?\d))"
    rf"|{_S}(?P<m>\d{{1,4}})(?=,{_S}(?:no\.|nos\.|n°|nº|Nr\.|Heft|H\.|№){_S}?\d)"
    rf"|,{_S}(?P<r>\d{{1,3}})(?=,{_S}(?:1[6-9]|20)\d\d,{_S}(?:{one_of('page')}){_S}?\d)"
    rf"|,{_S}(?P<k>\d{{1,4}})(?=,{_S}(?:no\.|n°|nº|Nr\.|Heft|H\.){_S}?\d{{1,3}}{_S}?\()"
)
_ISSUE_BRACKET: Final = re.compile(rf"{_S}?\((?P<n>\d{{1,3}})\)(?=[,.: ])")
_ISSUE: Final = re.compile(
    rf"(?:,{_S}|\.{_S}|{_S})(?:{one_of('issue')}|{either(('no.', 'nos.', 'No.', 'n°', 'nº', 'Nr.', 'num.'))}){_S}?"
    r"(?P<n>\d{1,4}(?:[–/-]\d{1,4})?)(?!\w)"
)
# A citation has no more parts than this after its title.
_MOST: Final = 14
_LEAD: Final = re.compile(rf"(?:,{_S}|\.{_S}|;{_S}(?=nos?\.)|:{_S}?|{_S})")
_AND_ALSO: Final = re.compile(
    rf",?{_S}(?:and|und|et|sowie|и|&){_S}"
    rf"(?=(?:{one_of('page')}|{one_of('number')}|{one_of('document')}|{one_of('chapter')}){_S}?\d)"
)
_OP_CIT: Final = re.compile(rf"(?:,{_S}|\.{_S}|{_S})(?:{one_of('cited')})")


def read_tail(text: str, at: int, quoted: bool = False, back: bool = False) -> Tail | None:
    """Return what stands after a title that ends at a place; None if nothing does that belongs to a citation.

    quoted says that the title is in quotation marks: what follows is then likelier a journal's number; back that words
    which point back stand in its place.
    """
    tail = Tail(at, quoted)
    if back:
        tail.has.add("back")
    for _ in range(_MOST):
        before = tail.end
        for read in _READERS:
            if read(text, tail):
                break
        if tail.end == before:
            break
    return tail if tail.end > at else None


def _year_bracket(text: str, tail: Tail) -> bool:
    found = _YEAR_BRACKET.match(text, tail.end)
    if found is None or not tail.has & {"volume", "roman", "issue", "journal", "back"}:
        return False
    date = when(text, found.start("date"))
    if date is None or date.end != found.end("date"):
        return False
    _dated(text, tail, date.mark, date.grain)
    tail.has.add("journal")
    tail.end = found.end()
    return True


def _dated(text: str, tail: Tail, mark: Mark, grain: str) -> None:
    tail.marks.append(mark)
    tail.has.add(grain)
    tail.fields.setdefault("date" if grain == "year" else "day", text[mark.start : mark.end])


def _journal(text: str, tail: Tail) -> bool:
    found = _JOURNAL.match(text, tail.end)
    if found is None or tail.has & {"volume", "page", "journal"}:
        return False
    group = next(one for one in "nmkr" if found[one])
    number = found[group]
    if not number.isdecimal() and not roman(number):
        return False
    end = found.end()
    part = found["part"] or ""
    tail.marks.append(_scope("volume", *found.span(group), arabic(number)))
    if part:
        tail.marks.append(_scope("issue", found.start("part") + 1, found.end("part"), part[1:]))
        tail.has.add("issue")
    tail.end = end
    tail.has |= {"volume", "journal"}
    bracket = _ISSUE_BRACKET.match(text, end)
    if bracket is not None:
        tail.marks.append(_scope("issue", bracket.start("n"), bracket.end("n"), bracket["n"]))
        tail.has.add("issue")
        tail.end = bracket.end()
    return True


def _scope(unit: str, start: int, end: int, number: str) -> Mark:
    return Mark(start, end, "biblScope", (("unit", unit), ("n", number)))


def _volume(text: str, tail: Tail) -> bool:
    lead = _LEAD.match(text, tail.end)
    if lead is None:
        return False
    found = volume_pattern().match(text, lead.end())
    if found is not None and (found["n"].isdecimal() or roman(found["n"])):
        start, end = found.start("n"), found.end()
        if found["to"]:
            last = arabic(found["to"])
            mark = Mark(start, end, "biblScope", (("unit", "volume"), ("from", arabic(found["n"])), ("to", last)))
        else:
            mark = _scope("volume", start, end, arabic(found["n"]) + (found["part"] or "").replace(":", "/"))
        tail.marks.append(mark)
        tail.has.add("volume")
        tail.end = end
        return True
    if not lead.group().startswith((",", ".")) or tail.has & {"volume", "roman"}:
        return False
    found = _BARE_ROMAN.match(text, lead.end())
    if found is None and "back" in tail.has and (part := _PART_NUMBER.match(text, lead.end())) is not None:
        tail.marks.append(_scope("volume", *part.span("n"), arabic(part["n"])))
        tail.has.add("volume")
        tail.end = part.end()
        return True
    if found is None and tail.has & {"plain", "year"}:
        found = _BARE_VOLUME.match(text, lead.end())
    if found is None:
        found = _SHORT_VOLUME.match(text, lead.end())
    if found is None or not (found["n"].isdecimal() or roman(found["n"].partition("/")[0])):
        return False
    tail.marks.append(_scope("volume", found.start(), found.end(), arabic(found["n"])))
    tail.has.add("roman")
    tail.end = found.end()
    return True


def _issue(text: str, tail: Tail) -> bool:
    if "issue" in tail.has or not (tail.has & {"journal", "year", "volume"} or tail.quoted):
        return False
    found = _ISSUE.match(text, tail.end)
    if found is None or ("imprint" in tail.has and "№" in found.group()):
        return False
    # `DVP, 1939, XXII, no. 3`: documents are numbered, not issues.
    if (
        not tail.has & {"journal"}
        and not tail.quoted
        and text[found.start() :].lstrip(" ,.\u00a0")[:2].lower() in ("no", "nr")
    ):
        return False
    tail.marks.append(_scope("issue", found.start("n"), found.end("n"), found["n"]))
    tail.has.add("issue")
    tail.end = found.end()
    return True


def _cited(text: str, tail: Tail) -> bool:
    """Read what is cited: a labelled list, or a bare number after a volume or an imprint."""
    lead = _LEAD.match(text, tail.end)
    more = _AND_ALSO.match(text, tail.end) if tail.has & {"page", "number", "chapter", "folio", "article"} else None
    lead = more or lead
    if lead is None:
        return False
    found = labelled(text, lead.end())
    if found is not None:
        unit, numbers = found
        tail.has.add("page" if unit in ("page", "column", "document") else unit)
        _numbers(text, tail, numbers.end, numbers.marks, numbers.sure)
        return True
    after_volume = text[tail.end : tail.end + 1] == ":" and tail.has & {"volume", "year", "journal"}
    paper = tail.has == {"day"} and _ALONE.match(text, tail.end) is not None
    after_comma = text[tail.end : tail.end + 1] == "," and (
        paper or tail.has & {"volume", "imprint", "journal", "roman"}
    )
    if not (after_volume or after_comma) or tail.has & {"page", "number", "document"}:
        return False
    if not text[lead.end() : lead.end() + 1].isdecimal() or when(text, lead.end()) is not None:
        return False
    bare = ranges(text, lead.end(), "page")
    if bare is None or _WORD_AFTER.match(text, bare.end):
        return False
    tail.has.add("page")
    _numbers(text, tail, bare.end, bare.marks, bare.sure)
    return True


_WORD_AFTER: Final = re.compile(r"[\s \w]*[^\W\d_]|[\s ]?\(")


def _numbers(text: str, tail: Tail, end: int, marks: tuple[Mark, ...], sure: bool) -> None:
    at_unit = dict(marks[-1].attributes)["unit"]
    tail.marks.extend(marks)
    tail.sure &= sure
    note = NOTE.match(text, end)
    if note is not None:
        number = note["n"]
        tail.marks.append(Mark(*note.span("n"), "citedRange", (("unit", "number"), ("from", number), ("to", number))))
        end = note.end()
    at = AT.match(text, end)
    again = ranges(text, at.end(), at_unit) if at is not None else None
    if again is not None:
        tail.marks.extend(again.marks)
        end = again.end
    passim = PASSIM.match(text, end)
    tail.end = passim.end() if passim is not None else end


_IN_BRACKET: Final = re.compile(r"[\s ]\(")
_ALONE: Final = re.compile(rf",?{_S}(?P<n>\d{{1,4}}(?:[–-]\d{{1,4}})?)(?=[.;)]|$)")


def _alone(text: str, tail: Tail) -> bool:
    """Read a bare page after a short title (`Orne, Vigilant City, 201`): only what is known can be cited so."""
    found = _ALONE.match(text, tail.end) if not tail.has - {"back"} else None
    if found is None or when(text, found.start("n")) is not None:
        return False
    bare = ranges(text, found.start("n"), "page")
    if bare is None or bare.end != found.end():
        return False
    tail.has.add("bare")
    tail.marks.extend(bare.marks)
    tail.end = bare.end
    return True


def _date(text: str, tail: Tail) -> bool:
    bracketed = _IN_BRACKET.match(text, tail.end) if "page" in tail.has else None
    day = when(text, bracketed.end()) if bracketed is not None else None
    if day is not None and day.grain == "day" and text[day.end : day.end + 1] == ")" and "day" not in tail.has:
        _dated(text, tail, day.mark, day.grain)
        tail.end = day.end + 1
        return True
    lead = _LEAD.match(text, tail.end)
    if lead is None or lead.group().startswith(":"):
        return False
    found = when(text, lead.end())
    if found is None or (found.grain == "year" and tail.has & {"year", "imprint", "day"}):
        return False
    if found.grain != "year" and tail.has & {"day", "month"}:
        return False
    # Without a comma only a day belongs to a title (`Times 4 May 1939`), a year would be a part of it.
    if not lead.group().startswith((",", ".")) and (found.grain == "year" or not tail.has):
        return False
    if re.compile(r"[–—-]|\w").match(text, found.end):
        return False
    _dated(text, tail, found.mark, found.grain)
    tail.end = found.end
    return True


def _paper(text: str, tail: Tail) -> bool:
    found = _PAPER.match(text, tail.end)
    if found is None:
        return False
    tail.marks.append(Mark(found.start("id"), found.end("id"), "idno", (("type", "paper"),)))
    tail.fields["paper"] = found["id"]
    tail.has.add("paper")
    tail.end = found.end()
    return True


def _plain(text: str, tail: Tail) -> bool:
    found = _PLAIN.match(text, tail.end)
    if (
        found is not None
        and "back" in tail.has
        and _PART_NUMBER.match(text, found.end() - len(found.group().lstrip(" ,.\u00a0")))
    ):
        return False
    if found is None and "year" in tail.has:
        found = _PART.match(text, tail.end)
    if found is None and (entry := _SUB_VERBO.match(text, tail.end)) is not None and quoted(text, entry.end()) > 0:
        tail.has |= {"article", "chapter"}
        tail.end = quoted(text, entry.end())
        return True
    if found is None and tail.has == {"volume"} and (found := _VOLUME_TITLE.match(text, tail.end)):
        tail.marks.append(Mark(*found.span("title"), "title", (("level", "m"),)))
    if found is None:
        return False
    tail.has.add("plain")
    tail.end = found.end()
    return True


def _op_cit(text: str, tail: Tail) -> bool:
    found = _OP_CIT.match(text, tail.end)
    if found is None:
        return False
    tail.has.add("back")
    tail.end = found.end()
    return True


_READERS: Final = (
    _op_cit,
    editors,
    _plain,
    _paper,
    imprint,
    _journal,
    _year_bracket,
    _issue,
    _volume,
    _cited,
    _date,
    _alone,
)
