"""Counts for the column model: folded words, and which may follow one another inside a sentence.

    python training/columns_counts.py CORPUS_FOLDER OUT.npz

CORPUS_FOLDER holds text files, one sentence or clause a line. What is kept is a vocabulary of folded words
and one small number for each pair: its pointwise mutual information, in half nats. No text survives.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from planparse.recognise.tables.words import key

WORDS = 2200
MAX_LINES = 160_000


def read(folder: Path) -> list[list[str]]:
    lines = []
    for path in sorted(folder.glob("*.txt")):
        if not path.name.startswith(("admin", "gazette", "legal_")):
            continue
        with path.open(encoding="utf-8", errors="ignore") as file:
            for number, line in enumerate(file):
                if number >= MAX_LINES:
                    break
                lines.append(line.split())
    return lines


def main(folder: Path, out: Path) -> None:
    lines = read(folder)
    seen = Counter(word for line in lines for word in line)
    folded: Counter[str] = Counter()
    for word, count in seen.items():
        folded[key(word)] += count
    vocabulary = ["<unknown>"] + [w for w, _ in folded.most_common(WORDS - 1)]
    index = {w: i for i, w in enumerate(vocabulary)}
    ids = {word: index.get(key(word), 0) for word in seen}
    single = np.zeros(WORDS)
    pairs = np.zeros((WORDS, WORDS), dtype=np.float64)
    for line in lines:
        row = np.fromiter((ids[w] for w in line), dtype=np.int32, count=len(line))
        # a capital after a full stop is not a continuation
        np.add.at(single, row, 1)
        np.add.at(pairs, (row[:-1], row[1:]), 1)
    expected = np.outer(pairs.sum(1), pairs.sum(0)) / pairs.sum()
    information = np.log((pairs + 0.3) / (expected + 0.3))
    information[0, :] = information[:, 0] = 0
    table = np.clip(np.round(information * 2), -8, 12).astype(np.int8)
    np.savez_compressed(
        out,
        vocabulary=np.array(vocabulary),
        follows=table,
        share=np.log((single + 1) / (single.sum() + WORDS)).astype(np.float16),
    )
    print(
        len(lines), "lines", int(single.sum()), "words;", out.stat().st_size, "bytes;", (table != 0).mean(), "nonzero"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
