"""A title that was read with what stands around it: how sure it is that it is cited, and the citation made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from pipeline.enrich.citations.head import Head, case_of
from pipeline.enrich.citations.imprint import Tail
from pipeline.enrich.citations.parts import Citation, Fields
from pipeline.enrich.citations.quotes import quoted
from pipeline.enrich.citations.words import MONTH, word_set
from pipeline.wrap import Mark

_S: Final = r"[\s ]"
# So sure is what can only be a citation if it was cited before.
TENTATIVE: Final = 0.5
SIGLUM: Final = re.compile(r"[A-ZА-Я][A-Za-zА-я-]*[A-ZА-Я][A-Za-zА-я]*")


@dataclass(frozen=True, slots=True)
class Title:
    """A title with what follows it; container is what an article is in, editors those named before that."""

    start: int
    end: int
    level: str
    tail: Tail
    container: tuple[int, int] | None = None
    editors: tuple[tuple[int, int], ...] = ()
    case: str = "title"


def level_of(tail: Tail, title: str, authored: bool) -> str:
    """Return the level of a title that stands alone: a book (m) or a journal or newspaper (j)."""
    if SIGLUM.fullmatch(title):
        return "m"
    if "journal" in tail.has and "imprint" not in tail.has and not authored:
        return "j"
    if "day" in tail.has and not authored and not tail.has & {"imprint", "volume", "roman", "number", "document"}:
        diary = set(title.split()) & word_set("diaries") and not _OWN_JOURNAL.search(title)
        return "m" if diary or _LAW.match(title) else "j"
    if "issue" in tail.has and "year" in tail.has and "imprint" not in tail.has and not authored:
        return "j"
    return "m"


# A newspaper, where it is somebody’s journal and named by the calling.
_OWN_JOURNAL: Final = re.compile(r"[’']s?[\s ]Journal$")
_LAW: Final = re.compile(
    r"(?:The[\s ])?(?:(?:\w+[\s ]){0,2}(?:Treaty|Convention|Constitution|Charter|Covenant|Peace)[\s ]of[\s ])"
)


def certainty_of(text: str, head: Head, title: Title, hard: bool, known: bool) -> float:
    """Return how sure it is that this is a citation; 0 where it is none."""
    tail = title.tail
    name = text[title.start : title.end]
    has = tail.has - {"plain", "editor"}
    authored = bool(head.authors) and not head.editors
    quotes = quoted(text, title.start) == title.end
    if quotes and not authored and name[1:2].islower() and title.container is None:
        return 0.0
    if has == {"bare"}:
        good = authored and (quotes or title.case == "title")
        return TENTATIVE if good and title.container is None else 0.0
    if has == {"page"} and not authored and _OF_THIS.match(text, tail.end):
        return 0.0
    # `Matthew 5:3`: chapter and verse.
    if "journal" in has and not has & {"year", "day", "month", "issue", "imprint"} and not (authored or quotes):
        return 0.0
    if title.container is not None or known:
        return 0.95 if hard or authored else 0.9
    if (
        title.case == "mixed"
        and {"imprint", "page"} <= has
        and _OWN.search(text[max(0, title.start - 7) : title.start])
    ):
        return 0.85
    if title.case == "mixed" and not (authored or quotes) and (not hard or _SENTENCE.match(name)):
        return 0.0
    doubt = 0.0 if title.case == "title" or quotes else 0.05 if authored else 0.15
    doubt += 0.0 if hard or authored else 0.06
    doubt += 0.0 if tail.sure else 0.1
    single = not re.search(rf"{_S}", name) and not SIGLUM.fullmatch(name)
    if has & {"page", "column", "document", "journal", "paper", "back"}:
        return 0.97 - doubt - (0.1 if single and not authored and has == {"page"} else 0.0)
    if "imprint" in has:
        rest = text[tail.end : tail.end + 1]
        if authored or quotes or len(has) > 1:
            return 0.95 - doubt
        if _DAY_IN.search(name):
            return 0.0
        return 0.75 - doubt if hard and rest in ("", ".", ";", ")") and len(name.split()) > 1 else 0.0
    if has == {"day"} or has == {"month"} or (has == {"day", "number"} and not authored):
        led = hard and not authored and _LED.search(text[max(0, title.start - 12) : title.start]) is not None
        return _dated(name, authored, hard, "number" in has, led)
    if authored or SIGLUM.fullmatch(name):
        weak = has <= {"year"} or has <= {"roman"} or has <= {"month"}
        return 0.0 if weak else 0.95 - doubt
    if len(has) > 1 and has & {"volume", "roman", "number", "issue"}:
        return 0.95 - doubt if hard else 0.8
    if "article" in has and _LAW.match(name):
        return 0.92
    if has & {"volume", "chapter", "paragraph", "article", "folio", "issue"} and hard and len(name.split()) > 1:
        return 0.8 - doubt
    return 0.0


_OWN: Final = re.compile(rf"\b(?:his|her|their|son|sa|ses|seine[rmns]?|ihre[rmns]?|его|её|их){_S}$")
# `Louis XIV, p. 5 of the manuscript`
_OF_THIS: Final = re.compile(rf"{_S}(?:of|in){_S}(?:the|this|that|his|her|its|their){_S}")
# `The paragraph appeared`: English titles have capitals.
_SENTENCE: Final = re.compile(rf"(?:The|An?|His|Her|Its|This|That|These|Of|In|On|For|At|By|From|One|Two|All){_S}[a-z]")
_DAY_IN: Final = re.compile(rf"\d{{1,2}}\.?{_S}{MONTH}")
_LED: Final = re.compile(rf"(?:;|\b(?:[Ss]ee|[Cc]f\.|[Vv]gl\.|[Ss]iehe|[Vv]oir|[Сс]м\.|[Сс]р\.)){_S}$")


def _dated(name: str, authored: bool, hard: bool, numbered: bool, led: bool) -> float:
    """Return how sure it is that a name and a day are a newspaper or a diary."""
    tokens = name.split()
    if authored and (set(tokens) & word_set("diaries")):
        return 0.92
    if set(tokens) & word_set("diaries") and len(tokens) < 8 and hard:
        return 0.8
    paper = tokens[0] in word_set("newspapers") or tokens[-1] in word_set("newspapers")
    if paper and len(tokens) < 6 and "of" not in tokens:
        return 0.92 if hard else 0.0
    if led and len(tokens) < 3 and name not in word_set("places"):
        return 0.75
    if authored and len(tokens) > 1 and case_of(name) == "title":
        return TENTATIVE
    return 0.8 if numbered and hard else 0.0


def back_to(text: str, head: Head, tail: Tail) -> Citation:
    """Return an author with words that point back (`Pell, op. cit., p. 12`)."""
    marks = [Mark(start, end, "author") for start, end in head.authors]
    fields = Fields(authors=tuple(text[start:end] for start, end in head.authors))
    return Citation(
        head.authors[0][0],
        tail.end,
        (*marks, *tail.marks),
        fields,
        "cited before",
        0.95,
        ("points back",),
        "cited",
    )


_PARLIAMENT: Final = re.compile(rf"(?:Parl(?:\.|iamentary)|Sessional|Command|House{_S}of{_S}\w+){_S}Papers?|P\.P\.|PP$")


def _numbered(text: str, title: Title, tail: Tail) -> tuple[Title, Tail]:
    """Return a journal's title with its number as that of an issue (`Revue des ports, n° 3, 1902, p. 5`)."""
    numbers = [mark for mark in tail.marks if mark.name == "citedRange" and dict(mark.attributes)["unit"] == "number"]
    if _PARLIAMENT.match(text[title.start : title.end]):
        # What stands in brackets after a volume of them is the number of a paper.
        marks = [
            Mark(one.start, one.end, "citedRange", (("unit", "number"), ("from", n), ("to", n)))
            if one.name == "biblScope" and (known := dict(one.attributes))["unit"] == "issue" and (n := known["n"])
            else one
            for one in tail.marks
        ]
        return replace(title, level="m"), replace(tail, marks=marks)
    journal = set(text[title.start : title.end].split()) & word_set("journals")
    if not journal or len(numbers) != 1 or "page" not in tail.has or "imprint" in tail.has:
        return title, tail
    one = numbers[0]
    issue = Mark(one.start, one.end, "biblScope", (("unit", "issue"), ("n", text[one.start : one.end])))
    marks = [issue if mark is one else mark for mark in tail.marks]
    return replace(title, level="j"), replace(tail, marks=marks)


