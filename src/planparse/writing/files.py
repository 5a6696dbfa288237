"""Text onto disk in one step, or to standard output; the only module that writes."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from pathlib import Path

from planparse.errors import UnwritableOutputError


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: a reader sees the old content or the new, never a part.

    The text goes to a temporary file beside ``path``, is synced to disk and takes the name over. Folders
    on the way are made. What is no regular file (``/dev/stdout``, a pipe) is written straight.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        path = path.resolve()  # through a symbolic link, so that the link stays one
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise UnwritableOutputError(
            os.fsdecode(path), f"can't be written: {error.strerror or error}", "name another place with -o"
        ) from None


def _replace(path: Path, data: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def print_text(text: str) -> None:
    """Write data to standard output as UTF-8, whatever the terminal's own encoding is."""
    if sys.stdout is None:
        raise unprintable("it is closed")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # who reads has gone, which is no failure
    except OSError as error:
        raise unprintable(error.strerror or str(error)) from None


def unprintable(why: str) -> UnwritableOutputError:
    """The error for a standard output that takes no data."""
    return UnwritableOutputError("standard output", f"can't be written: {why}", "write to a file with -o")
