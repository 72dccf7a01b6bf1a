"""Serials of pre-printed sheets (印制流水码): text with a running number at its end, and ranges of them.

A serial is what stands on the sheet, character for character: `00012001`, or `豫A0012001` with letters
before the number. Leading zeros belong to it. Sheets whose serials differ in the number alone are one
*pile*: only there is a next sheet.

>>> Serial.parse("豫A0012009").plus(1).text
'豫A0012010'
>>> SerialRange.parse("00012001-00013000").count
1000
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from certgen.errors import InputError
from certgen.standards.text import half_width, shown

LONGEST = 20
"""Characters of a serial; so many may a 印制流水码 of the roster have too."""

MOST_DIGITS = 12
"""Of the running number. Longer ones are certificate codes and identity numbers, put into the wrong place."""

MOST_SHEETS = 200_000
"""In one range. A mistyped digit must not fill the ledger: 400 boxes of 500 sheets is more than any agency receives."""

_SERIAL = re.compile(r"((?:[0-9A-Za-z\u4e00-\u9fff]*[A-Za-z\u4e00-\u9fff])?)([0-9]+)")
_BETWEEN = re.compile(r"\s*[-–—~]\s*")


@dataclass(frozen=True, slots=True)
class Serial:
    """One serial. `prefix` ends in a letter or is empty; `digits` is the width of the number."""

    prefix: str
    number: int
    digits: int

    @classmethod
    def parse(cls, text: str) -> "Serial":
        """What stands on the sheet. `InputError` for anything else; it quotes no identity number."""
        text = text.strip()
        if half_width(text) != text:
            raise InputError(
                zh=f"流水码“{shown(text)}”中有全角字符：请按纸上所印用半角输入",
                en=f"serial {shown(text)!r} has full-width characters: type it half-width, as on the sheet",
            )
        found = _SERIAL.fullmatch(text)
        if found is None or len(text) > LONGEST or len(found[2]) > MOST_DIGITS:
            raise InputError(
                zh=f"“{shown(text)}”不是流水码：应为至多 {MOST_DIGITS} 位数字，前面可以有字母或汉字，"
                "如 00012001、豫A0012001",
                en=f"{shown(text)!r} is no serial: up to {MOST_DIGITS} digits, perhaps behind letters, "
                "like 00012001 or 豫A0012001",
            )
        return cls(found[1], int(found[2]), len(found[2]))

    @classmethod
    def at(cls, pile: str, number: int) -> "Serial":
        """The serial of this number in a pile."""
        prefix = pile.rstrip("0")
        return cls(prefix, number, len(pile) - len(prefix))

    @property
    def pile(self) -> str:
        """Which pile it belongs to: its text with noughts for the number."""
        return self.prefix + "0" * self.digits

    @property
    def text(self) -> str:
        """As printed on the sheet."""
        return f"{self.prefix}{self.number:0{self.digits}d}"

    def plus(self, step: int) -> "Serial":
        """The serial so many further on. The caller keeps within the width."""
        return Serial(self.prefix, self.number + step, self.digits)


@dataclass(frozen=True, slots=True)
class SerialRange:
    """Serials of one pile from first to last, both included."""

    first: Serial
    last: Serial

    @classmethod
    def parse(cls, text: str) -> "SerialRange":
        """`00012001-00013000`, or one serial alone. `InputError` names what does not fit."""
        ends = _BETWEEN.split(text.strip())
        if len(ends) > 2:
            raise InputError(
                zh=f"“{shown(text)}”不是一段流水码：请写成 起-止，如 00012001-00013000",
                en=f"{shown(text)!r} is no range: write FIRST-LAST, like 00012001-00013000",
            )
        first, last = Serial.parse(ends[0]), Serial.parse(ends[-1])
        if first.pile != last.pile:
            raise InputError(
                zh=f"{first.text} 与 {last.text} 的字母或位数不同，不是一段：两端都要写全，前导零也要写",
                en=f"{first.text} and {last.text} differ in letters or length: write both ends in full, "
                "with leading zeros",
            )
        if last.number < first.number:
            raise InputError(
                zh=f"起号 {first.text} 大于止号 {last.text}，请核对",
                en=f"the range begins at {first.text}, behind its end {last.text}: check it",
            )
        found = cls(first, last)
        if found.count > MOST_SHEETS:
            raise InputError(
                zh=f"{first.text}-{last.text} 有 {found.count} 张，一次至多 {MOST_SHEETS} 张：请核对位数，或分几次登记",
                en=f"{first.text}-{last.text} is {found.count} sheets, at most {MOST_SHEETS} at once: "
                "check the digits, or enter it in parts",
            )
        return found

    @property
    def count(self) -> int:
        """How many sheets."""
        return self.last.number - self.first.number + 1

    @property
    def text(self) -> str:
        """As a person writes it."""
        return self.first.text if self.count == 1 else f"{self.first.text}-{self.last.text}"

    def __iter__(self) -> Iterator[Serial]:
        return (self.first.plus(step) for step in range(self.count))


def in_ranges(serials: Iterator[Serial] | list[Serial] | tuple[Serial, ...]) -> list[SerialRange]:
    """Serials in ascending order, neighbours joined: what a person can read of a thousand of them."""
    found: list[SerialRange] = []
    for serial in serials:
        if found and found[-1].last.plus(1) == serial:
            found[-1] = SerialRange(found[-1].first, serial)
        else:
            found.append(SerialRange(serial, serial))
    return found
