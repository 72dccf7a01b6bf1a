"""What stands on Henan's special-ability certificate (河南省专项职业能力证书): 豫人社办函〔2020〕41号 附件2.

The notice describes its sample in words; the picture is lost. Light green ground, ornamental border, bold black title,
photo and QR code on the left under it, the record of the assessment on the right.
"""

from certgen.errors import Said

CLAUSE = "豫人社办函〔2020〕41号 附件2"

TITLE = Said("河南省专项职业能力证书", "Special Vocational Ability Certificate of Henan")
"""The title; the English is ours and is not printed."""

HEADING = "专项职业能力考核记录"
RECORD = ("持证人参加", "专项职业能力考核，成绩", "具备从事本专项工作的技能。")
"""The three lines of the record; the item (考核项目) follows the first, the score (成绩) the second."""

LABELS = {
    "name": "姓名",
    "sex": "性别",
    "education": "文化程度",
    "code": "证书编号",
    "identity_number": "身份证号",
}
"""The fields on the left, in order."""

ISSUER = "发证机构（印）"
QUERY = "证书查询：河南省职业资格工作网（ha.osta.org.cn）"

SHEET_WIDTH_MM = 210.0
"""证书规格：148×210. Landscape is inferred: the sample has fields left, the record right, the title above both."""

SHEET_HEIGHT_MM = 148.0
"""See `SHEET_WIDTH_MM`."""

SEXES = ("男", "女")
