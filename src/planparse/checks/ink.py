"""PP570–PP579: the source is at hand, and its ink still says what the record says that it says."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.evidence import at_evidence
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.records import PlanRecord
from planparse.source import Span


@rule("PP570", "info", "give the folder that holds it with --sources")
def source_not_found(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The source of the record is not in the folder of sources."""
    if at.source_sought and at.source is None:
        yield Problem("/source/name", f"no file {record.source.name!r} among the sources")


@rule("PP571", "error", "extract the record again from the file as it is now, or put the old file back")
def source_changed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The source is not the file that the record was made from."""
    if at.source is not None and at.source.sha256 != record.source.sha256:
        yield Problem("/source/sha256", f"{record.source.name} has another content now")
    if at.source is not None and len(at.source.lines) != record.source.lines:
        yield Problem("/source/lines", f"{record.source.name} has {len(at.source.lines)} lines")


@rule("PP572", "error", "correct the span, or extract the record again")
def ink_differs(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The ink at a span does not say what raw says."""
    if at.source is None:
        return
    for pointer, evidence in record.evidence.items():
        pieces = evidence.raw.split("\n")
        if len(pieces) != len(evidence.spans):
            continue  # PP551 says so
        for k, (span, piece) in enumerate(zip(evidence.spans, pieces, strict=True)):
            if span.line > len(at.source.lines) or span.end < span.start:
                continue  # PP550 says so
            ink = at.source.ink(Span(span.line, span.start, span.end))
            if ink != piece:
                yield Problem(
                    at_evidence(pointer, "spans", k), f"line {span.line} reads {ink!r} there, raw says {piece!r}"
                )
