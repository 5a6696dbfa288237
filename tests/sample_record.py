"""A whole record, invented, with something in every field; tests of writing and showing use it."""

from __future__ import annotations

import datetime as dt

from planparse.records import (
    Citation,
    Deadline,
    Diagnostic,
    Due,
    Evidence,
    Header,
    IndicatorRow,
    IndicatorScore,
    IndicatorTable,
    OutlineItem,
    PlanRecord,
    PointedSpan,
    Signature,
    SourceInfo,
    Task,
)


def full_record() -> PlanRecord:
    """The record; made anew for each caller."""
    return PlanRecord(
        source=SourceInfo(name="cây xanh.txt", sha256="0" * 64, media_type="text/plain", lines=40),
        header=Header(
            doc_type="Kế hoạch",
            doc_type_code="KH",
            number="118",
            symbol="KH-UBND",
            number_symbol="118/KH-UBND",
            date=dt.date(2025, 3, 14),
            place="An Giang",
            issuer="Ủy ban nhân dân tỉnh An Giang",
            subject="Trồng cây xanh trong trường học của tỉnh năm 2025",
            addressees=["Các trường học"],
        ),
        signature=Signature(authority="KT", on_behalf_of="Chủ tịch", position="Phó Chủ tịch", name="Trần Văn Bình"),
        recipients=["Như trên", "Lưu: VT"],
        outline=[
            OutlineItem(label="I.", title="MỤC ĐÍCH, YÊU CẦU", level=1, line=9),
            OutlineItem(label="1.", title="Mục đích", level=2, line=11),
            OutlineItem(label="II.", level=1, line=20),
        ],
        tasks=[
            Task(
                section="I",
                section_title="Chuẩn bị",
                number="1",
                content="- Chọn giống cây\n- Làm đất",
                responsible="Sở Nông nghiệp chủ trì",
                deadline="Trước ngày 30/4/2025",
                result="Danh mục giống cây",
                lead_agencies=["Sở Nông nghiệp"],
                due=Due(kind="by", end=dt.date(2025, 4, 30)),
            ),
            Task(section="I", section_title="Chuẩn bị", number="2", content="Tập huấn cho giáo viên"),
        ],
        indicator_tables=[
            IndicatorTable(
                index="PAPI",
                year=2024,
                rows=[IndicatorRow(number="1", name="Minh bạch", rank=12, rank_total=63, score=5.5, max_score=10)],
            )
        ],
        indicator_scores=[
            IndicatorScore(
                index="PAR INDEX",
                year=2024,
                value=88.25,
                unit="điểm",
                rank=12,
                rank_total=63,
                change=-0.5,
                change_unit="%",
            )
        ],
        citations=[
            Citation(doc_type="Quyết định", number_symbol="15/QĐ-TTg", text="Quyết định số 15/QĐ-TTg", lines=[12])
        ],
        deadlines=[Deadline(what="báo cáo kết quả", recurrence="yearly", recurs_on="--12-31", line=30)],
        diagnostics=[Diagnostic(code="PP001", severity="warning", message="an example", lines=[3, 4, 7, 9, 12])],
        evidence={
            "/tasks/10/number": Evidence(spans=[], raw="", confidence=1),
            "/tasks/2/number": Evidence(spans=[], raw="", confidence=1),
            "/header/place": Evidence(
                spans=[PointedSpan(line=4, start=35, end=43)],
                raw="An Giang",
                confidence=0.5,
                repaired_from="An Giong",
            ),
        },
    )
