"""The 15-digit code of Henan's special-ability certificate (专项职业能力证书).

豫人社办函〔2020〕41号 四(一): two digits of the year, eight of the agency, five of the serial; the
fifth of the agency is 5 (二(四)). Another document than the skill-level certificate: read, never
issued.

>>> SpecialAbilityCode.parse("201601500100042").agency
'16015001'
"""

from dataclasses import dataclass
from typing import Self

from certgen.errors import Said
from certgen.standards.codes.parts import Part, Shape, wrong_part

NAME = Said("专项职业能力证书编码", "special-ability certificate code")
NOTICE = "豫人社办函〔2020〕41号"

_SHAPE = Shape(NAME, "", 15)
_AGENCY = Said("考核机构代码", "agency code")
_SERIAL = Said("证书流水编码", "serial")


@dataclass(frozen=True, slots=True)
class SpecialAbilityCode:
    """A well-formed special-ability code, as `parse` reads it."""

    year: int  # positions 1-2
    agency: str  # positions 3-10; '...000' at its end is the city's own centre
    serial: int  # positions 11-15, 1 to 99999

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code that `text` is, exactly; raises a `CodeError`."""
        _SHAPE.check(text)
        year, agency, serial = text[:2], text[2:10], text[10:]
        if agency[4] != "5":
            expected = Said("固定数字 5（第 5 位）", "5 as its fifth digit")
            raise wrong_part(NAME, text, _AGENCY, expected, agency[4])
        if serial == "00000":
            expected = Said("00001 至 99999", "00001 to 99999")
            raise wrong_part(NAME, text, _SERIAL, expected, serial)
        return cls(int(year), agency, int(serial))

    def __str__(self) -> str:
        return f"{self.year:02}{self.agency}{self.serial:05}"

    def explain(self) -> tuple[Part, ...]:
        """The three parts in order."""
        text = str(self)
        year = Said(f"20{self.year:02} 年", f"20{self.year:02}")
        is_centre = self.agency.endswith("000")
        agency = Said(
            "当地鉴定中心" if is_centre else "考核机构",
            "the city's own centre" if is_centre else "an assessment agency",
        )
        serial = Said(f"第 {self.serial} 号", f"number {self.serial}")
        clause = f"{NOTICE} 四(一)"
        return (
            Part(1, 2, text[:2], Said("年份代码", "year"), year, clause),
            Part(3, 10, self.agency, _AGENCY, agency, f"{NOTICE} 二(四)"),
            Part(11, 15, text[10:], _SERIAL, serial, clause),
        )
