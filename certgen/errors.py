"""Every exception this toolkit raises on purpose, on one screen.

An exception means that the caller or the environment must do something: an unreadable file, a wrong passphrase,
a missing font. A fact about a row, a certificate or a design is a value instead (`certgen.model.finding`).

Each carries one sentence in Chinese and one in English, so that the command line can speak either:

>>> str(InputError(zh="找不到文件 a.csv", en="no file a.csv"))
'no file a.csv'
"""

from functools import partial
from typing import NamedTuple


class Said(NamedTuple):
    """One sentence in both languages. `zh` is what the clerk reads, `en` what a log reader searches for."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """The sentence in `lang`: 'zh' gives Chinese, anything else English."""
        return self.zh if lang == "zh" else self.en


class CertgenError(Exception):
    """Root of the tree. `said` holds the message; no message ever contains an identity number."""

    def __init__(self, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)

    def __reduce__(self) -> tuple[object, ...]:
        """An error of a worker process must arrive: keyword arguments do not pickle by themselves."""
        return partial(type(self), zh=self.said.zh, en=self.said.en), (), vars(self)


class CodeError(CertgenError):
    """A certificate code (证书编码) or card code that cannot be read."""


class CodeLengthError(CodeError):
    """Wrong number of characters."""


class CodeAlphabetError(CodeError):
    """A character that no code of this kind has at that position."""


class CodeComponentError(CodeError):
    """Right shape, but a part names nothing known (province 99, level 7)."""


class LevelError(CertgenError):
    """Text that names none of the five levels of the code (职业技能等级)."""


class InputError(CertgenError):
    """A file or a setting the user gave cannot be used as it is."""


class AgencyFileError(InputError):
    """The agency file (机构配置) breaks its own form; the message names key and line."""


class FontError(CertgenError):
    """A face (字体) cannot be found, read or lawfully embedded."""


class MissingGlyphError(FontError):
    """No face of a role draws this character; the message names it."""


class LayoutError(CertgenError):
    """A page cannot be composed as the layout asks."""


class SlotOverflowError(LayoutError):
    """Text that does not fit its slot at the official size; the message names the slot."""


class SigningError(CertgenError):
    """A key, certificate or passphrase that cannot sign."""


class SignedDataError(CertgenError):
    """Signed data of ours that cannot be read or does not verify; `reason` is permanent, `Said` may be reworded."""

    def __init__(self, *, zh: str, en: str, reason: str = "") -> None:
        super().__init__(zh=zh, en=en)
        self.reason = reason


class PayloadError(SignedDataError):
    """Text of a QR code that is no payload of ours: broken, unknown, or longer than any of ours can be."""


class NotOursError(PayloadError):
    """Text that is not of the form of our QR codes at all: another address, a bare code, a shopping link."""


class TrustListError(SignedDataError):
    """A key list, status list or status pack that cannot be read: broken, unknown, or larger than any of ours."""


class SignatureError(SignedDataError):
    """The data reads well, but this key did not sign it."""


class PayloadSignatureError(SignatureError):
    """The payload reads well, but this key did not sign it for this code."""


class TimestampError(SigningError):
    """A time-stamp authority (时间戳服务) that gives no usable stamp: the row waits, nothing is lost."""


class RegisterError(CertgenError):
    """The register (证书台账) refuses: a number range is used up, or two facts contradict each other."""


class StorageError(CertgenError):
    """The disk refuses to keep a file: full, read-only or gone."""
