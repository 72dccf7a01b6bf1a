import pytest

from certgen.standards import filling


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        pytest.param(filling.TITLE_PT, 30, id="附件: 楷体 字号: 30pt"),
        pytest.param(filling.TITLE_EN_PT, 16, id="附件: TimesNewRoman 字号: 16pt"),
        pytest.param(filling.BODY_PT, 16, id="附件 样式(二): 楷体 字号: 16pt"),
        pytest.param(filling.LABEL_PT, 12, id="附件: 字号: 12pt"),
        pytest.param(filling.ADDRESS_PT, 11, id="附件 样式(一): 字号: 11pt"),
        pytest.param(filling.PRINT_NUMBER_PT, 12, id="附件 样式(一): TimesNewRoman 12pt"),
        pytest.param(filling.FILLED_PT, 12, id="三(一): 小四号仿宋体"),
        pytest.param(filling.SHEET_WIDTH_MM, 297, id="二(五): A4, 横排"),
        pytest.param(filling.SHEET_HEIGHT_MM, 210, id="二(五): A4, 横排 (高)"),
        pytest.param(filling.PHOTO_WIDTH_MM, 25, id="三(一): 一寸"),
        pytest.param(filling.PHOTO_HEIGHT_MM, 35, id="三(一): 一寸 (高)"),
        pytest.param(filling.QR_MM, 30, id="附件: 30mm*30mm"),
        pytest.param(filling.SEAL_MAX_MM, 45, id="国发〔1999〕25号"),
    ],
)
def test_a_measure_is_what_the_notice_says(measure: float, value: float) -> None:
    assert measure == value


def test_no_job_is_two_ascii_hyphens() -> None:
    assert filling.NO_JOB == "--"


def test_72_points_are_an_inch() -> None:
    inch = 72 * filling.MM_PER_PT
    assert inch == pytest.approx(25.4)
