"""Workers that fail in the ways of the real world, chosen by what stands in an input's name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from planparse.batch.convert import convert_all
from planparse.batch.jobs import Job, Outcome


def troubled(jobs: Sequence[Job]) -> list[Outcome]:
    """Convert, but ``killer`` kills its worker, ``hang`` never ends, and ``once`` kills the first worker only."""
    for job in jobs:
        name = Path(job.path).name
        if "killer" in name:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hang" in name:
            time.sleep(3600)
        if "once" in name and not (mark := Path(job.path).with_suffix(".mark")).exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "slow" in name:
            time.sleep(0.3)
    return convert_all(jobs)


def double(number: int) -> int:
    return 2 * number


def process() -> int:
    return os.getpid()


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def die(sign: int) -> None:
    os.kill(os.getpid(), sign)


def leave(code: int) -> None:
    os._exit(code)


def complain(what: str) -> None:
    print("this must not get among the results")
    raise ValueError(what)


def unpicklable() -> object:
    return lambda: None
