"""A worker process: calls in on standard input, results out on standard output, until the input ends.

Started by :mod:`~planparse.batch.pool` as ``python -m planparse.batch.worker``. Calls and results are
pickles, one after the other; each result is ``(True, value)`` or ``(False, exception)``.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

READY = "ready"

Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def serve(calls: BinaryIO, results: BinaryIO) -> None:
    """Answer calls one by one; the process ends when ``calls`` does, even in the middle of a call.

    Reading goes on in a thread of its own, so that a worker whose parent was killed does not work on, and
    above all does not hang on, for nobody.
    """
    waiting: SimpleQueue[Call] = SimpleQueue()

    def read() -> None:
        try:
            while True:
                waiting.put(pickle.load(calls))
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)

    pickle.dump((True, READY), results)
    results.flush()
    Thread(target=read, daemon=True).start()
    while True:
        function, args, kwargs = waiting.get()
        try:
            answer = (True, function(*args, **kwargs))
        except Exception as error:
            answer = (False, error)
        try:
            message = pickle.dumps(answer)
        except Exception as error:
            message = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        results.write(message)
        results.flush()


def main() -> None:
    """Give the pipes to :func:`serve`, and keep them from everybody else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    calls = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    # What a library prints must not end up among the results.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    if len(sys.argv) > 1:
        prepare: Callable[[], object] = pickle.loads(bytes.fromhex(sys.argv[1]))
        prepare()
    serve(calls, results)


if __name__ == "__main__":
    main()
