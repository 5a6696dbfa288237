"""Which columns a table has, settled by its head and by what stands below it.

OCR reads heads badly: the words of narrow columns are broken over lines, and a name may be lost. The rows below say
the rest: read without a head, the tagger tells for each word which columns it could be of, and the order of columns
that explains the lines best wins, unless the head speaks against it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from planparse.recognise.tables.head import USUAL_ORDER as ROLES
from planparse.recognise.tables.tags import JUNK, SPAN

Answers = Sequence[Sequence[float]]

SWITCH = 0.4
"""What it costs to go on in another column: columns have more than a word."""
WORDS = 500
"""Words of a table that are asked."""
EDIT, TIDY_EDIT = 14.0, 60.0
"""What a change of the head's reading must gain, in nats; the second where the head was read whole."""
MOST_EDITS = 3
_ALIKE = ({"responsible", "lead"}, {"responsible", "support"})
"""Roles that are never columns of one table."""


def settle_roles(answers: Answers, lines: Sequence[int], roles: Sequence[str], tidy: bool) -> tuple[str, ...]:
    """The columns of a table, left to right.

    ``answers``: the tagger's, without a head, for the first words; ``lines``: how many of them each line has;
    ``roles``: as the head was read, ``tidy``: whether every name of it was whole.
    """
    best, score = tuple(roles), _score(answers, lines, roles)
    for _ in range(MOST_EDITS):
        ranked = max(((_score(answers, lines, r), r) for r in _edits(best)), default=None)
        if ranked is None or ranked[0] - score < (TIDY_EDIT if tidy else EDIT):
            break
        score, best = ranked
    return best


def _line_score(answers: Answers, order: Sequence[int]) -> float:
    """Log probability of the best reading of a line: columns in their order, or a row that spans the table."""
    junk = [a[JUNK] for a in answers]
    best = [0.0] * len(order)
    for place, answer in enumerate(answers):
        lead = -math.inf
        for k, tag in enumerate(order):
            here = best[k]
            stay = max(here, lead - SWITCH) if place else here
            lead = max(lead, here)
            best[k] = stay + max(answer[tag], junk[place])
    return max(sum(max(a[SPAN], a[JUNK]) for a in answers), *best)


def _score(answers: Answers, lines: Sequence[int], roles: Sequence[str]) -> float:
    order = [ROLES.index(role) for role in roles]
    total, at = 0.0, 0
    for count in lines:
        total += _line_score(answers[at : at + count], order)
        at += count
    return total


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
