"""How the numbers of each kind of document are counted: what runs on, and how long a serial is.

A counter is the part of a code within which serials run on: site, year and level of a certificate
(人社鉴发〔2019〕2号 附件1 二(七)), year and agency of a special-ability certificate (豫人社办函〔2020〕41号
四(一)), issuer and year of a supervisor's card (人社职司便函〔2020〕53号 附件1).

>>> split("S000041990001263000001"), split("201601500100042"), split("Y000101260007")
(('S000041990001263', 1), ('2016015001', 42), ('Y00010126', 7))
"""

from enum import StrEnum

from certgen.standards.codes import national
from certgen.standards.codes.national import CertificateCode
from certgen.standards.codes.special_ability import SpecialAbilityCode
from certgen.standards.codes.supervisor import SupervisorCode
from certgen.standards.levels import Level

AnyCode = CertificateCode | SpecialAbilityCode | SupervisorCode


class CodeKind(StrEnum):
    """A kind of number; its digits of serial are in `DIGITS`."""

    CERTIFICATE = "certificate"  # 证书编码, 22 characters
    SPECIAL_ABILITY = "special-ability"  # 专项职业能力证书编码, 15 digits
    SUPERVISOR = "supervisor"  # 质量督导员证卡编码, 9 or 13 characters


DIGITS = {CodeKind.CERTIFICATE: 6, CodeKind.SPECIAL_ABILITY: 5, CodeKind.SUPERVISOR: 4}
"""Digits of the serial at the end of a code."""


def kind_of(code: str) -> CodeKind:
    """The kind, by length alone: no two kinds have the same."""
    if len(code) == 22:
        return CodeKind.CERTIFICATE
    return CodeKind.SPECIAL_ABILITY if len(code) == 15 else CodeKind.SUPERVISOR


def split(code: str) -> tuple[str, int]:
    """The counter of a well-formed code, and its serial."""
    digits = DIGITS[kind_of(code)]
    return code[:-digits], int(code[-digits:])


def has_prefix(code: str, prefix: str) -> bool:
    """Whether a well-formed code belongs to who has that prefix; in a special-ability code the year comes first."""
    begun = code[2:] if kind_of(code) is CodeKind.SPECIAL_ABILITY else code
    return begun.startswith(prefix)


def max_serial(kind: CodeKind) -> int:
    """The last serial of a counter: 999999, 99999 or 9999."""
    return int(10 ** DIGITS[kind]) - 1


def counter(kind: CodeKind, prefix: str, issue_year: int, level: Level | None) -> str:
    """The counter of documents with that prefix, year (2026) and, for a certificate, level.

    Raises `CodeError` for a prefix or year that no code of the kind can have.
    """
    if kind is CodeKind.CERTIFICATE:
        if level is None:
            raise AssertionError(prefix)
        return CertificateCode.build(prefix, issue_year, level, 1).counter
    year = f"{issue_year % 100:02}"
    name = year + prefix if kind is CodeKind.SPECIAL_ABILITY else prefix + year
    parse(kind, name + "1".zfill(DIGITS[kind]))
    return name


def check_prefix(kind: CodeKind, text: str) -> str:
    """`text` itself when codes of the kind begin with it (a special-ability code: after the year), else `CodeError`."""
    if kind is CodeKind.CERTIFICATE:
        return national.check_prefix(text)
    counter(kind, text, 2000, None)
    return text


def parse(kind: CodeKind, text: str) -> AnyCode:
    """The code of that kind that `text` is; raises a `CodeError`."""
    if kind is CodeKind.CERTIFICATE:
        return CertificateCode.parse(text)
    if kind is CodeKind.SPECIAL_ABILITY:
        return SpecialAbilityCode.parse(text)
    return SupervisorCode.parse(text)
