"""Forms one edit away: a letter more, a letter less, or one letter that stands for another (or elsewhere)."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Indel

SHORTEST, LONGEST = 3, 8
"""Letters of forms that are found; longer ones are told apart by more than a letter."""
AT_FIRST = 60
"""Questions that are answered by going through all forms; an index pays only after."""


class Near:
    """Forms by what they have in common: two are near where both become one if a letter is taken out of either.

    Symmetric deletes (Garbe 2012): the index holds every form under all that is left of it without one letter. It
    takes longer to build than a page takes to restore, so the first questions are answered without it.
    """

    def __init__(self, forms: Collection[str]) -> None:
        self._forms = forms
        self._asked = 0

    def __call__(self, form: str) -> set[str]:
        """All forms that are near ``form``."""
        self._asked += 1
        shorter = {left for left in deletions(form) if len(left) >= SHORTEST and left in self._forms}
        return shorter | (self._by_index(form) if self._asked > AT_FIRST else self._by_distance(form))

    def _by_index(self, form: str) -> set[str]:
        index = self._index
        return {found for left in (*deletions(form), form) for found in index.get(left, ())}

    def _by_distance(self, form: str) -> set[str]:
        # a letter taken out of both: an insertion and a deletion apart; out of one: an insertion
        alike = [*self._by_length.get(len(form), ()), *self._by_length.get(len(form) + 1, ())]
        found = process.extract(form, alike, scorer=Indel.distance, score_cutoff=2, limit=None, processor=None)
        return {near for near, _, _ in found}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for form in self._forms:
            if SHORTEST <= len(form) <= LONGEST and form.isalnum():
                found.setdefault(len(form), []).append(form)
        return found

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for forms in self._by_length.values():
            for form in forms:
                for left in deletions(form):
                    found.setdefault(left, []).append(form)
        return found


def deletions(form: str) -> set[str]:
    """All strings that lack one letter of ``form``."""
    return {form[:i] + form[i + 1 :] for i in range(len(form))}
