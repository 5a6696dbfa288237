"""The Vietnamese syllable: onset, rime and tone, taken apart and put together.

A written syllable is an onset (possibly empty), a rime and one of six tones. Tone marks are placed as
government documents place them (``hòa``, ``thủy``, ``quý``), the style of Decree 30/2020/NĐ-CP.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Combining marks of the tones ngang, huyền, hỏi, ngã, sắc, nặng."""

ONSETS = frozenset([*"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(), ""])
RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uâc uân uâng uât uây
    uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu""".split()
)
_RIMES_AFTER_QU = frozenset("ych ynh yt".split())
_VOWELS = "aăâeêioôơuưy"
_SHAPED = "ăâêôơư"


class Syllable(NamedTuple):
    """``onset`` and ``rime`` without tone, and the ``tone`` as an index into :data:`TONES`."""

    onset: str
    rime: str
    tone: int


@lru_cache(maxsize=65536)
def toneless(text: str) -> tuple[str, int]:
    """Lower-cased text without its tone mark, and the tone (the last one where there are several)."""
    letters, tone = [], 0
    for letter in unicodedata.normalize("NFD", text.lower()):
        if letter in TONES[1:]:
            tone = TONES.index(letter)
        else:
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=65536)
def parse(text: str) -> Syllable | None:
    """The parts of a syllable in any letter case and tone placement; None when it is impossible.

    >>> parse("Nghiệp")
    Syllable(onset='ngh', rime='iêp', tone=5)
    >>> parse("strong") is None
    True
    """
    bare, tone = toneless(text)
    if len(bare) != len(text):  # two tone marks, or letters written apart from their marks
        return None
    for length in (3, 2, 1, 0):
        onset, rime = bare[:length], bare[length:]
        if onset not in ONSETS or len(onset) != length:
            continue
        if onset == "g" and rime.startswith("i"):
            onset, rime = "gi", rime[1:] if rime[1:] in RIMES else rime  # giá, but gìn and giếng
        if (rime in RIMES or (onset == "qu" and rime in _RIMES_AFTER_QU)) and _tone_fits(rime, tone):
            return Syllable(onset, rime, tone)
    return None


def _tone_fits(rime: str, tone: int) -> bool:
    """Rimes that end in a stop carry only sắc and nặng."""
    return tone in (4, 5) if rime.endswith(("c", "ch", "p", "t")) else True


def compose(syllable: Syllable) -> str:
    """The written syllable, lower case, NFC.

    >>> compose(Syllable("th", "uy", 2))
    'thủy'
    """
    onset, rime, tone = syllable
    if onset == "gi" and rime.startswith("i"):
        onset = "g"
    at = _tone_seat(rime)
    return unicodedata.normalize("NFC", onset + rime[: at + 1] + TONES[tone] + rime[at + 1 :])


def _tone_seat(rime: str) -> int:
    shaped = [i for i, letter in enumerate(rime) if letter in _SHAPED]
    if shaped:
        return shaped[-1]
    vowels = [i for i, letter in enumerate(rime) if letter in _VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    closed = rime[-1] not in _VOWELS
    return vowels[1] if len(vowels) == 3 or closed else vowels[0]


@cache
def canonical(word: str) -> str:
    """A word with its tone mark where government documents put it, letter case kept; others NFC only.

    >>> canonical("HOÀ")
    'HÒA'
    """
    word = unicodedata.normalize("NFC", word)
    parts = parse(word)
    if parts is None:
        return word
    spelled = compose(parts)
    if len(spelled) != len(word):
        return word
    if word.islower() or spelled == word.lower():
        return word if spelled == word.lower() else spelled
    return "".join(s.upper() if w.isupper() else s for s, w in zip(spelled, word, strict=True))


def is_syllable(word: str) -> bool:
    """Can this be a Vietnamese syllable?"""
    return parse(word) is not None
