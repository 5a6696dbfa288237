"""What several tests need: documents from text as it stands, without the restorer between."""

from __future__ import annotations

import os
import re
from pathlib import Path

from planparse.reading import read_bytes
from planparse.restore.text import RestoredLine, RestoredText, Token


def as_restored(content: str, name: str = "plan.txt") -> RestoredText:
    """A document whose restored text is its ink."""
    source = read_bytes(content.encode(), name)
    lines = []
    for line in source.lines:
        tokens = tuple(
            Token(m.group(), m.start(), m.end(), m.start(), m.end()) for m in re.finditer(r"\S+", line.text)
        )
        lines.append(RestoredLine(line.number, line.text, tokens))
    return RestoredText(source, tuple(lines))


def shared_folder() -> Path | None:
    """The folder with real documents, where this machine has it; it is never part of the project."""
    beside = Path(__file__).parents[2] / "shared"
    for place in (os.environ.get("PLANPARSE_SHARED"), beside, "/work/shared"):
        if place and Path(place).is_dir():
            return Path(place)
    return None
