"""When the machine refuses or somebody stops the run: no half-written file, what was there is as it was."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.tei import parse
from tests.cli.conftest import files, source
from tests.command import TEIPRESS, Said, Teipress
from tests.command import teipress as in_a_process
from tests.conftest import REQUIRE_ALL

NOBODY = 65534


@pytest.fixture
def as_nobody(edition: Path, teipress: Teipress) -> Iterator[Callable[..., Said]]:
    """The command, called as a user without rights; the edition's folder is open to them."""
    base = Path(tempfile.gettempdir())
    above = [(one, one.stat().st_mode) for one in edition.parents if base in one.parents]
    for folder, mode in above:
        folder.chmod(mode | 0o055)
    edition.chmod(0o777)
    user = os.geteuid()
    # What the program loads when it is first needed belongs to us.
    warm = source(edition, "warm.txt", "1 January", "1900 Jan 1")
    assert teipress("convert").code == 0
    warm.unlink()
    for folder in ("text", "volumes", "schema"):
        shutil.rmtree(edition / folder)

    def call(*arguments: str) -> Said:
        if user == 0:
            os.seteuid(NOBODY)
        try:
            return teipress(*arguments)
        finally:
            os.seteuid(user)

    yield call
    for path in edition.rglob("*"):
        path.chmod(0o755)
    for folder, mode in above:
        folder.chmod(mode)


def test_a_source_without_permission_is_told_and_the_others_are_converted(
    edition: Path, as_nobody: Callable[..., Said]
) -> None:
    source(edition, "private.txt", "2 March", "1911 Mar 2").chmod(0)
    (edition / "sources" / "closed").mkdir(mode=0)
    source(edition, "good.txt", "9 March", "1911 Mar 9")
    said = as_nobody("convert")
    assert (said.code, said.codes) == (3, ["C-005"]), said
    assert said.out.count("Permission denied") == 2
    assert files(edition / "text") == ["d1911-03-09.xml"]


def test_a_folder_that_may_not_be_written_to_is_told(edition: Path, as_nobody: Callable[..., Said]) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    (edition / "text").mkdir(mode=0o555)
    said = as_nobody("convert")
    assert (said.code, said.codes) == (3, ["C-052"]), said
    assert "Permission denied" in said.out
    assert files(edition / "text") == []


def test_an_edition_toml_without_permission_is_told(edition: Path, as_nobody: Callable[..., Said]) -> None:
    (edition / "edition.toml").chmod(0)
    said = as_nobody("convert")
    assert said.code == 3
    assert "edition.toml" in said.err


def test_a_file_where_the_folder_should_be_is_told(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    (edition / "text").write_text("in the way")
    said = teipress("convert")
    assert (said.code, said.codes) == (3, ["C-052"]), said
    assert (edition / "text").read_text() == "in the way"


def test_a_folder_where_the_file_should_be_is_told(edition: Path, teipress: Teipress) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    (edition / "text" / "d1911-03-02.xml").mkdir(parents=True)
    assert teipress("convert").code == 3


def _file_limit() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))


def test_a_full_disk_leaves_old_files_whole_and_no_half_written_one(edition: Path) -> None:
    """RLIMIT_FSIZE lets a small entry through and refuses a large one in the middle of its writing."""
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    source(edition, "b.txt", "3 March", "1911 Mar 3")
    assert in_a_process("convert", cwd=edition).code == 0
    before = {name: (edition / name).read_bytes() for name in files(edition)}
    source(edition, "a.txt", "2 March", "1911 Mar 2", *["The tide was out for the whole of the day."] * 400)
    source(edition, "b.txt", "3 March", "1911 Mar 3", "The tide was in.")
    said = in_a_process("convert", cwd=edition, preexec_fn=_file_limit)
    assert said.code == 3
    assert "C-052" in said.codes
    assert "File too large" in said.out
    assert files(edition) == sorted(before)
    assert (edition / "text" / "d1911-03-02.xml").read_bytes() == before["text/d1911-03-02.xml"]
    assert b"The tide was in." in (edition / "text" / "d1911-03-03.xml").read_bytes()


def test_very_many_sources_are_converted(edition: Path) -> None:
    """10,000 sources take half a minute on two cores; elsewhere than in CI fewer of them will do."""
    count = 10_000 if REQUIRE_ALL else 500
    _many(edition, count - 1)
    (edition / "sources" / "bad.txt").write_bytes(b"")
    said = in_a_process("convert", "--format", "json", cwd=edition)
    assert said.code == 1
    report = json.loads(said.out)
    assert len(report["entries"]) == count - 1
    assert [one["code"] for one in report["diagnostics"]] == ["C-001"]
    assert len(files(edition / "text")) == count - 1


class _Fault:
    """Lets an operation through a number of times, then refuses as a full disk does."""

    def __init__(self, operation: Callable[..., object], after: int) -> None:
        self.operation = operation
        self.left = after

    def __call__(self, *arguments: object, **named: object) -> object:
        self.left -= 1
        if self.left == -1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.operation(*arguments, **named)


