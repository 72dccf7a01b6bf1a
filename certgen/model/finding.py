"""A finding (发现): one fact about a row, a photo or a design that somebody must read.

Facts are values, not exceptions: a batch never stops at the first bad row. Codes are permanent and never renumbered.
"""

from dataclasses import dataclass
from enum import StrEnum

from certgen.errors import Said


class Severity(StrEnum):
    """Follows the verb of the notice: 不得, 应, 统一 → error; needs eyes → review; 建议, 参考 → warning; 可 → note."""

    ERROR = "error"
    REVIEW = "review"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader finds the fact, in the words of the program that made the file.

    `row` counts from 1 as Excel and text editors do, title rows included; `column` is the letter Excel shows ('C').
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def in_(self, lang: str) -> str:
        """'roster.xlsx, sheet 名单, row 7, column C' or its Chinese form; only the parts that are known."""
        zh = lang == "zh"
        parts = [self.file]
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”" if zh else f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"第 {self.row} 行" if zh else f"row {self.row}")
        if self.column:
            parts.append(f"{self.column} 列" if zh else f"column {self.column}")
        return ("，" if zh else ", ").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact, where it stands and what to do about it. `said` never holds an identity number."""

    code: str  # permanent short id, 'identity/check-digit'
    severity: Severity
    said: Said
    place: Place = Place()
    clause: str = ""  # '人社鉴发〔2021〕1号 三(一)', or empty where no notice speaks

    @property
    def refuses(self) -> bool:
        """Whether the row it is about may not be issued."""
        return self.severity is Severity.ERROR
