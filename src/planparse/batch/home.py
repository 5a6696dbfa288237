"""Where a run keeps its account: in the output folder, or beside a URL that can't be appended to.

An object store knows no appending and no locks. There the manifest grows in a folder of this machine and is
put beside the records from time to time and at the end; a lock object with a beating heart keeps other
machines away.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

from planparse.batch.lock import LockedOutputError, locked
from planparse.batch.manifest import NAME, Manifest
from planparse.batch.storage import STATE, RemoteStorage, is_url

UPLOAD_EVERY = 30.0
"""Seconds between two copies of a growing manifest to a URL."""
HEARTBEAT = 20.0
"""Seconds between two signs of life of a run on a URL."""
DEAD_AFTER = 120.0
"""Seconds without a sign of life after which a run on another machine is taken for dead."""


@contextlib.contextmanager
def at_home(output: str) -> Iterator[Manifest]:
    """The manifest of an output, open and locked; raises :class:`LockedOutputError` where it is taken."""
    if not is_url(output):
        with locked(Path(output) / STATE / "lock", output), contextlib.closing(Manifest(Path(output) / NAME)) as own:
            yield own
        return
    storage = RemoteStorage(output)
    state = _state_folder(output)
    with locked(state / "lock", output), _remote_lock(storage):
        copy = _Copy(storage, state)
        copy.fetch()
        manifest = Manifest(state / NAME, on_sync=copy.refresh)
        try:
            yield manifest
        finally:
            manifest.close()
            copy.put()


def _state_folder(output: str) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "planparse" / "batch" / hashlib.sha256(output.rstrip("/").encode()).hexdigest()[:16]


class _Copy:
    """The manifest's copy at the URL."""

    def __init__(self, storage: RemoteStorage, state: Path) -> None:
        self.storage, self.path, self.mark = storage, state / NAME, state / "uploaded"
        self.put_at = time.monotonic()

    def fetch(self) -> None:
        """Take the URL's manifest where another machine wrote it; ours has more lines where we did."""
        if not self.storage.exists(NAME):
            return
        with self.storage.open(NAME) as remote:
            data = remote.read()
        known = self.mark.read_text() if self.mark.exists() else ""
        if hashlib.sha256(data).hexdigest() != known or not self.path.exists():
            self.path.write_bytes(data)

    def refresh(self) -> None:
        """Put the manifest there if the copy is old."""
        if time.monotonic() - self.put_at > UPLOAD_EVERY:
            self.put()

    def put(self) -> None:
        """Put the manifest there."""
        data = self.path.read_bytes()
        self.storage.write(NAME, data)
        self.mark.write_text(hashlib.sha256(data).hexdigest())
        self.put_at = time.monotonic()


@contextlib.contextmanager
def _remote_lock(storage: RemoteStorage) -> Iterator[None]:
    """Hold the lock object of a URL. Runs of this machine are kept apart by a lock of the system already."""
    name = f"{STATE}/lock"
    here = f"{socket.gethostname()} {os.getpid()}"

    def holder() -> dict[str, Any]:
        try:
            with storage.open(name) as lock:
                held = json.loads(lock.read())
                return held if isinstance(held, dict) else {}
        except Exception:  # no lock, or none that anybody can read
            return {}

    def beat() -> None:
        storage.write(name, json.dumps({"holder": here, "alive": time.time()}).encode())

    def refuse(held: dict[str, Any]) -> LockedOutputError:
        return LockedOutputError(storage.url, f"a run is at work on it: {held['holder']}", "wait for it, or stop it")

    held = holder()
    elsewhere = str(held.get("holder", here)).split()[0] != socket.gethostname()
    if elsewhere and time.time() - float(held.get("alive", 0)) < DEAD_AFTER:
        raise refuse(held)
    beat()
    if (held := holder()).get("holder", here) != here:  # another machine came at the same moment
        raise refuse(held)
    over = Event()

    def live() -> None:
        while not over.wait(HEARTBEAT):
            with contextlib.suppress(Exception):  # the next beat may go through
                beat()

    Thread(target=live, daemon=True, name="heartbeat").start()
    try:
        yield
    finally:
        over.set()
        with contextlib.suppress(Exception):
            storage.fs.rm_file(f"{storage.root}/{name}")
