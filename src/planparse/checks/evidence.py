"""PP550–PP564: evidence is consistent in itself and speaks of values that are there."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.numbering import ordinal
from planparse.checks.pointers import MISSING, escape, kind, resolve
from planparse.checks.registry import rule
from planparse.records import PlanRecord

_ALWAYS_PRINTED = frozenset({"/header/number", "/header/number_symbol", "/header/date"})


def at_evidence(pointer: str, *rest: object) -> str:
    """The pointer to the evidence of ``pointer``."""
    return "/evidence/" + escape(pointer) + "".join(f"/{step}" for step in rest)


@rule("PP550", "error", "copy the span again from planparse extract")
def span_outside_source(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A span points at a line that the source does not have, or ends before it starts."""
    lines = record.source.lines
    for pointer, evidence in record.evidence.items():
        for k, span in enumerate(evidence.spans):
            if span.line > lines:
                yield Problem(at_evidence(pointer, "spans", k, "line"), f"line {span.line} of {lines}")
            if span.end < span.start:
                yield Problem(at_evidence(pointer, "spans", k, "end"), f"ends at {span.end}, starts at {span.start}")


@rule("PP551", "error", "correct span or raw: raw is the ink of the spans, joined by line breaks")
def span_does_not_fit_raw(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The length of a span is not the length of its part of raw."""
    for pointer, evidence in record.evidence.items():
        spans, pieces = evidence.spans, evidence.raw.split("\n")
        if not spans and not evidence.raw:
            continue
        if len(spans) != len(pieces):
            yield Problem(at_evidence(pointer), f"{len(spans)} spans, but raw has {len(pieces)} pieces")
            continue
        for k, (span, piece) in enumerate(zip(spans, pieces, strict=True)):
            if span.end - span.start != len(piece):
                yield Problem(
                    at_evidence(pointer, "spans", k),
                    f"the span is {span.end - span.start} characters long, its ink {piece!r} {len(piece)}",
                )


@rule("PP552", "error", "remove the evidence, or put the value back that it speaks of")
def evidence_of_nothing(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Evidence speaks of a value that the record does not have."""
    for pointer, evidence in record.evidence.items():
        found = at.evidenced[pointer]
        if found is not None and found is not MISSING:
            continue
        unread = evidence.confidence == 0 or pointer in at.explained  # ink that nothing could be read from
        if found is MISSING or not unread:
            yield Problem(pointer if _parent_exists(at, pointer) else at_evidence(pointer), _nothing(pointer))


def _nothing(pointer: str) -> str:
    return f"there is evidence for {pointer}, but no value"


def _parent_exists(at: Context, pointer: str) -> bool:
    parent = pointer.rpartition("/")[0]
    return pointer.startswith("/") and isinstance(resolve(at.tree, parent), dict)


@rule("PP557", "warning", "copy the evidence from planparse extract, or check that the value is in the document")
def value_without_evidence(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A value has no evidence, though other values of its kind have.

    Number and date of the document are always printed; of what stands in lists (cells, citations, scores) most
    values of a kind must have evidence before one without is missed. Records without evidence are let pass.
    """
    if not record.evidence:
        return
    kinds: dict[str, list[str]] = {}
    for pointer, value in at.values:
        if value is not None:
            kinds.setdefault(kind(pointer), []).append(pointer)
    for name, pointers in kinds.items():
        bare = [pointer for pointer in pointers if pointer not in record.evidence]
        sure = name in _ALWAYS_PRINTED or (len(pointers) > 2 and len(bare) * 3 < len(pointers))
        for pointer in bare if sure else ():
            if pointer not in at.explained:
                yield Problem(pointer, "nothing says where in the document this stands")


@rule("PP553", "warning", "point at a value of the record, or leave the pointer out")
def diagnostic_of_nothing(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A diagnostic points at a part that the record does not have."""
    for i, diagnostic in enumerate(record.diagnostics):
        pointer = diagnostic.pointer
        if pointer and resolve(at.tree, pointer) is MISSING and not _parent_exists(at, pointer):
            yield Problem(f"/diagnostics/{i}/pointer", f"there is no {pointer}")


@rule("PP554", "error", "correct the line number; the source has fewer lines")
def line_outside_source(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A part of the record stands on a line that the source does not have."""
    lines = record.source.lines
    for i, item in enumerate(record.outline):
        if item.line > lines:
            yield Problem(f"/outline/{i}/line", f"line {item.line} of {lines}")
    for i, deadline in enumerate(record.deadlines):
        if deadline.line > lines:
            yield Problem(f"/deadlines/{i}/line", f"line {deadline.line} of {lines}")
    for i, cited in enumerate(record.citations):
        for j, line in enumerate(cited.lines):
            if not 1 <= line <= lines:
                yield Problem(f"/citations/{i}/lines/{j}", f"line {line} of {lines}")
    for i, diagnostic in enumerate(record.diagnostics):
        for j, line in enumerate(diagnostic.lines):
            if not 1 <= line <= lines:
                yield Problem(f"/diagnostics/{i}/lines/{j}", f"line {line} of {lines}")


@rule("PP555", "error", "put the headings in the order in which the document has them")
def outline_out_of_order(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A heading stands above the one before it."""
    before = 0
    for i, item in enumerate(record.outline):
        if item.line < before:
            yield Problem(f"/outline/{i}/line", f"on line {item.line}, after a heading on line {before}")
        before = item.line


@rule("PP558", "warning", "look whether a heading was lost or a label misread")
def heading_gap(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The labels of headings do not run: I., II., IV.

    A heading is compared with the one before it on its level; labels that are no numbers or letters are passed over.
    """
    before: dict[int, int] = {}
    for i, item in enumerate(record.outline):
        before = {level: place for level, place in before.items() if level <= item.level}
        place = ordinal(item.label)
        if place is None:
            before.pop(item.level, None)
            continue
        last = before.get(item.level)
        if last is not None and place not in (last + 1, 1):
            yield Problem(f"/outline/{i}/label", f"{item.label} comes right after number {last} of its level")
        before[item.level] = place


@rule("PP556", "warning", "sort the lines and keep each once")
def lines_out_of_order(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The lines of a citation are not sorted, or one is listed twice."""
    for i, cited in enumerate(record.citations):
        for j in range(1, len(cited.lines)):
            if cited.lines[j] <= cited.lines[j - 1]:
                yield Problem(f"/citations/{i}/lines/{j}", f"line {cited.lines[j]} after line {cited.lines[j - 1]}")
