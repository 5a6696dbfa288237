"""From a document to its record, stage by stage: the table of contents of the whole program."""

from __future__ import annotations

from planparse.reading.language import is_vietnamese, require_vietnamese
from planparse.recognise.citations import find_citations
from planparse.recognise.closing import find_closing
from planparse.recognise.deadlines import find_deadlines
from planparse.recognise.header import find_header
from planparse.recognise.layout import find_layout
from planparse.recognise.notes import Notebook
from planparse.recognise.outline import find_outline
from planparse.recognise.scores import find_indicators
from planparse.recognise.tables import find_tasks, load_tables
from planparse.records import PlanRecord, SourceInfo
from planparse.restore import restore
from planparse.source import Line, SourceText


def extract(source: SourceText, *, force: bool = False) -> PlanRecord:
    """Read everything that planparse can from one document.

    Raises :class:`~planparse.errors.NotVietnameseError` for a text in another language, unless ``force``d.
    """
    if not force:
        require_vietnamese(source)
    text = restore(source)
    notes = Notebook(text)
    if force and not is_vietnamese(source):
        notes.diagnose("PP001", "warning", "the text reads like no Vietnamese; nothing here may be relied on")
    for remark in source.remarks:
        notes.diagnose("PP002", "info", remark)
    layout = find_layout(text)
    header = find_header(text, layout, notes)
    signature, recipients = find_closing(text, layout, notes)
    tables, scores = find_indicators(text, layout, notes, header)
    return PlanRecord(
        source=SourceInfo(
            name=source.name, sha256=source.sha256, media_type=source.media_type, lines=len(source.lines)
        ),
        header=header,
        signature=signature,
        recipients=recipients,
        outline=find_outline(text, layout, notes),
        tasks=find_tasks(text, notes),
        indicator_tables=tables,
        indicator_scores=scores,
        citations=find_citations(text, layout, notes, header),
        deadlines=find_deadlines(text, layout, notes, header),
        diagnostics=notes.diagnostics,
        evidence=notes.evidence,
    )


def warm() -> None:
    """Load the model and the lexicons now, so that the first document needs not wait for them."""
    line = Line(1, "KE HOACH", "KE HOACH")
    extract(SourceText("warm", "0" * 64, "text/plain", "utf-8", (line,)))
    load_tables()
