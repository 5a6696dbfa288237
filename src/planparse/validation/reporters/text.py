"""``--format text``: for people. Grouped by file, each finding with the line that it is about."""

from __future__ import annotations

import unicodedata

from planparse.checks import Finding
from planparse.validation.examine import Examined
from planparse.validation.reporters.base import Reporter, Summary, Write
from planparse.validation.reporters.excerpts import Excerpts

_COLOURS = {"error": "31", "warning": "33", "info": "36"}


class TextReporter(Reporter):
    """Writes each record's findings as soon as they are there.

    Plain text with terminal colours written by hand: rich would take longer to load than most runs last.
    """

    def __init__(self, write: Write, colour: bool = False) -> None:
        super().__init__(write)
        self.colour = colour
        self._excerpts = Excerpts()
        self._last: str | None = None

    def examined(self, one: Examined) -> None:
        """Write the record's findings."""
        for finding in one.findings:
            if finding.file != self._last:
                self.write(("" if self._last is None else "\n") + self._paint("1", finding.file or "this run") + "\n")
                self._last = finding.file
            self.write(self._finding(finding))

    def _finding(self, one: Finding) -> str:
        place = f"{one.line}:{one.column}" if one.column else str(one.line or "-")
        kind = self._paint(_COLOURS[one.severity] + ";1", f"{one.severity:7}")
        told = f"  {place:>8}  {kind}  {self._paint('1', one.code)}  {_shown(one.message)}\n"
        if one.pointer:
            told += f"            {self._paint('2', _shown(one.pointer))}\n"
        if one.file and one.line and one.column:
            quoted = self._excerpts.quote(one.file, one.line, one.column)
            if quoted is not None:
                text, at = quoted
                told += f"            | {_shown(text)}\n"
                told += f"            | {' ' * _width(text[:at])}{self._paint(_COLOURS[one.severity], '^')}\n"
        if one.lines:
            lines = ", ".join(map(str, one.lines[:8])) + (" …" if len(one.lines) > 8 else "")
            told += f"            in the document: line {lines}\n"
        return told + f"            mend: {_shown(one.remedy)}\n"

    def finish(self, summary: Summary) -> None:
        """Write the counts."""
        self.write("\n" if self._last is not None else "")
        counts = [_count(summary.severities[kind], kind) for kind in ("error", "warning") if summary.severities[kind]]
        if summary.severities["info"]:
            counts.append(f"{summary.severities['info']} info")
        said = ", ".join(counts) if counts else "nothing wrong"
        told = f"{_count(summary.records, 'record')}: {said}"
        if summary.unreadable:
            told += f"; {summary.unreadable} can't be read"
        if summary.in_baseline or summary.gone_from_baseline:
            told += f"; baseline: {summary.in_baseline} known, {summary.gone_from_baseline} gone"
        self.write(told + "\n")

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _shown(text: str) -> str:
    """Text that can't move the cursor: whatever a record holds, a terminal shows it as letters."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else f"\\u{ord(c):04x}" for c in text)


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)