@pytest.mark.parametrize("after", range(4))
@pytest.mark.parametrize("operation", ["mkstemp", "fdopen", "chmod", "replace", "mkdir", "unlink"])
def test_no_fault_of_the_disk_leaves_half_a_file(
    edition: Path, teipress: Teipress, monkeypatch: pytest.MonkeyPatch, operation: str, after: int
) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    source(edition, "b.txt", "3 March", "1911 Mar 3")
    assert teipress("convert").code == 0
    before = {name: (edition / name).read_bytes() for name in files(edition)}
    source(edition, "a.txt", "2 March", "1911 Mar 2", "The tide was in.")
    source(edition, "b.txt", "3 March", "1911 Mar 3", "The tide was in.")
    with monkeypatch.context() as broken:
        if operation == "mkstemp":
            broken.setattr("tempfile.mkstemp", _Fault(tempfile.mkstemp, after))
        elif operation == "fdopen":
            broken.setattr(os, "fdopen", _Fault(os.fdopen, after))
        else:
            fault = _Fault(getattr(Path, operation), after)
            broken.setattr(Path, operation, lambda *a, **k: fault(*a, **k))
        said = teipress("convert")
    assert said.code in (0, 3)
    assert (said.code == 3) == ("No space left" in said), said
    assert files(edition) == sorted(before)
    for name in files(edition / "text"):
        data = (edition / "text" / name).read_bytes()
        parse(data)
        assert data == before[f"text/{name}"] or b"The tide was in." in data


def _many(edition: Path, count: int) -> None:
    for number in range(count):
        day = date(1900, 1, 1) + timedelta(days=number)
        source(edition, f"{number:05}.txt", f"{day.day} {day:%B}", f"{day.year} {day:%b} {day.day}")


@pytest.mark.parametrize("pool", [True, False], ids=["in a pool", "in one process"])
def test_an_interrupt_leaves_whole_files_only(edition: Path, pool: bool) -> None:
    _many(edition, 400 if pool else 0)
    if not pool:
        # Below the number from which a pool is used, large entries give the time to interrupt.
        for number in range(50):
            text = ["The tide was out for the whole of the day, and I said so."] * 300
            source(
                edition,
                f"{number}.txt",
                f"{number % 28 + 1} March",
                f"{1900 + number // 28} Mar {number % 28 + 1}",
                *text,
            )
    text = edition / "text"
    process = subprocess.Popen(
        [TEIPRESS, "convert"],
        cwd=edition,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As from a terminal: what was started in the background inherits that the signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 120
    while (
        process.poll() is None and time.monotonic() < deadline and (not text.exists() or len(list(text.iterdir())) < 2)
    ):
        time.sleep(0.002)
    # A terminal sends the signal to every process of the group.
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in out + err, err
    assert process.returncode == 130, (out[-300:], err)
    assert "interrupted" in err
    written = files(text)
    assert 2 <= len(written) < (400 if pool else 50)
    assert all(name.startswith("d19") and name.endswith(".xml") for name in written)
    for name in written:
        parse((text / name).read_bytes())


def test_an_interrupt_while_reading_is_no_error(
    edition: Path, teipress: Teipress, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    source(edition, "a.txt", "2 March", "1911 Mar 2")
    monkeypatch.setattr(ingest, "identify", interrupted)
    said = teipress("convert")
    assert said.code == 130
    assert "interrupted" in said.err
    assert not (edition / "text").exists()


def test_a_reader_that_leaves_early_is_no_error(edition: Path) -> None:
    _many(edition, 80)
    command = subprocess.run(
        ["bash", "-c", f'set -o pipefail; "{TEIPRESS}" convert | head -n 1'],
        cwd=edition,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in command.stderr
    assert "Broken pipe" not in command.stderr
    assert "Exception ignored" not in command.stderr
    assert command.stdout.count("\n") == 1
    assert len(files(edition / "text")) == 80


def test_a_closed_standard_output_is_no_traceback(edition: Path) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    command = subprocess.run(["bash", "-c", f'"{TEIPRESS}" convert >&-'], cwd=edition, capture_output=True, text=True)
    assert "Traceback" not in command.stderr
    assert files(edition / "text") == ["d1911-03-02.xml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_standard_output_on_a_full_disk_is_told(edition: Path) -> None:
    source(edition, "a.txt", "2 March", "1911 Mar 2")
    command = subprocess.run(
        ["bash", "-c", f'"{TEIPRESS}" convert >/dev/full'], cwd=edition, capture_output=True, text=True
    )
    assert "Traceback" not in command.stderr
    assert command.returncode == 3
    assert "No space left" in command.stderr


def test_a_terminal_of_another_encoding_is_no_error(edition: Path) -> None:
    source(edition, "Дневник.txt", "2 March", "1911 Mar 2", "[The tide.")
    said = in_a_process(
        "convert", cwd=edition, env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    )
    assert said.code == 1
    assert "C-020" in said.codes
