"""Names word by word: written alike, known to the lexicon, or two readings of one ink.

``Uỷ ban nhân dân``, ``Ủy ban nhân dân`` and ``UBND`` are ways to write one name, not readings of it. What is left
to tell apart are words: ``Sở Nội vu`` beside ``Sở Nội vụ`` is what OCR does, ``Sở Ngoại vụ`` is another body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from planparse.lexicon import agencies, body_heads, family_names, fold, provinces
from planparse.restore.spelling import canonical, is_syllable

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
"""``tỉnh Phú Yên (cũ)``: what stands in brackets at the end is said about the name."""
_UNITS = ("thành phố", "tỉnh", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn", "đặc khu")
_SHORT = ("UBND", "HĐND", "MTTQ")


@dataclass(frozen=True)
class Spelled:
    """A name as printed, and its words spelled out, small, each with the stretch of the print it came from."""

    printed: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def key(self) -> str:
        """The same for all ways to write one reading."""
        return " ".join(self.words)


@lru_cache(maxsize=65536)
def spelled(name: str) -> Spelled:
    """A name taken into words.

    >>> spelled("UBND TP. Đà Nẵng").key
    'ủy ban nhân dân thành phố đà nẵng'
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _WORD.finditer(_ASIDE.sub("", name)):
        for word in _abbreviations().get(match.group(), (canonical(match.group()).lower(),)):
            words.append(word)
            places.append(match.span())
    return Spelled(name, tuple(words), tuple(places))


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    known = {body.abbreviation: _words(body.name) for body in agencies() if body.abbreviation in _SHORT}
    return {**known, "TP": ("thành", "phố"), "Tp": ("thành", "phố")}


def _words(name: str) -> tuple[str, ...]:
    return tuple(canonical(word).lower() for word in _WORD.findall(name))


@cache
def _bodies() -> dict[tuple[str, ...], str]:
    return {_words(name): body.name for body in agencies() for name in (body.name, *body.aliases)}


@cache
def _territories() -> dict[tuple[str, ...], str]:
    found = {_words(name): place.name for place in provinces() for name in (place.name, *place.aliases)}
    return {**found, ("việt", "nam"): "Việt Nam"}


@cache
def _families() -> frozenset[str]:
    return frozenset(canonical(entry.name).lower() for entry in family_names())


@dataclass(frozen=True)
class Known:
    """What the lexicon knows of a name: its body, its territory, and which of its words these are."""

    body: str | None = None
    territory: str | None = None
    words: frozenset[int] = frozenset()
    territory_from: int | None = None
    """Where the proper name of the territory begins; names from there on can be any two syllables."""


@lru_cache(maxsize=65536)
def known(words: tuple[str, ...]) -> Known:
    """The parts of a name that the lexicon knows, exactly as written.

    A body that goes on after a known one (``Sở Tài chính - Kế hoạch``) is another body: none of it is known.
    """
    for cut in range(len(words), -1, -1):
        body = _bodies().get(words[:cut])
        if cut and body is None:
            continue
        unit = _unit(words, cut)
        rest = words[cut + unit :]
        territory = _territories().get(rest)
        if not cut and not unit and territory is None:
            break
        if rest and not unit and territory is None:
            continue  # the name goes on
        sure = set(range(cut + unit)) | (set(range(cut + unit, len(words))) if territory else set())
        return Known(body, territory, frozenset(sure), cut + unit if rest else None)
    starts = [at + n for at in range(1, len(words)) if (n := _unit(words, at))]
    return Known(territory_from=starts[-1] if starts else None)


def _unit(words: tuple[str, ...], at: int) -> int:
    """How many words of a kind of territory stand at a place: ``thành phố`` is two."""
    return next((n for unit in _UNITS if words[at : at + (n := len(unit.split()))] == tuple(unit.split())), 0)


def same_thing(a: tuple[str, ...], b: tuple[str, ...]) -> bool | None:
    """Whether two readings name one thing of the lexicon (``True``), two (``False``); ``None``: it can't tell."""
    one, other = known(a), known(b)
    if one.body and other.body and one.body != other.body:
        return False
    if one.territory and other.territory and one.territory != other.territory:
        return False
    whole = len(one.words) == len(a) and len(other.words) == len(b)
    return True if whole else None


def differing(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[int, ...] | None:
    """Which words of two readings of one ink differ; ``None`` where they are no readings of one ink.

    Words match one to one. A word that differs has lost or changed marks or look-alike letters, or, where one of
    the two is no Vietnamese syllable, one letter more. Numbers are never one another. Where words ran together
    (``Nộivụ``) all of the name counts as differing.
    """
    if len(a) != len(b):
        run = "".join(fold(w) for w in a) == "".join(fold(w) for w in b)
        broken = not all(is_syllable(w) for w in (a if len(a) < len(b) else b))
        return tuple(range(min(len(a), len(b)))) if run and broken else None
    apart = tuple(i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)
    return apart if all(_one_ink(a[i], b[i]) for i in apart) else None


@lru_cache(maxsize=65536)
def _one_ink(a: str, b: str) -> bool:
    if any(c.isdigit() for c in a) and any(c.isdigit() for c in b):
        return False
    one, other = fold(a), fold(b)
    if one == other:
        return True
    broken = not (is_syllable(a) and is_syllable(b))
    return broken and min(len(one), len(other)) >= 2 and Levenshtein.distance(one, other) <= 1


def damaged(word: str) -> bool:
    """Whether a word shows by itself that it was misread: it is no Vietnamese syllable."""
    return not is_syllable(word)


def begins_body(words: tuple[str, ...]) -> bool:
    """Whether words begin as names of bodies do: ``Sở …``, ``Ban Quản lý …``."""
    return any(words[:n] in _heads() for n in range(1, len(words) + 1))


@cache
def _heads() -> frozenset[tuple[str, ...]]:
    return frozenset(_words(head.name) for head in body_heads()) | frozenset(_bodies())


def is_family(word: str) -> bool:
    """Whether a word is a family name that the lexicon knows."""
    return word in _families()


def mended(doubted: Spelled, proven: Spelled) -> str:
    """The doubted name with the proven words in place; its own way of writing stays (``UBND``, capitals).

    >>> mended(spelled("UBND tỉnh Sơn Lạ"), spelled("Ủy ban nhân dân tỉnh Sơn La"))
    'UBND tỉnh Sơn La'
    """
    if len(doubted.words) != len(proven.words):
        return proven.printed
    text = doubted.printed
    for i in reversed(range(len(doubted.words))):
        if doubted.words[i] != proven.words[i]:
            start, end = doubted.places[i]
            shown = proven.printed[slice(*proven.places[i])]
            ink = text[start:end]
            shouting = ink.isupper() and len(ink) > 1
            text = text[:start] + (shown.upper() if shouting else shown) + text[end:]
    return text
