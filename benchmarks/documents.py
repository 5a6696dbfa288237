"""Documents for benchmarks: the samples as Tesseract read them, each copy with a text of its own.

Blocks change places, words are exchanged with others of the same document, letters are misread anew and
numbers differ, so that nothing that is remembered of one document answers for the next.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?<=\d)\d")
MISREAD = {"a": "4", "e": "é", "i": "1", "o": "0", "u": "w", "n": "r", "h": "b", "t": "f", "l": "I", "c": "e"}


def originals() -> list[str]:
    """The samples' OCR text, read with the English and with the Vietnamese model."""
    return [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*/[ev][ni][ge].txt"))]


def varied(text: str, chance: random.Random) -> str:
    """A document with the same layout and about the same words, but a text of its own."""
    words = _WORD.findall(text)

    def word(found: re.Match[str]) -> str:
        draw = chance.random()
        if draw < 0.04:
            return chance.choice(words)
        if draw < 0.07:
            at = chance.randrange(len(found.group()))
            letter = found.group()[at]
            return found.group()[:at] + MISREAD.get(letter, letter) + found.group()[at + 1 :]
        return found.group()

    changed = _NUMBER.sub(lambda _: str(chance.randrange(10)), _WORD.sub(word, text))
    blocks = changed.split("\n\n")
    middle = range(4, len(blocks) - 4)
    for at in chance.sample(middle, len(middle) // 20 * 2) if len(middle) > 20 else ():
        if not {"\f"} & {*blocks[at], *blocks[at + 1]}:
            blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
    return "\n\n".join(blocks)


def write_documents(folder: Path, count: int, seed: int = 1, first: int = 0) -> int:
    """Write ``count`` documents in folders of a hundred; returns how many pages they have by form feeds."""
    texts = originals()
    pages = 0
    for number in range(first, first + count):
        text = varied(texts[number % len(texts)], random.Random(f"{seed} {number}"))
        path = folder / f"{number // 100:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        pages += text.rstrip("\f").count("\f") + 1
    return pages
