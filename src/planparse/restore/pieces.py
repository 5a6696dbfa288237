"""What every piece of every document goes through between its sheet and the decoder, in Python.

``native/pieces.c`` has the same loops; what it gives is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from planparse.restore.language import Ints
from planparse.restore.tokens import CODE, MARK, STOP

Taken = tuple[int, int, int, list[tuple[int, int]], float]
"""What was read at a piece: where, how many pieces of ink, a word, the others where one piece is several (at which
boundary within pieces each begins, counted from 0, and the word), and how sure."""


def find_forms(
    kinds: Sequence[int], inks: Sequence[str], index: Mapping[tuple[int, str], int], special: Collection[int]
) -> tuple[list[int], list[int], list[int]]:
    """The pieces that are decoded, their forms, and where those of no form are: special ones, or not in the index.

    Of the ends of sentences that follow one another the first is decoded.
    """
    kept: list[int] = []
    forms: list[int] = []
    after_stop = True
    for i, key in enumerate(zip(kinds, inks, strict=True)):
        if key[0] == STOP and after_stop:
            continue
        after_stop = key[0] == STOP
        kept.append(i)
        forms.append(-1 if i in special else index.get(key, -1))
    return kept, forms, [at for at, form in enumerate(forms) if form < 0]


def take_plainly(
    goals: Ints,
    read: Ints,
    sure: npt.NDArray[np.float64],
    pad: int,
    inner: int,
    kept: Sequence[int],
    kinds: Sequence[int],
    inks: Sequence[str],
    plain: Mapping[tuple[int, str], str],
    texts: list[str | None],
    sures: list[float],
) -> list[Taken]:
    """Take down what is one word whose dress is ``plain``; gives back what else was read, but for marks.

    ``goals``, ``read`` and ``sure`` are of boundaries: where the arc that was followed leads, its word, how sure it
    is. The first piece begins at boundary ``pad``; those above ``inner`` lie inside a piece.
    """
    left: list[Taken] = []
    goal_of, word_of, sure_of = goals.tolist(), read.tolist(), sure.tolist()
    at, behind = pad, pad + len(kept)
    while at < behind:
        goal, i = goal_of[at], kept[at - pad]
        is_read = kinds[i] != MARK and kinds[i] != STOP  # marks stand as they are
        if goal > inner:
            here, least, others = at, sure_of[at], []
            while goal > inner:
                others.append((goal - inner - 1, word_of[goal]))
                least, goal = min(least, sure_of[goal]), goal_of[goal]
            at = goal
            if is_read:
                left.append((here - pad, 1, word_of[here], others, least))
            continue
        if is_read:
            text = plain.get((word_of[at], inks[i])) if goal == at + 1 and kinds[i] != CODE else None
            if text is None:
                left.append((at - pad, goal - at, word_of[at], [], sure_of[at]))
            else:
                texts[i], sures[i] = text, sure_of[at]
        at = goal
    return left
