"""A whole invented document from its description in YAML: its pages after Nghị định 30/2020/NĐ-CP, and its record.

The description says what is printed; the record is derived from it where it can be (outline, tasks, indicator
tables, recipients) and stated in it where it cannot (header fields, citations, scores in prose, deadlines).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from training.flow import Flow, Setting
from training.invent import Column, Row
from training.render import Page, Style
from training.tablepages import TableLook, TablePages

Description = dict[str, Any]
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
FIELDS = ("part", "section", "section_title", "subsection", "number", "content", "responsible", "deadline", "result")


def load(path: Path) -> Description:
    """Read a description."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def draw(description: Description) -> list[Page]:
    """All pages of the document."""
    printed = description["print"]
    flow = Flow(Style(printed["family"], printed["size"], printed["dpi"], printed.get("leading", 1.15)))
    flow.new_page(landscape=False)
    _head(flow, description["header"])
    rows = 0
    for block in description["body"]:
        _block(flow, block, rows)
        rows += len(block.get("scores", {}).get("rows", []))
    if "closing" in description:
        _close(flow, description["closing"])
    for appendix in description.get("appendices", []):
        flow.style = Style(printed["family"], appendix.get("size", 13), printed["dpi"], printed.get("leading", 1.15))
        flow.new_page(landscape=appendix.get("landscape", True))
        for i, heading in enumerate(appendix["heading"]):
            flow.paragraph(heading, "centre", bold=i < len(appendix["heading"]) - 1, italic=heading.startswith("("))
        flow.space(0.3)
        TablePages(flow, _columns(appendix), _look(appendix), rows).render(task_rows(appendix))
        rows += len(appendix["rows"])
    return flow.pages


def _head(flow: Flow, header: Description) -> None:
    left = [Setting(line, bold=i == len(header["left"]) - 1) for i, line in enumerate(header["left"])]
    left[-1] = Setting(header["left"][-1], bold=True, scale=0.96, after=0.4, rule_share=0.35)
    left.append(Setting(header["number"], after=0.2))
    if "about" in header:
        left.append(Setting(header["about"], scale=0.9))
    right = [
        Setting(MOTTO[0], bold=True, scale=0.88),
        Setting(MOTTO[1], bold=True, after=0.4, rule_share=0.55),
        Setting(header["place_date"], italic=True),
    ]
    flow.columns(left, right, header.get("split", 0.38), gap=0.8)
    if "title" in header:
        flow.paragraph(header["title"], "centre", bold=True)
        flow.paragraph(header["subject"], "centre", bold=True)
        flow.space()
    for i, line in enumerate(header.get("addressees_printed", [])):
        flow.paragraph(line, "left", indent_mm=25 if i == 0 else 35)


def _block(flow: Flow, block: Description, first: int) -> None:
    ((kind, value),) = block.items()
    if kind == "scores":
        TablePages(flow, _columns(value), TableLook(landscape=False, **CENTRED), first).render(score_rows(value))
        flow.space()
    elif kind == "p":
        flow.paragraph(value)
    elif kind == "centre":
        flow.paragraph(value, "centre", bold=True)
    else:
        flow.paragraph(value, bold=int(kind) < 3, italic=int(kind) == 3)


CENTRED: dict[str, Any] = {
    "centred": ("number", "rank", "score", "max_score", "expected_increase", "target"),
    "span_titles": False,
    "justify": False,
    "split_rows": False,
}


def _close(flow: Flow, closing: Description) -> None:
    flow.space()
    left = [Setting("Nơi nhận:", bold=True, italic=True, align="left", scale=0.9)]
    left += [Setting(f"- {line}", align="left", scale=0.82) for line in closing["recipients"]]
    right = [Setting(line, bold=True) for line in closing["signature"]]
    right[-1] = Setting(closing["signature"][-1], bold=True, after=3.5)
    flow.columns(left, [*right, Setting(closing["name"], bold=True)], 0.5)


