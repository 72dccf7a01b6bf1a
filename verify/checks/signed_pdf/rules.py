"""Every rule that a signed PDF can break: its permanent id, the standing it gives, and how it is said.

An id is never reused or renumbered: reports, tests and other people's scripts name it.
"""

from dataclasses import dataclass, field

from certgen.errors import Said
from verify.checks.signed_pdf.report import Reason, Standing

_CHANGED, _UNREADABLE, _UNSIGNED = Standing.CHANGED, Standing.UNREADABLE, Standing.UNSIGNED
_UNKNOWN, _NOT_OURS = Standing.UNKNOWN_SIGNER, Standing.NOT_OURS

RULES: dict[str, tuple[Standing, str, str]] = {
    # Whether the file can be read at all, within its limits.
    "read/size": (
        _UNREADABLE,
        "文件过大，或解压后过大",
        "the file is too large, or would be once unpacked",
    ),
    "read/file": (_UNREADABLE, "无法打开文件", "the file cannot be opened"),
    "read/time": (_UNREADABLE, "读取超时，已停止", "reading took too long and was stopped"),
    "read/stopped": (
        _UNREADABLE,
        "读取耗尽内存或处理时间，已停止",
        "reading used up its memory or time and was stopped",
    ),
    "read/broke": (_UNREADABLE, "检查未能完成", "the examination broke"),
    "read/damaged": (
        _UNREADABLE,
        "文件结构有误，阅读器会各自修复、显示不同内容",
        "the file's structure is wrong: each reader would repair it its own way",
    ),
    "read/password": (_UNREADABLE, "文件需要密码", "the file asks for a password"),
    "read/strict": (
        _UNREADABLE,
        "严格读取（pyHanko）失败",
        "pyHanko cannot read the file strictly",
    ),
    "read/text": (_UNREADABLE, "无法提取页面文字", "the page's text cannot be read"),
    # The bytes as they lie in the file.
    "bytes/start": (_UNREADABLE, "文件开头不是 PDF", "the file does not start as a PDF"),
    "bytes/end": (
        _CHANGED,
        "文件末尾不完整，或有多余的字节",
        "the file is cut off, or bytes were added behind its end",
    ),
    "bytes/revisions": (
        _CHANGED,
        "startxref 的个数与版本数不符",
        "the file has more startxref marks than revisions, or fewer",
    ),
    "bytes/tail": (
        _CHANGED,
        "签名后追加的部分有未列入交叉引用表的字节",
        "what was appended after signing holds bytes that no cross-reference table lists",
    ),
    "xref/hybrid": (_NOT_OURS, "交叉引用为混合格式", "the cross-reference is hybrid"),
    "xref/kind": (
        _NOT_OURS,
        "交叉引用不是本类证书所用的表格格式",
        "the cross-reference is not a plain table, as certificates have",
    ),
    "xref/chain": (
        _UNREADABLE,
        "各版本的交叉引用表不能连成一链",
        "the cross-reference tables of the revisions form no chain",
    ),
    # Each signature.
    "signature/none": (_UNSIGNED, "文件没有电子签名", "the file carries no signature"),
    "signature/byte-range": (
        _CHANGED,
        "签名的覆盖范围（ByteRange）不成形",
        "a signature's byte range is malformed",
    ),
    "signature/coverage": (
        _CHANGED,
        "签名没有完整覆盖一个版本",
        "a signature does not cover the whole of a revision",
    ),
    "signature/gap": (
        _CHANGED,
        "签名留空处不是规范的十六进制签名值",
        "what a signature leaves out is not its own value in plain hex",
    ),
    "signature/padding": (
        _CHANGED,
        "签名值后的填充不是零",
        "the padding behind a signature is not zero",
    ),
    "signature/shared": (
        _CHANGED,
        "两个签名域共用一个签名或覆盖范围",
        "two fields share one signature or byte range",
    ),
    "signature/der": (_CHANGED, "签名值不是规范的 DER", "a signature's value is not proper DER"),
    "signature/digest": (_CHANGED, "文件内容与签名时不同", "the file is not what was signed"),
    "signature/value": (_CHANGED, "签名验证失败", "a signature does not verify"),
    "signature/unsigned": (
        _CHANGED,
        "签名值中夹带了未受签名保护的内容",
        "a signature carries things that nobody signed",
    ),
    "signature/signers": (
        _CHANGED,
        "一个签名值中应恰有一个签名人",
        "a signature's value must have exactly one signer",
    ),
    "signature/certificates": (
        _CHANGED,
        "签名所附的证书不属于签名人的证书链，或被改动",
        "a signature carries certificates that are not its signer's chain, or were altered",
    ),
    "signature/form": (
        _NOT_OURS,
        "签名值的结构不是 PAdES 所要求的",
        "a signature's value is not of the form that PAdES asks for",
    ),
    "signature/kind": (_NOT_OURS, "签名不是 PAdES 格式", "a signature is not of the PAdES kind"),
    "signature/time": (
        _NOT_OURS,
        "签名没有写明时间，或写明的时间在将来、在证书有效期之外",
        "a signature states no time, or one that is yet to come or outside its certificate's validity",
    ),
    "strength/hash": (_NOT_OURS, "签名的摘要算法过弱", "a signature's digest is too weak"),
    "strength/key": (
        _NOT_OURS,
        "签名密钥过弱，或类型不用于证书签名",
        "a signer's key is too weak, or of a kind that certificates are not signed with",
    ),
    # Who signed.
    "signer/no-root": (
        _UNKNOWN,
        "没有固定任何根证书，无法判断签名人：请先运行 certverify trust add",
        "no root is pinned, so nobody can vouch for the signer: run certverify trust add first",
    ),
    "signer/unknown": (
        _UNKNOWN,
        "签名人的证书不是由固定的根证书签发",
        "the signer's certificate does not lead to a pinned root",
    ),
    "signer/expired": (
        _UNKNOWN,
        "签名时（或无可信时间可证时，现在）签名人的证书不在有效期内",
        "the signer's certificate was not valid at the proved time of signing, or is not now",
    ),
    "signer/revoked": (_UNKNOWN, "签名人的证书已被吊销", "the signer's certificate was revoked"),
    "signer/use": (
        _UNKNOWN,
        "签名人的证书不能用于签名",
        "the signer's certificate is not for signing",
    ),
    "signer/sample": (
        _UNKNOWN,
        "由样例 CA 签名，不具任何效力（测试时可用 --allow-sample）",
        "signed under the sample CA, which proves nothing (--allow-sample accepts it for tests)",
    ),
    "tsa/unknown": (
        _UNKNOWN,
        "时间戳不是由固定的时间戳机构签发",
        "a time stamp does not lead to a pinned time stamp authority",
    ),
    "tsa/broken": (_CHANGED, "时间戳与签名不符", "a time stamp does not belong to its signature"),
    "binding/code": (
        _NOT_OURS,
        "页面上应恰有一个证书编码",
        "the page must carry exactly one certificate code",
    ),
    "binding/agency": (
        _NOT_OURS,
        "签名人不是该证书编码所属的评价机构",
        "the signer is not the assessment agency to which the certificate code belongs",
    ),
    # Fields and certification.
    "fields/unexpected": (
        _NOT_OURS,
        "有预期之外的表单域",
        "there is a form field that certificates do not have",
    ),
    "fields/engines": (
        _NOT_OURS,
        "不同的阅读器看到的签名域不同",
        "two readers see different signature fields",
    ),
    "fields/duplicate": (_NOT_OURS, "两个表单域同名", "two form fields have one name"),
    "fields/awaiting": (_UNSIGNED, "分支机构尚未签名", "the branch has not signed yet"),
    "fields/order": (
        _NOT_OURS,
        "签名的先后顺序不对：机构应最先",
        "the signatures are out of order: the agency's comes first",
    ),
    "fields/lock": (
        _NOT_OURS,
        "分支机构的签名没有锁定全部表单域",
        "the branch's signature does not lock all fields",
    ),
    "certify/missing": (
        _NOT_OURS,
        "机构签名不是认证签名（DocMDP），他人可在页面上加盖",
        "the agency's signature does not certify the file (DocMDP): others could stamp over the page",
    ),
    "certify/permission": (
        _NOT_OURS,
        "认证签名允许的改动超出所需",
        "the certification allows more changes than it needs to",
    ),
    "certify/other": (
        _NOT_OURS,
        "机构以外的签名也作了认证",
        "another signature than the agency's certifies",
    ),
    # What the file is made of.
    "form/encrypted": (_NOT_OURS, "文件被加密", "the file is encrypted"),
    "form/filters": (
        _NOT_OURS,
        "文件使用了证书不用的压缩方式",
        "the file is compressed in ways that certificates are not",
    ),
    "form/pages": (_NOT_OURS, "证书应只有一页", "a certificate has one page"),
    "form/catalog": (
        _NOT_OURS,
        "文件目录含有证书不会有的内容（脚本、附件、图层、XFA 等）",
        "the catalog holds what certificates never have (scripts, attachments, layers, XFA …)",
    ),
    "form/page": (
        _NOT_OURS,
        "页面含有证书不会有的内容",
        "the page holds what certificates never have",
    ),
    "form/annotations": (
        _NOT_OURS,
        "页面上有印章签名以外的批注",
        "the page has annotations other than the seals",
    ),
    # What came after the signature.
    "changes/page": (_CHANGED, "页面在签名后被改动", "the page was changed after signing"),
    "changes/catalog": (
        _CHANGED,
        "文件目录在签名后被改动",
        "the catalog was changed after signing",
    ),
    "changes/fields": (_CHANGED, "签名域在签名后被改动", "the fields were changed after signing"),
    "changes/objects": (
        _CHANGED,
        "签名后追加了与签名、时间戳、验证资料都无关的内容",
        "something was appended that belongs to no signature, time stamp or validation data",
    ),
    "changes/metadata": (
        _CHANGED,
        "文件的标题或作者等信息在签名后被改动",
        "title, author or other metadata were changed after signing",
    ),
    "changes/dss": (
        _CHANGED,
        "签名后追加了不属于验证资料（DSS）的内容",
        "something other than validation data (DSS) was appended after signing",
    ),
    "changes/timestamp": (
        _CHANGED,
        "追加的文档时间戳可见，或带有其他内容",
        "an appended document time stamp is visible, or brings more with it",
    ),
    # The second opinion, and the second reader.
    "pades/changed": (
        _CHANGED,
        "pyHanko 认为文件在签名后被改动",
        "pyHanko finds the file changed after signing",
    ),
    "pades/invalid": (_CHANGED, "pyHanko 认为签名无效", "pyHanko finds a signature invalid"),
    "pades/untrusted": (_UNKNOWN, "pyHanko 不信任签名人", "pyHanko does not trust a signer"),
    "text/engines": (
        _NOT_OURS,
        "两种阅读器读出的文字不同",
        "two readers read different text",
    ),
}


def reason(rule: str, field: str = "") -> Reason:
    """A reason by its rule, about one signature field if given."""
    standing, zh, en = RULES[rule]
    return Reason(rule, standing, Said(zh, en), field)


@dataclass(slots=True)
class Found:
    """Collects reasons, each once, in the order in which they were met."""

    reasons: list[Reason] = field(default_factory=list)

    def note(self, rule: str, field: str = "") -> None:
        """Note a broken rule."""
        one = reason(rule, field)
        if one not in self.reasons:
            self.reasons.append(one)

    def unless(self, holds: bool, rule: str, field: str = "") -> None:  # noqa: FBT001 - the sentence's subject
        """Note `rule` unless it holds."""
        if not holds:
            self.note(rule, field)
