"""Files as a scanner drops them: told of by the system, taken when they have come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Protocol

from planparse.batch.discovery import Input
from planparse.errors import UsageError

LOOK_EVERY_MS = 250
"""How often files that have not come to rest are looked at again, in milliseconds."""


class Select(Protocol):
    """Inputs at a place; see :func:`~planparse.batch.discovery.discover`."""

    def __call__(self) -> Iterator[Input]:
        """All inputs there now."""


class Resting:
    """Which files have not changed for a while.

    >>> resting = Resting(settle=2.0, clock=iter([0.0, 1.0, 2.5]).__next__)
    >>> state = {"a": (10, 1)}
    >>> [resting.rested(state) for _ in range(3)]
    [[], [], ['a']]
    """

    def __init__(self, settle: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.settle, self.clock = settle, clock
        self._since: dict[str, tuple[float, object]] = {}

    def rested(self, states: dict[str, tuple[int, int]]) -> list[str]:
        """The keys whose state (size, time of change) has been the same for long enough."""
        now = self.clock()
        self._since = {
            key: before if (before := self._since.get(key)) and before[1] == state else (now, state)
            for key, state in states.items()
        }
        return [key for key, (since, _) in self._since.items() if now - since >= self.settle]


def require_watchfiles() -> None:
    """Raise :class:`~planparse.errors.UsageError` where the package that watches is not installed."""
    if find_spec("watchfiles") is None:
        raise UsageError("--watch", "watching needs watchfiles", "pip install 'planparse[watch]'")


def watch_folder(
    root: str, inputs: Select, done: Callable[[Input, float], bool], *, settle: float, stop: Event
) -> Iterator[list[Input]]:
    """Yield the inputs below ``root`` that came or changed, once they rest, until ``stop`` is set.

    ``done`` tells, by the time of a file's last change, whether an input has been dealt with; it is asked
    at the start, for what came while nobody watched, and whenever something below ``root`` moved.
    """
    require_watchfiles()
    from watchfiles import watch

    resting = Resting(settle)
    moved = True
    open_ones: dict[str, Input] = {}
    events = watch(
        root,
        watch_filter=None,
        stop_event=stop,
        rust_timeout=LOOK_EVERY_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changes in events:
        if changes or moved:
            moved = False
            open_ones = {i.key: i for i in inputs() if not done(i, _changed(i.path))}
        states = {key: state for key, found in open_ones.items() if (state := _state(found.path)) is not None}
        ready = [open_ones.pop(key) for key in resting.rested(states)]
        if ready:
            yield ready


def _state(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _changed(path: str) -> float:
    try:
        status = Path(path).stat()
    except OSError:
        return 0.0
    # A file that was moved or copied here keeps its old time of change, but not this one.
    return max(status.st_mtime, status.st_ctime)
