"""What the fuzzers once found worth keeping keeps its promises; docs/fuzz.md tells of the long runs."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # bench is no part of the package
fuzz = import_module("bench.fuzz")


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_every_seed_and_every_kept_input_keeps_the_promises(target: str) -> None:
    module = import_module(fuzz.TARGETS[target])
    inputs = [*module.seeds(), *fuzz.kept(target)]
    assert inputs
    for data in inputs:
        module.run(data)
