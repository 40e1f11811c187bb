"""Every code of the converter is made by a source or a file that deserves it, in every format that findings have."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import body
from pipeline.diagnostics import MACHINE_CODES, Severity, catalogue
from tests.capture import compose
from tests.cli.conftest import source
from tests.cli.test_bad_input import BAD
from tests.command import TEIPRESS, Said, Teipress
from tests.command import teipress as in_a_process

Deed = Callable[[Path, Teipress, pytest.MonkeyPatch], None]
_ENTRY = ("a.txt", "2 March", "1911 Mar 2")


def _bad(name: str) -> Deed:
    def write(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
        (edition / "sources" / "a.txt").write_bytes(BAD[name][0])

    return write


def _entry(*lines: str, title: str = "2 March", date: str = "1911 Mar 2", **more: object) -> Deed:
    def write(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
        text = compose(title, date, [title, *lines], **more)  # type: ignore[arg-type]
        (edition / "sources" / "a.txt").write_text(text, encoding="utf-8")

    return write


def _large(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    source(edition, *_ENTRY)
    with (edition / "edition.toml").open("a") as file:
        file.write("\n[sources]\nmax_bytes = 9\n")


def _unreadable(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    (edition / "sources" / "a.txt").symlink_to("a.txt")


def _nothing(_edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    """Leave the folder of sources empty."""


def _twice(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    source(edition, *_ENTRY)
    source(edition, "b.txt", *_ENTRY[1:])


def _lossy(edition: Path, _run: Teipress, patch: pytest.MonkeyPatch) -> None:
    source(edition, *_ENTRY)
    add = body._add_text
    patch.setattr(body, "_add_text", lambda element, text: add(element, text.replace("tide", "tid")))


def _edited(edition: Path, run: Teipress) -> Path:
    source(edition, *_ENTRY)
    assert run("convert").code == 0
    path = edition / "text" / "d1911-03-02.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("tide", "TIDE"), encoding="utf-8")
    return path


def _in_hand(edition: Path, run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    _edited(edition, run)


def _conflict(edition: Path, run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    _edited(edition, run)
    source(edition, *_ENTRY, "The tide was in.")


def _broken(edition: Path, run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    path = _edited(edition, run)
    path.write_bytes(path.read_bytes().replace(b"</p>", b""))


def _in_the_way(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    source(edition, *_ENTRY)
    (edition / "text").write_text("")


def _two_pages(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    path = source(edition, *_ENTRY)
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")


_WRAPPED = textwrap.wrap("The boats lay on the mud of the harbour and the gulls walked about among them " * 12, 60)


def _misspelt(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    with (edition / "edition.toml").open("a") as file:
        file.write("colour = 'red'\n")


def _wrong_profile(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    source(edition, *_ENTRY)
    (edition / "own.toml").write_text("[lines]\npage = '('\n")
    with (edition / "edition.toml").open("a") as file:
        file.write("\n[sources]\nprofiles = ['own.toml']\n")


_NOTE = "See above, entry of 1 March 1911. The manuscript is in pencil. TH f.14 op.2 d.9 l.3."
MAKES: dict[str, Deed] = {
    "C-001": _bad("empty"),
    "C-002": _bad("pdf"),
    "C-003": _bad("cp1251"),
    "C-004": _large,
    "C-005": _unreadable,
    "C-006": _bad("another text"),
    "C-007": _nothing,
    "C-010": _bad("no details"),
    "C-011": _bad("contradiction"),
    "C-012": _bad("no body"),
    "C-013": _bad("pages only"),
    "C-014": _bad("no such day"),
    "C-015": _bad("no date"),
    "C-016": _twice,
    "C-017": _bad("control characters"),
    "C-018": _two_pages,
    "C-019": _entry("The tide was out.", date="N/A", contents=["1 March 1911", "2 March"]),
    "C-020": _entry("The [tide was out."),
    "C-021": _entry("One.", "Page 31", "Two.", "Page 33", "Three.", "Page 32", "Four."),
    "C-022": _entry("One.", "Page 31", "Two.", "Page 34", "Three."),
    "C-023": _entry("One.", "Page 31", "It was the 32harbour.", "Page 33", "Three."),
    "C-024": _entry("One.", "Page 31", "Two.", pages=4),
    "C-025": _entry(*_WRAPPED),
    "C-026": _entry("One.", "Two.", transcription=["2 марта", "Был отлив, и я спал."]),
    "C-028": _entry("One.", "Page 31", "The har453bour was empty.", "Page 32", "Three."),
    "C-029": _entry("The ti\ufffde was out."),
    "C-030": _entry("One.", contents=["1 March", "27 October", "2 March", "3 March", "9 April"]),
    "C-031": _entry("One.", contents=["2 March", "2 March", "3 March"]),
    "C-032": _entry("One.", contents=["2 March", "PS 2 March"]),
    "C-033": _entry("One.", contents_volume="The Tidewater Journals: Volume 9"),
    "C-034": _entry("One.", contents=["1 March", "3 March"]),
    "C-035": _entry("One.", title="Remembering 2 March 1910"),
    "C-036": _entry("One.", details={"Keywords": "tide"}),
    "C-040": _lossy,
    "C-041": _conflict,
    "C-042": _in_hand,
    "C-043": _in_hand,
    "C-044": _broken,
    "C-045": _entry(*(line for n in range(31, 45) for line in (f"Page {n}", "The tide was out."))),
    "C-050": _misspelt,
    "C-051": _wrong_profile,
    "C-052": _in_the_way,
}
# What the edition gives to the program is wrong: the call is over before it has begun.
CALL = ("C-050", "C-051")


def _note_first(edition: Path, _run: Teipress, _patch: pytest.MonkeyPatch) -> None:
    text = compose("2 March", "1911 Mar 2", [_NOTE, "The tide was out."])
    (edition / "sources" / "a.txt").write_text(text, encoding="utf-8")


MAKES["C-027"] = _note_first


def convert(run: Teipress, code: str, *options: str) -> Said:
    return run("convert", *(["--force"] if code == "C-043" else []), *options)


def test_every_code_of_the_converter_is_made() -> None:
    assert sorted(MAKES) == sorted(code for code in catalogue() if code.startswith("C-"))


@pytest.mark.parametrize("code", sorted(MAKES))
def test_the_code_is_made_with_its_severity_exit_code_and_hint(
    edition: Path, teipress: Teipress, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    MAKES[code](edition, teipress, monkeypatch)
    said = convert(teipress, code, "--format", "json")
    report = json.loads(said.out)
    found = [one for one in report["diagnostics"] if one["code"] == code]
    assert found, said
    errors = [one for one in report["diagnostics"] if one["severity"] == "error"]
    for one in found:
        assert one["severity"] == catalogue()[code].severity
        assert one["hint"].endswith(".")
        assert one["message"][:1] != " "
        assert one["line"] is None or one["line"] >= 1
        assert {"file", "line", "column", "message"} <= set(one)
    machine = any(one["code"] in MACHINE_CODES for one in report["diagnostics"])
    assert said.code == (2 if code in CALL else 3 if machine else 1 if errors else 0)
    assert ("--force replaces" in said.err) is (code == "C-043")


@pytest.mark.parametrize("code", sorted(set(MAKES) - {"C-043"}))
def test_all_formats_hold_the_same_findings(
    edition: Path, teipress: Teipress, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    MAKES[code](edition, teipress, monkeypatch)
    convert(teipress, code)
    text, as_json, as_sarif = (convert(teipress, code, "--format", form) for form in ("text", "json", "sarif"))
    assert text.code == as_json.code == as_sarif.code
    found = json.loads(as_json.out)["diagnostics"]
    (run,) = json.loads(as_sarif.out)["runs"]
    assert [(one["ruleId"], one["message"]["text"]) for one in run["results"]] == [
        (one["code"], f"{one['message']}\n{one['hint']}") for one in found
    ]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {one["code"] for one in found}
    for one in found:
        where = ":".join(str(one[key]) for key in ("file", "line", "column") if one[key] is not None)
        if code in CALL:
            assert f"{where}: {one['message']}" in text.err
        else:
            assert f"{where}: {one['severity']} {one['code']}: {one['message']}" in text.out


def test_json_tells_what_was_written(edition: Path, teipress: Teipress) -> None:
    source(edition, *_ENTRY)
    report = json.loads(teipress("convert", "--format", "json").out)
    assert report["diagnostics"] == []
    assert report["written"] == [
        "text/d1911-03-02.xml",
        "volumes/the-tidewater-journals-volume-2.xml",
        "schema/edition.rng",
    ]
    (entry,) = report["entries"]
    assert entry["characters"] == entry["accounted"] == sum(entry["fates"].values())
    assert json.loads(teipress("convert", "--format", "json").out)["written"] == []


def test_sarif_names_files_as_addresses(edition: Path, teipress: Teipress) -> None:
    (edition / "sources" / "a file & Дневник#1.txt").write_bytes(b"")
    log = json.loads(teipress("convert", "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert uri.startswith("sources/a%20file%20%26%20")
    assert result["level"] == "error"


def test_sarif_has_the_places_of_findings(edition: Path, teipress: Teipress) -> None:
    source(edition, *_ENTRY, "The [tide was out.")
    (result,) = json.loads(teipress("convert", "--format", "sarif").out)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startColumn"] == 5
    line = (edition / "sources" / "a.txt").read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
    assert line == "The [tide was out."


def test_quiet_shows_errors_only(edition: Path, teipress: Teipress) -> None:
    source(edition, *_ENTRY, contents=["2 March", "PS 2 March"])
    assert teipress("convert", "--quiet") == Said(0, "", "")
    source(edition, "b.txt", "3 March", "1911 Mar 3", "[", contents=["3 March", "PS 3 March"])
    said = teipress("convert", "--quiet")
    assert (said.code, said.codes) == (1, ["C-020"])


def test_a_line_for_each_entry_tells_the_counts(edition: Path, teipress: Teipress) -> None:
    source(edition, *_ENTRY, "The tide was", "TH f.14 op.2 d.9 l.3.", "out.", "", "Page 31", "", "It came in.")
    said = teipress("convert")
    first = said.out.splitlines()[0]
    assert first.startswith("d1911-03-02  2 March: 2 paragraphs, 1 note, 1 page, ")
    assert first.endswith(" characters accounted for; written")


def test_colours_are_for_terminals_that_want_them(edition: Path, teipress: Teipress) -> None:
    source(edition, *_ENTRY, "[")
    assert "\x1b[" not in teipress("convert").out


def test_a_terminal_gets_colours_and_progress_unless_it_does_not_want_them(edition: Path) -> None:
    source(edition, *_ENTRY, "[")

    def on_a_terminal(*options: str, **environment: str) -> bytes:
        ours, theirs = pty.openpty()
        plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        process = subprocess.Popen(
            [TEIPRESS, "convert", *options], cwd=edition, stdout=theirs, stderr=theirs, env={**plain, **environment}
        )
        os.close(theirs)
        said = b""
        try:
            while more := os.read(ours, 4096):
                said += more
        except OSError:  # how a terminal says that the other side has left
            pass
        process.wait()
        os.close(ours)
        return said

    said = on_a_terminal()
    assert b"\x1b[31m" in said
    assert b"reading: 1 of 1" in said
    assert b"\x1b[3" not in on_a_terminal(NO_COLOR="1")
    said = on_a_terminal("--quiet", "--no-color")
    assert b"\x1b[3" not in said
    assert b"reading" not in said


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_is_explained(teipress: Teipress, code: str) -> None:
    said = teipress("explain", code.lower())
    assert said.code == 0
    assert said.out.startswith(f"{code} ({catalogue()[code].severity}): {catalogue()[code].title}")
    for heading in ("Finds: ", "Why: ", "Example: ", "Do: "):
        assert f"\n{heading}" in said.out


def test_all_codes_are_listed(teipress: Teipress) -> None:
    said = teipress("explain")
    assert [line.split()[0] for line in said.out.splitlines()] == sorted(catalogue())


def test_an_unknown_code_is_an_error_of_the_call(teipress: Teipress) -> None:
    said = teipress("explain", "C-00l")
    assert said.code == 2
    assert "did you mean C-0" in said.err


def test_severities_are_those_of_the_catalogue() -> None:
    assert {page.severity for page in catalogue().values()} <= set(Severity)


@pytest.mark.parametrize("call", [["--help"], ["convert", "--help"], ["--version"], ["explain", "-h"]])
def test_help_is_no_error(call: list[str], tmp_path: Path) -> None:
    said = in_a_process(*call, cwd=tmp_path)
    assert said.code == 0
    assert said.err == ""


@pytest.mark.parametrize(
    "call",
    [["nonsense"], ["convert", "--nonsense"], ["convert", "--format", "xml"], ["convert", "--to"], ["explain", "X"]],
)
def test_a_wrong_call_says_so(teipress: Teipress, call: list[str]) -> None:
    said = teipress(*call)
    assert said.code == 2
    assert said.err
    assert said.out == ""
