"""One name for each body of a plan."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from planparse.reading import read_bytes
from planparse.recognise.bodies import Bodies
from planparse.restore import RestoredLine, RestoredText

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "bodies.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_bodies(case: dict[str, Any]) -> None:
    source = read_bytes("\n".join(case.get("lines", ["KẾ HOẠCH"])).encode(), "plan.txt")
    text = RestoredText(source, tuple(RestoredLine(line.number, line.text) for line in source.lines))
    named = [name for name, times in case["named"].items() for _ in range(times)]
    assert Bodies(named, text).resolve(case["asked"]) == case.get("body")
