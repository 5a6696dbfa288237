"""Pages that OCR read a column at a time, and tables whose head it lost."""

import pytest

from planparse.reading import read_bytes
from planparse.recognise.notes import Notebook
from planparse.recognise.tables import find_tasks
from planparse.records import Task
from planparse.restore import restore

HEADING = """\
PHỤ LỤC 01
NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2027
(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2027 của UBND tỉnh)
"""

HEAD = ("Nội dung công việc", "Đơn vị thực hiện", "Tiến độ thực hiện", "Kết quả/sản phẩm")

ROWS = (
    ("Xây dựng kế hoạch kiểm tra công tác\ncải cách hành chính năm 2027.", "Văn phòng UBND\ntỉnh chủ trì.",
     "Quý I/2027", "Kế hoạch được\nban hành."),
    ("Rà soát, đơn giản hóa thủ tục\nhành chính nội bộ.", "Các sở, ban,\nngành thực hiện.",
     "Trong năm 2027", "Báo cáo kết quả\nrà soát."),
    ("Tổ chức tập huấn nghiệp vụ cho\ncông chức bộ phận một cửa.", "Sở Nội vụ phối\nhợp các sở.",
     "Quý III/2027", "100% công chức\nđược tập huấn."),
    ("Khảo sát mức độ hài lòng của\nngười dân, tổ chức.", "Sở Nội vụ chủ\ntrì thực hiện.",
     "Trước ngày\n15/10/2027", "Báo cáo kết quả\nkhảo sát."),
)  # fmt: skip


def columnwise(rows: tuple[tuple[str, ...], ...], head: tuple[str, ...] = HEAD, numbers: bool = True) -> str:
    """A page whose columns come one after the other, each below its name."""
    columns = [[name, *(row[k] for row in rows)] for k, name in enumerate(head)]
    if numbers:
        columns.insert(0, ["STT", *map(str, range(1, len(rows) + 1))])
    return "\n\n".join("\n\n".join(cell for cell in column if cell) for column in columns) + "\n"


def rowwise(rows: tuple[tuple[str, ...], ...], head: str) -> str:
    """A page whose cells come row by row below what OCR left of the head."""
    body = [f"{number}\n\n" + "\n\n".join(row) for number, row in enumerate(rows, 1)]
    return head + "\n\n" + "\n\n".join(body) + "\n"


def tasks_of(text: str) -> tuple[list[Task], Notebook]:
    notes = Notebook(restore(read_bytes(text.encode(), "plan.txt")))
    return find_tasks(notes.text, notes), notes


def cells(task: Task) -> tuple[str | None, ...]:
    return task.content, task.responsible, task.deadline, task.result


def plain(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def test_a_page_read_column_by_column_becomes_rows() -> None:
    tasks, _ = tasks_of(HEADING + "\n" + columnwise(ROWS))
    assert [cells(task) for task in tasks] == [plain(row) for row in ROWS]
    assert [task.number for task in tasks] == ["1", "2", "3", "4"]


def test_names_of_columns_broken_over_two_lines() -> None:
    broken = ("Nội dung công việc", "Đơn vị\nthực hiện", "Tiến độ\nthực hiện", "Kết quả/\nsản phẩm")
    tasks, _ = tasks_of(HEADING + "\n" + columnwise(ROWS, broken))
    assert [cells(task) for task in tasks] == [plain(row) for row in ROWS]


def test_tasks_in_words_of_heads_below_their_columns_name_are_kept() -> None:
    rows = (("Đánh giá kết quả thực hiện nhiệm vụ của\ncác đơn vị năm 2027.", *ROWS[0][1:]), *ROWS[1:])
    tasks, _ = tasks_of(HEADING + "\n" + columnwise(rows, numbers=False))
    assert [cells(task) for task in tasks] == [plain(row) for row in rows]


def test_titles_amid_the_tasks_of_such_a_page_open_sections() -> None:
    titled = (("I. Cải cách thể chế\n\n" + ROWS[0][0], *ROWS[0][1:]), *ROWS[1:])
    tasks, _ = tasks_of(HEADING + "\n" + columnwise(titled, numbers=False))
    assert [cells(task) for task in tasks] == [plain(row) for row in ROWS]
    assert {task.section_title for task in tasks} == {"Cải cách thể chế"}


def test_evidence_points_to_the_lines_that_each_cell_came_from() -> None:
    text = HEADING + "\n" + columnwise(ROWS)
    tasks, notes = tasks_of(text)
    lines = text.split("\n")
    for place, task in enumerate(tasks):
        spans = notes.evidence[f"/tasks/{place}/result"].spans
        assert " ".join(lines[s.line - 1][s.start : s.end] for s in spans) == task.result


@pytest.mark.parametrize(
    "head",
    [
        "STI | Nệi dưng côrg v1ệc | Đơn vj thuc hjen | Tiên dộ | Kêt quà",
        "S1T Nôi dnng cong Đcn vi Tien dc Ket qna",
        "",
    ],
    ids=["garbled", "in shreds", "gone"],
)
def test_a_table_whose_head_is_lost_is_read_by_what_stands_below_it(head: str) -> None:
    tasks, _ = tasks_of(HEADING + "\n" + rowwise(ROWS, head))
    assert [cells(task) for task in tasks] == [plain(row) for row in ROWS]


def test_rows_above_the_first_head_that_was_read_are_kept() -> None:
    later = "STT\n\n" + "\n\n".join(HEAD)
    text = HEADING + "\n" + rowwise(ROWS, "S1T Nôi dnng cong Đcn vi Tien dc") + "\f" + rowwise(ROWS[:2], later)
    tasks, _ = tasks_of(text)
    assert [cells(task) for task in tasks] == [plain(row) for row in (*ROWS, *ROWS[:2])]


PROSE = """\
I. MỤC ĐÍCH, YÊU CẦU

1. Báo cáo đánh giá đúng kết quả thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2027 của UBND tỉnh, chỉ rõ những việc
đã làm được, những việc chưa làm được và nguyên nhân; báo cáo được gửi trước ngày 15/10/2027.

2. Số liệu trong báo cáo được tính từ ngày 01/01/2027 đến ngày 30/9/2027, do thủ trưởng các cơ quan, đơn vị chịu
trách nhiệm về tính chính xác trước Chủ tịch UBND tỉnh.

II. NỘI DUNG BÁO CÁO

1. Công tác chỉ đạo, điều hành: việc ban hành các văn bản triển khai, việc kiểm tra trong quý III năm 2027.

2. Kết quả thực hiện từng nhiệm vụ: nêu rõ nhiệm vụ đã hoàn thành, nhiệm vụ chậm tiến độ, trách nhiệm của cơ quan
chủ trì và cơ quan phối hợp, thời gian hoàn thành trong năm 2028.
"""


def test_an_annex_of_running_text_is_no_table() -> None:
    tasks, _ = tasks_of("PHỤ LỤC\nĐỀ CƯƠNG BÁO CÁO KẾT QUẢ THỰC HIỆN\n\n" + PROSE)
    assert tasks == []
