"""What comes of comparing records: a conflict between readings, or a repair that they prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from planparse.records import PlanRecord

Kind = Literal["number", "date", "agency", "signer", "place", "score"]
Status = Literal["proven", "open", "alias"]
NAMES: frozenset[Kind] = frozenset(("agency", "signer", "place"))
_SHOWN = 6
"""Readings that a message shows; the data has all."""


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
    where they only contradict; ``why`` says what speaks for either. An ``alias`` is no conflict: both names are
    right, each in its time.
    """

    kind: Kind
    name: str
    pointer: str
    readings: tuple[Reading, ...]
    why: str
    repaired: str | None = None
    alias: bool = False

    @property
    def status(self) -> Status:
        """What is known: a proven repair, an open conflict, or two names of one thing."""
        return "alias" if self.alias else "open" if self.repaired is None else "proven"

    @property
    def places(self) -> tuple[str, ...]:
        """Pointers to all values of the doubted record that read so."""
        doubted = self.readings[0].value
        same = (r.pointer for r in self.readings if r.name == self.name and r.value == doubted)
        return tuple(same) if self.kind in NAMES else (self.pointer,)

    @property
    def records(self) -> dict[str, int]:
        """Each reading, and how many records give it."""
        said = {(r.value, r.name) for r in self.readings}
        return {value: sum(v == value for v, _ in said) for value in dict.fromkeys(r.value for r in self.readings)}

    @property
    def message(self) -> str:
        """The finding in one sentence, with its readings."""
        shown = "; ".join(f"{r.value} ({r.name}{_lines(r.lines)})" for r in _of_each_value(self.readings))
        if len(self.readings) > _SHOWN:
            shown += "; in all " + ", ".join(f"{value}: {_many(n)}" for value, n in self.records.items())
        verdict = f"{self.repaired} is proven" if self.repaired else "nothing proves either"
        if self.alias:
            verdict = "no conflict"
        return f"{self.pointer}: {shown}. {verdict}: {self.why}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data, for JSON."""
        return {
            "kind": self.kind,
            "status": self.status,
            "record": self.name,
            "pointer": self.pointer,
            "repaired": self.repaired,
            "why": self.why,
            "records": self.records,
            "readings": [
                {"value": r.value, "record": r.name, "pointer": r.pointer, "lines": list(r.lines)}
                for r in self.readings
            ],
        }


def lines_at(record: PlanRecord, pointer: str) -> tuple[int, ...]:
    """The lines of the document that a value, or the list or cell that it was taken from, stands on."""
    _, part, place, *_ = (*pointer.split("/"), "", "")
    tried = [pointer, pointer.rpartition("/")[0]]
    if part == "tasks":
        tried.append(f"/tasks/{place}/responsible")
    for at in tried:
        if (evidence := record.evidence.get(at)) is not None and evidence.spans:
            return tuple(sorted({span.line for span in evidence.spans}))
    return tuple(record.citations[int(place)].lines) if part == "citations" else ()


def _of_each_value(readings: tuple[Reading, ...]) -> list[Reading]:
    """At most so many readings as a message shows, of each value in turn."""
    if len(readings) <= _SHOWN:
        return list(readings)
    values = list(dict.fromkeys(r.value for r in readings))
    share = max(1, _SHOWN // len(values))
    return [r for value in values for r in [r for r in readings if r.value == value][:share]]


def _many(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _lines(lines: tuple[int, ...]) -> str:
    return f", line {lines[0]}" if len(lines) == 1 else f", lines {', '.join(map(str, lines))}" if lines else ""
