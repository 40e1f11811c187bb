"""The text of record is safe: files are written whole, and an editor's work is never overwritten unasked.

Every file that the program writes carries, in its revisionDesc, the digest of itself as it was written. A
file that still agrees with its digest is the program's own and may be replaced; another one is an editor's.
"""

from __future__ import annotations

import difflib
import os
import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import current_thread, main_thread
from typing import Final

from pipeline.diagnostics import Diagnostic, MachineError, diagnostic

# The digest in the last change that the program wrote, and the version of the program: they are no text.
_DIGEST: Final = re.compile(rb'(<change who="#auto\.struct">[^<]*<idno type="sha256">)([0-9a-f]{64})(</idno>)')
_VERSION: Final = re.compile(rb'(<application [^>]*ident="teipress"[^>]*\bversion=")[^"]*(")')

Say = Callable[[str], None]
# So many lost lines are shown.
_SHOWN: Final = 10


def digest(document: bytes) -> str:
    """Return the digest of a document, apart from the digest in it and the program's version."""
    bare = _DIGEST.sub(rb"\g<1>\g<3>", document)
    return sha256(_VERSION.sub(rb"\g<1>\g<2>", bare)).hexdigest()


def seal(document: bytes) -> bytes:
    """Return the document with its own digest in it."""
    return _DIGEST.sub(rb"\g<1>" + digest(document).encode() + rb"\g<3>", document)


def recorded(document: bytes) -> str | None:
    """Return the digest that a document carries, None for one that the program did not write."""
    found = _DIGEST.search(document)
    return found.group(2).decode() if found else None


def untouched(document: bytes) -> bool:
    """Return whether a document is still exactly as the program wrote it."""
    return recorded(document) == digest(document)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done: it may fall between the making of a file and the note of its name."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is not signal.default_int_handler or current_thread() is not main_thread():
        yield
        return
    waiting: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if waiting:
            raise KeyboardInterrupt


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: what stood there before stays until the new one is complete.

    Raises:
        MachineError: the machine refuses to write.
    """
    with undisturbed():
        _write(path, data)


def _write(path: Path, data: bytes) -> None:
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        temporary = ""
    except OSError as error:
        raise MachineError(f"{path}: cannot be written: {reason(error)}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """Return why the machine refuses, in its own words."""
    return os.strerror(error.errno) if error.errno is not None else str(error)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: written, unchanged, forced, beside (an editor's file stays, ours is the .new) or
    accepted (it stays, and the editor has seen ours)."""

    path: Path
    what: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def written(self) -> bool:
        """Return whether the file itself now holds the new document."""
        return self.what in ("written", "forced")

    @property
    def by_hand(self) -> bool:
        """Return whether the file holds an editor's text."""
        return self.what in ("beside", "accepted")


def lines_lost(there: bytes, document: bytes) -> list[tuple[int, str]]:
    """Return the lines of a file, with their numbers, that a new document does not have."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (there, document))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        (number + 1, old[number].strip())
        for tag, first, last, _, _ in matcher.get_opcodes()
        if tag in ("replace", "delete")
        for number in range(first, last)
    ]


def _announce(path: Path, lost: list[tuple[int, str]], say: Say) -> None:
    """Say what --force is about to lose, before it is lost."""
    say(f"{path}: --force replaces {len(lost)} line{'s' if len(lost) != 1 else ''} of an editor's:")
    for number, line in lost[:_SHOWN]:
        say(f"  {number}: {line if len(line) <= 100 else line[:99] + '…'}")
    if len(lost) > _SHOWN:
        say(f"  and {len(lost) - _SHOWN} more")


def _free(path: Path, document: bytes) -> Path:
    """Return where to keep a file that is replaced: a name that is free, or that holds these very bytes."""
    for number in count(1):
        kept = path.with_name(f"{path.name}.bak" if number == 1 else f"{path.name}.{number}.bak")
        if not kept.exists() or kept.read_bytes() == document:
            return kept
    raise AssertionError  # there is always another number


def keep(
    path: Path, document: bytes, force: bool = False, accept: bool = False, say: Say = lambda _text: None
) -> Outcome:
    """Write a document of ours to the text of record, unless an editor has been there.

    A file that an editor changed stays, and the document is written beside it as <name>.new; with force it
    is replaced, after `say` was told what that loses, and kept as <name>.bak (<name>.2.bak and so on where
    there is one already). With accept, the editor has seen the new conversion: its digest is written into
    the editor's file, nothing else, and the conflict is over.

    Raises:
        MachineError: the machine refuses to read or to write.
    """
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        write_whole(path, document)
        return Outcome(path, "written")
    except OSError as error:
        raise MachineError(f"{path}: cannot be read: {reason(error)}") from error
    beside = path.with_name(path.name + ".new")
    if untouched(there) or there == document:
        beside.unlink(missing_ok=True)
        if digest(there) == digest(document):
            return Outcome(path, "unchanged")
        write_whole(path, document)
        return Outcome(path, "written")
    name = str(path)
    if force:
        lost = lines_lost(there, document)
        _announce(path, lost, say)
        kept = _free(path, there)
        write_whole(kept, there)
        write_whole(path, document)
        beside.unlink(missing_ok=True)
        return Outcome(
            path,
            "forced",
            (
                diagnostic(
                    "C-043",
                    name,
                    None,
                    f"overwritten by --force: {len(lost)} line{'s' if len(lost) != 1 else ''} of an editor's replaced",
                    f"as it was, it is {kept.name}.",
                ),
            ),
        )
    if accept and recorded(there) not in (None, digest(document)):
        write_whole(path, _DIGEST.sub(rb"\g<1>" + digest(document).encode() + rb"\g<3>", there))
        beside.unlink(missing_ok=True)
        return Outcome(path, "accepted")
    if not beside.exists() or beside.read_bytes() != document:
        write_whole(beside, document)
    if recorded(there) == digest(document):
        return Outcome(
            path,
            "beside",
            (
                diagnostic(
                    "C-042",
                    name,
                    None,
                    f"changed by hand; kept. What the program would write is beside it, in {beside.name}",
                    "nothing to do: the conversion itself is what it was.",
                ),
            ),
        )
    return Outcome(
        path,
        "beside",
        (
            diagnostic(
                "C-041",
                name,
                None,
                f"changed by hand, and the conversion is new: a conflict. Kept; the conversion is in {beside.name}",
                "carry over what you want, then say so by --accept; or take the conversion by --force.",
            ),
        ),
    )
