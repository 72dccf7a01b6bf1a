"""Pre-flight (印前检查) of a file: every rule over every page, in bounded time for pages that share their content.

for finding in preflight(Path("print-1.pdf")):
print(finding.place.file, finding.said.en)
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf

from certgen.errors import InputError, Said
from certgen.model.finding import Finding, Severity
from verify.preflight import document, ink, pages
from verify.preflight.found import Where, found
from verify.preflight.profile import Limits, Standard


def preflight(
    path: Path,
    standard: Standard | None = None,
    *,
    limits: Limits | None = None,
    deep: Callable[[int], bool] = lambda _: True,
) -> tuple[Finding, ...]:
    """Everything that speaks against printing the file; empty when nothing does.

    Without `standard` the file is held to what it declares, else to X-1a. `deep(number)` says whose content is followed
    operator by operator (pages from 0); the keys of every page are looked at. Raises `InputError` for what is no PDF.
    """
    limits = limits or Limits()
    where = Where(path.name)
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            held_to = standard or document.standard_of(pdf) or Standard.X1A
            told = list(document.check(pdf, where, held_to))
            told += _warnings(pdf, where)
            for number, page in enumerate(pdf.pages):
                told += _page(
                    page, Where(path.name, number + 1), held_to, limits, deep=deep(number)
                )
            return tuple(told)
    except pikepdf.PasswordError as error:
        raise InputError(
            zh=f"{path.name} 需要密码才能打开，印刷厂也打不开：请导出不加密的文件",
            en=f"{path.name} asks for a password, and would at the shop: export it without encryption",
        ) from error
    except (pikepdf.PdfError, OSError) as error:
        raise InputError(
            zh=f"{path.name} 不是可读的 PDF：请检查文件",
            en=f"{path.name} cannot be read as PDF: check the file",
        ) from error


def _page(
    page: Any,  # noqa: ANN401 (pikepdf's pages)
    where: Where,
    standard: Standard,
    limits: Limits,
    *,
    deep: bool,
) -> list[Finding]:
    try:
        told = list(pages.check(page, where, standard, limits))
        if deep:
            told += ink.check(page, where, standard, limits)
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
        pikepdf.PdfError,
    ) as error:
        kind = type(error).__name__
        said = Said(f"该页无法检查（{kind}）", f"the page could not be checked ({kind})")
        return [Finding("preflight/unreadable", Severity.ERROR, said, where.place)]
    return told


def _warnings(pdf: pikepdf.Pdf, where: Where) -> list[Finding]:
    if not pdf.get_warnings():
        return []
    return [
        found(
            where,
            "damaged",
            zh="文件结构有损坏，已按修复后的内容检查",
            en="the file is damaged; it was checked as repaired",
        )
    ]
