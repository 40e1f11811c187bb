"""The reader for captures: the text of an archive's page, with all that stood around the entry.

What it knows of an archive is a profile (readers/profiles/*.toml, or the edition's own).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.dates import Day, find_day, read_title
from pipeline.diagnostics import Diagnostic, Severity, diagnostic
from pipeline.language import language_of
from pipeline.model import Capture, Contents, Line, Pane, Pattern, Reader, Refusal, Source, Volume, whole
from pipeline.readers import contents as tables
from pipeline.readers.profile import Profile, load_profile, shipped_profiles
from pipeline.readers.soundness import doubtful, wrapped_at
from pipeline.readers.text import decode, forbidden, lines_of

_NO_DATE: Final = 'give its date in edition.toml: [sources.entries."{}"] date = "1934-12-13".'


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where the parts of a page begin, as indexes of lines; None where a part is not there."""

    panes: tuple[tuple[int, int], ...]
    details: int | None
    contents: int | None

    @property
    def count(self) -> int:
        return len(self.panes) + (self.details is not None) + (self.contents is not None)


def _details_at(lines: tuple[Line, ...], profile: Profile) -> int | None:
    """Return the details' heading: the last one that a known label follows, for an entry may hold the words."""
    found = None
    for index, line in enumerate(lines):
        if profile.details_heading.search(line.text):
            following = [after.text for after in lines[index + 1 : index + 4]]
            if any(text.startswith(label) for text in following for label in profile.labels):
                found = index
    return found


def _count_pages(lines: tuple[Line, ...], profile: Profile) -> int:
    """Return how many pages of the archive a file holds: details, each with its own sides."""
    labels = [label for label, meaning in profile.labels.items() if meaning in ("title", "date")]
    headings = [i for i, line in enumerate(lines) if profile.details_heading.search(line.text)]
    return sum(
        any(line.text.strip().startswith(label) for line in lines[at + 1 : at + 4] for label in labels)
        for at in headings
    )


def _pane_at(lines: tuple[Line, ...], heading: Pattern, count: Pattern | None, after: int) -> int | None:
    for index in range(after, len(lines)):
        if heading.search(lines[index].text):
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            if count is None or count.search(following):
                return index
    return None


def _marks(lines: tuple[Line, ...], profile: Profile) -> _Marks:
    contents = next(
        (i for i, line in enumerate(lines) if profile.contents_heading and profile.contents_heading.search(line.text)),
        None,
    )
    panes = []
    for number, side in enumerate(profile.sides):
        at = _pane_at(lines, side.heading, profile.pane_count, contents or 0)
        if at is not None:
            panes.append((at, number))
    return _Marks(tuple(sorted(panes)), _details_at(lines, profile), contents)


def _first(pattern: Pattern | None, group: str, lines: Iterable[Line]) -> str:
    if pattern is not None:
        for line in lines:
            if found := pattern.search(line.text):
                return found.group(group).strip()
    return ""


def _goes_on(text: str, label: str, profile: Profile, values: Mapping[str, tuple[str, int]]) -> bool:
    """Return whether a line of a description only begins like a label: `Dated at sea`, or one that was there."""
    if values.get("description", ("",))[0] in profile.no_value:
        return False
    return profile.labels[label] in values or (not profile.separator and text[len(label) :][:1].islower())


def _read_details(
    lines: tuple[Line, ...], at: int, profile: Profile, name: str
) -> tuple[dict[str, tuple[str, int]], list[Diagnostic]]:
    """Return each detail's value and line by its standard name; those without a value are left out."""
    labels = sorted(profile.labels, key=len, reverse=True)
    values: dict[str, tuple[str, int]] = {}
    found: list[Diagnostic] = []
    current, at_label = "", False
    for line in lines[at + 1 :]:
        text = line.text.strip()
        if profile.details_end is not None and profile.details_end.search(line.text):
            break
        label = next((label for label in labels if text.startswith(label + profile.separator.rstrip())), None)
        if label is not None and current == "description" and _goes_on(text, label, profile, values):
            label = None
        if profile.values == "next line":
            if text in profile.labels:
                current, at_label = profile.labels[text], True
                continue
            if at_label and text:
                values[current], at_label = (text, line.number), False
            continue
        if label is not None:
            current = profile.labels[label]
            values[current] = (text[len(label + profile.separator.rstrip()) :].strip(), line.number)
        elif text and current == "description" and values[current][0] not in profile.no_value:
            values[current] = (f"{values[current][0]} {text}".strip(), values[current][1])
        elif text:
            found.append(
                diagnostic(
                    "C-036",
                    name,
                    line.number,
                    f"a document detail that is not known: `{text}`",
                    "add its label to the archive's profile, under [details.labels].",
                )
            )
    empty = profile.no_value | {""}
    return {key: value for key, value in values.items() if value[0] not in empty}, found


