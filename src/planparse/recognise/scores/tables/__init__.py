"""Score tables: rows and columns found in OCR text, figures put right by arithmetic alone."""

from planparse.recognise.scores.tables.build import Totals, build_tables
from planparse.recognise.scores.tables.rows import RawTable, find_raw_tables

__all__ = ["RawTable", "Totals", "build_tables", "find_raw_tables"]
