"""teipress validate: exit codes, the XML Schema on demand, and addresses in SARIF."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from pipeline.diagnostics import ExitCode, Report
from pipeline.output import as_sarif
from pipeline.validate import edition, grammar
from pipeline.validate.grammar import load, unreadable
from tests.command import Teipress
from tests.validate.test_grammar import ENTRY


@pytest.fixture
def teipress(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teipress:
    """The command, called in a folder with one valid entry that points to nobody."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d1911-03-02.xml").write_text(ENTRY.replace(' ref="psn:orlov"', ""), encoding="utf-8")
    return Teipress(capsys)


def refuse(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the machine refuse to read files of this name."""
    bytes_of = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return bytes_of(path)

    monkeypatch.setattr(Path, "read_bytes", refused)


def test_a_missing_file_is_a_finding_of_the_call(teipress: Teipress) -> None:
    said = teipress("validate", "none.xml", "d1911-03-02.xml", "d1911-03-02.xml/x.xml")
    assert (said.code, said.codes) == (1, ["V-013"])
    assert said.out.count("there is no such file") == 2


def test_a_file_without_permission_is_the_machines(teipress: Teipress, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "d1911-03-02.xml")
    said = teipress("validate", "d1911-03-02.xml")
    assert (said.code, said.codes) == (3, ["V-014"])
    assert "cannot be read: Permission denied" in said.out


def test_a_folder_without_permission_is_the_machines(
    teipress: Teipress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    scan = os.scandir

    def refused(path: str | os.PathLike[str]) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert teipress("validate", "closed").codes == ["V-014"]
    said = teipress("validate", tmp_path)
    assert (said.code, said.codes) == (3, ["V-014"])
    assert "1 file validated" in said.out


def test_a_loop_of_links_is_the_machines(teipress: Teipress, tmp_path: Path) -> None:
    (tmp_path / "loop.xml").symlink_to("loop.xml")
    said = teipress("validate", "loop.xml")
    assert (said.code, said.codes) == (3, ["V-014"])


def test_a_file_that_may_not_be_looked_at_is_not_called_missing(
    teipress: Teipress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d1911-03-02.xml"
    path.write_text(path.read_text().replace('edRef="#print"', 'edRef="other.xml#print"'))
    (tmp_path / "other.xml").write_text(ENTRY)
    refuse(monkeypatch, "other.xml")
    assert teipress("validate", path).codes == []


def test_xml_schema_is_asked_on_demand(teipress: Teipress, tmp_path: Path) -> None:
    assert teipress("validate", "--xsd", "d1911-03-02.xml").code == 0
    (tmp_path / "schema").mkdir()
    own = tmp_path / "schema" / "own.rng"
    shutil.copy(load().path, own)
    for file in load().path.parent.glob("*.xsd"):
        text = file.read_text(encoding="utf-8").replace('value="translation"', 'value="other"')
        (own.parent / file.name.replace("edition", "own")).write_text(text.replace("edition.xsd", "own.xsd"))
    call = ("validate", "--schema", own, "d1911-03-02.xml")
    assert teipress(*call).code == 0
    said = teipress(*call, "--xsd")
    assert (said.code, said.codes) == (1, ["V-011"])
    assert "own.rng accepts what own.xsd does not" in said.out


def test_xml_schema_cannot_be_asked_where_there_is_none(teipress: Teipress, tmp_path: Path) -> None:
    shutil.copy(load().path, tmp_path / "own.rng")
    said = teipress("validate", "--schema", "own.rng", "--xsd", "d1911-03-02.xml")
    assert (said.code, said.out) == (2, "")
    assert "there is no own.xsd beside own.rng" in said.err


def test_every_file_is_asked_of_the_xml_schema(teipress: Teipress, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def agree(_root: object, name: str, _schema: object) -> tuple[()]:
        asked.append(name)
        return ()

    monkeypatch.setattr(grammar, "agree", agree)
    assert teipress("validate", "d1911-03-02.xml").code == 0
    assert asked == []
    assert edition.validate_paths([Path("d1911-03-02.xml")], load(), xsd=True).exit_code is ExitCode.DONE
    assert asked == ["d1911-03-02.xml"]


def test_sarif_names_a_file_by_an_address(teipress: Teipress, tmp_path: Path) -> None:
    bad = tmp_path / "a file & #1 é.xml"
    bad.write_text("<TEI")
    for call, scheme, path in ((bad, "file", str(bad)), (bad.name, "", bad.name)):
        (run,) = json.loads(teipress("validate", call, "--format", "sarif").out)["runs"]
        assert run["columnKind"] == "unicodeCodePoints"
        uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        parts = urlsplit(uri)
        assert (parts.scheme, parts.netloc, unquote(parts.path), parts.fragment) == (scheme, "", path, "")
        assert uri.startswith("file:///") or not scheme


def test_a_name_that_is_no_unicode_has_an_address_too() -> None:
    name = os.fsdecode(b"/a/\xff.xml")
    log = json.loads(as_sarif(Report((unreadable(name, FileNotFoundError(2, "x")),))))
    where = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "file:///a/%FF.xml"
