"""One name for each body of a plan: names of cells resolved against the document's own bodies and the lexicon.

A plan names its offices in row after row, and OCR spells them differently each time (``Viện phòng``, ``TẤT cả các
phòng``, ``Văn phòng ChL.l``). What is said often is right: rare or broken names follow it where they look like it,
and what cannot be told to be a body is left to the cell's own text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from planparse.lexicon import agencies, body_heads, strip_marks
from planparse.recognise.agencies import begins_body
from planparse.recognise.body_names import UNITS
from planparse.recognise.due import read_due
from planparse.restore.spelling import is_syllable
from planparse.restore.text import RestoredText

OFTEN = 2
"""A name that comes so often is one of the document's bodies."""
MOST_KNOWN = 300
"""Bodies that are held against a broken name, those first that come most often."""
ALIKE, LEAD = 75.0, 8.0
"""How alike a broken name and a known one must be in percent, and by how much the next must be less so."""
LONGEST = 16
"""Words of the longest names; what is longer is a sentence."""

_WORD = re.compile(r"[^\W_]+")
_DASH = re.compile("[-–—]")
_ALL = re.compile(r"^(?:tất cả|toàn thể|toàn bộ)\s+(?=các\b)", re.IGNORECASE)
_GOES_ON = frozenset(
    "thuoc cua don ban nganh tinh huyen xa phuong quan thanh thi cap khu va lien co truc chuyen tai trung".split()
)
"""Words with which a name goes on after the name of a larger or a plainer body (các phòng *chuyên môn*)."""

Key = tuple[str, ...]


def name_key(name: str) -> Key:
    """A name's words without marks: dashes, commas and letter case do not tell bodies apart."""
    return tuple(_WORD.findall(strip_marks(name).lower()))


_SEVERAL = frozenset(
    "don co to doan hoi thon nganh dia thanh cap bo bao lanh cong can truong doi tram luc doanh ca cum khu ap".split()
)
"""First words of other bodies and people that plans name in the plural (đơn vị, cơ quan, tổ chức, đoàn thể …)."""


class Bodies:
    """The bodies that a document names, and how it writes them."""

    def __init__(self, names: Iterable[str], text: RestoredText) -> None:
        self._spellings: dict[Key, Counter[str]] = {}
        for name in names:
            shown = plain_name(name)
            if shown:
                self._spellings.setdefault(name_key(shown), Counter())[shown] += 1
        self._count = {key: sum(found.values()) for key, found in self._spellings.items()}
        self._known = [key for key, times in self._count.items() if times >= OFTEN and _is_sound(self._best(key))]
        self._known = sorted(self._known, key=lambda key: -self._count[key])[:MOST_KNOWN]
        self._known.sort(key=lambda key: (-len(key), -self._count[key]))
        self._resolved: dict[str, str | None] = {}
        self._written = _written(text, self._known)

    def resolve(self, name: str) -> str | None:
        """The document's or the lexicon's name for a body, or ``None`` if this is no name of one."""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> str | None:
        shown = plain_name(name)
        key = name_key(shown)
        if not key:
            return None
        known = self._find(key, shown)
        if known is not None:
            return self._spelled(known)
        sound = _sound_part(shown)
        if sound is None or len(name_key(sound)) > LONGEST:
            return None
        if sound != shown:
            known = self._find(name_key(sound), sound)
            if known is not None:
                return self._spelled(known)
        return _capital(_of_lexicon(name_key(sound)) or sound)

    def _find(self, key: Key, shown: str) -> Key | None:
        """The known body that a name is, is nearly, or goes on from into words that are no name."""
        if key in self._known:
            return key
        if _of_lexicon(key):
            return None
        own = self._count.get(key, 0)
        slips = [k for k in self._known if self._count[k] >= 2 * own and _is_slip(key, k, self._count[k] > 9 * own)]
        if len(slips) == 1:
            return slips[0]
        if not _is_sound(shown):
            said = "".join(key)
            ranked = sorted(((fuzz.ratio(said, "".join(k)), k) for k in self._known), reverse=True)
            best, after = ranked[0] if ranked else (0.0, None), ranked[1][0] if len(ranked) > 1 else 0.0
            if best[0] >= ALIKE and best[0] - after >= LEAD:
                return best[1]
        for known in self._known:
            rest = key[len(known) :]
            if rest and key[: len(known)] == known:
                return known if rest[0] not in _GOES_ON and _is_no_name(shown, known) else None
        return None

    def _best(self, key: Key) -> str:
        return self._spellings[key].most_common(1)[0][0]

    def _spelled(self, key: Key) -> str:
        return _capital(self._written.get(key) or _of_lexicon(key) or self._best(key))


