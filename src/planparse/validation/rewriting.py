"""Trees back into record files, in the format and the dress that the file had."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planparse.validation.entries import SUFFIXES

_INDENT = re.compile(r"^\{\s*\n([ \t]+)\"")


def render(trees: Sequence[Any], path: Path, old: str = "") -> str:
    """The text of a record file with these records; ``old`` is its text before, whose indent is kept."""
    form = SUFFIXES.get(path.suffix.lower(), "json")
    if form == "jsonl":
        return "".join(json.dumps(tree, ensure_ascii=False, separators=(",", ":")) + "\n" for tree in trees)
    if form == "yaml":
        return "---\n".join(_yaml(tree) for tree in trees)
    found = _INDENT.match(old)
    indent: str | int | None = found[1] if found else 2 if "\n" in old.strip() or not old else None
    return json.dumps(trees[0], ensure_ascii=False, indent=indent) + "\n"


def _yaml(tree: Any) -> str:
    import yaml

    from planparse.writing.formats import yaml_dumper

    text: str = yaml.dump(tree, Dumper=yaml_dumper(), sort_keys=False, allow_unicode=True, width=110)
    return text
