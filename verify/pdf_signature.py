"""Whether the signatures (电子签名) of a PDF are those that were meant, and cover it byte for byte.

This is the quick check, made on every file. It leaves nothing beside a signature that could be
changed without notice: not the case of a hex digit, not the padding, not a byte outside the range.
Every revision behind the first may hold what its purpose needs and nothing else.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from verify.cms import check_cms
from verify.der import read_first
from verify.fault import Fault, require
from verify.revisions import Revision, read_revisions

AGENCY_FIELD, BRANCH_FIELD, TIMESTAMP_FIELD = "AgencySeal", "BranchSeal", "Timestamp1"

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")

_HEX = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_SIGNED_NOW = re.compile(rb"/V [0-9]+ 0 R|/AP<</N [0-9]+ 0 R>>")


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who is to have signed a file, by SHA-256 of the certificate (DER) in hex, and how it is proved."""

    agency: str
    branch: str | None = None
    awaits_branch: bool = False  # the branch's field is there, and empty
    level: str = "B-B"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all form fields, in order."""
        branch = (BRANCH_FIELD,) if self.branch or self.awaits_branch else ()
        archived = self.level == LEVELS[3] and not self.awaits_branch
        return (AGENCY_FIELD, *branch, *((TIMESTAMP_FIELD,) if archived else ()))

    @property
    def revisions(self) -> int:
        """The agency's, the branch's, one with proofs (DSS), one with a time stamp over everything."""
        if self.awaits_branch:
            return 1
        return 1 + bool(self.branch) + (self.level in LEVELS[2:]) + (self.level == LEVELS[3])


def check_signatures(data: bytes, pdf: pikepdf.Pdf, expected: Signatures) -> None:
    """Raise `Fault` unless `pdf`, whose bytes are `data`, is signed as expected, and only so."""
    fields = _fields(pdf, expected.fields)
    revisions = read_revisions(data, expected.revisions) if expected.revisions > 1 else ()
    ends = [revision.end for revision in revisions] or [len(data)]
    later = list(revisions[1:])
    agency = _value(fields[AGENCY_FIELD], "/ETSI.CAdES.detached")
    _check_certifies(pdf, agency, 2 if BRANCH_FIELD in fields else 1)
    stamped = expected.level != "B-B"
    _check_signed(data[: ends[0]], agency, expected.agency, stamped=stamped)
    if expected.branch is not None:
        field = fields[BRANCH_FIELD]
        branch = _value(field, "/ETSI.CAdES.detached")
        _check_approves(pdf, field, branch)
        _check_signed(data[: ends[1]], branch, expected.branch, stamped=stamped)
        _check_fills(later.pop(0), revisions[:1], field, branch)
    if expected.awaits_branch:
        _require_empty(fields[BRANCH_FIELD])
        return
    if expected.level in LEVELS[2:]:
        before = revisions[: len(revisions) - len(later)]
        _check_proofs(later.pop(0), before, pdf)
    if expected.level == LEVELS[3]:
        field = fields[TIMESTAMP_FIELD]
        token = _value(field, "/ETSI.RFC3161")
        _covered(data, token)
        _check_stamps(later.pop(0), revisions[:-1], pdf, field, token)


def check_unsigned(pdf: pikepdf.Pdf) -> None:
    """Raise `Fault` if `pdf` carries a form field, signed or not, though nobody signs it."""
    require(
        not _form(pdf),
        zh="文件不应有签名或表单域",
        en="an unsigned file has a signature or field",
    )


def _form(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    return [] if form is None else list(form.get("/Fields", ()))


def _fields(pdf: pikepdf.Pdf, names: Sequence[str]) -> dict[str, pikepdf.Object]:
    """The fields by name: those of `names`, each a signature field of its own, and no other."""
    fields = _form(pdf)
    found = {str(f.get("/T")): f for f in fields if f.get("/FT") == "/Sig" and "/Kids" not in f}
    require(
        len(fields) == len(found) and list(found) == list(names),
        zh=f"应恰有签名域 {'、'.join(names)}，文件有 {len(fields)} 个表单域，其中签名域 {len(found)} 个",
        en=f"expected exactly the signature fields {', '.join(names)}: found {len(fields)} fields, "
        f"{len(found)} for signatures",
    )
    return found


def _value(field: pikepdf.Object, kind: str) -> pikepdf.Object:
    name = field.get("/T")
    require("/V" in field, zh=f"签名域 {name} 没有签名", en=f"the field {name} is not signed")
    value: pikepdf.Object = field["/V"]
    require(
        value.get("/SubFilter") == kind,
        zh="签名不是 PAdES 格式",
        en="the signature is not of the PAdES kind",
    )
    return value


def _require_empty(field: pikepdf.Object) -> None:
    name = field.get("/T")
    require("/V" not in field, zh=f"签名域 {name} 应为空", en=f"the field {name} should be empty")


def _check_certifies(pdf: pikepdf.Pdf, signature: pikepdf.Object, permits: int) -> None:
    """The signature must be a certification: else a stranger's seal may be laid over the page."""
    docmdp = pdf.Root.get("/Perms", pikepdf.Dictionary()).get("/DocMDP")
    found = [
        reference.get("/TransformParams", pikepdf.Dictionary()).get("/P", 2)
        for reference in signature.get("/Reference", ())
        if reference.get("/TransformMethod") == "/DocMDP"
    ]
    require(
        docmdp is not None and docmdp.objgen == signature.objgen and found == [permits],
        zh="签名不是认证签名（DocMDP），他人可在页面上加盖",
        en="the signature does not certify the file (DocMDP): others could stamp over the page",
    )


