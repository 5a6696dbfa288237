"""One run at a time on an output folder.

The system itself holds the lock, so that it is gone with the process however that ends; the file's text is
only there to tell a second run who holds it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from planparse.errors import ExitCode, PlanparseError, UnwritableOutputError


class LockedOutputError(PlanparseError):
    """Another run works on the output folder."""

    code = ExitCode.LOCKED


@contextlib.contextmanager
def locked(path: Path, where: str) -> Iterator[None]:
    """Hold the lock file ``path``; raises :class:`LockedOutputError` where another process has it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise UnwritableOutputError(
            where, error.strerror or "can't be written", "name a folder that you may write to"
        ) from None
    with file:
        if not _try_lock(file):
            file.seek(0)
            holder = file.read(200).decode("utf-8", "replace").strip() or "another process"
            raise LockedOutputError(where, f"a run is at work on it: {holder}", "wait for it, or stop it first")
        file.truncate(0)
        began = time.strftime("%Y-%m-%d %H:%M:%S")
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {began}\n".encode())
        file.flush()
        yield


def _try_lock(file: BinaryIO) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        # One byte far behind the text, which a second run must still be able to read.
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
