"""From a document to its record, stage by stage: the table of contents of the whole program."""

from __future__ import annotations

from planparse.recognise.notes import Notebook
from planparse.records import PlanRecord, SourceInfo
from planparse.restore import restore
from planparse.source import SourceText


def extract(source: SourceText) -> PlanRecord:
    """Read everything that planparse can from one document."""
    text = restore(source)
    notes = Notebook(text)
    return PlanRecord(
        source=SourceInfo(
            name=source.name, sha256=source.sha256, media_type=source.media_type, lines=len(source.lines)
        ),
        diagnostics=notes.diagnostics,
        evidence=notes.evidence,
    )
