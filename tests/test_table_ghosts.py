"""What OCR read in two lines of a cell is said once, and what is printed twice is said twice."""

import pytest

from planparse.recognise.tables.ghosts import exorcised
from planparse.recognise.tables.mend import MendedWord


def line(text: str) -> list[MendedWord]:
    """Words of a line; the restorer hardly believes those with a question mark."""
    return [MendedWord(w.rstrip("?"), w.rstrip("?"), 0.3 if w.endswith("?") else 0.97) for w in text.split()]


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        # within the line above: what was read best of each word
        ("Tô? chức thanh tra công tác văn thư", "Tổ chức thamh? tra công?", "Tổ chức thanh tra công tác văn thư"),
        # the end of one, the start of the other
        (
            "90% kiếm? mghị? sau? thanh tra",
            "kiến nghị sau thanh tra được xử lý",
            "90% kiến nghị sau thanh tra được xử lý",
        ),
        # one word more in one of the readings
        ("hồ sơ lưu trữ điện? tử", "lưu trữ điệntử? của sở", "hồ sơ lưu trữ điện tử của sở"),
        # few letters, but all of the line below
        ("được khai thác, dùng? lại", "ung? lại", "được khai thác, dùng lại"),
    ],
)
def test_read_twice(above: str, below: str, told: str) -> None:
    found = exorcised(line(above), line(below))
    assert found is not None
    assert " ".join(word.text for words in found for word in words) == told


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("thống kê dữ liệu trực tuyến, thanh toán", "thanh toán trực tuyến của sở"),  # sound: it is printed twice
        (
            "giảm ô nhiễm? môi trường",
            "nghiêm trọng? ở các xã",
        ),  # alike in letters alone, and in another number of words
        ("lưu trữ? hồ", "lưu trữ? hồ sơ"),  # too few letters
        ("văn thư lưu trữ? hồ sơ điện tử của các xã", "văn thư lưu trữ? của các phường"),  # both go on, in other ways
    ],
)
def test_said_twice(above: str, below: str) -> None:
    assert exorcised(line(above), line(below)) is None
