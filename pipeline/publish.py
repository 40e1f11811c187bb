"""Publishing: a build is made beside the old one and swapped in whole; what fails leaves the old one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from pipeline.diagnostics import MachineError
from pipeline.store import reason

# Folders of builds that are being made; one that a kill left behind is cleared by the next build.
_FRESH: Final = ".building-"
_OLD: Final = ".old-"


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as the target, and take away what is left of it at the end.

    Raises:
        MachineError: the machine refuses to write there.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_FRESH, dir=target))
    except OSError as error:
        raise MachineError(f"{target}: cannot be written: {reason(error)}") from error
    try:
        yield folder
    except OSError as error:
        raise MachineError(f"{error.filename or folder}: cannot be written: {reason(error)}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_leftovers(target: Path) -> None:
    """Take away what a killed build left in the target; an old build that was on its way out comes back first."""
    if not target.is_dir():
        return
    for old in target.glob(f"{_OLD}*"):
        place = target / old.name.removeprefix(_OLD)
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
    for folder in target.glob(f"{_FRESH}*"):
        shutil.rmtree(folder, ignore_errors=True)


def swap(fresh: Path, place: Path) -> None:
    """Put a finished folder in the place of the old one, which stays if that fails.

    Raises:
        MachineError: the machine refuses.
    """
    old = place.with_name(_OLD + place.name)
    try:
        fresh.chmod(0o755)
        if place.exists():
            place.rename(old)
        try:
            fresh.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    except OSError as error:
        raise MachineError(f"{place}: cannot be replaced: {reason(error)}") from error
    shutil.rmtree(old, ignore_errors=True)


def files_below(folder: Path) -> list[Path]:
    """Return the files below a folder, in order of their paths; hidden ones and Python's caches are left out."""

    def shown(path: Path) -> bool:
        return not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)

    return sorted(path for path in folder.rglob("*") if path.is_file() and shown(path))


def digest_of(folder: Path, leave_out: tuple[Path, ...] = ()) -> str:
    """Return a digest of the names and contents of the files below a folder."""
    total = sha256()
    for path in files_below(folder):
        if any(path.is_relative_to(out) for out in leave_out):
            continue
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()
