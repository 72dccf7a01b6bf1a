"""Invents texts of rosters for the encoding test: 680 files, of every length and kind of character.

The hard ones are short and hold few Chinese characters, so that a detector has nothing to count:
two syllables of a name in GBK are valid in half a dozen encodings.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .base import HEADINGS, number

COUNT = 680
"""As many as in the measurement that chose byte order mark, strict UTF-8, GB18030."""

_COMMON = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗伟芳娜敏静磊军洋勇艳杰娟涛明超霞平刚桂英"
_RARE = "䶮㛃堃喆翀燊昇甯禤逄乜亓麴犇淼赟"
_ASTRAL = "𬭎𬱖𠮷𡋾𫠆𬍛"
_TRADITIONAL = "陳張劉黃趙吳馬鄭謝許韓鄧蕭潘羅龔嚴華寶靈鳳蘭龍"
_DOTTED = ("阿依古丽·样例", "买买提•样例", "José·样例", "Ольга", "Müller")
_KINDS = ("common", "rare", "astral", "traditional", "dotted", "digits")

MARKED = ("utf-8-sig", "utf-16", "utf-16-be-sig")
PLAIN = ("utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Sample:
    """One file and the text that it holds."""

    name: str
    text: str
    data: bytes


def samples() -> Iterator[Sample]:
    """The 680 files, the same at every run."""
    rng = random.Random(2021)  # noqa: S311 - invented people need no secure numbers
    for index in range(COUNT):
        encoding = (*MARKED, *PLAIN)[index % 8]
        kind = _KINDS[index // 8 % 6]
        if encoding == "gbk" and kind in {"rare", "astral", "dotted"}:
            kind = "traditional"  # GBK has 21,003 characters of the first plane, and no Müller
        text = _text(rng, kind, rows=rng.choice((0, 1, 1, 2, 3, 8, 40, 400)))
        yield Sample(f"{index:03}_{encoding}_{kind}", text, encoded(text, encoding))


def encoded(text: str, encoding: str) -> bytes:
    """The bytes; 'utf-16-be-sig' is big-endian with a byte order mark."""
    if encoding == "utf-16-be-sig":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(encoding)


def _text(rng: random.Random, kind: str, rows: int) -> str:
    """A header and rows. 'digits' has English headings: not one Chinese character stands in it."""
    lines = ["Name,ID No.,Occupation,Level" if kind == "digits" else ",".join(HEADINGS.values())]
    lines += [_line(rng, kind, serial) for serial in range(1, rows + 1)]
    return rng.choice(("\r\n", "\n")).join(lines) + rng.choice(("", "\r\n"))


def _line(rng: random.Random, kind: str, serial: int) -> str:
    if kind == "digits":
        return f"A{serial},{number(serial % 1000)},6-18-01-01,{rng.choice('12345')}"
    return f"{_name(rng, kind)},居民身份证,{number(serial % 1000)},车工,,3,2026-03-15,main,,"


def _name(rng: random.Random, kind: str) -> str:
    if kind == "dotted":
        return rng.choice(_DOTTED)
    signs = {"rare": _RARE, "astral": _ASTRAL, "traditional": _TRADITIONAL}.get(kind, _COMMON)
    return rng.choice(_COMMON) + "".join(rng.choices(signs, k=rng.choice((1, 2))))
