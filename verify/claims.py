"""Claims (主张): what somebody or something says about a certificate, kept apart by the channel it came through.

A claim is no fact. The signed payload, the printed page, the register and a person's list may each say something
else; the checks compare them, and the report shows who said what.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from certgen.errors import Said
from certgen.standards.contents import ISSUE_DATE, LABELS


class Channel(StrEnum):
    """How a claim reached us, the most trustworthy first. The values are permanent."""

    PAYLOAD = "payload"  # signed content of the QR code
    KEY_LIST = "key-list"  # the key list: whose key signed
    REGISTER = "register"  # register view (证书台账), where one was given
    STATUS = "status"  # status pack of the agency
    PDF_TEXT = "pdf-text"  # text of the PDF's page
    OCR = "ocr"  # text read from a picture
    METADATA = "pdf-metadata"  # what the PDF says about itself
    ADDRESS = "address"  # plain address in the QR code
    CODE = "code"  # a bare code: typed, or all that the QR code says
    LISTED = "listed"  # a row of the user's own list

    @property
    def said(self) -> Said:
        """The channel as a reader knows it."""
        return _CHANNELS[self]


_CHANNELS = {
    Channel.PAYLOAD: Said("二维码签名内容", "signed QR code"),
    Channel.KEY_LIST: Said("密钥清单", "key list"),
    Channel.REGISTER: Said("证书台账", "register"),
    Channel.STATUS: Said("状态清单", "status list"),
    Channel.PDF_TEXT: Said("PDF 页面文字", "text of the PDF"),
    Channel.OCR: Said("图片识别文字", "text read from the picture"),
    Channel.METADATA: Said("PDF 元数据", "metadata of the PDF"),
    Channel.ADDRESS: Said("二维码网址", "address in the QR code"),
    Channel.CODE: Said("编码", "code"),
    Channel.LISTED: Said("名单", "the list"),
}


class Field(StrEnum):
    """What a claim is about. The values are permanent."""

    NAME = "name"
    IDENTITY_TYPE = "identity_type"
    IDENTITY_TAIL = "identity_tail"  # the last four characters: no channel keeps more
    OCCUPATION = "occupation"
    JOB = "job"
    LEVEL = "level"  # '1' to '5'
    CODE = "code"
    ISSUE_DATE = "issue_date"  # ISO 8601
    AGENCY = "agency"

    @property
    def said(self) -> Said:
        """As the certificate calls it (人社鉴发〔2021〕1号 附件)."""
        return _FIELDS[self]


_FIELDS = {
    **{Field(name): label for name, label in LABELS.items() if name != "identity_number"},
    Field.IDENTITY_TAIL: Said("证件号码末四位", "last four of ID No."),
    Field.ISSUE_DATE: ISSUE_DATE,
    Field.AGENCY: Said("评价机构", "assessment agency"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One value, as one channel has it."""

    field: Field
    value: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is claimed about one certificate."""

    all: tuple[Claim, ...] = ()

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.all)

    def and_(self, more: Iterable[Claim]) -> "Claims":
        """These and more."""
        return Claims((*self.all, *more))

    def value(self, field: Field, *channels: Channel) -> str:
        """What the first of `channels` that speaks of `field` says, by default in their order; '' for none."""
        for channel in channels or tuple(Channel):
            for claim in self.all:
                if claim.field is field and claim.channel is channel:
                    return claim.value
        return ""

    def of(self, channel: Channel) -> dict[Field, str]:
        """All that one channel says."""
        return {claim.field: claim.value for claim in self.all if claim.channel is channel}
