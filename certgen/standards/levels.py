"""The five skill levels (职业技能等级) of the certificate code and the ways people write them.

Digits and names: 人社鉴发〔2019〕2号 附件1 二(六) 表5. The printed form 'numeral/name', as in
一级/高级技师: 人社鉴发〔2021〕1号 三(一).

>>> Level.parse("高级工（三级）").written
'三级/高级工'

Three more steps exist in the eight-step series of 人社部发〔2022〕14号 二(五): 学徒工, 特级技师,
首席技师. The first is settled inside an employer, the other two are posts that people are appointed
to (三(九)); the code rule has no digit for them.
"""

import re
from enum import IntEnum

from certgen.errors import LevelError
from certgen.standards.text import half_width, shown

_NUMERALS = "一二三四五"
_TITLES = ("高级技师", "技师", "高级工", "中级工", "初级工")
# Erratum: 豫职鉴〔2020〕2号 附件1 二(七) 表5 prints these three for 高级工, 中级工, 初级工. Read,
# never printed.
_HENAN_TITLES = {"高级": 3, "中级": 4, "初级": 5}
_STEPS_WITHOUT_CODE = ("学徒工", "特级技师", "首席技师")

_DIGITS = (
    {title: digit for digit, title in enumerate(_TITLES, 1)}
    | {numeral: digit for digit, numeral in enumerate(_NUMERALS, 1)}
    | {str(digit): digit for digit in range(1, 6)}
    | _HENAN_TITLES
)
_SEPARATOR = re.compile(r"[/()\-、·]+")
# 高级技师 stands before 高级工 and 高级, so that the longest name is read.
_PART = re.compile(r"(?:([一二三四五])级|([1-5])级?)?(高级技师|技师|[高中初]级工?)?")


class Level(IntEnum):
    """A skill level; its value is position 16 of the certificate code. ONE is the highest."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5

    @property
    def numeral(self) -> str:
        """The Chinese numeral with 级: '三级'."""
        return f"{_NUMERALS[self - 1]}级"

    @property
    def title(self) -> str:
        """The name of the level: '高级工'."""
        return _TITLES[self - 1]

    @property
    def written(self) -> str:
        """As a certificate prints it: '三级/高级工' (人社鉴发〔2021〕1号 三(一))."""
        return f"{self.numeral}/{self.title}"

    @classmethod
    def parse(cls, text: str) -> "Level":
        """The level that `text` names: '三级/高级工', '高级工（三级）', '三级', '高级', '3', '3级'.

        Raises `LevelError` for anything else, for parts that disagree (三级/中级工) and for the
        steps that have no code (特级技师).
        """
        plain = "".join(half_width(text).split())
        for step in _STEPS_WITHOUT_CODE:
            if step in plain:
                raise _no_code(step)
        digits = _digits_named(plain)
        if len(digits) == 1:
            return cls(digits.pop())
        raise _contradiction(text) if digits else _unreadable(text)


def _digits_named(plain: str) -> set[int]:
    """Every level the parts of `plain` name; empty when one of them names none."""
    digits: set[int] = set()
    for part in filter(None, _SEPARATOR.split(plain)):
        found = _PART.fullmatch(part)
        if not found:
            return set()
        digits |= {_DIGITS[word] for word in found.groups() if word}
    return digits


def _no_code(step: str) -> LevelError:
    return LevelError(
        zh=f"“{step}”没有证书编码：人社部发〔2022〕14号将其列为用人单位的岗位或转正定级，"
        "编码规则只有一级至五级",
        en=f"no certificate code exists for {step}: 人社部发〔2022〕14号 leaves it to the employer "
        "as a post or a first grading; the code rule knows levels 1 to 5 only",
    )


def _contradiction(text: str) -> LevelError:
    return LevelError(
        zh=f"职业技能等级“{shown(text)}”前后矛盾，请写成“三级/高级工”的形式",
        en=f"skill level '{shown(text)}' names two different levels; write it as 三级/高级工",
    )


def _unreadable(text: str) -> LevelError:
    return LevelError(
        zh=f"无法识别职业技能等级“{shown(text)}”，请写成“三级/高级工”的形式",
        en=f"'{shown(text)}' names no skill level; write it as 三级/高级工",
    )
