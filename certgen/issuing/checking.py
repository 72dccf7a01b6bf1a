"""The self-check's side of the batch: what each file must contain, which files are read deeply, and by whom.

The checker is another engine, given by importable name ('verify.selfcheck'), so that worker processes can load it and
nothing of this package imports it.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from certgen.compose import qr_text, value_texts
from certgen.exchange.agency import Agency
from certgen.forms import form_of
from certgen.model.finding import Finding
from certgen.registry.entries import Entry

ALL_BELOW = 1000
SHARE_ABOVE = 0.05
"""Without a setting: every file is read deeply in a batch below a thousand rows, one in twenty in a larger one."""

POOL_FROM = 8
"""Fewer deep checks than this in a chunk are not worth a worker process."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who is to have signed a file: SHA-256 of each certificate (DER) in hex; None: nobody."""

    signed_by: str | None = None
    countersigned_by: str | None = None
    awaits_branch: bool = False
    level: str = "B-B"


@dataclass(frozen=True, slots=True)
class Task:
    """One file to check."""

    path: Path
    entry: Entry
    sha256: str
    size: int  # bytes
    deep: bool
    signatures: Signatures


class Checker:
    """Runs the self-check over chunks of files, with a pool of processes when that is worth it."""

    def __init__(self, module: str | None, agency: Agency, rows: int) -> None:
        self._module, self._agency = module, agency
        share = agency.check_share
        self._share = share_of(rows) if share is None else share
        self._pool: ProcessPoolExecutor | None = None
        front, *others = form_of(agency.form).sides(agency, None)
        self._has_qr, self._others = front.qr is not None, len(others)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    @property
    def active(self) -> bool:
        """Whether anything is checked at all (benchmarks measure without)."""
        return self._module is not None

    def deep(self, code: str, *, rare: bool, edge: bool) -> bool:
        """First and last file, every file with a fallback face, and a share drawn by the digest of the code."""
        return rare or edge or is_drawn_by_lot(code, self._share)

    def check(self, tasks: Sequence[Task]) -> list[tuple[Finding, ...]]:
        """What is wrong with each file, in order."""
        if self._module is None:
            return [()] * len(tasks)
        calls = [(self._module, task.path, self._expected(task), task.deep) for task in tasks]
        if sum(task.deep for task in tasks) < POOL_FROM or (os.cpu_count() or 1) < 2:
            return [run_check(*call) for call in calls]
        try:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"))
            return list(self._pool.map(run_check, *zip(*calls, strict=True), chunksize=4))
        except (BrokenProcessPool, PermissionError):  # a worker was killed; no shared memory here
            self._pool = None
            return [run_check(*call) for call in calls]

    def check_print(
        self, path: Path, sha256: str, entries: Iterable[tuple[Entry, bool]]
    ) -> tuple[Finding, ...]:
        """What is wrong with a print PDF whose pages show `entries`; (entry, True) is read deeply."""
        if self._module is None:
            return ()
        module = import_module(self._module)
        pages: list[Any] = []
        for entry, deep in entries:
            pages.append(module.OnPage(self._texts(entry), self._qr(entry)) if deep else None)
            pages += [None] * self._others  # the other sides are the same on every copy
        found: tuple[Finding, ...] = module.check_print(path, sha256, pages)
        return found

    def _texts(self, entry: Entry) -> tuple[str, ...]:
        texts = value_texts(entry.record, entry.code).values()
        return (entry.code, *(text for text in texts if text))

    def _qr(self, entry: Entry) -> str | None:
        return qr_text(self._agency, entry.code, entry.qr) if self._has_qr else None

    def _expected(self, task: Task) -> dict[str, Any]:
        return {
            "sha256": task.sha256,
            "code": task.entry.code,
            "texts": self._texts(task.entry),
            "qr": self._qr(task.entry),
            **asdict(task.signatures),
        }


def share_of(rows: int) -> float:
    """The share that is read deeply without a setting."""
    return 1.0 if rows < ALL_BELOW else SHARE_ABOVE


def is_drawn_by_lot(code: str, share: float) -> bool:
    """Whether a certificate is in the share that is read deeply: by its code, so the same ones every time."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:4], "big") / 2**32 < share


def run_check(module: str, path: Path, expected: dict[str, Any], deep: bool) -> tuple[Finding, ...]:  # noqa: FBT001  (mapped over by position)
    """One check, in whichever process."""
    checker = import_module(module)
    found: tuple[Finding, ...] = checker.check(path, checker.Expected(**expected), deep=deep)
    return found