def _plain_title(text: str) -> str:
    return text.strip("‘’“”«»„\"' \u00a0").rstrip(".,")


def composed(text: str, head: Head, title: Title, certainty: float) -> Citation:
    """Return a citation with its markup and with what a register wants to know."""
    title, tail = _numbered(text, title, title.tail)
    authors = () if head.editors else head.authors
    marks = [Mark(start, end, "author") for start, end in authors]
    marks.append(Mark(title.start, title.end, "title", (("level", title.level),)))
    container, level = "", ""
    if title.container is not None:
        start, end = title.container
        level = "m" if ("imprint" in tail.has and "journal" not in tail.has) or title.editors else "j"
        marks += [Mark(*one, "editor") for one in title.editors]
        marks.append(Mark(start, end, "title", (("level", level),)))
        container = _plain_title(text[start:end])
    fields = Fields(
        authors=tuple(text[start:end] for start, end in authors),
        editors=tuple(
            [text[start:end] for start, end in (head.authors if head.editors else title.editors)] + tail.editors
        ),
        title=_plain_title(text[title.start : title.end]),
        level=title.level,
        container=container,
        container_level=level,
        place=tail.fields.get("place", ""),
        publisher=tail.fields.get("publisher", ""),
        date=tail.fields.get("date", "") if "imprint" in tail.has or title.level == "a" else "",
        paper=tail.fields.get("paper", ""),
    )
    evidence = tuple(sorted(tail.has - {"plain", "place"}))
    rule = "article" if container else "author and title" if authors else "title"
    begin = authors[0][0] if authors else title.start
    back = "cited" if "back" in tail.has else ""
    return Citation(begin, tail.end, tuple(marks + tail.marks), fields, rule, round(certainty, 3), evidence, back)
