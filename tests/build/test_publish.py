"""A build is swapped in whole; whatever fails leaves the old one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import build as building
from pipeline import publish
from pipeline.build import build
from pipeline.config import Edition, load
from pipeline.diagnostics import MachineError, Report, diagnostic
from pipeline.publish import clear_leftovers, digest_of, files_below, fresh_folder, swap
from pipeline.render.volumes import Volume

TEI = Path(__file__).parents[2] / "tei"


def folder(path: Path, **files: str) -> Path:
    """Make a folder with these files."""
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return a copy of the sample edition with one entry of each volume, quick to build."""
    root = tmp_path / "tei"
    shutil.copytree(TEI, root, ignore=shutil.ignore_patterns("build", "sources", "*.new"))
    for volume in (root / "volumes").glob("*.xml"):
        text = volume.read_text(encoding="utf-8")
        includes = [line for line in text.splitlines(keepends=True) if "<xi:include" in line]
        for line in includes[1:]:
            text = text.replace(line, "")
            (root / "text" / Path(line.split('"')[1]).name).unlink()
        volume.write_text(text, encoding="utf-8")
    return load(root)


def test_swap_replaces_a_folder_whole(tmp_path: Path) -> None:
    old = folder(tmp_path / "web", a="old", b="old")
    swap(folder(tmp_path / "fresh", a="new"), old)
    assert [path.name for path in files_below(old)] == ["a"]
    assert (old / "a").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


def test_a_swap_that_fails_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, fresh = folder(tmp_path / "web", a="old"), folder(tmp_path / "fresh", a="new")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == fresh:
            raise OSError(28, "No space left on device", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(MachineError, match="No space left on device"):
        swap(fresh, old)
    assert (old / "a").read_text() == "old"


def test_what_a_killed_build_left_is_cleared_and_an_old_build_comes_back(tmp_path: Path) -> None:
    folder(tmp_path / ".old-web", a="old")
    folder(tmp_path / ".building-x1", a="half")
    clear_leftovers(tmp_path)
    assert (tmp_path / "web" / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


def test_an_old_build_beside_a_finished_new_one_is_taken_away(tmp_path: Path) -> None:
    folder(tmp_path / ".old-web", a="old")
    folder(tmp_path / "web", a="new")
    clear_leftovers(tmp_path)
    assert (tmp_path / "web" / "a").read_text() == "new"
    assert not (tmp_path / ".old-web").exists()


def test_a_fresh_folder_is_gone_when_its_work_fails(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="No space"), fresh_folder(tmp_path / "build") as fresh:
        (fresh / "a").write_text("half")
        raise OSError(28, "No space left on device", str(fresh))
    assert list((tmp_path / "build").iterdir()) == []


def test_the_digest_tells_names_and_contents(tmp_path: Path) -> None:
    one = folder(tmp_path / "one", a="1", b="2")
    two = folder(tmp_path / "two", a="1", b="2")
    assert digest_of(one) == digest_of(two)
    (two / "b").rename(two / "c")
    assert digest_of(one) != digest_of(two)
    (two / "c").rename(two / "b")
    (two / "b").write_text("3")
    assert digest_of(one) != digest_of(two)
    assert digest_of(one, (one / "b",)) == digest_of(two, (two / "b",))


def test_a_part_with_an_error_is_not_published_and_the_old_one_stays(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    assert build(edition, target, ("web",)).published == ("web",)
    before = digest_of(target / "web")

    def spoil(_edition: Edition, _volumes: tuple[Volume, ...], out: Path, _jobs: int) -> Report:
        (out / "index.html").write_text("half")
        return Report((diagnostic("C-052", "index.html", None, "a fault of the test"),))

    monkeypatch.setitem(building._RENDER, "web", spoil)
    built = build(edition, target, ("web",), clean=True)
    assert built.published == ()
    assert digest_of(target / "web") == before
    assert {path.name for path in target.iterdir()} == {"web", "report.json", ".stamp.json"}


def test_a_disk_that_is_full_while_rendering_leaves_the_old_site(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    build(edition, target, ("web",))
    before = digest_of(target)

    def full(_edition: Edition, _volumes: tuple[Volume, ...], out: Path, _jobs: int) -> Report:
        raise OSError(28, "No space left on device", str(out / "index.html"))

    monkeypatch.setitem(building._RENDER, "web", full)
    with pytest.raises(MachineError, match="No space left on device"):
        build(edition, target, ("web",), clean=True)
    assert digest_of(target) == before
    assert not list(target.glob(f"{publish._FRESH}*"))


def test_building_one_part_leaves_the_other(edition: Edition, tmp_path: Path) -> None:
    target = tmp_path / "out"
    build(edition, target)
    books = digest_of(target / "print")
    assert build(edition, target, ("web",)).unchanged
    built = build(edition, target, ("web",), clean=True)
    assert built.published == ("web",)
    assert digest_of(target / "print") == books
    assert build(edition, target).unchanged


def test_an_entry_that_is_no_xml_is_an_error_of_the_build(edition: Edition, tmp_path: Path) -> None:
    first = min(edition.text.glob("*.xml"))
    first.write_text("<TEI><p>never closed</TEI>", encoding="utf-8")
    built = build(edition, tmp_path / "out", ("web",))
    assert built.report.exit_code == 1
    assert any(found.file.endswith(first.name) and found.line for found in built.report.diagnostics)


def test_an_edition_is_not_published_without_an_entry_that_cannot_be_read(edition: Edition, tmp_path: Path) -> None:
    target = tmp_path / "out"
    build(edition, target)
    before = {part: digest_of(target / part) for part in ("web", "print")}
    first = min(edition.text.glob("*.xml"))
    first.write_text(first.read_text(encoding="utf-8").replace("</div>", "</dv>"), encoding="utf-8")
    built = build(edition, target)
    assert built.published == ()
    assert built.report.exit_code == 1
    assert {part: digest_of(target / part) for part in ("web", "print")} == before
