"""Two readings of one page set side by side: the text layer that a PDF came with, and what OCR reads now.

Words are paired by their boxes. The new reading rules: it says where lines and words are. The old one tells each word
how it was read before, parts a word that has lost its spaces, joins one that has too many, and gives back words that
were missed. Which reading is right is decided later, where the language is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planparse.reading.pages.model import Page, PageWord
from planparse.source import Box

BESIDE = 0.5
"""Words are of one place if they share so much of the narrower one's width, and of the lower one's height."""
LONGEST = 7
"""No Vietnamese syllable has more letters (nghiêng)."""
LETTERS = 1
"""Readings of the same letters differ in their number by this at most."""


def with_other(page: Page, old: Sequence[PageWord]) -> Page:
    """A page that was read anew, its words knowing how the old layer has them."""
    if page.turned is not None:
        old = [word._replace(box=page.turned.there(word.box)) for word in old]
    words = [word for new, before in _groups(page.words, old) for word in _settled(new, before)]
    return replace(page, words=tuple(words))


def _settled(new: list[PageWord], before: list[PageWord]) -> list[PageWord]:
    """The words of one place, from what both readings have there."""
    if not new:
        # Where the new reading sees nothing there may be dirt as well as ink; but dirt is seldom read as a number.
        return [word for word in before if word.text.strip(".").isdigit()]
    if not before or len({word.line for word in new}) > 1:
        return new
    if len(new) == len(before):
        return [_knowing(one, two.text) for one, two in zip(new, before, strict=True)]
    said, had = sum(len(w.text) for w in new), sum(len(w.text) for w in before)
    if abs(said - had) > LETTERS:
        return new
    if len(new) == 1 and said > LONGEST:
        return _parted(new[0], before)
    if len(before) == 1 and had <= LONGEST and all(w.text.isalpha() for w in new):
        return [_knowing(_joined(new), before[0].text)]
    return new


def _knowing(word: PageWord, other: str) -> PageWord:
    return word if other == word.text else word._replace(other=other)


def _parted(word: PageWord, before: Sequence[PageWord]) -> list[PageWord]:
    """A word that has lost its spaces, cut where the old reading has them."""
    parts, at = [], 0
    for number, other in enumerate(before):
        end = len(word.text) if number == len(before) - 1 else at + len(other.text)
        if end <= at:
            return [word]
        parts.append(_knowing(word._replace(text=word.text[at:end], box=other.box), other.text))
        at = end
    return parts


def _joined(words: Sequence[PageWord]) -> PageWord:
    box = words[0].box
    for word in words[1:]:
        box = box.around(word.box)
    sure = min((w.confidence for w in words if w.confidence is not None), default=None)
    return words[0]._replace(text="".join(w.text for w in words), box=box, confidence=sure)


def _groups(new: Sequence[PageWord], old: Sequence[PageWord]) -> list[tuple[list[PageWord], list[PageWord]]]:
    """Words that stand at the same place, new and old, left to right."""
    bands: dict[int, list[int]] = {}
    for index, word in enumerate(new):
        for band in range(int(word.box.top // 20), int(word.box.bottom // 20) + 1):
            bands.setdefault(band, []).append(index)
    owner = list(range(len(new) + len(old)))

    def find(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    touched: set[int] = set()
    for at, word in enumerate(old, len(new)):
        near = {
            i for band in range(int(word.box.top // 20), int(word.box.bottom // 20) + 1) for i in bands.get(band, ())
        }
        for i in near:
            if (share := _shared(new[i].box, word.box)) > 0.0:
                touched.add(at)
            if share > BESIDE:
                owner[find(at)] = find(i)
    groups: dict[int, tuple[list[PageWord], list[PageWord]]] = {}
    for i, word in enumerate(new):
        groups.setdefault(find(i), ([], []))[0].append(word)
    for i, word in enumerate(old, len(new)):
        if i not in touched or find(i) < len(new):  # what touches a word and is of no place is a shred of it
            groups.setdefault(find(i), ([], []))[1].append(word)
    for both in groups.values():
        for side in both:
            side.sort(key=lambda word: word.box.left)
    return list(groups.values())


def _shared(one: Box, two: Box) -> float:
    """How much of the narrower one's width and of the lower one's height two boxes share: the smaller share."""
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    narrow = max(0.1, min(one.right - one.left, two.right - two.left))
    low = max(0.1, min(one.bottom - one.top, two.bottom - two.top))
    return max(0.0, min(across / narrow, down / low))
