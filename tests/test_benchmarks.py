"""The benchmarks run to their end: on little data, and without a look at any time."""

import re
import subprocess
import sys

import pytest

from tests.support.processes import ROOT

NUMBER = r"\d+\.\d\d"
LAST = (
    rf"reads: cpu {NUMBER} large, {NUMBER} small; throughput {NUMBER} large, {NUMBER} small; "
    rf"dataloaders {NUMBER}; sqlite {NUMBER}"
)


@pytest.mark.slow
def test_all_servers_answer_alike_and_the_last_line_has_its_form() -> None:
    """It stops with an error where the product, the hand-written SQL or the DataLoaders answer differently."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.reads", "--quick"],
        cwd=ROOT, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.fullmatch(LAST, run.stdout.splitlines()[-1])
    assert run.stdout.count("servers answer alike") == 2


@pytest.mark.slow
def test_the_sweep_writes_what_the_statement_by_hand_writes_and_the_last_line_has_its_form() -> None:
    """It stops with an error where the product's sweep and the hand-written SQL write different rows."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.jobs", "--quick"],
        cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    last = r"jobs: sweep \d+\.\dx, in-app \d+/s, mail \d+/s, median \d+ ms, -?\d+ KB"
    assert re.fullmatch(last, run.stdout.splitlines()[-1])
    assert "both write the same" in run.stdout
    assert re.search(r"webhook \d+ deliveries/s, 200 of 200 signatures good, each of 200 lines once", run.stdout)
