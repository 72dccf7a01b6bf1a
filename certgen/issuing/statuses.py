"""Publish the status list (状态清单) of an agency: what its register says of every certificate, signed."""

from datetime import datetime, timedelta

from certgen.exchange import status_list
from certgen.exchange.agency import Agency
from certgen.exchange.cose import Signs
from certgen.exchange.status_list import Status
from certgen.registry.register import Register

LIFE = timedelta(days=31)
"""How long a list may be relied on unless said otherwise: agencies publish monthly at least. Our choice."""


def publish(
    agency: Agency, register: Register, signer: Signs, *, now: datetime, life: timedelta = LIFE
) -> bytes:
    """The file. Of numbers that are pending, and of places that nobody has, it says that they are valid."""
    found = register.publish_statuses()
    statuses = {
        **dict.fromkeys(found.void, Status.VOID),
        **dict.fromkeys(found.superseded, Status.SUPERSEDED),
        **dict.fromkeys(found.suspended, Status.SUSPENDED),
    }
    prefixes = tuple(dict.fromkeys(site.prefix for site in agency.sites.values()))
    return status_list.make(found.number, now, life, prefixes, statuses, found.highest, signer)
