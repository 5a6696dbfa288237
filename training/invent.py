"""Invents lifelike administrative plans: their tables, agencies, deadlines and results, from a phrase grammar.

The grammar (``grammar/*.yaml``) was written for this project; nothing in it is taken from a document. What is
invented here is drawn by ``render.py`` and read by Tesseract, so that its truth is known to the letter.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

GRAMMAR = Path(__file__).parent / "grammar"
_SYMBOL = re.compile(r"\{(\^?)([A-Za-z_0-9]+)(\??)\}")

PROVINCES = [
    *("tỉnh Điện Biên", "tỉnh Lào Cai", "tỉnh Quảng Trị", "tỉnh Gia Lai", "tỉnh Lâm Đồng", "tỉnh Vĩnh Long"),
    *("thành phố Huế", "tỉnh Đồng Tháp", "tỉnh Nghệ An", "tỉnh Hưng Yên", "thành phố Cần Thơ", "tỉnh Tây Ninh"),
    *("tỉnh Sơn La", "tỉnh Thái Nguyên", "tỉnh Phú Thọ", "tỉnh Đắk Lắk", "thành phố Hải Phòng", "tỉnh Cà Mau"),
]
COMMUNES = ["xã Tân Phú", "xã Mường Khiêng", "phường Hòa Thuận", "xã Ea Knốp", "xã Vĩnh Lộc", "phường Bắc Sơn"]


@dataclass(frozen=True)
class Column:
    """A column of a table: ``kind`` is the field of the record that it feeds, ``group`` a head over several."""

    kind: str
    title: str
    share: float
    group: str | None = None


@dataclass
class Row:
    """A row of a task table, or a row that spans it: a part, a section, a group of subrows."""

    cells: dict[str, str]
    span: str | None = None
    part: str | None = None
    section: str | None = None
    section_title: str | None = None
    subsection: str | None = None

    def as_task(self) -> dict[str, str | None]:
        """The fields of ``records.Task`` that this row holds, as printed; two agency columns are one field."""
        agencies = [self.cells[k] for k in ("responsible", "lead", "support") if self.cells.get(k)]
        fields = {
            "part": self.part,
            "section": self.section,
            "section_title": self.section_title,
            "subsection": self.subsection,
            "number": self.cells.get("number"),
            "content": self.cells.get("content"),
            "responsible": "\n".join(agencies),
            "deadline": self.cells.get("deadline"),
            "result": self.cells.get("result"),
        }
        return {name: value or None for name, value in fields.items()}


@dataclass
class TablePlan:
    """An appendix: headings above the table, its columns and rows."""

    heading: list[str]
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)


class Grammar:
    """Expands the symbols of the phrase grammar, with one random source and one document's facts."""

    def __init__(self, rng: random.Random, rules: dict[str, list[str]], facts: dict[str, str]) -> None:
        self.rng, self.rules, self.facts = rng, rules, facts

    def __call__(self, symbol: str) -> str:
        """One expansion of ``symbol``: ``deadline`` → ``Trước ngày 15/9/2025``."""
        return self.fill(self.rng.choice(self.rules[symbol]))

    def fill(self, template: str) -> str:
        """Replace every ``{symbol}`` of a template."""

        def expand(found: re.Match[str]) -> str:
            capital, name, optional = found.groups()
            if optional and self.rng.random() < 0.5:
                return ""
            text = self.facts[name] if name in self.facts else self(name)
            return text[:1].upper() + text[1:] if capital else text

        return re.sub(r"  +", " ", _SYMBOL.sub(expand, template)).strip()


@cache
def _rules() -> dict[str, list[str]]:
    return dict(yaml.safe_load((GRAMMAR / "common.yaml").read_text(encoding="utf-8")))


@cache
def _topics() -> list[dict[str, Any]]:
    return list(yaml.safe_load((GRAMMAR / "topics.yaml").read_text(encoding="utf-8")))


