"""Where values came from: the ink of a value, marked in its lines."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from planparse.records import Evidence, PlanRecord
from planparse.source import SourceText

INK = "black on bright_yellow"


def show_evidence(console: Console, record: PlanRecord, source: SourceText | None, pointer: str) -> int:
    """Draw the evidence of the value at ``pointer`` and of all below it; how many there were.

    With the document at hand the whole lines are shown, otherwise the ink that the record keeps.
    """
    plain = record.model_dump(mode="json")
    below = pointer.rstrip("/") + "/"
    found = [(at, evidence) for at, evidence in record.evidence.items() if at == pointer or at.startswith(below)]
    for at, evidence in found:
        console.print(_title(at, value_at(plain, at), evidence))
        if source is None:
            console.print(Text(evidence.raw, style=INK))
        else:
            _lines(console, source, evidence)
    return len(found)


def value_at(plain: Any, pointer: str) -> Any:
    """The value that a JSON Pointer names; ``None`` where there is none."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            plain = plain[int(step)] if isinstance(plain, list) else plain[step]
        except (LookupError, TypeError, ValueError):
            return None
    return plain


def _title(pointer: str, value: Any, evidence: Evidence) -> Text:
    title = Text.assemble((pointer, "bold cyan"), "  ", str(value), (f"  {evidence.confidence:.0%} sure", "dim"))
    if evidence.repaired_from is not None:
        title.append(f"  repaired from {evidence.repaired_from}", style="yellow")
    return title


def _lines(console: Console, source: SourceText, evidence: Evidence) -> None:
    for number in sorted({span.line for span in evidence.spans}):
        line = Text(source.lines[number - 1].ink)
        for span in evidence.spans:
            if span.line == number:
                line.stylize(INK, span.start, span.end)
        console.print(Text.assemble((f"{number:>6} ", "dim"), line))
