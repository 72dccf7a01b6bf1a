"""Why pyHanko is not asked alone: what its validation accepts, with a reader that is strict, and our rules refuse.

When one of these fails, pyHanko has learnt: read its change log, and shorten docs/signatures.md.
"""

from collections.abc import Callable
from io import BytesIO

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from tests.forger.families import appended, ranges, values
from tests.forger.genuine import one_seal, policy
from tests.forger.house import NOW, the_house
from verify.checks.signed_pdf.examination import examine_here
from verify.checks.signed_pdf.policy import Question


def pyhanko_accepts(data: bytes) -> bool:
    """Its bottom line, asked as its documentation asks: strict reader, own root, default policy."""
    root = x509.Certificate.load(the_house().ca.der)
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    reader = PdfFileReader(BytesIO(data), strict=True)
    status = validate_pdf_signature(
        reader.embedded_regular_signatures[0],
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )
    return bool(status.bottom_line)


def test_it_accepts_the_genuine_file() -> None:
    assert pyhanko_accepts(one_seal())


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(appended.a_table_without_an_end_mark, id="isa_B: a revision without %%EOF"),
        pytest.param(appended.half_an_end_mark, id="a revision with half an %%EOF"),
        pytest.param(appended.bytes_behind_the_end, id="bytes behind the end"),
        pytest.param(ranges.something_in_the_padding, id="a message in the padding"),
        pytest.param(ranges.a_digit_in_the_other_case, id="a hex digit in the other case"),
        pytest.param(values.an_attribute_that_nobody_signed, id="an unsigned attribute"),
    ],
)
def test_pyhanko_alone_accepts_it_and_we_do_not(forge: Callable[[], bytes]) -> None:
    data = forge()
    assert pyhanko_accepts(data)
    assert not examine_here(data, Question(policy(), NOW)).accepted
