"""What comes of comparing records: a conflict between readings, or a repair that they prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["number", "date", "name", "score"]


@dataclass(frozen=True)
class Reading:
    """One reading of a fact: its value, the record that has it, where, and on which lines of the document."""

    value: str
    name: str
    pointer: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A fact on which records differ.

    ``name`` and ``pointer`` say which value is doubted. ``repaired`` is the value that the others prove, ``None``
    where they only contradict; ``why`` says what speaks for either.
    """

    kind: Kind
    name: str
    pointer: str
    readings: tuple[Reading, ...]
    why: str
    repaired: str | None = None

    @property
    def message(self) -> str:
        """The finding in one sentence, with all readings."""
        shown = "; ".join(f"{r.value} ({r.name}{_lines(r.lines)})" for r in self.readings)
        verdict = f"{self.repaired} is proven" if self.repaired else "nothing proves either"
        return f"{self.pointer}: {shown}. {verdict}: {self.why}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data, for JSON."""
        return {
            "kind": self.kind,
            "record": self.name,
            "pointer": self.pointer,
            "repaired": self.repaired,
            "why": self.why,
            "readings": [
                {"value": r.value, "record": r.name, "pointer": r.pointer, "lines": list(r.lines)}
                for r in self.readings
            ],
        }


def _lines(lines: tuple[int, ...]) -> str:
    return f", line {lines[0]}" if len(lines) == 1 else f", lines {', '.join(map(str, lines))}" if lines else ""
