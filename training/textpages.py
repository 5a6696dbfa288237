"""Invented running pages for OCR pairs: heads, headings in capitals, paragraphs, closes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from training.flow import Flow, Setting
from training.invent import PROVINCES, document_facts, make_grammar, pick_topic
from training.render import FAMILIES, Style

if TYPE_CHECKING:
    from training.pairs import Source

OFFICES = ["CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"]
TITLES = ["KẾ HOẠCH", "BÁO CÁO", "QUYẾT ĐỊNH", "THÔNG BÁO", "CHƯƠNG TRÌNH", "TỜ TRÌNH", "HƯỚNG DẪN", "ĐỀ ÁN"]
HEADINGS = [
    "MỤC ĐÍCH, YÊU CẦU",
    "MỤC TIÊU",
    "NHIỆM VỤ, GIẢI PHÁP",
    "TỔ CHỨC THỰC HIỆN",
    "KINH PHÍ THỰC HIỆN",
    "PHẠM VI",
]


def invented_sources(
    rng: random.Random, dpis: list[int], pages: int, name: str, clauses: list[str] | None
) -> Iterator[Source]:
    """About ``pages`` pages, a new document every few; paragraphs are invented or taken from ``clauses``."""
    from training.pairs import Source

    made = 0
    while made < pages:
        style = Style(
            rng.choice(FAMILIES), rng.choice([12, 13, 13.5, 14]), rng.choice(dpis), rng.choice([1.0, 1.15, 1.25])
        )
        flow = _document(rng, style, clauses)
        for number, page in enumerate(flow.pages, 1):
            yield Source(page, f"{name}-{made + 1:03d}", number, f"{style.family} {style.size}")
        made += len(flow.pages)


def _document(rng: random.Random, style: Style, clauses: list[str] | None) -> Flow:
    facts = document_facts(rng)
    say = make_grammar(rng, facts, pick_topic(rng))
    flow = Flow(style)
    flow.new_page(landscape=False)
    _head(flow, rng, say.fill("ngày {day} tháng {month} năm {YEAR}"), say("subject"))
    for number in range(rng.randint(2, 4)):
        heading = rng.choice(HEADINGS)
        flow.paragraph(f"{['I', 'II', 'III', 'IV'][number]}. {heading}", bold=True)
        for part in range(rng.randint(2, 5)):
            if rng.random() < 0.4:
                text = say.fill(rng.choice(["{^object}", "{^verb} {object}"]))
                flow.paragraph(f"{part + 1}. {text}", bold=True, italic=rng.random() < 0.2)
            if rng.random() < 0.15:
                flow.paragraph(say("object").upper(), "centre", bold=True)
            text = rng.choice(clauses) if clauses and rng.random() < 0.8 else say("task_content")
            flow.paragraph(text, italic=rng.random() < 0.08)
    _close(flow, rng, say("department"))
    return flow


def _head(flow: Flow, rng: random.Random, date: str, subject: str) -> None:
    province = rng.choice(PROVINCES)
    place = province.split(" ", 1)[1] if province.startswith("tỉnh") else province.split(" ", 2)[2]
    symbol = rng.choice(["KH", "BC", "QĐ", "TTr", "TB", "CTr"]) + "-" + rng.choice(["UBND", "SNV", "SXD", "BQL"])
    number = f"{rng.randint(1, 4999):02d}/{symbol}"
    left = [
        Setting("ỦY BAN NHÂN DÂN"),
        Setting(province.upper(), bold=True, after=0.3, rule_share=0.3),
        Setting(f"Số: {number}"),
    ]
    right = [
        Setting("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, scale=0.88),
        Setting("Độc lập - Tự do - Hạnh phúc", bold=True, after=0.3, rule_share=0.5),
        Setting(f"{place}, {date}", italic=True),
    ]
    flow.columns(left, right, 0.38, gap=0.8)
    flow.paragraph(rng.choice(TITLES), "centre", bold=True)
    flow.paragraph(subject[:1].upper() + subject[1:], "centre", bold=True)


def _close(flow: Flow, rng: random.Random, department: str) -> None:
    left = [
        Setting("Nơi nhận:", bold=True, italic=True, align="left", scale=0.85),
        Setting("- Như trên;", align="left", scale=0.8),
        Setting(f"- {department};", align="left", scale=0.8),
        Setting("- Lưu: VT, TH.", align="left", scale=0.8),
    ]
    right = [Setting("TM. ỦY BAN NHÂN DÂN", bold=True), Setting(rng.choice(OFFICES), bold=True, after=3)]
    name = (
        f"{rng.choice(['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đỗ'])} {rng.choice(['Văn', 'Thị', 'Hữu', 'Ngọc'])} "
    )
    right.append(
        Setting(name + rng.choice(["Dũng", "Hằng", "Khánh", "Lộc", "Nghĩa", "Phượng", "Quyết", "Thắng"]), bold=True)
    )
    flow.columns(left, right, 0.5)