def plain_name(name: str) -> str:
    """A name without what stands around it: ``TẤT cả các phòng,`` → ``các phòng``."""
    shown = _ALL.sub("", " ".join(name.split()).strip(" .,;:-–—+*“”\"'"))
    if shown[:3].isupper() and not shown.isupper() and len(shown) > 3 and shown.split()[0].isalpha():
        first, _, rest = shown.partition(" ")  # TẤT cả
        shown = _ALL.sub("", f"{first.capitalize()} {rest}") if is_syllable(first.lower()) and _odd(first) else shown
    return shown


def _odd(first: str) -> bool:
    """Capitals that are no abbreviation (``TẤT``, not ``UBND``)."""
    return first not in _abbreviations()


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(a.abbreviation for a in agencies())


@lru_cache(maxsize=1)
def _lexicon() -> dict[Key, str]:
    return {name_key(agency.name): agency.name for agency in agencies()}


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    """First words of what there can be several of: ``các sở``, ``các phòng``, ``các đơn vị``, ``các xã``."""
    heads = {name_key(head.name)[0] for head in body_heads()} | {name_key(unit)[0] for unit in UNITS}
    return frozenset(heads | _SEVERAL | {a.lower() for a in _abbreviations() if a in {"UBND", "HĐND", "UBMTTQ"}})


def _of_lexicon(key: Key) -> str | None:
    return _lexicon().get(key)


def _is_no_name(shown: str, known: Key) -> bool:
    """Whether what follows a known name cannot be more of it: small letters, a lone one, or words that OCR broke."""
    words = [w for w in shown.split() if _WORD.search(w)][len(known) :]
    return bool(words) and (words[0][:1].islower() or len(words[0]) == 1 or not all(map(_is_sound_word, words)))


def _is_slip(key: Key, known: Key, usual: bool) -> bool:
    """Whether a name is another with a slip: a letter amid one word, or an inner word left out of a long name.

    ``vien phong`` is ``van phong`` where that is ``usual``; ``so noi vu`` is never ``bo noi vu``, ``to 1`` never
    ``to 2``.
    """
    if len(key) + 1 == len(known) and len(key) > 3:
        return any(known[:at] + known[at + 1 :] == key for at in range(1, len(known) - 1))
    if len(key) != len(known):
        return False
    differ = [(a, b) for a, b in zip(key, known, strict=True) if a != b]
    if len(differ) != 1:
        return False
    one, two = differ[0]
    figures = any(c.isdigit() for c in one + two)
    alike = one[0] == two[0] and one[-1] == two[-1] and Levenshtein.distance(one, two) <= (2 if usual else 1)
    return alike and not figures


def _is_sound_word(word: str) -> bool:
    parts = _WORD.findall(word)
    bare = word.strip("“”\"'‘’(),.;:–-/&+ ")
    if not parts:
        return word in {"-", "–", "—", "&", "/", "+"}
    if re.search(r"[^\w\s“”\"'()\-–/&.,;]", bare):
        return False
    return all(p.isdigit() or is_syllable(p.lower()) or (p.isupper() and 1 < len(p) < 9) for p in parts)


def _is_sound(name: str) -> bool:
    return all(_is_sound_word(w) for w in name.split())


def _sound_part(name: str) -> str | None:
    """The name up to the first word that OCR broke, if that is a body's; a sound name that begins as none stays."""
    words = re.split(r"(?<=[^\W\d]{2})\.\s", name)[0].split()
    upto = next((i for i, w in enumerate(words) if not _is_sound_word(w)), len(words))
    part = " ".join(words[:upto]).strip(" .,;:-–—(")
    key = name_key(part)
    if key[:1] == ("cac",) and key[1:2] and key[1] not in _units():
        return None
    if upto < len(words):
        return part if upto > 1 and begins_body(part) else None
    if begins_body(part):
        return part
    named = part[:1].isupper() and 1 < len(words) < 9 and not any(c.isdigit() for c in part)
    return part if named and read_due(part) is None else None


def _written(text: RestoredText, known: Sequence[Key]) -> dict[Key, str]:
    """How the lines of the document write each body whose dashes a cell may have lost; most often wins."""
    found: dict[Key, Counter[str]] = {}
    firsts: dict[tuple[str, str], list[Key]] = {}
    for key in known:
        if len(key) > 1:
            firsts.setdefault((key[0], key[1]), []).append(key)
    for line in text.lines if firsts else ():
        if not _DASH.search(line.text):
            continue
        words = [(strip_marks(w.group()).lower(), w.start(), w.end()) for w in _WORD.finditer(line.text)]
        for at in range(len(words) - 1):
            for key in firsts.get((words[at][0], words[at + 1][0]), ()):
                here = words[at : at + len(key)]
                if tuple(w[0] for w in here) == key:
                    shown = line.text[here[0][1] : here[-1][2]].replace("—", "–")
                    if re.fullmatch(r"[\w\s\-–,]+", shown):
                        found.setdefault(key, Counter())[shown] += 1
    return {key: shown for key, seen in found.items() if re.search("[-–]", shown := seen.most_common(1)[0][0])}
