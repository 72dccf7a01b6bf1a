"""A record as the register keeps it: its text, its digests, its differences from another.

The fingerprint says *which certificate* a row asks for, whatever file the row came in; the holder
mark says *whose* it is. Both are keyed (HMAC-SHA256, BLAKE2b), so that the index columns alone
betray no identity number to somebody who tries them all.
"""

import hmac
import json
from dataclasses import fields
from datetime import date
from hashlib import blake2b
from pathlib import Path

from certgen.model.finding import Place
from certgen.model.record import Record
from certgen.standards.forms import FormId
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_DOMAIN = "certgen row fingerprint 1"
"""Goes into every digest, so that this use of the key can never be mistaken for another."""

_HOLDER_DOMAIN = b"certgen holder 1"  # BLAKE2b's "person": 16 bytes at most
_STEM_DOMAIN = b"certgen stem 1"

STEM_LENGTH = 15
"""What a spreadsheet leaves of an identity number that it took for a number."""

_STEM_BYTES = 8
_HOLDER_BYTES = 24

_NOT_CONTENT = {"photo", "place", "adopted_code"}
"""Where a row and its photo lay, and the code itself. The portrait is compared by its digest."""

_SELDOM = ("sex", "education", "score", "employer")
"""What only some forms state: written where it is there."""

LISTED = ("name", "issue_date")
"""The content that a list of numbers issued elsewhere states, beside what the fingerprint holds."""

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
        int(record.level or 0),
        record.batch,
    ]
    if record.form is not FormId.NATIONAL_2021:  # a register that knew no other form still fits
        same.append(record.form.value)
    return hmac.digest(key, _JSON.encode(same).encode(), "sha256")


def stem_mark(key: bytes, number: str) -> bytes:
    """What the holder marks of all numbers with the same first 15 characters begin with."""
    stem = number[:STEM_LENGTH].encode()
    return blake2b(stem, digest_size=_STEM_BYTES, key=key, person=_STEM_DOMAIN).digest()


def holder_mark(key: bytes, number: str) -> bytes:
    """32 bytes that are equal for two identity numbers exactly if they are the same."""
    # BLAKE2b, not HMAC: every row needs two of these, and it takes a third of the time.
    whole = blake2b(number.encode(), digest_size=_HOLDER_BYTES, key=key, person=_HOLDER_DOMAIN)
    return stem_mark(key, number) + whole.digest()


def holder_range(stem: bytes) -> tuple[bytes, bytes]:
    """The first and the last holder mark that begin with `stem`."""
    return stem + bytes(_HOLDER_BYTES), stem + b"\xff" * _HOLDER_BYTES


def differences(old: Record, new: Record, names: tuple[str, ...] = _CONTENT) -> tuple[str, ...]:
    """Those of `names` in which the two differ; without `names`, all that a certificate says."""
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


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
            "level": int(record.level or 0),
            "issue_date": record.issue_date.isoformat(),
            "site": record.site,
            "branch": record.branch,
            "batch": record.batch,
            "photo": None if record.photo is None else str(record.photo),
            "print_number": record.print_number,
            "place": [place.file, place.sheet, place.row, place.column],
            "adopted_code": record.adopted_code,
            **{name: value for name in _SELDOM if (value := getattr(record, name))},
            **_form_of(record),
        }
    )


def _form_of(record: Record) -> dict[str, str]:
    """The form, left out where it is the usual one."""
    return {} if record.form is FormId.NATIONAL_2021 else {"form": record.form.value}


def from_text(text: str) -> Record:
    """The record that `to_text` wrote."""
    kept = json.loads(text)
    kept["identity_type"] = IdentityType(kept["identity_type"])
    kept["level"] = Level(kept["level"]) if kept["level"] else None
    kept["form"] = FormId(kept.get("form", FormId.NATIONAL_2021))
    kept["issue_date"] = date.fromisoformat(kept["issue_date"])
    kept["photo"] = None if kept["photo"] is None else Path(kept["photo"])
    kept["place"] = Place(*kept["place"])
    return Record(**kept)
