"""Images and PDFs to text: what is read, what is refused, and that nothing is left behind."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pictures import page_image, saved

from planparse import extract, read
from planparse.errors import DamagedInputError, EmptyInputError, MissingToolError, PlanparseError, TooLargeInputError
from planparse.reading import read_bytes
from planparse.reading.pages import layers, tesseract
from planparse.reading.pages.model import PageOptions, PageWord
from planparse.source import Box

Image = pytest.importorskip("PIL.Image", reason="planparse[ocr] is not installed")
pytest.importorskip("pypdfium2", reason="planparse[pdf] is not installed")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
needs_tesseract = pytest.mark.skipif(not tesseract.is_ready(), reason="Tesseract with vie is not installed")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANPARSE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@needs_tesseract
@pytest.mark.parametrize("rotate", [1.5, 90])
def test_a_scan_gives_the_record_that_its_text_would(rotate: float) -> None:
    record = extract(read(saved(page_image(rotate), "PNG", dpi=(200, 200)), name="scan.png"))
    assert record.header.number_symbol == "27/KH-UBND"
    assert str(record.header.date) == "2025-03-05"
    assert [(t.number, t.content) for t in record.tasks] == [
        ("1", "Rà soát thủ tục hành chính của các sở, ban, ngành"),
        ("2", "Công bố danh mục dịch vụ công trực tuyến"),
    ]
    assert record.tasks[1].responsible == "Văn phòng UBND tỉnh"
    assert all(s.page == 1 and s.box for e in record.evidence.values() for s in e.spans)


@needs_tesseract
def test_a_picture_in_a_pdf_is_read_once(cache: Path) -> None:
    data = saved(page_image(), "PDF", resolution=200)
    first = read(data, name="scan.pdf")
    (kept,) = cache.rglob("*.json")
    before = kept.stat().st_mtime_ns
    assert [x.text for x in read(data, name="scan.pdf").lines] == [x.text for x in first.lines]
    assert kept.stat().st_mtime_ns == before


def test_pictures_need_ocr() -> None:
    with pytest.raises(MissingToolError, match="only OCR"):
        read_bytes(saved(Image.new("L", (800, 1200), 255), "PNG"), "a.png", ".png", PageOptions(ocr="never"))


def test_without_tesseract_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_TESSERACT", "no-such-program")
    with pytest.raises(MissingToolError, match=r"apt install tesseract-ocr tesseract-ocr-vie.*brew.*winget"):
        read(saved(Image.new("L", (800, 1200), 255), "PNG"), name="a.png")


def claimed(width: int, height: int) -> bytes:
    """A PNG file that says it is so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], type[PlanparseError], str]] = {
    "cut.png": (lambda: saved(Image.new("L", (900, 900)), "PNG")[:60], DamagedInputError, "broken"),
    "cut.pdf": (lambda: b"%PDF-1.7\n1 0 obj <<", DamagedInputError, "broken"),
    "bomb.png": (lambda: claimed(30_000, 30_000), TooLargeInputError, "million pixels"),
    "tiny.png": (lambda: saved(Image.new("L", (3, 3)), "PNG"), DamagedInputError, "too small"),
    "lies.pdf": (lambda: b"\x89PNG\r\n\x1a\nnothing", DamagedInputError, "broken"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_one_clear_sentence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    make, kind, says = HOSTILE[name]
    with pytest.raises(kind, match=says):
        read(make(), name=name)
    assert not list((tmp_path / "tmp").iterdir())


@needs_tesseract
def test_an_empty_page_is_empty() -> None:
    with pytest.raises(EmptyInputError):
        read(saved(Image.new("L", (1654, 2339), 255), "PNG", dpi=(200, 200)), name="white.png")


def test_a_document_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_PAGE_SECONDS", "0.05")
    with pytest.raises(TooLargeInputError, match="took longer"):
        read(saved(Image.new("L", (1654, 2339), 255), "PNG"), name="slow.png")


def words_of(text: str) -> list[PageWord]:
    return [PageWord(word, Box(0, 0, 1, 1)) for word in text.split()]


GOOD = (
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính năm 2025 với các nội dung và nhiệm vụ cho cơ quan "
    * 3
)
ENGLISH = (
    "Uy ban nhan dan tinh ban hanh Ké hoach cai cach hanh chinh nam 2025 voi cac n6i dung va nhiém vu cho co quan "
    * 3
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD, None),
        (ENGLISH, "no sound Vietnamese"),
        (" ".join(GOOD.replace(" ", "")[i : i + 30] for i in range(0, 250, 4)), "without spaces"),
        ("1", "no text layer"),
    ],
)
def test_bad_text_layers_are_told_from_good_ones(text: str, says: str | None) -> None:
    fault = layers.fault(words_of(text))
    assert fault is None if says is None else says in (fault or "")


def test_letters_of_old_fonts_are_mended() -> None:
    from planparse.reading.decoding import TCVN3

    back = {letter: chr(code) for code, letter in TCVN3.items()}
    garbled = "".join(back.get(c, c) for c in GOOD.lower())
    mended = layers.repaired(words_of(garbled))
    assert mended is not None
    assert " ".join(w.text for w in mended) == GOOD.lower().strip()
    assert layers.repaired(words_of(GOOD)) is None
