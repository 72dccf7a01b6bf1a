"""The self-check (自检): what a batch asks of each file before the file is released.

An independent reader: it shares no code with the press that wrote the file, only what both sides
agreed on beforehand. It reads the file back from the disk, so that a torn write shows as well.

    check(path, Expected(sha256=…, code=…, texts=(…), qr=…, signed_by=…), deep=True)  # (): good

A file that gives any finding is not released; its number stays pending (待发) for it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pypdfium2

from certgen.errors import Said
from certgen.model.finding import Finding, Place, Severity
from verify.decode.qr import read_qr
from verify.fault import Fault, require
from verify.pdf_file import check_streams, open_sound
from verify.pdf_page import open_pages, picture_of, squeezed, text_of
from verify.pdf_signature import Signatures, check_signatures, check_unsigned
from verify.preflight.check import preflight

_Noting = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the press meant to write into one electronic certificate (电子证书)."""

    sha256: str  # of the whole file, in hex
    code: str  # 证书编码; must stand in the text, as `texts` must
    texts: tuple[str, ...]  # every value that must stand on the page: name, occupation, level …
    qr: str | None  # what the QR code says; None: not looked for
    signed_by: str | None  # SHA-256 of the agency's certificate (DER), in hex; None: unsigned
    pages: int = 1
    countersigned_by: str | None = None  # the same of the branch's; None: it does not sign
    awaits_branch: bool = False  # the branch signs elsewhere: its field is there, and empty
    level: str = "B-B"  # of the signatures, or B-T, B-LT, B-LTA

    @property
    def signatures(self) -> Signatures | None:
        """Who is to have signed; None: nobody."""
        if self.signed_by is None:
            return None
        return Signatures(self.signed_by, self.countersigned_by, self.awaits_branch, self.level)


@dataclass(frozen=True, slots=True)
class OnPage:
    """What must stand on one page of the print file (印刷文件)."""

    texts: tuple[str, ...]
    qr: str | None


def check(path: Path, expected: Expected, *, deep: bool, dpi: int = 200) -> tuple[Finding, ...]:
    """All that is wrong with the file at `path`; empty when nothing is. Never raises.

    Every file: digest, structure, signature. `deep` also: every stream decoded, the text, the QR
    code off the page drawn at `dpi`, and pyHanko's opinion of the signature.
    """
    findings: list[Finding] = []
    noting = partial(_noting, path.name, findings)
    with noting("digest"):
        data = path.read_bytes()
        _check_file(data, expected, noting, deep=deep)
        if deep:
            _check_deep(data, expected, noting, dpi)
    return tuple(findings)


def check_print(
    path: Path,
    sha256: str,
    pages: Sequence[OnPage | None],
    *,
    dpi: int = 200,
    for_press: bool = True,
) -> tuple[Finding, ...]:
    """All that is wrong with a batch's print file, which must have `len(pages)` pages.

    Pages given as None are not looked into. What a print shop would send back is found too, unless the file is for an
    office printer. The file may be larger than memory. Never raises.
    """
    findings: list[Finding] = []
    noting = partial(_noting, path.name, findings)
    with noting("structure"), path.open("rb") as stream:
        with noting("digest"):
            _check_digest(hashlib.file_digest(stream, "sha256").hexdigest(), sha256)
        with noting("structure"), mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
            open_sound(stream, data, len(pages)).close()
        with noting("text"), open_pages(path) as document:
            for number, on_page in enumerate(pages):
                if on_page is not None:
                    # '#page=' opens a PDF at that page in every browser (RFC 8118 3).
                    there = partial(_noting, f"{path.name}#page={number + 1}", findings)
                    _check_pages(document, (number,), on_page, there, dpi)
        with noting("preflight"):
            told = (
                ()
                if not for_press
                else preflight(path, deep=lambda number: any(pages[number : number + 1]))
            )
            findings += (finding for finding in told if finding.refuses)
    return tuple(findings)


