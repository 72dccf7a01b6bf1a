import pytest

from certgen.errors import CodeAlphabetError, CodeComponentError, CodeError, CodeLengthError
from certgen.standards.codes.supervisor import SupervisorCode


@pytest.mark.parametrize(
    ("text", "texts", "issuer"),
    [
        ("R00210001", ["R", "00", "21", "0001"], "人力资源社会保障部"),
        ("R41219999", ["R", "41", "21", "9999"], "河南省"),
        ("H000012210001", ["H", "000012", "21", "0001"], "由人力资源社会保障部赋码"),
        ("Y000001210001", ["Y", "000001", "21", "0001"], "部备案评价机构 0001"),
        ("S120123210001", ["S", "120123", "21", "0001"], "省级备案评价机构序列码"),
        ("R41210000", ["R", "41", "21", "0000"], "河南省"),  # 或由证卡颁发机构统筹研究确定并赋码
    ],
)
def test_a_card_code_is_explained_in_four_parts(text: str, texts: list[str], issuer: str) -> None:
    code = SupervisorCode.parse(text)
    parts = code.explain()
    assert str(code) == text
    assert [part.text for part in parts] == texts
    assert parts[1].meaning.zh == issuer
    assert parts[-1].last == len(text)


def test_clauses_follow_the_kind_of_supervisor() -> None:
    clauses = [SupervisorCode.parse(t).explain()[3].clause for t in ("R00210001", "H000012210001")]
    assert clauses == [f"人社职司便函〔2020〕53号 附件1 {n}(二)4" for n in "一二"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", CodeLengthError),
        ("R4121000", CodeLengthError),
        ("R412100011111", CodeLengthError),
        ("Y00010121", CodeLengthError),
        ("X000101210001", CodeAlphabetError),
        ("R4121０001", CodeAlphabetError),
        ("R99210001", CodeComponentError),
    ],
)
def test_a_wrong_card_code_is_refused(text: str, error: type[CodeError]) -> None:
    with pytest.raises(error):
        SupervisorCode.parse(text)
