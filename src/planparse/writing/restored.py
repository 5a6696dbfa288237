"""Restored text as a file: the input's lines, each restored, pages still told by form feeds."""

from __future__ import annotations

from planparse.restore.text import RestoredText


def restored_text(text: RestoredText) -> str:
    """The restored document; its lines are the input's, ended by line feeds where the input ends its own."""
    pages = set(text.source.page_starts[1:])
    lines = ("\f" + line.text.lstrip() if line.number in pages else line.text for line in text.lines)
    return "\n".join(lines)
