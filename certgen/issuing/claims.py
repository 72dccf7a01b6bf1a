"""What the signed QR code of a certificate claims: what is printed, and of the identity number its last four."""

from certgen.exchange import payload
from certgen.exchange.payload import Claims
from certgen.model.record import Record


def claims_of(record: Record, status_index: int) -> Claims:
    """The claims of one record under its place in the status list."""
    return Claims(
        name=record.name,
        identity_type=record.identity_type,
        last_four=payload.last_four(record.identity_number),
        occupation=record.occupation,
        job=record.job,
        issue_date=record.issue_date,
        status_index=status_index,
    )
