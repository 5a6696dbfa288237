"""Files that mean harm, or were harmed: sixty of them must each end in one clear error and leave nothing behind.

    python -m benchmarks.hostile [--slow]

Every file is read as ``planparse extract`` reads it. Counted are clear errors (a ``PlanparseError`` of a kind other
than a defect), files that were read after all, crashes, the longest time, and what was left in the temporary folder
or still runs. ``--slow`` adds those that take a while by their nature.
"""

from __future__ import annotations

import argparse
import io
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

File = tuple[str, bytes]


def png(width: int, height: int, data: bytes = b"", *, crc: int = 0, depth: int = 8, colour: int = 0) -> bytes:
    """A PNG that says what it is told to say."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) ^ crc)

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = data or zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a sound cross-reference table."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


USES_X = b"<< /XObject << /X 5 0 R >> >>"
DRAWS_X = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + USES_X + b" >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def one_page(content: bytes, more: bytes = b"", box: bytes = b"[0 0 595 842]", page: bytes = b"") -> bytes:
    """A PDF of one page with this content stream."""
    return pdf(
        [
            CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R %s >>" % (box, page),
            stream(content, more),
        ]
    )


def pdfs(slow: bool) -> Iterator[File]:
    """Hostile PDFs."""
    bomb = zlib.compress(bytes(50_000_000), 9)
    for _ in range(2):
        bomb = zlib.compress(bomb, 9)
    many = [CATALOG, b"<< /Type /Pages /Kids [%s] /Count 10000 >>" % b" ".join(b"3 0 R" for _ in range(10_000)),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"]  # fmt: skip
    locked = (
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
    )
    good = one_page(b"BT ET")
    yield "empty-header.pdf", b"%PDF-"
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "cut-in-half.pdf", good[: len(good) // 2]
    yield "no-root.pdf", pdf([CATALOG], b"/Root 9 0 R")
    yield "no-pages.pdf", pdf([b"<< /Type /Catalog >>"])
    yield "zero-pages.pdf", pdf([CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"])
    yield "pages-loop.pdf", pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    yield "ten-thousand-pages.pdf", pdf(many)
    yield "locked.pdf", pdf([CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"], locked % (b"11" * 32, b"22" * 32))
    yield "unknown-filter.pdf", pdf([CATALOG], b"/Root 1 0 R /Encrypt << /Filter /Nobody /V 99 >>")
    yield "huge-page.pdf", one_page(b"", box=b"[0 0 2000000 2000000]")
    yield "negative-page.pdf", one_page(b"", box=b"[0 0 -5 -5]")
    yield "no-size.pdf", one_page(b"", box=b"[0 0 0 0]")
    yield "zip-bomb.pdf", one_page(bomb, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")
    yield "nested-filters.pdf", one_page(b"00", b"/Filter [%s]" % (b"/ASCIIHexDecode " * 500))
    yield "contents-loop.pdf", one_page(b"", page=b"/Contents [4 0 R 3 0 R 4 0 R]")
    yield "script.pdf", pdf([CATALOG[:-2] + b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
                             b"<< /Type /Pages /Kids [] /Count 0 >>"])  # fmt: skip
    yield "launch.pdf", pdf([CATALOG[:-2] + b"/OpenAction << /S /Launch /F (/bin/sh) >> >>",
                             b"<< /Type /Pages /Kids [] /Count 0 >>"])  # fmt: skip
    yield "outside-file.pdf", one_page(b"", page=b"/F (../../../../etc/passwd)")
    yield "deep-brackets.pdf", one_page(b"[" * 200_000)
    yield "deep-dictionary.pdf", pdf([b"<< /A " * 5000 + b">>" * 5000])
    yield "many-saves.pdf", one_page(b"q " * 500_000)
    yield "form-loop.pdf", pdf(
        [CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
         DRAWS_X,
         stream(b"/X Do"),
         stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources " + USES_X)]
    )  # fmt: skip
    yield "bad-xref.pdf", good.replace(b"startxref\n", b"startxref\n9999999")
    yield "long-length.pdf", good.replace(b"/Length 5", b"/Length 999999999")
    yield "zeros.pdf", b"%PDF-1.7\n" + bytes(1_000_000)
    yield "noise.pdf", b"%PDF-1.4\n" + bytes((i * 7919) % 251 for i in range(200_000))
    yield "text.pdf", "Kế hoạch cải cách hành chính".encode()
    yield "image-bomb.pdf", pdf(
        [CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
         DRAWS_X,
         stream(b"595 0 0 842 0 0 cm /X Do"),
         stream(zlib.compress(bytes(1000)), b"/Type /XObject /Subtype /Image /Width 90000 /Height 90000 "
                b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode")]
    )  # fmt: skip
    if slow:
        yield (
            "million-lines.pdf",
            one_page(b"".join(b"0 %d m 595 %d l S\n" % (i % 842, i % 842) for i in range(10**6))),
        )


def images() -> Iterator[File]:
    """Hostile images."""
    from PIL import Image

    def saved(image: Image.Image, kind: str, **more: object) -> bytes:
        held = io.BytesIO()
        image.save(held, kind, **more)
        return held.getvalue()

    page = Image.new("L", (1200, 1600), 255)
    jpeg, tiff = saved(page, "JPEG"), saved(page, "TIFF")
    yield "thirty-thousand.png", png(30_000, 30_000)
    yield "largest.png", png(2**31 - 1, 2**31 - 1)
    yield "no-width.png", png(0, 100)
    yield "wrong-sums.png", png(900, 900, crc=1)
    yield "strange-depth.png", png(900, 900, depth=3)
    yield "strange-colour.png", png(900, 900, colour=9)
    yield "cut.png", png(900, 900)[:40]
    yield "bomb.png", png(20_000, 20_000, zlib.compress(bytes(100_000_000), 9))
    yield "magic-only.png", b"\x89PNG\r\n\x1a\n"
    yield "tiny.png", saved(Image.new("L", (3, 3)), "PNG")
    yield "cut.jpg", jpeg[:200]
    yield "magic-only.jpg", b"\xff\xd8\xff\xe0"
    yield "large.jpg", jpeg.replace(struct.pack(">HH", 1600, 1200), struct.pack(">HH", 65_000, 65_000), 1)
    yield "noise.jpg", jpeg[:30] + bytes((i * 31) % 255 for i in range(50_000))
    yield "cut.tif", tiff[: len(tiff) // 3]
    yield "loop.tif", b"II*\0\x08\0\0\0\0\0\x08\0\0\0"
    yield "far-away.tif", b"II*\0\xff\xff\xff\x7f"
    yield "magic-only.tif", b"II*\0"
    yield (
        "many.tif",
        saved(Image.new("1", (8, 8)), "TIFF", save_all=True, append_images=[Image.new("1", (8, 8))] * 2100),
    )
    yield "script.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def results() -> Iterator[File]:
    """Hostile OCR results."""
    laughs = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 9))
    yield "laughs.xml", f"<!DOCTYPE a [<!ENTITY a0 'ha'>{laughs}]><alto>&a8;</alto>".encode()
    yield "outside.xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><alto>&b;</alto>"
    yield "fetch.xml", b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><alto/>"
    yield "deep.xml", b"<alto>" + b"<a>" * 1_000_000
    yield "cut.xml", b"<alto><Layout><Page WIDTH='9'"
    yield "strange-encoding.xml", b"<?xml version='1.0' encoding='nobody'?><alto/>"
    yield "nothing.xml", b"<alto/>"
    yield "no-boxes.hocr", b"<html><body><div class='ocr_page'></div></body></html>"
    yield "deep.hocr", b"<div>" * 500_000
    yield "binary.hocr", bytes(range(256)) * 100
    yield "one-column.tsv", b"level\n1\n" * 1000


def main() -> None:
    """Read all and print the account."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--slow", action="store_true")
    options = ask.parse_args()
    files = [*pdfs(options.slow), *images(), *results()]
    clear, strange, slowest = 0, [], (0.0, "")
    with tempfile.TemporaryDirectory() as home:
        place, scratch = Path(home, "files"), Path(home, "tmp")
        place.mkdir()
        scratch.mkdir()
        environment = os.environ | {"TMPDIR": str(scratch), "PLANPARSE_CACHE": str(Path(home, "cache"))}
        for name, data in files:
            path = place / name
            path.write_bytes(data)
            began = time.perf_counter()
            command = [sys.executable, "-m", "planparse", "extract", str(path)]
            ran = subprocess.run(command, capture_output=True, text=True, timeout=900, env=environment, check=False)
            seconds = time.perf_counter() - began
            slowest = max(slowest, (seconds, name))
            one_line = ran.stderr.count("\n") == 1 and ran.stderr.startswith("planparse: error: ")
            if one_line and ran.returncode not in (0, 1) and not ran.stdout:
                clear += 1
            else:
                strange.append(f"{name}: code {ran.returncode}: {ran.stderr.strip()[-200:]}")
            print(
                f"{seconds:6.1f} s  {ran.returncode:>3}  {ran.stderr.strip().replace(str(place) + '/', '')[:150]}",
                flush=True,
            )
        left = [str(p.relative_to(scratch)) for p in scratch.rglob("*")]
    print(f"{len(files)} files, {clear} clear errors, slowest {slowest[0]:.1f} s ({slowest[1]})")
    print(f"left behind: {left or 'nothing'}")
    for line in strange:
        print(f"  not so clear: {line}")
    sys.exit(bool(strange or left))


if __name__ == "__main__":
    main()
