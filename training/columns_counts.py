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

from planparse.recognise.tables.words import full_key, key

WORDS = 2200
FULL_WORDS = 6000
SEEN = 7
"""Pairs of words with their marks that were seen less often are left out."""
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


def full_pairs(lines: list[list[str]], seen: Counter[str]) -> dict[str, np.ndarray]:
    """The same for words with their marks, where only pairs that were seen often are kept."""
    counted: Counter[str] = Counter()
    for word, count in seen.items():
        counted[full_key(word)] += count
    vocabulary = ["<unknown>"] + [w for w, _ in counted.most_common(FULL_WORDS - 1) if w != "<mark>"]
    index = {w: i for i, w in enumerate(vocabulary)}
    size = len(vocabulary)
    ids = {word: index.get(full_key(word), 0) for word in seen}
    codes = []
    single = np.zeros(size)
    for line in lines:
        row = np.fromiter((ids[w] for w in line), dtype=np.int64, count=len(line))
        np.add.at(single, row, 1)
        both = (row[:-1] > 0) & (row[1:] > 0)
        codes.append((row[:-1] * size + row[1:])[both].astype(np.int32))
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    kept = counts >= SEEN
    pairs, counts = pairs[kept], counts[kept]
    total = single.sum()
    expected = single[pairs // size] * single[pairs % size] / total
    values = np.clip(np.round(2 * np.log(counts / expected)), -20, 40).astype(np.int8)
    # above 0 where chance alone would have shown a pair of two such words often enough to be kept
    common = np.log(single + 1) - 0.5 * np.log(total) - 0.5 * np.log(SEEN)
    return {
        "full_vocabulary": np.array(vocabulary),
        "pair_steps": np.diff(pairs, prepend=0).astype(np.uint32),
        "pair_values": values,
        "common": common.astype(np.float16),
    }


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
    full = full_pairs(lines, seen)
    np.savez_compressed(
        out,
        vocabulary=np.array(vocabulary),
        follows=table,
        **full,
        share=np.log((single + 1) / (single.sum() + WORDS)).astype(np.float16),
    )
    print(
        len(lines), "lines", int(single.sum()), "words;", out.stat().st_size, "bytes;", (table != 0).mean(), "nonzero"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
