"""Read what goes between headquarters and a branch: signed lists, files that wait for a signature, finished ones.

The issuer's commands load this by name, as they load the self-check: whoever signs after somebody
else looks at the file through another engine first. Everything raises `Fault` for what is wrong,
and gives plain values.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import wraps
from io import BytesIO
from typing import ParamSpec, TypeVar

import pikepdf

from verify.cms import check_cms, is_stamped, signer_of
from verify.der import read_first
from verify.fault import Fault, require
from verify.pdf_file import open_sound
from verify.pdf_signature import BRANCH_FIELD, Signatures, check_signatures, contents_of
from verify.revisions import Revision, read_revisions

P = ParamSpec("P")
T = TypeVar("T")

_BOX = re.compile(rb"/Rect\[([-0-9. ]+)\]")


def _or_fault(read: Callable[P, T]) -> Callable[P, T]:
    """Whatever breaks while reading is a fault of what is read: it may have been made to break a reader."""

    @wraps(read)
    def reading(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return read(*arguments, **options)
        except Fault:
            raise
        except Exception as problem:
            kind = type(problem).__name__
            raise Fault(zh=f"无法读取（{kind}）", en=f"cannot be read ({kind})") from problem

    return reading


@_or_fault
def check_list(data: bytes, signature: bytes) -> tuple[bytes, ...]:
    """Who has signed a list: the certificate (DER) that did, and the others in the signature."""
    cms, rest = read_first(signature)
    require(not rest, zh="清单的签名后有多余的字节", en="bytes follow the list's signature")
    certificates = signer_of(cms.raw)
    digest = hashlib.sha256(data).digest()
    signed_by = hashlib.sha256(certificates[0]).hexdigest()
    check_cms(cms.raw, digest, signed_by, stamped=is_stamped(cms.raw))
    return certificates


@_or_fault
def waiting(data: bytes, agency: str, level: str) -> Mapping[str, int | str | bytes]:
    """A file that the agency has certified, and whose field for the branch is empty: what signing it needs.

    `agency` is the SHA-256 of the agency's certificate (DER) in hex; its signature must cover all of `data`.
    """
    expected = Signatures(agency, awaits_branch=True, level=level)
    with open_sound(BytesIO(data), data, 1) as pdf:
        check_signatures(data, pdf, expected)
        (field,) = (one for one in pdf.Root.AcroForm.Fields if str(one.T) == BRANCH_FIELD)
        number, page, root = field.objgen[0], pdf.pages[0].obj.objgen[0], pdf.Root.objgen[0]
    (revision,) = read_revisions(data, 1)
    box = _BOX.search(revision.objects[number])
    if box is None:
        raise Fault(zh="分支机构的签名域没有位置", en="the branch's field has no place")
    return {
        "length": len(data),
        "xref": revision.xref,
        "size": revision.number(b"Size"),
        "root": root,
        "info": revision.number(b"Info"),
        "first_id": _first_id(revision),
        "field": number,
        "page": page,
        "box": box[1].decode("ascii"),
        "catalog": revision.objects[root],
        "page_body": revision.objects[page],
    }


@_or_fault
def finished(data: bytes, size: int, level: str) -> tuple[bytes, ...]:
    """The certificate (DER) of the branch that has signed a file, and its issuers.

    The first `size` bytes are the file as the agency signed it; both signatures must be in order.
    """
    # Read strictly before a general reader sees it: what follows the first `size` bytes is a stranger's.
    read_revisions(data, Signatures("agency", "branch", level=level).revisions)
    first = _contents(data[:size], 0)
    second = _contents(data, 1)
    agency, branch = (hashlib.sha256(signer_of(der)[0]).hexdigest() for der in (first, second))
    expected = Signatures(agency, branch, level=level)
    with open_sound(BytesIO(data), data, 1, expected.revisions) as pdf:
        check_signatures(data, pdf, expected)
    return signer_of(second)


def _contents(data: bytes, number: int) -> bytes:
    """The CMS of the signature in the `number`-th field."""
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        if len(fields) <= number or "/V" not in fields[number]:
            raise Fault(zh="文件没有应有的签名", en="the file lacks a signature")
        return contents_of(fields[number]["/V"])


def _first_id(revision: Revision) -> str:
    found = re.search(rb"/ID\[<([0-9a-f]{32})>", revision.trailer)
    if found is None:
        raise Fault(zh="文件没有标识（ID）", en="the file has no identifier (ID)")
    return found[1].decode("ascii")
