"""A pool of worker processes that outlives them: ``concurrent.futures``, but a death costs one call only.

The standard ``ProcessPoolExecutor`` is broken for good when the system kills one of its processes, and has
no way to end a call that hangs. Here every worker is a process of its own with a thread that talks to it:
when it dies or takes too long, its call fails with :class:`WorkerLostError`, and the next call gets a new one.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import IO, Any, ParamSpec, TypeVar, cast

from planparse.errors import PlanparseError
from planparse.threads import ONE_THREAD

P = ParamSpec("P")
T = TypeVar("T")

STARTING = 120.0
"""Seconds in which a new worker must say that it is ready."""

ENDING = 2.0
"""Seconds that a worker which has closed its pipes may take to end."""
STARTS = 3
"""How often a new worker may be killed before it is ready until nothing more is tried."""

KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(128 * 2**20)}
"""What tells the C library to keep freed memory, up to 128 MB of it, for the next array.

Every document makes and drops the same arrays. Dask has its workers, and what these start, give back all above
64 KB at once: ten times the page faults, and an eighth more processor time for the same documents.
"""


class WorkerLostError(Exception):
    """The process that worked on a call is gone, and the call with it."""


class WorkerStartError(PlanparseError):
    """No worker can be started at all; there is no use in trying on."""


class _Worker:
    """One process, as the thread that talks to it sees it."""

    def __init__(self, prepare: Callable[[], object] | None) -> None:
        command = [sys.executable, "-P", "-m", "planparse.batch.worker"]
        if prepare is not None:
            command.append(pickle.dumps(prepare).hex())
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the worker
        self.deadline = time.monotonic() + STARTING
        self.overdue = False
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=ONE_THREAD | os.environ | KEEP_MEMORY | {"PYTHONPATH": paths, "PYTHONFAULTHANDLER": "1"},
            # Ctrl-C in the terminal goes to the parent's group only.
            process_group=0 if os.name == "posix" else None,
        )

    @property
    def calls(self) -> IO[bytes]:
        return cast(IO[bytes], self.process.stdin)

    def receive(self) -> tuple[bool, Any]:
        """The next result; raises :class:`WorkerLostError` when there will be none."""
        try:
            answer = pickle.load(cast(IO[bytes], self.process.stdout))
        except Exception:
            raise WorkerLostError(self._end()) from None
        self.deadline = float("inf")
        return cast(tuple[bool, Any], answer)

    def send(self, call: Any, timeout: float | None) -> None:
        self.deadline = time.monotonic() + timeout if timeout else float("inf")
        try:
            pickle.dump(call, self.calls)
            self.calls.flush()
        except OSError:
            raise WorkerLostError(self._end()) from None

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self.process.kill()
        with contextlib.suppress(OSError):
            self.calls.close()
        self.process.wait()

    def _end(self) -> str:
        """Wait for a process that has hung up, make sure of it, and say how it ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(ENDING)
        self.kill()
        if self.overdue:
            return "took longer than the time limit"
        code = self.process.returncode
        if code < 0:
            try:
                name = signal.Signals(-code).name
            except ValueError:
                name = str(-code)
            return f"its worker was killed ({name}{', out of memory?' if name == 'SIGKILL' else ''})"
        return f"its worker ended with code {code}{self.last_words()}"

    def last_words(self) -> str:
        self.errors.seek(0)
        lines = self.errors.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""


class WorkerPool(Executor):
    """An :class:`~concurrent.futures.Executor` of ``workers`` processes.

    ``timeout`` is the longest that one call may take, in seconds. ``prepare`` runs once in each process
    before it takes calls, outside the limit: the place to load a model.
    """

    def __init__(
        self, workers: int, timeout: float | None = None, prepare: Callable[[], object] | None = None
    ) -> None:
        self.timeout = timeout
        self.prepare = prepare
        self._waiting: SimpleQueue[tuple[Future[Any], Any, float | None] | None] = SimpleQueue()
        self._alive: set[_Worker] = set()
        self._lock = Lock()
        self._closing = Event()
        self._cancelling = self._killed = False
        self._threads = [Thread(target=self._talk, daemon=True, name=f"worker-{i}") for i in range(workers)]
        for thread in self._threads:
            thread.start()
        self._watch = Thread(target=self._watch_deadlines, daemon=True, name="deadlines")
        self._watch.start()

    def start(self) -> None:
        """Have all workers start now; otherwise each starts when there is a call for it."""
        for _ in self._threads:
            self.submit(int)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Schedule a call; arguments and result must be picklable."""
        return self.submit_within(self.timeout, fn, *args, **kwargs)

    def submit_within(
        self, timeout: float | None, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Schedule a call that has a time limit of its own."""
        if self._closing.is_set():
            raise RuntimeError("the pool is shut down")
        future: Future[T] = Future()
        self._waiting.put((future, (fn, args, kwargs), timeout))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when the calls made so far are answered, or the waiting ones cancelled."""
        self._cancelling = self._cancelling or cancel_futures
        if not self._closing.is_set():
            self._closing.set()
            for _ in self._threads:
                self._waiting.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End the workers now; calls in the middle fail with :class:`WorkerLostError`."""
        self.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._killed = True
            for worker in self._alive:
                with contextlib.suppress(OSError):
                    worker.process.kill()
        self.shutdown(wait=True)

    @property
    def pids(self) -> list[int]:
        """Process numbers of the workers alive."""
        with self._lock:
            return [worker.process.pid for worker in self._alive]

    def _talk(self) -> None:
        worker: _Worker | None = None
        while (item := self._waiting.get()) is not None:
            future, call, timeout = item
            if self._cancelling:
                future.cancel()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if worker is None or worker.process.poll() is not None:
                    self._forget(worker)
                    worker = None  # where starting fails there is none
                    worker = self._start()
                worker.send(call, timeout)
                good, value = worker.receive()
            except (WorkerLostError, WorkerStartError) as error:
                self._forget(worker)
                worker = None
                future.set_exception(error)
            except Exception as error:  # a call that can't be pickled
                future.set_exception(error)
            else:
                if good:
                    future.set_result(value)
                else:
                    future.set_exception(value)
        self._forget(worker)

    def _start(self) -> _Worker:
        lost = None
        for _ in range(STARTS):
            worker = _Worker(self.prepare)
            with self._lock:
                self._alive.add(worker)
                if self._killed:
                    worker.process.kill()
            try:
                worker.receive()
            except WorkerLostError as error:
                self._forget(worker)
                lost = error
                if self._killed:
                    raise
                if worker.process.returncode >= 0 or worker.overdue:
                    break  # it ended by itself, and would do so again
            else:
                return worker
        raise WorkerStartError("workers", f"can't be started: {lost}", "see whether planparse extract works here")

    def _forget(self, worker: _Worker | None) -> None:
        if worker is None:
            return
        with self._lock:
            self._alive.discard(worker)
        # An idle worker ends when its input does; the kill is for one that does not.
        worker.kill()
        worker.errors.close()
        cast(IO[bytes], worker.process.stdout).close()

    def _watch_deadlines(self) -> None:
        while any(thread.is_alive() for thread in self._threads):
            now = time.monotonic()
            with self._lock:
                late = [worker for worker in self._alive if worker.deadline < now]
                for worker in late:
                    worker.overdue = True
                    with contextlib.suppress(OSError):
                        worker.process.kill()
            time.sleep(0.1)
