"""Tables with separators are read exactly."""

from planparse.reading import read_bytes
from planparse.recognise.notes import Notebook
from planparse.recognise.tables import find_tasks
from planparse.records import Task
from planparse.restore import RestoredLine, RestoredText, Token

MARKDOWN = """\
# Phụ lục

| STT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện | Sản phẩm |
|:---:|--------------------|-----------------|------------------|---------------------|----------|
| I | **Công tác chỉ đạo** | | | | |
| 1 | Xây dựng kế hoạch tuyên truyền | Sở Nội vụ | Các sở, ban, ngành; UBND các xã | Quý I/2025 | Kế hoạch |
| 2 | Tổ chức kiểm tra | Thanh tra tỉnh | Sở Tư pháp | Thường xuyên | - Kết luận; <br>- Báo cáo |
| II | Chuyển đổi số | | | | |
| 1 | Số hóa hồ sơ | Văn phòng UBND tỉnh | | Trước ngày 30/9/2025 | 100% hồ sơ |
"""

TABS = "\n".join(
    "\t".join(row)
    for row in (
        ("TT", "Nhiệm vụ", "Đơn vị thực hiện", "Tiến độ"),
        ("1", "Rà soát thủ tục hành chính nội bộ", "Văn phòng", "Tháng 6/2025"),
        ("", "của cơ quan", "", ""),
        ("2", "Đào tạo công chức", "Phòng Tổ chức - Hành chính", "Hằng quý"),
    )
)


def read(content: str, name: str) -> list[Task]:
    source = read_bytes(content.encode(), name, name[name.index(".") :])
    lines = []
    for line in source.lines:
        token = Token(line.text, 0, len(line.text), 0, len(line.text))
        lines.append(RestoredLine(line.number, line.text, (token,)))
    text = RestoredText(source, tuple(lines))
    return find_tasks(text, Notebook(text))


def test_a_markdown_table_gives_its_cells() -> None:
    tasks = read(MARKDOWN, "plan.md")
    assert [(t.section, t.number, t.content) for t in tasks] == [
        ("I", "1", "Xây dựng kế hoạch tuyên truyền"),
        ("I", "2", "Tổ chức kiểm tra"),
        ("II", "1", "Số hóa hồ sơ"),
    ]
    first = tasks[0]
    assert (first.section_title, first.deadline, first.result) == ("Công tác chỉ đạo", "Quý I/2025", "Kế hoạch")
    assert first.responsible == "Sở Nội vụ\nCác sở, ban, ngành; UBND các xã"
    assert first.lead_agencies == ["Sở Nội vụ"]
    assert first.supporting_agencies == ["Các sở, ban, ngành", "UBND các xã"]


def test_tabs_part_cells_and_a_line_without_number_goes_on() -> None:
    tasks = read(TABS, "plan.txt")
    assert [t.content for t in tasks] == ["Rà soát thủ tục hành chính nội bộ của cơ quan", "Đào tạo công chức"]
    assert [t.responsible for t in tasks] == ["Văn phòng", "Phòng Tổ chức - Hành chính"]
    assert [t.number for t in tasks] == ["1", "2"]


def test_a_plan_without_table_has_no_tasks() -> None:
    prose = "KẾ HOẠCH\n\nII. Nhiệm vụ, giải pháp, tiến độ và trách nhiệm thực hiện\n1. Nội dung: tổ chức hội nghị.\n"
    assert read(prose, "plan.txt") == []
