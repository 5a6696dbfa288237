"""The corpus as arrays of word numbers, read once and kept on disk for the passes over it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import yaml

from planparse.restore.spelling import canonical, is_syllable
from planparse.restore.tokens import CODE, MARK, NUMBER, STOP, cut
from planparse.restore.words import SPECIAL, S, fold_case
from training.restoration.files import opened

_BLOCK = 1 << 24


def registers() -> dict[str, int]:
    """Weight of every corpus file, by stem."""
    weights: dict[str, int] = yaml.safe_load((Path(__file__).parent / "registers.yaml").read_text("utf-8"))
    return weights


def blocks(path: Path) -> Iterator[str]:
    """The file's text in blocks of whole lines, NFC."""
    with opened(path) as file:
        while text := "".join(file.readlines(_BLOCK)):
            yield unicodedata.normalize("NFC", text)


def words_of(chunk: str) -> tuple[str, ...]:
    """The chunk as the language model sees it: lower-case words and class symbols.

    >>> words_of("(CCHC),")
    ('<p>', 'cchc', '<p>')
    """
    found = []
    for piece in cut(chunk):
        if piece.kind == NUMBER:
            found.append("<n>")
        elif piece.kind == CODE:
            found.append("<code>")
        elif piece.kind == STOP:
            found.append("<s>")
        elif piece.kind == MARK:
            found.append("<p>")
        else:
            found.append(fold_case(canonical(chunk[piece.start : piece.end])))
    return tuple(found)


Step = Callable[[str, float], None]
"""Told what is being done, and the share of it that is done."""


def count_chunks(paths: list[Path], step: Step) -> tuple[Counter[str], Counter[str]]:
    """Weighted counts of all chunks, and of the words in them."""
    weights, chunks = registers(), Counter[str]()
    for done, path in enumerate(paths, 1):
        here: Counter[str] = Counter()
        for text in blocks(path):
            here.update(text.split())
        weight = weights.get(path.name.split(".")[0], 1)
        for chunk, count in here.items():
            chunks[chunk] += count * weight
        step("counting words", done / len(paths))
    words: Counter[str] = Counter()
    for chunk, count in chunks.items():
        for word in words_of(chunk):
            words[word] += count
    return chunks, words


_PLAIN = re.compile(r"[^\W\d_]{1,14}$")


def choose_vocabulary(words: Counter[str], syllables_from: int, others_from: int, limit: int) -> list[str]:
    """Word list of the model: the special symbols, then words by falling weighted count.

    Possible syllables need a weighted count of ``syllables_from``, other words ``others_from``.
    """
    ranked = sorted(((count, word) for word, count in words.items() if word not in SPECIAL), reverse=True)
    kept = [
        word
        for count, word in ranked
        if count >= (syllables_from if is_syllable(word) else others_from) and _PLAIN.match(word)
    ]
    return [*SPECIAL, *kept[: limit - len(SPECIAL)]]


def encoder(vocabulary: list[str]) -> Callable[[str], list[int]]:
    """A function from chunk to word numbers."""
    number = {word: i for i, word in enumerate(vocabulary)}
    unknown = number["<unk>"]
    cache: dict[str, list[int]] = {}

    def look(chunk: str) -> list[int]:
        ids = cache.get(chunk)
        if ids is None:
            ids = cache[chunk] = [number.get(word, unknown) for word in words_of(chunk)]
        return ids

    return look


def collapse(ids: np.ndarray) -> np.ndarray:
    """One ``<s>`` is enough however many stops and line ends stand together."""
    again = np.zeros(len(ids), dtype=bool)
    again[1:] = (ids[1:] == S) & (ids[:-1] == S)
    return ids[~again]


def encode(paths: list[Path], vocabulary: list[str], step: Step) -> Iterator[tuple[np.ndarray, int]]:
    """Blocks of word numbers (uint16, every line between ``<s>``) with their file's weight."""
    weights, look = registers(), encoder(vocabulary)
    for done, path in enumerate(paths, 1):
        weight = weights.get(path.name.split(".")[0], 1)
        for text in blocks(path):
            ids: list[int] = [S]
            for line in text.split("\n"):
                for chunk in line.split():
                    ids += look(chunk)
                ids.append(S)
            yield collapse(np.array(ids, dtype=np.uint16)), weight
        step("encoding the corpus", done / len(paths))
