"""What of a work is cited: lists of pages, documents and leaves, elided ranges written out; and dates as cited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.dates import MONTHS
from pipeline.enrich.citations.words import MONTH, labels, one_of, roman, written_out
from pipeline.wrap import Mark

_NUMBER: Final = (
    r"(?:\d{1,6}(?:[a-z](?![\w]))?(?![\d])|[ivxlcdm]{1,12}(?!\w)|[IVXLCDM]{1,12}(?!\w))"
    r"(?:/\d{1,4}(?!\d))?"
)
_SIDE: Final = r"(?:[\s ]?(?:об\.?|ob\.?|recto|verso|r\b|v\b)(?![\w]))?"
_RANGE: Final = re.compile(
    rf"(?P<from>{_NUMBER}){_SIDE}(?:[\s ]?[–—−-][\s ]?(?P<to>{_NUMBER}){_SIDE})?"
    r"(?P<on>[\s ]?(?:ff?\.|ff?(?!\w)|sqq?\.|и[\s ]сл\.|и[\s ]далее|et[\s ]seq\.|et[\s ]suiv\.))?"
)
_AND: Final = re.compile(r"(?:,[\s ]|[\s ]?&[\s ]?|,?[\s ](?:and|und|u\.|et|и|y|sowie)[\s ])(?:&[\s ]|and[\s ])?")
# A number is no page if it begins a date, an edition, or counts volumes.
_NO_PAGE: Final = re.compile(
    rf"\d+(?:st|nd|rd|th|er)?\.?[\s ]?(?:(?:{MONTH})|{one_of('volume')}|{one_of('edition')}|(?:ser|pp|p)\.)"
    r"|\d+(?:st|nd|rd|th|e|er)\b|\d{1,2}\.\d{1,2}\.\d{2,4}|[IVXLCDMivxlcdm]+[,.]?[\s ](?=[^\W\d_])"
    r"|\d+,\d{3}|\d+[/\d]*[\s ]?\(|[cdlm]\b",
    re.IGNORECASE,
)
PASSIM: Final = re.compile(r",?[\s ](?:et[\s ])?passim\b")
# `pp. 211–30, at 215`, `S. 45–47, hier S. 46`
AT: Final = re.compile(r",[\s ](?:at|esp\.|here|hier|bes\.|ici|здесь)[\s ](?:(?:pp?|S|С|с)\.[\s ]?)?(?=\d)")
# `p. 34 n. 5`, `S. 12, Anm. 3`
NOTE: Final = re.compile(r",?[\s ](?:nn?\.|note|Anm\.|Fn\.|примеч\.|прим\.)[\s ]?(?P<n>\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Ranges:
    """A list of numbers with its marks; end is where it ends, sure whether every range runs forward."""

    end: int
    marks: tuple[Mark, ...]
    sure: bool = True


def ranges(text: str, at: int, unit: str) -> Ranges | None:
    """Return the numbers that stand at a place, one mark for each number or range."""
    marks: list[Mark] = []
    end, sure, largest = at, True, 0
    while True:
        found = _RANGE.match(text, at)
        if found is None or (marks and (_NO_PAGE.match(text, at) or _a_year(found, largest))):
            break
        first, last = found["from"], found["to"] or found["from"]
        if not first[0].isdigit() and not roman(first.partition("/")[0]):
            break
        if not first[0].isdigit() and (marks or first in _NO_NUMERAL):
            break
        last = written_out(first, last) if found["to"] else last
        stop = found.end()
        attributes = [("unit", unit), ("from", first)]
        if found["on"] and not found["to"]:
            # `112 f.` is two pages; how far `112 ff.` goes is not said.
            single = found["on"].strip("\u00a0 .") == "f"
            if single and first.isdecimal():
                attributes.append(("to", str(int(first) + 1)))
        elif last:
            attributes.append(("to", last))
        else:
            sure = False
        marks.append(Mark(found.start(), stop, "citedRange", tuple(attributes)))
        largest = max([largest, *(int(one) for one in (first, last) if one.isdecimal())])
        end = stop
        joint = _AND.match(text, end)
        if joint is None:
            break
        at = joint.end()
    return Ranges(end, tuple(marks), sure) if marks else None


def _a_year(found: re.Match[str], largest: int) -> bool:
    """Return whether a number after others is a year rather than a page a thousand pages on."""
    number = found["from"]
    return number.isdecimal() and len(number) == 4 and 1500 <= int(number) < 2100 and largest + 500 < int(number)


# No abbreviation of a month is longer, its full stop counted.
_ABBREVIATED: Final = 5
# Letters that are no pages: `p.m.`
_NO_NUMERAL: Final = frozenset("cdlmCDLM")
_YEAR: Final = r"(?<![\d/])(?P<year>1[0-9]\d\d|20\d\d)(?!\d)"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_DATES: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:[\s ]?[–—-][\s ]?(?P<last>\d{{1,2}})\.?)?[\s ](?:of[\s ])?(?P<month>{MONTH})"
        rf",?[\s ]{_YEAR}(?:[\s ]г\.)?",
        rf"(?P<month>{MONTH})[\s ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,[\s ]{_YEAR}",
        rf"(?P<month>{MONTH})[\s ]{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.[\s ]?(?P<number>\d{{1,2}})\.[\s ]?{_YEAR}",
        rf"{_YEAR}\.[\s ](?P<day>\d{{1,2}})[\s ](?P<month>{MONTH})",
        rf"{_YEAR}[–—-](?P<until>\d{{4}}|\d{{1,2}})(?!\d)",
        rf"{_YEAR}",
    )
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as cited: where it stands, its attributes, and whether it is a year, a month or a day."""

    start: int
    end: int
    attributes: tuple[tuple[str, str], ...]
    grain: str

    @property
    def mark(self) -> Mark:
        """Return the date as markup."""
        return Mark(self.start, self.end, "date", self.attributes)


