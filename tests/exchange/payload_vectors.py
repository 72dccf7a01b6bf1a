"""Test vectors of wire format 1, good and bad, for every implementation: `vectors/payload.json` holds them.

python -m tests.exchange.payload_vectors      writes the file anew
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import cbor2

from certgen.exchange import payload
from certgen.exchange.payload import Claims
from certgen.standards.identity_types import IdentityType
from tests.exchange.signing import CODE, HOST, KEYS, signed

FILE = Path(__file__).parent / "vectors" / "payload.json"

ORDINARY = Claims(
    "张三丰",
    IdentityType.RESIDENT_CARD,
    "002X",
    "汽车维修工",
    "汽车电器维修工",
    date(2026, 1, 15),
    48213,
)
GOOD = {
    "ordinary": ORDINARY,
    "no job": Claims("丁一", IdentityType.RESIDENT_CARD, "0116", "车工", None, date(2026, 1, 1), 0),
    "rare character in four bytes of GB18030": Claims(
        "李𬭎", IdentityType.RESIDENT_CARD, "0030", "焊工", "电焊工", date(2026, 12, 31), 23
    ),
    "middle dots": Claims(
        "阿依古丽努尔·阿卜杜外力伊明江",
        IdentityType.RESIDENT_CARD,
        "0048",
        "半导体分立器件和集成电路装调工",
        "半导体分立器件封装工",
        date(2026, 6, 30),
        16777215,
    ),
    "Latin letters": Claims(
        "MARY ANN O'BRIEN",
        IdentityType.PASSPORT,
        "LE01",
        "中式烹调师",
        None,
        date(2026, 2, 28),
        255,
    ),
    "private use character in UTF-8": Claims(
        "王\ue82c", IdentityType.RESIDENT_CARD, "0001", "钳工", None, date(2026, 3, 1), 256
    ),
    "accents": Claims(
        "ZOÉ ŁĄCKA", IdentityType.PASSPORT, "A123", "茶艺师", None, date(2026, 3, 1), 65536
    ),
    "every kind of document": Claims(
        "陈䶮", IdentityType.TAIWAN_PERMIT, "1(A)", "养老护理员", None, date(2026, 7, 1), 65535
    ),
}


@dataclass(frozen=True)
class Bad:
    """A text that must be refused, where and why."""

    text: str
    reason: str
    fails: str = "parse"  # or 'verify'
    key: str = "es256"
    name: str = field(default="", kw_only=True)


def address(tail: str, host: str = HOST, code: str = CODE) -> str:
    return f"https://{host}/c/{code}{tail}"


def number(message: bytes, frame: bytes = b"\x01") -> str:
    return f"#1{int.from_bytes(frame + message)}"


def body(**other: Any) -> bytes:
    """The claims of `ORDINARY` in CBOR, but for what is given."""
    claims = {
        "name": "张三丰".encode("gb18030"),
        "kind": 1,
        "four": "002X",
        "occupation": "汽车维修工".encode("gb18030"),
        "job": "汽车电器维修工".encode("gb18030"),
        "day": 15,
        "index": 48213,
    }
    return cbor2.dumps(list((claims | other).values()))


def carried(claims: bytes = body(), code: str = CODE, key: str = "es256", **other: Any) -> str:
    """The text of hand-made claims, rightly signed."""
    message = signed(claims, payload.external(code), KEYS[key], **other)
    return address(number(message), code=code)


def bad() -> Iterator[tuple[str, Bad]]:
    good = carried()
    raw = signed(body(), payload.external(CODE))
    kid = KEYS["es256"].key_id
    yield from {
        "the official address": Bad("http://jndj.osta.org.cn/", "not-ours"),
        "a bare code": Bad(CODE, "not-ours"),
        "nothing": Bad("", "not-ours"),
        "http": Bad(good.replace("https", "http"), "not-ours"),
        "host in capitals": Bad(good.replace(HOST, HOST.upper()), "not-ours"),
        "a port": Bad(good.replace(HOST, f"{HOST}:8443"), "not-ours"),
        "a user before the host": Bad(good.replace(HOST, f"cert.example.cn@{HOST}"), "not-ours"),
        "a query": Bad(good.replace("#", "?a=1#"), "not-ours"),
        "a host of one label": Bad(good.replace(HOST, "localhost"), "not-ours"),
        "a host beyond 63 characters": Bad(good.replace(HOST, f"{'a' * 60}.com.cn"), "not-ours"),
        "a line feed behind": Bad(f"{good}\n", "decimal"),
        "a code of 21 characters": Bad(good.replace(CODE, CODE[:-1]), "not-ours"),
        "full-width digits in the code": Bad(good.replace("0000", "００００", 1), "not-ours"),
        "the address without data": Bad(address(""), "no-payload"),
        "another version": Bad(good.replace("#1", "#2"), "version"),
        "an empty fragment": Bad(address("#"), "version"),
        "no number": Bad(address("#1"), "decimal"),
        "a leading zero": Bad(good.replace("#1", "#10"), "decimal"),
        "a sign": Bad(good.replace("#1", "#1-"), "decimal"),
        "an underscore as Python has it": Bad(good.replace("#1", "#11_"), "decimal"),
        "full-width digits in the number": Bad(f"{good}０", "decimal"),
        "a thousand digits": Bad(address("#1" + "9" * 1024), "frame"),
        "a million digits": Bad(address("#1" + "9" * 1_000_000), "too-long"),
        "another frame": Bad(address(number(raw, b"\x02")), "frame"),
        "no frame": Bad(address(number(raw, b"")), "frame"),
        "a frame and nothing": Bad(address("#11"), "cbor"),
        "bytes behind the message": Bad(address(number(raw + b"\0")), "cbor"),
        "the message cut off": Bad(address(number(raw[:-1])), "cbor"),
        "a tag": Bad(address(number(b"\xd2" + raw)), "cbor"),
        "an array of unknown length": Bad(address(number(b"\x9f" + raw[1:] + b"\xff")), "cbor"),
        "a length in too many bytes": Bad(address(number(b"\x98\x04" + raw[1:])), "cbor"),
        "deep nesting": Bad(address(number(b"\x81" * 300)), "cbor"),
        "an array of four thousand million": Bad(address(number(b"\x9a\xff\xff\xff\xff")), "cbor"),
        "a number for the message": Bad(address(number(b"\x00")), "structure"),
        "a fifth part": Bad(address(number(b"\x85" + raw[1:] + b"\x00")), "structure"),
        "something unprotected": Bad(carried(unprotected=b"\xa1\x04\x44" + kid), "structure"),
        "a header twice": Bad(carried(protected=b"\xa2\x01\x26\x01\x26"), "cbor"),
        "a header out of order": Bad(
            carried(protected=b"\xa2\x04\x44" + kid + b"\x01\x26"), "cbor"
        ),
        "true for the number 1": Bad(carried(protected=b"\xa2\xf5\x26\x04\x44" + kid), "cbor"),
        "a third header": Bad(
            carried(protected=b"\xa3\x01\x26\x03\x00\x04\x44" + kid), "structure"
        ),
        "no key id": Bad(carried(protected=b"\xa1\x01\x26"), "structure"),
        "an unknown algorithm": Bad(
            carried(protected=b"\xa2\x01\x38\x22\x04\x44" + kid), "algorithm"
        ),
        "an algorithm by name": Bad(
            carried(protected=b"\xa2\x01\x65ES256\x04\x44" + kid), "algorithm"
        ),
        "a list for the algorithm": Bad(
            carried(protected=b"\xa2\x01\x80\x04\x44" + kid), "algorithm"
        ),
        "a key id of eight bytes": Bad(
            carried(protected=b"\xa2\x01\x26\x04\x48" + 2 * kid), "size"
        ),
        "a signature of 63 bytes": Bad(carried(signature=bytes(63)), "size"),
        "a signature of 65 bytes": Bad(carried(signature=bytes(65)), "size"),
        "claims that are no CBOR": Bad(carried(b"\xff"), "cbor"),
        "bytes behind the claims": Bad(carried(body() + b"\0"), "cbor"),
        "six claims": Bad(carried(cbor2.dumps(cbor2.loads(body())[:6])), "claims"),
        "eight claims": Bad(carried(cbor2.dumps([*cbor2.loads(body()), 0])), "claims"),
        "claims by name": Bad(carried(cbor2.dumps({"name": "张三丰"})), "claims"),
        "no name": Bad(carried(body(name=b"")), "text"),
        "null for the name": Bad(carried(body(name=None)), "text"),
        "a number for the occupation": Bad(carried(body(occupation=7)), "text"),
        "an empty job": Bad(carried(body(job=b"")), "text"),
        "UTF-8 where GB18030 is due": Bad(carried(body(name="张三丰")), "text"),
        "GB18030 where UTF-8 is due": Bad(carried(body(name="\ue82c".encode("gb18030"))), "text"),
        "bytes that are no GB18030": Bad(carried(body(name=b"\xff\xff")), "text"),
        "half a character": Bad(carried(body(name=b"\xd5")), "text"),
        "a line feed in the name": Bad(carried(body(name=b"A\nB")), "text"),
        "text that turns its direction": Bad(
            carried(body(name="张\u202e三".encode("gb18030"))), "text"
        ),
        "text that is no UTF-8": Bad(
            carried(b"\x87\x61\xff" + body()[len("张三丰") * 2 + 2 :]), "cbor"
        ),
        "identity type 0": Bad(carried(body(kind=0)), "identity-type"),
        "identity type 7": Bad(carried(body(kind=7)), "identity-type"),
        "true for the identity type": Bad(carried(body(kind=True)), "identity-type"),
        "the whole identity number": Bad(carried(body(four="19000019870412001X")), "last-four"),
        "three characters": Bad(carried(body(four="02X")), "last-four"),
        "a small letter": Bad(carried(body(four="002x")), "last-four"),
        "full-width last four": Bad(carried(body(four="００２X")), "last-four"),
        "day 0": Bad(carried(body(day=0)), "date"),
        "day 366 of 2026": Bad(carried(body(day=366)), "date"),
        "day 367": Bad(carried(body(day=367)), "date"),
        "a day as text": Bad(carried(body(day="15")), "date"),
        "a negative status index": Bad(carried(body(index=-1)), "status-index"),
        "a status index of 25 bits": Bad(carried(body(index=1 << 24)), "status-index"),
        "false for the status index": Bad(carried(body(index=False)), "status-index"),
        "province 99": Bad(carried(code="S000099019999263000001"), "code"),
        "level 7": Bad(carried(code="S000041019999267000001"), "code"),
    }.items()
    half = KEYS["es256"].sign(b"another text")
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    eddsa = signed(body(), payload.external(CODE), KEYS["eddsa"])
    bound = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(eddsa[-32:], "little") + bound
    yield from {
        "moved to another code": Bad(
            good.replace(CODE, CODE[:-1] + "2"), "signature", fails="verify"
        ),
        "moved to another level": Bad(
            good.replace(CODE, CODE.replace("263000001", "261000001")), "signature", fails="verify"
        ),
        "signed for another purpose": Bad(
            address(number(signed(body(), b"certgen/qr/2\0" + CODE.encode()))),
            "signature",
            fails="verify",
        ),
        "signed without the code": Bad(
            address(number(signed(body(), payload.DOMAIN))), "signature", fails="verify"
        ),
        "another's signature": Bad(carried(key="stranger"), "signature", fails="verify"),
        "another text's signature": Bad(carried(signature=half), "signature", fails="verify"),
        "a signature of zeros": Bad(carried(signature=bytes(64)), "signature", fails="verify"),
        "r and s beyond the order": Bad(
            carried(signature=2 * order.to_bytes(32)), "signature", fails="verify"
        ),
        "EdDSA said, ES256 signed": Bad(
            carried(protected=b"\xa2\x01\x27\x04\x44" + kid), "signature", fails="verify"
        ),
        "ES256 said, EdDSA signed": Bad(
            carried(key="eddsa", protected=b"\xa2\x01\x26\x04\x44" + kid),
            "signature",
            fails="verify",
            key="eddsa",
        ),
        "EdDSA with a second spelling of s": Bad(
            address(number(eddsa[:-32] + scalar.to_bytes(32, "little"))),
            "signature",
            fails="verify",
            key="eddsa",
        ),
    }.items()


def document() -> dict[str, Any]:
    """Everything in the file."""
    return {
        "about": "wire format 1, docs/wire-format.md; keys are published and prove nothing",
        "domain": payload.DOMAIN.hex(),
        "keys": {
            name: {
                "algorithm": {-7: "ES256", -8: "EdDSA"}[key.algorithm],
                "key_id": key.key_id.hex(),
                "spki": key.spki.hex(),
            }
            for name, key in KEYS.items()
        },
        "valid": [
            {
                "name": name,
                "key": key,
                "text": payload.sign(HOST, CODE, claims, KEYS[key]),
                "host": HOST,
                "code": CODE,
                "claims": asdict(claims) | {"issue_date": claims.issue_date.isoformat()},
            }
            for key in ("es256", "eddsa")
            for name, claims in GOOD.items()
        ],
        "invalid": [asdict(one) | {"name": name} for name, one in bad()],
    }


def written() -> str:
    # What is too long is too long by any number: the file need not carry a million digits.
    found = document()
    for one in found["invalid"]:
        if len(one["text"]) > 3000:
            one["text"], one["repeat_last"] = one["text"][:100], len(one["text"]) - 100
    return json.dumps(found, ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="ascii")
