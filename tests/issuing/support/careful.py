"""A self-checker that does what its test wants, named by `selfcheck='careful'`; else it is the real one.

Orders come by environment variables, which reach worker processes too: REFUSE names a part of file names that
fail, KILL_WORKER kills the process that checks, unless it is the batch's own.
"""

import multiprocessing
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from certgen.errors import Said
from certgen.model.finding import Finding, Place, Severity
from verify import selfcheck
from verify.selfcheck import Expected, OnPage

__all__ = ["Expected", "OnPage", "check", "check_print"]


def check(path: Path, expected: Expected, *, deep: bool) -> tuple[Finding, ...]:
    if os.environ.get("KILL_WORKER") and multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return _refused(path) or selfcheck.check(path, expected, deep=deep)


def check_print(path: Path, sha256: str, pages: Sequence[OnPage | None]) -> tuple[Finding, ...]:
    return _refused(path) or selfcheck.check_print(path, sha256, pages)


def _refused(path: Path) -> tuple[Finding, ...]:
    part = os.environ.get("REFUSE")
    if not part or part not in path.name:
        return ()
    said = Said("试验：此文件不合格", "a test: this file is refused")
    return (Finding("selfcheck/test", Severity.ERROR, said, Place(path.name)),)
