"""What Tesseract read of a page, kept by the page's picture, so that no page is read twice.

The cache has a limit; when it is full the readings that were kept first go.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from planparse.reading.pages.model import Page
from planparse.reading.pages.picture import Grey
from planparse.reading.pages.wire import page_from, page_to

SHAPE = "2"
"""Changed when pages are read otherwise, so that what was kept no longer counts."""

LIMIT_MB = 500
"""Megabytes that the cache may take, some 20,000 pages; ``PLANPARSE_CACHE_MB`` sets another limit."""
_LOOK_EVERY = 64
_AFTER = 0.9
"""To this share of the limit the cache is cut, so that it is not cut at every page."""


def folder() -> Path | None:
    """Where readings are kept; ``PLANPARSE_CACHE`` names another place, or none at all if it is empty."""
    chosen = os.environ.get("PLANPARSE_CACHE")
    if chosen is not None:
        return Path(chosen) / "ocr" if chosen else None
    try:
        import platformdirs
    except ImportError:
        return None
    return Path(platformdirs.user_cache_dir("planparse", appauthor=False)) / "ocr"


def key_of(grey: Grey, dpi: float, reader: str) -> str:
    """The name under which the reading of a picture is kept."""
    digest = hashlib.sha256(f"{SHAPE} {reader} {grey.shape} {dpi:.1f} ".encode())
    digest.update(grey.tobytes())
    return digest.hexdigest()


def load(key: str) -> Page | None:
    """The page kept under a key; what can't be read is as good as not there."""
    place = folder()
    if place is None:
        return None
    try:
        return page_from(json.loads((place / key[:2] / f"{key}.json").read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def save(key: str, page: Page) -> None:
    """Keep a page, if the disk lets us; a reader never sees half of it."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        home = place / key[:2]
        home.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=home, prefix=".writing-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(page_to(page), out, ensure_ascii=False, separators=(",", ":"))
            Path(temporary).replace(home / f"{key}.json")
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    # Keys are hashes, so one in so many pages looks after the limit, whichever process reads it.
    if int(key[:4], 16) % _LOOK_EVERY == 0:
        prune(place, limit())


def limit() -> int:
    """Bytes that the cache may take."""
    try:
        megabytes = float(os.environ.get("PLANPARSE_CACHE_MB") or LIMIT_MB)
    except ValueError:
        megabytes = LIMIT_MB
    return round(megabytes * 1_000_000)


def size(place: Path) -> int:
    """Bytes that the readings in a cache take."""
    return sum(taken for _, taken, _ in _kept(place))


def prune(place: Path, most: int) -> int:
    """Delete the oldest readings of a cache that takes more than ``most`` bytes; their number comes back."""
    kept = sorted(_kept(place))
    total = sum(taken for _, taken, _ in kept)
    gone = 0
    if total > most:
        for _, taken, path in kept:
            if total <= _AFTER * most:
                break
            with contextlib.suppress(OSError):  # another process may have been faster
                path.unlink()
            total -= taken
            gone += 1
    return gone


def _kept(place: Path) -> list[tuple[float, int, Path]]:
    """When each reading was kept, how many bytes it takes, and where it is."""
    found: list[tuple[float, int, Path]] = []
    for path in place.glob("*/*.json"):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append((status.st_mtime, status.st_size, path))
    return found
