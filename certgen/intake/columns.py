"""Finds the header of a roster under its titles, and which column holds what.

A header (表头) is the first row among the first 20 that names all necessary columns, in Chinese or
English, whatever spaces, stars, colons and remarks in brackets stand around the words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from itertools import islice

from certgen.intake.cells import column_letter, text_of
from certgen.intake.grids import Merged, Table
from certgen.standards.forms import FormId
from certgen.standards.text import half_width

HEADER_WITHIN = 20
"""Rows in which the header is looked for."""


class Field(StrEnum):
    """What a column of a roster may hold. The values are the keys of `Roster.columns`."""

    NAME = "name"
    IDENTITY_TYPE = "identity_type"
    IDENTITY_NUMBER = "identity_number"
    OCCUPATION = "occupation"
    JOB = "job"
    LEVEL = "level"
    ISSUE_DATE = "issue_date"
    SITE = "site"
    BRANCH = "branch"
    BATCH = "batch"
    PRINT_NUMBER = "print_number"
    PHOTO = "photo"
    CODE = "code"
    ADMISSION_NUMBER = "admission_number"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    EDUCATION = "education"
    SCORE = "score"
    EMPLOYER = "employer"


NECESSARY = (Field.NAME, Field.IDENTITY_NUMBER, Field.OCCUPATION, Field.LEVEL)
"""Without these columns a table is no roster."""

_NECESSARY_FOR: Mapping[FormId, tuple[Field, ...]] = {
    FormId.SPECIAL_ABILITY: (  # 豫人社办函〔2020〕41号 附件2
        Field.NAME, Field.IDENTITY_NUMBER, Field.OCCUPATION, Field.SEX, Field.EDUCATION,
        Field.SCORE, Field.CODE,
    ),
    FormId.SUPERVISOR_CARD: (Field.NAME, Field.IDENTITY_NUMBER, Field.EMPLOYER),
}  # fmt: skip


def necessary(form: FormId) -> tuple[Field, ...]:
    """The columns without which a table is no roster for that form."""
    return _NECESSARY_FOR.get(form, NECESSARY)


ALIASES: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("姓名", "名字", "持证人姓名", "考生姓名", "学员姓名", "Name", "Full name"),
    Field.IDENTITY_TYPE: (
        "证件类型", "证件类别", "证件种类", "身份证件类型", "ID type", "Identity type",
        "Document type",
    ),
    Field.IDENTITY_NUMBER: (
        "证件号码", "证件号", "身份证号码", "身份证号", "身份证件号码", "公民身份号码", "身份证",
        "ID No.", "ID number", "Identity number", "Document number",
    ),
    Field.OCCUPATION: (
        "职业名称", "职业", "认定职业", "申报职业", "评价职业", "Occupation", "Occupation name",
    ),
    Field.JOB: (
        "工种/职业方向", "工种", "工种名称", "职业方向", "认定工种", "申报工种", "Job", "Job name",
    ),
    Field.LEVEL: (
        "职业技能等级", "技能等级", "等级", "级别", "认定等级", "认定级别", "申报等级", "申报级别",
        "评价等级", "Skill level", "Level",
    ),
    Field.ISSUE_DATE: (
        "发证日期", "颁证日期", "核发日期", "发证时间", "Issue date", "Issued date",
        "Date of issue",
    ),
    Field.SITE: ("站点", "评价站点", "站点编号", "Site", "Site id"),
    Field.BRANCH: ("分支机构", "分支机构名称", "Branch", "Branch name"),
    Field.BATCH: ("批次", "评价批次", "认定批次", "考试批次", "批次号", "Batch"),
    Field.PRINT_NUMBER: (
        "印制流水码", "证书印制流水码", "流水码", "印制流水号", "Print No.", "Print number",
    ),
    Field.PHOTO: (
        "照片", "照片文件", "照片文件名", "相片", "Photo", "Photo file", "Photo file name",
    ),
    Field.CODE: (
        "证书编号", "证书编码", "证书号码", "证书号", "Certificate No.", "Certificate number",
        "Certificate code",
    ),
    Field.ADMISSION_NUMBER: (
        "准考证号", "准考证号码", "准考证", "考号", "Admission No.", "Admission number",
    ),
    # Not printed: they bear witness to the identity number when columns have moved.
    Field.SEX: ("性别", "Sex", "Gender"),
    Field.BIRTH_DATE: (
        "出生日期", "出生年月日", "出生年月", "生日", "Date of birth", "Birth date", "Birthday",
    ),
    # Read only where the form prints them: see `_MORE`.
    Field.EDUCATION: ("文化程度", "学历", "Education"),
    Field.SCORE: ("成绩", "考核成绩", "评定成绩", "Score", "Result"),
    Field.EMPLOYER: ("单位", "工作单位", "所在单位", "Employer"),
}  # fmt: skip
"""How rosters head their columns; the first is the name used in messages."""

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NO_WORD = re.compile(r"[\W_]+")
_LATIN = re.compile("[a-z]+")


@dataclass(frozen=True)
class Header:
    """Where the header stands and which columns, counted from 0, hold each field.

    A field with several columns is read from the first; the others must agree with it.
    """

    row: int
    columns: Mapping[Field, tuple[int, ...]]
    necessary: tuple[Field, ...] = NECESSARY

    @cached_property
    def first(self) -> Mapping[Field, int]:
        """The column that is read for each field."""
        return {field: at[0] for field, at in self.columns.items()}

    @cached_property
    def twins(self) -> Mapping[Field, tuple[int, ...]]:
        """The fields with several columns."""
        return {field: at for field, at in self.columns.items() if len(at) > 1}

    @property
    def missing(self) -> tuple[Field, ...]:
        """The necessary fields this row does not name: empty for a real header."""
        return tuple(field for field in self.necessary if field not in self.columns)

    def letter(self, field: Field) -> str:
        """The letter of the column that is read for `field`, '' where there is none."""
        return column_letter(self.columns[field][0]) if field in self.columns else ""


def find_header(table: Table, form: FormId = FormId.NATIONAL_2021) -> Header:
    """The header of the table, or where it has none the row that comes nearest to one.

    A header may take two rows: group headings (考生信息) over the names of columns, or headings
    merged with the row below. Its `row` is the last of them: data begin under it.
    """
    wanted, meanings = necessary(form), _meanings(form)
    nearest = Header(0, {}, wanted)
    words_above: dict[int, str] = {}
    for number, cells in islice(table.rows(), HEADER_WITHIN):
        words = {index: text_of(cell) for index, cell in enumerate(cells)}
        header = Header(number, _columns(words, meanings), wanted)
        if not header.missing:
            return replace(header, row=_last_row(table, header))
        spread = _spread(table, number - 1, words_above)
        both = Header(number, _two_rows(spread, words, meanings), wanted)
        if not both.missing:
            return both
        nearest = min(nearest, header, key=lambda one: len(one.missing))
        words_above = words
    return nearest


def _last_row(table: Table, header: Header) -> int:
    """Where the headings are merged with the row below, that row holds no person."""
    used = {index for columns in header.columns.values() for index in columns}
    below = (area.last_row for area in _merged_at(table, header.row) if area.first_column in used)
    return min(max(below, default=header.row), header.row + 1)


def _two_rows(
    upper: Mapping[int, str], lower: Mapping[int, str], meanings: "Meanings"
) -> dict[Field, tuple[int, ...]]:
    """Columns named by their lower heading, else by both together ('证件' over '号码'), else above."""
    words: dict[int, str] = {}
    for index in range(max((*upper, *lower), default=-1) + 1):
        over, under = upper.get(index, ""), lower.get(index, "")
        words[index] = next(
            (text for text in (under, over + under, over) if _meaning(text, meanings)),
            under or over,
        )
    return _columns(words, meanings)


def _spread(table: Table, row: int, words: Mapping[int, str]) -> Mapping[int, str]:
    """A heading merged over several columns stands over each of them."""
    spread = dict(words)
    for area in _merged_at(table, row):
        for index in range(area.first_column, area.last_column + 1):
            spread[index] = words.get(area.first_column, "")
    return spread


def _merged_at(table: Table, row: int) -> tuple[Merged, ...]:
    return tuple(area for area in table.merged if area.first_row <= row <= area.last_row)


def _columns(words: Mapping[int, str], meanings: "Meanings") -> dict[Field, tuple[int, ...]]:
    found: dict[Field, tuple[int, ...]] = {}
    for index, text in words.items():
        field = _meaning(text, meanings)
        if field:
            found[field] = (*found.get(field, ()), index)
    return found


def _meaning(text: str, meanings: "Meanings") -> Field | None:
    heading = _folded(text)
    # '姓名 Name', as the certificate itself labels it, is read by its Chinese half.
    return meanings.get(heading) or meanings.get(_LATIN.sub("", heading))


def _folded(text: str) -> str:
    """'* 证件号码（18位）：' and '证件号码' are one heading; '工种/职业方向' is one word."""
    return _NO_WORD.sub("", _REMARK.sub("", half_width(text))).casefold()


Meanings = Mapping[str, Field]

_MORE: Mapping[FormId, Mapping[Field, tuple[str, ...]]] = {
    FormId.SPECIAL_ABILITY: {
        Field.OCCUPATION: ("考核项目", "项目名称", "专项职业能力", "专项职业能力名称", "Item"),
        Field.EDUCATION: ALIASES[Field.EDUCATION],
        Field.SCORE: ALIASES[Field.SCORE],
    },
    FormId.SUPERVISOR_CARD: {
        Field.EMPLOYER: ALIASES[Field.EMPLOYER],
        Field.CODE: ("证卡编号", "督导员证卡编号", "编号", "Card No."),
        Field.ISSUE_DATE: ("聘任日期", "聘期起始日期", "核发日期", "Appointed on"),
    },
}
"""Headings that mean something only for one form: in other rosters 成绩 or 单位 is a column nobody reads."""

_FORM_FIELDS = frozenset({Field.EDUCATION, Field.SCORE, Field.EMPLOYER})


@cache
def _meanings(form: FormId) -> Meanings:
    usual = ((field, aliases) for field, aliases in ALIASES.items() if field not in _FORM_FIELDS)
    return {
        _folded(alias): field
        for field, aliases in (*usual, *_MORE.get(form, {}).items())
        for alias in aliases
    }
