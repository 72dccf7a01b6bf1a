"""Whether a signed PDF is what an agency signed: the acceptance rules (接受规则), asked in a process of its own.

    report = examine(Path("certificate.pdf"), Policy(roots=(root_der,)))
    report.standing    # accepted, changed-after-signing, unknown-signer, not-ours, unsigned or unreadable

`examine` never raises for anything in a file. For many files open one `Examiner`: it keeps its process while the files
behave, and replaces it when one does not. What each rule means stands in `docs/signatures.md`.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from verify.checks.signed_pdf import policy as policies
from verify.checks.signed_pdf.policy import AgencySigner, Limits, Policy
from verify.checks.signed_pdf.report import (
    Level,
    PageFacts,
    Reason,
    Revocation,
    Seal,
    SignatureReport,
    Standing,
    from_json,
    to_json,
)
from verify.checks.signed_pdf.rules import reason

__all__ = [
    "AgencySigner",
    "Examiner",
    "Level",
    "Limits",
    "PageFacts",
    "Policy",
    "Reason",
    "Revocation",
    "Seal",
    "SignatureReport",
    "Standing",
    "examine",
    "to_json",
]

_WORKER = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); sys.dont_write_bytecode = True; "
    "from verify.checks.signed_pdf.worker import main; main()"
)
_FILES_PER_PROCESS = 500  # engines written in C leak a little
_START_UP = 60.0  # seconds to import the engines, on a slow disk


def examine(
    source: Path | bytes,
    policy: Policy,
    *,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    now: datetime | None = None,
) -> SignatureReport:
    """The report on one file. Its own process is started and ended: about a second."""
    with Examiner(policy, limits=limits) as examiner:
        return examiner.examine(source, now=now)


class Examiner:
    """Examines files, one after another, in one process of its own. Not for several threads at once."""

    def __init__(
        self,
        policy: Policy,
        *,
        limits: Limits = Limits(),  # noqa: B008 - a frozen value
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._policy, self._limits, self._clock = policies.to_json(policy), limits, clock
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def examine(
        self, source: Path | bytes, *, now: datetime | None = None, policy: Policy | None = None
    ) -> SignatureReport:
        """The report on one file, as of the clock and under the examiner's policy unless others are given."""
        most = self._limits.size_mb * 1_048_576
        try:
            data = source if isinstance(source, bytes) else _read(source, most)
        except OSError:
            return _refused("read/file")
        if len(data) > most:
            return _refused("read/size")
        question = {
            "size": len(data),
            "policy": policies.to_json(policy) if policy else self._policy,
            "now": (now or self._clock()).isoformat(),
            "seconds": self._limits.seconds,
            "memory_mb": self._limits.memory_mb,
        }
        return self._ask(json.dumps(question).encode() + b"\n", data)

    def _ask(self, question: bytes, data: bytes) -> SignatureReport:
        if self._answered >= _FILES_PER_PROCESS:
            self.close()
        fresh = self._process is None
        if self._process is None:
            self._process, self._answered = _start(), 0
        answer: list[bytes] = []
        asking = threading.Thread(
            target=_exchange, args=(self._process, question, data, answer), daemon=True
        )
        asking.start()
        asking.join(self._limits.seconds + (_START_UP if fresh else 0))
        late = asking.is_alive()
        self._answered += 1
        if late or not answer or not answer[0].endswith(b"\n"):
            self.close()
            asking.join()
            return _refused("read/time" if late else "read/stopped")
        try:
            return from_json(json.loads(answer[0]))
        except (ValueError, TypeError, KeyError):
            self.close()
            return _refused("read/broke")


def _start() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", _WORKER, json.dumps(sys.path)]
    return subprocess.Popen(  # noqa: S603 - our own words
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _exchange(
    process: "subprocess.Popen[bytes]", question: bytes, data: bytes, answer: list[bytes]
) -> None:
    if process.stdin is None or process.stdout is None:
        raise AssertionError(process)
    try:
        process.stdin.write(question)
        process.stdin.write(data)
        process.stdin.flush()
        answer.append(process.stdout.readline())
    except (OSError, ValueError):
        return  # it died: no answer says so


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(most + 1)


def _refused(rule: str) -> SignatureReport:
    one = reason(rule)
    return SignatureReport(one.standing, (one,))
