"""Where records go: standard output, one file, or a folder with one file for each document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from planparse.errors import UsageError
from planparse.records import PlanRecord
from planparse.writing.files import print_text, write_text
from planparse.writing.formats import Format, choose_format


class Sink(Protocol):
    """Takes records one by one; ``close`` finishes what has come in."""

    def put(self, source: Path, record: PlanRecord) -> Path | None:
        """Take the record of ``source``; the file that now holds it, if there is one already."""

    def close(self) -> Path | None:
        """Finish; the file that was written just now, if any."""


class StreamSink:
    """Standard output: each record at once, so that a reader downstream need not wait."""

    def __init__(self, form: Format) -> None:
        self.form, self.begun = form, False

    def put(self, source: Path, record: PlanRecord) -> Path | None:
        """Print the record."""
        print_text(((self.form.between or "") if self.begun else "") + self.form.dump(record))
        self.begun = True
        return None

    def close(self) -> Path | None:
        """Nothing is left to do."""
        return None


class FileSink:
    """One file, written in one step at the end."""

    def __init__(self, path: Path, form: Format) -> None:
        self.path, self.form = path, form
        self.pieces: list[str] = []

    def put(self, source: Path, record: PlanRecord) -> Path | None:
        """Keep the record's text until the end."""
        self.pieces.append(self.form.dump(record))
        return None

    def close(self) -> Path | None:
        """Write the file, unless no record came."""
        if not self.pieces:
            return None
        write_text(self.path, (self.form.between or "").join(self.pieces))
        return self.path


class FolderSink:
    """A folder: ``plan.txt`` becomes ``plan.json`` in it."""

    def __init__(self, folder: Path, form: Format, sources: Sequence[Path]) -> None:
        self.form = form
        self.targets: dict[Path, Path] = {}
        taken: dict[Path, Path] = {}
        for source in sources:
            target = folder / (("stdin" if str(source) == "-" else source.stem) + form.suffix)
            if taken.setdefault(target, source) != source:
                raise UsageError(
                    str(target),
                    f"{taken[target]} and {source} would both go there",
                    "rename one, or use planparse batch",
                )
            self.targets[source] = target

    def put(self, source: Path, record: PlanRecord) -> Path | None:
        """Write the record's file."""
        write_text(self.targets[source], self.form.dump(record))
        return self.targets[source]

    def close(self) -> Path | None:
        """Nothing is left to do."""
        return None


def open_sink(output: str | None, format_name: str | None, sources: Sequence[Path]) -> Sink:
    """The sink that the options ``-o`` and ``--format`` mean for these documents.

    ``output`` ending in ``/``, or naming a folder that is there, is a folder; ``None`` and ``-`` are
    standard output.
    """
    if output is None or output == "-":
        return StreamSink(choose_format(format_name, None, several=len(sources) > 1))
    path = Path(output)
    if output.endswith("/") or path.is_dir():
        return FolderSink(path, choose_format(format_name, None, several=False), sources)
    return FileSink(path, choose_format(format_name, path, several=len(sources) > 1))
