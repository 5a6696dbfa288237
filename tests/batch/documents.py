"""Lifelike documents, invented, and a folder of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PLAN = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH AN                   Độc lập - Tự do - Hạnh phúc

Số: {number}/KH-UBND             Bình An, ngày 05 tháng 3 năm 2025

                         KẾ HOẠCH
          Cải cách hành chính năm 2025 của tỉnh

I. MỤC ĐÍCH, YÊU CẦU
1. Các sở, ban, ngành thực hiện kế hoạch và báo cáo theo quy định của năm {number}.
"""


def plan(number: int) -> str:
    return PLAN.format(number=number)


def folder_of(root: Path, names: list[str], first: int = 1) -> Path:
    """A folder with a document of its own under each name."""
    for number, name in enumerate(names, first):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plan(number), encoding="utf-8")
    return root


def lines_of(output: Path) -> dict[str, dict[str, Any]]:
    """The manifest by input; fails where an input has two lines."""
    found: dict[str, dict[str, Any]] = {}
    for text in (output / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        assert line["input"] not in found, f"two lines for {line['input']}"
        found[line["input"]] = line
    return found


def records_of(output: Path) -> dict[str, bytes]:
    """Every record below an output by its path."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".planparse" not in path.parts and path.name != "manifest.jsonl"
    }
