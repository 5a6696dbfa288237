"""The notebook of one document: what was found where, and what a reader should know about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from planparse.recognise.passage import Range
from planparse.records import Diagnostic, Evidence, PointedSpan, Severity
from planparse.restore.text import RestoredText
from planparse.source import Span


@dataclass
class Notebook:
    """Collects evidence and diagnostics while recognisers work through a document."""

    text: RestoredText
    evidence: dict[str, Evidence] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def found(
        self,
        pointer: str,
        ranges: Iterable[Range],
        confidence: float | None = None,
        repaired_from: str | None = None,
    ) -> None:
        """Note that the value at JSON Pointer ``pointer`` was read from ``ranges`` of the restored text.

        ``confidence`` scales the restorer's own (mean over the tokens); give less than 1 where the
        recogniser itself is not sure.
        """
        places = [r for r in ranges if r[1] < r[2]]
        spans = [self.text.span(*place) for place in places]
        sure = self.text.confidence(places) * (1.0 if confidence is None else confidence)
        self.evidence[pointer] = Evidence(
            spans=[self._pointed(s) for s in spans],
            raw="\n".join(self.text.source.ink(s) for s in spans),
            confidence=round(min(max(sure, 0.0), 1.0), 4),
            repaired_from=repaired_from,
        )

    def _pointed(self, span: Span) -> PointedSpan:
        """The span as records have it, with its place on the page where that is known."""
        source = self.text.source
        box = source.geometry.box(span) if source.geometry else None
        if box is None:
            return PointedSpan(line=span.line, start=span.start, end=span.end)
        left, top, right, bottom = (round(side, 1) for side in box)
        return PointedSpan(
            line=span.line,
            start=span.start,
            end=span.end,
            page=source.page_of(span.line),
            box=[left, top, right, bottom],
        )

    def diagnose(
        self,
        code: str,
        severity: Severity,
        message: str,
        pointer: str | None = None,
        lines: Iterable[int] = (),
    ) -> None:
        """Note something that a reader of the record should know."""
        self.diagnostics.append(
            Diagnostic(code=code, severity=severity, message=message, pointer=pointer, lines=sorted(set(lines)))
        )
