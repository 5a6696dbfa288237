"""A table of lexicon entries that can be asked by name, by day, and by garbled name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from planparse.lexicon.entries import Entry
from planparse.lexicon.folding import fold

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Match(Generic[E]):
    """The entry that a text was taken for.

    ``score`` is how alike the folded strings are (0 to 1); ``lead`` how far the best entry of another
    name lies behind. A lead near 0 means that the text can't tell the two apart.
    """

    entry: E
    score: float
    lead: float


@dataclass(frozen=True)
class Table(Generic[E]):
    """Entries in file order. A name can occur more than once, for different times."""

    entries: tuple[E, ...]

    def __iter__(self) -> Iterator[E]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def by_name(self) -> dict[str, E]:
        """Name or alias → entry; of several with one name the last in the file (the one in force)."""
        return {name: entry for entry in self.entries for name in (*entry.aliases, entry.name)}

    def on(self, day: dt.date | None) -> tuple[E, ...]:
        """The entries that held on a day."""
        return tuple(entry for entry in self.entries if entry.holds_on(day))

    @cached_property
    def _keys(self) -> list[tuple[str, E]]:
        return [
            (fold(name).replace(" ", ""), entry) for entry in self.entries for name in (entry.name, *entry.aliases)
        ]

    @cached_property
    def _strings(self) -> list[str]:
        return [key for key, _ in self._keys]

    def find(self, text: str, cutoff: float = 0.8, day: dt.date | None = None) -> Match[E] | None:
        """The entry whose name is most like the *whole* of ``text``; ``None`` where none reaches ``cutoff``.

        Diacritics, letter case, spaces and OCR look-alikes do not count. ``day`` keeps to the entries
        that held then.
        """
        key = fold(text).replace(" ", "")
        if not key:
            return None
        best: tuple[float, E] | None = None
        second = 0.0
        # Everything within reach of the cutoff competes; a handful at most.
        for _, score, at in process.extract(key, self._strings, scorer=fuzz.ratio, limit=8, score_cutoff=cutoff * 80):
            entry = self._keys[at][1]
            if not entry.holds_on(day):
                continue
            if best is None:
                best = (score / 100, entry)
            elif entry.name != best[1].name:
                second = max(second, score / 100)
            elif score / 100 == best[0]:
                best = (best[0], entry)  # of one name the later entry, as in by_name
        if best is None or best[0] < cutoff:
            return None
        return Match(best[1], best[0], best[0] - second)
