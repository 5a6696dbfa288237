"""Names of persons (họ và tên): a family name of the lexicon and one to four words more, each with a capital."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse import lexicon
from planparse.recognise.phrases import capitals, opens_any

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LONGEST = 6
"""Words of the longest names: ``Nguyễn Thị Ngọc Bảo Trân Châu``."""


@dataclass(frozen=True)
class PersonName:
    """A name in a line. ``family`` is the family name where it was put right (``ran`` → ``Trần``), else ``None``."""

    start: int
    end: int
    name: str
    family: str | None = None


def find_name(line: str) -> PersonName | None:
    """The name that fills a line, but for marks around it and a degree or rank before it."""
    title = opens_any("title", line, 0.9)
    words = list(_WORD.finditer(line, title.end if title else 0))
    if not 2 <= len(words) <= LONGEST or len(line.strip()) > 45:
        return None
    if re.sub(r"[\s.*_'\"’‘“”|~\-–—!]", "", _WORD.sub("", line[title.end if title else 0 :])):
        return None
    if capitals(line) >= 0.7 and lexicon.positions().find(line, 0.78):
        return None  # CHỦ TỊCH: Chu is a family name too
    shown = [word.group() for word in words]
    if not all(word[0].isupper() for word in shown[1:]):
        return None
    family, repaired = _family(shown[0])
    if family is None:
        return None
    name = " ".join([family, *(_cased(word) for word in shown[1:])])
    return PersonName(words[0].start(), words[-1].end(), name, family if repaired else None)


def find_name_at_end(line: str) -> PersonName | None:
    """The name with which a line ends, after the end of something else (``…; Trần Văn An``)."""
    for mark in (";", ".", "  ", ":"):
        at = line.rfind(mark)
        found = find_name(line[at + len(mark) :]) if at >= 0 else None
        if found and (mark != ":" or len(found.name.split()) > 2):
            offset = at + len(mark)
            return PersonName(found.start + offset, found.end + offset, found.name, found.family)
    if line.rstrip()[-1:] in (";", ".", ":"):
        return None  # the mark ends an item: what stands before it is the item's
    # The item beside the name is damaged: three words and more with capitals, the first a family name, still tell.
    words = list(re.finditer(r"\S+", line))
    for count in (4, 3):
        if len(words) <= count:
            continue
        start = words[-count].start()
        found = find_name(line[start:])
        if found and found.family is None and not line[start:].isupper():
            return PersonName(start + found.start, start + found.end, found.name)
    return None


def _family(word: str) -> tuple[str | None, bool]:
    """The family name that a word is, and whether a letter had to be added or a mark put right."""
    known, bare, headless = _family_names()
    cased = _cased(word)
    if cased in known:
        return cased, False
    key = lexicon.strip_marks(word).lower()
    if word[0].isupper() and (same := bare.get(key)):
        # Cam can be Cam or Cầm, but Vo can only be Võ.
        return (same[0], True) if len(same) == 1 else (cased, False)
    # At the seam of two columns the first letter is often lost; one family name must remain.
    lost = headless.get(key, [])
    if word[0].islower() and len(key) >= 3 and len(lost) == 1:
        return lost[0], True
    return None, False


@cache
def _family_names() -> tuple[frozenset[str], dict[str, list[str]], dict[str, list[str]]]:
    """All family names; those without marks, and those without their first letter, with the names they can be."""
    names = [entry.name for entry in lexicon.family_names()]
    bare: dict[str, list[str]] = {}
    headless: dict[str, list[str]] = {}
    for name in names:
        key = lexicon.strip_marks(name).lower()
        bare.setdefault(key, []).append(name)
        headless.setdefault(key[1:], []).append(name)
    return frozenset(names), bare, headless


def _cased(word: str) -> str:
    return word[0].upper() + word[1:].lower()