def _columns(table: Description) -> list[Column]:
    return [Column(*column) for column in table["columns"]]


def _look(table: Description) -> TableLook:
    return TableLook(**{**table.get("look", {}), "landscape": table.get("landscape", True)})


def task_rows(table: Description) -> list[Row]:
    """Rows of a task table, parts, sections and groups among them, each task knowing where it stands."""
    kinds = [column[0] for column in table["columns"]]
    place: dict[str, str | None] = dict.fromkeys(("part", "section", "section_title", "subsection"))
    rows = []
    for entry in table["rows"]:
        if isinstance(entry, dict):
            ((span, (label, title)),) = entry.items()
            rows.append(Row({"number": label, "content": title}, span))
            below = {"part": 0, "section": 1, "group": 3}[span]
            place |= dict.fromkeys(list(place)[below:])
            place |= {
                "part": {"part": f"{label}. {title}"},
                "section": {"section": label, "section_title": title},
                "group": {"subsection": f"{label}. {title}"},
            }[span]
            continue
        cells = dict(zip(kinds, entry, strict=True))
        if place["subsection"] and "." not in cells["number"]:
            place["subsection"] = None
        rows.append(Row(cells, None, **place))
    return rows


def cells(description: Description) -> list[dict[str, str]]:
    """Cells of all table rows in the order in which they are printed; rows that only title others are empty."""
    scores = [score_rows(block["scores"]) for block in description["body"] if "scores" in block]
    tasks = [task_rows(appendix) for appendix in description.get("appendices", [])]
    return [{} if row.span else row.cells for rows in [*scores, *tasks] for row in rows]


def score_rows(table: Description) -> list[Row]:
    """Rows of an indicator table; a row without a number belongs to the row above it."""
    kinds = [column[0] for column in table["columns"]]
    return [Row(dict(zip(kinds, entry, strict=True))) for entry in table["rows"]]


def record(description: Description) -> Description:
    """The document's true record: the shape of ``planparse.records.PlanRecord``, without what depends on a reading.

    (No source, evidence, diagnostics or input lines.)
    """
    truth = description["truth"]
    tasks = [r.as_task() for a in description.get("appendices", []) for r in task_rows(a) if r.span is None]
    return {
        "header": truth["header"],
        "signature": truth["signature"],
        "recipients": [line.rstrip(".;") for line in description.get("closing", {}).get("recipients", [])],
        "outline": [item for block in description["body"] for item in _outline(block)],
        "tasks": tasks,
        "indicator_tables": [_indicator_table(b["scores"]) for b in description["body"] if "scores" in b],
        "indicator_scores": truth.get("indicator_scores", []),
        "citations": truth.get("citations", []),
        "deadlines": truth.get("deadlines", []),
    }


def _outline(block: Description) -> list[Description]:
    ((kind, value),) = block.items()
    if not isinstance(kind, int):
        return []
    label, title = value.split(" ", 1)
    return [{"label": label, "title": title.rstrip(":."), "level": kind}]


def _indicator_table(table: Description) -> Description:
    rows: list[Description] = []
    parent = None
    for row in score_rows(table):
        cells = {kind: text or None for kind, text in row.cells.items()}
        rank = re.fullmatch(r"(\d+)/(\d+)", cells.get("rank") or "")
        parent = cells.get("number") or parent
        rows.append(
            {
                "number": cells.get("number"),
                "name": cells["name"],
                "level": 1 if cells.get("number") else 2,
                "parent": None if cells.get("number") else parent,
                "rank": int(rank[1]) if rank else None,
                "rank_total": int(rank[2]) if rank else None,
                "score": _decimal(cells.get("score")),
                "max_score": _decimal(cells.get("max_score")),
                "expected_increase": cells.get("expected_increase"),
                "target": cells.get("target"),
            }
        )
    return {"index": table["index"], "year": table["year"], "rows": rows}


def _decimal(text: str | None) -> float | None:
    return float(text.replace(",", ".")) if text else None
