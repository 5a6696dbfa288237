"""``planparse doctor``: what this installation can read, and how to install what it can't."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from typing import NamedTuple

import typer

from planparse.errors import ExitCode
from planparse.version import __version__

TESSERACT = {
    "Debian, Ubuntu": "apt install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd",
    "macOS": "brew install tesseract tesseract-lang",
    "Windows": "winget install UB-Mannheim.TesseractOCR (tick Vietnamese under Additional language data)",
}
"""How to install Tesseract with its Vietnamese data."""

COMPILER = (
    "install a C compiler and Python's headers (Debian, Ubuntu: apt install gcc python3-dev), then",
    "pip install --force-reinstall --no-deps --no-cache-dir planparse",
)

PACKAGES = (
    ("pypdfium2", "PDF files", "planparse[pdf]"),
    ("pillow", "images", "planparse[ocr]"),
    ("platformdirs", "keeping what OCR has read", "planparse[ocr]"),
    ("openpyxl", "export to Excel", "planparse[xlsx]"),
    ("pyarrow", "export to Parquet", "planparse[parquet]"),
    ("duckdb", "export to DuckDB", "planparse[duckdb]"),
    ("distributed", "batches on a cluster", "planparse[dask]"),
    ("fsspec", "files behind URLs", "planparse[remote]"),
)
"""Package, what it is for, the extra that brings it."""


class Finding(NamedTuple):
    """One thing that was looked for: ``version`` is ``None`` where it is missing, ``remedy`` says what to do."""

    name: str
    use: str
    version: str | None
    remedy: tuple[str, ...] = ()


def command() -> None:
    """Check what this installation can read, and say what is missing.

    Nothing that is missing stops planparse from reading text. The exit code is 15 where scanned pages can't be
    read here.

    \b
    Examples:
      planparse doctor
    """
    findings = list(examine())
    width = max(len(f.name) for f in findings)
    for found in findings:
        sign = typer.style("ok     ", fg="green") if found.version else typer.style("missing", fg="yellow")
        typer.echo(f"{sign}  {found.name:<{width}}  {found.version or 'for ' + found.use}")
        for line in found.remedy if not found.version else ():
            typer.echo(f"{'':<9}{line}")
    if any(f.version is None for f in findings if f.name in ("pypdfium2", "pillow", "Tesseract", "Tesseract vie")):
        raise typer.Exit(ExitCode.MISSING_TOOL)


def examine() -> Iterator[Finding]:
    """Look for everything that planparse can use."""
    from planparse import native
    from planparse.reading.pages import cache, tesseract

    yield Finding("planparse", "", f"{__version__}, Python {sys.version.split()[0]}")
    built = "loaded" if native.kernels() else "put aside by PLANPARSE_NATIVE=0" if native.BUILT else None
    yield Finding("compiled code", "speed: without it Python does the same work, slower", built, COMPILER)
    for package, use, extra in PACKAGES:
        yield Finding(package, use, _version(package), (f"pip install '{extra}'",))
    install = tuple(f"{system}: {line}" for system, line in TESSERACT.items())
    yield Finding("Tesseract", "reading scanned pages", tesseract.version(), install)
    for language, use in (("vie", "Vietnamese pages"), ("osd", "pages that lie on their side")):
        there = language in tesseract.languages()
        yield Finding(f"Tesseract {language}", use, "installed" if there else None, install)
    place = cache.folder()
    if place is not None:
        yield Finding("OCR cache", "", f"{cache.size(place) / 1e6:.0f} of {cache.limit() / 1e6:.0f} MB, {place}")


def _version(package: str) -> str | None:
    try:
        return version_of(package)
    except PackageNotFoundError:
        return None
