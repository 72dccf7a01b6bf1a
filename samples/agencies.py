"""The two invented assessment agencies (评价机构): their agency files, filed scopes, rosters and lists.

云河 is an employer (Y) with a branch that issues in its own name: sample 二 of 人社鉴发〔2021〕1号.
青木 is a training organisation (S) of Henan: sample 一. Site numbers stand at the far end of their
ranges, where no agency has been filed.
"""

from dataclasses import dataclass
from datetime import date

import people
import sheets
from people import Holder, Trade

PASSPHRASE = "sample"  # noqa: S105 -- published on purpose, see below
"""Opens the sample keys. They are not secret: they are made on the spot and trusted by nobody."""


@dataclass(frozen=True, slots=True)
class SampleAgency:
    """One agency and everything its folder is made from."""

    folder: str
    name: str  # 备案名称
    seals: dict[str, str]  # file name -> name along the ring
    keys: dict[str, str]  # file name -> name in the certificate
    settings: str  # agency.toml
    trades: tuple[Trade, ...]
    holders: tuple[Holder, ...]
    roster_name: str
    rows: sheets.Rows  # of the roster, titles included
    approved_name: str
    approved_rows: sheets.Rows  # of the list of approved people (审核通过名单)

    def roster(self) -> bytes:
        """The roster: a workbook of text cells, or a CSV as Chinese offices save it, in GB18030."""
        return _table(self.roster_name, self.rows)

    def approved(self) -> bytes:
        """The list as it comes back from the centre (鉴定中心): everybody in the roster is on it."""
        return _table(self.approved_name, self.approved_rows)

    def scope(self) -> bytes:
        """scope.csv, the filed scope (备案职业范围) in the columns of 豫职鉴〔2021〕1号 三(五)."""
        header = ("职业编码", "职业名称", "工种/职业方向", "级别")
        lines = [(t.code, t.occupation, t.job or "", t.levels) for t in self.trades]
        return sheets.csv_bytes([header, *lines])


def _table(name: str, rows: sheets.Rows) -> bytes:
    if name.endswith(".xlsx"):
        return sheets.xlsx_bytes(rows)
    return sheets.csv_bytes(rows, encoding="gb18030")


EMPLOYER_NAME = "云河样例机械制造有限公司"
BRANCH_NAME = f"{EMPLOYER_NAME}泽州分公司"
SCHOOL_NAME = "青木样例职业技能培训学校"

_EMPLOYER_SETTINGS = f"""\
# 样例用人单位，纯属虚构。An invented employer: nothing in this folder exists.
format = 1

[agency]
name = "{EMPLOYER_NAME}"
english_name = "Yunhe Sample Machinery Manufacturing Co., Ltd."
category = "Y"
sample = true

[[sites]]
id = "main"
prefix = "Y000041018999"
filed_from = 2024-03-01
filed_until = 2027-02-28

[[sites]]
id = "zezhou"
prefix = "Y000014999999"
filed_from = 2024-09-01
filed_until = 2027-08-31

[[branches]]
id = "zezhou"
name = "{BRANCH_NAME}"
english_name = "Yunhe Sample Machinery Manufacturing Co., Ltd. Zezhou Branch"
site = "zezhou"

[scope]
file = "scope.csv"

[approval]
list = "approved.xlsx"
required = true

[seals]
agency = {{ picture = "seals/agency.png", diameter_mm = 42, wording = "{EMPLOYER_NAME}" }}
branches.zezhou = {{ picture = "seals/zezhou.png", diameter_mm = 42, wording = "{BRANCH_NAME}" }}

[key]
pkcs12 = "keys/agency.p12"
passphrase_env = "CERTGEN_PASSPHRASE"

[key.branches.zezhou]
pkcs12 = "keys/zezhou.p12"
passphrase_env = "CERTGEN_PASSPHRASE"

[qr]
profile = "signed"
host = "cert.yunhe.example"
key = "keys/payload.pem"
passphrase_env = "CERTGEN_PASSPHRASE"
"""

