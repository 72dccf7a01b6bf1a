"""Stand-ins for the pipeline, in a module of their own: the process that runs them imports them by name."""

import os
import signal
import time
from typing import Any

from certgen.errors import InputError


def sleeping(data: bytes) -> dict[str, Any]:
    """Takes longer than anybody waits."""
    time.sleep(60)
    return {"size": len(data)}


def counting(data: bytes) -> dict[str, Any]:
    """Answers at once."""
    return {"size": len(data)}


def refusing(data: bytes) -> dict[str, Any]:
    """Cannot read it."""
    raise InputError(zh=f"读不了 {len(data)}", en=f"cannot read {len(data)}")


def crashing(data: bytes) -> dict[str, Any]:
    """As a parser written in C does."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return {"size": len(data)}
