"""Reads a list of numbers issued elsewhere (导入编号), for `Register.import_numbers`.

Columns as in a roster, with code and issue date: 证书编号, 姓名, 证件号码, 职业, 工种, 等级, 发证日期.
The site is the one whose prefix the code carries. Filing scope and period are not asked: they say
what may be issued today, and these certificates are out already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from certgen.errors import InputError
from certgen.exchange.agency import Agency
from certgen.intake.adopted import contradictions, read_code
from certgen.intake.cells import Cell, Read, error
from certgen.intake.columns import ALIASES, Field, Header
from certgen.intake.dates import read_date
from certgen.intake.hands import Hand
from certgen.intake.identities import number_findings, read_number, read_type
from certgen.intake.sheets import find_sheet
from certgen.intake.texts import read_job, read_level, read_name, read_occupation, read_text
from certgen.model.finding import Finding, Place
from certgen.model.record import Record
from certgen.registry.entries import Wanted
from certgen.standards.codes.counting import CodeKind
from certgen.standards.codes.national import CLAUSE, CertificateCode
from certgen.standards.forms import FORMS

_NEEDED = (Field.CODE, Field.ISSUE_DATE)  # beside what every roster needs


@dataclass(frozen=True, slots=True)
class ImportList:
    """A list as it was understood: total = rows that can be imported + refused ones."""

    rows: tuple[Wanted, ...]
    refused: int
    findings: tuple[Finding, ...]  # about the file and about its rows

    @property
    def total(self) -> int:
        """How many rows of people the list has."""
        return len(self.rows) + self.refused


def read(path: Path, agency: Agency, today: date, *, sheet: str | None = None) -> ImportList:
    """Every row of the list, checked as a roster's.

    Raises `InputError` for a file that cannot be read or lacks a column.
    """
    if FORMS[agency.form].numbers is not CodeKind.CERTIFICATE:
        raise InputError(
            zh="只能导入职业技能等级证书的编号；其他证书的编号由名册逐行带来",
            en="only numbers of skill-level certificates are imported; those of other documents come with "
            "each roster",
        )
    found = find_sheet(path, sheet, agency.form)
    missing = [field for field in _NEEDED if field not in found.header.columns]
    if missing:
        raise _no_column(path, missing)
    reader = _Reader(found.header, agency, today)
    rows: list[Wanted] = []
    findings = list(found.findings)
    refused = 0
    for number, cells in found.people():
        row, said = reader.read(replace(found.place, row=number), cells)
        findings += said
        if row is None:
            refused += 1
        else:
            rows.append(row)
    return ImportList(tuple(rows), refused, tuple(findings))


def _read_certificate_code(cell: Cell) -> Read[CertificateCode]:
    code, findings = read_code(cell)
    return Read(code if isinstance(code, CertificateCode) else None, findings)


class _Reader:
    """Turns rows of the list into what the register takes over."""

    def __init__(self, header: Header, agency: Agency, today: date) -> None:
        self._header = header
        self._agency = agency
        self._today = today
        self._sites = {site.prefix: site for site in agency.sites.values()}

    def read(
        self, place: Place, cells: Sequence[Cell]
    ) -> tuple[Wanted | None, tuple[Finding, ...]]:
        """The row and what was found in it; None where a finding refuses it."""
        hand = Hand(place, self._header, cells)
        wanted = self._wanted(hand)
        refused = any(finding.refuses for finding in hand.findings)
        return None if refused else wanted, tuple(hand.findings)

    def _wanted(self, hand: Hand) -> Wanted | None:
        code = hand.take(Field.CODE, _read_certificate_code)
        name = hand.take(Field.NAME, read_name)
        number = hand.take(Field.IDENTITY_NUMBER, read_number)
        kind = hand.take(Field.IDENTITY_TYPE, partial(read_type, number=number))
        occupation = hand.take(Field.OCCUPATION, read_occupation)
        job = hand.take(Field.JOB, read_job)
        level = hand.take(Field.LEVEL, read_level)
        issued = hand.take(Field.ISSUE_DATE, partial(read_date, today=self._today))
        batch = hand.take(Field.BATCH, read_text)
        if number and kind:
            hand.say(Field.IDENTITY_NUMBER, *number_findings(kind, number, self._today))
        # Spelt out, because a None here stands beside its finding or beside another field's.
        if not (code and name and number and kind and occupation and level and issued):
            return None
        if job is None or batch is None:
            return None
        hand.say(Field.CODE, *contradictions(code, code.prefix, issued, level))
        site = self._sites.get(code.prefix)
        if site is None:
            hand.say(Field.CODE, self._other_site(code))
            return None
        record = Record(
            name=name,
            identity_type=kind,
            identity_number=number,
            occupation=occupation,
            job=job or None,
            level=level,
            issue_date=issued,
            site=site.id,
            batch=batch,
            place=hand.place,
            adopted_code=str(code),
        )
        first = self._agency.first_serial(site.id, issued.year, level)
        return Wanted(record, site.prefix, first, "")

    def _other_site(self, code: CertificateCode) -> Finding:
        listed = "、".join(self._sites)
        return error(
            "import/other-site",
            zh=f"编号前 13 位 {code.prefix} 不属于机构配置中的任何站点（{listed}），请核对名单或机构配置",
            en=f"the code begins with {code.prefix}, which is no site of the agency file "
            f"({', '.join(self._sites)}): check the list or the agency file",
            clause=f"{CLAUSE} 二(一)至(四)",
        )


def _no_column(path: Path, missing: Sequence[Field]) -> InputError:
    return InputError(
        zh=f"{path.name} 缺少导入编号所需的列："
        + "、".join(ALIASES[field][0] for field in missing),
        en=f"{path.name} lacks a column that an import of numbers needs: " + ", ".join(missing),
    )
