"""How a certificate is filled in and in what sizes: every measure with its clause, or inferred.

The notice is 人社鉴发〔2021〕1号 with the labels beside the samples of its 附件. The pictures are
lost: a label that stands beside no block is given to the block it fits, and that is said.
"""

NO_JOB = "--"
"""What stands for no job (工种/职业方向), never empty: 三(一). The form of 2019 used ——."""

MM_PER_PT = 25.4 / 72
"""One point (磅) in millimetres."""

TITLE_PT = 30.0
"""职业技能等级证书, 楷体 30pt: 附件 样式(一), 样式(二)."""

TITLE_EN_PT = 16.0
"""Its translation, TimesNewRoman 16pt: 附件 样式(一), 样式(二)."""

BODY_PT = 16.0
"""Both bodies: 楷体 16pt, 附件 样式(二); TimesNewRoman 16pt, 附件 样式(一), 样式(二)."""

LABEL_PT = 12.0
"""Labels of the fields, names of agency and branch, date: 楷体, TimesNewRoman 12pt, 附件."""

ADDRESS_PT = 11.0
"""The query addresses: 楷体, TimesNewRoman 11pt, 附件 样式(一); inferred to be meant."""

PRINT_NUMBER_PT = 12.0
"""The print number (印制流水码): TimesNewRoman 12pt, 附件 样式(一); inferred to be meant."""

FILLED_PT = 12.0
"""Every filled value, 小四号仿宋体: 三(一). 小四 is 12 pt."""

SHEET_WIDTH_MM = 297.0
"""A4, single sheet: 二(五). Landscape is inferred from 人社鉴发〔2019〕2号 附件2 (横排)."""

SHEET_HEIGHT_MM = 210.0
"""See `SHEET_WIDTH_MM`."""

PHOTO_WIDTH_MM = 25.0
"""One inch (一寸), colour, white ground: 三(一). 25 by 35 mm: 人社职司便函〔2020〕53号 附件2."""

PHOTO_HEIGHT_MM = 35.0
"""See `PHOTO_WIDTH_MM`."""

QR_MM = 30.0
"""30mm*30mm in 附件 names no block; 人社鉴发〔2019〕2号 附件2 gives it to the QR code: inferred."""

SEAL_MAX_MM = 45.0
"""The largest seal (印章) of an enterprise, institution or association: 国发〔1999〕25号."""
