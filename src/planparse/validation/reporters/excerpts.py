"""The line of a record file that a finding is about, cut to fit, with the column to point at."""

from __future__ import annotations

from pathlib import Path

MAX_BYTES = 32 * 1024 * 1024
"""From larger files nothing is quoted."""


class Excerpts:
    """Quotes lines; the file that was asked for last stays in memory."""

    def __init__(self) -> None:
        self._file: str | None = None
        self._lines: list[str] = []

    def quote(self, file: str, line: int, column: int, width: int = 96) -> tuple[str, int] | None:
        """The part of a line around ``column`` (1-based), and where in it that column is (0-based)."""
        if file != self._file:
            self._file, self._lines = file, _read(file)
        if not 1 <= line <= len(self._lines):
            return None
        text = self._lines[line - 1]
        at = min(column - 1, len(text))
        start = 0 if len(text) <= width else max(0, min(at - width // 3, len(text) - width))
        shown = text[start : start + width]
        indent = len(shown) - len(shown.lstrip()) if start == 0 else 0
        return shown[indent:].rstrip(), at - start - indent


def _read(file: str) -> list[str]:
    try:
        path = Path(file)
        if path.stat().st_size > MAX_BYTES:
            return []
        return path.read_text(encoding="utf-8-sig", errors="replace").replace("\t", " ").split("\n")
    except (OSError, ValueError):
        return []