def _check_approves(pdf: pikepdf.Pdf, field: pikepdf.Object, signature: pikepdf.Object) -> None:
    """The second signature locks every field (FieldMDP), as its field has demanded from the beginning."""
    none = pikepdf.Dictionary()
    references = list(signature.get("/Reference", ()))
    lock = field.get("/Lock", none)
    require(
        len(references) == 1
        and references[0].get("/TransformMethod") == "/FieldMDP"
        and references[0].get("/TransformParams", none).get("/Action") == "/All"
        and lock.get("/Action") == "/All"
        and lock.get("/P") == 1
        and pdf.Root.Perms.DocMDP.objgen != signature.objgen,
        zh="分支机构的签名没有锁定文件（FieldMDP）",
        en="the branch's signature does not lock the file (FieldMDP)",
    )


def _check_fills(
    revision: Revision,
    before: Sequence[Revision],
    field: pikepdf.Object,
    signature: pikepdf.Object,
) -> None:
    """The revision fills `field` and changes nothing else: not its place, not its lock."""
    number, value = field.objgen[0], signature.objgen[0]
    size = before[-1].number(b"Size")
    changed = {one for one in revision.objects if one < size}
    old, new = _latest(before, number), revision.objects.get(number, b"")
    require(
        changed == {number}
        and value in revision.objects
        and _SIGNED_NOW.sub(b"", old) == _SIGNED_NOW.sub(b"", new)
        and b"/V " not in old,
        zh="签名所在的版本还改动了别的内容",
        en="the revision of a signature changes more than its own field",
    )


def _check_proofs(revision: Revision, before: Sequence[Revision], pdf: pikepdf.Pdf) -> None:
    """The revision adds certificates and revocation data (DSS) to the catalogue, and changes nothing else."""
    number = pdf.Root.objgen[0]
    size = before[-1].number(b"Size")
    changed = {one for one in revision.objects if one < size}
    old, new = _latest(before, number), revision.objects.get(number, b"")
    added = re.fullmatch(rb"/DSS ([0-9]+) 0 R>>", new[len(old) - 2 :])
    require(
        changed == {number}
        and new.startswith(old[:-2])
        and added is not None
        and int(added[1]) in revision.objects,
        zh="长期验证信息所在的版本还改动了别的内容",
        en="the revision with validation data changes more than the catalogue's /DSS",
    )


def _check_stamps(
    revision: Revision,
    before: Sequence[Revision],
    pdf: pikepdf.Pdf,
    field: pikepdf.Object,
    token: pikepdf.Object,
) -> None:
    """The revision lists one more field, which nobody sees, and changes nothing else."""
    number, catalog, page = (one.objgen[0] for one in (field, pdf.Root, pdf.pages[0].obj))
    size = before[-1].number(b"Size")
    added = b" %d 0 R" % number
    require(
        {one for one in revision.objects if one < size} == {catalog, page}
        and {one for one in revision.objects if one >= size} == {number, token.objgen[0]}
        and all(
            revision.objects[one].replace(added, b"", 1) == _latest(before, one)
            and added not in _latest(before, one)
            for one in (catalog, page)
        )
        and [float(side) for side in field.get("/Rect", ())] == [0, 0, 0, 0],
        zh="时间戳所在的版本还改动了别的内容",
        en="the revision of the time stamp changes more than it needs",
    )


def _latest(revisions: Sequence[Revision], number: int) -> bytes:
    for revision in reversed(revisions):
        if number in revision.objects:
            return revision.objects[number]
    raise Fault(zh=f"缺少对象 {number}", en=f"object {number} is missing")


def _check_signed(data: bytes, signature: pikepdf.Object, signed_by: str, *, stamped: bool) -> None:
    """The signature covers all of `data`, and is by the certificate expected."""
    digest, contents = _covered(data, signature)
    cms, rest = read_first(contents)
    require(
        not rest.strip(b"\0"),
        zh="签名后的填充不是零",
        en="the padding behind the signature is not zero",
    )
    check_cms(cms.raw, digest, signed_by, stamped=stamped)


def contents_of(signature: pikepdf.Object) -> bytes:
    """The CMS in a signature's value, without the padding."""
    cms, _ = read_first(bytes(signature["/Contents"]))
    return cms.raw


def _covered(data: bytes, signature: pikepdf.Object) -> tuple[bytes, bytes]:
    """The digest of everything but the signature's value, and that value, padding included."""
    span = [int(number) for number in signature.get("/ByteRange", ())]
    require(
        len(span) == 4 and span[0] == 0 and 0 < span[1] < span[2] and sum(span[2:]) == len(data),
        zh="签名没有覆盖整个文件",
        en="the signature does not cover the whole file",
    )
    _, before, after, _ = span
    gap = data[before:after]
    require(
        data[:before].rstrip(b" ").endswith(b"/Contents")
        and _HEX.fullmatch(gap) is not None
        and len(gap) % 2 == 0,
        zh="签名留空处不是规范的十六进制签名值",
        en="what the signature leaves out is not its own value in plain hex",
    )
    contents = bytes.fromhex(gap[1:-1].decode("ascii"))
    require(
        bytes(signature["/Contents"]) == contents,
        zh="签名值不在签名留空处",
        en="the signature's value stands elsewhere than in the gap it leaves",
    )
    covered = hashlib.sha256(data[:before])
    covered.update(data[after:])
    return covered.digest(), contents
