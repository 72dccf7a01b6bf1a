"""Whether a file is one whole, sound PDF with as many revisions as were written, as a second engine (qpdf) sees it.

Known attacks put forged objects behind the last `%%EOF`, or one more revision behind the others, so
that the program that checks and the program that shows disagree. A file fresh from the press
has no reason for either: what its revisions hold is known beforehand.
"""

import re
from mmap import mmap
from typing import BinaryIO

import pikepdf

from verify.fault import Fault, require

_ENDS = (b"%%EOF", b"%%EOF\n", b"%%EOF\r", b"%%EOF\r\n")


def open_sound(stream: BinaryIO, data: bytes | mmap, pages: int, revisions: int = 1) -> pikepdf.Pdf:
    """The PDF in `stream`, whose bytes are `data`, with exactly `pages` pages and so many revisions.

    Raises `Fault` when its frame is torn, when qpdf had anything to repair or remark, or when it
    has been revised more often. Every object is read; what its stream holds is not decoded.
    """
    _check_frame(data, revisions)
    try:
        pdf = pikepdf.open(stream, attempt_recovery=False)
        for _ in pdf.objects:  # each is read from where the table says it is
            pass
    except pikepdf.PdfError as error:
        raise Fault(zh="文件结构损坏，无法读取", en="the file's structure is damaged") from error
    warnings = pdf.get_warnings()
    require(
        not warnings,
        zh=f"文件结构有 {len(warnings)} 处不合规范",
        en=f"the file's structure breaks the PDF standard in {len(warnings)} places",
    )
    require(
        (revisions > 1 or "/Prev" not in pdf.trailer) and "/XRefStm" not in pdf.trailer,
        zh="文件有不止一个版本（交叉引用表指向另一张表）",
        en="the file has more than one revision: its cross-reference table names another",
    )
    found = len(pdf.pages)
    require(
        found == pages,
        zh=f"文件有 {found} 页，应为 {pages} 页",
        en=f"pages found: {found}; expected: {pages}",
    )
    return pdf


def check_streams(pdf: pikepdf.Pdf) -> None:
    """Raise `Fault` unless every stream of `pdf` decodes and every page's content parses."""
    problems = pdf.check_pdf_syntax()
    require(
        not problems,
        zh=f"文件内容有 {len(problems)} 处无法解码",
        en=f"the file's contents cannot be decoded in {len(problems)} places",
    )


def _check_frame(data: bytes | mmap, expected: int) -> None:
    require(data[:5] == b"%PDF-", zh="文件开头不是 PDF", en="the file does not start as a PDF")
    require(
        data[-7:].endswith(_ENDS),
        zh="文件末尾不完整，或有多余的字节",
        en="the file is cut off, or bytes were added at its end",
    )
    revisions = len(re.findall(rb"startxref", data))
    require(
        revisions == expected,
        zh=f"文件有 {revisions} 个版本，应为 {expected} 个",
        en=f"revisions found: {revisions}; expected: {expected}",
    )
