"""Running ``planparse`` inside the test's own process."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Outcome, Run
from planparse.cli import main


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``planparse`` with these arguments; an uncaught exception is the test's."""
    monkeypatch.delenv("PLANPARSE_DEBUG", raising=False)

    def run(*args: str | Path) -> Outcome:
        code = main([str(arg) for arg in args])
        captured = capfdbinary.readouterr()
        return Outcome(code, captured.out.decode(), captured.err.decode())

    return run
