"""The short storm: one kill at each step. The long one is `python bench/storm.py --kills 200`."""

import re
import subprocess
import sys
from pathlib import Path

STORM = Path(__file__).parents[1] / "bench" / "storm.py"


def test_a_kill_at_any_step_loses_nothing_and_changes_no_byte() -> None:
    done = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(STORM), "--kills", "15"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kills = dict(re.findall(r"^\| ([^|*]+) \| ([0-9]+) \|", done.stdout, re.MULTILINE))
    assert set(kills.values()) == {"1"}
    assert len(kills) == 15
