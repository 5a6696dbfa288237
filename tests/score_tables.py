"""Invented score tables with known sums, as text lines, and the damage that OCR does to one of their figures."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

PAR = (
    "Công tác chỉ đạo, điều hành CCHC",
    "Cải cách thể chế",
    "Cải cách TTHC",
    "Cải cách tổ chức bộ máy hành chính",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
    "Tác động của CCHC đến người dân, tổ chức và phát triển kinh tế - xã hội",
)
MAXIMA = (("6", "3.5"), ("6", "4"), ("9", "4"), ("6.5", "4"), ("6", "9"), ("8", "4"), ("12.5", "1"), ("10", "6.5"))
"""Of the two parts of each field; they sum to 100."""

COLUMNS = ("rank", "score", "max_score", "expected_increase", "target")
TITLES = {
    "rank": "Xếp hạng",
    "score": "Điểm thực hiện",
    "max_score": "Điểm tối đa",
    "expected_increase": "Dự kiến tăng",
    "target": "Mục tiêu năm 2024",
}


@dataclass
class Line:
    """A row to print: label, name and its figures by column."""

    label: str
    name: str
    cells: dict[str, str]


def vietnamese(value: Decimal) -> str:
    """``9.2779`` → ``9,2779``."""
    return str(value).replace(".", ",")


def par_table(seed: int) -> list[Line]:
    """Eight fields of two parts each: parts sum to their field, score and increase give the target."""
    dice = random.Random(seed)
    lines = []
    for number, (name, tops) in enumerate(zip(PAR, MAXIMA, strict=True), 1):
        parts = []
        for part, top in zip(("Điểm thực hiện", "Điều tra XHH"), map(Decimal, tops), strict=True):
            score = (top * dice.randint(5000, 9500) / 10000).quantize(Decimal("0.0001"))
            more = ((top - score) * dice.randint(20, 80) / 100).quantize(Decimal("0.0001"))
            parts.append((part, score, top, more))
        score, top, more = (sum((p[i] for p in parts), Decimal(0)) for i in (1, 2, 3))
        rank = f"{dice.randint(1, 63)}/63"
        cells = [rank, vietnamese(score), vietnamese(top), f"+{vietnamese(more)}", f"> {vietnamese(score + more)}"]
        lines.append(Line(str(number), name, dict(zip(COLUMNS, cells, strict=True))))
        for part, *values in parts:
            shown = [vietnamese(values[0]), vietnamese(values[1]), f"+{vietnamese(values[2])}"]
            lines.append(Line("", part, dict(zip(COLUMNS[1:4], shown, strict=True))))
    return lines


def printed(lines: list[Line], order: tuple[str, ...] = COLUMNS) -> str:
    """The table as lines of text, its columns in ``order``."""
    head = " ".join(["STT", "Lĩnh vực", *(TITLES[column] for column in order)])
    rows = [
        " ".join([line.label, line.name, *(line.cells[c] for c in order if c in line.cells)]).strip()
        for line in lines
    ]
    return "\n".join(["2.1. Về Chỉ số PAR INDEX năm 2023", head, *rows, "II. YÊU CẦU"])


CONFUSED = {
    "1": "|Il47'",
    "7": "1",
    "3": "8",
    "8": "3",
    "5": "S6",
    "6": "5",
    "0": "O8",
    "2": "Z7",
    "9": "4",
    "4": "9",
}
"""Letters and digits that Tesseract puts for a digit, counted on numbers of real pages."""


def damage(ink: str, dice: random.Random) -> str:
    """One misreading: a comma lost, a plus read as 4, a digit taken for another, doubled or lost."""
    kinds = ["digit", "letter", "lost", "doubled"]
    kinds += ["comma"] * 3 if "," in ink else []
    kinds += ["plus"] if ink.startswith("+") else []
    kind = dice.choice(kinds)
    digits = [i for i, c in enumerate(ink) if c.isdigit()]
    at = dice.choice(digits)
    if kind == "comma":
        return ink.replace(",", "")
    if kind == "plus":
        return f"4{ink[1:]}"
    if kind == "lost" and len(digits) > 1:
        return ink[:at] + ink[at + 1 :]
    if kind == "doubled":
        return ink[:at] + ink[at] + ink[at:]
    choices = [c for c in CONFUSED[ink[at]] if c.isdigit() == (kind == "digit")] or list(CONFUSED[ink[at]])
    return ink[:at] + dice.choice(choices) + ink[at + 1 :]
