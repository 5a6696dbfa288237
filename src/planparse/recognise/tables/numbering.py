"""Row numbers: read, and where OCR lost or misread them, restored from the sequence.

Numbers of a section run 1, 2, 2.1, 2.2, 3 …, and OCR reads ``2.3`` as ``23``, ``1`` as ``|`` or nothing at all.
What each row is called is decided for the whole section at once: the cheapest walk through the sequence, where
leaving a printed number aside costs more than supplying one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

Label = tuple[int, ...]

_PRINTED = re.compile(r"\d{1,2}(?:[.,]\d{1,2}){0,3}")
BEAM = 40


@dataclass(frozen=True)
class Numbered:
    """The number given to a row, and whether it is not simply what was printed."""

    text: str | None
    inferred: bool


def show_label(label: Label) -> str:
    """(2, 1) → ``2.1``."""
    return ".".join(map(str, label))


def parse_label(printed: str | None) -> Label | None:
    """The number that a cell shows, if it shows one."""
    bare = (printed or "").strip().strip(".)(|- ").replace(",", ".")
    return tuple(int(p) for p in bare.split(".")) if _PRINTED.fullmatch(bare) else None


def _fit(printed: str | None, label: Label) -> float:
    """What it costs to call a row ``label`` when its cell shows ``printed``."""
    bare = re.sub(r"[^\dIl|]", "", printed or "").translate(str.maketrans("Il|", "111"))
    if not bare:
        return 0.5
    digits = "".join(map(str, label))
    if parse_label(printed) == label:
        return 0.0
    if bare == digits:
        return 0.4
    if len(bare) == len(digits) and Levenshtein.distance(bare, digits) == 1:
        return 1.6
    return 4.0


def _next(label: Label | None, printed: Label | None, opened: bool) -> list[tuple[Label, float]]:
    """Labels that may follow one, with what the step costs; ``opened``: the last row was the title of a group."""
    steps: dict[Label, float] = {}

    def offer(new: Label, cost: float) -> None:
        if new not in steps or steps[new] > cost:
            steps[new] = cost

    if label is None:
        offer((1,), 0.0)
    else:
        offer((*label[:-1], label[-1] + 1), 1.2 if opened else 0.0)
        for depth in range(1, len(label)):
            offer((*label[: depth - 1], label[depth - 1] + 1), 0.6)
        offer((*label, 1), 0.0 if opened else 1.2)
        offer((*label[:-1], label[-1] + 2), 2.5)
    if printed is not None:
        offer(printed, 3.0)
    return list(steps.items())


def number_rows(printed: Sequence[str | None], groups: Sequence[bool]) -> list[Numbered]:
    """Numbers of the rows of one section.

    ``printed`` is what each row's number cell shows, ``None`` for nothing; ``groups`` says which rows are
    titles of groups, whose rows are numbered below them (2 → 2.1, 2.2).
    """
    beam: list[tuple[float, Label | None, tuple[Label, ...]]] = [(0.0, None, ())]
    opened = False
    for cell, group in zip(printed, groups, strict=True):
        shown = parse_label(cell)
        grown = [
            (cost + step + _fit(cell, label), label, (*path, label))
            for cost, last, path in beam
            for label, step in _next(last, shown, opened)
        ]
        best: dict[Label | None, tuple[float, Label | None, tuple[Label, ...]]] = {}
        for entry in sorted(grown, key=lambda e: e[0]):
            best.setdefault(entry[1], entry)
        beam = list(best.values())[:BEAM]
        opened = group
    path = min(beam, key=lambda e: e[0])[2]
    return [
        Numbered(show_label(label), parse_label(cell) != label) for label, cell in zip(path, printed, strict=True)
    ]
