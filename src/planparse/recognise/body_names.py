"""Names of bodies as running text writes them: ``SỞ Y TẾ TỈNH LÂM ĐỒNG`` → ``Sở Y tế tỉnh Lâm Đồng``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse import lexicon
from planparse.recognise.phrases import Found, capitals, openings, opens

UNITS = ("thành phố", "tỉnh", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn", "đặc khu")
"""Kinds of administrative unit; a proper name follows."""


@dataclass(frozen=True)
class BodyName:
    """A name, how sure its reading is (0 to 1), and whether letters were put right by the lexicon."""

    name: str
    confidence: float
    repaired: bool


def body_name(printed: str) -> BodyName:
    """The name that ``printed`` stands for; what the lexicon does not know keeps its letters."""
    words = " ".join(printed.split()).strip(" .,;:*-–")
    whole = lexicon.agencies().find(words, 0.86)
    if whole and whole.lead > 0.02 and len(words) > 5:
        return _result(whole.entry.name, words, whole.score)
    joint = re.split(r"\s*[-–]\s+(?=B[ỘOÔ])|\s+[-–]\s*(?=B[ỘOÔ])", words)
    if len(joint) > 1:
        parts = [body_name(part) for part in joint]
        sure = min(part.confidence for part in parts)
        return BodyName(" - ".join(part.name for part in parts), sure, any(part.repaired for part in parts))
    head, sure = _head(words)
    rest = words[head.end :] if head else words
    name = head_name(words, head) if head else ""
    return _result((name + _rest(rest, bool(name))).strip(), words, sure)


def head_name(words: str, head: Found) -> str:
    """The lexicon's writing of the words with which a name begins; abbreviations stay as they are."""
    shown = words[head.start : head.end]
    if re.sub(r"\W", "", shown) in _abbreviations():
        return shown
    hits = openings(_heads(), shown, 0.8)
    return max(hits, key=lambda hit: hit[1].score * len(hit[0]), default=(_heads()[0], head))[0]


def _head(words: str) -> tuple[Found | None, float]:
    """The longest known beginning of a name."""
    first = re.match(r"[\wĐđ&]+", words)
    if first and first.group() in _abbreviations():
        return Found(0, first.end(), 1.0), 0.97
    hits = (hit for _, hit in openings(_heads(), words, 0.82))
    best = max(hits, key=lambda hit: hit.score * (hit.end - hit.start), default=None)
    return (best, 0.5 + best.score / 2 - 0.02) if best else (None, 0.6)


def _rest(words: str, after_head: bool) -> str:
    """What follows the beginning: the field in small letters, the territory with capitals."""
    if not words.strip():
        return ""
    province = lexicon.provinces().find(words, 0.9)
    if province and province.lead > 0.02:
        return f" {province.entry.name}"
    for unit in UNITS:
        found = opens(unit, words, 0.85)
        if found and words[found.end :].strip():
            return f" {unit} {_territory(words[found.end :].strip())}"
    for unit in UNITS:
        match = re.search(rf"\s{unit}\s", words, re.IGNORECASE)
        if match:
            field = _small(words[: match.start()], after_head)
            return f"{field} {unit} {_territory(words[match.end() :].strip())}"
    return _small(words, after_head)


def _territory(words: str) -> str:
    match = lexicon.provinces().find(words, 0.82)
    if match and match.lead > 0.02:
        return match.entry.name
    return " ".join(w[:1].upper() + w[1:].lower() for w in words.split()) if capitals(words) > 0.7 else words


def _small(words: str, after_head: bool) -> str:
    """A field's name out of capitals; known abbreviations keep theirs."""
    if capitals(words) <= 0.7:
        return (" " if after_head else "") + words.strip()
    shown = [w if w.strip(".,-") in _abbreviations() else w.lower() for w in words.split()]
    if shown and shown[0] not in {"và", "của", "các", "-"}:
        shown[0] = shown[0][:1].upper() + shown[0][1:]
    return (" " if after_head else "") + " ".join(shown)


def _result(name: str, words: str, sure: float) -> BodyName:
    repaired = lexicon.strip_marks(name).casefold() != lexicon.strip_marks(words).casefold()
    restored = name.casefold() != words.casefold()
    return BodyName(name, round(min(sure, 0.98), 3), repaired or restored)


@cache
def _heads() -> tuple[str, ...]:
    names = {head.name for head in lexicon.body_heads()} | {agency.name for agency in lexicon.agencies()}
    return tuple(sorted(names))


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(agency.abbreviation for agency in lexicon.agencies())
