"""The good roster that every case of the corpus spoils. Nobody here exists; 190000 is no place."""

from datetime import UTC, datetime
from pathlib import Path

from certgen.intake.cells import Cell
from certgen.standards.identity import check_digit

from .paper import HEADER, Line, Paper

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

HEADINGS = {
    "name": "姓名",
    "identity_type": "证件类型",
    "identity_number": "证件号码",
    "occupation": "职业名称",
    "job": "工种/职业方向",
    "level": "职业技能等级",
    "issue_date": "发证日期",
    "site": "站点",
    "branch": "分支机构",
    "batch": "批次",
}

_AGENCY = """\
format = 1
[agency]
name = "云禾样例机械有限公司"
english_name = "Yunhe Sample Machinery Co., Ltd."
category = "Y"
sample = true
[[sites]]
id = "main"
prefix = "Y000041001123"
filed_from = 2025-01-01
filed_until = 2028-12-31
[[sites]]
id = "south"
prefix = "Y000041001124"
filed_from = 2025-01-01
filed_until = 2025-12-31
[[branches]]
id = "north"
name = "云禾样例机械北方分公司"
english_name = "Yunhe Sample North"
site = "main"
[scope]
file = "scope.csv"
"""

_SCOPE = """\
职业名称,工种/职业方向,等级
车工,,5
车工,数控车床,4、3
焊工,电焊工,5-1
消防设施操作员,,5-1
国家电网维修工,,5-1
"""


def agency(folder: Path, more: str = "") -> Path:
    """The agency file (机构配置) with its scope, in `folder`; `more` is added to it."""
    (folder / "scope.csv").write_text(_SCOPE, encoding="utf-8")
    path = folder / "agency.toml"
    path.write_text(_AGENCY + more, encoding="utf-8")
    return path


def number(serial: int, born: str = "19900615") -> str:
    """A resident number (公民身份号码) with a right check digit; an odd serial is a man's."""
    first = f"190000{born}{serial:03}"
    return first + check_digit(first)


def person(serial: int, name: str = "王㛃", **changes: Cell) -> Line:
    """A good line about 'p<serial>', changed as asked."""
    cells: dict[str, Cell] = {
        "name": name,
        "identity_type": "居民身份证",
        "identity_number": number(serial),
        "occupation": "车工",
        "job": "数控车床",
        "level": "三级/高级工",
        "issue_date": "2026-03-15",
        "site": "main",
    }
    return Line(cells | changes, key=f"p{serial}")


def good_roster(people: int = 6) -> Paper:
    """A roster that gives no finding: two branches of trade, two kinds of document, a branch."""
    special: dict[int, Line] = {
        2: person(2, "李样品", occupation="焊工", job="电焊工", level="五级/初级工"),
        4: person(4, "欧阳示例", branch="north", batch="2026-1"),
        # The specimen number of the residence permit of 2018.
        5: person(
            5, "陈大文", identity_type="港澳台居民居住证", identity_number="810000199408230021"
        ),
        6: person(6, "阿依古丽·样例", occupation="车工", job="", level="5"),
    }
    names = "赵钱孙李周吴郑王"
    lines = (
        special.get(serial) or person(serial, names[serial % 8] + "样例")
        for serial in range(1, people + 1)
    )
    return Paper(tuple(HEADINGS), (Line(dict(HEADINGS), key=HEADER), *lines))
