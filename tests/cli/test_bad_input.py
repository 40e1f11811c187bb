"""Whatever a source is, the command says what is wrong with it, converts the others, and shows no traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Source
from pipeline.readers import all_readers, read
from pipeline.tei import T, parse, text_of
from tests.capture import compose, entry
from tests.cli.conftest import files, source
from tests.command import Teipress

GOOD = "d1911-03-09.xml"
_RUSSIAN = "Был отлив, и я спал. Никакого мола нет, и не будет. " * 8
_FRENCH = "L’été dernier, la marée était très basse; voilà pourquoi le môle a coûté si cher à l’État. ".replace(
    "’", "'"
)


def _capture(*lines: str, **more: object) -> bytes:
    return entry(*lines, **more).encode()  # type: ignore[arg-type]


BAD: dict[str, tuple[bytes, list[str], str]] = {
    "empty": (b"", ["C-001"], "empty"),
    "white space": (b" \n\t\r\n ", ["C-001"], "white space"),
    "byte order mark alone": (b"\xef\xbb\xbf", ["C-001"], "empty"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), ["C-002"], "PDF"),
    "zip": (b"PK\x03\x04" + bytes(100), ["C-002"], "ZIP"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(100), ["C-002"], "PNG"),
    "nul bytes": (_capture("The tide\x00 was out."), ["C-002"], "NUL"),
    "random bytes": (bytes((i * 197 + 31) % 256 for i in range(4096)), ["C-002"], ""),
    "cp1251": (entry(_RUSSIAN).encode("cp1251", "ignore"), ["C-003"], "cp1251"),
    "latin-1": (entry(_FRENCH * 4).encode("latin-1", "ignore"), ["C-003"], "cp1252"),
    "utf-16": (entry("The tide was out.").encode("utf-16"), ["C-003"], "UTF-16"),
    "utf-16 without a mark": (entry("The tide was out.").encode("utf-16-le"), ["C-003"], "UTF-16"),
    "one byte wrong": (_capture("The tide was out.").replace(b"tide", b"t\x92de"), ["C-003"], "0x92"),
    "another text": (b"Dear Edda,\nthere is no mole.\n", ["C-006"], "docs/profiles.md"),
    "no details": (
        compose("2 March", "", ["2 March", "The tide was out."], details_there=False).encode(), ["C-010"], "details"
    ),
    "contradiction": (_capture("The tide was out.", date="1911 Mar 3"), ["C-011"], "edition.toml"),
    "no body": (compose("2 March", "1911 Mar 2", []).encode(), ["C-012"], "translation and transcription empty"),
    "no panes": (
        entry("The tide was out.").replace("Translation\n/", "A\n/").replace("Transcription\n/", "B\n/").encode(),
        ["C-012"],
        "",
    ),
    "pages only": (compose("2 March", "1911 Mar 2", ["2 March", "", "Page 3", "", "Page 4"]).encode(), ["C-013"], ""),
    "no such day": (_capture("The tide was out.", title="A day", date="1911 Feb 30"), ["C-014"], "1911 Feb 30"),
    "no date": (_capture("The tide was out.", date="N/A"), ["C-015"], "edition.toml"),
    "control characters": (_capture("The ti\x07de was \x1b[1mout."), ["C-017"], "U+0007, U+001B"),
    "noncharacter": (_capture("The ti\ufffede was out."), ["C-017"], "U+FFFE"),
    "surrogate": (_capture("The ti@de was out.").replace(b"@", b"\xed\xa0\x80"), ["C-003"], "0xED"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_is_told_and_the_others_are_converted(edition: Path, teipress: Teipress, name: str) -> None:
    data, codes, words = BAD[name]
    (edition / "sources" / "bad.txt").write_bytes(data)
    source(edition, "good.txt", "9 March", "1911 Mar 9")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, codes), said
    assert words in said.out
    assert "hint: " in said.out
    assert "sources/bad.txt" in said.out
    assert files(edition / "text") == [GOOD]


def test_two_sources_for_one_entry_are_both_left(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    source(edition, "b.txt", "2 March", "1911 Mar 2", "Another text.")
    source(edition, "good.txt", "9 March", "1911 Mar 9")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-016"])
    assert said.out.count("C-016") == 2
    assert files(edition / "text") == [GOOD]


def test_one_source_named_twice_is_one_source(edition: Path, teipress: Teipress) -> None:
    path = source(edition, "a.txt", "2 March", "1911 Mar 2")
    assert teipress("convert", "sources/a.txt", "sources", "./sources/a.txt", path).code == 0


def test_a_bracket_that_does_not_close_is_told_and_the_text_is_kept(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2", "I met [the harbour master.", "He was going down.")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-020"])
    root = parse((edition / "text" / "d1911-03-02.xml").read_bytes())
    assert [text_of(p) for p in root.iter(f"{T}p") if p.get("n")] == [
        "I met [the harbour master.",
        "He was going down.",
    ]


def test_a_source_that_is_not_there(edition: Path, teipress: Teipress) -> None:
    source(edition, "good.txt", "9 March", "1911 Mar 9")
    said = teipress("convert", "sources/none.txt", "sources/good.txt")
    assert (said.code, said.codes) == (1, ["C-007"])
    assert files(edition / "text") == [GOOD]


def test_a_folder_without_sources(teipress: Teipress) -> None:
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-007"])


def test_no_folder_of_sources(edition: Path, teipress: Teipress) -> None:
    (edition / "sources").rmdir()
    assert teipress("convert").code in (1, 2)


def test_a_source_of_100_megabytes_is_not_read(edition: Path, teipress: Teipress) -> None:
    with (edition / "sources" / "dump.txt").open("wb") as file:
        os.truncate(file.fileno(), 100 * 1024 * 1024)
    source(edition, "good.txt", "9 March", "1911 Mar 9")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-004"])
    assert "104,857,600" in said.out
    assert files(edition / "text") == [GOOD]


def test_the_limit_is_the_editions(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    with (edition / "edition.toml").open("a", encoding="utf-8") as file:
        file.write("\n[sources]\nmax_bytes = 100\n")
    assert teipress("convert").codes == ["C-004"]


def test_a_source_that_is_a_device_or_a_pipe_or_a_loop_does_not_hang(edition: Path, teipress: Teipress) -> None:
    os.mkfifo(edition / "sources" / "pipe.txt")
    (edition / "sources" / "loop.txt").symlink_to("loop.txt")
    (edition / "sources" / "zero.txt").symlink_to("/dev/zero")
    (edition / "sources" / "folder.txt").mkdir()
    (edition / "sources" / "gone.txt").symlink_to("nowhere")
    source(edition, "good.txt", "9 March", "1911 Mar 9")
    said = teipress("convert")
    assert said.code in (1, 3)
    assert set(said.codes) <= {"C-001", "C-002", "C-005", "C-007"}
    for name in ("pipe.txt", "loop.txt", "zero.txt", "gone.txt"):
        assert name in said.out
    assert files(edition / "text") == [GOOD]


def test_hostile_text_comes_out_as_text(edition: Path, teipress: Teipress) -> None:
    lines = (
        "<script>alert(1)</script> & &amp; ]]> <!-- x --> <?php x ?> <!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
        '#eval("1") $x$ *b* _i_ \\ `raw` @ref <label> // comment /* more */ {{ jinja }} {% raw %}',
        "\u202eright to left\u202c \u2067שלום\u2069 \u200f\u200e \u00ad \ufeff e\u0301 \U0001f980 \ue000",
    )
    source(
        edition, "a.txt", "2 March", "1911 Mar 2", *lines, author="O’Brien, <b>&amp;", details={"Description": "<i>&x;"}
    )
    said = teipress("convert")
    assert set(said.codes) <= {"C-020", "E-001"}
    root = parse((edition / "text" / "d1911-03-02.xml").read_bytes())
    assert [text_of(p) for p in root.iter(f"{T}p") if p.get("n")] == list(lines)
    assert root.findtext(f".//{T}author") == "O’Brien, <b>&amp;"
    assert text_of(next(root.iter(f"{T}abstract"))) == "<i>&x;"
    assert not list(root.iter("{*}script"))


def test_hostile_titles_and_volumes_make_no_paths(edition: Path, teipress: Teipress) -> None:
    evil = "../../../../tmp/evil"
    source(edition, "a.txt", f"{evil} on 2 March 1911", "1911 Mar 2", volume=f"{evil}\u202e: Volume 1")
    source(edition, "b.txt", "Кончина", "1911 Mar 3", volume="Том 1")
    source(edition, "c.txt", "3 May", "1911 May 3", volume="Том 2")
    said = teipress("convert")
    assert said.code == 0, said
    outside = [name for name in files(edition.parent) if not name.startswith("edition/")]
    assert outside == []
    assert len(list((edition / "volumes").iterdir())) == 3


def test_names_of_files_of_any_script_are_told(edition: Path, teipress: Teipress) -> None:
    for name in ("Дневник.txt", "日記 & <b>.txt", "new\nline.txt"):
        (edition / "sources" / name).write_bytes(b"")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-001"])
    assert "Дневник.txt" in said.out


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names of files")
@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"bell\x07.txt", b"two\nlines.txt", b"-rf.txt", b"%s {0} [x].txt"])
def test_a_source_of_an_odd_name_is_converted(edition: Path, teipress: Teipress, name: bytes) -> None:
    source(edition, os.fsdecode(name), "2 March", "1911 Mar 2")
    assert teipress("convert").code == 0
    assert "; unchanged" in teipress("convert").out
    assert teipress("convert", "--format", "json").code == 0
    assert files(edition / "text") == ["d1911-03-02.xml"]


def test_a_control_character_in_the_authors_line_is_told(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2", author="Edda\x07 Marlowe", details={"Author": "N/A"})
    assert teipress("convert").codes == ["C-017"]


def test_a_very_long_line_is_converted(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was out. " * 20_000 + "[" * 2000)
    said = teipress("convert")
    assert said.codes == ["C-020"]
    assert "360,0" in said.out or "characters accounted for" in said.out


def test_very_many_lines_are_converted(edition: Path, teipress: Teipress) -> None:
    lines = [line for n in range(400) for line in (f"The tide was out for the {n}. time", "", f"Page {n + 10}", "")]
    source(edition, "a.txt", "2 March", "1911 Mar 2", *lines)
    assert teipress("convert").code == 0


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    capture, found = read(Source("a.txt", data), all_readers())
    assert capture is None
    assert found


@given(st.binary(min_size=1, max_size=20), st.integers(0, 3000))
def test_a_capture_with_any_harm_done_to_it_is_refused_or_read(harm: bytes, at: int) -> None:
    data = entry("The tide was out.", "", "Page 31", "", "It came in.", transcription=["2. März"]).encode()
    at %= len(data)
    capture, found = read(Source("a.txt", data[:at] + harm + data[at + len(harm) :]), all_readers())
    assert capture is not None or found
