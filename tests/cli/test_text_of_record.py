"""The TEI is the text of record: what an editor did is never overwritten unasked, and ids stay what they were."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from pipeline import __version__, store
from pipeline.tei import T, parse, text_of
from tests.cli.conftest import files, source
from tests.command import Teipress


def body(folder: Path, id_: str) -> str:
    found = parse((folder / "text" / f"{id_}.xml").read_bytes()).find(f".//{T}body")
    assert found is not None
    return text_of(found)


def edit(path: Path, old: str = "The tide was out.", new: str = "The tide was <emph>out</emph>.") -> bytes:
    """Change a file as an editor does, and return it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path.read_bytes()


@pytest.fixture
def entry(edition: Path, teipress: Teipress) -> Path:
    """The file of an entry as the program wrote it."""
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    assert teipress("convert").code == 0
    return edition / "text" / "d1911-03-02.xml"


def test_a_new_file_is_written_with_its_volume_and_its_schema(edition: Path, entry: Path) -> None:
    assert files(edition) == [
        "edition.toml",
        "schema/edition.rng",
        "sources/a.txt",
        "text/d1911-03-02.xml",
        "volumes/the-tidewater-journals-volume-2.xml",
    ]
    assert b'href="../schema/edition.rng"' in entry.read_bytes()


@pytest.mark.usefixtures("entry")
def test_nothing_is_written_when_nothing_changed(teipress: Teipress, edition: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in edition.rglob("*") if path.is_file()}
    said = teipress("convert")
    assert said.code == 0
    assert "; unchanged" in said.out
    assert before == {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in edition.rglob("*") if path.is_file()
    }


def test_a_changed_source_replaces_what_the_program_wrote(edition: Path, teipress: Teipress, entry: Path) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was in.")
    said = teipress("convert")
    assert (said.code, "; written" in said.out) == (0, True)
    assert body(edition, "d1911-03-02") == "2 March The tide was in."
    assert not list(entry.parent.glob("*.new"))


def test_an_edited_file_stays_and_the_conversion_stands_beside_it(teipress: Teipress, entry: Path) -> None:
    written = entry.read_bytes()
    edited = edit(entry)
    said = teipress("convert")
    assert (said.code, said.codes) == (0, ["C-042"])
    assert entry.read_bytes() == edited
    assert entry.with_name("d1911-03-02.xml.new").read_bytes() == written


def test_an_edited_file_whose_source_changed_is_a_conflict(edition: Path, teipress: Teipress, entry: Path) -> None:
    edited = edit(entry)
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was in.")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-041"])
    assert entry.read_bytes() == edited
    assert b"The tide was in." in entry.with_name("d1911-03-02.xml.new").read_bytes()
    assert teipress("convert").codes == ["C-041"]


def test_force_replaces_says_what_is_lost_and_keeps_it(edition: Path, teipress: Teipress, entry: Path) -> None:
    edited = edit(entry)
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was in.")
    teipress("convert")
    said = teipress("convert", "--force")
    assert (said.code, said.codes) == (0, ["C-043"])
    assert "of an editor's replaced" in said.out
    assert body(edition, "d1911-03-02") == "2 March The tide was in."
    assert entry.with_name("d1911-03-02.xml.bak").read_bytes() == edited
    assert not entry.with_name("d1911-03-02.xml.new").exists()


def test_force_touches_no_bak_where_nothing_is_lost(teipress: Teipress, entry: Path) -> None:
    assert teipress("convert", "--force").codes == []
    assert not list(entry.parent.glob("*.bak"))


def test_a_second_force_does_not_lose_what_the_first_kept(teipress: Teipress, entry: Path) -> None:
    first = edit(entry)
    teipress("convert", "--force")
    second = edit(entry, new="The tide was <hi>out</hi>.")
    teipress("convert", "--force")
    kept = {path.read_bytes() for path in entry.parent.glob("*.bak*")}
    assert kept == {first, second}


def test_the_new_file_goes_when_the_editor_takes_the_conversion(teipress: Teipress, entry: Path) -> None:
    edit(entry)
    teipress("convert")
    beside = entry.with_name("d1911-03-02.xml.new")
    beside.replace(entry)
    assert teipress("convert").codes == []
    beside.write_bytes(b"")
    teipress("convert")
    assert not beside.exists()


def test_another_version_of_the_program_is_no_conflict(teipress: Teipress, entry: Path) -> None:
    text = entry.read_text(encoding="utf-8")
    assert f'version="{__version__}"' in text
    entry.write_text(text.replace(f'version="{__version__}"', 'version="0.0.1"'), encoding="utf-8")
    said = teipress("convert")
    assert (said.code, said.codes) == (0, [])
    assert not list(entry.parent.glob("*.new"))


@pytest.mark.parametrize(
    "data", [b"", b"not XML", b"<TEI/>", b"\xff\xfe\x00", b"<TEI><idno type='sha256'>00</idno></TEI>"]
)
def test_a_file_that_the_program_did_not_write_is_an_editors(teipress: Teipress, entry: Path, data: bytes) -> None:
    entry.write_bytes(data)
    said = teipress("convert")
    assert entry.read_bytes() == data
    # Nothing in the file says that it is this entry, so the entry takes the next id.
    assert "C-041" in said.codes or "d1911-03-02b  2 March" in said.out


