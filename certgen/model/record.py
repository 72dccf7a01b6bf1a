"""A record: one person's one certificate, as the roster (花名册) states it and before it has a number."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from certgen.model.finding import Place
from certgen.standards.forms import FormId
from certgen.standards.identity import IdentityType
from certgen.standards.levels import Level


@dataclass(frozen=True, slots=True)
class Record:
    """Everything a certificate says about its holder (持证人), checked, and where it was read.

    Two records with the same `identity_type`, `identity_number`, `occupation`, `job`, `level` and `batch` are the same
    certificate, whichever file or row they came from (the register keys on them).
    """

    name: str  # as printed; never Unicode-normalised, middle dots unified to U+00B7
    identity_type: IdentityType
    identity_number: str  # upper case, no spaces
    occupation: str  # 职业名称; on the special-ability certificate the item assessed (考核项目)
    job: str | None  # 工种/职业方向; None prints `--` (人社鉴发〔2021〕1号 三(一))
    level: Level | None  # None only on a form that states none (专项职业能力证书, 督导员证卡)
    issue_date: date  # 发证日期: its year is part of the code
    site: str  # id of a site in the agency file: gives the first 13 characters of the code
    branch: str | None = None  # id of a branch in the agency file: the certificate is sample 二
    batch: str = ""  # 评价批次: tells a re-assessment from a repeated row
    photo: Path | None = None
    print_number: str | None = None  # 印制流水码: of the sheet of paper, not of the certificate
    place: Place = field(default_factory=Place)
    adopted_code: str | None = None  # 证书编号 that the roster brings, where a platform assigns it
    form: FormId = FormId.NATIONAL_2021
    sex: str = ""  # 性别; this and the next two only on the special-ability certificate
    education: str = ""  # 文化程度
    score: str = ""  # 成绩
    employer: str = ""  # 单位, only on the supervisor's card

    @property
    def level_written(self) -> str:
        """The level as a certificate prints it, '' where the form states none."""
        return self.level.written if self.level else ""
