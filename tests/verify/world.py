"""An invented world to verify in: two agencies with real keys, lists as they should be, certificates on paper.

Whatever is changed in it is changed on purpose, by the test that says so.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import qrcode
from PIL import Image

from certgen import compose
from certgen.exchange import payload
from certgen.exchange.payload import Claims
from certgen.standards.identity_types import IdentityType
from tests.exchange.signing import KEYS, TestKey
from tests.render.builders import Form, a_record, an_agency
from verify.held import (
    KeyFacts,
    KeyUse,
    ListFacts,
    PdfFacts,
    PdfStanding,
    SignerFacts,
    Status,
    StatusFacts,
)

if TYPE_CHECKING:
    from certgen.model.record import Record

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOST = "cert.yunhe.example"
CODE = "Y000041018999263000001"
OTHER_CODE = "Y000041018999263000002"
FOREIGN_CODE = "S000011000001263000001"
AGENCY = "云河样例机械制造有限公司"
FOREIGN = "京华样例职业培训学校"
CLAIMS = Claims(
    name="丁一",
    identity_type=IdentityType.RESIDENT_CARD,
    last_four="0112",
    occupation="车工",
    job="数控车床",
    issue_date=date(2026, 1, 15),
    status_index=7,
)
KEY_LIST = ListFacts(
    "key-list", "样例主管机构", 3, date(2026, 5, 1), date(2026, 8, 1), expired=False
)
STATUS_LIST = ListFacts(
    "status-list", AGENCY, 12, date(2026, 5, 28), date(2026, 6, 28), expired=False
)


def signed(code: str = CODE, key: TestKey = KEYS["es256"], host: str = HOST, **changes: Any) -> str:
    """The text of a QR code, signed for `code`."""
    return payload.sign(host, code, replace(CLAIMS, **changes), key)


def moved(text: str, code: str) -> str:
    """The same signed content under another code: a replay."""
    return text.replace(text.split("/c/")[1].split("#", maxsplit=1)[0], code)


@dataclass
class Trust:
    """Answers as a trust store does, for the two agencies."""

    keys: dict[bytes, KeyFacts] = field(default_factory=dict)
    prefixes_of: dict[bytes, tuple[str, ...]] = field(default_factory=dict)
    status_facts: StatusFacts = field(
        default_factory=lambda: StatusFacts(Status.VALID, STATUS_LIST)
    )
    pdf: PdfFacts = field(default_factory=lambda: PdfFacts(PdfStanding.UNSIGNED))
    signer_facts: SignerFacts | None = None

    def key(self, code: str, key_id: bytes, issue_date: date, now: datetime) -> KeyFacts:
        assert now.tzinfo
        assert issue_date.year
        facts = self.keys.get(key_id)
        if facts is None:
            return KeyFacts(found=False)
        known = [prefix for prefixes in self.prefixes_of.values() for prefix in prefixes]
        return replace(
            facts,
            in_scope=code.startswith(self.prefixes_of[key_id]),
            site_known=code[:13] in known,
        )

    def status(self, code: str, index: int, now: datetime) -> StatusFacts:
        assert now.tzinfo
        assert code
        assert index >= 0
        return self.status_facts

    def signers(self, code: str, now: datetime) -> SignerFacts | None:
        assert now.tzinfo
        assert code
        return self.signer_facts

    def prefixes(self) -> tuple[str, ...]:
        return tuple(prefix for prefixes in self.prefixes_of.values() for prefix in prefixes)

    def examine(self, pdf: bytes | Path, now: datetime) -> PdfFacts:
        assert now.tzinfo
        assert pdf
        return self.pdf


def a_trust(**changes: Any) -> Trust:
    """Both agencies known, lists fresh; `changes` are to the facts about the first agency's key."""
    ours, theirs = KEYS["es256"], KEYS["eddsa"]
    facts = KeyFacts(
        found=True,
        agency=AGENCY,
        spki=ours.spki,
        in_scope=True,
        valid_then=True,
        period="2026-01-01 – 2026-12-31",
        use=KeyUse.ACTIVE,
        source=KEY_LIST,
        hosts=(HOST,),
    )
    return Trust(
        keys={
            ours.key_id: replace(facts, **changes),
            theirs.key_id: replace(facts, agency=FOREIGN, spki=theirs.spki, hosts=()),
        },
        prefixes_of={ours.key_id: (CODE[:13],), theirs.key_id: (FOREIGN_CODE[:13],)},
    )


@cache
def photo(*texts: str, turn: int = 0) -> bytes:
    """A picture with these QR codes, side by side, on white."""
    symbols = []
    for text in texts:
        code = qrcode.QRCode(border=4, box_size=4)
        code.add_data(text)
        code.make()
        symbols.append(code.make_image().get_image().convert("RGB"))
    width = sum(one.width for one in symbols)
    page = Image.new(
        "RGB", (width + 80, max((one.height for one in symbols), default=300) + 80), "white"
    )
    x = 40
    for one in symbols:
        page.paste(one, (x, 40))
        x += one.width
    out = io.BytesIO()
    page.rotate(turn, expand=True).save(out, "PNG")
    return out.getvalue()


def certificate(
    qr: str | None = None,
    code: str = CODE,
    *,
    branch: str | None = None,
    agency: dict[str, Any] | None = None,
    **changes: Any,
) -> bytes:
    """The PDF of a certificate: drawn by the press, whatever its QR code and fields say."""
    return _drawn(
        qr or signed(), code, branch, tuple((agency or {}).items()), tuple(changes.items())
    )


@cache
def _drawn(
    qr: str,
    code: str,
    branch: str | None,
    agency: Sequence[tuple[str, Any]],
    changes: Sequence[tuple[str, Any]],
) -> bytes:
    record: Record = a_record(**dict(changes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "qr_text", lambda *_: qr)
        form = Form(an_agency(_seals(), **dict(agency)), branch, (record,), code)
        return form.electronic()


@cache
def _seals() -> Path:
    import tempfile  # noqa: PLC0415

    from tests.render.builders import draw_seals  # noqa: PLC0415

    return draw_seals(Path(tempfile.mkdtemp(prefix="seals-")))


def rasterised(pdf: bytes, dpi: int = 200) -> bytes:
    """The certificate as a scanner sees it."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    out = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().convert("RGB").save(out, "JPEG", quality=88)
    page.close()
    document.close()
    return out.getvalue()
