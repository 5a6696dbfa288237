"""The fault test in a small size: killed workers and killed runs lose nothing."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from benchmarks.documents import SAMPLES, write_documents
from benchmarks.faults import PLANPARSE, faults_of, torment, write_bad


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not there")
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)
    write_documents(tmp_path / "in", 8)
    write_bad(tmp_path / "in" / "bad", 6, chance)
    subprocess.run([*PLANPARSE, tmp_path / "in", tmp_path / "calm", "--quiet"], check=False)
    kills = torment(tmp_path / "in", tmp_path / "out", 3, chance, longest=1.0)
    assert kills.total() >= 1
    assert faults_of(tmp_path / "in", tmp_path / "out", tmp_path / "calm") == []
