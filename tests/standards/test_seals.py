"""What a seal may say: a row a sentence of 人社鉴发〔2021〕1号 四."""

import pytest

from certgen.standards.seals import allowed


@pytest.mark.parametrize(
    ("wording", "office", "right"),
    [
        pytest.param("云河样例厂", "", True, id="四(一): 评价机构名称"),
        pytest.param("云河样例厂职业技能等级认定专用章", "", True, id="四(一): +认定专用章"),
        pytest.param("云河样例厂合同专用章", "", False, id="another purpose"),
        pytest.param("云河样例", "", False, id="an abbreviation is not the filed name"),
        pytest.param("云河样例厂人力资源部", "人力资源部", True, id="四(四): 代章"),
        pytest.param("云河样例厂", "人力资源部", False, id="代章 says whose seal it is"),
    ],
)
def test_wording(wording: str, office: str, right: bool) -> None:  # noqa: FBT001
    assert (wording in allowed("云河样例厂", office)) is right