def test_even_white_space_of_an_editor_counts(teipress: Teipress, entry: Path) -> None:
    edited = entry.read_bytes().replace(b"\n", b"\r\n")
    entry.write_bytes(edited)
    teipress("convert")
    assert entry.read_bytes() == edited


@pytest.mark.usefixtures("entry")
def test_a_conversion_elsewhere_leaves_the_edition_alone(edition: Path, teipress: Teipress) -> None:
    before = files(edition)
    said = teipress("convert", "sources/a.txt", "--to", edition.parent / "elsewhere")
    assert said.code == 0
    assert files(edition) == before
    assert files(edition.parent / "elsewhere") == ["d1911-03-02.xml"]


_DAY = [
    ("a.txt", "2 March", "1911 Mar 2", "The first."),
    ("b.txt", "2 March (2)", "1911 Mar 2", "The second."),
    ("c.txt", "PS 2 March", "1911 Mar 2", "The afterthought."),
]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_entries_of_one_day_keep_their_text_in_whatever_order_they_come(
    edition: Path, teipress: Teipress, order: tuple[int, ...]
) -> None:
    contents = ["2 March", "2 March (2)", "PS 2 March"]
    for number in order:
        name, title, date, text = _DAY[number]
        source(edition, name, title, date, text, contents=contents)
        assert teipress("convert", f"sources/{name}").code == 0
    alone = {path.stem: body(edition, path.stem) for path in (edition / "text").glob("*.xml")}
    assert sorted(alone.values()) == sorted(f"{title} {text}" for _, title, _, text in _DAY)
    assert alone["d1911-03-02"] == "2 March The first."
    assert alone["d1911-03-02b"] == "2 March (2) The second."
    said = teipress("convert")
    assert (said.code, said.out.count("; unchanged")) == (0, 3), said
    assert {path.stem: body(edition, path.stem) for path in (edition / "text").glob("*.xml")} == alone


def test_entries_of_one_day_have_the_same_ids_alone_and_together(edition: Path, teipress: Teipress) -> None:
    contents = ["2 March", "2 March (2)", "PS 2 March"]
    for name, title, date, text in _DAY:
        source(edition, name, title, date, text, contents=contents)
    teipress("convert")
    together = {path.stem: body(edition, path.stem) for path in (edition / "text").glob("*.xml")}
    assert together == {
        "d1911-03-02": "2 March The first.",
        "d1911-03-02b": "2 March (2) The second.",
        "d1911-03-02c": "PS 2 March The afterthought.",
    }


def test_an_entry_keeps_its_id_when_another_of_its_day_comes(edition: Path, teipress: Teipress) -> None:
    source(edition, "b.txt", "Talk with Wick on 2 March 1911", "1911 Mar 2", "He talked.")
    teipress("convert")
    assert body(edition, "d1911-03-02") == "Talk with Wick on 2 March 1911 He talked."
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was out.")
    assert teipress("convert").code == 0
    texts = {path.stem: body(edition, path.stem) for path in (edition / "text").glob("*.xml")}
    assert texts == {
        "d1911-03-02": "Talk with Wick on 2 March 1911 He talked.",
        "d1911-03-02b": "2 March The tide was out.",
    }


def test_an_edited_entry_is_not_taken_by_another_of_its_day(edition: Path, teipress: Teipress, entry: Path) -> None:
    edited = edit(entry)
    source(edition, "b.txt", "PS 2 March", "1911 Mar 2", "The afterthought.")
    teipress("convert", "sources/b.txt")
    assert entry.read_bytes() == edited
    assert body(edition, "d1911-03-02b") == "PS 2 March The afterthought."


