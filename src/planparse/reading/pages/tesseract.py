"""Tesseract by its command: pictures in on standard input, words with boxes out; no file is ever written."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from functools import cache
from threading import Thread
from typing import IO, cast

import numpy as np

from planparse.errors import DamagedInputError, MissingToolError
from planparse.reading.pages.model import PageWord
from planparse.reading.pages.picture import Grey
from planparse.reading.pages.tsv import tsv_pages

LANGUAGES = "vie"
SECONDS = 180.0
"""The longest that one picture may take."""

INSTALL = (
    "Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-vie; macOS: brew install tesseract tesseract-lang; "
    "Windows: winget install UB-Mannheim.TesseractOCR, with Vietnamese ticked"
)


@cache
def command() -> str | None:
    """Where the command is, if it is installed; ``PLANPARSE_TESSERACT`` names another."""
    usual = r"C:\Program Files\Tesseract-OCR\tesseract.exe"
    return shutil.which(os.environ.get("PLANPARSE_TESSERACT") or "tesseract") or shutil.which(usual)


@cache
def version() -> str | None:
    """What Tesseract says it is: ``tesseract 5.3.0``."""
    program = command()
    if program is None:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False)
    return (said.stdout or said.stderr).strip().partition("\n")[0] or None


@cache
def languages() -> frozenset[str]:
    """The languages that it has data for."""
    program = command()
    if program is None:
        return frozenset()
    said = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return frozenset((said.stdout or said.stderr).split("\n")[1:]) - {""}


def is_ready() -> bool:
    """Whether Vietnamese pages can be read here."""
    return "vie" in languages()


def require() -> None:
    """Raise :class:`~planparse.errors.MissingToolError` where Tesseract or its Vietnamese data is missing."""
    if command() is None:
        raise MissingToolError("Tesseract", "is not installed, and the pages are pictures", INSTALL)
    if not is_ready():
        raise MissingToolError("Tesseract", "has no data for Vietnamese (vie)", INSTALL)


def read(grey: Grey, dpi: float, layout: int, where: str = "page") -> list[PageWord]:
    """The words of a picture with boxes in its points; ``layout`` is Tesseract's page segmentation mode."""
    said = _run(grey, ["-l", LANGUAGES, "--psm", str(layout), "--dpi", str(round(dpi)), "tsv"], where)
    pages = tsv_pages(said, dpi)
    return list(pages[0].words) if pages else []


def read_digits(grey: Grey, dpi: float, where: str = "page") -> list[PageWord]:
    """The numbers of a picture that shows one a line."""
    digits = ["-c", "tessedit_char_whitelist=0123456789.,"]
    said = _run(grey, ["-l", LANGUAGES, "--psm", "6", "--dpi", str(round(dpi)), *digits, "tsv"], where)
    pages = tsv_pages(said, dpi)
    return list(pages[0].words) if pages else []


def turned(grey: Grey, dpi: float) -> int | None:
    """Degrees by which a picture must be turned clockwise to stand upright (0, 90, 180, 270), None where unsure."""
    if "osd" not in languages():
        return None
    try:
        said = _run(grey, ["-l", "osd", "--psm", "0", "--dpi", str(round(dpi))], "page")
    except DamagedInputError:
        return None
    found = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    try:
        return int(found["Rotate"]) if float(found["Orientation confidence"]) > 1.0 else None
    except (KeyError, ValueError):
        return None


def _run(grey: Grey, options: list[str], where: str) -> str:
    program = command()
    assert program is not None
    height, width = grey.shape
    picture = (b"P5 %d %d 255\n" % (width, height), np.ascontiguousarray(grey).data)
    # One thread each: pages are read side by side, and Tesseract's own threads cost more than they give.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    with subprocess.Popen(
        [program, "stdin", "stdout", *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    ) as process:  # fmt: skip
        # The whole picture written at once by a thread: communicate() would cut it into thousands of pieces.
        feeder = Thread(target=_feed, args=(cast(IO[bytes], process.stdin), picture), daemon=True)
        process.stdin = None
        feeder.start()
        try:
            said, complaint = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            what = f"Tesseract took more than {SECONDS:.0f} s"
            raise DamagedInputError(where, what, "scan the page again") from None
        finally:
            feeder.join()
    if process.returncode != 0:
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
        raise DamagedInputError(where, f"Tesseract failed: {last[0]}", "scan the page again")
    return said.decode("utf-8", "replace")


def _feed(into: IO[bytes], picture: tuple[bytes, memoryview]) -> None:
    with contextlib.suppress(OSError), into:
        for part in picture:
            into.write(part)
