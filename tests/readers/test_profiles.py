"""Another archive's captures need a profile and no programming; a wrong profile says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Source
from pipeline.readers import all_readers, read
from pipeline.readers.profile import _TABLES, DETAILS, VALUES, ProfileError, load_profile
from pipeline.tei import T, parse
from tests.command import Teipress

ARCHIVE = Path(__file__).parent / "archive"
REPOSITORY = Path(__file__).parents[2]
PROFILE = ARCHIVE / "muehlsiel.toml"
SOURCE = ARCHIVE / "1911-03-02.txt"
EDITION = '[edition]\ntitle = "Am Siel"\n\n[sources]\nprofiles = ["muehlsiel.toml"]\n'


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """An edition whose sources come from the other archive."""
    (tmp_path / "edition.toml").write_text(EDITION, encoding="utf-8")
    (tmp_path / "muehlsiel.toml").write_bytes(PROFILE.read_bytes())
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / SOURCE.name).write_bytes(SOURCE.read_bytes())
    return tmp_path


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, edition: Path) -> Teipress:
    """The command, called in the edition's folder."""
    monkeypatch.chdir(edition)
    return Teipress(capsys)


def test_another_archive_is_read_by_its_profile() -> None:
    capture, found = read(Source("a.txt", SOURCE.read_bytes()), all_readers((PROFILE,)))
    assert capture is not None
    assert found == ()
    assert (capture.profile, capture.archive) == ("muehlsiel", "Hafenarchiv Mühlsiel")
    assert (capture.title, capture.date, capture.author) == ("2. März", "1911-03-02", "Marlowe, Edda (Quist)")
    assert dict(capture.details) == {
        "title": "2. März",
        "author": "Marlowe, Edda (Quist)",
        "repository": "Hafenarchiv Mühlsiel",
        "identifier": "HM 14/2",
        "description": "Von der Mole & vom Wind.",
        "date": "2. März 1911",
        "volume": "Tagebücher vom Siel, Band 2",
    }
    assert capture.volume is not None
    assert (capture.volume.title, capture.volume.n) == ("Tagebücher vom Siel", "2")
    assert [(pane.side, pane.language) for pane in capture.panes] == [("transcription", "de"), ("translation", "en")]
    assert [line.text for line in capture.panes[1].lines if not line.blank][-1] == "At night there was fog on the mole."


def test_the_command_converts_it_with_the_profile_of_the_edition(command: Teipress, edition: Path) -> None:
    said = command("convert")
    assert said.code == 0, said
    root = parse((edition / "text" / "d1911-03-02.xml").read_bytes())
    divs = list(root.iter(f"{T}div"))
    assert sorted(div.get("subtype", "") for div in divs) == ["transcription", "translation"]
    pages = [(pb.get("n"), pb.get("edRef")) for pb in root.iter(f"{T}pb")]
    assert pages == [("11", "#original"), ("12", "#original"), ("79", "#print"), ("80", "#print")]
    assert [one.get("n") for one in root.iter(f"{T}milestone")] == ["§", "§"]
    assert len(list(divs[0].iter(f"{T}p"))) == 2


def test_without_the_profile_it_is_refused_with_the_reason() -> None:
    _, found = read(Source("a.txt", SOURCE.read_bytes()), all_readers())
    assert [one.code for one in found] == ["C-006"]
    assert "docs/profiles.md" in found[0].hint


def test_the_shipped_profile_does_not_take_the_other_archives_page_or_the_other_way_round() -> None:
    from tests.capture import entry

    capture, _ = read(Source("a.txt", entry("The tide was out.").encode()), all_readers((PROFILE,)))
    assert capture is not None
    assert capture.profile == "sda"


