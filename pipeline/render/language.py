"""Months, weekdays and the interface's words in the edition's language, from templates/languages.toml."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.resources import resource

FALLBACK: Final = "en"
_RTL_LANGUAGES: Final = frozenset("ar arc ckb dv fa he iw ji ks ota ps sd syr ug ur yi".split())
_RTL_SCRIPTS: Final = frozenset("arab hebr syrc thaa nkoo adlm".split())


@dataclass(frozen=True, slots=True)
class Language:
    """How one language names months, days and things. months_of is the form after a day, where it differs."""

    tag: str
    months: tuple[str, ...]
    months_of: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    date: str
    first_day: str
    words: Mapping[str, str]
    languages: Mapping[str, str]

    def word(self, name: str, value: object = "") -> str:
        """Return a word of the interface, with {0} filled in."""
        return self.words[name].replace("{0}", str(value))

    def counted(self, name: str, count: int) -> str:
        """Return a word that has a form for one."""
        return self.word(f"{name}-one" if count == 1 else name, count)

    def weekday(self, iso: str) -> str:
        """Return the day of the week of an ISO date, empty for a year, a month or no date."""
        day = _day(iso)
        return "" if day is None else self.weekdays[day.weekday()]

    def weekday_short(self, iso: str) -> str:
        """Return the short day of the week of an ISO date, empty for a year, a month or no date."""
        day = _day(iso)
        return "" if day is None else self.weekdays_short[day.weekday()]

    def long_date(self, iso: str) -> str:
        """Return an ISO date as people write it: `2 March 1911`, `March 1911`, `1911`; what is no date stays."""
        day = _day(iso)
        if day is not None:
            month = (self.months_of or self.months)[day.month - 1]
            number = self.first_day if day.day == 1 else str(day.day)
            return self.date.format(day=number, month=month, year=day.year)
        year, _, month = iso.partition("-")
        if month.isdigit() and 1 <= int(month) <= 12:
            return f"{self.months[int(month) - 1]} {int(year)}"
        return iso

    def language_name(self, tag: str) -> str:
        """Return what a language is called, or its tag where the table does not know it."""
        return self.languages.get(tag.split("-")[0].lower(), tag)


def _day(iso: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso) if len(iso) == 10 else None
    except ValueError:
        return None


@cache
def _table() -> dict[str, dict[str, object]]:
    return tomllib.loads((resource("templates") / "languages.toml").read_text(encoding="utf-8"))


@cache
def language(tag: str) -> Language:
    """Return the table for a language tag; English where there is none."""
    tables = _table()
    name = tag.split("-")[0].lower()
    name = name if name in tables else FALLBACK
    own, english = tables[name], tables[FALLBACK]

    def names(key: str) -> tuple[str, ...]:
        value = own[key]
        assert isinstance(value, list)
        return tuple(str(item) for item in value)

    def mapping(key: str) -> dict[str, str]:
        both: dict[str, str] = {}
        for table in (english[key], own[key]):
            assert isinstance(table, dict)
            both.update(table)
        return both

    return Language(
        tag=name,
        months=names("months"),
        months_of=names("months_of"),
        months_short=names("months_short"),
        weekdays=names("weekdays"),
        weekdays_short=names("weekdays_short"),
        date=str(own["date"]),
        first_day=str(own["first_day"]),
        words=mapping("words"),
        languages=mapping("languages"),
    )


def direction(tag: str) -> str:
    """Return rtl or ltr, by the tag's script if it names one, else by its language."""
    name, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4), None)
    if script is not None:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if name in _RTL_LANGUAGES else "ltr"
