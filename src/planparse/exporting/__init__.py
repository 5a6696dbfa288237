"""Records as tables for analysts: CSV, Excel, Parquet, DuckDB. Every table has the document's key to join by."""

from planparse.exporting.columns import Column
from planparse.exporting.export import export_records
from planparse.exporting.loading import find_records, load_records, readable, records_in
from planparse.exporting.tables import TABLES, Table
from planparse.exporting.writers import WRITERS, require_packages

__all__ = [
    "TABLES",
    "WRITERS",
    "Column",
    "Table",
    "export_records",
    "find_records",
    "load_records",
    "readable",
    "records_in",
    "require_packages",
]
