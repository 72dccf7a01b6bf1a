"""Ask a time-stamp authority or an OCSP responder: one POST, bounded in time and size, tried again before giving up."""

import time
from collections.abc import Callable, Sequence
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import Request, urlopen

TIMEOUT_S = 15.0
MOST_BYTES = 1 << 20
WAITS_S = (0.5, 2.0)
"""Between the attempts: three in all."""

Post = Callable[[str, bytes, str], bytes]
"""post(url, body, content type): the body of the answer. Raises `OSError` when there is none."""


def post(
    url: str,
    body: bytes,
    kind: str,
    *,
    waits: Sequence[float] = WAITS_S,
    sleep: Callable[[float], None] = time.sleep,
) -> bytes:
    """The answer to `body`. Raises `OSError` after the last attempt."""
    for wait in waits:
        try:
            return _once(url, body, kind)
        except OSError:
            sleep(wait)
    return _once(url, body, kind)


def _once(url: str, body: bytes, kind: str) -> bytes:
    request = Request(url, body, {"Content-Type": kind}, method="POST")  # noqa: S310 - checked below
    if request.type not in {"http", "https"}:
        raise URLError(request.type)
    try:
        with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - http or https
            data: bytes = answer.read(MOST_BYTES + 1)
    except HTTPException as problem:
        raise URLError(str(problem)) from problem
    if len(data) > MOST_BYTES:
        reason = "too large"
        raise URLError(reason)
    return data