def _read_panes(lines: tuple[Line, ...], text: str, marks: _Marks, profile: Profile) -> list[Pane]:
    ends = sorted([at for at, _ in marks.panes] + ([marks.details] if marks.details is not None else []))
    panes = []
    for at, number in marks.panes:
        side = profile.sides[number]
        end = next((other for other in ends if other > at), len(lines))
        first, pages = at + 1, None
        if profile.pane_count is not None and (count := profile.pane_count.search(lines[first].text)):
            pages = int(count.group("pages"))
            first += 1
        while first < end and profile.pane_menu is not None and profile.pane_menu.search(lines[first].text):
            first += 1
        if profile.pane_end is not None:
            end = next((i for i in range(first, end) if profile.pane_end.search(lines[i].text)), end)
        body = lines[first:end]
        words = "\n".join(line.text for line in body)
        whole = text[body[0].start : body[-1].end] if body else ""
        panes.append(Pane(side.side, side.language or language_of(words), pages, body, whole))
    return panes


def _read_contents(
    lines: tuple[Line, ...], marks: _Marks, profile: Profile, volume: str, own: Day | None
) -> Contents | None:
    if marks.contents is None or profile.contents_item is None:
        return None
    labels: list[tuple[str, int]] = []
    name = ""
    for line in lines[marks.contents + 1 :]:
        if profile.contents_end is not None and profile.contents_end.search(line.text):
            break
        if item := profile.contents_item.search(line.text):
            labels.append((item.group("label").strip(), line.number))
        elif not labels and not name:
            name = line.text.strip()
        elif labels and not line.blank:
            break
    own = own if name in ("", volume) else None
    return tables.read_contents(name, lines[marks.contents].number, labels, own)


def _read_volume(label: str, profile: Profile) -> Volume | None:
    if not label:
        return None
    found = profile.volume.search(label) if profile.volume is not None else None
    return Volume(label, found.group("title"), found.groupdict().get("n")) if found else Volume(label, label, None)


def _body_findings(panes: list[Pane], title: str, profile: Profile, name: str) -> list[Diagnostic]:
    """Return what is wrong with the text itself: none, page lines only, fewer pages than the archive counts."""
    found: list[Diagnostic] = []
    if all(pane.empty for pane in panes):
        empty = " and ".join(pane.side for pane in panes)
        where = f"{empty} empty" if empty else "no heading of a translation or transcription"
        return [
            diagnostic(
                "C-012",
                name,
                None,
                f"no text of an entry ({where})",
                "open the page until its text is shown, and capture it again.",
            )
        ]
    pages_only = True
    for pane in panes:
        texts = [line for line in pane.lines if not line.blank]
        pages = [line for line in texts if whole(profile.page, line.text)]
        pages_only = pages_only and all(line in pages or line.text.strip() == title for line in texts)
        if pane.pages is not None and pane.pages >= 0 and pane.pages != len(pages) and texts:
            found.append(
                diagnostic(
                    "C-024",
                    name,
                    pane.lines[0].number,
                    f"the archive counts {pane.pages} pages in the {pane.side}, the capture has {len(pages)}",
                    "see whether the capture is whole: pages may not have been loaded.",
                )
            )
        if (width := wrapped_at([line for line in texts if line not in pages])) is not None:
            found.append(
                diagnostic(
                    "C-025",
                    name,
                    pane.lines[0].number,
                    f"the lines of the {pane.side} are wrapped at {width} characters; a line must be a paragraph, "
                    "a note or a page line, as on the page",
                    "capture the page again without line breaks of your own (no fixed width when saving).",
                )
            )
    if pages_only:
        found.append(
            diagnostic(
                "C-013",
                name,
                None,
                "page numbers only, no text between them",
                "open the page until its text is shown, and capture it again.",
            )
        )
    return found


