"""Checks 121 and 122: the addresses on page and QR code. Imitations are shown, never opened.

人社鉴发〔2021〕1号 二(一) names two official query addresses. Web sites that imitate them answer "found" to any
forged number: fourteen were closed in 2022. Whoever types the official address himself is safe.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from certgen.errors import Said
from certgen.standards.addresses import CERTIFICATE_QUERY, INSTITUTION_QUERY, MISREAD_HOSTS
from certgen.standards.text import half_width
from verify.checks.running import Stage
from verify.evidence import Axis, Check, Evidence
from verify.matter import Matter
from verify.reasons import Reason

CLAUSE = "人社鉴发〔2021〕1号 二(一)"
LOOK_ALIKE = Check(121, "page/address", Axis.GRAMMAR, Said("查询网址", "query addresses"), CLAUSE)
HOST = Check(122, "payload/host", Axis.DOCUMENT, Said("二维码中的网站", "host in the QR code"))

OFFICIAL_HOSTS = (
    CERTIFICATE_QUERY.removeprefix("http://").rstrip("/"),
    INSTITUTION_QUERY.removeprefix("http://").rstrip("/"),
    "zscx.osta.org.cn",  # 技能人才评价证书全国联网查询
)
_OFFICIAL_ROOTS = ("osta.org.cn", "mohrss.gov.cn")
"""The domains of the ministry and its testing centre: every host below them is theirs."""

_GOVERNMENT = "gov.cn"  # registered to public bodies only: provincial queries stand below it
_TOKENS = ("osta", "jndj", "pjjg", "zscx", "mohrss")
_HOST = re.compile(
    r"(?:https?://)?((?:[^\s/:：()（）<>\"'，。、]+\.)+[^\s/:：()（）<>\"'，。、.]{2,24})",
    re.IGNORECASE,
)
_TOP = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]+")
# What is drawn alike in Latin, Greek, Cyrillic, Armenian and digits.
_SKELETON = str.maketrans(
    {
        **dict.fromkeys("0оοօ", "o"),
        **dict.fromkeys("1lіɩӏ|", "l"),
        **dict.fromkeys("аαɑ", "a"),
        **dict.fromkeys("еёҽ", "e"),
        **dict.fromkeys("јϳ", "j"),
        **dict.fromkeys("ѕ5", "s"),
        **dict.fromkeys("тτ", "t"),
        **dict.fromkeys("рρ", "p"),
        **dict.fromkeys("сϲ", "c"),
        "ո": "n",
        "ԁ": "d",
        "ԛ": "q",
        "ɡ": "g",
        "і": "i",
    }
)


def hosts_in(text: str) -> tuple[str, ...]:
    """Every host that an address in `text` names, in lower case, once."""
    plain = half_width(text)
    found = dict.fromkeys(match.group(1).lower().strip(".") for match in _HOST.finditer(plain))
    return tuple(host for host in found if _TOP.fullmatch(host.rpartition(".")[2]))


def official(host: str) -> bool:
    """Whether the host is of the ministry, its testing centre, or another public body."""
    return any(
        host == root or host.endswith(f".{root}") for root in (*_OFFICIAL_ROOTS, _GOVERNMENT)
    )


def imitates(host: str) -> str:
    """The official host that `host` imitates, or ''.

    >>> imitates("jndj.osta.org.cn.example.top"), imitates("jndj-osta.org.cn"), imitates("agency.example")
    ('jndj.osta.org.cn', 'jndj.osta.org.cn', '')
    """
    if official(host):
        return ""
    if host in MISREAD_HOSTS:
        return MISREAD_HOSTS[host]
    plain = _skeleton(host)
    letters = plain.replace(".", "").replace("-", "")
    for genuine in OFFICIAL_HOSTS:
        known = _skeleton(genuine)
        if known.replace(".", "") in letters or _distance(plain, known) <= 2:
            return genuine
    parts = re.split(r"[.\-]", plain)
    token = next((t for t in _TOKENS if any(_like(part, _skeleton(t)) for part in parts)), "")
    if not token:
        return ""
    return next((host for host in OFFICIAL_HOSTS if token in host), OFFICIAL_HOSTS[0])


def _like(part: str, token: str) -> bool:
    """The token itself, with digits behind it, or one slip away where it is long enough to tell."""
    if part.rstrip("0123456789ol") == token or part == token:
        return True
    return len(token) >= 6 and _distance(part, token) <= 1


def _skeleton(host: str) -> str:
    """The host as the eye takes it: accents and look-alike letters folded, punycode read."""
    with suppress(UnicodeError):  # what does not decode is taken as it is written
        host = host.encode("ascii").decode("idna") if "xn--" in host else host
    bare = "".join(c for c in unicodedata.normalize("NFKD", host) if not unicodedata.combining(c))
    return bare.lower().translate(_SKELETON).replace("rn", "m").replace("vv", "w")


def _distance(one: str, other: str) -> int:
    """Edits (one letter put in, left out, or another) between two short texts."""
    if abs(len(one) - len(other)) > 2 or len(one) > 80:
        return 9
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def look(matter: Matter) -> Iterator[Evidence]:
    """Addresses on the page and in every QR code that imitate an official one."""
    texts = [*matter.qr_texts]
    if matter.page is not None:
        texts += [line.text for line in matter.page.lines]
    found = dict.fromkeys(host for text in texts for host in hosts_in(text.partition("#")[0]))
    false = {host: genuine for host in found if (genuine := imitates(host))}
    by_eye = matter.page is not None and matter.page.by_ocr
    for host, genuine in false.items():
        in_qr = any(host in hosts_in(text) for text in matter.qr_texts)
        misread = by_eye and not in_qr and _distance(host, genuine) <= 2
        reason = Reason.OCR_NEAR if misread else Reason.LOOK_ALIKE_ADDRESS
        said = Said(
            f"网址“{host}”与官方网址 {genuine} 相似而不同，请勿打开；查询请自行输入 {CERTIFICATE_QUERY}",
            f"'{host}' resembles the official {genuine} and is another: do not open it; "
            f"type {CERTIFICATE_QUERY} yourself",
        )
        yield LOOK_ALIKE.failed(reason, said, host=host, resembles=genuine)
    if found and not false:
        said = Said("网址中没有仿冒官方查询网址的", "no address imitates an official query address")
        yield LOOK_ALIKE.passed(said, hosts=" ".join(found))


def host(matter: Matter) -> Iterator[Evidence]:
    """The host of a signed QR code, where the agency's key list says which are its own."""
    if matter.signed is None or not matter.hosts:
        return
    if matter.signed.host in matter.hosts:
        yield HOST.passed(
            Said("二维码网站属于该机构", "the host is the agency's"), host=matter.signed.host
        )
        return
    said = Said(
        f"二维码网站“{matter.signed.host}”不是该机构登记的网站，请勿打开",
        f"the host '{matter.signed.host}' is not one that the agency's list names: do not open it",
    )
    yield HOST.failed(Reason.OTHER_HOST, said, host=matter.signed.host)


STAGES = (Stage(LOOK_ALIKE, look), Stage(HOST, host))