def _check_file(data: bytes, expected: Expected, noting: _Noting, *, deep: bool) -> None:
    with noting("digest"):
        _check_digest(hashlib.sha256(data).hexdigest(), expected.sha256)
    signatures = expected.signatures
    revisions = signatures.revisions if signatures else 1
    with noting("structure"), open_sound(BytesIO(data), data, expected.pages, revisions) as pdf:
        with noting("signature"):
            if signatures is None:
                check_unsigned(pdf)
            else:
                check_signatures(data, pdf, signatures)
        if deep:
            check_streams(pdf)


def _check_deep(data: bytes, expected: Expected, noting: _Noting, dpi: int) -> None:
    if (signatures := expected.signatures) is not None:
        with noting("signature"):
            # Half a second to import: not paid by a batch that samples few files or signs none.
            import_module("verify.pades").check_pades(
                data,
                2 if signatures.branch else 1,
                stamped=signatures.level != "B-B",
                archived=signatures.level == "B-LTA" and not signatures.awaits_branch,
            )
    on_page = OnPage((expected.code, *expected.texts), expected.qr)
    with noting("text"), open_pages(data) as document:
        _check_pages(document, range(len(document)), on_page, noting, dpi)


def _check_pages(
    document: pypdfium2.PdfDocument,
    numbers: Sequence[int],
    on_page: OnPage,
    noting: _Noting,
    dpi: int,
) -> None:
    with noting("text"):
        _check_texts("\n".join(text_of(document, number) for number in numbers), on_page.texts)
    if on_page.qr is not None:
        with noting("qr"):
            pictures = (picture_of(document, number, dpi) for number in numbers)
            _check_qr({text for picture in pictures for text in read_qr(picture)}, on_page.qr)


def _check_digest(found: str, sha256: str) -> None:
    require(
        found == sha256,
        zh="磁盘上的文件与写入的内容不同",
        en="the file on disk is not what was written",
    )


def _check_texts(found: str, texts: tuple[str, ...]) -> None:
    """Code points count, not looks: the Kangxi radical ⼈ in the place of 人 is a fault."""
    missing = [_masked(text) for text in texts if squeezed(text) not in found]
    require(
        not missing,
        zh=f"页面文字中找不到：{'、'.join(missing)}",
        en=f"the page's text does not contain: {', '.join(missing)}",
    )


def _check_qr(found: set[str], expected: str) -> None:
    require(bool(found), zh="二维码无法识读", en="the QR code cannot be read")
    require(
        found == {expected},
        zh="二维码的内容与预期不符",
        en="the QR code says something else than expected",
    )


def _masked(text: str) -> str:
    """`text`, or a part of it if it could be an identity number (any with a digit in it)."""
    return f"{text[:3]}***{text[-2:]}" if re.search(r"[0-9]", text) else text


@contextmanager
def _noting(where: str, findings: list[Finding], what: str) -> Iterator[None]:
    """Turn what goes wrong inside into a finding: `what` is wrong, or the check itself broke."""
    try:
        yield
    except Fault as fault:
        findings.append(_finding(f"selfcheck/{what}", where, fault.said))
    except Exception as error:  # noqa: BLE001 - "could not check" is a finding too, never green
        kind = type(error).__name__  # its text could quote the page, identity number and all
        said = Said(zh=f"自检未能完成（{what}：{kind}）", en=f"the check broke ({what}: {kind})")
        findings.append(_finding("selfcheck/error", where, said))


def _finding(code: str, where: str, said: Said) -> Finding:
    """Said, and what to do about it."""
    zh = f"{said.zh}。该文件不予发放，编号保留：请检查磁盘空间后重新运行本批次"
    en = f"{said.en}. Not released, its number is kept: check the disk and run the batch again"
    return Finding(code, Severity.ERROR, Said(zh, en), Place(file=where))
