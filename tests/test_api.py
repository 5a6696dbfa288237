"""``import planparse``: light to import, and all that a program needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import planparse
from cli.running import PLAN


def test_importing_costs_next_to_nothing() -> None:
    script = "import sys, planparse; print({'pydantic', 'numpy', 'yaml', 'rich', 'typer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_every_public_name_is_there() -> None:
    assert all(hasattr(planparse, name) for name in planparse.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        planparse.no_such_name  # noqa: B018


def test_a_path_bytes_and_a_document_read_before_are_all_documents(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    source = planparse.read(PLAN.encode(), name="plan.txt")
    records = [planparse.extract(document) for document in (path, str(path), source)]
    assert records[0] == records[1] == records[2]
    assert isinstance(records[0], planparse.PlanRecord)
    assert planparse.restore_text(source).source is source


def test_another_language_is_refused_unless_forced() -> None:
    english = b"The committee shall publish the annual report before the end of June and inform everyone."
    with pytest.raises(planparse.PlanparseError) as caught:
        planparse.extract(english)
    assert caught.value.code == planparse.ExitCode.NOT_VIETNAMESE
    assert planparse.extract(english, force=True).diagnostics[0].code == "PP001"
