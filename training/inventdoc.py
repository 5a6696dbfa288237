"""Invents whole documents: head, body with citations, scores and deadlines, close, now and then an appendix.

What comes out is a description as ``document.py`` reads it, so that the record of the document is known.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import asdict
from typing import Any

from training.document import Description
from training.invent import COMMUNES, Grammar, document_facts, invent_table, make_grammar, pick_topic
from training.tablepages import random_look

TYPES = {
    "Kế hoạch": "KH",
    "Báo cáo": "BC",
    "Quyết định": "QĐ",
    "Chương trình": "CTr",
    "Thông báo": "TB",
    "Tờ trình": "TTr",
    "Hướng dẫn": "HD",
    "Chỉ thị": "CT",
    "Công văn": None,
}
DEPARTMENTS = {
    "Sở Nội vụ": "SNV",
    "Sở Tài chính": "STC",
    "Sở Y tế": "SYT",
    "Sở Xây dựng": "SXD",
    "Sở Giáo dục và Đào tạo": "SGDĐT",
    "Sở Khoa học và Công nghệ": "SKHCN",
    "Thanh tra tỉnh": "TTr",
    "Ban Quản lý các khu công nghiệp": "BQLKCN",
}
CITED = [
    ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", False),
    ("Nghị quyết", "NQ-CP", "Chính phủ", False),
    ("Chỉ thị", "CT-TTg", "Thủ tướng Chính phủ", False),
    ("Kế hoạch", "KH-UBND", "Ủy ban nhân dân tỉnh", False),
    ("Quyết định", "QĐ-BNV", "Bộ trưởng Bộ Nội vụ", False),
    ("Nghị định", "NĐ-CP", "Chính phủ", True),
    ("Thông tư", "TT-BNV", "Bộ Nội vụ", True),
    ("Công văn", "UBND-NC", "Ủy ban nhân dân tỉnh", False),
]
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Đặng Bùi Đỗ Võ Huỳnh Hà Lương Vàng Giàng Lò Y Rơ".split()
MIDDLE = "Văn Thị Hữu Ngọc Minh Quốc Thanh Xuân Đức Kim".split()
GIVEN = "Bình Chiến Dũng Giang Hạnh Khoa Lâm Mạnh Nghĩa Oanh Phương Quyết Sơn Thủy Tuấn Uyên Vinh Yến".split()


def invent_document(rng: random.Random) -> Description:
    """A description of one invented document."""
    facts = document_facts(rng)
    say = make_grammar(rng, facts, pick_topic(rng))
    date = dt.date(int(facts["YEAR"]), rng.randint(1, 11), rng.randint(1, 28))
    kind = rng.choice([*TYPES, "Kế hoạch", "Kế hoạch", "Công văn"])
    head, truth, signature, shown_signature = _head(rng, say, kind, facts, date)
    body, found = _body(rng, say, date)
    style, look = random_look(rng)
    description: Description = {
        "print": {"family": style.family, "size": rng.choice([13, 13.5, 14]), "dpi": style.dpi, "leading": 1.15},
        "header": head,
        "body": body,
        "closing": shown_signature,
        "truth": {"header": truth, "signature": signature, **found},
    }
    description["print"]["degraded"] = rng.choice([0, 0.3, 0.6, 1.0])
    if kind in ("Kế hoạch", "Quyết định") and rng.random() < 0.5:
        plan = invent_table(rng, rng.randint(5, 10))
        plan.heading[2] = f"(Kèm theo {kind} số {truth['number_symbol']} ngày {_shown(date)} của {truth['issuer']})"
        text = " ".join(cell for row in plan.rows for cell in row.cells.values())
        found["citations"] = _distinct([*found["citations"], *_cited_in(text)])
        kept = {k: v for k, v in asdict(look).items() if k not in ("landscape", "margin_mm")}
        description["appendices"] = [
            {
                "heading": plan.heading,
                "size": style.size,
                "landscape": look.landscape,
                "look": kept,
                "columns": [[c.kind, c.title, c.share] for c in plan.columns],
                "rows": [
                    {r.span: [r.cells["number"], r.cells["content"]]}
                    if r.span
                    else [r.cells.get(c.kind, "") for c in plan.columns]
                    for r in plan.rows
                ],
            }
        ]
    return description


def _person(rng: random.Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def _head(
    rng: random.Random, say: Grammar, kind: str, facts: dict[str, str], date: dt.date
) -> tuple[Description, dict[str, Any], dict[str, Any], Description]:
    province = facts["PROVINCE"]
    level = rng.choice(["province", "province", "department", "department", "commune"])
    committee = "UBND" if rng.random() < 0.3 else "ỦY BAN NHÂN DÂN"
    if level == "department":
        issuer, symbol = rng.choice(list(DEPARTMENTS.items()))
        left, parent = [f"{committee} {province.upper()}", issuer.upper()], f"Ủy ban nhân dân {province}"
    else:
        area = rng.choice(COMMUNES) if level == "commune" else province
        left, parent, symbol = [committee, area.upper()], None, "UBND"
        issuer = f"Ủy ban nhân dân {area}"
    place = (area if level == "commune" else province).split(" ", 1 if "thành phố" not in province else 2)[-1]
    if level == "commune":
        place = area.split(" ", 1)[1]
    code = TYPES[kind]
    number = f"{rng.choice([rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 4999)]):02d}"
    suffix = f"{code}-{symbol}" if code else f"{symbol}-{rng.choice(['NC', 'TH', 'VX', 'KT', 'VP', 'CCHC'])}"
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    subject = say("subject")
    head: Description = {
        "left": left,
        "number": f"Số: {number}/{suffix}",
        "place_date": f"{place}, ngày {date.day:02d} tháng {month} năm {date.year}",
        "split": 0.44 if level == "department" else 0.38,
    }
    addressees: list[str] = []
    if code is None:
        subject = f"{say('verb')} {subject}"
        addressees = rng.sample(["Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường", "Báo và Đài tỉnh"], 2)
        shown = [f"- {a}{';' if a != addressees[-1] else '.'}" for a in addressees]
        head |= {"about": f"V/v {subject}", "addressees_printed": ["Kính gửi:", *shown]}
    else:
        subject = (
            subject[:1].upper() + subject[1:] if kind != "Quyết định" else f"Về việc phê duyệt Kế hoạch {subject}"
        )
        head |= {"title": kind.upper(), "subject": subject}
    truth = {
        "doc_type": kind,
        "doc_type_code": code,
        "number": number,
        "year": None,
        "symbol": suffix,
        "number_symbol": f"{number}/{suffix}",
        "date": date.isoformat(),
        "place": place,
        "issuer": issuer,
        "parent_issuer": parent,
        "subject": subject,
        "addressees": addressees,
    }
    signature, closing = _signature(rng, level, issuer)
    return head, truth, signature, closing


def _signature(rng: random.Random, level: str, issuer: str) -> tuple[dict[str, Any], Description]:
    chief = "Chủ tịch" if level != "department" else "Trưởng Ban" if issuer.startswith("Ban") else "Giám đốc"
    if issuer.startswith("Thanh tra"):
        chief = "Chánh Thanh tra"
    deputy = f"Phó {chief}"
    ways: list[tuple[list[str], str | None, str | None, str]] = [
        ([chief], None, None, chief),
        ([f"KT. {chief}", deputy], "KT", chief, deputy),
        ([f"TL. {chief}", "Chánh Văn phòng"], "TL", chief, "Chánh Văn phòng"),
        ([f"Q. {chief}"], "Q", None, chief),
    ]
    if level != "department":
        ways[0] = (["TM. Ủy ban nhân dân", chief], "TM", "Ủy ban nhân dân", chief)
        ways[1] = (["TM. Ủy ban nhân dân", f"KT. {chief}", deputy], "TM", "Ủy ban nhân dân", deputy)
        ways.pop()
    lines, authority, behalf, position = rng.choice([*ways[:2], *ways])
    name = _person(rng)
    recipients = ["Như trên;", "Thường trực Tỉnh ủy;", "Các Phó Chủ tịch;", "Các phòng, đơn vị;", "Lưu: VT, TH."]
    closing = {"signature": [x.upper() for x in lines], "name": name, "recipients": recipients[rng.randint(0, 3) :]}
    return {"authority": authority, "on_behalf_of": behalf, "position": position, "name": name}, closing


def _body(rng: random.Random, say: Grammar, date: dt.date) -> tuple[list[Description], dict[str, Any]]:
    citations = [_citation(rng, date) for _ in range(rng.randint(2, 4))]
    opening = "; ".join(shown for shown, _ in citations)
    body: list[Description] = [{"p": f"Thực hiện {opening}, {say.fill('{department} {verb} {object}')} như sau:"}]
    scores: list[dict[str, Any]] = []
    deadlines: list[dict[str, Any]] = []
    for number, heading in enumerate(["MỤC ĐÍCH, YÊU CẦU", "NHIỆM VỤ, GIẢI PHÁP", "TỔ CHỨC THỰC HIỆN"]):
        body.append({1: f"{['I', 'II', 'III'][number]}. {heading}"})
        if number == 0 and rng.random() < 0.5:
            shown, score = _score(rng, date.year - 1)
            body.append({"p": shown})
            scores.append(score)
        for part in range(rng.randint(1, 3)):
            if rng.random() < 0.5:
                body.append({2: f"{part + 1}. {say('department')}"})
            body.append({"p": say.fill("{^verb} {object} {qualifier}, {purpose}.")})
            if rng.random() < 0.4:
                due = date + dt.timedelta(days=rng.randint(15, 200))
                what = say.fill("{verb} {object}")
                body.append({"p": f"Giao {say('department')} {what}, hoàn thành trước ngày {_shown(due)}."})
                deadlines.append({"what": what, "date": due.isoformat()})
    cited = _distinct([citation for _, citation in citations])
    return body, {"citations": cited, "indicator_scores": scores, "deadlines": deadlines}


def _distinct(citations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({citation["number_symbol"]: citation for citation in citations}.values())


_CITATION = re.compile(r"([A-ZĐ]\w+ \w+) số (\S+/\S+|\d+-NQ/TU)(?: ngày (\d+)/(\d+)/(\d+))? của")
"""A citation as the grammar of the tables words it: ``Chỉ thị số 17/CT-TTg ngày 05/6/2024 của``."""


def _cited_in(text: str) -> list[dict[str, Any]]:
    dates = [
        (m[1], m[2], dt.date(int(m[5]), int(m[4]), int(m[3])) if m[3] else None) for m in _CITATION.finditer(text)
    ]
    return [{"doc_type": k, "number_symbol": n, "date": d.isoformat() if d else None} for k, n, d in dates]


def _shown(date: dt.date) -> str:
    return (
        f"{date.day:02d}/{date.month:02d}/{date.year}"
        if date.month < 3
        else f"{date.day:02d}/{date.month}/{date.year}"
    )


def _citation(rng: random.Random, before: dt.date) -> tuple[str, dict[str, Any]]:
    kind, symbol, issuer, legal = rng.choice(CITED)
    date = before - dt.timedelta(days=rng.randint(10, 900))
    number = f"{rng.randint(1, 180):02d}/{date.year}/{symbol}" if legal else f"{rng.randint(1, 3000):02d}/{symbol}"
    shown = f"{kind} số {number} ngày {_shown(date)} của {issuer}"
    return shown, {"doc_type": kind, "number_symbol": number, "date": date.isoformat(), "issuer": issuer}


def _score(rng: random.Random, year: int) -> tuple[str, dict[str, Any]]:
    rank, change = rng.randint(1, 63), rng.randint(5, 300) / 100
    index, low, high, full = rng.choice([("PAR INDEX", 75, 95, 100), ("SIPAS", 75, 92, None), ("PAPI", 38, 48, 80)])
    value = rng.randint(low * 100, high * 100) / 100
    unit = "điểm" if full else "%"
    shown = f"{value:.2f}".replace(".", ",") + (f"/{full} điểm" if full else "%")
    moved = f"{change:.2f}".replace(".", ",") + (" điểm" if full else "%")
    text = (
        f"Chỉ số {index} năm {year} của tỉnh đạt {shown}, xếp hạng {rank:02d}/63 tỉnh, thành phố,"
        f" {'tăng' if rank % 2 else 'giảm'} {moved} so với năm {year - 1}."
    )
    score = {"index": index, "year": year, "value": value, "unit": unit, "rank": rank, "rank_total": 63}
    return text, {k: v for k, v in {**score, "max": full}.items() if v is not None}
