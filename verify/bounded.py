"""Runs what reads hostile files in a process of its own, with limits of time and memory.

    for page in stream(read_pages, path, seconds=60, memory=2_000_000_000): …
    report = call(examine, data, policy, seconds=10, memory=1_000_000_000)

Parsers written in C hang, crash and eat memory on files made for it; here that ends with an `Overrun` in
the caller. The function must be importable by name, its arguments and results must pickle. It is a
fence against accidents and denial of service, not a sandbox: the child may do what its user may.
"""

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from time import monotonic
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from certgen.errors import CertgenError

T = TypeVar("T")

PRELOAD = ["pypdfium2", "pikepdf", "PIL.Image", "verify.bounded"]
"""What the server of processes has imported before it forks one: half a second once, not each time."""


class _Yielded(NamedTuple):
    value: Any


class _Raised(NamedTuple):
    problem: CertgenError


class Cause(StrEnum):
    """Why the work was given up."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"  # the process died of a signal or of its own
    ERROR = "error"  # an exception that was not meant for the caller


_SAID = {
    Cause.TIME: ("读取超过 {} 秒，已停止", "gave up after {} seconds"),
    Cause.MEMORY: ("读取所需内存超过限制，已停止", "gave up: it wants more memory than allowed"),
    Cause.CRASH: ("读取程序崩溃（{}）", "the reader crashed ({})"),
    Cause.ERROR: ("读取时出错（{}）", "the reader failed ({})"),
}


class Overrun(CertgenError):  # noqa: N818 - it states a fact
    """The work passed a limit or broke. `detail` never quotes the file."""

    def __init__(self, cause: Cause, detail: str) -> None:
        zh, en = _SAID[cause]
        super().__init__(zh=zh.format(detail), en=en.format(detail))
        self.cause = cause
        self.detail = detail

    def __reduce__(self) -> tuple[object, ...]:
        """As the root of the tree asks."""
        return Overrun, (self.cause, self.detail)


def stream(
    work: Callable[..., Iterable[T]], *arguments: object, seconds: float, memory: int
) -> Iterator[T]:
    """What `work(*arguments)` yields, one by one as it is made; the whole may take `seconds`.

    A `CertgenError` of the work is raised here as it is; anything else that goes wrong as `Overrun`.
    The child never runs ahead by more than a pipe holds, and is gone when this iterator is closed.
    """
    receiver, sender = _context().Pipe(duplex=False)
    process = _context().Process(  # type: ignore[attr-defined]  # every context but the base has one
        target=_serve, args=(sender, work, arguments, seconds, memory), daemon=True
    )
    with _nameless_main():
        process.start()
    sender.close()
    deadline = monotonic() + seconds
    try:
        while True:
            message = _received(receiver, deadline, seconds, process)
            if message is None:
                return
            if isinstance(message, _Raised):
                raise message.problem
            yield message.value
    finally:
        receiver.close()
        process.kill()
        process.join()
        process.close()


def call(work: Callable[..., T], *arguments: object, seconds: float, memory: int) -> T:
    """What `work(*arguments)` returns; limits and errors as in `stream`."""
    result: T
    (result,) = stream(_once, work, *arguments, seconds=seconds, memory=memory)
    return result


def _once(work: Callable[..., T], *arguments: object) -> Iterator[T]:
    yield work(*arguments)


@cache
def _context() -> BaseContext:
    """A server forks each child from a process that has no threads and has paid for the imports."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    return context


@contextmanager
def _nameless_main() -> Iterator[None]:
    """A child imports the program's main module again unless there is nothing to import: 0.3 s saved."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _received(
    receiver: Connection,
    deadline: float,
    seconds: float,
    process: multiprocessing.Process,
) -> "_Yielded | _Raised | None":
    if not receiver.poll(max(0.0, deadline - monotonic())):
        raise Overrun(Cause.TIME, f"{seconds:g}")
    try:
        message: _Yielded | _Raised | None = receiver.recv()
    except (EOFError, OSError) as problem:
        process.join(5)
        raise Overrun(Cause.CRASH, f"exit {process.exitcode}") from problem
    return message


def _serve(
    sender: Connection,
    work: Callable[..., Iterable[object]],
    arguments: tuple[object, ...],
    seconds: float,
    memory: int,
) -> None:
    """The child: limits first, then the work."""
    _limit(seconds, memory)
    try:
        for value in work(*arguments):
            sender.send(_Yielded(value))
        last: _Raised | None = None
    except CertgenError as problem:
        last = _Raised(problem)
    except MemoryError:
        last = _Raised(Overrun(Cause.MEMORY, ""))
    except RecursionError:
        last = _Raised(Overrun(Cause.ERROR, "nested too deeply"))
    except Exception as problem:  # noqa: BLE001 - its text could quote the file; its name cannot
        last = _Raised(Overrun(Cause.ERROR, type(problem).__name__))
    sender.send(last)


def _limit(seconds: float, memory: int) -> None:
    """POSIX limits; elsewhere only the clock of the parent holds."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    whole = int(seconds) + 2
    wanted = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, whole),
        (resource.RLIMIT_AS, memory),
    )
    for limit, value in wanted:
        _, hard = resource.getrlimit(limit)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (least, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS: the clock still holds
            continue
