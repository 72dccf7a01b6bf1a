"""errors.csv: every finding of a roster in the order of its rows, for Excel and for mail.

UTF-8 with its mark, no cell that Excel would take for a formula, no identity number.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from certgen.clerk.whole import written_whole
from certgen.clerk.words import SEVERITIES, cell_name, in_file
from certgen.issuing.lists import plain
from certgen.model.finding import Finding

NAME = "errors.csv"
HEAD = (
    "文件 file",
    "工作表 sheet",
    "行 row",
    "单元格 cell",
    "程度 severity",
    "说明",
    "what",
    "依据 clause",
    "代码 code",
)


def write(path: Path, roster_file: Path, findings: Iterable[Finding]) -> None:
    """Write the list, in place of an earlier one; a finding that names no file is about `roster_file`.

    Raises `StorageError` where the disk refuses.
    """
    rows = (_row(finding, roster_file.name) for finding in sorted(findings, key=in_file))
    with written_whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(map(plain, row) for row in rows)


def _row(finding: Finding, roster_name: str) -> tuple[str, ...]:
    place, severity = finding.place, SEVERITIES[finding.severity]
    return (
        place.file or roster_name,
        place.sheet,
        "" if place.row is None else str(place.row),
        cell_name(finding),
        f"{severity.zh} {severity.en}",
        finding.said.zh,
        finding.said.en,
        finding.clause,
        finding.code,
    )
