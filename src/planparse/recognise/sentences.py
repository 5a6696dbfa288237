"""Where sentences of running text begin and end."""

from __future__ import annotations

import re
from itertools import pairwise

from planparse.recognise.passage import Passage

_END = re.compile(
    r"[.?!](?<!\bTP.)(?<!\bTT.)(?<!\bKT.)(?<!\bTh.)(?<!\bTS.)(?:[”\"’)*/.]*)\s+(?P<next>[^\W\d_]|[“\"*(\[-]|\d+[.)]\s)"
)
"""A full stop before a capital, a quotation or a bullet; not the one of ``TP. Hồ Chí Minh``."""

_BULLET = re.compile(r"(?:[-–+•*]\s|[a-zđ]\)\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[IVX]+\.\s)")


def sentences(passage: Passage) -> list[tuple[int, int]]:
    """``(start, end)`` of each sentence of a passage; a line that opens with a bullet opens a sentence."""
    cuts = {0, len(passage.text)}
    ends = _END.finditer(passage.text)
    cuts.update(end.start("next") for end in ends if not end["next"].islower())
    cuts.update(start for start in passage.starts if _BULLET.match(passage.text, start))
    ordered = sorted(cuts)
    return [(a, b) for a, b in pairwise(ordered) if passage.text[a:b].strip()]
