"""``python -m training COMMAND``: see each command's ``--help``."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "build": "training.restoration.build",
    "clauses": "training.clauses",
    "columns": "training.columns",
    "documents": "training.documents",
    "follows": "training.follows",
    "reassign": "training.reassign",
    "strays": "training.strays",
    "moves": "training.moves",
    "pairs": "training.pairs",
    "simulate": "training.simulate",
    "tables": "training.tables",
    "tagger": "training.tagger",
    "letters": "training.restoration.letters",
}
"""Command → module with ``main(argv) -> exit status``."""


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in COMMANDS:
        print(f"usage: python -m training {{{','.join(COMMANDS)}}} ...", file=sys.stderr)
        return 2
    return int(importlib.import_module(COMMANDS[argv[0]]).main(argv[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
