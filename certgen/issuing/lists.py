"""The two lists a run leaves beside its files: what was refused and why, what was issued under which number.

CSV that Excel opens as it is: UTF-8 with its mark, and no cell that Excel would take for a formula.
"""

import csv
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from certgen.issuing import files
from certgen.model.finding import Finding, Severity
from certgen.registry.entries import Entry

REFUSED = "refused.csv"
ISSUED = "issued.csv"


def write(folder: Path, issued: Iterable[Entry], findings: Sequence[Finding]) -> None:
    """Both lists, notes left out; a run in which nothing was left to do leaves none."""
    told = [finding for finding in findings if finding.severity is not Severity.NOTE]
    entries = iter(issued)
    first = next(entries, None)
    if first is not None or told:
        write_issued(folder, chain(() if first is None else (first,), entries))
        write_refused(folder, told)


def write_refused(folder: Path, findings: Iterable[Finding]) -> None:
    """Every finding of the run with its place; no identity number stands in any of them."""
    head = (
        "文件 file",
        "工作表 sheet",
        "行 row",
        "列 column",
        "程度 severity",
        "代码 code",
        "说明",
        "what",
        "依据 clause",
    )
    rows = (
        (
            finding.place.file,
            finding.place.sheet,
            "" if finding.place.row is None else str(finding.place.row),
            finding.place.column,
            finding.severity.value,
            finding.code,
            finding.said.zh,
            finding.said.en,
            finding.clause,
        )
        for finding in findings
    )
    _write(folder / REFUSED, head, rows)


def write_issued(folder: Path, entries: Iterable[Entry]) -> None:
    """Every certificate of the run in the order of the roster."""
    head = (
        "证书编号 code",
        "姓名 name",
        "职业 occupation",
        "等级 level",
        "发证日期 issue date",
        "SHA-256",
    )
    rows = (
        (
            entry.code,
            entry.record.name,
            entry.record.occupation,
            entry.record.level_written,
            entry.record.issue_date.isoformat(),
            entry.sha256,
        )
        for entry in entries
    )
    _write(folder / ISSUED, head, rows)


def _write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with files.in_words(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".csv.part")
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            writer.writerows([plain(cell) for cell in row] for row in rows)
        part.replace(path)


def plain(cell: str) -> str:
    """A cell that Excel shows as text: what looks like a formula gets an apostrophe."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
