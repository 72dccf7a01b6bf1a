"""The page's modules read exactly what Python reads, and refuse what it refuses: compared, not believed."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import CodeError
from certgen.exchange import cbor, compact_text
from certgen.standards.codes import henan
from certgen.standards.codes.identify import DocumentKind, identify
from certgen.standards.codes.national import CertificateCode
from certgen.standards.regions import PROVINCES
from tests.verify.web.node import run
from verify.web.facts import facts

VECTORS = Path(__file__).parents[2] / "exchange" / "vectors" / "payload.json"


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    return facts()


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    """The published vectors; what is cut there stands here in full."""
    found: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
    for one in found["invalid"]:
        one["text"] += one["text"][-1:] * one.pop("repeat_last", 0)
    return found


READ = """
  const outcome = async ({ text, key }) => {
    try {
      const signed = parse(text, given.facts);
      const signature = await verify(signed, bytes(given.keys[key].spki));
      return { host: signed.host, code: signed.code, claims: signed.claims, signature };
    } catch (error) {
      return { reason: error.reason ?? String(error) };
    }
  };
  return Promise.all(given.texts.map(outcome));
"""


def read(known: dict[str, Any], vectors: dict[str, Any], side: str) -> list[dict[str, Any]]:
    given = {"facts": known, "keys": vectors["keys"], "texts": vectors[side]}
    found: list[dict[str, Any]] = run(READ, given, "{ parse, verify } from payload.js")
    return found


def test_every_good_vector_is_read_and_verified(
    known: dict[str, Any], vectors: dict[str, Any]
) -> None:
    for one, found in zip(vectors["valid"], read(known, vectors, "valid"), strict=True):
        expected = {_camel(name): value for name, value in one["claims"].items()}
        assert (one["name"], found.get("claims")) == (one["name"], expected)
        assert (found["host"], found["code"]) == (one["host"], one["code"])
        assert found["signature"] == "good"


def test_every_bad_vector_is_refused_for_the_reason_that_python_gives(
    known: dict[str, Any], vectors: dict[str, Any]
) -> None:
    for one, found in zip(vectors["invalid"], read(known, vectors, "invalid"), strict=True):
        reason = "signature" if found.get("signature") == "bad" else found.get("reason")
        assert (one["name"], reason) == (one["name"], one["reason"])


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


UNPACK = """
  return given.rows.map((row) => {
    try { return unpack(bytes(row), given.forms); } catch (error) { return error.constructor.name; }
  });
"""


def test_every_pair_of_bytes_and_many_fours_are_the_same_text_in_gb18030(
    known: dict[str, Any],
) -> None:
    fours = [
        bytes((a, b, c, d))
        for a in (*range(0x81, 0x85), 0x8F, 0x90, 0x95, 0x98, 0xE3, 0xFD)
        for b in range(0x30, 0x3A)
        for c in range(0x81, 0xFF, 7)
        for d in range(0x30, 0x3A)
    ]
    rows = [bytes((a,)) for a in range(256)]
    rows += [bytes((a, b)) for a in range(256) for b in range(256)] + fours
    given = {"forms": known["text_forms"], "rows": [row.hex() for row in rows]}
    for row, found in zip(rows, run(UNPACK, given, "{ unpack } from compact_text.js"), strict=True):
        assert (row.hex(), found) == (row.hex(), _unpacked(row))


def _unpacked(row: bytes) -> str:
    try:
        return compact_text.unpack(row)
    except compact_text.TextFormError:
        return "TextFormError"


DECODE = """
  const plain = (value) => {
    if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
    if (Array.isArray(value)) return value.map(plain);
    if (value instanceof Map) return { map: [...value].map(([key, one]) => [plain(key), plain(one)]) };
    return typeof value === "bigint" ? { big: String(value) } : value;
  };
  return given.map((row) => {
    try { return [plain(decode(bytes(row)))]; } catch (error) { return error.constructor.name; }
  });
