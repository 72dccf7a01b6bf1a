"""The offline status pack (离线状态包): key lists and status lists in one file, for a USB stick or a chat message.

It is not signed: each list in it is, and is checked as if it had come alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from certgen.errors import TrustListError
from certgen.exchange import cbor, key_list, status_list
from certgen.exchange.key_list import KeyList
from certgen.exchange.status_list import StatusList

LINE = b"certgen status pack 1\n"
LIMIT = 32 << 20
"""Bytes; some thousands of agencies."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What a file brings: each list with the bytes that it was read from. Not verified."""

    key_lists: tuple[tuple[bytes, KeyList], ...]
    status_lists: tuple[tuple[bytes, StatusList], ...]


def make(key_lists: Sequence[bytes], status_lists: Sequence[bytes]) -> bytes:
    """The file. Raises `TrustListError` if a list cannot be read or all together are too large."""
    data = LINE + cbor.write([list(key_lists), list(status_lists)])
    read(data)
    return data


def read(data: bytes) -> Lists:
    """The lists in a pack, in a key list alone or in a status list alone. Raises `TrustListError`."""
    if data.startswith(key_list.FORM.line):
        return Lists(((data, key_list.parse(data)),), ())
    if data.startswith(status_list.FORM.line):
        return Lists((), ((data, status_list.parse(data)),))
    if not data.startswith(LINE):
        raise _refused(
            zh="不是密钥清单、状态清单或状态包",
            en="no key list, status list or status pack",
            reason="kind",
        )
    try:
        value = cbor.read(data[len(LINE) :], limit=LIMIT)
    except cbor.CborError as error:
        raise _refused(zh="编码不规范", en=str(error), reason="cbor") from None
    match value:
        case [list(keys), list(statuses)]:
            return Lists(
                tuple((one, key_list.parse(one)) for one in map(_bytes, keys)),
                tuple((one, status_list.parse(one)) for one in map(_bytes, statuses)),
            )
    raise _refused(zh="内容项目不对", en="not two lists of files", reason="structure")


def _bytes(value: cbor.Value) -> bytes:
    if not isinstance(value, bytes):
        raise _refused(zh="内容项目不对", en="a list that is no file", reason="structure")
    return value


def _refused(*, zh: str, en: str, reason: str) -> TrustListError:
    return TrustListError(
        zh=f"文件无法使用（{zh}）：请向发布者重新获取",
        en=f"the file cannot be used ({en}): get it again from whoever publishes it",
        reason=reason,
    )
