"""One record file through structure and rules: entries in, findings with their places out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from planparse.checks import Digest, Finding, Rule, check, digest, own_rules
from planparse.validation.entries import Entry, read_entries, read_stream
from planparse.validation.plugins import installed_rules
from planparse.validation.selection import Selection
from planparse.validation.sources import Sources
from planparse.validation.structure import read_structure


@dataclass(frozen=True)
class Examined:
    """What came of one record: its findings, and its digest for the rules over all records."""

    file: str
    entry: int | None
    findings: tuple[Finding, ...]
    digest: Digest | None = None
    readable: bool = True
    across: bool = False
    """These findings come after the record itself, from rules over all records or about the run."""


@dataclass
class Examiner:
    """Examines record files one after another; a worker process has one of its own."""

    selection: Selection = field(default_factory=Selection)
    sources: Sources | None = None
    today: dt.date | None = None
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        if not self.rules:
            self.rules = (*own_rules(), *installed_rules().rules)

    def file(self, path: Path, name: str) -> Iterator[Examined]:
        """Examine the records of a file."""
        for entry in read_entries(path, name):
            yield self.entry(entry)

    def stream(self, handle: object, name: str) -> Iterator[Examined]:
        """Examine the records of an open binary stream."""
        for entry in read_stream(handle, name):  # type: ignore[arg-type]
            yield self.entry(entry)

    def entry(self, entry: Entry) -> Examined:
        """Examine one record."""
        found = list(entry.faults)
        made: Digest | None = None
        readable = entry.readable
        if readable:
            structure = read_structure(entry.text, entry.tree)
            record = structure.record
            new = list(structure.findings)
            if record is not None:
                source = self.sources.find(record.source) if self.sources else None
                new += check(
                    record,
                    tree=entry.tree,
                    source=source,
                    source_sought=self.sources is not None,
                    today=self.today,
                    rules=self.rules,
                    wanted=lambda code: self.selection.wants(code, entry.file),
                )
                made = digest(record, entry.file, entry.number)
            elif not isinstance(entry.tree, dict):
                readable = False
            known = {(one.code, one.pointer) for one in found}
            found += self.placed((one for one in new if (one.code, one.pointer) not in known), entry)
        kept = tuple(one for one in found if self.selection.wants(one.code, entry.file))
        return Examined(entry.file, entry.number, kept, made, readable)

    def placed(self, findings: Iterable[Finding], entry: Entry) -> list[Finding]:
        """The findings with the file, line and column that they are about."""
        found = list(findings)
        places = entry.locate({one.pointer for one in found}) if found else {}
        return [
            replace(
                one,
                file=entry.file,
                entry=entry.number,
                line=places[one.pointer].line,
                column=places[one.pointer].column,
            )
            for one in found
        ]
