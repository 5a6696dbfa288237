"""Invented tables: what is printed is known to the word, and what was read is laid beside it."""

from __future__ import annotations

import json
import random
import shutil

import pytest

pytest.importorskip("PIL", reason="rendering needs Pillow")

from training.invent import invent_table, pick_topic
from training.ocr import align
from training.render import Word
from training.tablepages import random_look
from training.tables import draw, main


def seeded(seed: int):
    return invent_table(random.Random(seed), rows=8)


def test_the_same_seed_invents_the_same_table():
    assert seeded(5) == seeded(5)
    assert seeded(5) != seeded(6)


@pytest.mark.parametrize("seed", range(20))
def test_every_task_has_content_and_no_open_symbol(seed):
    tasks = [row.as_task() for row in seeded(seed).rows if row.span is None]
    assert len(tasks) >= 8
    for task in tasks:
        assert task["content"] and task["number"]
        assert not any("{" in str(value) for value in task.values())


def test_topics_are_found_by_name():
    assert pick_topic(random.Random(1), "du lịch và văn hóa")["sections"]


def test_every_word_of_every_cell_is_printed_in_its_cell():
    pytest.importorskip("PIL")
    if not shutil.which("fc-match"):
        pytest.skip("fontconfig is not installed")
    rng = random.Random(3)
    plan = invent_table(rng, rows=5)
    style, look = random_look(rng)
    try:
        pages = draw(plan, style, look)
    except LookupError as missing:
        pytest.skip(str(missing))
    for index, row in enumerate(plan.rows):
        for kind, text in row.cells.items():
            printed = [w.text for page in pages for w in page.words if w.cell == (index, kind)]
            assert printed == text.split()


def word(text: str, left: int, top: int, cell: tuple[int, str]) -> Word:
    return Word(text, (left, top, left + 10 * len(text), top + 20), cell)


def read(text: str, left: int, line: int) -> dict[str, str]:
    box = {"left": left, "top": 20 * line + 3, "width": 10 * len(text), "height": 14}
    place = {"block_num": "1", "par_num": "1", "line_num": str(line)}
    return {**{k: str(v) for k, v in box.items()}, **place, "text": text}


def test_a_mixed_line_is_laid_beside_the_cells_it_mixes():
    printed = [word("Sở", 0, 20, (0, "lead")), word("Năm", 50, 20, (0, "deadline")), word("Nội", 0, 40, (0, "lead"))]
    words = [read("S6", 0, 1), read("Nam", 50, 1), read("Noi", 0, 2)]
    lines = align("S6 Nam\n\nNoi\n\f", words, printed)
    assert [line.truth for line in lines] == ["Sở Năm", "", "Nội", ""]
    assert lines[0].segments == [(0, 2, 0, "lead"), (3, 6, 0, "deadline")]


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_tables_are_written_with_their_truth(tmp_path):
    assert main(["--out", str(tmp_path), "--pages", "1", "--seed", "2"]) == 0
    truth = json.loads(next(tmp_path.glob("*.json")).read_text(encoding="utf-8"))
    text = next(tmp_path.glob("*.txt")).read_text(encoding="utf-8")
    lines = text.split("\n")
    assert len(lines) == len(truth["lines"])
    assert text.count("\f") == truth["pages"] - 1
    for line, entry in zip(lines, truth["lines"], strict=True):
        assert all(line[start:end].strip() for start, end, _row, _kind in entry["segments"])
