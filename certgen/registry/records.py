"""A record as the register keeps it: its text, its fingerprint, its differences from another.

The fingerprint says *which certificate* a row asks for, whatever file the row came in. It is
keyed (HMAC-SHA256), so that the index column alone betrays no identity number to somebody who
tries them all.
"""

import hmac
import json
from dataclasses import fields
from datetime import date
from pathlib import Path

from certgen.model.finding import Place
from certgen.model.record import Record
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_DOMAIN = "certgen row fingerprint 1"
"""Goes into every digest, so that this use of the key can never be mistaken for another."""

_NOT_CONTENT = {"photo", "place"}
"""Where a row and its photo lay. The portrait itself is compared by its digest."""

_CONTENT = tuple(field.name for field in fields(Record) if field.name not in _NOT_CONTENT)


def fingerprint(key: bytes, record: Record) -> bytes:
    """32 bytes that are equal for two records exactly if they are the same certificate."""
    # A JSON list is unambiguous: no value slides into its neighbour, and null is not "".
    same = [
        _DOMAIN,
        record.identity_type.value,
        record.identity_number,
        record.occupation,
        record.job,
        int(record.level),
        record.batch,
    ]
    return hmac.digest(key, _JSON.encode(same).encode(), "sha256")


def differences(old: Record, new: Record) -> tuple[str, ...]:
    """Names of the fields in which two certificates would differ."""
    return tuple(name for name in _CONTENT if getattr(old, name) != getattr(new, name))


def to_text(record: Record) -> str:
    """The record as one line of JSON; `from_text` gives an equal record back."""
    place = record.place
    return _JSON.encode(
        {
            "name": record.name,
            "identity_type": record.identity_type.value,
            "identity_number": record.identity_number,
            "occupation": record.occupation,
            "job": record.job,
            "level": int(record.level),
            "issue_date": record.issue_date.isoformat(),
            "site": record.site,
            "branch": record.branch,
            "batch": record.batch,
            "photo": None if record.photo is None else str(record.photo),
            "print_number": record.print_number,
            "place": [place.file, place.sheet, place.row, place.column],
        }
    )


def from_text(text: str) -> Record:
    """The record that `to_text` wrote."""
    kept = json.loads(text)
    kept["identity_type"] = IdentityType(kept["identity_type"])
    kept["level"] = Level(kept["level"])
    kept["issue_date"] = date.fromisoformat(kept["issue_date"])
    kept["photo"] = None if kept["photo"] is None else Path(kept["photo"])
    kept["place"] = Place(*kept["place"])
    return Record(**kept)
