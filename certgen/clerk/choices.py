"""The drop-downs of the roster template: what was filed, on a hidden sheet that the cells refer to.

An occupation narrows the jobs, occupation and job narrow the levels: Excel, WPS and LibreOffice
look them up with the same formula.
"""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from certgen.exchange.agency import Agency, ScopeEntry
from certgen.intake.columns import Field
from certgen.standards.filling import NO_JOB
from certgen.standards.identity_types import IdentityType
from certgen.standards.levels import Level

SHEET = "选项 Lists"
_LAST_ROW = 1_048_576


class Choices:
    """The hidden sheet of a template, filled list by list; each list gives the rule for its cells."""

    def __init__(self, book: Workbook, agency: Agency) -> None:
        self._sheet = book.create_sheet(SHEET)
        self._sheet.sheet_state = "hidden"
        self._agency = agency
        self._next = 1  # the first free column

    def rules(self, letters: dict[Field, str], first_row: int) -> Iterable[DataValidation]:
        """The drop-down of every column that has one; `letters` says where each field stands."""
        plain: dict[Field, Sequence[str]] = {
            Field.IDENTITY_TYPE: [kind.zh for kind in IdentityType],
            Field.SITE: list(self._agency.sites),
            Field.BRANCH: [branch.name for branch in self._agency.branches.values()],
        }
        formulas = {
            field: self._list(values)
            for field, values in plain.items()
            if values and field in letters
        }
        formulas |= self._skills(letters, first_row)
        for field, formula in formulas.items():
            yield _rule(formula, letters[field], first_row)

    def _skills(self, letters: dict[Field, str], first_row: int) -> dict[Field, str]:
        scope = self._agency.scope
        if not scope:
            return {Field.LEVEL: self._list([level.written for level in Level])}
        occupation = f"${letters[Field.OCCUPATION]}{first_row}"
        job = f"${letters[Field.JOB]}{first_row}"
        key = f'{occupation}&"|"&IF({job}="","{NO_JOB}",{job})'
        levels = sorted({(_key(entry), level) for entry in scope for level in entry.levels})
        return {
            Field.OCCUPATION: self._list(list(dict.fromkeys(entry.occupation for entry in scope))),
            Field.JOB: self._lookup(occupation, sorted({_pair(entry) for entry in scope})),
            Field.LEVEL: self._lookup(key, [(name, level.written) for name, level in levels]),
        }

    def _list(self, values: Sequence[str]) -> str:
        """A list that is the same in every row."""
        column = self._column(values)
        return f"{quote_sheetname(SHEET)}!${column}$1:${column}${len(values)}"

    def _lookup(self, key: str, pairs: Sequence[tuple[str, str]]) -> str:
        """The values beside `key`. Equal keys stand below each other, so that they are one range."""
        keys = self._column([name for name, _ in pairs])
        values = self._column([value for _, value in pairs])
        sheet = quote_sheetname(SHEET)
        where = f"{sheet}!${keys}$1:${keys}${len(pairs)}"
        return f"OFFSET({sheet}!${values}$1,MATCH({key},{where},0)-1,0,COUNTIF({where},{key}),1)"

    def _column(self, values: Iterable[str]) -> str:
        column, self._next = self._next, self._next + 1
        for row, value in enumerate(values, 1):
            cell = self._sheet.cell(row, column, value)
            cell.data_type = "s"
        return get_column_letter(column)


def _pair(entry: ScopeEntry) -> tuple[str, str]:
    return entry.occupation, entry.job or NO_JOB


def _key(entry: ScopeEntry) -> str:
    return "|".join(_pair(entry))


def _rule(formula: str, column: str, first_row: int) -> DataValidation:
    rule = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="请从列表中选择",
        error="此处只能填列表中的内容（与机构配置、备案范围一致）。\nChoose one from the list.",
    )
    rule.add(f"{column}{first_row}:{column}{_LAST_ROW}")
    return rule
