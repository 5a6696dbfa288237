"""Who leads and who supports, read from cells."""

from pathlib import Path

import pytest
import yaml

from planparse.recognise.agencies import read_responsible

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "agencies.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["cell"][:40] for c in CASES])
def test_agencies(case: dict[str, object]) -> None:
    found = read_responsible(str(case["cell"]))
    assert (found.lead, found.support) == (case["lead"], case["support"])
