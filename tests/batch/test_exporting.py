"""Records as tables: every format holds the same rows, and they join by the document's key."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from test_batch_command import planparse

from documents import folder_of
from planparse.batch import run_batch
from planparse.config import BatchSettings
from planparse.errors import BadRecordError, ExitCode, UsageError
from planparse.exporting import TABLES, export_records, load_records
from planparse.exporting.columns import columns_of
from planparse.records import IndicatorRow, IndicatorTable, PlanRecord, Task
from planparse.writing import FORMATS
from sample_record import full_record


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_follow_the_models() -> None:
    kinds = {column.name: column.kind for column in columns_of(Task)}
    assert kinds["content"] == "text"
    assert kinds["due_kind"] == "text"
    assert kinds["due_end"] == "date"
    assert kinds["lead_agencies"] == "texts"


def test_every_list_of_a_record_has_a_table() -> None:
    lists = {name for name in PlanRecord.model_fields if isinstance(getattr(full_record(), name), list)}
    named = {table.name for table in TABLES} | {"indicator_tables", "recipients", "accepted"}
    assert lists <= named


def test_csv_opens_in_excel_and_joins(tmp_path: Path) -> None:
    export_records([("a", full_record()), ("b", full_record())], ["csv"], tmp_path)
    assert (tmp_path / "tasks.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,position,")
    documents = {row["document"]: row for row in read_csv(tmp_path / "documents.csv")}
    tasks = read_csv(tmp_path / "tasks.csv")
    assert documents["b"]["number_symbol"] == "118/KH-UBND"
    assert documents["a"]["recipients"] == "Như trên; Lưu: VT"
    assert (tasks[-1]["document"], tasks[0]["position"]) == ("b", "1")
    assert tasks[0]["content"] == "- Chọn giống cây\n- Làm đất"
    assert tasks[0]["due_end"] == "2025-04-30"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="planparse[xlsx] is not installed")
    evil, kept = '=HYPERLINK("x")', ["+0,13", "- Báo cáo", "-5"]
    rows = [IndicatorRow(name=text) for text in [evil, "@SUM(A1)", "+cmd|x", *kept]]
    record = full_record().model_copy(update={"indicator_tables": [IndicatorTable(rows=rows)]})
    export_records([("a", record)], ["csv", "xlsx"], tmp_path)
    names = [row["name"] for row in read_csv(tmp_path / "indicator_rows.csv")]
    assert names == [f"'{evil}", "'@SUM(A1)", "'+cmd|x", *kept]
    sheet = openpyxl.load_workbook(tmp_path / "planparse.xlsx")["indicator_rows"]
    at = [cell.value for cell in sheet[1]].index("name") + 1
    cells = [sheet.cell(row, at) for row in range(2, 8)]
    assert [cell.value for cell in cells] == [evil, "@SUM(A1)", "+cmd|x", *kept]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_sheet_ends_before_excel_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="planparse[xlsx] is not installed")
    monkeypatch.setattr("planparse.exporting.writers.XlsxWriter.LONGEST", 4)
    export_records([(str(n), full_record()) for n in range(5)], ["xlsx"], tmp_path)
    book = openpyxl.load_workbook(tmp_path / "planparse.xlsx")
    assert [book["documents"].max_row, book["documents 2"].max_row] == [4, 3]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="planparse[parquet] is not installed")
    export_records([("a", full_record())], ["parquet"], tmp_path)
    (task, *_) = parquet.read_table(tmp_path / "tasks.parquet").to_pylist()
    assert task["lead_agencies"] == ["Sở Nông nghiệp"]
    assert task["due_end"] == dt.date(2025, 4, 30)


def test_duckdb_is_ready_to_ask(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="planparse[duckdb] is not installed")
    export_records([("a", full_record()), ("b", full_record())], ["duckdb"], tmp_path)
    with duckdb.connect(str(tmp_path / "planparse.duckdb"), read_only=True) as base:
        found = base.execute(
            "select document, lead_agencies, due_end from tasks join documents using (document) "
            "where tasks.position = 1 order by 1"
        ).fetchall()
    assert found == [(key, ["Sở Nông nghiệp"], dt.date(2025, 4, 30)) for key in "ab"]


def test_many_rows_go_out_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planparse.exporting.export.PIECE", 3)
    export_records([(str(n), full_record()) for n in range(10)], ["csv"], tmp_path)
    assert [row["document"] for row in read_csv(tmp_path / "documents.csv")] == [str(n) for n in range(10)]


def test_a_format_without_its_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(UsageError, match=r"pip install 'planparse\[parquet\]'"):
        export_records([], ["parquet"], tmp_path)


def test_records_are_found_wherever_they_are(tmp_path: Path) -> None:
    for name, form in (("a.json", "json"), ("sub/b.yaml", "yaml"), ("c.jsonl", "jsonl")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FORMATS[form].dump(full_record()) * (2 if form == "jsonl" else 1))
    assert [key for key, _ in load_records([tmp_path])] == ["a", "c#1", "c#2", "sub/b"]
    assert [key for key, _ in load_records([tmp_path / "a.json", tmp_path / "a.json"])] == ["a", "a (2)"]
    (tmp_path / "bad.jsonl").write_text("{}\n")
    with pytest.raises(BadRecordError, match=r"bad\.jsonl:1"):
        list(load_records([tmp_path / "bad.jsonl"]))


@pytest.mark.parametrize("form", ["json", "yaml", "jsonl"])
def test_a_batch_and_a_later_export_make_the_same_tables(tmp_path: Path, form: str) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "sub/b.txt"])
    run_batch(str(place), str(tmp_path / "out"), BatchSettings(workers=1, format=form, export=["csv"]))  # type: ignore[arg-type]
    ran = planparse("export", tmp_path / "out", "--to", "csv", "-o", tmp_path / "later")
    assert (ran.returncode, b"2 documents" in ran.stderr) == (ExitCode.OK, True), ran.stderr.decode()
    for path in (tmp_path / "later").iterdir():
        assert path.read_bytes() == (tmp_path / "out" / "tables" / path.name).read_bytes()
    assert [row["document"] for row in read_csv(tmp_path / "later" / "documents.csv")] == ["a.txt", "sub/b.txt"]


def test_export_needs_a_format(tmp_path: Path) -> None:
    assert planparse("export", tmp_path, cwd=tmp_path).returncode == ExitCode.USAGE
    (tmp_path / "planparse.toml").write_text('[export]\nto = "csv"\n')
    assert planparse("export", tmp_path, cwd=tmp_path).returncode == ExitCode.OK
