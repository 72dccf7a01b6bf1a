"""Samples of the other forms: special-ability certificates, cards, reprints on the form of 2019, veterans' affairs.

Agency codes stand where nobody is: place 9999 and site 018999 exist in no list.
"""

from dataclasses import dataclass

import people
import sheets
from people import resident

from certgen.standards import veterans


@dataclass(frozen=True, slots=True)
class SampleForm:
    """A folder with agency file, roster and portraits for one form; nothing in it is signed."""

    folder: str
    settings: str
    roster_name: str
    rows: sheets.Rows
    numbers: tuple[str, ...]  # of those whose portraits are drawn

    def roster(self) -> bytes:
        """The roster as a workbook of text cells or as CSV."""
        if self.roster_name.endswith(".xlsx"):
            return sheets.xlsx_bytes(self.rows)
        return sheets.csv_bytes(self.rows)


def _settings(name: str, english: str, category: str, prefix: str, form: str) -> str:
    return f"""\
# 样例机构，纯属虚构。An invented agency: nothing in this folder exists.
format = 1

[agency]
name = "{name}"
english_name = "{english}"
category = "{category}"
sample = true

[[sites]]
id = "main"
prefix = "{prefix}"
filed_from = 2019-01-01
filed_until = 2027-12-31

[layout]
form = "{form}"
"""


_ABILITY_NUMBERS = tuple(resident(born, nth) for born, nth in (
    ("19850612", 52), ("19930228", 53), ("19781103", 54), ("20000917", 55), ("19690420", 56),
))  # fmt: skip
ABILITY = SampleForm(
    folder="ability",
    settings=_settings(
        "泽州样例职业技能培训学校", "Zezhou Sample Vocational School", "S", "99995001",
        "henan-2020-special-ability",
    ),
    roster_name="roster.xlsx",
    rows=[
        ["专项职业能力考核合格人员名单（样例）"],
        ["证书编号", "姓名", "性别", "文化程度", "身份证号", "考核项目", "成绩", "发证日期"],
        ["269999500100001", "苗青", "女", "高中", _ABILITY_NUMBERS[0], "烩面制作", "合格", "2026-04-10"],
        ["269999500100002", "贺𬭎", "男", "大专", _ABILITY_NUMBERS[1], "直播销售", "85", "2026-04-10"],
        ["269999500100003", "古丽巴哈尔·买买提", "女", "初中", _ABILITY_NUMBERS[2],
         "地方特色小吃（胡辣汤、水煎包）制作", "合格", "2026-04-10"],
        ["269999500100004", "阿卜杜拉江·艾合买提", "男", "本科", _ABILITY_NUMBERS[3], "茶艺", "优秀",
         "2026-04-10"],
        ["269999500100005", "冉静", "女", "小学", _ABILITY_NUMBERS[4], "苗木嫁接", "合格", "2026-04-10"],
    ],
    numbers=_ABILITY_NUMBERS,
)  # fmt: skip

_CARD_NUMBERS = tuple(resident(born, nth) for born, nth in (
    ("19800101", 57), ("19760815", 58), ("19901224", 59), ("19830930", 60),
))  # fmt: skip
CARDS = SampleForm(
    folder="cards",
    settings=_settings(
        "云河样例机械制造有限公司", "Yunhe Sample Machinery Manufacturing Co., Ltd.", "Y", "Y018999",
        "supervisor-2020",
    ),
    roster_name="roster.csv",
    rows=[
        ["姓名", "证件号码", "单位", "聘任日期"],
        ["程立", _CARD_NUMBERS[0], "云河样例机械制造有限公司", "2026-03-02"],
        ["穆萨江·吐尔逊", _CARD_NUMBERS[1], "云河样例机械制造有限公司泽州分公司", "2026-03-02"],
        ["覃雨桐", _CARD_NUMBERS[2], "云河样例机械制造有限公司", "2026-03-02"],
        ["单㛃", _CARD_NUMBERS[3], "云河样例高端精密装备研究院", "2026-03-02"],
    ],
    numbers=_CARD_NUMBERS,
)  # fmt: skip

_REPRINT_NUMBERS = tuple(resident(born, nth) for born, nth in (
    ("19880303", 61), ("19720611", 62), ("19951010", 63),
))  # fmt: skip
REPRINTS = SampleForm(
    folder="reprints",
    settings=_settings(
        "云河样例机械制造有限公司", "Yunhe Sample Machinery Manufacturing Co., Ltd.", "Y",
        "Y000041018999", "national-2019",
    ),
    roster_name="roster.csv",
    rows=[
        ["证书编号", "姓名", "证件类型", "证件号码", "职业名称", "工种名称", "职业技能等级", "发证日期"],
        ["Y000041018999203000001", "沈砚", "居民身份证", _REPRINT_NUMBERS[0], "车工", "数控车床", "3",
         "2020-06-01"],
        ["Y000041018999201000002", "布合力其汗·阿卜杜克热木江", "居民身份证", _REPRINT_NUMBERS[1],
         people.CHIPS.occupation, "", "1", "2020-11-20"],
        ["Y000041018999205000003", "乐扬", "居民身份证", _REPRINT_NUMBERS[2], "焊工", "电焊工", "5",
         "2020-12-31"],
    ],
    numbers=_REPRINT_NUMBERS,
)  # fmt: skip

_VETERANS_NUMBERS = tuple(resident(born, nth) for born, nth in (
    ("19820801", 64), ("19910405", 65), ("19870711", 66),
))  # fmt: skip
VETERANS = SampleForm(
    folder="veterans",
    settings=_settings(
        "泽州样例退役军人职业技能培训中心", "Zezhou Sample Training Centre for Veterans' Affairs", "S",
        "S000041018996", "veterans-2024",
    ),
    roster_name="roster.csv",
    rows=[
        ["姓名", "证件类型", "证件号码", "职业名称", "工种名称", "职业技能等级", "发证日期"],
        ["祁连", "居民身份证", _VETERANS_NUMBERS[0], veterans.OCCUPATION, "", "三级/高级工", "2026-05-15"],
        ["古力·买买提", "居民身份证", _VETERANS_NUMBERS[1], veterans.OCCUPATION, "", "四级/中级工",
         "2026-05-15"],
        ["蒲月", "居民身份证", _VETERANS_NUMBERS[2], veterans.OCCUPATION, "", "一级/高级技师", "2026-05-15"],
    ],
    numbers=_VETERANS_NUMBERS,
)  # fmt: skip
"""Its style is not public: rows are refused until `[layout] file` gives one; `certgen filing-pack` draws a specimen."""

FORMS = (ABILITY, CARDS, REPRINTS, VETERANS)
