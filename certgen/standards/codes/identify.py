"""Tell the codes apart that people type or scan, and say what is nearest when it is none of them.

>>> identify("S000041 000123 26 3 000001").kind
<DocumentKind.CERTIFICATE: 'certificate'>
>>> identify("Y00004100012326A000001").kind
<DocumentKind.SPECIAL_TECHNICIAN: 'special-technician'>
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from certgen.errors import CodeError, Said
from certgen.standards.codes.national import CertificateCode
from certgen.standards.codes.special_ability import SpecialAbilityCode
from certgen.standards.codes.supervisor import SupervisorCode


class DocumentKind(StrEnum):
    """What kind of document a code belongs to."""

    CERTIFICATE = "certificate"  # 职业技能等级证书
    SPECIAL_TECHNICIAN = "special-technician"  # 特级技师
    SPECIAL_ABILITY = "special-ability"  # 专项职业能力证书
    EXTERNAL_SUPERVISOR = "external-supervisor"  # 外督
    INTERNAL_SUPERVISOR = "internal-supervisor"  # 内督
    OLD_QUALIFICATION = "old-qualification"  # 职业资格证书
    UNKNOWN = "unknown"


AnyCode = CertificateCode | SpecialAbilityCode | SupervisorCode


@dataclass(frozen=True, slots=True)
class Identified:
    """The answer: the kind, one sentence to show, and the parsed code where there is one."""

    kind: DocumentKind
    said: Said
    code: AnyCode | None = None


# The rule (特级技师证书编码规则, 2023) says two capital letters and twenty digits in the same seven
# parts; that the second letter stands at the level is inferred, which letter it is we do not know.
_SPECIAL_TECHNICIAN = re.compile(r"[YS][0-9]{14}[A-Z][0-9]{6}")
_OLD_QUALIFICATION = re.compile(r"[0-9]{16}")
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_LENGTHS = {
    22: Said("职业技能等级证书编码", "a skill-level certificate code"),
    16: Said("职业资格证书编号", "an old qualification number"),
    15: Said("专项职业能力证书编码", "a special-ability code"),
    13: Said("内部质量督导员证卡编码", "an internal supervisor card code"),
    9: Said("外部质量督导员证卡编码", "an external supervisor card code"),
}


def identify(text: str) -> Identified:
    """What `text` is a code of. White space is dropped, as printed codes are spaced; nothing else.

    Never raises: what is no code is UNKNOWN with what is nearest. Nothing is looked up.
    """
    plain = "".join(text.split())
    if _SPECIAL_TECHNICIAN.fullmatch(plain):
        return _special_technician()
    if _OLD_QUALIFICATION.fullmatch(plain):
        return _old_qualification()
    if _IDENTITY.fullmatch(plain):
        return _identity_number()
    try:
        return _parsed(plain)
    except CodeError as error:
        return Identified(DocumentKind.UNKNOWN, _nearest(plain, error))


def _parsed(plain: str) -> Identified:
    """The code of the kind that length and first letter suggest, or its `CodeError`."""
    if plain.startswith("R") or len(plain) == 13:
        card = SupervisorCode.parse(plain)
        if card.is_external:
            said = Said("外部质量督导员证卡编码", "external supervisor card code (外督)")
            return Identified(DocumentKind.EXTERNAL_SUPERVISOR, said, card)
        said = Said("内部质量督导员证卡编码", "internal supervisor card code (内督)")
        return Identified(DocumentKind.INTERNAL_SUPERVISOR, said, card)
    if len(plain) == 15:
        ability = SpecialAbilityCode.parse(plain)
        said = Said(
            "河南省专项职业能力证书编码，是另一种证书，不是职业技能等级证书",
            "Henan special-ability certificate code (专项职业能力证书): a different document",
        )
        return Identified(DocumentKind.SPECIAL_ABILITY, said, ability)
    said = Said("职业技能等级证书编码", "skill-level certificate code (职业技能等级证书)")
    return Identified(DocumentKind.CERTIFICATE, said, CertificateCode.parse(plain))


def _special_technician() -> Identified:
    said = Said(
        "疑似特级技师证书编码：其编码规则未公开，无法核验",
        "special-grade technician (特级技师) certificate code by its shape: "
        "the rule is not published, not verifiable",
    )
    return Identified(DocumentKind.SPECIAL_TECHNICIAN, said)


def _old_qualification() -> Identified:
    said = Said(
        "16 位职业资格证书编号，是另一种证书，不是职业技能等级证书",
        "16-digit number of an old qualification certificate (职业资格证书): a different document",
    )
    return Identified(DocumentKind.OLD_QUALIFICATION, said)


def _identity_number() -> Identified:
    said = Said(
        "这像是身份证件号码，不是证书编码，请输入证书编号",
        "this looks like an identity number, not a certificate code; enter the certificate number",
    )
    return Identified(DocumentKind.UNKNOWN, said)


def _nearest(plain: str, error: CodeError) -> Said:
    """The exact error where the length fits a kind, else the kind whose length is nearest."""
    if len(plain) in _LENGTHS:
        return error.said
    length = min(_LENGTHS, key=lambda known: (abs(known - len(plain)), -known))
    name = _LENGTHS[length]
    return Said(
        f"无法识别：共 {len(plain)} 位，最接近的是 {length} 位的{name.zh}，请核对有无漏字或多字",
        f"not recognised: {len(plain)} characters; nearest is {name.en} with {length}: "
        "look for a missing or an extra character",
    )
