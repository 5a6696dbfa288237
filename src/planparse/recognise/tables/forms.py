"""What words of tables are by themselves, whatever stands around them: found once for each form that they take.

A thousand pages are written in a few thousand forms. Each is looked at when it first comes; from then on a table's
words are looked up in one array.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.chunks import ending_of, label_class, manner_of
from planparse.recognise.tables.words import Word, full_key, key

if TYPE_CHECKING:
    from numpy.typing import NDArray

HASHES = 4096
"""Buckets of letter trigrams."""
MOST_HASHES = 12
"""Trigrams of a word that are looked at."""
LENGTHS = 6
"""Lengths of words that specks are told apart by."""
LOOKS = 20
_CLASSES = ("<date>", "<year>", "<percent>", "<code>", "<month>", "<number>", "<mark>")

FORM = [
    *((name, "i4") for name in ("id", "full_id", "manner", "ending", "label", "shape", "odd", "doubt")),
    ("mark", "?"), ("look", "f4", LOOKS), ("hashes", "i4", MOST_HASHES),
]  # fmt: skip
"""Its places in the two vocabularies of :class:`~.language.ColumnLanguage`; how it begins and ends, which label it
may be (:mod:`~.chunks`); what tells specks (:mod:`~.specks`); whether it is a mark; what the tagger sees."""
MOST_FORMS = 65536
"""When so many were seen, they are forgotten and looked at anew."""


@dataclass
class WordForms:
    """The forms that came so far, under the two vocabularies of a language."""

    index: Mapping[str, int]
    full_index: Mapping[str, int]
    _rows: dict[str, int] = field(default_factory=dict)
    _table: Any = None  # made when first asked for, as arrays are
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, words: Sequence[Word]) -> NDArray[Any]:
        """(words), of :data:`FORM`."""
        import numpy as np

        with self._lock:
            if self._table is None:
                self._table = np.zeros(0, dtype=FORM)
            if len(self._rows) > MOST_FORMS:
                self._rows.clear()
            rows = self._rows
            new = {word.text for word in words if word.text not in rows}
            if new:
                self._learn(new)
            return np.asarray(self._table[[rows[word.text] for word in words]])

    def _learn(self, new: set[str]) -> None:
        import numpy as np

        count = len(self._rows)
        if len(self._table) < count + len(new):
            self._table = np.concatenate([self._table[:count], np.zeros(count + 2 * len(new), dtype=FORM)])
        self._table[count : count + len(new)] = [self._form(text) for text in new]
        self._rows |= {text: count + at for at, text in enumerate(new)}

    def _form(self, text: str) -> tuple[Any, ...]:
        folded = key(text)
        return (
            self.index.get(folded, 0), self.full_index.get(full_key(text), 0),
            manner_of(text), ending_of(text), label_class(text), *_oddity(text, folded),
            folded == "<mark>", _look(text, folded), _trigrams(folded),
        )  # fmt: skip


def _trigrams(key: str) -> tuple[int, ...]:
    """Buckets of a word's letter trigrams, its ends marked; padded with HASHES."""
    marked = f"^{key}$".encode()
    found = [zlib.crc32(marked[i : i + 3]) % HASHES for i in range(max(1, len(marked) - 2))][:MOST_HASHES]
    return tuple(found + [HASHES] * (MOST_HASHES - len(found)))


def _look(text: str, key: str) -> tuple[float, ...]:
    """What a word shows by itself."""
    bare = text.strip("“”\"'‘’(),.;:!?…[]")
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    last = text[-1]
    first = bare[:1]
    return (
        *(1.0 if key == c else 0.0 for c in _CLASSES),
        float(first.isupper()),
        float(len(bare) > 1 and bare.isupper()),
        float(text in {"-", "–", "+", "•", "*"}),
        float(text[0] in "-–+•*" and len(text) > 1),
        float(last == "."),
        float(last == ";"),
        float(last == ":"),
        float(last == ","),
        float(text[0] in "“\"'‘(") - float(last in "”\"'’)"),
        min(digits, 4) / 4,
        min(letters, 8) / 8,
        float(len(text) - digits - letters) / len(text),
        float(len(bare) == 1),
    )


def _odd(text: str) -> int:
    """How unlike a word the ink looks: 0 plain letters … 3 mixed letters, digits and signs."""
    text = text.strip(".,;:()\"“”'")
    letters, digits = any(c.isalpha() for c in text), any(c.isdigit() for c in text)
    signs = any(not c.isalnum() and c not in "-/.,%+&" for c in text)
    return (1 if letters and digits else 0) + (2 if signs else 0)


def _oddity(text: str, key: str) -> tuple[int, int, int]:
    """What a word is by itself: its length and how it begins, how odd it is, and how doubtful if nobody knows it."""
    initial, odd, named = text[0], _odd(text), key.startswith("<")
    manner = 0 if initial.islower() else (1 if initial.isupper() else (2 if initial.isdigit() else 3))
    length = LENGTHS - 1 if named else max(min(len(key), LENGTHS) - 1, 0)
    doubt = 0 if named else (4 if odd else (3 if len(key) <= 3 else 2))
    return length * 4 + manner, odd, doubt
