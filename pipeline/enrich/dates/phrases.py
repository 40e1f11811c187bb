"""Hours in words: what `half past seven`, `halb acht`, `huit heures moins le quart`, `без пяти час` say."""

from __future__ import annotations

from pipeline.enrich.dates.words import tight, words

Parts = dict[str, str | None]


def number(word: str, language: str) -> int:
    """Return an hour in figures or words; 0 if it is none."""
    return int(word) if word.isdigit() else words(language).hours.get(word, words(language).hours.get(word.lower(), 0))


def _english(parts: Parts) -> tuple[int, int] | None:
    if whole := parts["noonhour"]:
        return 0 if whole == "midnight" else 12, 30
    if first := parts["hour_first"]:
        return number(first, "en"), {"th": 30, "fi": 15, "fo": 45}[(parts["thirty"] or "")[:2]]
    if parts["half"]:
        return number(parts["hour"] or "", "en"), 30
    minutes = words("en").minutes[tight(parts["minutes"] or "")]
    if whole := parts["twelve"]:
        return 0 if whole == "midnight" else 12, minutes if parts["past"] else -minutes
    return number(parts["hour2"] or "", "en"), minutes if parts["past"] else -minutes


def _german(parts: Parts) -> tuple[int, int] | None:
    hour = number(parts["hour"] or "", "de")
    if parts["half"]:
        return hour, -30
    if parts["three"]:
        return hour, -15
    if parts["quarter"]:
        return hour, -45
    word = parts["minutes"] or ""
    minutes = int(word) if word.isdigit() else words("de").minutes[word]
    return hour, (minutes if parts["past"] else -minutes) - (30 if parts["ofhalf"] else 0)


def _french(parts: Parts) -> tuple[int, int] | None:
    if noon := parts["noon"]:
        hour = 12 if noon.lower() == "midi" else 0
        less = parts["noonless"]
        return hour, 30 if parts["noonhalf"] else 15 if parts["noonquarter"] else -words("fr").minutes[
            tight(less or "")
        ]
    hour = number(parts["hour"] or "", "fr")
    if parts["half"] or parts["quarter"]:
        return hour, 30 if parts["half"] else 15
    if less := parts["less"]:
        return hour, -words("fr").minutes[tight(less)]
    if more := parts["and"]:
        return hour, words("fr").minutes[tight(more)]
    return (hour, 0) if hour else None


def _russian(parts: Parts) -> tuple[int, int] | None:
    own = words("ru")
    if parts["half"]:
        return own.ordinals[parts["next"] or ""], -30
    if parts["quarter"]:
        return own.ordinals[parts["quarter_next"] or ""], -45
    if less := parts["less"]:
        return number(parts["hour"] or "", "ru") or 1, -own.minutes[tight(less)]
    if parts["one"]:
        return 1, 0
    minutes = parts["minutes"]
    more = own.minutes[tight(minutes)] if minutes else 0
    return own.hours[parts["hour_plain"] or ""], more


def read_phrase(parts: Parts, language: str) -> tuple[int, int] | None:
    """Return the hour of a phrase and the minutes after it (below 0: before); None if it is no time.

    parts are the groups of the language’s expression (`phrase` in dates.toml).
    """
    read = {"en": _english, "de": _german, "fr": _french, "ru": _russian}[language]
    return read(parts)
