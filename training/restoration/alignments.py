"""Line pairs (truth, what was read) aligned piece by piece: the channel's evidence."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

from planparse.restore.spelling import canonical
from planparse.restore.tokens import MARK, STOP, cut
from training.restoration.files import opened

HELD_OUT = 8
"""One document in so many is held out, by the hash of its name."""


@dataclass(frozen=True)
class Pair:
    """A line: its truth, what was read, the document it comes from and the file of pairs."""

    truth: str
    ink: str
    doc: str
    file: str

    @property
    def held_out(self) -> bool:
        """Is this line's document kept for measurement? The same document is held out in every file."""
        name = self.doc.removesuffix(".pdf")
        return hashlib.sha256(name.encode()).digest()[0] % HELD_OUT == 0


def read(path: Path) -> Iterator[Pair]:
    """The pairs of a file, NFC, tone marks in canonical place."""
    with opened(path) as file:
        for line in file:
            row = json.loads(line)
            truth = " ".join(canonical(w) for w in unicodedata.normalize("NFC", row["t"]).split())
            ink = unicodedata.normalize("NFC", row["o"])
            yield Pair(truth, ink, row["doc"], path.name.split(".")[0])


def pieces(line: str) -> list[tuple[int, str, bool]]:
    """Kind, text and "follows without a space" of the words, numbers and codes of a line."""
    found = []
    for chunk in line.split():
        glued = False
        for piece in cut(chunk):
            if piece.kind not in (STOP, MARK):
                found.append((piece.kind, chunk[piece.start : piece.end], glued))
            glued = True
    return found


def skeleton(word: str) -> str:
    """Base letters only, the commonest look-alikes made equal: for aligning, not for reading."""
    return unidecode(word).lower().translate(_ALIKE)


_ALIKE = str.maketrans({"0": "o", "6": "o", "1": "i", "l": "i", "!": "i", "|": "i", "j": "i", "5": "s", "4": "a"})


def sound(pair: Pair) -> bool:
    """Do both sides speak of the same line? Cut or misaligned lines teach nonsense."""
    a, b = skeleton(pair.truth).replace(" ", ""), skeleton(pair.ink).replace(" ", "")
    return bool(a) and bool(b) and Levenshtein.normalized_similarity(a, b) >= 0.6


Alignment = list[tuple[tuple[int, ...], tuple[int, ...]]]


def align(truth: list[str], ink: list[str]) -> Alignment:
    """Best monotone alignment of words: 1-1, 2-1, 1-2, and what is lost or invented (1-0, 0-1)."""
    t = [skeleton(w) for w in truth]
    o = [skeleton(w) for w in ink]
    steps = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
    cost: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(t) + 1):
        for j in range(len(o) + 1):
            here = cost.get((i, j))
            if here is None:
                continue
            for di, dj in steps:
                if i + di > len(t) or j + dj > len(o) or abs(i + di - j - dj) > 8:
                    continue
                a, b = "".join(t[i : i + di]), "".join(o[j : j + dj])
                if di and dj:
                    price = Levenshtein.distance(a, b) / max(len(a), len(b), 1) + 0.35 * (di + dj - 2)
                else:
                    price = 0.8
                total = here + price
                if total < cost.get((i + di, j + dj), 1e9) - 1e-12:
                    cost[i + di, j + dj] = total
                    back[i + di, j + dj] = (di, dj)
    if (len(t), len(o)) not in cost:
        return []
    found: Alignment = []
    i, j = len(t), len(o)
    while i or j:
        di, dj = back[i, j]
        found.append((tuple(range(i - di, i)), tuple(range(j - dj, j))))
        i, j = i - di, j - dj
    return found[::-1]
