"""The reports that the options ``--format`` and ``-o`` of ``planparse validate`` ask for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from planparse.errors import UsageError
from planparse.validation.examine import Examined
from planparse.validation.reporters import REPORTERS, Reporter, Summary
from planparse.validation.reporters.text import TextReporter
from planparse.writing import print_text, write_text

_BY_SUFFIX = {".sarif": "sarif", ".xml": "junit", ".json": "json", ".txt": "text"}


class _ToFile:
    """Gathers a report and writes its file in one step."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pieces: list[str] = []

    def close(self) -> None:
        write_text(self.path, "".join(self.pieces))


class Reports:
    """All reports of a run, fed at once."""

    def __init__(self) -> None:
        self.reporters: list[Reporter] = []
        self.files: list[_ToFile] = []

    @classmethod
    def from_options(cls, form: str | None, outputs: list[str], quiet: bool = False) -> Reports:
        """Reports for ``--format form`` and ``-o`` options.

        ``-o FILE`` takes the report of ``--format`` (or of its suffix) away from standard output;
        ``-o FORMAT=FILE`` writes one more. ``quiet`` leaves standard output alone.
        """
        made = cls()
        _check(form, "--format")
        plain = None
        for option in outputs:
            kind, equals, name = option.partition("=")
            if equals and kind in REPORTERS:
                made.to_file(kind, name)
            elif plain is not None:
                raise UsageError("-o", f"{plain} and {option} are both without a format", "write -o FORMAT=FILE")
            else:
                plain = option
        if plain is not None:
            made.to_file(form or _BY_SUFFIX.get(Path(plain).suffix.lower(), "text"), plain)
        elif not quiet:
            made.to_stdout(form or "text")
        return made

    def to_file(self, form: str, name: str) -> None:
        """Add a report in a file."""
        _check(form, name)
        if name in ("", "-"):
            raise UsageError("-o", f"{name!r} is no file", "leave -o out for standard output")
        sink = _ToFile(Path(name))
        self.files.append(sink)
        self.reporters.append(REPORTERS[form](sink.pieces.append))

    def to_stdout(self, form: str) -> None:
        """Add the report on standard output; text is coloured on a terminal (unless NO_COLOR is set)."""
        if form == "text":
            colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
            self.reporters.append(TextReporter(print_text, colour))
        else:
            self.reporters.append(REPORTERS[form](print_text))

    def examined(self, one: Examined) -> None:
        """Hand one record's findings to all reports."""
        for reporter in self.reporters:
            reporter.examined(one)

    def finish(self, summary: Summary) -> None:
        """End all reports and write their files."""
        for reporter in self.reporters:
            reporter.finish(summary)
        for file in self.files:
            file.close()

    def __enter__(self) -> Reports:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _check(form: str | None, where: str) -> None:
    if form is not None and form not in REPORTERS:
        raise UsageError(where, f"{form!r} is no format of a report", f"choose from {', '.join(REPORTERS)}")
