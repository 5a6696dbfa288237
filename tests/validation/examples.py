"""Parts of records laid over a small valid one: how examples of rules become records."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from planparse.checks import Finding
from planparse.validation.entries import guess_format, read_bytes
from planparse.validation.examine import Examiner

BASE: dict[str, Any] = {
    "schema_version": "1.0",
    "source": {"name": "vi du.txt", "sha256": "0" * 64, "media_type": "text/plain", "lines": 40},
}
TODAY = dt.date(2026, 6, 30)


def over(base: Any, part: Any) -> Any:
    """``part`` laid over ``base``: objects are merged, everything else replaces what was there."""
    if isinstance(base, dict) and isinstance(part, dict):
        return {**base, **{key: over(base.get(key), value) for key, value in part.items()}}
    return part


def plain(value: Any) -> Any:
    """YAML's dates as the text that JSON has."""
    return json.loads(json.dumps(value, default=str, ensure_ascii=False))


def find(example: Any) -> list[Finding]:
    """All findings of an example: a part of a record, or the text of a file."""
    text = example if isinstance(example, str) else json.dumps(over(BASE, plain(example)), ensure_ascii=False)
    data = text.encode()
    examiner = Examiner(today=TODAY)
    entries = read_bytes(data, "example", guess_format(data))
    return [finding for entry in entries for finding in examiner.entry(entry).findings]
