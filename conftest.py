"""Options of the tests."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-goldens`: look at the difference, and say in the commit what moved and why."""
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write tests/goldens anew instead of comparing with it",
    )
