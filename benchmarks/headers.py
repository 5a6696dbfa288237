#!/usr/bin/env python3
"""How well the heads of gazette pages are read, field by field.

    headers.py [FOLDER] [--part even|odd] [--missed]

FOLDER holds ``gold.json`` (name → fields) and ``text/NAME.txt``; by default ``headers`` of the shared folder.
A field is *wrong* where the record says something else than the truth, *missing* where it says nothing, and
*confidently wrong* where it is wrong, has a confidence of 0.9 and more, and no diagnostic points at it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

from planparse.pipeline import extract
from planparse.reading import read_path

FIELDS = ("number_symbol", "date", "place", "doc_type")
DEFAULT = Path(os.environ.get("PLANPARSE_SHARED", "/work/shared")) / "headers"


def fold(value: object) -> str:
    """As the project's scorer compares: case, spacing and marks at the ends do not count."""
    text = unicodedata.normalize("NFC", str(value or "")).casefold()
    return re.sub(r"\s+", " ", text).strip(".,;:-– ")


def main() -> None:
    """Print one line a field, and the misses where they are asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    ask.add_argument("--part", choices=("even", "odd"), help="names with an even or an odd number only")
    ask.add_argument("--missed", action="store_true", help="list every field that is not right")
    args = ask.parse_args()
    gold = json.loads((args.folder / "gold.json").read_text(encoding="utf-8"))
    names = [n for n in sorted(gold) if args.part is None or int(n) % 2 == (args.part == "odd")]
    counts: Counter[tuple[str, str]] = Counter()
    for name in names:
        record = extract(read_path(args.folder / "text" / f"{name}.txt"), force=True)
        flagged = {d.pointer for d in record.diagnostics if d.severity != "info"}
        said = record.header.model_dump(mode="json")
        for field in FIELDS:
            outcome = "right"
            if fold(said[field]) != fold(gold[name][field]):
                outcome = "wrong" if said[field] else "missing"
                evidence = record.evidence.get(f"/header/{field}")
                if said[field] and evidence and evidence.confidence >= 0.9 and f"/header/{field}" not in flagged:
                    counts[field, "confidently wrong"] += 1
                if args.missed:
                    print(f"{name} {gold[name]['ocr']} {field}: want {gold[name][field]!r}, got {said[field]!r}")
            counts[field, outcome] += 1
    print(f"{'field':15}{'right':>8}{'wrong':>7}{'missing':>9}{'confidently wrong':>19}   of {len(names)}")
    for field in FIELDS:
        row = [counts[field, outcome] for outcome in ("right", "wrong", "missing", "confidently wrong")]
        print(f"{field:15}{row[0]:8}{row[1]:7}{row[2]:9}{row[3]:19}   {row[0] / len(names):.1%}")
    right = sum(counts[field, "right"] for field in FIELDS)
    print(f"{'all':15}{right:8} of {len(names) * len(FIELDS)}  {right / len(names) / len(FIELDS):.2%}")


if __name__ == "__main__":
    main()
