"""What the tests of the command line share: a small plan, and what a run ended with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

PLAN = """\
ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH AN GIANG                      Độc lập - Tự do - Hạnh phúc

Số: 118/KH-UBND                    An Giang, ngày 14 tháng 3 năm 2025

KẾ HOẠCH
Trồng cây xanh trong trường học của tỉnh năm 2025

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

Các trường học trên địa bàn tỉnh trồng và chăm sóc cây xanh theo quy định của Sở Giáo dục và Đào tạo.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Bình
"""


@dataclass(frozen=True)
class Outcome:
    """What a run ended with."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
