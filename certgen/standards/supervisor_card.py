"""What stands on the card of a quality supervisor (技能人才评价质量督导员证卡), and in what sizes.

人社职司便函〔2020〕53号 附件2 gives sizes and faces; its drawing is lost, so which lines the front has is inferred from
what the rules of 附件1 and 第七, 八, 十条 make the card for.

>>> term(date(2026, 3, 2))
(datetime.date(2026, 3, 2), datetime.date(2029, 3, 1))
"""

from datetime import date, timedelta

CLAUSE = "人社职司便函〔2020〕53号 附件2"
TERM_CLAUSE = "人社职司便函〔2020〕53号 第八条"
TERM_YEARS = 3
"""聘期3年，聘期届满自动解聘；可续聘，不得超过三届."""

TITLE = "技能人才评价质量督导员"
EXTERNAL, INTERNAL = "（外督）", "（内督）"
"""第七条: 《技能人才评价质量督导员》（外督）证卡, （内督）证卡."""

LABELS = {"name": "姓名", "code": "编号", "term": "聘期", "employer": "单位"}
PRINTED_BY = "印制单位："
"""反面: 印制单位."""

WIDTH_MM, HEIGHT_MM = 80.0, 110.0
"""宽 80mm，长 110mm，正反两面."""

TITLE_PT, TITLE_LEADING_PT = 16.0, 24.0
"""标题：16 磅，黑体加粗，24 磅行间距, on both sides."""

TEXT_PT, TEXT_LEADING_PT = 12.0, 22.0
"""正文：12 磅，黑体，22 磅行间距."""

PRINTER_PT, PRINTER_LEADING_PT = 12.0, 24.0
"""印制单位：12 磅，黑体加粗，24 磅行间距."""

PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM = 25.0, 35.0
"""彩色 1 寸照片（尺寸 2.5 cm *3.5cm）."""


def term(appointed: date) -> tuple[date, date]:
    """The first and the last day of a term that begins on `appointed`."""
    year = appointed.year + TERM_YEARS
    if (appointed.month, appointed.day) == (2, 29):  # three years on there is none
        return appointed, date(year, 2, 28)
    return appointed, appointed.replace(year=year) - timedelta(days=1)


def term_text(appointed: date) -> str:
    """'2026.03.02-2029.03.01'."""
    first, last = term(appointed)
    return f"{first:%Y.%m.%d}-{last:%Y.%m.%d}"
