"""Work on many things, in several processes where that pays; the results come in the order of the things."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Shared = TypeVar("Shared")
# Fewer things than this are done faster in this process than by starting others.
_FEW: Final = 60


class _Worker:
    """What a process of the pool was given when it began."""

    shared: Any = None


def _begin(shared: Any) -> None:
    # Ctrl-C is for the parent, which lets the pool end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Worker.shared = shared


def _do(work_on: Callable[[Any, Item], Result], item: Item) -> Result:
    return work_on(_Worker.shared, item)


def each(
    work_on: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """Yield what a function makes of each item with what all share, which each process is given once."""
    if jobs < 2 or len(items) < _FEW:
        yield from (work_on(shared, item) for item in items)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(shared,)) as pool:
        try:
            yield from pool.map(partial(_do, work_on), items, chunksize=16)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
