"""Where the real documents are, on machines that have them; they are never part of the project."""

from __future__ import annotations

import os
from pathlib import Path


def shared_folder() -> Path | None:
    """The folder with real documents, or ``None`` where this machine has none."""
    beside = Path(__file__).parents[2] / "shared"
    for place in (os.environ.get("PLANPARSE_SHARED"), beside, "/work/shared"):
        if place and Path(place).is_dir():
            return Path(place)
    return None
