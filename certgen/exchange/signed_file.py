"""What key list and status list have in common: a line that names the file, then one signed message.

    certgen key list 1⏎<COSE_Sign1>

The line is for people and for `file`; what the signature binds is the domain, which says the same.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from certgen.errors import CodeError, SignatureError, TrustListError
from certgen.exchange import cbor, cose
from certgen.exchange.cose import Sign1, Signs
from certgen.standards.codes.national import check_prefix

PREFIX_LENGTH = 13
"""Of the prefix of a site (人社鉴发〔2019〕2号 附件1 二)."""

_LATEST = 1 << 33  # seconds: the year 2242; later than any list of ours, and safe for datetime


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of signed file."""

    line: bytes  # its first line, with the line feed
    domain: bytes
    limit: int  # bytes of the whole file: more is refused unread
    zh: str  # its name, for messages
    en: str

    def write(self, body: cbor.Value, signer: Signs) -> bytes:
        """The file that carries `body`, signed."""
        return self.line + cose.make(cbor.write(body), self.domain, signer)

    def read(self, data: bytes) -> tuple[Sign1, cbor.Value]:
        """The message and its body, not verified. Raises `TrustListError`."""
        if len(data) > self.limit:
            raise self.refused(
                reason="size", zh=f"超过 {self.limit} 字节", en=f"more than {self.limit} bytes"
            )
        if not data.startswith(self.line):
            raise self.refused(reason="kind", zh="开头不是本格式", en="it does not begin as one")
        try:
            message = cose.read(data[len(self.line) :], limit=self.limit)
            return message, cbor.read(message.payload, limit=self.limit)
        except cose.BrokenError as error:
            raise self.refused(reason=error.reason, zh="结构不对", en=f"{error}") from None
        except cbor.CborError as error:
            raise self.refused(reason="cbor", zh="编码不规范", en=f"{error}") from None

    def check(self, message: Sign1, public_key: bytes) -> None:
        """Pass if the key signed the message. Raises `SignatureError`."""
        try:
            algorithm, key = cose.load_public_key(public_key)
            good = cose.holds(message, self.domain, algorithm, key)
        except cose.BrokenError:
            good = False
        if not good:
            raise SignatureError(
                zh=f"{self.zh}的签名与密钥不符：内容被改动过，或由别的密钥签发",
                en=f"the signature of the {self.en} does not fit the key: it was changed, or another key signed it",
                reason="signature",
            )

    def refused(self, *, reason: str, zh: str, en: str) -> TrustListError:
        """Why a file is not used, to be raised."""
        return TrustListError(
            zh=f"{self.zh}无法使用（{zh}）：请向发布者重新获取完整文件",
            en=f"the {self.en} cannot be used ({en}): get the whole file again from whoever publishes it",
            reason=reason,
        )

    def prefixes(self, values: list[cbor.Value]) -> tuple[str, ...]:
        """Prefixes of sites, at least one."""
        if not values:
            raise self.refused(reason="prefix", zh="没有编码前缀", en="it names no prefix of codes")
        return tuple(self._prefix(value) for value in values)

    def _prefix(self, value: cbor.Value) -> str:
        try:
            # A whole prefix of a site: a shorter one could cover the sites of other agencies.
            return check_prefix(value if isinstance(value, str) else "")
        except CodeError:
            raise self.refused(
                reason="prefix",
                zh="编码前缀不对",
                en="a prefix that is not the first 13 characters of a code",
            ) from None

    def once(self, what: str, found: Sequence[Hashable]) -> None:
        """Refuse what stands twice."""
        if len(set(found)) != len(found):
            raise self.refused(reason="twice", zh=f"{what} 重复", en=f"a {what} twice")

    def whole(self, value: cbor.Value, least: int, most: int, what: str) -> int:
        """`value` if it is a whole number within the bounds."""
        if not cbor.is_whole(value) or not least <= value <= most:
            raise self.refused(reason="value", zh=f"{what} 超出范围", en=f"{what} out of range")
        return value

    def moment(self, value: cbor.Value, what: str) -> datetime:
        """The moment that `value` names, in seconds since 1970."""
        seconds = self.whole(value, 0, _LATEST, what)
        return datetime.fromtimestamp(seconds, UTC)

    def period(self, start: cbor.Value, end: cbor.Value) -> tuple[datetime, datetime]:
        """Two moments, the later one behind."""
        first, last = self.moment(start, "date"), self.moment(end, "expiry")
        if last <= first:
            raise self.refused(
                reason="value", zh="有效期先于发布日期", en="it expires before it is issued"
            )
        return first, last


def seconds(moment: datetime) -> int:
    """A moment as the lists write it."""
    return int(moment.timestamp())


def in_seconds(span: timedelta) -> int:
    """A span of time as the lists write it."""
    return int(span.total_seconds())
