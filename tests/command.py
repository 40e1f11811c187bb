"""The command as users call it, in a process of its own or in this one."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.cli import run
from pipeline.readers.profile import load_profile

TEIPRESS = str(Path(sys.executable).with_name("teipress"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a run of the command said, and its exit code."""

    code: int
    out: str
    err: str

    def __contains__(self, text: str) -> bool:
        return text in self.out or text in self.err

    @property
    def codes(self) -> list[str]:
        """Return the codes of the findings, in the order in which they were told, each once."""
        return list(dict.fromkeys(re.findall(r": (?:error|warning|info) ([A-Z]-\d{3}): ", self.out)))


class Teipress:
    """Runs the command in this process; no run may show a traceback."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> Said:
        self.capture.readouterr()
        # A run in a process of its own has read no profile yet.
        for cached in (ingest._readers, ingest._profile, load_profile):
            cached.cache_clear()
        code = run([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)


def teipress(*arguments: str | Path, cwd: Path | None = None, **more: object) -> Said:
    """Run the installed command in a process of its own; no run may show a traceback."""
    done = subprocess.run(  # type: ignore[call-overload]
        [TEIPRESS, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", cwd=cwd, **more
    )
    assert "Traceback" not in done.stdout + done.stderr
    return Said(done.returncode, done.stdout, done.stderr)
