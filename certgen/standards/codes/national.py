"""The 22-character certificate code (证书编码) of 人社鉴发〔2019〕2号 附件1: read, build, explain.

Positions 1 to 13, the prefix, are assigned by the filing authority (备案部门); the agency counts up
the rest: two digits of the issue year, the level, and a serial that starts anew for every year and
level (一, 二(七)).

>>> code = CertificateCode.parse("Y000123000456195000001")
>>> code.province, code.level.written, code.serial
('23', '五级/初级工', 1)
>>> str(code) == code.counter + "000001"
True

What parses is well formed, no more: only the register knows whether it was ever issued.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from certgen.errors import Said
from certgen.standards.codes.parts import Part, Shape, is_digits, wrong_part
from certgen.standards.levels import Level
from certgen.standards.regions import PROVINCES

MAX_SERIAL = 999_999
"""The last serial of a year and level: 附件1 二(七)."""

NAME = Said("证书编码", "certificate code")
CLAUSE = "人社鉴发〔2019〕2号 附件1"
FILED_WITH_PROVINCE = "0000"
"""Positions 2-5 of an agency that filed with a province first: 附件1 二(二) 表3."""

_PREFIX_LENGTH = 13
# The notice counts 公元纪年后两位 and dates from 2019: two digits mean a year of this century.
_CENTURY = 2000


class Category(StrEnum):
    """Agency category (评价机构类别), position 1: 附件1 二(一) 表2."""

    EMPLOYER = "Y"
    SOCIAL = "S"

    @property
    def said(self) -> Said:
        """Who this is and whom it may assess."""
        if self is Category.EMPLOYER:
            return Said("用人单位，面向本单位", "employer, for its own staff")
        return Said("社会培训评价组织，面向社会", "social assessment body, for the public")


_LETTERS = "".join(Category)
_CODE = Shape(NAME, _LETTERS, 22)
_PREFIX = Shape(Said("证书编码前 13 位", "certificate code prefix"), _LETTERS, _PREFIX_LENGTH)

_CATEGORY = Said("评价机构类别代码", "agency category")
_AGENCY = Said("评价机构代码", "agency code")
_PROVINCE = Said("省级代码", "province code")
_SITE = Said("评价机构（站点）序列码", "site number")
_YEAR = Said("证书核发年份代码", "issue year")
_LEVEL = Said("职业技能等级代码", "skill level")
_SERIAL = Said("证书序列码", "serial")

# What a part may be, in the words of a message.
_CATEGORIES = Said("Y 或 S", "Y or S")
_FOUR_DIGITS = Said("4 位数字", "4 digits")
_SIX_DIGITS = Said("6 位数字", "6 digits")
_YEARS = Said("00 至 99", "00 to 99")
_LEVELS = Said("1 至 5", "1 to 5")
_SERIALS = Said(f"000001 至 {MAX_SERIAL:06}", f"000001 to {MAX_SERIAL:06}")
_PROVINCES = Said(f"{CLAUSE} 二(三) 表4 的代码", f"a code of {CLAUSE} 二(三) 表4")

# Sets, because `in` on an enum class refuses plain values in Python 3.11.
_KNOWN_CATEGORIES = frozenset(Category)
_KNOWN_LEVELS = frozenset(Level)


@dataclass(frozen=True, slots=True)
class CertificateCode:
    """A well-formed certificate code in its seven parts; one that is not cannot be made.

    `CodeComponentError` refuses every part that the notice does not know.
    """

    category: Category
    agency: str  # positions 2-5, '0000' to '9999'
    province: str  # positions 6-7, a key of `PROVINCES`
    site_number: str  # positions 8-13, as the province assigned it
    year: int  # positions 14-15, 0 to 99; `issue_year` has the century
    level: Level  # position 16
    serial: int  # positions 17-22, 1 to `MAX_SERIAL`

    def __post_init__(self) -> None:
        rows = (
            (self.category in _KNOWN_CATEGORIES, _CATEGORY, _CATEGORIES, self.category),
            (is_digits(self.agency, 4), _AGENCY, _FOUR_DIGITS, self.agency),
            (self.province in PROVINCES, _PROVINCE, _PROVINCES, self.province),
            (is_digits(self.site_number, 6), _SITE, _SIX_DIGITS, self.site_number),
            (0 <= self.year <= 99, _YEAR, _YEARS, self.year),
            (self.level in _KNOWN_LEVELS, _LEVEL, _LEVELS, self.level),
            (1 <= self.serial <= MAX_SERIAL, _SERIAL, _SERIALS, self.serial),
        )
        for holds, part, expected, found in rows:
            if not holds:
                raise wrong_part(NAME, str(self), part, expected, f"{found}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code that `text` is, exactly: nothing is stripped, folded or guessed.

        Raises `CodeLengthError`, `CodeAlphabetError` or `CodeComponentError`.
        """
        _CODE.check(text)
        if text[15] not in "12345":
            raise wrong_part(NAME, text, _LEVEL, _LEVELS, text[15])
        return cls(
            category=Category(text[0]),
            agency=text[1:5],
            province=text[5:7],
            site_number=text[7:13],
            year=int(text[13:15]),
            level=Level(int(text[15])),
            serial=int(text[16:]),
        )

    @classmethod
    def build(cls, prefix: str, issue_year: int, level: Level, serial: int) -> Self:
        """The code of certificate `serial` of a site, year (2026) and level.

        Raises `CodeError` for a wrong prefix, a year outside 2000-2099, a serial outside
        1-999999: a serial never wraps.
        """
        check_prefix(prefix)
        year = issue_year - _CENTURY
        if not 0 <= year <= 99:
            years = Said(f"{_CENTURY} 至 {_CENTURY + 99}", f"{_CENTURY} to {_CENTURY + 99}")
            raise wrong_part(NAME, prefix, _YEAR, years, str(issue_year))
        parts = (Category(prefix[0]), prefix[1:5], prefix[5:7], prefix[7:])
        return cls(*parts, year=year, level=level, serial=serial)

    def __str__(self) -> str:
        return f"{self.counter}{self.serial:06}"

    @property
    def prefix(self) -> str:
        """Positions 1-13: what the filing authority assigned to the site."""
        return f"{self.category}{self.agency}{self.province}{self.site_number}"

    @property
    def counter(self) -> str:
        """Positions 1-16: everything that shares one run of serials (附件1 二(七))."""
        return f"{self.prefix}{self.year:02}{self.level:d}"

    @property
    def issue_year(self) -> int:
        """The issue year (核发年份) in full."""
        return _CENTURY + self.year

    def explain(self) -> tuple[Part, ...]:
        """The seven parts in order, each with its meaning and clause."""
        text = str(self)
        rows = (
            (1, 1, _CATEGORY, self.category.said, "二(一)"),
            (2, 5, _AGENCY, self._filed_with(), "二(二)"),
            (6, 7, _PROVINCE, PROVINCES[self.province], "二(三)"),
            (8, 13, _SITE, self._assigned_by(), "二(四)"),
            (
                14,
                15,
                _YEAR,
                Said(f"{self.issue_year} 年核发", f"issued {self.issue_year}"),
                "二(五)",
            ),
            (16, 16, _LEVEL, Said(self.level.written, f"level {self.level:d}"), "二(六)"),
            (17, 22, _SERIAL, self._nth(), "二(七)"),
        )
        return tuple(
            Part(first, last, text[first - 1 : last], name, meaning, f"{CLAUSE} {clause}")
            for first, last, name, meaning, clause in rows
        )

    def _filed_with(self) -> Said:
        if self.agency == FILED_WITH_PROVINCE:
            return Said("先行向省级人力资源社会保障部门备案", "filed with the province first")
        return Said("先行向人力资源社会保障部备案", "filed with the ministry first")

    def _assigned_by(self) -> Said:
        province = PROVINCES[self.province]
        return Said(f"由{province.zh}赋码", f"assigned by {province.en}")

    def _nth(self) -> Said:
        return Said(
            f"该年度该等级第 {self.serial} 号", f"number {self.serial} of this year and level"
        )


def check_prefix(text: str) -> str:
    """`text` itself when it is the first 13 characters of a code, else `CodeError`."""
    _PREFIX.check(text)
    if text[5:7] not in PROVINCES:
        raise wrong_part(_PREFIX.name, text, _PROVINCE, _PROVINCES, text[5:7])
    return text
