"""Words of the subject that the body repeats.

The title is printed in bold, and Tesseract reads bold worse than plain. But a document says its subject
again: *ban hành Kế hoạch cải thiện và nâng cao …*. A word of the subject that could not be restored for
certain is read as the body spells it, where the words around it are the same and its ink is alike.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from planparse import lexicon
from planparse.recognise.layout import Layout, Role
from planparse.recognise.passage import Passage, join
from planparse.restore.text import RestoredText

UNSURE = 0.95
"""Words below this confidence may be read anew; so may words left as they are that the body never has."""

ALIKE = 0.6
"""How alike the ink and the body's word must be."""

UNCHANGED_ALIKE = 0.75
"""The same for a word that the restorer left as it is."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Echo:
    """A word of the subject, where it stands in its passage, and how the body spells it."""

    start: int
    end: int
    word: str


def find_echoes(text: RestoredText, layout: Layout, subject: Passage) -> list[Echo]:
    """The words of the subject that the body's repetition puts right; none in a text that needed no restoring."""
    if text.profile == "clean":
        return []
    heard = _Body(text, layout)
    words = list(_WORD.finditer(subject.text))
    keys = [lexicon.strip_marks(word.group()).lower() for word in words]
    found = []
    for at, match in enumerate(words):
        word, places = match.group(), subject.ranges(match.start(), match.end())
        if not word.isalpha() or (word.isupper() and len(word) > 1):
            continue  # numbers and abbreviations are never read by ear
        ink = "".join(text.source.ink(text.span(*place)) for place in places)
        restored = word.lower() != ink.lower()
        if text.confidence(places) >= UNSURE and (restored or word.lower() in heard.words):
            continue
        spelled = heard.spelling(keys, at)
        if spelled and spelled.isalpha() and spelled != word.lower() and _alike(ink, spelled, word):
            shown = spelled.capitalize() if word[0].isupper() else spelled
            found.append(Echo(match.start(), match.end(), shown))
    return found


def _alike(ink: str, spelled: str, read: str) -> bool:
    """Whether ink can be what the body spells, and no less than what was read (if that is more than the ink)."""
    said, was = (fuzz.ratio(lexicon.mask(ink), lexicon.mask(word)) for word in (spelled, read))
    left_alone = read.lower() == ink.lower()
    return said >= (UNCHANGED_ALIKE * 100 if left_alone else max(ALIKE * 100, was))


class _Body:
    """The body's words, and which of them stand between which others."""

    def __init__(self, text: RestoredText, layout: Layout) -> None:
        lines = layout.lines(Role.BODY, Role.APPENDIX)
        passage = join(text, [(n, 0, len(text.line(n).text)) for n in lines])
        self._shown = [word.lower() for word in _WORD.findall(passage.text)]
        self.words = frozenset(self._shown)

    @cached_property
    def _keys(self) -> list[str]:
        bare = {word: lexicon.strip_marks(word) for word in self.words}
        return [bare[word] for word in self._shown]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word stands, by its key."""
        found: dict[str, list[int]] = {}
        for at, key in enumerate(self._keys):
            found.setdefault(key, []).append(at)
        return found

    def spelling(self, keys: list[str], at: int) -> str | None:
        """The word that the body has in the same place, if it has one more often than all others."""
        heard: Counter[str] = Counter()
        for first, second, apart, word in _contexts(keys, at):
            heard.update(
                self._shown[place + word]
                for place in self._places.get(first, ())
                if 0 <= place + word < len(self._keys)
                and place + apart < len(self._keys)
                and self._keys[place + apart] == second
            )
        best = heard.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return None
        return best[0][0]


def _contexts(keys: list[str], at: int) -> list[tuple[str, str, int, int]]:
    """The two words after, the two before, and the neighbours of a word, without their marks.

    With them comes how far behind the first the second stands, and how far the word itself.
    """
    found: list[tuple[str, str, int, int]] = []
    if at + 2 < len(keys):
        found.append((keys[at + 1], keys[at + 2], 1, -1))
    if at >= 2:
        found.append((keys[at - 2], keys[at - 1], 1, 2))
    if at >= 1 and at + 1 < len(keys):
        found.append((keys[at - 1], keys[at + 1], 2, 1))
    return found
