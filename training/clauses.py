"""``python -m training clauses``: clauses of administrative texts, to vary the wording of invented tables with.

They only pass through: what is trained with them holds numbers, and no table made with them is committed.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from pathlib import Path

SOURCES = ("gazette", "admin_vanbanplus", "admin_luatvietnam_doc", "admin_tnt305", "admin_vbai", "admin_vnmasterplan",
           "legal_dichvucong_pdf")  # fmt: skip
MOST = 12_000
"""Clauses of one source."""
_LABEL = re.compile(r"^\s*(?:[-+*•]|\d{1,2}[.)]|[a-zđ]\)|[IVX]+\.)\s*")
_BREAK = re.compile(r"(?<=[.;])\s+")
_ODD = re.compile(r"[<>|{}=_]|\.{3}")


def clauses_of(text: str) -> list[str]:
    """The sentences and clauses of a text that could stand in a cell: 4 to 40 words, in plain writing."""
    found = []
    for line in text.split("\n"):
        for clause in _BREAK.split(_LABEL.sub("", line.strip())):
            plain = sum(c.isalpha() for c in clause) > 0.75 * len(clause)
            if 4 <= len(clause.split()) <= 40 and clause[0].isupper() and plain and not _ODD.search(clause):
                found.append(clause.rstrip(";"))
    return found


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(prog="python -m training clauses", description=__doc__)
    ask.add_argument("--corpus", type=Path, required=True, help="folder of NAME.txt.xz")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=3)
    options = ask.parse_args(argv)
    rng = random.Random(options.seed)
    chosen: set[str] = set()
    for name in SOURCES:
        found = clauses_of(lzma.decompress((options.corpus / f"{name}.txt.xz").read_bytes()).decode("utf-8"))
        rng.shuffle(found)
        chosen.update(found[:MOST])
    clauses = sorted(chosen)
    rng.shuffle(clauses)
    options.out.write_text("\n".join(clauses) + "\n", encoding="utf-8")
    print(len(clauses), "clauses")
    return 0
