"""What Vietnamese administration knows: document types, provinces, bodies, offices, names.

Knowledge is YAML under ``planparse/data`` (a source per entry, dates where facts change); this package
loads it once, when first asked, and finds entries in text that OCR has garbled::

    lexicon.provinces().find("Khanh Hoa").entry.name              # 'Khánh Hòa'
    lexicon.provinces().on(date(2025, 8, 1))                      # the 34 of that day
    lexicon.doc_types().by_name["Kế hoạch"].code                  # 'KH'
    lexicon.read_symbol("QD-TTg").symbol                          # 'QĐ-TTg'
"""

from planparse.lexicon.entries import (
    Agency,
    Authority,
    BodyHead,
    DocType,
    Entry,
    FamilyName,
    Month,
    Phrase,
    Position,
    Province,
)
from planparse.lexicon.folding import fold, letters, mask, similarity, strip_marks
from planparse.lexicon.symbols import SymbolReading, read_symbol
from planparse.lexicon.table import Match, Table
from planparse.lexicon.tables import (
    agencies,
    authorities,
    body_heads,
    doc_types,
    family_names,
    months,
    page_phrases,
    phrases,
    positions,
    provinces,
)

__all__ = [
    "Agency",
    "Authority",
    "BodyHead",
    "DocType",
    "Entry",
    "FamilyName",
    "Match",
    "Month",
    "Phrase",
    "Position",
    "Province",
    "SymbolReading",
    "Table",
    "agencies",
    "authorities",
    "body_heads",
    "doc_types",
    "family_names",
    "fold",
    "letters",
    "mask",
    "months",
    "page_phrases",
    "phrases",
    "positions",
    "provinces",
    "read_symbol",
    "similarity",
    "strip_marks",
]