def test_an_editor_gives_ids_and_dates(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    source(edition, "b.txt", "2 March", "1911 Mar 3", "Another.")
    with (edition / "edition.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sources.entries."b.txt"]\ndate = "1911-03-02"\nid = "d1911-03-02x"\n')
    said = teipress("convert")
    assert said.code == 0, said
    assert body(edition, "d1911-03-02x") == "2 March Another."
    assert body(edition, "d1911-03-02") == "2 March The tide was out."


def test_one_id_for_two_sources_is_an_error_and_neither_is_written(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    source(edition, "b.txt", "3 March", "1911 Mar 3")
    source(edition, "c.txt", "4 March", "1911 Mar 4")
    with (edition / "edition.toml").open("a", encoding="utf-8") as file:
        for name in ("a.txt", "b.txt"):
            file.write(f'\n[sources.entries."{name}"]\nid = "d1911-03-05"\n')
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-016"])
    assert files(edition / "text") == ["d1911-03-04.xml"]


def test_volumes_hold_their_entries_in_the_order_of_days(edition: Path, teipress: Teipress) -> None:
    for name, title, date, volume in (
        ("c.txt", "3 March", "1911 Mar 3", "2"),
        ("a.txt", "2 March", "1911 Mar 2", "2"),
        ("b.txt", "2 March (2)", "1911 Mar 2", "2"),
        ("d.txt", "1 May", "1909 May 1", "1"),
    ):
        source(edition, name, title, date, volume=f"The Tidewater Journals: Volume {volume}")
    assert teipress("convert").code == 0
    included = {
        path.stem: [
            one.get("href") for one in parse(path.read_bytes()).iter("{http://www.w3.org/2001/XInclude}include")
        ]
        for path in sorted((edition / "volumes").iterdir())
    }
    assert included == {
        "the-tidewater-journals-volume-1": ["../text/d1909-05-01.xml"],
        "the-tidewater-journals-volume-2": [
            "../text/d1911-03-02.xml",
            "../text/d1911-03-02b.xml",
            "../text/d1911-03-03.xml",
        ],
    }


@pytest.mark.usefixtures("entry")
def test_a_volume_that_an_editor_ordered_stays(edition: Path, teipress: Teipress) -> None:
    (volume,) = (edition / "volumes").glob("*.xml")
    edited = edit(volume, "<author>unknown</author>", "<author>Edda Marlowe</author>")
    source(edition, "b.txt", "3 March", "1911 Mar 3")
    said = teipress("convert")
    assert (said.code, said.codes) == (1, ["C-041"])
    assert volume.read_bytes() == edited


def test_an_entry_of_an_editor_that_is_not_well_formed_is_told_and_stays(
    edition: Path, teipress: Teipress, entry: Path
) -> None:
    entry.write_bytes(entry.read_bytes().replace(b"</p>", b""))
    edited = entry.read_bytes()
    source(edition, "b.txt", "3 March", "1911 Mar 3")
    said = teipress("convert")
    assert said.code == 1, said
    assert "d1911-03-02.xml" in said.out
    assert entry.read_bytes() == edited
    assert (edition / "text" / "d1911-03-03.xml").exists()


def test_the_seal_is_broken_by_any_change() -> None:
    document = (
        b'<a><change who="#auto.struct">as written: <idno type="sha256">' + b"0" * 64 + b"</idno></change>text</a>"
    )
    sealed = store.seal(document)
    assert store.untouched(sealed)
    for at in (1, sealed.index(b"text"), len(sealed) - 2):
        assert not store.untouched(sealed[:at] + b" " + sealed[at:])
    assert not store.untouched(document)


def test_a_conflict_is_over_when_the_editor_has_seen_the_conversion(
    edition: Path, teipress: Teipress, entry: Path
) -> None:
    edit(entry)
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was out.", "The tide was in.")
    assert teipress("convert").code == 1
    mine = entry.read_text(encoding="utf-8")
    done = teipress("convert", "--accept")
    assert done.code == 0
    assert "C-04" not in done.out
    assert not entry.with_name(entry.name + ".new").exists()
    after = entry.read_text(encoding="utf-8")
    assert [one for one, other in zip(mine.splitlines(), after.splitlines(), strict=True) if one != other] == [
        next(line for line in mine.splitlines() if "as written:" in line)
    ]
    again = teipress("convert")
    assert again.code == 0
    assert "C-042" in again.out


def test_accept_and_force_contradict_each_other(teipress: Teipress, entry: Path) -> None:
    assert entry.is_file()
    assert teipress("convert", "--accept", "--force").code == 2


def test_another_source_does_not_take_the_place_of_an_entry(edition: Path, teipress: Teipress, entry: Path) -> None:
    before = entry.read_bytes()
    (edition / "sources" / "a.txt").unlink()
    source(edition, "b.txt", "2 March", "1911 Mar 2", "Quite another text.")
    said = teipress("convert")
    assert said.code == 1
    assert "C-016" in said.out
    assert "made of a.txt" in said.out
    assert entry.read_bytes() == before
    assert teipress("convert", "--force").code == 0
    assert "Quite another text." in entry.read_text(encoding="utf-8")


def test_a_source_that_was_renamed_is_the_same_source(edition: Path, teipress: Teipress, entry: Path) -> None:
    assert entry.is_file()
    (edition / "sources" / "a.txt").rename(edition / "sources" / "renamed.txt")
    assert teipress("convert").code == 0
    assert len(files(edition / "text")) == 1


def test_what_the_conversion_was_unsure_of_is_settled_by_an_editor(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The [tide was out.")
    assert "C-020" in teipress("convert").out
    path = edition / "text" / "d1911-03-02.xml"
    edit(path, "The [tide was out.", "The tide was out.")
    said = teipress("convert")
    assert said.code == 0
    assert "C-020" not in said.out


def test_a_volume_whose_entries_are_gone_goes_too(edition: Path, teipress: Teipress, entry: Path) -> None:
    volumes = list((edition / "volumes").glob("*.xml"))
    assert len(volumes) == 1
    entry.unlink()
    (edition / "sources" / "a.txt").unlink()
    source(edition, "b.txt", "3 March", "1911 Mar 3", volume="The Tidewater Journals: Volume 7")
    assert teipress("convert").code == 0
    assert [path.name for path in (edition / "volumes").glob("*.xml")] == ["the-tidewater-journals-volume-7.xml"]
