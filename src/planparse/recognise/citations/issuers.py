"""Who issued a cited document: the body named behind ``của``."""

from __future__ import annotations

import re
from functools import cache

from planparse.lexicon import agencies, fold, phrases, similarity
from planparse.recognise.plain import plain

_OF = re.compile(r"[\s,|)]*\bc(?:u|ú|ủ|ử|[tiuü]{1,3})?[aả]\b\s+")
"""``của`` behind the date, as it is and as it is misread: ``cua``, ``ctia``, ``ciia``."""

_ENDS = re.compile(
    r"[;:()“”\"|*]|\.(?:\s|$)|,|\s[-–]\s|\s(?:"
    + "|".join(
        "ve|ban hanh|quy dinh|phe duyet|huong dan|sua doi|thuc hien|trien khai|gop phan|trong|duoc|tai|va|de"
        "|cong bo|thong qua|tiep tuc|nham|theo|bao gom|co|da|la|gui|tren|nhu|giao|yeu cau|nam|dat|kem|doi voi|cung"
        "|khoa|ky|so".split("|")
    )
    + r")\b"
)
"""What ends a body's name: punctuation, or a word that opens what the document is about."""


def issuer_after(text: str, at: int) -> tuple[int, int] | None:
    """Where the name of the issuing body stands, if ``của`` follows at ``at``."""
    of = _OF.match(plain(text[at : at + 12]))
    if not of:
        return None
    start = at + of.end()
    window = text[start : start + 140]
    end = _known_length(window)
    end += _field_length(window, end)
    behind = plain(window)
    stop = _ENDS.search(behind, end)
    end = stop.start() if stop else len(behind)
    name = window[:end].rstrip(" .,-")
    return (start, start + len(name)) if re.match(r"[^\W\d_]", name) else None


def _known_length(window: str) -> int:
    """How much of a text a known body's name takes, commas and ``và`` within it included; 0 if none."""
    words = [m.end() for m in re.finditer(r"\S+", window)][:14]
    for count in range(len(words), 0, -1):
        name = window[: words[count - 1]].rstrip(",;.)")
        if name[-1:].isalnum() and fold(name) in _known_names() and not set(name) & set(";:()|*"):
            return len(name)
    return 0


_COMMITTEE = re.compile(r"ban chi dao(?: trung uong| quoc gia| cua chinh phu| tinh| thanh pho)?$")
_ABOUT = re.compile(r"(?: (?:trung uong|quoc gia|cua chinh phu|tinh|thanh pho))? ve ")


def _field_length(window: str, end: int) -> int:
    """How much of a text behind a committee's name is its field: ``Ban Chỉ đạo về phòng, chống thiên tai``.

    Elsewhere ``về`` opens what the document is about, so only a field that the lexicon knows belongs to the name.
    """
    folded = plain(window)
    about = _ABOUT.match(folded, end) if end and _COMMITTEE.match(folded[:end]) else None
    if about is None:
        return 0
    rest = folded[about.end() :]
    return max((about.end() - end + found.end() for field in _fields() if (found := field.match(rest))), default=0)


@cache
def _fields() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{re.escape(plain(field))}\b") for field in phrases("committee_field"))


@cache
def _known_names() -> frozenset[str]:
    names = {name for body in agencies() for name in (body.name, *body.aliases)}
    heads = {f"Bộ trưởng {name}" for name in names if name.startswith("Bộ ")}
    return frozenset(fold(name) for name in names | heads)


def body_named_by(codes: tuple[str, ...]) -> str | None:
    """The body whose abbreviation stands in a symbol, where that says which it is: a ministry, a department."""
    code = codes[-1].rstrip("0123456789") if codes else ""  # QH15
    body = next((b for b in agencies() if b.abbreviation == code), None)
    # several bodies of the Party write TW or TU
    if body is None or body.abbreviation in ("TW", "TU"):
        return None
    return body.name if body.level == "central" or body.name.startswith("Sở ") else None


def goes_with(words: str, body: str) -> bool:
    """Whether words behind ``của`` name this body (``Bộ trưởng Bộ Nội vụ``: Bộ Nội vụ), garbled or not."""
    return similarity(words[: len(body) + 2], body) > 0.75 or similarity(words[-len(body) :], body) > 0.75
