import pytest

from certgen.errors import CodeAlphabetError, CodeComponentError, CodeError, CodeLengthError
from certgen.standards.codes.special_ability import SpecialAbilityCode


def test_a_code_splits_into_year_agency_and_serial() -> None:
    # 豫人社办函〔2020〕41号 二(四): agencies of Zhengzhou are 16015xxx
    code = SpecialAbilityCode.parse("201601500100042")
    assert (code.year, code.agency, code.serial) == (20, "16015001", 42)
    assert str(code) == "201601500100042"
    assert [part.text for part in code.explain()] == ["20", "16015001", "00042"]
    assert [part.last for part in code.explain()] == [2, 10, 15]
    assert code.explain()[1].meaning.zh == "考核机构"


def test_16015000_is_the_centre_of_the_city_itself() -> None:
    assert SpecialAbilityCode.parse("201601500000001").explain()[1].meaning.zh == "当地鉴定中心"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("20160150010004", CodeLengthError),
        ("20160150010004２", CodeAlphabetError),
        ("Y01601500100042", CodeAlphabetError),
        ("201601400100042", CodeComponentError),
        ("201601500100000", CodeComponentError),
    ],
)
def test_a_wrong_code_is_refused(text: str, error: type[CodeError]) -> None:
    with pytest.raises(error):
        SpecialAbilityCode.parse(text)


def test_a_message_may_not_give_away_what_may_be_an_old_identity_number() -> None:
    with pytest.raises(CodeComponentError) as caught:
        SpecialAbilityCode.parse("110105491231002")
    assert str(caught.value) == (
        "special-ability certificate code '***02', agency code: "
        "expected 5 as its fifth digit, found '4'"
    )
