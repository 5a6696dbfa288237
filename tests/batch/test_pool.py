"""The worker pool: an executor that survives its processes."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

import faults
from planparse.batch.crew import Portion
from planparse.batch.pool import WorkerLostError, WorkerPool, WorkerStartError
from planparse.errors import UsageError


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(2, timeout=30)
    yield pool
    pool.kill()


def test_calls_come_back(pool: WorkerPool) -> None:
    assert [f.result() for f in [pool.submit(faults.double, n) for n in range(20)]] == [2 * n for n in range(20)]


def test_an_exception_comes_back_and_prints_do_not(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="so it is"):
        pool.submit(faults.complain, "so it is").result()
    assert pool.submit(faults.double, 4).result() == 8


def test_what_cannot_be_pickled_fails_alone(pool: WorkerPool) -> None:
    with pytest.raises(RuntimeError):
        pool.submit(faults.unpicklable).result()
    with pytest.raises(Exception, match="pickle"):
        pool.submit(lambda: None).result()
    assert pool.submit(faults.double, 4).result() == 8


@pytest.mark.parametrize(
    ("call", "argument", "why"),
    [(faults.die, signal.SIGKILL, "SIGKILL"), (faults.die, signal.SIGSEGV, "SIGSEGV"), (faults.leave, 7, "code 7")],
)
def test_a_death_costs_one_call(pool: WorkerPool, call: object, argument: int, why: str) -> None:
    lost = pool.submit(call, argument)  # type: ignore[arg-type]
    others = [pool.submit(faults.double, n) for n in range(6)]
    with pytest.raises(WorkerLostError, match=why):
        lost.result()
    assert [f.result() for f in others] == [2 * n for n in range(6)]


def test_a_worker_killed_between_calls_is_replaced(pool: WorkerPool) -> None:
    first = pool.submit(faults.process).result()
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    assert pool.submit(faults.double, 1).result() == 2


def test_a_hanging_call_is_ended() -> None:
    pool = WorkerPool(1, timeout=0.5)
    hanging, after = pool.submit(faults.sleep, 60), pool.submit(faults.double, 3)
    with pytest.raises(WorkerLostError, match="time limit"):
        hanging.result(timeout=20)
    assert after.result(timeout=20) == 6
    pool.shutdown()
    assert pool.pids == []


def test_shutdown_cancels_what_waits_when_told_to() -> None:
    pool = WorkerPool(1)
    futures = [pool.submit(faults.sleep, 0.3) for _ in range(5)]
    while not futures[0].running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)
    assert futures[0].result() is None
    assert futures[-1].cancelled()
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(faults.double, 1)


def test_a_worker_that_cannot_start_says_why() -> None:
    pool = WorkerPool(1, prepare=unprepared)
    with pytest.raises(WorkerStartError, match="no model here"):
        pool.submit(faults.double, 1).result(timeout=30)
    pool.shutdown()


def unprepared() -> None:
    raise OSError("no model here")


def test_a_worker_has_one_core_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    pool = WorkerPool(1, timeout=30)
    try:
        assert pool.submit(os.getenv, "OPENBLAS_NUM_THREADS").result() == "1"
        assert pool.submit(os.getenv, "MKL_NUM_THREADS").result() == "3", "who says otherwise is heard"
    finally:
        pool.kill()


def test_a_worker_keeps_its_memory_whatever_dask_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")  # as Dask's nanny has it
    pool = WorkerPool(1, timeout=30)
    try:
        assert int(pool.submit(os.getenv, "MALLOC_TRIM_THRESHOLD_").result() or 0) >= 2**24
    finally:
        pool.kill()


def test_a_call_may_have_a_limit_of_its_own(pool: WorkerPool) -> None:
    hanging, slow = pool.submit_within(0.5, faults.sleep, 60), pool.submit(faults.sleep, 1.5)
    with pytest.raises(WorkerLostError, match="time limit"):
        hanging.result(timeout=20)
    assert slow.result(timeout=20) is None


def test_workers_start_before_there_is_work_when_told_to(pool: WorkerPool) -> None:
    assert pool.pids == []
    pool.start()
    until = time.monotonic() + 20
    while len(pool.pids) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert len(pool.pids) == 2


def test_errors_get_through_a_pipe() -> None:
    error = pickle.loads(pickle.dumps(UsageError("here", "is wrong", "mend it")))
    assert (type(error), str(error), error.remedy) == (UsageError, "here: is wrong (mend it)", "mend it")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("planparse.batch.service", {"numpy", "yaml", "planparse.records", "planparse.pipeline"}),
        ("planparse.batch.cluster, planparse.batch.convert", {"numpy", "pydantic", "yaml", "planparse.pipeline"}),
    ],
    ids=["who leads a run", "a Dask worker, which hands documents on"],
)
def test_who_does_not_read_documents_loads_nothing_for_it(module: str, heavy: set[str]) -> None:
    script = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_inputs_share_a_call_only_where_they_are_short_and_many() -> None:
    portion = Portion(most=16, width=2)
    sizes = []
    for seconds in [0.04] * 60 + [0.0] * 60:
        portion.took(seconds)
        sizes.append(portion.size(waiting=portion.ahead))
    assert (sizes[0], sizes[59], sizes[119]) == (1, 10, 16)
    assert [portion.size(waiting) for waiting in (64, 40, 12, 4, 1)] == [16, 10, 3, 1, 1], "smaller towards the end"
    for _ in range(3):
        portion.took(2.0)
    assert portion.size(waiting=64) == 1
