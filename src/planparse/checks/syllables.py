"""Which words can be Vietnamese syllables at all, by the rules of the spelling and not by a word list.

Only words with a letter that is Vietnamese for sure (``ư``, ``ế``, ``đ`` …) are judged: others may be
English, abbreviations or names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from planparse.lexicon.tables import read_yaml

_WORD = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
LONGEST = 12
"""No syllable or abbreviation has more letters (nghiêng has seven); longer words are run together."""

_FRONT = "eêiy"
_NAME_ENDS = ("k", "l", "r", "j", "w", "ng", "h")
"""How names of the highland peoples end and Vietnamese syllables do not: Đắk Lắk. (Bắc Kạn starts so.)"""


def impossible(text: str) -> list[str]:
    """The words of a text that no rule of Vietnamese spelling allows."""
    new = [token for token in dict.fromkeys(text.split()) if token not in _sound]
    if not new:
        return []
    if len(_sound) > MOST_REMEMBERED:
        _sound.clear()
    odd = []
    for token in new:
        found = _impossible(token)
        if found:
            odd += found
        elif len(token) <= 2 * LONGEST:
            _sound.add(token)
    return list(dict.fromkeys(odd))


_sound: set[str] = set()
"""Tokens met before and found possible; an archive says the same few thousand words again and again."""

MOST_REMEMBERED = 100_000


def _impossible(token: str) -> list[str]:
    words = (word for word in _WORD.findall(token) if not word.isascii())
    return [word[: 2 * LONGEST] for word in words if len(word) > LONGEST or not possible(word)]


@lru_cache(maxsize=50_000)
def possible(word: str) -> bool:
    """Can this word be a Vietnamese syllable, an abbreviation with Đ (``HĐND``) or a foreign name?"""
    if _is_mixed(word) or (word.isupper() and word.replace("Đ", "D").isascii()):
        return True
    bare, tones = _untoned(unicodedata.normalize("NFC", word.lower()))
    if tones is None:
        return False
    if any(_fits(onset, bare[len(onset) :], tones) for onset in _forms("all_onsets") if bare.startswith(onset)):
        return True
    return word.istitle() and (word[0] == "K" or bare.endswith(_NAME_ENDS)) and not bare.endswith(("nh", "ch"))


def _is_mixed(word: str) -> bool:
    """Capitals inside a word are of an abbreviation: ``QyĐ``, ``UBNDTỉnh`` is somebody else's problem."""
    return not (word.islower() or word.isupper() or word.istitle())


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if onset == "gi" and rhyme in ("", "n"):  # gì, gìn: one i for both
        return True
    front = rhyme[:1] in set(_FRONT)
    if (onset in _forms("back_onsets") and front and not (onset == "g" and rhyme.startswith("i"))) or (
        onset in _forms("front_onsets") and not front
    ):
        return False
    if rhyme in _forms("stop_rhymes"):
        return tone in ("sắc", "nặng")
    return rhyme in _forms("open_rhymes") or rhyme in _forms("nasal_rhymes")


def _untoned(word: str) -> tuple[str, str | None]:
    """The word without its tone mark, and the tone: ``""`` for none, ``None`` where there are two."""
    marks, kept = [], []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            marks.append(_TONES[char])
        else:
            kept.append(char)
    bare = unicodedata.normalize("NFC", "".join(kept))
    return bare, (marks[0] if marks else "") if len(marks) < 2 else None


@cache
def _forms(name: str) -> frozenset[str]:
    if name == "all_onsets":
        kinds = ("onsets", "back_onsets", "front_onsets", "glide_onsets")
        return frozenset().union(*(_forms(kind) for kind in kinds))
    tables = {entry["name"]: frozenset(entry["forms"]) for entry in read_yaml("syllables.yaml")["entries"]}
    return tables[name]