def _read_date(
    title: str, details: dict[str, tuple[str, int]], contents: Contents | None, name: str
) -> tuple[str | None, list[Diagnostic]]:
    """Return the day of an entry (ISO 8601) from its details, its title and the contents, in this order."""
    stated, line = details.get("date", ("", None))
    said, heading = find_day(stated), read_title(title)
    for day, words in ((said, stated), (heading.day, title)):
        if day is not None and not day.exists:
            return None, [
                diagnostic(
                    "C-014",
                    name,
                    line,
                    f"`{words}` is no day of the calendar",
                    f'correct the date, or give it in edition.toml: [sources.entries."{Path(name).name}"] date = "…".',
                )
            ]
    if said is not None and heading.day is not None and not said.agrees(heading.day):
        code = "C-011" if heading.plain else "C-035"
        found = diagnostic(
            code,
            name,
            line,
            f"the details say `{stated}`, the title says `{title}`",
            f'see which is right; edition.toml can say it: [sources.entries."{Path(name).name}"] date = "…".',
        )
        return (None if heading.plain else said.iso), [found]
    if said is not None and said.iso:
        # A title may be fuller than the details (`1934` and `13 December`).
        if said.day is None and heading.day is not None and heading.day.month is not None:
            full = Day(said.year, heading.day.month, heading.day.day, 0, 0)
            return full.iso, []
        return said.iso, []
    if heading.day is not None and heading.day.iso:
        return heading.day.iso, []
    if contents is not None and (listed := tables.year_of(contents, title)):
        return listed, [
            diagnostic(
                "C-019",
                name,
                line,
                f"the year of `{title}` ({listed}) is inferred from the order of the table of contents",
                f'confirm it in edition.toml: [sources.entries."{Path(name).name}"] date = "{listed}".',
            )
        ]
    return None, [
        diagnostic(
            "C-015",
            name,
            line,
            f"no date: neither the details nor the title (`{title}`) give one with a year",
            _NO_DATE.format(Path(name).name),
        )
    ]


@dataclass(frozen=True, slots=True)
class CaptureReader:
    """Reads captures by the profile whose marks a source has most of.

    dates are those that an editor gives for a source, by its file name.
    """

    profiles: tuple[Profile, ...]
    dates: tuple[tuple[str, str], ...] = ()
    name: str = "capture"

    def accepts(self, source: Source) -> Refusal | None:
        """Return None if the source has a side of an entry or the details of one of the archives known."""
        text = decode(source)
        if isinstance(text, Diagnostic):
            return None
        if self._best(lines_of(text))[1].count:
            return None
        archives = ", ".join(profile.archive for profile in self.profiles)
        return Refusal(self.name, f"no mark of a page of {archives}: no heading of a side, details or contents")

    def _best(self, lines: tuple[Line, ...]) -> tuple[Profile, _Marks]:
        marks = [(profile, _marks(lines, profile)) for profile in self.profiles]
        return max(marks, key=lambda pair: (pair[1].count, pair[1].details is not None))

    def read(self, source: Source) -> tuple[Capture | None, tuple[Diagnostic, ...]]:
        """Return the capture, None where it has an error, and all that is wrong with it."""
        name = source.name
        text = decode(source)
        if isinstance(text, Diagnostic):
            return None, (text,)
        lines = lines_of(text)
        profile, marks = self._best(lines)
        if marks.details is None:
            return None, (
                diagnostic(
                    "C-010",
                    name,
                    None,
                    "no document details, so neither title nor date",
                    "capture the page with its details unfolded.",
                ),
            )
        stop = min((at for at, _ in marks.panes if at > marks.details), default=len(lines))
        details, found = _read_details(lines[:stop], marks.details, profile, name)
        panes = _read_panes(lines, text, marks, profile)
        if _count_pages(lines, profile) > 1:
            found.append(
                diagnostic(
                    "C-018",
                    name,
                    lines[marks.details].number,
                    "two pages in one file: the document details stand twice",
                    "save each page in a file of its own.",
                )
            )
        for pane in panes:
            found += (*forbidden(pane.lines, name), *doubtful(pane.lines, name))
        found += forbidden(lines[marks.details :], name)
        if profile.author is not None:
            heads = tuple(line for line in lines[: marks.details] if profile.author.search(line.text))
            found += [odd for odd in forbidden(heads, name) if odd not in found]
        first = next((line.text.strip() for pane in panes for line in pane.lines if not line.blank), "")
        stated = {key: value for key, (value, _) in details.items()}
        title = stated.get("title", first)
        found += _body_findings(panes, title, profile, name)
        volume = _read_volume(stated.get("volume", ""), profile)
        label = volume.label if volume else ""
        own = find_day(stated.get("date", ""))
        contents = _read_contents(lines, marks, profile, label, own)
        given = dict(self.dates).get(Path(name).name)
        iso, odd = (given, []) if given else _read_date(title, details, contents, name)
        found += odd
        if iso is not None and contents is not None:
            found += tables.anomalies(contents, name, label, title, iso)
        if iso is None or any(one.severity is Severity.ERROR for one in found):
            return None, tuple(found)
        author = stated.get("author") or _first(profile.author, "author", lines)
        capture = Capture(
            name,
            source.sha256,
            profile.name,
            profile.archive,
            title,
            author,
            iso,
            volume,
            tuple(panes),
            stated,
            contents,
        )
        return capture, tuple(found)


def reader(profiles: tuple[Path, ...] = (), dates: tuple[tuple[str, str], ...] = ()) -> Reader:
    """Return the reader with the shipped profiles and those of an edition.

    Raises:
        ProfileError: a profile is wrong.
    """
    return CaptureReader((*(load_profile(path) for path in profiles), *shipped_profiles()), dates)
