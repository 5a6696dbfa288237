"""Words that come again and again, looked at once.

A table of a thousand words has some three hundred that differ; what a word is by itself is found once for each of
them, and dealt out to all places where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.words import Word

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Distinct:
    """Some words, by what they are: text and key."""

    def __init__(self, words: Sequence[Word]) -> None:
        import numpy as np

        seen: dict[tuple[str, str], int] = {}
        found = [seen.setdefault((text, key), len(seen)) for _, _, _, text, key, _, _, _ in words]
        self.places = np.array(found, dtype=np.intp)
        """For each word which of the distinct ones it is."""
        self.words = list(seen)
        """Text and key of each of them."""

    def all(self, look: Callable[[str, str], Any], dtype: Any) -> NDArray[Any]:
        """For each word what ``look(text, key)`` sees of it, a number or a row of numbers."""
        import numpy as np

        return np.array(list(starmap(look, self.words)), dtype=dtype)[self.places]
