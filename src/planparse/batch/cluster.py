"""The same work on a Dask cluster: the runner sees an ``Executor``, the workers their own guarded pools.

A Dask worker can neither end a task that hangs nor survive one that is killed. So each keeps a
:class:`~planparse.batch.pool.WorkerPool` of its own and hands it one document at a time; what is lost there
costs that document, and what is lost with a whole machine Dask gives to another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from threading import Lock
from typing import Any

from planparse.batch.crew import Crew, Work, warm_up
from planparse.batch.fingerprint import stamp_of
from planparse.batch.jobs import Job, Outcome, Stamp
from planparse.batch.pool import WorkerLostError, WorkerPool
from planparse.errors import ClusterLostError, UsageError

CHUNK = 16
"""Most documents in a Dask task, which very short ones are put into together."""
CONNECTING = 20
"""Seconds in which the scheduler must answer."""

_pool: WorkerPool | None = None
"""The pool of this process, if it is a Dask worker that has worked; it stays warm for the next run."""
_pool_lock = Lock()


def dask_crew(address: str, timeout: float) -> Crew:
    """The workers of a Dask cluster.

    Raises :class:`ClusterLostError` where no scheduler answers and :class:`~planparse.errors.UsageError`
    where the workers have another planparse than this machine: records would not be the same.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm import get_address_host_port
    except ImportError:
        raise UsageError("--scheduler", "a cluster needs Dask", "pip install 'planparse[dask]'") from None
    try:
        get_address_host_port(address)
    except ValueError as error:
        raise UsageError(f"--scheduler {address}", str(error), "write tcp://HOST:8786") from None
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterLostError(address, f"no scheduler answers: {error}", "start dask scheduler there") from None
    threads = sum(client.ncores().values())
    if not threads:
        client.close()
        raise ClusterLostError(address, "the scheduler has no workers", "start dask worker on some machines")
    ours = stamp_of("", force=False)
    try:
        for where, answer in client.run(enlist, on_error="return").items():
            if isinstance(answer, OSError):
                continue  # it is gone already; the others do its share
            if isinstance(answer, Exception):
                raise UsageError(where, f"can't load planparse: {answer}", "install 'planparse[dask]' there")
            _require(answer, ours, where)
    except BaseException:
        client.close()
        raise

    def close() -> None:
        client.close(timeout=5)

    return Crew(
        client.get_executor(pure=False),
        threads,
        chunk=CHUNK,
        ahead=2,
        kill=close,
        around=lambda work: partial(guarded, ours, timeout, work),
        lost=(WorkerLostError, KilledWorker),
    )


def enlist(dask_worker: Any) -> Stamp:
    """Which planparse this Dask worker has; its pool starts meanwhile."""
    _pool_of(dask_worker).start()
    return stamp_of("", force=False)


def _require(theirs: Stamp, ours: Stamp, where: str) -> None:
    if (difference := theirs.change_to(ours)) is not None:
        raise UsageError(where, f"has another planparse: {difference}", "install the same on all machines")


def guarded(ours: Stamp, timeout: float, work: Work, jobs: Sequence[Job]) -> list[Outcome]:
    """Do a chunk of jobs in the pool of this Dask worker, each with a second try."""
    from distributed import get_worker

    here = get_worker()
    # A worker that joined the cluster since the run began was not asked.
    _require(stamp_of("", force=False), ours, here.address)
    pool = _pool_of(here)

    def call(job: Job) -> Future[list[Outcome]]:
        return pool.submit_within(timeout, work, [job])

    outcomes = []
    for job, future in [(job, call(job)) for job in jobs]:
        try:
            outcomes += future.result()
        except WorkerLostError:
            outcomes += _second_try(call, job)
    return outcomes


def _second_try(call: Callable[[Job], Future[list[Outcome]]], job: Job) -> list[Outcome]:
    try:
        return call(job).result()
    except WorkerLostError as lost:
        return [Outcome(job.key, "failed", error=f"{lost}, 2 times", lasting=False)]


def _pool_of(dask_worker: Any) -> WorkerPool:
    """The pool of this process, as wide as Dask runs tasks in it."""
    global _pool
    with _pool_lock:
        if _pool is None:
            _pool = WorkerPool(dask_worker.state.nthreads, prepare=warm_up)
        return _pool
