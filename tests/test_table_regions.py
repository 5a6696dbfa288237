"""Which lines of a table are rows: heads of later pages are none, however OCR left them."""

import pytest

from plain_text import as_read
from planparse.recognise.tables.regions import find_regions

HEAD = """\
Số Kết quả, sản Đơn vị phối Tiến độ
TT Nội dung phẩm Chủ trì hợp thực hiện
"""
ROWS = """\
1 Rà soát hồ sơ điện tử của các cơ quan Văn phòng Quý II năm 2026

kế hoạch được duyệt, gửi các đơn vị
"""


def rows(page: str) -> list[str]:
    text = as_read(HEAD + ROWS + "\n" + page + "2 Kiểm tra việc số hóa hồ sơ tại các xã Thanh tra Hằng năm\n")
    (region,) = find_regions(text)
    return [text.line(line.number).text for line in region.lines][2:-1]


@pytest.mark.parametrize(
    "page",
    [
        "Sé6 ne Kêt qua, san ,.. | Donvi phối | Tiến độ\nTT Not dung phẩm Cat hợp thực hiện\n",  # garbled
        ". . Tiến đ\nSé6 ne Kêt qua, san ,.. | Donvi phối | Tiến độ\n",  # a shred of it stands above
        "Đơn vị thực hiện Thời hạn\n\n",  # some of the names by themselves
    ],
)
def test_heads_of_later_pages(page: str) -> None:
    assert rows(page) == []


@pytest.mark.parametrize(
    "page",
    [
        "Đơn vị phối hợp thực hiện:\n",  # one name, with more than names
        "Kết quả kiểm tra hồ sơ, tiến độ xử lý\n",  # words of heads, in running text
    ],
)
def test_rows_that_speak_like_heads(page: str) -> None:
    assert rows(page) == page.splitlines()


def test_a_shred_that_opens_two_heads() -> None:
    shred, names = "A n on oA cn X o2 zo", "TT Nội dung nhiệm vụ Chủ trì Phối hợp Thời gian Sản phẩm"
    text = as_read(f"Phụ lục\n\n{shred}\n{names}\n{ROWS}\n{shred}o\n{names}\n2 Kiểm tra số hóa hồ sơ Thanh tra\n")
    (region,) = find_regions(text)
    assert [text.line(line.number).text for line in region.lines][-2:] == [
        "kế hoạch được duyệt, gửi các đơn vị",
        "2 Kiểm tra số hóa hồ sơ Thanh tra",
    ]
