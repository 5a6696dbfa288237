"""Valid records with their documents, invented by seed: lifelike, long enough, and true to the last span.

``make(seed)`` writes a plan line by line and its record at the same time, so that every value's evidence is
known and not searched for. Tests mutate these records; the benchmark checks thousands of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from dataclasses import dataclass, field
from typing import Any

PROVINCES = ["An Giang", "Cà Mau", "Cao Bằng", "Điện Biên", "Lai Châu", "Nghệ An", "Sơn La", "Thanh Hóa", "Lạng Sơn"]
OFFICES = ["Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Y tế", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Công Thương"]
VERBS = ["Rà soát", "Xây dựng", "Tổ chức", "Công khai", "Đánh giá", "Theo dõi", "Cập nhật", "Kiểm tra", "Phổ biến"]
THINGS = [
    "danh mục thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã",
    "quy trình nội bộ và thời gian giải quyết hồ sơ tại bộ phận một cửa",
    "việc tiếp nhận phản ánh, kiến nghị của người dân và doanh nghiệp",
    "kết quả khảo sát mức độ hài lòng của người dân ở vùng cao",
    "chất lượng hồ sơ điện tử trên cổng dịch vụ công của tỉnh",
    "kế hoạch bồi dưỡng công chức làm việc tại trung tâm phục vụ hành chính",
    "cơ sở dữ liệu về cán bộ, công chức và viên chức toàn tỉnh",
]
PLACES = [
    "đợt một",
    "đợt hai",
    "trên địa bàn các xã",
    "tại các phường",
    "ở các trường học",
    "trong khối cơ quan tỉnh",
]
RESULTS = ["Báo cáo kết quả rà soát", "Kế hoạch được ban hành", "Hội nghị được tổ chức", "Danh mục được công khai"]
SECTIONS = [
    "Công tác chỉ đạo, điều hành",
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Hiện đại hóa hành chính",
]
DIMENSIONS = [
    "Tham gia của người dân ở cấp cơ sở",
    "Công khai, minh bạch",
    "Trách nhiệm giải trình với người dân",
    "Kiểm soát tham nhũng trong khu vực công",
    "Thủ tục hành chính công",
    "Cung ứng dịch vụ công",
    "Quản trị môi trường",
    "Quản trị điện tử",
]
NAMES = ["Nguyễn Thị Lan", "Trần Văn Bình", "Lê Quang Huy", "Phạm Thu Hà", "Hoàng Đức Minh"]
ROMAN = ["I", "II", "III", "IV"]


@dataclass(frozen=True)
class Mark:
    """A piece of a line that is the ink of the value at ``pointer``."""

    pointer: str
    text: str


@dataclass
class Page:
    """A document under construction, with the evidence of what is marked in it."""

    lines: list[str] = field(default_factory=list)
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, *pieces: str | Mark) -> int:
        """Write a line; its number."""
        number, text = len(self.lines) + 1, ""
        for piece in pieces:
            if isinstance(piece, Mark):
                self.note(piece.pointer, number, len(text), piece.text)
            text += piece.text if isinstance(piece, Mark) else piece
        self.lines.append(text)
        return number

    def note(self, pointer: str, line: int, start: int, ink: str) -> None:
        """Note that ``ink``, which stands at ``start`` of a line, belongs to a value."""
        span = {"line": line, "start": start, "end": start + len(ink)}
        known = self.evidence.setdefault(pointer, {"spans": [], "raw": "", "confidence": 0.98, "repaired_from": None})
        known["raw"] += ("\n" if known["spans"] else "") + ink
        known["spans"].append(span)

    def wrapped(self, pointer: str, value: str, width: int = 40) -> None:
        """Write a value over as many lines as it takes."""
        line = ""
        for word in value.split():
            if line and len(line) + len(word) >= width:
                self.put(Mark(pointer, line))
                line = ""
            line += (" " if line else "") + word
        self.put(Mark(pointer, line))


@dataclass(frozen=True)
class Made:
    """A record as JSON values, and the text of the document that it is of."""

    name: str
    text: str
    record: dict[str, Any]


def vietnamese(number: float) -> str:
    """A number as documents print it."""
    return f"{number:.2f}".replace(".", ",")


def printed(date: dt.date) -> str:
    """A date as citations print it."""
    return f"{date.day:02}/{date.month:02}/{date.year}"


def make(seed: int, tasks: int | None = None) -> Made:
    """The plan with this seed, with about ``tasks`` rows in its table."""
    chance = random.Random(seed)
    page = Page()
    issued = dt.date(2025, 1, 10) + dt.timedelta(days=chance.randrange(400))
    record: dict[str, Any] = {"schema_version": "1.0", "source": {}}
    record["header"] = _header(page, chance, issued)
    record["outline"], record["citations"] = _body(page, chance, issued)
    record["deadlines"] = _deadlines(page, chance, issued)
    record["indicator_scores"] = _scores(page, chance, issued)
    record["indicator_tables"] = [_papi(page, chance, issued), _par(page, chance, issued)][: chance.randint(0, 2)]
    # Tables that were not kept leave their ink as any text that nothing was read from.
    for pointer in [p for p in page.evidence if p.startswith("/indicator_tables/")]:
        if int(pointer.split("/")[2]) >= len(record["indicator_tables"]):
            del page.evidence[pointer]
    record["signature"], record["recipients"] = _closing(page, chance)
    record["tasks"] = _tasks(page, chance, issued, tasks or chance.randint(4, 12))
    text = "\n".join(page.lines)
    name = f"ke-hoach-{seed}.txt"
    record["source"] = {
        "name": name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "media_type": "text/plain",
        "lines": len(page.lines),
    }
    record["evidence"] = page.evidence
    return Made(name, text, record)


def _header(page: Page, chance: random.Random, issued: dt.date) -> dict[str, Any]:
    province, number = chance.choice(PROVINCES), str(chance.randint(11, 4000))
    issuer = f"Ủy ban nhân dân tỉnh {province}"
    subject = f"{chance.choice(VERBS)} {chance.choice(THINGS)} năm {issued.year}"
    page.put(Mark("/header/issuer", "ỦY BAN NHÂN DÂN"), "          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.put(Mark("/header/issuer", f"TỈNH {province.upper()}"), "               Độc lập - Tự do - Hạnh phúc")
    whole = f"{number}/KH-UBND"
    line = page.put("Số: ", Mark("/header/number_symbol", whole))
    page.note("/header/number", line, 4, number)
    page.note("/header/symbol", line, 5 + len(number), "KH-UBND")
    spoken = f"ngày {issued.day:02} tháng {issued.month:02} năm {issued.year}"
    page.put(Mark("/header/place", province), ", ", Mark("/header/date", spoken))
    page.put("")
    line = page.put(Mark("/header/doc_type", "KẾ HOẠCH"))
    page.note("/header/doc_type_code", line, 0, "KẾ HOẠCH")
    page.wrapped("/header/subject", subject, 60)
    return {
        "doc_type": "Kế hoạch",
        "doc_type_code": "KH",
        "number": number,
        "year": None,
        "symbol": "KH-UBND",
        "number_symbol": whole,
        "date": issued.isoformat(),
        "place": province,
        "issuer": issuer,
        "parent_issuer": None,
        "subject": subject,
        "addressees": [],
    }


def _body(page: Page, chance: random.Random, issued: dt.date) -> tuple[list[Any], list[Any]]:
    outline, citations = [], []
    used: set[int] = set()
    for i in range(chance.randint(2, 4)):
        title = f"{chance.choice(VERBS)} {chance.choice(THINGS)}"
        pointer = f"/outline/{i}"
        line = page.put(Mark(f"{pointer}/label", f"{ROMAN[i]}."), " ", Mark(f"{pointer}/title", title))
        outline.append({"label": f"{ROMAN[i]}.", "title": title, "level": 1, "line": line})
        for _ in range(chance.randint(1, 3)):
            at = len(citations)
            number = chance.choice([n for n in range(12, 900) if n not in used])
            used.add(number)
            date = issued - dt.timedelta(days=chance.randrange(30, 900))
            kind, symbol, issuer, year = chance.choice(
                [
                    ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", None),
                    ("Thông tư", "TT-BNV", "Bộ Nội vụ", date.year),
                    ("Nghị định", "NĐ-CP", "Chính phủ", date.year),
                ]
            )
            whole = f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
            text = f"{kind} số {whole} ngày {printed(date)} của {issuer}"
            line = page.put(f"- Thực hiện {text};")
            start = len("- Thực hiện ")
            for name, part in {
                "text": text, "number_symbol": whole, "date": printed(date), "issuer": issuer, "number": str(number)
            }.items():  # fmt: skip
                found = start + text.index(part)
                page.note(f"/citations/{at}/{name}", line, found, part)
            citations.append(
                {
                    "doc_type": kind,
                    "number": str(number),
                    "year": year,
                    "symbol": symbol,
                    "number_symbol": whole,
                    "date": date.isoformat(),
                    "issuer": issuer,
                    "text": text,
                    "lines": [line],
                }
            )
    return outline, citations


def _deadlines(page: Page, chance: random.Random, issued: dt.date) -> list[Any]:
    made = []
    for i in range(chance.randint(0, 3)):
        what = f"{chance.choice(VERBS)} {chance.choice(THINGS)}"
        date = issued + dt.timedelta(days=chance.randrange(20, 300))
        line = page.put(
            "- ", Mark(f"/deadlines/{i}/what", what), " trước ngày ", Mark(f"/deadlines/{i}/date", printed(date)), "."
        )
        made.append({"what": what, "date": date.isoformat(), "recurrence": None, "recurs_on": None, "line": line})
    return made


def _scores(page: Page, chance: random.Random, issued: dt.date) -> list[Any]:
    made: list[Any] = []
    for index, unit, top in [("PAR INDEX", "điểm", 100.0), ("SIPAS", "%", None)][: chance.randint(1, 2)]:
        before = round(chance.uniform(78, 88), 2)
        change = round(chance.uniform(0.5, 4), 2)
        for year, value in ((issued.year - 2, before), (issued.year - 1, round(before + change, 2))):
            i, rank = len(made), chance.randint(1, 63)
            pointer = f"/indicator_scores/{i}"
            rise = year == issued.year - 1
            pieces: list[str | Mark] = ["Chỉ số ", Mark(f"{pointer}/index", index), " năm "]
            pieces += [Mark(f"{pointer}/year", str(year)), " đạt ", Mark(f"{pointer}/value", vietnamese(value))]
            pieces += ["/", Mark(f"{pointer}/max", f"{top:.0f}"), " điểm"] if top else ["%"]
            pieces += [", xếp hạng ", Mark(f"{pointer}/rank", str(rank)), "/"]
            pieces += [Mark(f"{pointer}/rank_total", "63"), " tỉnh, thành phố"]
            if rise:
                pieces += [", tăng ", Mark(f"{pointer}/change", vietnamese(change)), f" so với năm {year - 1}"]
            page.put(*pieces, ".")
            made.append(
                {
                    "index": index,
                    "component": None,
                    "subject": None,
                    "year": year,
                    "value": value,
                    "unit": unit,
                    "max": top,
                    "rank": rank,
                    "rank_total": 63,
                    "change": change if rise else None,
                    "change_unit": unit if rise else None,
                    "change_since": year - 1 if rise else None,
                    "kind": "result",
                    "origin": "prose",
                }
            )
    return made


def _row(page: Page, pointer: str, row: dict[str, Any]) -> dict[str, Any]:
    """Write a row of a table cell by cell, as OCR gives ruled tables."""
    for name, value in row.items():
        if value is not None and name not in ("level", "parent", "component_id"):
            page.put(Mark(f"{pointer}/{name}", vietnamese(value) if isinstance(value, float) else str(value)))
    page.put("")
    return row


def _papi(page: Page, chance: random.Random, issued: dt.date) -> dict[str, Any]:
    rows = []
    for i, name in enumerate(DIMENSIONS):
        score, increase = round(chance.uniform(3, 8), 2), round(chance.uniform(0.05, 0.6), 2)
        row = {
            "number": str(i + 1),
            "name": name,
            "component_id": None,
            "level": 1,
            "parent": None,
            "rank": chance.randint(1, 61),
            "rank_total": 61,
            "score": score,
            "max_score": 10.0,
            "expected_increase": "+" + vietnamese(increase),
            "target": "≥ " + vietnamese(score + increase),
        }
        rows.append(_row(page, f"/indicator_tables/0/rows/{i}", row))
    return {"index": "PAPI", "year": issued.year - 1, "rows": rows}


def _par(page: Page, chance: random.Random, issued: dt.date) -> dict[str, Any]:
    rows: list[Any] = []
    for i, name in enumerate(SECTIONS):
        own, survey = round(chance.uniform(5, 9), 2), round(chance.uniform(2, 4), 2)
        top_own, top_survey = 10.0, 5.0
        blank = {"component_id": None, "rank": None, "rank_total": None, "expected_increase": None, "target": None}
        parts: list[tuple[str | None, str, int, float, float]] = [
            (str(i + 1), name, 1, round(own + survey, 2), top_own + top_survey),
            (None, "Điểm thực hiện", 2, own, top_own),
            (None, "Điểm điều tra xã hội học", 2, survey, top_survey),
        ]
        for number, label, level, score, top in parts:
            row = {
                "number": number, "name": label, "level": level, "parent": str(i + 1) if level == 2 else None,
                "score": score, "max_score": top, **blank,
            }  # fmt: skip
            rows.append(_row(page, f"/indicator_tables/1/rows/{len(rows)}", row))
    return {"index": "PAR INDEX", "year": issued.year - 1, "rows": rows}


def _closing(page: Page, chance: random.Random) -> tuple[dict[str, Any], list[str]]:
    name, recipients = chance.choice(NAMES), ["Bộ Nội vụ (để báo cáo)", "Các sở, ban, ngành của tỉnh", "Lưu: VT, NC"]
    page.put("Nơi nhận:")
    for i, one in enumerate(recipients):
        page.put("- ", Mark(f"/recipients/{i}", one), ";")
    page.put(Mark("/signature/authority", "TM"), ". ", Mark("/signature/on_behalf_of", "ỦY BAN NHÂN DÂN"))
    page.put(Mark("/signature/position", "CHỦ TỊCH"))
    page.put(Mark("/signature/name", name))
    page.put("")
    signature = {"authority": "TM", "on_behalf_of": "Ủy ban nhân dân", "position": "Chủ tịch", "name": name}
    return signature, recipients


def _deadline(chance: random.Random, issued: dt.date) -> tuple[str, dict[str, Any]]:
    year = issued.year + 1
    quarter = chance.randint(1, 4)
    by = issued + dt.timedelta(days=chance.randrange(40, 400))
    last = {1: 31, 2: 30, 3: 30, 4: 31}[quarter]
    return chance.choice(
        [
            ("Thường xuyên", {"kind": "recurring", "start": None, "end": None}),
            (f"Trong năm {year}", {"kind": "within", "start": f"{year}-01-01", "end": f"{year}-12-31"}),
            (f"Đến ngày {printed(by)}", {"kind": "by", "start": None, "end": by.isoformat()}),
            (
                f"Quý {ROMAN[quarter - 1]}/{year}",
                {
                    "kind": "within",
                    "start": f"{year}-{3 * quarter - 2:02}-01",
                    "end": f"{year}-{3 * quarter:02}-{last}",
                },
            ),
        ]
    )


def _tasks(page: Page, chance: random.Random, issued: dt.date, count: int) -> list[Any]:
    made: list[Any] = []
    sections = min(len(SECTIONS), max(1, count // 3))
    contents = [f"{verb} {thing} {place}" for verb in VERBS for thing in THINGS for place in PLACES]
    chosen = chance.sample(contents, count) if count <= len(contents) else contents
    for s in range(sections):
        page.put(f"{ROMAN[s]} {SECTIONS[s]}")
        for n, content in enumerate(chosen[s::sections], 1):
            i = len(made)
            lead, support = chance.sample(OFFICES, 2)
            deadline, due = _deadline(chance, issued)
            result = f"{chance.choice(RESULTS)}, gửi {chance.choice(OFFICES)} tổng hợp"
            responsible = f"{lead} chủ trì, phối hợp với {support} thực hiện"
            pointer = f"/tasks/{i}"
            page.put(Mark(f"{pointer}/number", str(n)))
            for name, value in (
                ("content", content), ("responsible", responsible), ("deadline", deadline), ("result", result)
            ):  # fmt: skip
                page.wrapped(f"{pointer}/{name}", value)
                page.put("")
            made.append(
                {
                    "part": None,
                    "section": ROMAN[s],
                    "section_title": SECTIONS[s],
                    "subsection": None,
                    "number": str(n),
                    "content": content,
                    "responsible": responsible,
                    "deadline": deadline,
                    "result": result,
                    "lead_agencies": [lead],
                    "supporting_agencies": [support],
                    "due": due,
                }
            )
    return made
