"""How long planparse takes from the shell, start included: ``--help``, and a document of 20 pages.

    python benchmarks/startup.py [--runs 7] [--pages 20] [FILE]

Prints a table with the median, the fastest and the slowest of the runs and the processor time (what an idle
machine would take) beside the bar, which is meant for two shared cores. Without FILE the document is made
here: invented Vietnamese with its accents gone, so that every word has to be restored.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table
from unidecode import unidecode

HEAD = """\
ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH AN GIANG                      Độc lập - Tự do - Hạnh phúc
Số: 118/KH-UBND                    An Giang, ngày 14 tháng 3 năm 2025
KẾ HOẠCH
Trồng cây xanh trong trường học của tỉnh năm 2025
"""
PARAGRAPH = """\
{n}. Nhiệm vụ của các cơ quan, đơn vị
a) Sở Giáo dục và Đào tạo chủ trì, phối hợp với Sở Nông nghiệp và Môi trường hướng dẫn các trường học lựa chọn
giống cây phù hợp với khí hậu và đất đai của từng địa phương, hoàn thành trước ngày {day}/6/2025.
b) Ủy ban nhân dân các xã, phường bố trí đất trồng cây, huy động đoàn viên thanh niên tham gia chăm sóc, bảo vệ
cây trồng và báo cáo kết quả thực hiện về Sở Giáo dục và Đào tạo theo quy định tại Quyết định số {n}/QĐ-UBND.
c) Kinh phí thực hiện được bố trí từ nguồn ngân sách nhà nước và các nguồn hợp pháp khác theo quy định hiện hành.

"""
LINES_A_PAGE = 42


def document(pages: int) -> str:
    """A plan of so many pages, its accents gone."""
    lines = HEAD.splitlines()
    n = 0
    while len(lines) < pages * LINES_A_PAGE:
        n += 1
        lines += PARAGRAPH.format(n=n, day=n % 28 + 1).splitlines()
    shown = [lines[i : i + LINES_A_PAGE] for i in range(0, pages * LINES_A_PAGE, LINES_A_PAGE)]
    return unidecode("\n\f".join("\n".join(page) for page in shown))


def seconds(arguments: list[str], runs: int) -> tuple[list[float], list[float]]:
    """Wall and processor time of whole processes, after one that warms the file cache."""
    command = [sys.executable, "-m", "planparse", *arguments]
    wall, processor = [], []
    for run in range(runs + 1):
        began, used = time.perf_counter(), used_by_children()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        if run:
            wall.append(time.perf_counter() - began)
            processor.append(used_by_children() - used)
    return wall, processor


def used_by_children() -> float:
    """Processor seconds of all processes that have ended below this one."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Time the commands and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", type=Path, help="document to extract instead of the invented one")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--pages", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "plan.txt"
        if options.file is None:
            path.write_text(document(options.pages), encoding="utf-8")
        size = f"{options.pages} pages" if options.file is None else path.name
        table = Table("command", "median s", "fastest", "slowest", "processor s", "bar s")
        for name, arguments, bar in (
            ("planparse --help", ["--help"], 0.3),
            ("planparse --version", ["--version"], 0.3),
            (f"planparse extract ({size})", ["extract", str(path)], 2.0),
        ):
            wall, processor = seconds(arguments, options.runs)
            cells = (statistics.median(wall), min(wall), max(wall), statistics.median(processor))
            table.add_row(name, *(f"{cell:.3f}" for cell in cells), f"{bar:.1f}")
        Console().print(table)


if __name__ == "__main__":
    main()
