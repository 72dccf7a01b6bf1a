"""Opens a roster (花名册) file as tables of cells, whatever its format, with the rows Excel shows.

This is the seam for formats: a format is one function from a path to `Table` values. The content
of the file decides the format, never its name.
"""

from pathlib import Path

from certgen.errors import InputError
from certgen.intake import delimited, workbooks
from certgen.intake.grids import Marks, Merged, Table

__all__ = ["Marks", "Merged", "Table", "open_partner", "open_tables"]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and every encrypted workbook
_BOM = b"\xef\xbb\xbf"
# What stands beside a workbook while Excel and WPS, LibreOffice, or older WPS have it open.
_LOCKS = (("~$", ""), (".~lock.", "#"), (".~", ""))


def open_tables(path: Path) -> tuple[Table, ...]:
    """Every table of the file, visible sheets first.

    Raises `InputError` for a file that cannot be read or is in no accepted form.
    """
    _refuse_lock_file(path)
    try:
        with path.open("rb") as file:
            head = file.read(len(_COMPOUND))
        if not head:
            raise _empty(path)
        if head.removeprefix(_BOM).lstrip().startswith(b"<"):
            raise _web_page(path)
        if head.startswith(_ZIP):
            return workbooks.open_package(path)
        return workbooks.open_xls(path) if head == _COMPOUND else (delimited.open_csv(path),)
    except PermissionError as problem:
        raise _locked(path) from problem
    except OSError as problem:
        raise InputError(
            zh=f"无法读取花名册 {path.name}：{problem.strerror}",
            en=f"cannot read the roster {path.name}: {problem.strerror}",
        ) from problem


def open_partner(path: Path) -> str:
    """The name of the lock file that says another program has `path` open, or ''."""
    names = (f"{before}{path.name}{after}" for before, after in _LOCKS)
    return next((name for name in names if path.with_name(name).exists()), "")


def _refuse_lock_file(path: Path) -> None:
    for before, after in _LOCKS:
        if path.name.startswith(before) and path.name.endswith(after):
            meant = path.name[len(before) : len(path.name) - len(after)]
            raise InputError(
                zh=f"{path.name} 是表格软件打开文件时留下的临时锁文件，不是花名册；请选择 {meant}",
                en=f"{path.name} is the lock file of a spreadsheet that is open, not a roster: "
                f"choose {meant}",
            )


def _locked(path: Path) -> InputError:
    return InputError(
        zh=f"无法读取 {path.name}：它可能正被 Excel 或 WPS 占用，或没有读取权限；"
        "请关闭该文件或另存一份后再试",
        en=f"cannot read {path.name}: another program such as Excel or WPS may hold it, or it may "
        "not be read by you; close it or save a copy and try again",
    )


def _empty(path: Path) -> InputError:
    return InputError(
        zh=f"{path.name} 是空文件（0 字节），可能没有下载或复制完整；请重新取得该文件",
        en=f"{path.name} is empty (0 bytes): it was not fully downloaded or copied; get it again",
    )


def _web_page(path: Path) -> InputError:
    """Many systems "export to Excel" a web page or an XML table with the name .xls."""
    return InputError(
        zh=f"{path.name} 其实是网页或 XML 表格，不是工作簿；请用 Excel 或 WPS 打开后另存为 .xlsx",
        en=f"{path.name} is a web page or an XML table and no workbook: open it in Excel or WPS "
        "and save it as .xlsx",
    )