def test_values_may_stand_on_the_next_line(tmp_path: Path) -> None:
    profile = PROFILE.read_text(encoding="utf-8").replace('values = "after"\nseparator = ": "', 'values = "next line"')
    (tmp_path / "p.toml").write_text(profile, encoding="utf-8")
    source = SOURCE.read_text(encoding="utf-8")
    head, _, rest = source.partition("\nUmschrift\n")
    source = head.replace(": ", "\n").replace("Empfänger:", "Empfänger\n—") + "\nUmschrift\n" + rest
    capture, found = read(Source("a.txt", source.encode()), all_readers((tmp_path / "p.toml",)))
    assert found == ()
    assert capture is not None
    assert (capture.title, capture.date) == ("2. März", "1911-03-02")
    assert "recipient" not in capture.details


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "muehlsiel"', "", "name"),
        ('name = "muehlsiel"', "name = 3", "name"),
        ('archive = "Hafenarchiv Mühlsiel"', "", "archive"),
        ("[head]", "[heads]", "heads"),
        ("[head]", 'head = "x"\n[volume2]', "volume2"),
        ("author = ", "writer = ", "[head] writer"),
        ("(?P<author>.+?)", ".+?", "head.author"),
        ("(?P<n>\\d{1,4})", "\\d{1,4}", "lines.page"),
        ("'^\\s*§\\s*$'", "'^\\s*(§\\s*$'", "lines.ornament"),
        ("'^\\s*§\\s*$'", "3", "lines.ornament"),
        ("ornament = ", "# ", "lines.ornament"),
        ("heading = '^Umschrift\\s*$'", "", "heading"),
        ('side = "transcription"', 'side = "left"', "side"),
        ('values = "after"', 'values = "before"', "details.values"),
        ('"Datum" = "date"', '"Datum" = "day"', "details.labels"),
        ('separator = ": "', "separator = 3", "details.separator"),
        ('no_value = ["—", "ohne"]', 'no_value = "—"', "details.no_value"),
        ('no_value = ["—", "ohne"]', "no_value = 3", "details.no_value"),
        ('"Datum" = "date"', '"Datum" = ["date"]', "details.labels"),
        ('language = "en"', "language = 1", "language"),
        ("[details.labels]", "[details.label]", "label"),
    ],
)
def test_a_wrong_profile_names_the_file_and_the_key(
    command: Teipress, edition: Path, old: str, new: str, key: str
) -> None:
    text = PROFILE.read_text(encoding="utf-8")
    assert old in text
    (edition / "muehlsiel.toml").write_text(text.replace(old, new), encoding="utf-8")
    said = command("convert")
    assert said.code == 2, said
    assert "muehlsiel.toml" in said.err
    assert key in said.err
    assert not (edition / "text").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"name = ", b"", b"panes = 3", b"[panes]\nside = 3", b"details = []"])
def test_what_is_no_profile_is_an_error_of_the_call(command: Teipress, edition: Path, data: bytes) -> None:
    (edition / "muehlsiel.toml").write_bytes(data)
    said = command("convert")
    assert said.code == 2, said
    assert "muehlsiel.toml" in said.err


def test_a_profile_that_is_not_there_is_an_error_of_the_call(command: Teipress, edition: Path) -> None:
    (edition / "muehlsiel.toml").unlink()
    said = command("convert")
    assert (said.code, "muehlsiel.toml" in said.err) == (2, True)


def test_every_key_is_explained() -> None:
    page = (REPOSITORY / "docs" / "profiles.md").read_text(encoding="utf-8")
    for table, keys in _TABLES.items():
        for key in keys:
            name = f"{table}.{key}" if table else key
            assert f"`{name}`" in page, f"docs/profiles.md does not explain {name}"
    for word in (*DETAILS, *VALUES):
        assert f"`{word}`" in page or f'`"{word}"`' in page


def test_the_example_of_the_documentation_is_the_one_that_is_tested() -> None:
    page = (REPOSITORY / "docs" / "profiles.md").read_text(encoding="utf-8")
    assert PROFILE.read_text(encoding="utf-8").split("\n", 1)[1].strip() in page
    with pytest.raises(ProfileError):
        load_profile(Path("not-there.toml"))
