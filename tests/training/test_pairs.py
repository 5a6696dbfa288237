"""Pairs from PDFs with a text layer: what is on the page beside what was read."""

from __future__ import annotations

import ctypes
import json
import lzma
import random
import shutil

import pytest

pytest.importorskip("PIL", reason="rendering needs Pillow")

from training.pairs import believable, is_vietnamese, main, write
from training.render import FAMILIES, _font_file
from training.textpages import invented_sources

pdfium = pytest.importorskip("pypdfium2", reason="reading PDFs needs planparse[training]")
needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")

LINES = [
    "Sở Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị có liên quan",
    "triển khai nhiệm vụ được giao trước ngày 15/9/2025; định kỳ hằng quý",
    "tổng hợp, báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện.",
]


@pytest.fixture
def pdf_folder(tmp_path):
    """A folder with one PDF of one page, its text layer real Vietnamese."""
    if not shutil.which("fc-match"):
        pytest.skip("fontconfig is not installed")
    try:
        font_bytes = open(_font_file(FAMILIES[0], False, False), "rb").read()  # noqa: SIM115, PTH123
    except LookupError as missing:
        pytest.skip(str(missing))
    raw = pdfium.raw
    document = pdfium.PdfDocument.new()
    page = document.new_page(595, 842)
    data = (ctypes.c_uint8 * len(font_bytes)).from_buffer_copy(font_bytes)
    font = raw.FPDFText_LoadFont(document, data, len(font_bytes), raw.FPDF_FONT_TRUETYPE, True)
    for number, line in enumerate(LINES):
        text = raw.FPDFPageObj_CreateTextObj(document, font, 14.0)
        utf16 = (line + "\0").encode("utf-16-le")
        wide = ctypes.cast(ctypes.c_char_p(utf16), ctypes.POINTER(ctypes.c_ushort))
        raw.FPDFText_SetText(text, wide)
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 70, 750 - 22 * number)
        raw.FPDFPage_InsertObject(page, text)
    raw.FPDFPage_GenerateContent(page)
    document.save(tmp_path / "van-ban.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"no PDF at all")
    return tmp_path


@needs_tesseract
def test_pairs_come_from_the_text_layer(pdf_folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert main([str(pdf_folder), "--out", str(out), "--dpi", "200", "--strength", "0"]) == 0
    with lzma.open(out / "eng.jsonl.xz", "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    assert [pair["t"] for pair in pairs] == LINES
    assert {pair["doc"] for pair in pairs} == {"van-ban"}
    assert all(pair["o"] and pair["dpi"] == 200 and pair["pg"] == 1 for pair in pairs)
    assert "broken.pdf: skipped" in capsys.readouterr().err


def test_a_folder_without_usable_pdfs_is_told(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    assert main([str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 1
    assert "no page with a Vietnamese text layer" in capsys.readouterr().err


def test_pairs_are_appended_so_that_a_second_run_adds_to_the_first(tmp_path):
    path = tmp_path / "eng.jsonl.xz"
    write(path, [{"t": "năm", "o": "nam"}])
    write(path, [{"t": "số", "o": "s6"}])
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        assert [json.loads(line)["o"] for line in lines] == ["nam", "s6"]


@pytest.mark.parametrize(
    ("truth", "read", "believed"),
    [
        ("Số: 12/KH-UBND", "S6: 12/KH-UBND", True),
        ("ỦY BAN NHÂN DÂN", "UY BAN NHAN DAN", True),
        ("Nơi nhận:", "TM. UY BAN NHAN DAN", False),
        ("1", "|", False),
    ],
)
def test_lines_cut_or_misplaced_are_dropped(truth, read, believed):
    assert believable(truth, read) is believed


@pytest.mark.parametrize(
    ("layer", "vietnamese"),
    [
        (" ".join(LINES), True),
        ("Së Néi vô chñ tr×, phèi hîp víi c¸c c¬ quan, ®¬n vÞ cã liªn quan " * 3, False),  # TCVN3
        (
            "So Noi vu chu tri, phoi hop voi cac co quan, don vi co lien quan trien khai nhiem vu duoc giao " * 2,
            False,
        ),
        ("short", False),
    ],
)
def test_only_vietnamese_layers_are_used(layer, vietnamese):
    assert is_vietnamese(layer) is vietnamese


def test_invented_pages_carry_their_setting():
    if not shutil.which("fc-match"):
        pytest.skip("fontconfig is not installed")
    try:
        source = next(iter(invented_sources(random.Random(1), [200], 1, "invented", None)))
    except LookupError as missing:
        pytest.skip(str(missing))
    assert source.setting.split()[0] in {family.split()[0] for family in FAMILIES}
    assert source.page.words[0].text == "ỦY"
