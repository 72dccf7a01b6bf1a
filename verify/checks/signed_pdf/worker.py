"""The examiner's own process: reads questions on its input, answers each with a line of JSON, touches nothing else.

Hostile bytes meet C and C++ engines here. The limits hold for the whole process, so a file that takes too much takes
the examiner down and nobody else. On Windows there is no such limit on memory; there the parent's clock is all.
"""

import json
import os
import sys
from datetime import datetime
from typing import BinaryIO

from verify.checks.signed_pdf import policy as policies
from verify.checks.signed_pdf.examination import examine_here
from verify.checks.signed_pdf.policy import Question
from verify.checks.signed_pdf.report import to_json

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Answer until the input ends."""
    answers = _keep_output()
    questions = sys.stdin.buffer
    while line := questions.readline():
        asked = json.loads(line)
        data = questions.read(asked["size"])
        _limit(asked["seconds"], asked["memory_mb"])
        now = datetime.fromisoformat(asked["now"])
        report = examine_here(data, Question(policies.from_json(asked["policy"]), now))
        answers.write(json.dumps(to_json(report, text=True)).encode() + b"\n")
        answers.flush()


def _keep_output() -> BinaryIO:
    """Our own way out; what engines print by themselves goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _limit(seconds: float, memory_mb: int) -> None:
    """For the file at hand: processor time and memory beyond what is in use now; no file may be written at all."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    _lower(resource.RLIMIT_CPU, int(spent + seconds) + 1)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, _in_use() + memory_mb * 1_048_576)


def _lower(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (ValueError, OSError):
        return  # macOS knows the name of some limits and refuses to set them


def _in_use() -> int:
    """Bytes of address space; where the system does not say, a generous guess."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - no import of more than is needed
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1_073_741_824
