"""One thread for a process: planparse's matrices are small, and threads that share one mostly wait for each other.

NumPy's linear algebra starts a thread for every core as soon as it is loaded. On the matrices of the tagger of task
tables that takes three times the processor time, and as long or longer by the clock, most of all where several
workers do it at once. Cores are better used by documents: ``planparse batch --workers``.
"""

from __future__ import annotations

import os

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}
"""What the linear algebra libraries that NumPy comes with read when they are loaded."""


def use_one_thread() -> None:
    """Ask for one thread, unless the environment says otherwise; to be called before NumPy is imported.

    For programs only: a library leaves the process that it runs in as it is.
    """
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
