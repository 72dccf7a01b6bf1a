"""All checks, in one place: what the pipeline runs."""

from verify.checks import (
    addresses,
    code,
    listed,
    official,
    page,
    payload,
    pdf,
    register,
    status,
    wording,
)

ALL = (
    *code.STAGES,
    *wording.STAGES,
    *addresses.STAGES,
    *payload.STAGES,
    *listed.STAGES,
    *pdf.STAGES,
    *page.STAGES,
    *status.STAGES,
    *register.STAGES,
    *official.STAGES,
)
"""Each of them sees every certificate; what does not apply says so, or nothing."""
