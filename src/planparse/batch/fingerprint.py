"""Which planparse, model and options a record was made with."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from planparse.batch.jobs import Stamp
from planparse.version import SCHEMA_VERSION, __version__


def stamp_of(record_format: str, *, force: bool, ocr: str = "auto") -> Stamp:
    """The stamp of work done by this installation with these options."""
    special = (" force" if force else "") + (f" ocr {ocr}" if ocr != "auto" else "")
    return Stamp(__version__, model_version(), f"{record_format} {SCHEMA_VERSION}{special}")


@lru_cache(maxsize=1)
def model_version() -> str:
    """Digest of everything that was learned or looked up: the model files and lexicons of this installation."""
    digest = hashlib.sha256()
    for name, item in sorted(_walk(files("planparse") / "data", "")):
        content = hashlib.sha256(item.read_bytes()).hexdigest()
        digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()[:12]


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    if not folder.is_dir():
        return []
    found: list[tuple[str, Traversable]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _walk(item, f"{prefix}{item.name}/")
        elif not item.name.endswith((".py", ".pyc")):
            found.append((prefix + item.name, item))
    return found
