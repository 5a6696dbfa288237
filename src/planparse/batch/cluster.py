"""The same work on a Dask cluster: the runner sees an ``Executor``, the workers their own guarded pools.

A Dask worker can neither end a task that hangs nor survive one that is killed. So each keeps a
:class:`~planparse.batch.pool.WorkerPool` of its own and hands it one document at a time; what is lost there
costs that document, and what is lost with a whole machine Dask gives to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from threading import Lock

from planparse.batch.crew import Crew, Work, warm_up
from planparse.batch.fingerprint import stamp_of
from planparse.batch.jobs import Job, Outcome
from planparse.batch.pool import WorkerLostError, WorkerPool
from planparse.errors import ClusterLostError, UsageError

CHUNK = 4
"""Documents in a Dask task: few, so that the end of a run is even, but enough to hide the scheduler's round."""
CONNECTING = 20
"""Seconds in which the scheduler must answer."""

_pools: dict[float, WorkerPool] = {}
_pools_lock = Lock()


def dask_crew(address: str, timeout: float) -> Crew:
    """The workers of a Dask cluster.

    Raises :class:`ClusterLostError` where no scheduler answers and :class:`~planparse.errors.UsageError`
    where the workers have another planparse than this machine: records would not be the same.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise UsageError("--scheduler", "a cluster needs Dask", "pip install 'planparse[dask]'") from None
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterLostError(address, f"no scheduler answers: {error}", "start dask scheduler there") from None
    threads = sum(client.ncores().values())
    if not threads:
        client.close()
        raise ClusterLostError(address, "the scheduler has no workers", "start dask worker on some machines")
    ours = stamp_of("", force=False)
    for worker, theirs in client.run(stamp_of, "", force=False).items():
        if (difference := theirs.change_to(ours)) is not None:
            client.close()
            raise UsageError(worker, f"has another planparse: {difference}", "install the same on all machines")

    def close() -> None:
        client.close(timeout=5)

    return Crew(
        client.get_executor(pure=False),
        threads,
        chunk=CHUNK,
        ahead=2,
        kill=close,
        around=partial(_guarded, timeout),
        lost=(WorkerLostError, KilledWorker),
    )


def _guarded(timeout: float, work: Work) -> Work:
    return partial(guarded, timeout, work)


def guarded(timeout: float, work: Work, jobs: Sequence[Job]) -> list[Outcome]:
    """Do a chunk of jobs in the pool of this Dask worker, each with a second try."""
    pool = _pool(timeout)
    futures = [(job, pool.submit(work, [job])) for job in jobs]
    outcomes = []
    for job, future in futures:
        try:
            outcomes += future.result()
        except WorkerLostError:
            outcomes += _again(pool, work, job)
    return outcomes


def _again(pool: WorkerPool, work: Work, job: Job) -> list[Outcome]:
    try:
        return pool.submit(work, [job]).result()
    except WorkerLostError as lost:
        return [Outcome(job.key, "failed", error=f"{lost}, 2 times", lasting=False)]


def _pool(timeout: float) -> WorkerPool:
    """The pool of this process, as wide as Dask runs tasks in it."""
    from distributed import get_worker

    with _pools_lock:
        if timeout not in _pools:
            _pools[timeout] = WorkerPool(get_worker().state.nthreads, timeout, prepare=warm_up)
        return _pools[timeout]
