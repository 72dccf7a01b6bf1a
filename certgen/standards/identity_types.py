"""The identity documents (证件类型) a holder may be registered with, and their names in rosters.

No notice lists the types or gives their English names; these six, and the names, are common use.
"""

from enum import StrEnum

from certgen.errors import Said
from certgen.standards.text import half_width


class IdentityType(StrEnum):
    """A kind of identity document. The values are permanent: registers keep them."""

    RESIDENT_CARD = "resident-card"
    HMT_RESIDENCE_PERMIT = "hmt-residence-permit"
    PERMANENT_RESIDENCE_CARD = "permanent-residence-card"
    HONG_KONG_MACAO_PERMIT = "hong-kong-macao-permit"
    TAIWAN_PERMIT = "taiwan-permit"
    PASSPORT = "passport"

    @property
    def zh(self) -> str:
        """As the certificate prints it: '居民身份证'."""
        return _NAMES[self].zh

    @property
    def en(self) -> str:
        """Its usual English name."""
        return _NAMES[self].en

    @classmethod
    def parse(cls, text: str) -> "IdentityType | None":
        """The type a roster means by `text` ('身份证', '回乡证', '201', 'Passport'), or None."""
        return _ALIASES.get(_folded(text))


_NAMES = {
    IdentityType.RESIDENT_CARD: Said("居民身份证", "Resident Identity Card"),
    IdentityType.HMT_RESIDENCE_PERMIT: Said(
        "港澳台居民居住证", "Residence Permit for Hong Kong, Macao and Taiwan Residents"
    ),
    IdentityType.PERMANENT_RESIDENCE_CARD: Said(
        "外国人永久居留身份证", "Foreign Permanent Resident ID Card"
    ),
    IdentityType.HONG_KONG_MACAO_PERMIT: Said(
        "港澳居民来往内地通行证", "Mainland Travel Permit for Hong Kong and Macao Residents"
    ),
    IdentityType.TAIWAN_PERMIT: Said(
        "台湾居民来往大陆通行证", "Mainland Travel Permit for Taiwan Residents"
    ),
    IdentityType.PASSPORT: Said("护照", "Passport"),
}
_COLLOQUIAL = {
    # 201 is what upload sheets of the national register write for the resident card.
    IdentityType.RESIDENT_CARD: ("身份证", "二代身份证", "第二代居民身份证", "201", "ID card"),
    # 居住证 alone is no alias: residents of the mainland have one when they live away from home.
    IdentityType.HMT_RESIDENCE_PERMIT: ("港澳居民居住证", "台湾居民居住证", "港澳台居住证"),
    IdentityType.PERMANENT_RESIDENCE_CARD: ("外国人永久居留证", "永久居留身份证", "永久居留证"),
    IdentityType.HONG_KONG_MACAO_PERMIT: ("港澳居民通行证", "港澳来往内地通行证", "回乡证"),
    IdentityType.TAIWAN_PERMIT: ("台湾居民通行证", "台湾来往大陆通行证", "台胞证"),
    IdentityType.PASSPORT: ("中国护照", "外国护照", "普通护照", "因私护照"),
}


def _folded(text: str) -> str:
    return "".join(half_width(text).split()).casefold()


_ALIASES = {
    _folded(alias): kind
    for kind in IdentityType
    for alias in (kind.value, kind.zh, kind.en, *_COLLOQUIAL[kind])
}
