"""The search's prices are the sums of the weights that the evidence names, move by move."""

from __future__ import annotations

import random

import numpy as np
import pytest

from planparse.recognise.tables.chunks import BLANK_LINE, SAME_BLOCK, Chunk, heard
from planparse.recognise.tables.cuts import cut_line
from planparse.recognise.tables.evidence import N_WEIGHTS, evidence_of
from planparse.recognise.tables.kinds import Kind
from planparse.recognise.tables.language import column_language
from planparse.recognise.tables.moves import Frame, Judge
from planparse.recognise.tables.prices import Prices
from planparse.recognise.tables.search import Beam
from planparse.recognise.tables.tags import N_TAGS
from planparse.recognise.tables.words import split_words

LINES = """\
I | Công tác lưu trữ hồ sơ
1 Rà soát danh mục hồ sơ; Phòng Hành chính Quý II/2031 Báo cáo kết quả,
giao nộp tài liệu vào kho | Phòng Kế toán | Thường xuyên
kjq Wx1 2.1. Số hóa tài liệu, các đơn vị

b) Tập huấn công chức 03 Trước ngày 01/06/2031
V Bảo quản kho lưu trữ - Phối hợp thực hiện""".split("\n")

FRAMES = {
    "measured": Frame(
        (Kind.NUMBER, Kind.CONTENT, Kind.RESPONSIBLE, Kind.DEADLINE, Kind.RESULT), (2.0, 14.0, 9.0, 0.0, 8)
    ),
    "unmeasured": Frame((Kind.CONTENT, Kind.DEADLINE, Kind.NOTE), (0.0, 0.0, 0.0)),
}


def pieces(chance: random.Random, columns: int) -> tuple[list[Chunk], dict[int, str]]:
    """The chunks of the lines, as a tagger that guesses has them, and their labels."""
    chunks: list[Chunk] = []
    labels: dict[int, str] = {}
    count, before = 0, BLANK_LINE
    for row, line in enumerate(LINES):
        words = split_words(row + 1, line)
        if not words:
            before = BLANK_LINE
            continue
        answers = np.array([[chance.gauss(0, 2) for _ in range(N_TAGS + 3)] for _ in words])
        found = cut_line(column_language(), words, heard(answers, range(columns)), count, row, before)
        labels |= {chunk.first: words[chunk.first - count].text for chunk in found if chunk.label}
        chunks += found
        count, before = count + len(words), SAME_BLOCK
    return chunks, labels


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("seed", (0, 1, 3, 4))  # all six deeds come to be compared
def test_a_move_costs_what_its_evidence_weighs(frame: Frame, seed: int) -> None:
    chance = random.Random(seed)
    weights = [chance.gauss(0, 1) for _ in range(N_WEIGHTS)]
    chunks, labels = pieces(chance, len(frame.kinds))
    judge = Judge(column_language(), frame, labels)
    race, prices = Beam(judge, frame.start, weights), Prices(judge, weights)
    compared = set()
    for chunk in chunks:
        prices.face(chunk)
        for _, state, _ in race.entries:
            if chunk.opens_line:
                state = state._replace(column=-1, width=0.0)
            priced = {step: price for price, step in prices.moves(state)}
            assert list(priced) == [step for step, _ in judge.options(state, chunk)]
            for step, price in priced.items():
                ones, amounts = evidence_of(judge, state, chunk, step)
                assert price == pytest.approx(sum(weights[i] for i in ones) + sum(weights[i] * a for i, a in amounts))
                compared.add(step.deed)
        race.read(chunk)
    assert compared == set(range(6))
