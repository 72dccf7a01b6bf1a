"""The clauses that the rules of the linter rest on: document, article, and the words.

Quoted from the notices with the errors of circulating copies mended (`certgen.standards.contents`,
`certgen.standards.addresses` name them). Where no notice speaks, the clause says so.
"""

from typing import NamedTuple

from certgen.errors import Said


class Clause(NamedTuple):
    """Where a rule is written. `quote` is in the words of the notice."""

    document: str
    article: str
    quote: str

    def __str__(self) -> str:
        """'人社鉴发〔2021〕1号 五(二)'."""
        return f"{self.document} {self.article}".strip()


NOTICE = "人社鉴发〔2021〕1号"
ANNEX = "附件 职业技能等级证书参考样式"

ISSUER = Clause(NOTICE, "一", "证书由评价机构独立印制并发放，政府部门不参与监制。")
CONTENTS = Clause(
    NOTICE,
    "二(一)",
    "证书应包括以下内容：证书名称、证书正文、评价机构名称、发证日期、姓名、证件类型、证件号码、职业名称、"
    "工种/职业方向、职业技能等级、证书编号，以及持证人照片、二维码、证书信息查询网址(http://jndj.osta.org.cn)、"
    "机构信息查询网址(http://pjjg.osta.org.cn)。评价机构可根据实际情况在证书上增加省（自治区、直辖市）"
    "人力资源社会保障部门证书查询网址和证书印制流水码。",
)
TITLE = Clause(NOTICE, "二(二)", "证书名称应统一使用“职业技能等级证书”。")
NAME = Clause(
    NOTICE,
    "二(三)",
    "评价机构名称应与人力资源社会保障部门备案的机构（含分支机构）名称保持一致。",
)
BILINGUAL = Clause(
    NOTICE, "二(四)", "证书内容可采用中英文对照方式，确保翻译规范准确，可参考本通知附件。"
)
SHEET = Clause(
    NOTICE,
    "二(五)",
    "证书印制应满足国家印刷品印制相关标准和要求，建议采用A4纸大小（210mm×297mm）规格、单页形式。",
)
FILLING = Clause(
    NOTICE,
    "三(一)",
    "统一使用小四号仿宋体字填写。不含“工种/职业方向”的，“工种/职业方向”后填写“--”，不得为空。"
    "“职业技能等级”填写“中文数字+级/等级名称”，如“一级/高级技师”。"
    "证书照片处需粘贴或打印本人近半年内一寸彩色白底照片。",
)
SCOPE = Clause(
    NOTICE,
    "三(二)",
    "证书上填写的职业、工种/职业方向、级别应与人力资源社会保障部门备案公布的信息一致。",
)
SEAL = Clause(
    NOTICE,
    "四(一)",
    "证书上应加盖“评价机构名称”或“评价机构名称+职业技能等级认定专用章”印章。",
)
BRANCH_SEAL = Clause(
    NOTICE,
    "四(二)",
    "由评价机构下属分支机构颁发的证书在加盖评价机构印章的同时，须加盖备案“分支机构名称”或"
    "“分支机构名称+职业技能等级认定专用章”印章，其中，评价机构印章在左侧，分支机构印章在右侧。",
)
EMBOSSED = Clause(
    NOTICE,
    "四(三)",
    "证书照片上可加盖评价机构钢印或分支机构钢印，钢印样式和内容应与印章一致。",
)
PERSONNEL_SEAL = Clause(
    NOTICE, "四(四)", "用人单位（含分支机构）印章可用本机构人事劳动保障工作机构代章。"
)
WITHDRAWN = Clause(
    NOTICE,
    "五(一)",
    "人社鉴发〔2019〕2号附件2“职业技能等级证书参考样式”不再使用，新的证书样式参见本通知附件。",
)
WORDS = Clause(
    NOTICE,
    "五(二)",
    "证书上不得使用“中华人民共和国”“中国”“中华”“国家”“全国”和“人力资源社会保障部门”“职业技能鉴定中心”"
    "“中国就业培训技术指导中心”以及“职业资格”“资格凭证”“就业凭证”“录用依据”等字样。",
)
RELATED = Clause(
    NOTICE,
    "五(二)",
    "不得出现国徽、政府部门徽标（logo）等标识，以及与上述相关或易产生歧义和误导的字样、图案或水印。",
)
MARKS = Clause(NOTICE, "五(二)", "不得出现国徽、政府部门徽标（logo）等标识。")
OTHER_LOGO = Clause(NOTICE, "五(二)", "不得出现本机构以外任何其他部门或单位的标识（logo）。")
ELECTRONIC = Clause(
    NOTICE, "五(三)", "上述证书样式及注意事项同样适用于电子证书，评价机构应严格执行。"
)
SAMPLE = Clause(NOTICE, ANNEX, "参考样式（一）、（二）所注字体、字号、尺寸。")
ASSOCIATION = Clause(
    "国办发〔2020〕21号",
    "一(四)",
    "行业协会商会……颁发的证书不得使用“中华人民共和国”、“中国”、“全国”、“中华”、“国家”、“职业资格”或“人员资格”"
    "等字样和国旗、国徽标志。",
)
CAMPAIGN = Clause(
    "人社部函〔2022〕25号",
    "",
    "整治违规使用“岗位合格（凭证）”“专业技术职务”“执业资格”“职业技能鉴定”等字样及虚假宣传用语"
    "（各省转发文件与2022年4月29日网络治理通知所列）。",
)
SCHOOL_CENTRE = Clause(
    "豫人社函〔2022〕8号",
    "三(一)",
    "各院校统一使用“XX学校（院）职业技能等级认定中心”作为机构名称。"
    "（技工院校：豫人社办函〔2020〕35号 一，“×××技工学校（技师学院）职业技能等级认定中心”）",
)
FORM_2019 = Clause(
    "人社鉴发〔2019〕2号",
    "附件2",
    "边框188mm×269mm，2.25磅；证书名称30磅、正文16磅、网址14磅、基本信息16磅，华文楷体；2寸彩色照片；"
    "二维码30mm×30mm。",
)
SPECIAL_ABILITY = Clause(
    "豫人社办函〔2020〕41号", "附件2", "河南省专项职业能力证书参考式样，证书规格148×210。"
)
NONE = Clause("", "", "")
"""No notice speaks: what cannot be read cannot be judged."""

NO_CLAUSE = Said(
    "无对应条款：读不出的内容不能判为合规", "no clause: what cannot be read is not clean"
)
