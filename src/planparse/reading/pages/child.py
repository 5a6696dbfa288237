"""The process that reads pages for :mod:`~planparse.reading.pages.guard`: an order and bytes in, JSON lines out."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from threading import Thread
from typing import Any

from planparse.errors import PlanparseError
from planparse.reading.pages.document import read_document
from planparse.reading.pages.model import PageOptions
from planparse.reading.pages.wire import page_to


def main() -> None:
    """Read one document and answer."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not end up among the answers
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    _confine(order["memory"])
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()

    def say(**said: Any) -> None:
        out.write(json.dumps(said, ensure_ascii=False) + "\n")
        out.flush()

    name = order["name"]
    try:
        pages, remarks = read_document(
            data,
            name,
            order["suffix"],
            PageOptions(order["ocr"], lambda done, of: say(done=done, of=of), order["workers"]),
        )
        for page in pages:
            say(page=page_to(page))
        say(remarks=remarks)
    except PlanparseError as error:
        fault = {"kind": type(error).__name__, "where": error.where, "what": error.what, "remedy": error.remedy}
        say(error=fault)
    except MemoryError:
        fault = {"kind": "TooLargeInputError", "where": name, "what": "needs more memory than a document may have",
                 "remedy": "scan it at 300 dpi, or split it"}  # fmt: skip
        say(error=fault)
    except Exception as error:  # whatever a library makes of a broken file
        what = f"can't be read: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        say(error={"kind": "DamagedInputError", "where": name, "what": what, "remedy": "save or scan it again"})


def _confine(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024 * 1024, 256 * 1024 * 1024))


def _end_with(parent: int) -> None:
    """End this process, and what it started, when its parent has gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    if os.name == "posix":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
