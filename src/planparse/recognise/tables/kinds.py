"""The kinds of column that a task table has, and of what is no column at all."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a column holds. The values are rows of the learned tables: do not renumber."""

    NUMBER = 0  # STT
    CONTENT = 1  # nội dung công việc, nhiệm vụ, giải pháp
    RESPONSIBLE = 2  # trách nhiệm thực hiện, cơ quan chủ trì, cơ quan phối hợp
    DEADLINE = 3  # tiến độ, thời gian thực hiện
    RESULT = 4  # kết quả, sản phẩm
    NOTE = 5  # ghi chú, kinh phí and whatever else
    SECTION = 6  # a row that spans the table: IV Cải cách thủ tục hành chính
    JUNK = 7  # specks and shreds that OCR took for words


N_KINDS = len(Kind)
