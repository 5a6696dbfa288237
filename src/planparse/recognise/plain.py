"""Text without its marks, letter for letter: recognisers search it and take their answers from the original."""

from __future__ import annotations

from planparse.lexicon import strip_marks


def plain(text: str) -> str:
    """``Nghị Định`` → ``nghi dinh``. As long as ``text``, so that positions hold even where it is not NFC."""
    bare = strip_marks(text).lower()
    return bare if len(bare) == len(text) else "".join((strip_marks(c) or " ")[0].lower() for c in text)