"""


def test_cbor_is_read_and_refused_alike_however_it_is_spoiled() -> None:
    luck = random.Random(7)  # noqa: S311
    values: list[cbor.Value] = [
        [b"\x00" * 5, {}, "汉字", None, True, [0, 23, 24, 255, 256, 65535, 65536, -1, -500]],
        {1: -7, 4: b"abcd", 300: [], "a": "", "bb": {}},
        [[[[[[[[1]]]]]]]],
        [1 << 40, -(1 << 62), (1 << 64) - 1],
    ]
    seeds = [cbor.write(value) for value in values]
    rows = list(seeds)
    for _ in range(6000):
        spoiled = bytearray(luck.choice(seeds))
        for _ in range(luck.randint(1, 3)):
            at = luck.randrange(len(spoiled))
            match luck.randrange(3):
                case 0:
                    spoiled[at] = luck.randrange(256)
                case 1:
                    spoiled.insert(at, luck.randrange(256))
                case _ if len(spoiled) > 1:
                    del spoiled[at]
        rows.append(bytes(spoiled))
    found = run(DECODE, [row.hex() for row in rows], "{ decode } from cbor.js")
    for row, one in zip(rows, found, strict=True):
        assert (row.hex(), one) == (row.hex(), _decoded(row))
    assert sum(one != "CborError" for one in found) > 100  # some spoiled ones must still read


def _decoded(row: bytes) -> Any:
    try:
        return [_plain(cbor.read(row, limit=10_000))]
    except cbor.CborError:
        return "CborError"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {"map": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 53:
        return {"big": str(value)}
    return value


CODES = """
  return given.codes.map(([code, issued]) => {
    const { parts, problem } = explain(code, given.facts);
    const other = otherKind(code, given.facts);
    return { parts, isGood: !problem, other, doubts: problem ? [] : doubts(code, issued, given.facts) };
  });
"""


def test_a_code_is_explained_in_the_words_of_the_standard(known: dict[str, Any]) -> None:
    codes = [
        (code, issued) for code in _codes() for issued in ("2019-12-31", "2020-06-01", "2026-01-15")
    ]
    given = {"facts": known, "codes": codes}
    found = run(CODES, given, "{ explain, otherKind, doubts } from code.js")
    for (code, issued), one in zip(codes, found, strict=True):
        assert (code, one) == (code, _explained(code, issued))


def _codes() -> list[str]:
    """Good ones of every province and level, and good ones with one character changed."""
    luck = random.Random(11)  # noqa: S311
    good = [
        f"{luck.choice('YS')}{luck.choice(('0000', '0001', '1234'))}{province}{luck.randrange(10**6):06}"
        f"{luck.randrange(100):02}{luck.randint(1, 5)}{luck.randint(1, 999_999):06}"
        for province in (*PROVINCES, *["41"] * 60)
    ]
    bad = []
    for code in good * 4:
        at = luck.randrange(22)
        bad.append(code[:at] + luck.choice("0123456789ABHRXYSys２²٣ ") + code[at + 1 :])
    others = (
        *("", "Y", "1" * 16, "1" * 18, "12345678901234567X", "S00004101999926A000001"),
        *("R41210007", "R99210007", "R00210007", "Y000101210007"),
        *("201601500100042", "201601500100000", "201611500100042"),
    )
    return [*good, *bad, *others]


def _explained(code: str, issued: str) -> dict[str, Any]:
    found: dict[str, Any] = {"isGood": True, "other": None, "doubts": []}
    try:
        parsed = CertificateCode.parse(code)
    except CodeError:
        found["isGood"] = False
    else:
        found["parts"] = [
            {
                "first": part.first,
                "last": part.last,
                "text": part.text,
                "name": part.name._asdict(),
                "clause": part.clause,
                "meaning": part.meaning._asdict(),
            }
            for part in henan.explain(parsed)
        ]
        found["doubts"] = [
            {
                "since": "2020-03-12" if doubt.code == "henan/city" else "2021-01-14",
                "code": doubt.code,
                "said": doubt.said._asdict(),
                "clause": doubt.clause,
            }
            for doubt in henan.doubts(parsed, date.fromisoformat(issued))
        ]
    identified = identify(code)
    looks_like_identity = len(code) == 18 and code[:17].isdigit() and code.isascii()
    if (
        identified.kind not in {DocumentKind.CERTIFICATE, DocumentKind.UNKNOWN}
        or looks_like_identity
    ):
        found["other"] = identified.said._asdict()
    return found
