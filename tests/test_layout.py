"""Every line of a page gets the role that a clerk would give it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import as_read
from planparse.recognise.layout import Role, find_layout

LETTERS = {
    "H": Role.HEAD,
    "B": Role.BODY,
    "C": Role.CLOSING,
    "A": Role.APPENDIX,
    "T": Role.TABLE,
    "N": Role.FOOTNOTE,
    "F": Role.FURNITURE,
    " ": Role.BLANK,
}
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "layouts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_lines_have_their_roles(case: dict[str, Any]) -> None:
    lines = case["text"].splitlines()
    layout = find_layout(as_read("\n".join(line[2:] for line in lines)))
    said = [f"{role.value}: {line[2:]}" for role, line in zip(layout.roles, lines, strict=True)]
    assert said == [f"{LETTERS[line[:1]].value}: {line[2:]}" for line in lines]


def test_page_numbers_are_furniture_and_row_numbers_are_not() -> None:
    text = as_read("Một kế hoạch\n\n1\n\fTrang sau\n\n2\n\fNội dung\n3\ncòn lại\n")
    layout = find_layout(text)
    assert layout.role(3) is Role.FURNITURE
    assert layout.role(6) is Role.FURNITURE
    assert layout.role(8) is not Role.FURNITURE
