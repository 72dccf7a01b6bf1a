"""What the server does with one file, in a process of its own: the Python pipeline, and its report as JSON."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from verify.pipeline import verify_pdf, verify_photo
from verify.trust_store import Held
from verify.web.server import Examine


def examiner(trust: Path | None, *, allow_sample: bool) -> Examine:
    """`examine` with this trust store: a value that a process can be sent."""
    return partial(examine, trust, allow_sample)


def examine(trust: Path | None, allow_sample: bool, data: bytes) -> dict[str, Any]:  # noqa: FBT001
    """The report on a picture or PDF. Raises `CertgenError` for a file that cannot be read."""
    held = Held.open(trust, allow_sample=allow_sample)
    look = verify_pdf if data.startswith(b"%PDF-") else verify_photo
    return look(data, held, datetime.now(UTC).astimezone()).to_json()
