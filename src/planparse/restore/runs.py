"""Words that ran together: how a piece of ink may be several words, and what the spaces cost that it lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

MISSING_SPACE = -5.0
"""Log price of a space that the OCR lost."""
NEXT_MISSING, CAPITAL_BEHIND = -2.0, 3.0
"""Where one space is lost the next one mostly is, at this price; and a capital behind a small letter begins a word,
which makes the first cheaper."""
LEAST, MOST = 6, 40
"""Letters of what may be more than two words run together."""
LONGEST_PART, MOST_PARTS, WAYS = 7, 8, 3
"""Letters of each of those words, how many there may be, and how many ways to cut them are weighed."""


class Split(NamedTuple):
    """Words that a form may be: the form of each, and where in it the second and those behind begin."""

    forms: tuple[int, ...]
    starts: tuple[int, ...]
    prices: tuple[float, ...]
    """Of the spaces that were lost there."""


def space(form: str, at: int, first: bool) -> float:
    """Price of a space lost before a character of a form, ``first``: is it the first that it lost?"""
    if not first:
        return NEXT_MISSING
    return MISSING_SPACE + (CAPITAL_BEHIND if form[at].isupper() and form[at - 1].islower() else 0.0)


def runs(form: str, worth_of: Callable[[str], float | None]) -> list[tuple[float, tuple[int, ...]]]:
    """The likeliest ways to cut a form into known words: what each is worth, and where the second and later begin.

    ``worth_of`` tells what a part is worth as a word, None if nobody knows it. Walks over all ways at once;
    ``best[n]`` are those of the first n characters.
    """
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ())], *([] for _ in form)]
    for end in range(1, len(form) + 1):
        ways = []
        for start in range(max(0, end - LONGEST_PART), end):
            part = form[start:end]
            alone = end - start == 1 and not (part.isupper() or part.isdigit())
            if alone or not best[start] or (own := worth_of(part)) is None:
                continue
            for worth, ends in best[start]:
                if len(ends) < MOST_PARTS - 1:
                    more = space(form, start, not ends) if start else 0.0
                    ways.append((worth + own + more, (*ends, start) if start else ()))
        best[end] = sorted(ways, reverse=True)[:WAYS]
    return best[-1]
