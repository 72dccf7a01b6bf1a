"""The page's modules read exactly what Python reads, and refuse what it refuses: compared, not believed."""

import base64
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import CodeError, TrustListError
from certgen.exchange import cbor, compact_text, key_list, pack, status_list
from certgen.exchange.key_list import ListedKey
from certgen.exchange.status_list import Status, StatusList
from certgen.standards.codes import henan
from certgen.standards.codes.identify import DocumentKind, identify
from certgen.standards.codes.national import CertificateCode
from certgen.standards.regions import PROVINCES
from tests.exchange import lists
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


LISTS = """
  const place = (list, index) => statusAt(list, index) ?? "none";
  return Promise.all(given.files.map(async (file) => {
    try {
      const { keyLists, statusLists } = await readLists(new Uint8Array(Buffer.from(file, "base64")), given.facts);
      return {
        keys: keyLists.map(({ number, issued, expires, agencies }) => [number, issued, expires, agencies.map(
          ({ name, prefixes, keys }) => [name, prefixes, keys.map(
            ({ id, notBefore, notAfter, status, since }) => [id, notBefore, notAfter, status, since])])]),
        statuses: statusLists.map((list) => [list.number, list.issued, list.expires, list.prefixes,
          given.places.map((index) => place(list, index))]),
      };
    } catch (error) { return error.reason ?? String(error); }
  }));
"""
PLACES = (0, 1, 5, 65_535, 65_536, 131_071, 131_072, 1 << 23)


def test_lists_are_read_and_refused_alike_for_the_same_reason(known: dict[str, Any]) -> None:
    files = _lists()
    given = {
        "facts": known,
        "files": [base64.b64encode(file).decode() for file in files],
        "places": PLACES,
    }
    found = run(LISTS, given, "{ readLists, statusAt } from lists.js")
    for file, one in zip(files, found, strict=True):
        assert (file[:400], one) == (file[:400], _as_python_reads(file))
    refused = [one for one in found if isinstance(one, str)]
    assert len(found) - len(refused) > 100
    assert {"cbor", "structure", "value", "prefix", "twice", "text", "key", "size", "kind"} <= set(
        refused
    )


def _lists() -> list[bytes]:
    """Good lists and a pack, and each with one value of its body changed, or one byte."""
    luck = random.Random(13)  # noqa: S311
    keys = lists.a_key_list()
    status = lists.a_status_list({0: Status.VOID, 5: Status.SUPERSEDED, 99_999: Status.SUSPENDED})
    both = pack.make([keys], [status])
    made = [
        keys,
        status,
        both,
        b"",
        b"certgen key list 1\n",
        keys[:-1],
        both + b"\0",
        keys + status,
    ]
    for form, data in ((key_list.FORM, keys), (status_list.FORM, status)):
        message = cbor.read(data[len(form.line) :], limit=form.limit)
        assert isinstance(message, list)
        for _ in range(700):
            body = cbor.read(bytes(message[2]), limit=form.limit)  # type: ignore[arg-type]
            spoiled = cbor.write(_spoiled(body, luck))
            made.append(form.line + cbor.write([message[0], message[1], spoiled, message[3]]))
    for _ in range(600):
        row = bytearray(luck.choice((keys, status, both)))
        row[luck.randrange(len(row))] = luck.randrange(256)
        made.append(bytes(row))
    return made


def _spoiled(value: Any, luck: random.Random) -> Any:
    """The same with one part, somewhere, changed a little or into something else.

    No byte is added: Node.js lets compressed data go on behind its end, browsers do not (test_page.py).
    """
    if isinstance(value, list) and value and luck.random() < 0.85:
        at = luck.randrange(len(value))
        return [*value[:at], _spoiled(value[at], luck), *value[at + 1 :]]
    if isinstance(value, list):
        return luck.choice(([], value + value, value[:-1], None))
    if isinstance(value, int):
        return luck.choice(
            (0, -1, value + 1, 1 << 33, (1 << 33) + 1, 1 << 60, None, True, str(value), value * 2)
        )
    if isinstance(value, bytes) and value:
        flipped = bytearray(value)
        flipped[luck.randrange(len(flipped))] ^= 1 << luck.randrange(8)
        return luck.choice((bytes(flipped), value[:-1], b"", "text", b"\x80", b"\xa3\xa0"))
    return luck.choice(("", "Y000099019999", "S00004101999", "\u1e3f", "S000041019997", 7, None))


def _as_python_reads(file: bytes) -> Any:
    try:
        read = pack.read(file)
    except TrustListError as error:
        return error.reason
    return {
        "keys": [
            [
                one.number,
                int(one.issued.timestamp()),
                int(one.expires.timestamp()),
                [
                    [agency.name, list(agency.prefixes), [_key(key) for key in agency.keys]]
                    for agency in one.agencies
                ],
            ]
            for _, one in read.key_lists
        ],
        "statuses": [
            [
                one.number,
                int(one.issued.timestamp()),
                int(one.expires.timestamp()),
                list(one.prefixes),
                [_status(one, place) for place in PLACES],
            ]
            for _, one in read.status_lists
        ],
    }


def _key(key: ListedKey) -> list[str | None]:
    since = key.since.isoformat() if key.since else None
    dates = (key.not_before.isoformat(), key.not_after.isoformat())
    return [key.key_id.hex(), *dates, key.status.name.lower(), since]


def _status(listed: StatusList, place: int) -> str:
    found = listed.status(place)
    return "none" if found is None else found.name.lower()
