"""A small world for the page's tests: a root, an agency with a key, its lists, and what can be wrong with them.

Keys are those that tests/exchange publishes; nothing here is to be trusted.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import qrcode
from PIL import Image

from certgen.exchange import key_list, payload, qr_address, status_list
from certgen.exchange.key_list import KeyStatus, ListedAgency, ListedKey
from certgen.exchange.payload import Claims
from certgen.exchange.status_list import Status
from certgen.standards.identity_types import IdentityType
from tests.exchange import signing
from tests.exchange.signing import TestKey
from verify.trust.pins import Kind, Pin
from verify.web.pinned import Contents

ROOT = signing.p256(20260901)
AGENCY = signing.p256(20260902)
SECOND = signing.p256(20260903)  # a second key of the agency, and others where a test says so
MODERN = signing.edwards(20260904)
STRANGER = signing.p256(20260905)

PIN = Pin(Kind.LIST_ROOT, sha256(ROOT.spki).hexdigest(), "测试根密钥", ROOT.spki)
HOST = "cert.example.cn"
PREFIX = "S000041019999"
OTHER_PREFIX = "S000041029999"
CODE = f"{PREFIX}263000001"
NAME = "云河职业技能评价中心"
OTHER_NAME = "青木职业技能评价中心"
NOW = datetime.now(UTC).replace(microsecond=0)
CLAIMS = Claims(
    name="欧阳海棠",
    identity_type=IdentityType.RESIDENT_CARD,
    last_four="002X",
    occupation="汽车维修工",
    job="汽车电器维修工",
    issue_date=date(2026, 1, 15),
    status_index=48213,
)


def qr_text(
    code: str = CODE, signer: TestKey = AGENCY, claims: Claims = CLAIMS, host: str = HOST
) -> str:
    """The text of a signed QR code."""
    return str(payload.sign(host, code, claims, signer))


def forged(text: str) -> str:
    """The same with another name: well formed, and not what was signed."""
    other = payload.parse(qr_text(claims=replace(CLAIMS, name="欧阳海裳")))
    signed = payload.parse(text)
    raw = other.raw[: -len(signed.message.signature)] + signed.message.signature
    return qr_address.write(HOST, CODE, raw)


def picture(text: str, scale: int = 6) -> bytes:
    """The QR code on a white page beside some grey, as PNG."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=scale, border=4
    )
    code.add_data(text)
    drawn = code.make_image().get_image().convert("RGB")
    page = Image.new("RGB", (drawn.width * 2, int(drawn.height * 1.4)), "#f4f1ea")
    page.paste(drawn, (drawn.width - 60, 50))
    file = BytesIO()
    page.save(file, "PNG")
    return file.getvalue()


def frame(text: str) -> bytes:
    """The QR code in the middle of a camera's picture, as JPEG: one frame is a film that stands still."""
    code = Image.open(BytesIO(picture(text, 4)))
    whole = Image.new("RGB", (1280, 720), "#776f63")
    whole.paste(code, ((whole.width - code.width) // 2, (whole.height - code.height) // 2))
    file = BytesIO()
    whole.save(file, "JPEG", quality=85)
    return file.getvalue()


def listed(key: TestKey, status: KeyStatus = KeyStatus.ACTIVE, **dates: date) -> ListedKey:
    """A key as the list has it: of 2026 unless said otherwise."""
    since = dates.get("since")
    return ListedKey(
        key.spki,
        dates.get("not_before", date(2026, 1, 1)),
        dates.get("not_after", date(2026, 12, 31)),
        status,
        since,
    )


@dataclass(frozen=True)
class World:
    """What a page trusts; every field can be spoiled by a test."""

    keys: Sequence[ListedKey] = (listed(AGENCY), listed(MODERN))
    other_keys: Sequence[ListedKey] = (listed(SECOND),)
    root: TestKey = ROOT
    name: str = NAME
    prefix: str = PREFIX
    list_number: int = 3
    list_age: timedelta = timedelta(days=10)
    list_life: timedelta = timedelta(days=90)
    statuses: Mapping[int, Status] = field(default_factory=dict)
    status_signer: TestKey = AGENCY
    status_number: int = 7
    status_age: timedelta = timedelta(days=2)
    status_ttl: timedelta = timedelta(days=30)

    def key_list(self) -> bytes:
        agencies = [
            ListedAgency(self.name, (self.prefix,), tuple(self.keys), ()),
            ListedAgency(OTHER_NAME, (OTHER_PREFIX,), tuple(self.other_keys), ()),
        ]
        issued = NOW - self.list_age
        return key_list.make(self.list_number, issued, issued + self.list_life, agencies, self.root)

    def status_list(self) -> bytes:
        return status_list.make(
            self.status_number,
            NOW - self.status_age,
            self.status_ttl,
            (self.prefix,),
            self.statuses,
            60_000,
            self.status_signer,
        )

    def lists(self) -> dict[str, bytes]:
        return {"keys.certgen": self.key_list(), "status.certgen": self.status_list()}

    def contents(self) -> Contents:
        """As the page holds it."""
        lists = self.lists()
        pin = {"kind": "list-root", "label": PIN.label, "spki": PIN.material.hex(), "prefixes": []}
        copies = [
            {"name": name, "data": base64.b64encode(data).decode()} for name, data in lists.items()
        ]
        trust = {"pins": [pin], "lists": copies, "denied": {"mark": "样例", "keys": []}}
        return Contents(trust, lists)
