"""Which columns a table has, settled by its head and by what stands below it.

OCR reads heads badly: the words of narrow columns are broken over lines, and a name may be lost. The rows below say
the rest: read without a head, the tagger tells for each word which columns it could be of, and the order of columns
that explains the lines best wins, unless the head speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.head_names import USUAL_ORDER as ROLES
from planparse.recognise.tables.tags import JUNK, SPAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

SWITCH = 0.4
"""What it costs to go on in another column: columns have more than a word."""
WORDS = 500
"""Words of a table that are asked."""
EDIT, TIDY_EDIT = 14.0, 60.0
"""What a change of the head's reading must gain, in nats; the second where the head was read whole."""
STRANGE = -0.16
"""Mean log probability a word, under the head as it was read, below which the head is doubted. Of 55 tables, heads
read wrong gave -0.25 and less, heads read right -0.19 and more, most of them -0.14 and more."""
MOST_EDITS = 3
_ALIKE = ({"responsible", "lead"}, {"responsible", "support"})
"""Roles that are never columns of one table."""


def settle_roles(
    answers: NDArray[Any], lines: Sequence[int], roles: Sequence[str], tidy: bool, most: int = MOST_EDITS
) -> tuple[str, ...]:
    """The columns of a table, left to right.

    ``answers`` (words, answers): the tagger's, without a head, for the first words; ``lines``: how many of them each
    line has; ``roles``: as the head was read, ``tidy``: whether every name of it was whole; ``most``: changes made.
    """
    table = _Lines(answers, lines)
    best = tuple(roles)
    score = table.scores([best])[0]
    for _ in range(most):
        edits = sorted(set(_edits(best)))
        ranked = max(zip(table.scores(edits), edits, strict=True), default=None)
        if ranked is None or ranked[0] - score < (TIDY_EDIT if tidy else EDIT):
            break
        score, best = ranked
    return best


def explains(answers: NDArray[Any], lines: Sequence[int], roles: Sequence[str]) -> bool:
    """Whether the head explains what stands below it: then nothing needs to be settled.

    ``answers``: the tagger's under a head with these ``roles``, for the first words; ``lines``: words of each line.
    """
    return _Lines(answers, lines).scores([roles])[0] > STRANGE * sum(lines)


class _Lines:
    """The answers for the words of some lines, laid out so that many orders of columns are tried at once."""

    def __init__(self, answers: NDArray[Any], lines: Sequence[int]) -> None:
        import numpy as np

        counts = np.array([count for count in lines if count], dtype=np.int64)
        self.longest = int(counts.max(initial=0))
        self.inside = np.arange(self.longest) < counts[:, None]
        said = np.zeros((*self.inside.shape, len(ROLES) + 2))
        said[self.inside] = answers[: int(counts.sum()), : len(ROLES) + 2]
        speck = said[..., JUNK]
        self.span = np.maximum(said[..., SPAN], speck).sum(1)
        # words, lines, columns; words beyond the end of a line cost nothing
        self.said = np.maximum(said[..., : len(ROLES)], speck[..., None]).transpose(1, 0, 2)

    def scores(self, orders: Sequence[Sequence[str]]) -> list[float]:
        """Log probability of the best reading of the lines under each order of columns.

        Each line is read by itself: columns in their order, or a row that spans the table.
        """
        import numpy as np

        if not orders:
            return []
        longest = max(map(len, orders))
        tags = np.array([[ROLES.index(r) for r in order] + [0] * (longest - len(order)) for order in orders])
        there = np.array([[k < len(order) for k in range(longest)] for order in orders])[..., None]
        # columns, orders, lines
        best = np.where(there, np.zeros(self.inside.shape[0]), -np.inf).transpose(1, 0, 2)
        for place in range(self.longest):
            said = self.said[place].T[tags.T]
            if place:
                lead = np.maximum.accumulate(best[:-1], axis=0)
                gone = best.copy()
                np.maximum(best[1:], lead - SWITCH, out=gone[1:])
                gone += said
                best = np.where(self.inside[:, place], gone, best)
            else:
                best = best + said
            best[~there.transpose(1, 0, 2).repeat(best.shape[2], axis=2)] = -np.inf
        return [float(total) for total in np.maximum(best.max(0), self.span).sum(1)]


def _edits(roles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """One column more, one less, or one elsewhere; the number stays first."""
    others = [r for r in ROLES if r not in roles and not any({r, o} in _ALIKE for o in roles)]
    for role in others:
        for at in range(1, len(roles) + 1):
            yield (*roles[:at], role, *roles[at:])
    for at in range(1, len(roles)):
        rest = roles[:at] + roles[at + 1 :]
        if len(rest) > 2 and roles[at] != "content":
            yield rest
        for to in range(1, len(rest) + 1):
            moved = (*rest[:to], roles[at], *rest[to:])
            if moved != roles:
                yield moved
    if "responsible" in roles:
        at = roles.index("responsible")
        yield (*roles[:at], "lead", "support", *roles[at + 1 :])
