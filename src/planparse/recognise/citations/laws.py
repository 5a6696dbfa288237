"""Laws that a text names without their number: ``Luật Phòng, chống tham nhũng``."""

from __future__ import annotations

import re
from functools import cache

from planparse.lexicon import fold
from planparse.lexicon.tables import read_yaml
from planparse.recognise.citations.mentions import Mention
from planparse.recognise.passage import Passage
from planparse.recognise.plain import plain

_ACT = re.compile(r"(?<![^\W\d_])(?P<act>bo luat|luat|phap lenh|hien phap)\s+(?=\w)")
_STOPS = (
    "va (?:luat|nghi|phap lenh|cac|bo luat)|so|nam|ngay|quy dinh|duoc|de|da|ve|trong|tai|theo|cua|co hieu luc|doi voi"
)
_TITLE_END = re.compile(rf"[.;:()“”\"|]|,\s(?!chong\b|the thao\b)|\s(?:{_STOPS})\b")
"""Where a name that is in no list is taken to end."""


def find_laws(passage: Passage, known: list[Mention]) -> list[Mention]:
    """Mentions of laws by name alone; those with a number are in ``known`` already."""
    text, folded = passage.text, plain(passage.text)
    found = []
    for act in _ACT.finditer(folded):
        if not text[act.start()].isupper() or any(a <= act.start() < b for a, b in (m.whole for m in known)):
            continue
        end = _title_end(text, act.start(), act.end())
        if end is None:
            continue
        name = re.sub(r"\s+", " ", text[act.start() : end]).strip()
        doc_type = {"bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh"}.get(act["act"])
        line = passage.line_at(act.start())
        mention = Mention(passage, doc_type, None, None, None, (act.start(), end), lines=[line])
        mention.name = _official(name) or name
        found.append(mention)
    return found


def _title_end(text: str, start: int, after: int) -> int | None:
    """Where a law's name ends: by the list of laws, else at the first word that no title goes on with."""
    words = [m.end() for m in re.finditer(r"\S+", text[start : start + 120])]
    for count in range(len(words), 1, -1):
        name = text[start : start + words[count - 1]].rstrip('.,;:)”"')
        if _official(name):
            return start + len(name)
    if not text[after : after + 1].isupper():
        return None  # `Luật quy định …`: not a name
    stop = _TITLE_END.search(plain(text), after, after + 90)
    return stop.start() if stop else None


def _official(name: str) -> str | None:
    return _laws().get(fold(name))


@cache
def _laws() -> dict[str, str]:
    """Names of laws in force of late, folded → as the law itself writes it."""
    return {fold(entry["name"]): entry["name"] for entry in read_yaml("laws.yaml")["entries"]}
