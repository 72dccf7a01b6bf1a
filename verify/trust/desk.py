"""What `certverify trust` does, between the command line and the store. Exit codes as everywhere."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from certgen.errors import CertgenError, InputError
from certgen.exchange import pack
from verify.terminal import trust as shown
from verify.trust import pins
from verify.trust.pins import Kind, Pin
from verify.trust.store import TrustStore


class Offer(NamedTuple):
    """What a file offers to be pinned, and the file."""

    pin: Pin
    data: bytes


def open_store(folder: Path | None, *, allow_sample: bool) -> TrustStore:
    """The store in `folder`, or the user's own."""
    return TrustStore.open(folder, allow_sample=allow_sample)


def offer(file: Path, label: str, kind: str | None) -> Offer:
    """Read a file; it must say, or `label` must, whose key it is."""
    data = _read(file, pins.LIMIT)
    pin = pins.read(data, label=label, kind=Kind(kind) if kind else None)
    if not pin.label:
        raise InputError(
            zh="公钥文件没有写明是谁的：请加 --label 名称",
            en="the file does not say whose key it is: give --label NAME",
        )
    return Offer(pin, data)


def add(
    store: TrustStore,
    offered: Offer,
    published: str | None,
    by: str,
    now: datetime,
    lang: str,
    *,
    ask: Callable[[], bool] | None,
) -> None:
    """Show the fingerprint, and pin if it is the published one, or if somebody at a terminal says so."""
    pin, data = offered
    shown.offered(pin, lang)
    if published is not None:
        if pins.typed(published) != pin.fingerprint:
            raise InputError(
                zh="指纹与给出的不符，未固定：文件不是公布的那一个",
                en="the fingerprint is not the one given, nothing was pinned: this is another file",
            )
    elif ask is None:
        raise InputError(
            zh="未固定：请用 --fingerprint 给出公布的指纹，或在终端中运行并确认",
            en="nothing was pinned: give the published fingerprint with --fingerprint, or run it at a terminal",
        )
    elif not ask():
        raise InputError(zh="未固定", en="nothing was pinned")
    introduction = data if pin.kind is Kind.AGENCY_KEY else b""
    store.add(pin, by=by, now=now, introduction=introduction)
    shown.said(lang, zh="已固定。", en="Pinned.")


def remove(store: TrustStore, fingerprint: str, lang: str) -> None:
    """Remove what has this fingerprint."""
    for pin in store.remove(pins.typed(fingerprint)):
        shown.removed(pin, lang)


def update(store: TrustStore, paths: Sequence[Path], now: datetime, lang: str) -> int:
    """Take files in; 1 if something was refused, 2 if no file could be read."""
    refused = unread = 0
    for path in paths:
        try:
            taken = store.update(_read(path, pack.LIMIT), now)
        except CertgenError as problem:
            shown.problem(path, problem.said, lang)
            unread += 1
            continue
        shown.updates(path, taken, lang)
        refused += sum(one.is_refused for one in taken)
    if unread == len(paths):
        return 2
    return 1 if unread or refused else 0


def _read(file: Path, limit: int) -> bytes:
    """The file; of one that is too large, a byte more than the limit, so that its reader says so."""
    try:
        with file.open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise InputError(
            zh=f"{file} 无法读取：{error.strerror}", en=f"{file} cannot be read: {error.strerror}"
        ) from error
