"""Who does the work: processes of this machine, or a cluster. Either way an ``Executor`` to submit calls to."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from planparse.batch.jobs import Job, Outcome
from planparse.batch.pool import WorkerLostError, WorkerPool

Work = Callable[[Sequence[Job]], list[Outcome]]


@dataclass(frozen=True)
class Crew:
    """An executor and what the run must know of it.

    ``width`` calls run at the same time, at most ``chunk`` inputs go into a call (see :class:`Portion`),
    ``ahead`` calls wait for each that runs, and ``kill`` ends them all without waiting.
    """

    executor: Executor
    width: int
    chunk: int
    ahead: int
    kill: Callable[[], None]
    around: Callable[[Work], Work] = lambda work: work
    """What must be put around the work for this crew."""
    lost: tuple[type[Exception], ...] = (WorkerLostError,)
    """What a call fails with when it did not come back."""

    @property
    def window(self) -> int:
        """Most calls under way at a time; what keeps memory flat however many inputs there are."""
        return self.width * (1 + self.ahead)


class Portion:
    """How many inputs go into a call: one, and more only where they are so short that the call itself counts.

    Towards the end there are fewer in each, so that all workers come to it together.

    >>> portion = Portion(most=16, width=2)
    >>> portion.size(waiting=100)
    1
    >>> for _ in range(100):
    ...     portion.took(0.04)
    >>> portion.size(waiting=100), portion.size(waiting=10)
    (10, 2)
    """

    WORTH = 0.4
    """Seconds of work beside which a call's way to a worker and back, some milliseconds, is nothing."""
    RECENT = 0.1
    """Weight of the latest input in the mean."""

    def __init__(self, most: int, width: int) -> None:
        self.most, self.width = most, width
        self._mean = self.WORTH

    @property
    def ahead(self) -> int:
        """How many inputs must be known to wait for calls to be as large as they may."""
        return 2 * self.width * self.most

    def size(self, waiting: int) -> int:
        """Inputs for the next call, where so many wait."""
        worth = self.WORTH / max(self._mean, 1e-6)
        return max(1, round(min(self.most, worth, waiting / (2 * self.width))))

    def took(self, seconds: float) -> None:
        """Tell how long an input took."""
        self._mean += self.RECENT * (seconds - self._mean)


def local_crew(workers: int | None, timeout: float, *, warm: bool) -> Crew:
    """Worker processes of this machine, by default one a core; ``warm`` loads the model before the first call."""
    width = workers or cores()
    pool = WorkerPool(width, timeout, prepare=warm_up if warm else None)
    # One input a call: a worker that is lost then costs no other.
    return Crew(pool, width, chunk=1, ahead=3, kill=pool.kill)


def warm_up() -> None:
    """Load the model into this process."""
    from planparse.pipeline import warm

    warm()
    gc.collect()
    # What is loaded stays, and records hold few circles: to look for garbage as often as Python does by itself costs
    # more time than memory, up to a tenth of a document's.
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def cores() -> int:
    """How many cores this process may use, containers' limits included."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:  # no such call outside Linux
        count = os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        count = min(count, max(1, int(quota) // int(period)))
    except (OSError, ValueError):
        pass
    return count