HEADS: dict[str, list[str]] = {
    "number": ["STT", "TT", "STT", "Số TT"],
    "content": ["Nội dung công việc", "Nhiệm vụ, giải pháp", "Nội dung", "Nhiệm vụ", "Nội dung nhiệm vụ"],
    "responsible": ["Trách nhiệm thực hiện", "Cơ quan thực hiện", "Đơn vị thực hiện", "Phân công thực hiện"],
    "lead": ["Cơ quan chủ trì", "Đơn vị chủ trì", "Chủ trì"],
    "support": ["Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp"],
    "deadline": ["Thời gian thực hiện", "Tiến độ thực hiện", "Thời gian hoàn thành", "Thời hạn", "Tiến độ"],
    "result": ["Kết quả/Sản phẩm", "Sản phẩm", "Kết quả, sản phẩm", "Kết quả đạt được", "Sản phẩm đầu ra"],
    "note": ["Ghi chú"],
}
SHAPES = [
    "number content responsible deadline result",
    "number content responsible deadline result",
    "number content lead support deadline result",
    "number content lead support deadline",
    "number content result responsible deadline",
    "number content deadline responsible result",
    "number content responsible deadline",
    "number content responsible result deadline note",
    "number content lead support deadline result note",
    "number content result lead support deadline",
]
WIDTHS = {"number": (4, 6), "note": (7, 10), "deadline": (9, 15), "content": (24, 36)}


def invent_columns(rng: random.Random) -> list[Column]:
    """A set of columns in an order that occurs, with titles and relative widths."""
    kinds = rng.choice(SHAPES).split()
    return [Column(k, rng.choice(HEADS[k]), rng.uniform(*WIDTHS.get(k, (14, 26)))) for k in kinds]


def document_facts(rng: random.Random) -> dict[str, str]:
    """What one document is consistent about: its year, province and level of government."""
    year = rng.choice([2023, 2024, 2025, 2025, 2026])
    level = rng.choice(["province", "province", "department", "commune"])
    province = rng.choice(PROVINCES)
    area = rng.choice(COMMUNES) if level == "commune" else province
    years = {"YEAR": str(year), "YEAR0": str(year - 1), "YEAR1": str(year + 1), "YEAR5": str(year + 5)}
    return {**years, "PROVINCE": province, "AREA": area, "LEVEL": level}


def make_grammar(rng: random.Random, facts: dict[str, str], topic: dict[str, Any]) -> Grammar:
    """The grammar of one document about one topic."""
    rules = {**_rules(), "object": topic["object"], "subject": topic["subject"]}
    for column in ("responsible", "lead", "support"):
        rules[column] = rules[f"{column}_{facts['LEVEL']}"]
    return Grammar(rng, rules, facts)


def pick_topic(rng: random.Random, name: str | None = None) -> dict[str, Any]:
    """A topic of the grammar, at random or by its name."""
    return next(t for t in _topics() if t["name"] == name) if name else rng.choice(_topics())


@dataclass(frozen=True)
class Titles:
    """What varies between plans in the rows that span the table, and in what rows leave out; shares from 0 to 1."""

    spoken: float = 0.0
    """Titles that are clauses, up to three lines of them, where others are three to six words."""
    unlabelled: float = 0.0
    """Titles whose number cell is empty."""
    grouped: float = 0.0
    """Rows that stand in a group of their own, beyond those of the plan."""
    unnumbered: float = 0.0
    """Groups whose rows have no numbers."""
    hollow: float = 0.0
    """Cells (not the task's) that are left empty."""


