"""Whether the one signature (电子签名) of a PDF covers the whole file, byte for byte, and is ours.

This is the quick check, made on every file. It leaves nothing beside the signature that could be
changed without notice: not the case of a hex digit, not the padding, not a byte outside the range.
"""

import hashlib
import re

import pikepdf

from verify.cms import check_cms
from verify.der import read_first
from verify.fault import require

_HEX = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_PERMITS = (1, 2)  # ISO 32000-2 table 257: no change at all, or filling in further signatures


def check_signature(data: bytes, pdf: pikepdf.Pdf, signed_by: str) -> None:
    """Raise `Fault` unless `pdf`, whose bytes are `data`, is certified by the certificate expected.

    `signed_by` is the SHA-256 of the signer's certificate (DER), in hex.
    """
    signature = _only_signature(pdf)
    _check_certifies(pdf, signature)
    digest, contents = _covered(data, signature)
    cms, rest = read_first(contents)
    require(
        not rest.strip(b"\0"),
        zh="签名后的填充不是零",
        en="the padding behind the signature is not zero",
    )
    check_cms(cms.raw, digest, signed_by)


def check_unsigned(pdf: pikepdf.Pdf) -> None:
    """Raise `Fault` if `pdf` carries a form field, signed or not, though nobody signs it."""
    require(
        not _fields(pdf),
        zh="文件不应有签名或表单域",
        en="an unsigned file has a signature or field",
    )


def _fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    return [] if form is None else list(form.get("/Fields", ()))


def _only_signature(pdf: pikepdf.Pdf) -> pikepdf.Object:
    fields = _fields(pdf)
    signed = [f for f in fields if f.get("/FT") == "/Sig" and "/V" in f and "/Kids" not in f]
    require(
        len(fields) == len(signed) == 1,
        zh=f"应恰有一个签名域，文件有 {len(fields)} 个表单域，其中已签名 {len(signed)} 个",
        en=f"expected exactly one signature: found {len(fields)} fields, {len(signed)} signed",
    )
    signature: pikepdf.Object = signed[0]["/V"]
    require(
        signature.get("/SubFilter") == "/ETSI.CAdES.detached",
        zh="签名不是 PAdES 格式",
        en="the signature is not of the PAdES kind",
    )
    return signature


def _check_certifies(pdf: pikepdf.Pdf, signature: pikepdf.Object) -> None:
    """The signature must be a certification: else a stranger's seal may be laid over the page."""
    docmdp = pdf.Root.get("/Perms", pikepdf.Dictionary()).get("/DocMDP")
    permits = [
        reference.get("/TransformParams", pikepdf.Dictionary()).get("/P", 2)
        for reference in signature.get("/Reference", ())
        if reference.get("/TransformMethod") == "/DocMDP"
    ]
    require(
        docmdp is not None
        and docmdp.objgen == signature.objgen
        and len(permits) == 1
        and permits[0] in _PERMITS,
        zh="签名不是认证签名（DocMDP），他人可在页面上加盖",
        en="the signature does not certify the file (DocMDP): others could stamp over the page",
    )


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
