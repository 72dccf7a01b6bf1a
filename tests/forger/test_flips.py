"""No flip of a byte of a signed PDF changes page, fields, signer or time and is still accepted."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.forger import longterm
from tests.forger.flips import first_rules_refuse, flipped, said, slipped
from tests.forger.genuine import one_seal, policy, two_seals
from tests.forger.house import NOW
from verify.checks.signed_pdf.examination import examine_here
from verify.checks.signed_pdf.policy import Question
from verify.checks.signed_pdf.report import SignatureReport

FILES: dict[str, Callable[[], bytes]] = {
    "B-B": one_seal,
    "two seals": two_seals,
    "B-LT": lambda: longterm.pressed("B-LT"),
    "B-LTA, two seals": lambda: longterm.pressed("B-LTA", 2),
}


def examined(data: bytes) -> SignatureReport:
    return examine_here(data, Question(policy(), NOW))


@pytest.mark.parametrize("kind", FILES)
def test_no_flip_slips_through_over_the_whole_file(kind: str) -> None:
    data = FILES[kind]()
    assert list(slipped(data, range(0, len(data), 1597))) == []


def regions(data: bytes) -> list[int]:
    """The bytes that no digest covers or that steer how the file is read: holes, tables, trailers, validation data."""
    holes = [m.span() for m in re.finditer(rb"/Contents<[0-9a-f]*>", data)]
    ends = [m.span() for m in re.finditer(rb"xref\n.*?%%EOF\n", data, re.DOTALL)]
    rest = [m.span() for m in re.finditer(rb"/DSS.*?endobj|/ByteRange[^/]*", data, re.DOTALL)]
    return sorted({at for start, end in (*holes, *ends, *rest) for at in range(start, end)})


@pytest.mark.parametrize("kind", FILES)
def test_no_flip_slips_through_where_no_digest_reaches(kind: str) -> None:
    data = FILES[kind]()
    places = regions(data)

    @settings(
        max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(place=st.sampled_from(places), bit=st.integers(0, 7))
    def one(place: int, bit: int) -> None:
        assert list(slipped(data, [place], bit)) == []

    one()


def test_what_the_first_rules_refuse_the_examination_refuses() -> None:
    data = one_seal()
    for position in range(0, len(data), 19_997):
        changed = flipped(data, position)
        assert first_rules_refuse(changed)
        assert not examined(changed).accepted


def test_what_is_compared_says_something() -> None:
    page, seals, level = said(examined(longterm.pressed("B-LT")))
    assert page
    assert seals
    assert str(level) == "B-LT"