def _invent_titles(rng: random.Random) -> Titles:
    return Titles(
        spoken=rng.choice([0.0, 0.3, 0.9]),
        unlabelled=rng.choice([0.0, 0.0, 0.1, 0.5]),
        grouped=rng.choice([0.0, 0.0, 0.3, 0.9]),
        unnumbered=rng.choice([0.0, 0.2, 0.5]),
        hollow=rng.choice([0.0, 0.0, 0.05, 0.15]),
    )


ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def invent_table(rng: random.Random, rows: int, clauses: list[str] | None = None) -> TablePlan:
    """An appendix with about ``rows`` tasks; ``clauses`` are texts of the caller to vary the wording with."""
    facts, topic = document_facts(rng), pick_topic(rng)
    say = make_grammar(rng, facts, topic)
    subject = say("subject")
    heading = [
        rng.choice(["Phụ lục", "PHỤ LỤC", "Phụ lục I", "PHỤ LỤC 01"]),
        rng.choice(["NHIỆM VỤ, GIẢI PHÁP ", "DANH MỤC NHIỆM VỤ ", "PHÂN CÔNG NHIỆM VỤ "]) + subject.upper(),
        f"(Kèm theo Kế hoạch số {say('num4')}/KH-UBND ngày {say('day')}/{say('month')}/{facts['YEAR']}"
        f" của UBND {facts['PROVINCE']})",
    ]
    plan = TablePlan(heading, invent_columns(rng), context={**facts, "subject": subject})
    sectioned, grouped = rng.random() < 0.85, rng.random() < 0.4
    full_stop, parts = rng.random() < 0.5, rng.random() < 0.25
    doing, echo = (rng.random() < 0.35, rng.choice([0.0, 0.0, 0.3, 0.8])) if clauses else (False, 0.0)
    titles = _invent_titles(rng) if clauses else Titles()
    place = {"part": None, "section": None, "section_title": None, "subsection": None}
    number, names = 0, list(topic["sections"])
    per_section = max(2, rows // rng.randint(2, 5))

    def spanning(kind: str, label: str, usual: str) -> str:
        """Add a row that spans the table; its title."""
        title = _title(rng, clauses, usual, titles.spoken, kind == "group") if clauses else usual
        title = title.upper() if kind == "part" else title
        shown = "" if titles.unlabelled and rng.random() < titles.unlabelled else label
        plan.rows.append(Row({"number": shown, "content": title}, kind))
        return title

    def task(label: str, inside: dict[str, str | None]) -> None:
        row = _task(say, plan.columns, label, inside, full_stop, clauses, doing, echo)
        for column in plan.columns:
            if column.kind not in ("number", "content") and titles.hollow and rng.random() < titles.hollow:
                row.cells[column.kind] = ""
        plan.rows.append(row)

    while sum(r.span is None for r in plan.rows) < rows:
        if sectioned and number % per_section == 0:
            index = sum(r.span == "section" for r in plan.rows)
            if parts and index % 3 == 0:
                label = "ABCDEFGH"[index // 3]
                title = rng.choice(["Nhiệm vụ chung", "Nhiệm vụ trọng tâm", "Nhiệm vụ thường xuyên", "Nhiệm vụ khác"])
                place["part"] = f"{label}. {spanning('part', label, title)}"
            label = ROMAN[index % 10]
            title = spanning("section", label, names[index % len(names)])
            place |= {"section": label, "section_title": title, "subsection": None}
            number = 0
        number += 1
        if (grouped and rng.random() < 0.15) or (titles.grouped and rng.random() < titles.grouped):
            title = spanning("group", str(number), say.fill("{^verb} {object}"))
            inside = {**place, "subsection": f"{number}. {title}"}
            if titles.unnumbered and rng.random() < titles.unnumbered:
                if rng.random() < 0.5:
                    spanning("group", f"{number}.1", say.fill("{^verb} {object}"))
                for _ in range(rng.randint(1, 3)):
                    task("", inside)
            else:
                for sub in range(1, rng.randint(3, 4)):
                    task(f"{number}.{sub}", inside)
        else:
            task(str(number), place)
    return plan


def _title(rng: random.Random, clauses: list[str], usual: str, spoken: float, task: bool) -> str:
    """A title: the topic's own, or a clause; titles of groups sound like tasks, those of sections mostly do not."""
    if not spoken or rng.random() >= spoken:
        return usual
    title = _pick(rng, clauses, task or rng.random() < 0.3)
    if rng.random() < 0.15:
        title += rng.choice([" và ", ", "]) + _pick(rng, clauses, task)
    words = title.rstrip(".;:").split()[: rng.choice([6, 12, 20, 34])]
    if len(words) > 5 and rng.random() < 0.15:
        cut = rng.randint(2, len(words) - 3)
        words[cut], words[-1] = "“" + words[cut], words[-1] + "”"
    title = " ".join(words)
    return title[:1].upper() + title[1:]


def _task(
    say: Grammar,
    columns: list[Column],
    number: str,
    place: dict[str, str | None],
    full_stop: bool,
    clauses: list[str] | None,
    doing: bool,
    echo: float,
) -> Row:
    """One task: every column filled, the content now and then from the caller's clauses.

    ``doing``: results sound like tasks, as in plans that say there what is done and not what comes of it; ``echo`` is
    how often a result speaks of the very things of its task.
    """
    cells = {"number": number}
    for column in columns[1:]:
        symbol = "task_content" if column.kind == "content" else column.kind
        text = say(symbol)
        if clauses and column.kind in ("content", "result") and say.rng.random() < 0.5:
            text = _clauses(say.rng, clauses, column.kind == "content" or doing)
        if column.kind == "result" and "content" in cells and say.rng.random() < echo:
            text = _outcome(say.rng, cells["content"])
        if clauses and column.kind == "responsible" and say.rng.random() < 0.2:
            text = _duties(say, clauses)
        if full_stop and text and column.kind in ("content", "result") and text[-1] not in ".;":
            text += "."
        cells[column.kind] = text[:1].upper() + text[1:]
    return Row(cells, None, **place)


TASK_WORDS = frozenset(
    "thực tổ xây rà tiếp triển phối tham chủ kiểm đẩy tăng nâng hướng ban cập theo đôn công nghiên hoàn đề báo bố "
    "lập cung tuyên duy khảo đánh thanh phát huy đổi mở quán tập bồi đào giải tạo hỗ giám chỉ khắc phổ quản sử "
    "tiến chuyển ứng đảm bảo kiện sắp thành củng nắm ký giao vận đăng niêm số thống tổng hợp".split()
)
"""First syllables of the verbs that tasks begin with; results begin with things."""


def _is_task(clause: str) -> bool:
    return clause.split()[0].lower() in TASK_WORDS


def _pick(rng: random.Random, clauses: list[str], task: bool) -> str:
    """A clause that sounds like a task, or like a result; now and then any."""
    for _ in range(rng.choice([1, 6, 12])):
        clause = rng.choice(clauses)
        if _is_task(clause) == task:
            break
    return clause


def _clauses(rng: random.Random, clauses: list[str], task: bool) -> str:
    """One to five clauses: as one sentence after the other, or as a list with or without a line above it."""
    picked = [_pick(rng, clauses, task) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4, 5]))]
    if len(picked) == 1 or rng.random() < 0.25:
        return " ".join(c if c[-1] in ".;:" else c + "." for c in picked)
    ends = rng.choice([".", ";", ""])
    items = ["- " + c.rstrip(".;") + ends for c in picked]
    if rng.random() < 0.3:
        items[0] = items[0][2:].rstrip(".;") + rng.choice([":", ".", ""])
    return "\n".join(items)


