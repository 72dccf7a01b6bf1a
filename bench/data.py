"""Invents what the benchmark issues: people, codes, an agency. The same at every run.

Nobody here exists. Names are a common surname and one or two characters of GB 2312 level 1, one in
a hundred with a rare character. Identity numbers (公民身份号码) have a right check digit and the
region 990000, which no place has; certificate codes (证书编码) carry a site number nobody holds.

>>> identity_number(7)
'990000199005091002'
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from bench.baseline import Certificate, Seals

SEED = 2021
ISSUED = date(2026, 3, 18)
AGENCY = "样例精密制造有限公司"
AGENCY_EN = "Sample Precision Manufacturing Co., Ltd."
BRANCH = "样例精密制造有限公司郑州分公司"
BRANCH_EN = "Zhengzhou Branch of Sample Precision Manufacturing Co., Ltd."
CODE_PREFIX = "Y000041999999"  # employer, filed with province 41, a site number nobody holds
QR_HOST = "verify.example.com"
PHOTOS = 50  # different portraits; certificates share them in turn
PORTRAIT = (413, 579)  # pixels: 25 x 35 mm at 420 dpi
PASSPHRASE = "bench"  # noqa: S105  of a key that is made for the run and worth nothing

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
RARE = "䶮堃喆翀燊昇𬱖赟犇淼甯禤逄乜亓麴㛃䂮𬭎"  # two of them beyond the first 65,536 characters
LEVELS = ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师")
OCCUPATIONS = (
    ("家政服务员", "家务服务员"),
    ("焊工", "电焊工"),
    ("电工", "--"),  # 人社鉴发〔2021〕1号: without 工种/职业方向 the value is two hyphens
    ("汽车维修工", "汽车机械维修工"),
    ("养老护理员", "--"),
    ("车工", "数控车工"),
)


class Faces(NamedTuple):
    """The font files every engine sets its text in."""

    kai: Path
    fangsong: Path
    times: Path


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an engine may use. `key` is a PKCS#12 file with a P-256 key under `PASSPHRASE`."""

    folder: Path
    faces: Faces
    records: tuple[Certificate, ...]
    photos: tuple[Path, ...]
    seals: Seals
    key: Path

    def photo_of(self, index: int) -> Path:
        """The portrait of the holder of `records[index]`."""
        return self.photos[index % len(self.photos)]


def material(folder: Path, rows: int) -> Material:
    """`rows` invented records and the files that `make_files` put into `folder`."""
    return Material(
        folder=folder,
        faces=Faces(*(folder / "fonts" / f"{role}.ttf" for role in Faces._fields)),
        records=tuple(make_records(rows)),
        photos=tuple(folder / f"photo-{index:02}.jpg" for index in range(PHOTOS)),
        seals=Seals(folder / "seal-agency.png", folder / "seal-branch.png"),
        key=folder / "key.p12",
    )


def make_records(rows: int) -> list[Certificate]:
    """`rows` invented certificates; the first n of a longer list are the n of a shorter one."""
    rng = _rng()
    serials: Counter[int] = Counter()
    return [_record(index, rng, serials) for index in range(rows)]


def identity_number(index: int) -> str:
    """A different 18-character number for every index below 10,800,000; none ends in 000."""
    born = date(1970, 1, 1) + timedelta(days=index * 7919 % 12_000)  # without a common divisor
    digits = f"990000{born:%Y%m%d}{100 + index // 12_000}"
    return digits + check_character(digits)


def check_character(digits: str) -> str:
    """The 18th character by MOD 11-2 (GB 11643-1999)."""
    weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return "10X98765432"[weighted % 11]


def _record(index: int, rng: random.Random, serials: Counter[int]) -> Certificate:
    level = rng.choice((5, 4, 4, 3, 3, 3, 2, 1))
    serials[level] += 1
    occupation, job = rng.choice(OCCUPATIONS)
    code = f"{CODE_PREFIX}{ISSUED:%y}{level}{serials[level]:06}"
    return Certificate(
        name=_name(index, rng),
        id_type="居民身份证",
        id_number=identity_number(index),
        occupation=occupation,
        job=job,
        level=LEVELS[5 - level],
        code=code,
        agency=AGENCY,
        agency_en=AGENCY_EN,
        branch=BRANCH,
        issued=ISSUED,
        qr=f"https://{QR_HOST}/c/{code}",
    )


def _name(index: int, rng: random.Random) -> str:
    given = "".join(_common_character(rng) for _ in range(rng.choice((1, 2, 2, 2))))
    if index % 100 == 99:
        given = given[:-1] + rng.choice(RARE)
    return rng.choice(SURNAMES) + given


def _common_character(rng: random.Random) -> str:
    """One of the 3,755 characters of GB 2312 level 1 (rows 16 to 55, the last one short)."""
    cell = rng.randrange(3755)
    return bytes((0xB0 + cell // 94, 0xA1 + cell % 94)).decode("gb2312")


def _rng() -> random.Random:
    return random.Random(SEED)  # noqa: S311  invented people need no secure numbers
