import pytest

from certgen.standards.identity_types import IdentityType


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("居民身份证", IdentityType.RESIDENT_CARD),
        ("身份证", IdentityType.RESIDENT_CARD),
        (" 身 份 证 ", IdentityType.RESIDENT_CARD),
        ("201", IdentityType.RESIDENT_CARD),
        ("２０１", IdentityType.RESIDENT_CARD),
        ("台湾居民居住证", IdentityType.HMT_RESIDENCE_PERMIT),
        ("外国人永久居留身份证", IdentityType.PERMANENT_RESIDENCE_CARD),
        ("回乡证", IdentityType.HONG_KONG_MACAO_PERMIT),
        ("台胞证", IdentityType.TAIWAN_PERMIT),
        ("PASSPORT", IdentityType.PASSPORT),
        ("护照", IdentityType.PASSPORT),
    ],
)
def test_names_of_rosters_are_understood(text: str, kind: IdentityType) -> None:
    assert IdentityType.parse(text) is kind


# 居住证 alone is also what mainland residents away from home carry; 港澳通行证 is theirs too.
@pytest.mark.parametrize("text", ["", "居住证", "港澳通行证", "军官证", "202"])
def test_other_documents_are_not_guessed(text: str) -> None:
    assert IdentityType.parse(text) is None


@pytest.mark.parametrize("kind", IdentityType)
def test_a_type_is_understood_by_its_own_names(kind: IdentityType) -> None:
    assert {IdentityType.parse(name) for name in (kind.value, kind.zh, kind.en)} == {kind}
