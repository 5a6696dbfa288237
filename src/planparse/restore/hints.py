"""What is known of a piece of ink beside its letters: how sure the OCR was, and how another reading has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from planparse.restore.sheet import Known, Sheet
from planparse.restore.tokens import CODE, MARK, NUMBER, STOP, WORD, Piece, cut
from planparse.source import Geometry

SURE = 0.8
"""A word of which the OCR was so sure is taken as text is, which has no confidences."""
UNSURE = 0.55
"""Of less sure figures and codes the other reading is taken: no model of language can weigh digits."""


class Hint(NamedTuple):
    """Characters ``start`` to ``end`` of a line: how sure their reading is, and the other reading of them."""

    start: int
    end: int
    confidence: float | None
    other: str | None = None


def hints_of(geometry: Geometry) -> list[list[Hint]] | None:
    """Hints for each line of a document that was read from pages; ``None`` if they would change nothing."""
    found = [
        [
            Hint(word.start, word.end, word.confidence, word.other)
            for word in words
            if word.other is not None or (word.confidence is not None and word.confidence < SURE)
        ]
        for words in geometry.words
    ]
    return found if any(found) else None


def attach(sheet: Sheet, hints: Sequence[Sequence[Hint]]) -> dict[int, Known]:
    """What is known of each piece of a sheet.

    Figures that were read with doubt are replaced in the sheet by the other reading.
    """
    by_line: dict[int, Mapping[tuple[int, int], Hint]] = {
        number: {(hint.start, hint.end): hint for hint in line} for number, line in enumerate(hints) if line
    }
    known: dict[int, Known] = {}
    for first, behind in _chunks(sheet):
        line = by_line.get(sheet.line[first])
        hint = line.get((sheet.start[first], sheet.end[behind - 1])) if line else None
        if hint is None:
            continue
        sure = 1.0 if hint.confidence is None or hint.confidence >= SURE else hint.confidence
        others = _paired(sheet, first, behind, hint.other) if hint.other else {}
        for i in range(first, behind):
            other = others.get(i)
            if other is not None and (other[0] != WORD or sheet.kind[i] != WORD):
                if sure < UNSURE and other[0] in (NUMBER, CODE):
                    sheet.kind[i], sheet.form[i] = other
                    sure = SURE
                other = None
            if sheet.kind[i] == WORD and (sure < 1.0 or other is not None):
                known[i] = Known(sure, other[1] if other else None)
    return known


def _chunks(sheet: Sheet) -> list[tuple[int, int]]:
    """First piece, and the one behind the last, of what stands between spaces."""
    found: list[tuple[int, int]] = []
    for i, (line, start) in enumerate(zip(sheet.line, sheet.start, strict=True)):
        if found and sheet.line[i - 1] == line and sheet.end[i - 1] == start:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def _paired(sheet: Sheet, first: int, behind: int, other: str) -> dict[int, tuple[int, str]]:
    """Kind and letters of the other reading for the pieces of a chunk that hold letters or digits."""
    mine = [i for i in range(first, behind) if sheet.kind[i] not in (MARK, STOP)]
    if " " in other:
        return {}
    pieces: list[Piece] = [piece for piece in cut(other) if piece.kind not in (MARK, STOP)]
    if len(mine) != len(pieces):
        return {}
    return {i: (piece.kind, other[piece.start : piece.end]) for i, piece in zip(mine, pieces, strict=True)}
