"""From files of pairs to the tables of a channel."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from planparse.restore.channel import PartTables, Scores, onset_length
from planparse.restore.tokens import NUMBER, WORD
from planparse.restore.words import fold_case
from training.restoration.alignments import Pair, align, pieces, read, sound
from training.restoration.channel import Counts, learn_parts, remember


@dataclass
class Sightings:
    """What the pairs of one channel show."""

    counts: Counts = field(default_factory=Counter)
    lines: int = 0
    unsound: int = 0

    def add(self, other: Sightings) -> None:
        """Take in another's counts."""
        self.counts.update(other.counts)
        self.lines += other.lines
        self.unsound += other.unsound


def channel_of(path: Path) -> str:
    """The channel that a file of pairs teaches, from its name: ``eng_fast`` and ``tables_eng`` are ``eng``."""
    named = [name for name in ("eng", "vie") if name in path.name.split(".")[0].split("_")]
    if len(named) != 1:
        raise ValueError(f"{path}: the name must say eng or vie (eng_scans.jsonl)")
    return named[0]


def sight(pairs: list[Pair]) -> Sightings:
    """Count forms and what they stand for, in lines whose two sides agree."""
    found = Sightings()
    for pair in pairs:
        found.lines += 1
        if not sound(pair):
            found.unsound += 1
            continue
        truth, ink = pieces(pair.truth), pieces(pair.ink)
        for a, b in align([word for _, word, _ in truth], [word for _, word, _ in ink]):
            if len(a) != 1 or len(b) != 1:
                continue
            kind, word, _ = truth[a[0]]
            ink_kind, form, _ = ink[b[0]]
            if ink_kind in (WORD, NUMBER) and kind in (WORD, NUMBER):
                found.counts[form, fold_case(word) if kind == WORD else "<n>"] += 1
    return found


def sightings(paths: list[Path], step: Callable[[str, float], None]) -> dict[str, Sightings]:
    """Sightings of every channel, held-out documents left out; lines are aligned on all cores."""
    found: dict[str, Sightings] = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for path in paths:
            pairs = [pair for pair in read(path) if not pair.held_out]
            chunks = [pairs[at : at + 500] for at in range(0, len(pairs), 500)]
            into = found.setdefault(channel_of(path), Sightings())
            for done, part in enumerate(pool.map(sight, chunks), 1):
                into.add(part)
                step(f"pairs {path.name}", done / len(chunks))
    return found


def text(value: str) -> np.ndarray:
    """A text as an array of bytes."""
    return np.frombuffer(value.encode("utf-8"), dtype=np.uint8)


def channel_arrays(name: str, counts: Counts, vocabulary: list[str]) -> dict[str, np.ndarray]:
    """A channel's tables as arrays of the model file."""
    numbers = {word: i for i, word in enumerate(vocabulary)}
    onsets, rimes = learn_parts(counts)
    tables = PartTables(onsets, rimes, vocabulary, [onset_length(word) for word in vocabulary])
    forms: dict[str, Scores] = remember(
        counts,
        tables,
        numbers,
        vocabulary,
    )
    words, prices, ends = [], [], []
    for form in sorted(forms):
        for number in sorted(forms[form]):
            words.append(number)
            prices.append(min(255, round(-16 * forms[form][number])))
        ends.append(len(words))
    parts = {"onsets": _rounded(onsets), "rimes": _rounded(rimes)}
    return {
        f"{name}.forms": text("\n".join(sorted(forms))),
        f"{name}.ends": np.array(ends, dtype=np.uint32),
        f"{name}.words": np.array(words, dtype=np.uint16),
        f"{name}.prices": np.array(prices, dtype=np.uint8),
        f"{name}.parts": text(json.dumps(parts, ensure_ascii=False, sort_keys=True)),
    }


def _rounded(table: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {form: {part: round(p, 2) for part, p in sorted(parts.items())} for form, parts in sorted(table.items())}
