"""Opening text files, compressed or not."""

from __future__ import annotations

import lzma
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TextIO


def opened(path: Path) -> AbstractContextManager[TextIO]:
    """The text of ``path``, decompressed when its name ends in ``.xz``."""
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
