import doctest
import importlib
import pkgutil

import pytest

import certgen.standards

MODULES = [
    module.name
    for module in pkgutil.walk_packages(certgen.standards.__path__, "certgen.standards.")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