def when(text: str, at: int) -> When | None:
    """Return the date that stands at a place, if it has a year and the calendar has it."""
    for form in _DATES:
        found = form.match(text, at)
        if found is not None:
            return _when(found)
    return None


def _when(found: re.Match[str]) -> When | None:
    groups = found.groupdict()
    year = groups["year"]
    if groups.get("until"):
        last = written_out(year, groups["until"])
        if not last:
            return None
        return When(found.start(), found.end(), (("from", year), ("to", last)), "year")
    if groups.get("number"):
        month = int(groups["number"])
    elif groups.get("month"):
        month = MONTHS.get(groups["month"].rstrip(".").lower(), 0)
    else:
        return When(found.start(), found.end(), (("when", year),), "year")
    if not 1 <= month <= 12:
        return None
    if not groups.get("day"):
        return When(found.start(), found.end(), (("when", f"{year}-{month:02}"),), "month")
    day, until = int(groups["day"]), int(groups.get("last") or 0)
    if not _exists(int(year), month, day) or (until and not _exists(int(year), month, until)):
        return None
    first = f"{year}-{month:02}-{day:02}"
    # A full stop belongs to an abbreviation only.
    end = found.end() - (found.group()[-1] == "." and len(groups.get("month") or "") > _ABBREVIATED)
    if until:
        return When(found.start(), end, (("from", first), ("to", f"{year}-{month:02}-{until:02}")), "day")
    return When(found.start(), end, (("when", first),), "day")


def _exists(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def labelled(text: str, at: int, unit_of: dict[str, str] | None = None) -> tuple[str, Ranges] | None:
    """Return the unit and the numbers of a labelled list (`pp. 65, 66 & 77`) that stands at a place."""
    from_label = _LABEL.match(text, at)
    if from_label is None:
        return None
    unit = (unit_of or labels())[from_label["label"]]
    # Articles and paragraphs are cited by their numbers.
    found = ranges(text, from_label.end(), "number" if unit in ("article", "paragraph") else unit)
    return None if found is None else (unit, found)


_LABEL: Final = re.compile(
    r"(?!s\.[\s ]?v\.)(?P<label>"
    + "|".join(re.escape(one) for one in sorted(labels(), key=lambda one: (-len(one), one)))
    + r")[\s ]?(?=[\dIVXLCDMivxlcdm])"
)