def _outcome(rng: random.Random, task: str) -> str:
    """What a task of a plan is to lead to, in its own words: ``100% văn bản được rà soát``."""
    words = task.split("\n")[0].lstrip("- ").rstrip(".;:").split()
    verb, things = " ".join(words[:2]).lower(), " ".join(words[2 : rng.randint(5, 18)]).rstrip(",;")
    if not things:
        return task
    share = rng.choice(["100%", "Tối thiểu 90%", "Từ 80%", "Các", "Toàn bộ"])
    text = rng.choice(
        [f"{share} {things} được {verb}", f"Hoàn thành {verb} {things}", f"{verb.capitalize()} {things}"]
    )
    return rng.choice(["", "- "]) + text + rng.choice(["", " theo quy định", " đúng tiến độ"])


def _duties(say: Grammar, clauses: list[str]) -> str:
    """What each of one to three bodies does: a responsible cell that speaks in sentences."""
    duties = []
    for _ in range(say.rng.choice([1, 2, 2, 3])):
        body, clause = say("lead").split(";")[0], say.rng.choice(clauses).rstrip(".;")
        duties.append(f"{body} {clause[:1].lower()}{clause[1:]}.")
    return duties[0] if len(duties) == 1 else "\n".join("- " + duty for duty in duties)
