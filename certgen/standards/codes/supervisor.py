"""Card codes of quality supervisors (技能人才评价质量督导员证卡编码): 9 characters or 13.

人社职司便函〔2020〕53号 附件1. An external supervisor (外督) is sent by the ministry or a province
and carries R; an internal one (内督) belongs to an industry, an employer or a social body: H, Y, S.

>>> SupervisorCode.parse("R41210007").issuer
'41'
>>> SupervisorCode.parse("Y000101210007").is_external
False
"""

from dataclasses import dataclass
from typing import Self

from certgen.errors import Said
from certgen.standards.codes.parts import Part, Shape, wrong_part
from certgen.standards.regions import PROVINCES

EXTERNAL_NAME = Said("外部质量督导员证卡编码", "external supervisor card code")
INTERNAL_NAME = Said("内部质量督导员证卡编码", "internal supervisor card code")
CLAUSE = "人社职司便函〔2020〕53号 附件1"

_EXTERNAL = Shape(EXTERNAL_NAME, "R", 9)
_INTERNAL = Shape(INTERNAL_NAME, "HYS", 13)
_MINISTRY = "00"
_CATEGORIES = {
    "R": Said("外部质量督导员", "external supervisor"),
    "H": Said("行业部门内部质量督导员", "internal supervisor of an industry"),
    "Y": Said("用人单位内部质量督导员", "internal supervisor of an employer"),
    "S": Said("社会培训评价组织内部质量督导员", "internal supervisor of a social assessment body"),
}
_ISSUER = Said("证卡颁发机构代码", "issuer")


@dataclass(frozen=True, slots=True)
class SupervisorCode:
    """A well-formed card code, as `parse` reads it.

    The issuer of an internal card is '00' and the ministry's agency code, or the six digits of the
    site number; it does not name the province.
    """

    category: str  # R, H, Y or S
    issuer: str  # 2 digits after R, else 6
    year: int  # two digits
    serial: str  # 4 digits; the issuer may number as it likes (一(二)4, 二(二)4)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code that `text` is, exactly; raises a `CodeError`."""
        shape = _EXTERNAL if text.startswith("R") else _INTERNAL
        shape.check(text)
        code = cls(text[0], text[1:-6], int(text[-6:-4]), text[-4:])
        if code.is_external and code.issuer != _MINISTRY and code.issuer not in PROVINCES:
            expected = Said("00 或省级代码", "00 or a province code")
            raise wrong_part(EXTERNAL_NAME, text, _ISSUER, expected, code.issuer)
        return code

    def __str__(self) -> str:
        return f"{self.category}{self.issuer}{self.year:02}{self.serial}"

    @property
    def is_external(self) -> bool:
        """Whether the card belongs to an external supervisor (外督)."""
        return self.category == "R"

    def explain(self) -> tuple[Part, ...]:
        """The four parts in order."""
        text = str(self)
        last = 1 + len(self.issuer)
        section = f"{CLAUSE} {'一' if self.is_external else '二'}(二)"
        year = Said(f"20{self.year:02} 年核发", f"issued 20{self.year:02}")
        serial = Said(f"序列码 {self.serial}", f"serial {self.serial}")
        rows = (
            (1, 1, Said("证卡类别代码", "category"), _CATEGORIES[self.category]),
            (2, last, _ISSUER, self._issued_by()),
            (last + 1, last + 2, Said("证卡核发年份代码", "issue year"), year),
            (last + 3, last + 6, Said("证卡序列码", "serial"), serial),
        )
        return tuple(
            Part(first, end, text[first - 1 : end], name, meaning, f"{section}{n}")
            for n, (first, end, name, meaning) in enumerate(rows, 1)
        )

    def _issued_by(self) -> Said:
        if self.is_external:
            ministry = Said("人力资源社会保障部", "the ministry")
            return ministry if self.issuer == _MINISTRY else PROVINCES[self.issuer]
        if self.category == "H":
            return Said("由人力资源社会保障部赋码", "assigned by the ministry")
        if self.issuer.startswith("00"):
            agency = self.issuer[2:]
            return Said(f"部备案评价机构 {agency}", f"agency {agency} filed with the ministry")
        return Said("省级备案评价机构序列码", "site number of an agency filed with a province")
