"""What a report says besides its verdict: what the verdict does not cover, and what a person can do next."""

from collections.abc import Iterable

from certgen.errors import Said
from certgen.standards.addresses import CERTIFICATE_QUERY
from certgen.standards.codes.identify import DocumentKind
from verify.decode.typed import suggestions
from verify.evidence import Evidence, Outcome
from verify.matter import Matter

COMPARE = Said(
    "请与纸质证书核对：签名只证明这些内容由机构签发，不证明纸上印的相同",
    "compare these with the paper: the signature proves these fields, not what is printed",
)
COPIED = Said(
    "真的二维码可以被复印到别的纸上，任何程序都无法排除；请核对照片与本人",
    "a genuine QR code can be copied onto another paper, which no program can exclude: "
    "compare photo and person",
)
SAMPLE = Said("样例，不具任何效力", "a sample: it proves nothing and has no effect")

OTHER_SYSTEM = Said(
    "这份证书没有本格式的签名（目前绝大多数证书都没有），这不说明真伪",
    "this certificate carries no signature of this form; nearly all have none yet: that is no sign "
    "against it",
)
_QUERY = Said(
    f"请自行在浏览器中输入官方查询网址 {CERTIFICATE_QUERY}（不要扫码、不要点链接），"
    "用姓名、证件号码、证书编号中的两项查询",
    f"type the official address {CERTIFICATE_QUERY} into a browser yourself (no scanning, no links) and "
    "query with two of name, identity number and certificate number",
)
_RECORD = Said(
    "查询后可用 certverify record 记下结果、时间、查询人和截图",
    "then keep the answer with certverify record: found or not, when, by whom, screenshot",
)
_OTHER_DOCUMENTS = {
    DocumentKind.OLD_QUALIFICATION: Said(
        "职业资格证书请在技能人才评价证书全国联网查询 zscx.osta.org.cn 查询（自行输入）",
        "old qualification certificates: type zscx.osta.org.cn yourself",
    ),
    DocumentKind.SPECIAL_ABILITY: Said(
        "专项职业能力证书请向发证地人力资源社会保障部门查询（河南：自行输入 ha.osta.org.cn）",
        "special-ability certificates: ask the issuing authority (Henan: type ha.osta.org.cn yourself)",
    ),
    DocumentKind.EXTERNAL_SUPERVISOR: Said(
        "质量督导员证卡请向发卡的人力资源社会保障部门核实",
        "supervisor cards: ask the issuing centre",
    ),
    DocumentKind.INTERNAL_SUPERVISOR: Said(
        "质量督导员证卡请向发卡的评价机构核实", "supervisor cards: ask the issuing agency"
    ),
    DocumentKind.SPECIAL_TECHNICIAN: Said(
        "特级技师证书的编码规则未公开，请向用人单位核实",
        "the rule for special-grade technicians is not public: ask the employer",
    ),
}
ONE_PLUS_X = Said(
    "页面提到 1+X 或教育部门：那是学历证书+若干职业技能等级证书，名称相同而不是同一种证书，"
    "请到职业技能等级证书信息管理服务平台 vslc.ncb.edu.cn 查询（自行输入）",
    "the page speaks of 1+X: that certificate of the education ministry has the same name and is another "
    "document; type vslc.ncb.edu.cn yourself",
)
_ONE_PLUS_X_SIGNS = ("1+X", "1＋X", "vslc.ncb", "学分银行", "教育部职业技术教育中心研究所")


def caveats(matter: Matter, evidence: Iterable[Evidence]) -> tuple[Said, ...]:
    """What the verdict does not cover."""
    found = []
    compared = any(
        one.check == "page/compared" and one.outcome is Outcome.PASSED for one in evidence
    )
    if matter.signed is not None:
        if not compared:
            found.append(COMPARE)
        found.append(COPIED)
    lines = matter.page.lines if matter.page else ()
    is_sample = matter.key is not None and matter.key.sample
    if is_sample or any("样例" in line.text and "SAMPLE" in line.text for line in lines):
        found.append(SAMPLE)
    return tuple(found)


def steps(matter: Matter, kind: DocumentKind) -> tuple[Said, ...]:
    """What to do next, the most useful first."""
    found = [*matter.reading_trouble]
    if kind is DocumentKind.UNKNOWN and matter.code:
        meant = suggestions(matter.code, matter.known_prefixes, latest_year=matter.now.year)
        found += [one.said for one in meant]
    if is_one_plus_x(matter):
        return (*found, ONE_PLUS_X)
    if kind in _OTHER_DOCUMENTS:
        return (*found, _OTHER_DOCUMENTS[kind])
    if matter.signed is None and matter.payload_trouble is None:
        if matter.qr_texts or matter.page:
            found.append(OTHER_SYSTEM)
        found += [_QUERY, _RECORD]
    return tuple(found)


def is_one_plus_x(matter: Matter) -> bool:
    """Whether page or QR code belongs to the 1+X certificates of the education ministry."""
    lines = matter.page.lines if matter.page else ()
    texts = [*matter.qr_texts, *(line.text for line in lines)]
    return any(sign in text for text in texts for sign in _ONE_PLUS_X_SIGNS)
