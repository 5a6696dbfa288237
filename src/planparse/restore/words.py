"""Words of the language model: special symbols and letter case."""

from __future__ import annotations

SPECIAL = ("<s>", "<p>", "<n>", "<code>", "<unk>")
"""Sentence or clause end, other mark, number, document code, word outside the vocabulary."""

S, P, N, CODE_ID, UNK = range(len(SPECIAL))


def fold_case(word: str) -> str:
    """The form under which the language model knows a word."""
    return word.lower()
