"""``python -m training letters``: what Tesseract makes of letters, and of those in lines that it merged.

Reads folders of rendered tables (``python -m training tables``), lays the letters of their pieces of lines and what
Tesseract read side by side (expectation-maximisation with best paths) and writes how often each letter turned into
what: once over all pieces, once over those that came out so broken that channels learned from whole words know
nothing of them.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import fuzz
from unidecode import unidecode

LONGEST = 3
"""A letter turns into at most so many characters (``h`` into ``l1``, ``ộ`` into ``0.``)."""
ROUNDS = 6
KINDS = {"": (45, 100), ".broken": (45, 88)}
"""What is learned from pieces how similar to their truth (per cent, marks aside): less is no longer the same text."""
ENOUGH = 12_000
"""Pieces to learn from; of more, every second, third …"""
_NEVER = -1e9
_RARE = 3
"""What a letter turned into fewer times than this over all is left out."""


def pieces_of(folders: Iterable[Path], lang: str, similar: tuple[int, int]) -> Iterable[tuple[str, str]]:
    """Pieces of lines so ``similar`` (per cent) to their truth: (ink, truth in small letters), single spaces."""
    for folder in folders:
        for path in sorted(folder.glob(f"{lang}-*.json")):
            table = json.loads(path.read_text(encoding="utf-8"))
            lines = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
            for line, entry in zip(lines, table["lines"], strict=True):
                for (start, end, _, kind), truth in zip(entry["segments"], entry["pieces"], strict=True):
                    ink = " ".join(line[start:end].split())
                    if kind == "number" or len(truth) < 8 or abs(len(ink) - len(truth)) > 0.4 * len(truth):
                        continue
                    if similar[0] <= fuzz.ratio(unidecode(ink).lower(), unidecode(truth).lower()) <= similar[1]:
                        yield ink, truth.lower()


class Counts:
    """What letters turned into, as log probabilities; a letter with marks leans on the same letter without them."""

    def __init__(self) -> None:
        self.of: dict[str, Counter[str]] = defaultdict(Counter)
        self.added: Counter[str] = Counter()
        self.letters = 0

    def take(self, letter: str, ink: str) -> None:
        self.of[letter][ink] += 1
        self.letters += 1

    def prices(self) -> tuple[dict[str, dict[str, float]], dict[str, float], float]:
        """Letter → ink → log probability; ink that stands for nothing → log probability; of rare ones."""
        base: dict[str, Counter[str]] = defaultdict(Counter)
        for letter, inks in self.of.items():
            base[unidecode(letter).lower() or letter].update(inks)
        found: dict[str, dict[str, float]] = {}
        for letter, inks in self.of.items():
            under = base[unidecode(letter).lower() or letter]
            total, below = sum(inks.values()), sum(under.values())
            known = {i for i, n in under.items() if n >= _RARE}
            trust = total / (total + 20)
            found[letter] = {
                i: math.log(trust * inks[i] / total + (1 - trust) * under[i] / below) for i in sorted(known)
            }
        whole = sum(self.added.values()) + self.letters
        added = {i: math.log(n / whole) for i, n in sorted(self.added.items()) if n >= _RARE}
        return found, added, math.log(1 / whole)


def first_guess(letter: str, ink: str) -> float:
    """Before anything was counted: a letter is read as itself, or as something."""
    if not ink:
        return -4.0
    if ink.lower() == letter or unidecode(ink).lower() == unidecode(letter).lower():
        return -0.5
    return -3.0 - 2.0 * (len(ink) - 1)


def lay(
    truth: str, ink: str, prices: tuple[dict[str, dict[str, float]], dict[str, float], float] | None
) -> list[tuple[str, str]]:
    """The best way to get the ink from the truth: (letter, what it turned into); ("", ink) for what was added."""
    of, added, rare = prices or ({}, {}, -5.0)
    best = [[_NEVER] * (len(ink) + 1) for _ in range(len(truth) + 1)]
    back: list[list[int]] = [[0] * (len(ink) + 1) for _ in range(len(truth) + 1)]
    best[0][0] = 0.0
    for p in range(len(truth) + 1):
        row = best[p]
        table = of.get(truth[p]) if p < len(truth) else None
        for i in range(len(ink) + 1):
            value = row[i]
            if value == _NEVER:
                continue
            if i < len(ink):
                score = value + (added.get(ink[i], rare) if prices else -4.0)
                if score > row[i + 1]:
                    row[i + 1], back[p][i + 1] = score, -1
            if p == len(truth):
                continue
            for size in range(min(LONGEST, len(ink) - i) + 1):
                got = ink[i : i + size]
                if prices is None:
                    price = first_guess(truth[p], got)
                else:
                    price = table.get(got, _NEVER if size != 1 else -11.0) if table else first_guess(truth[p], got)
                if value + price > best[p + 1][i + size]:
                    best[p + 1][i + size], back[p + 1][i + size] = value + price, size
    steps: list[tuple[str, str]] = []
    p, i = len(truth), len(ink)
    while p or i:
        size = back[p][i]
        if size < 0 or p == 0:
            i -= 1
            steps.append(("", ink[i]))
        else:
            steps.append((truth[p - 1], ink[i - size : i]))
            p, i = p - 1, i - size
    return steps[::-1]


def learn(pairs: list[tuple[str, str]]) -> tuple[dict[str, dict[str, float]], dict[str, float], float]:
    prices = None
    for _ in range(ROUNDS):
        counts = Counts()
        for ink, truth in pairs:
            for letter, got in lay(truth, ink, prices):
                if letter:
                    counts.take(letter, got)
                else:
                    counts.added[got] += 1
        prices = counts.prices()
    assert prices is not None
    return prices


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(prog="python -m training letters", description=__doc__)
    ask.add_argument("--tables", type=Path, nargs="+", required=True, help="folders of rendered tables")
    ask.add_argument("--out", type=Path, required=True, help="JSON file to write")
    options = ask.parse_args(argv)
    result = {}
    for lang in ("eng", "vie"):
        for kind, similar in KINDS.items():
            pairs = list(pieces_of(options.tables, lang, similar))
            pairs = pairs[:: 1 + len(pairs) // ENOUGH]
            of, added, rare = learn(pairs)
            result[lang + kind] = {
                "letters": {c: {i: round(p, 2) for i, p in inks.items()} for c, inks in sorted(of.items())},
                "added": {i: round(p, 2) for i, p in added.items()},
                "rare": round(rare, 2),
            }
            print(f"{lang}{kind}: {len(pairs)} pieces, {sum(len(t) for _, t in pairs)} letters", flush=True)
    options.out.write_text(json.dumps(result, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0
