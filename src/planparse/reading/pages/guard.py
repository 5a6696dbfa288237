"""Pages read in a process of their own, so that no file can take ours down, fill its memory or keep it for ever.

PDFium, Pillow and Tesseract are C and C++ at work on whatever people send. The child gets the bytes on standard
input and answers lines of JSON; it has a limit on memory, a time by which it is killed with all that it started,
and it ends by itself when we do.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from threading import Event, Thread, Timer
from typing import IO, Any, cast

from planparse.errors import DamagedInputError, PlanparseError, TooLargeInputError
from planparse.reading.pages.model import Page, PageOptions, Progress
from planparse.reading.pages.wire import page_from

SECONDS = 900.0
"""The longest that one document may take; ``PLANPARSE_PAGE_SECONDS`` sets another limit."""
MEMORY = 6 * 1024**3
"""Bytes that the child may have; a page of 80 million pixels takes about 1 GB in all its forms."""


def read_guarded(data: bytes, name: str, suffix: str, options: PageOptions) -> tuple[list[Page], list[str]]:
    """As :func:`~planparse.reading.pages.document.read_document`, from a safe distance."""
    order = (
        json.dumps(
            {"name": name, "suffix": suffix, "ocr": options.ocr, "workers": options.workers, "memory": MEMORY}
        ).encode()
        + b"\n"
    )
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "planparse.reading.pages.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": paths},
        start_new_session=True,
    )
    late = Event()

    def end() -> None:
        late.set()
        _kill(child)

    limit = float(os.environ.get("PLANPARSE_PAGE_SECONDS") or SECONDS)
    timer = Timer(limit, end)
    timer.daemon = True
    timer.start()
    feeder = Thread(target=_feed, args=(cast(IO[bytes], child.stdin), order + data), daemon=True)
    feeder.start()
    try:
        return _answer(cast(IO[bytes], child.stdout), name, options.progress)
    except EOFError:
        if late.is_set():
            what, remedy = f"took longer than {limit:.0f} s to read", "split it into documents first"
            raise TooLargeInputError(name, what, remedy) from None
        raise DamagedInputError(name, "ended the process that read it", "save or scan it again") from None
    finally:
        timer.cancel()
        _kill(child)
        feeder.join()
        cast(IO[bytes], child.stdout).close()


def _feed(into: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError):
        into.write(data)
    with contextlib.suppress(OSError):
        into.close()


def _answer(lines: IO[bytes], name: str, progress: Progress) -> tuple[list[Page], list[str]]:
    pages: list[Page] = []
    for line in lines:
        try:
            said: dict[str, Any] = json.loads(line)
            if "done" in said:
                progress(int(said["done"]), int(said["of"]))
            elif "page" in said:
                pages.append(page_from(said["page"]))
            elif "error" in said:
                raise _error(said["error"], name)
            else:
                return pages, [str(remark) for remark in said["remarks"]]
        except (ValueError, TypeError, KeyError, IndexError):
            break
    raise EOFError


def _error(said: dict[str, Any], name: str) -> PlanparseError:
    kinds = {kind.__name__: kind for kind in PlanparseError.__subclasses__()}
    kind = kinds.get(str(said["kind"]), DamagedInputError)
    where = str(said["where"])
    return kind(name if where == "page" else where, str(said["what"]), str(said["remedy"]))


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