_SCHOOL_SETTINGS = f"""\
# 样例培训机构，纯属虚构。An invented training organisation: nothing in this folder exists.
format = 1

[agency]
name = "{SCHOOL_NAME}"
english_name = "Qingmu Sample Vocational Skills Training School"
category = "S"
sample = true

[[sites]]
id = "main"
prefix = "S000041019999"
filed_from = 2025-01-01
filed_until = 2027-12-31

[scope]
file = "scope.csv"

[approval]
list = "approved.csv"
required = true

[seals]
agency = {{ picture = "seals/agency.png", diameter_mm = 42, wording = "{SCHOOL_NAME}" }}

[key]
pkcs12 = "keys/agency.p12"
passphrase_env = "CERTGEN_PASSPHRASE"

[qr]
profile = "signed"
host = "cert.qingmu.example"
key = "keys/payload.pem"
passphrase_env = "CERTGEN_PASSPHRASE"

[layout]
print_number = true
"""


def _employer_rows() -> list[list[str]]:
    """Site and branch columns, levels and dates as a human-resources office writes them."""
    header = ["姓名", "证件类型", "证件号码", "职业名称", "工种/职业方向", "职业技能等级"]
    rows = [[f"{EMPLOYER_NAME}职业技能等级认定合格人员名单（样例）"]]
    rows.append([*header, "发证日期", "站点", "分支机构"])
    for holders, site, branch in (
        (people.EMPLOYER_MAIN, "main", ""),
        (people.EMPLOYER_BRANCH, "zezhou", BRANCH_NAME),
    ):
        rows += [
            [*_who(holder), holder.level.written, _written(holder.issued), site, branch]
            for holder in holders
        ]
    return rows


def _school_rows() -> list[list[str]]:
    """With print numbers (印制流水码); a job that does not exist as `--`, levels as digits."""
    header = [
        "印制流水码",
        "姓名",
        "证件类型",
        "证件号码",
        "职业",
        "工种",
        "等级",
        "发证日期",
        "批次",
    ]
    rows = [header]
    for count, holder in enumerate(people.SCHOOL, start=1):
        *who, job = _who(holder)
        number = f"{88000000 + count}"
        rows.append(
            [number, *who, job or "--", str(int(holder.level)), str(holder.issued), "2026-05"]
        )
    return rows


def _approved_rows(holders: tuple[Holder, ...], agency: str) -> list[list[str]]:
    """In the order of the numbers, not of the roster, with columns that the gate does not read."""
    rows = [[f"{agency}职业技能等级认定结果审核通过名单（样例）"]]
    rows.append(["序号", "姓名", "证件号码", "职业", "工种", "等级", "成绩", "审核结果"])
    for count, holder in enumerate(sorted(holders, key=lambda holder: holder.number), start=1):
        trade, score = holder.trade, f"{60 + holder.seed % 40}"
        who = [f"{count}", holder.name, holder.number, trade.occupation, trade.job or "--"]
        rows.append([*who, holder.level.numeral, score, "通过"])
    return rows


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _who(holder: Holder) -> list[str]:
    trade = holder.trade
    return [holder.name, holder.kind.zh, holder.number, trade.occupation, trade.job or ""]


EMPLOYER = SampleAgency(
    folder="yunhe",
    name=EMPLOYER_NAME,
    seals={"agency.png": EMPLOYER_NAME, "zezhou.png": BRANCH_NAME},
    keys={"agency.p12": EMPLOYER_NAME, "zezhou.p12": BRANCH_NAME},
    settings=_EMPLOYER_SETTINGS,
    trades=people.EMPLOYER_TRADES,
    holders=people.EMPLOYER_MAIN + people.EMPLOYER_BRANCH,
    roster_name="roster.xlsx",
    rows=_employer_rows(),
    approved_name="approved.xlsx",
    approved_rows=_approved_rows(people.EMPLOYER_MAIN + people.EMPLOYER_BRANCH, EMPLOYER_NAME),
)
SCHOOL = SampleAgency(
    folder="qingmu",
    name=SCHOOL_NAME,
    seals={"agency.png": SCHOOL_NAME},
    keys={"agency.p12": SCHOOL_NAME},
    settings=_SCHOOL_SETTINGS,
    trades=people.SCHOOL_TRADES,
    holders=people.SCHOOL,
    roster_name="roster.csv",
    rows=_school_rows(),
    approved_name="approved.csv",
    approved_rows=_approved_rows(people.SCHOOL, SCHOOL_NAME),
)
AGENCIES = (EMPLOYER, SCHOOL)
