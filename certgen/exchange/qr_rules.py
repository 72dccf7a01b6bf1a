"""What the settings about the QR code (二维码) must obey, beside having the right shape."""

import re
from collections.abc import Iterator

from certgen.exchange.agency import QrProfile
from certgen.exchange.agency_draft import Draft, Rule, choice, problem
from certgen.exchange.agency_shape import Problem
from certgen.exchange.qr_address import MAX_HOST
from certgen.standards.codes.counting import CodeKind
from certgen.standards.forms import FORMS

_HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_WITH_HOST = (QrProfile.OWN_HOST, QrProfile.SIGNED)
_LONGEST = 253  # RFC 1035


def _profile_is_known(draft: Draft) -> Iterator[Problem]:
    yield from choice(("qr", "profile"), draft.table("qr").get("profile"), QrProfile)


def _qr_has_its_host(draft: Draft) -> Iterator[Problem]:
    qr = draft.table("qr")
    profile, host = qr.get("profile"), qr.get("host", "")
    if profile in _WITH_HOST and not host:
        yield problem(
            ("qr", "host"),
            f"{profile} 需要查询网站的域名，如 cert.example.cn",
            f"{profile} needs the host of your query site, such as cert.example.cn",
        )
    elif host and profile not in _WITH_HOST:
        yield problem(
            ("qr", "host"),
            '只有 profile = "own-host" 或 "signed" 才使用域名，请删去或改 profile',
            'only profile = "own-host" or "signed" uses a host; remove it or change the profile',
        )
    elif host and not _is_host(host):
        yield problem(
            ("qr", "host"),
            "应为小写域名，如 cert.example.cn，不带 https://、端口和路径；中文域名请写成 xn-- 形式",
            "must be a host name in small letters, such as cert.example.cn, without https://, port "
            "or path; write an international name in its xn-- form",
        )
    elif profile == QrProfile.SIGNED and len(host) > MAX_HOST:
        yield problem(
            ("qr", "host"),
            f"签名二维码的域名最多 {MAX_HOST} 个字符（越短，二维码越稀疏易读）",
            f"the host of a signed QR code has at most {MAX_HOST} characters; short ones read better",
        )


def _is_host(host: str) -> bool:
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) <= _LONGEST
        and all(_HOST_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdecimal()  # an address in numbers is not a name
    )


def _signed_has_its_key(draft: Draft) -> Iterator[Problem]:
    qr = draft.table("qr")
    signed, key = qr.get("profile") == QrProfile.SIGNED, qr.get("key", "")
    if signed and not key:
        yield problem(
            ("qr", "key"),
            "signed 需要二维码签名密钥：用 certgen keys make 生成后写在这里",
            "signed needs the key that signs QR codes: make it with certgen keys make and name it here",
        )
    elif key and not signed:
        yield problem(
            ("qr", "key"),
            '只有 profile = "signed" 才使用签名密钥，请删去或改 profile',
            'only profile = "signed" uses a key; remove it or change the profile',
        )
    if signed and FORMS[draft.form].numbers is not CodeKind.CERTIFICATE:
        yield problem(
            ("qr", "profile"),
            "签名二维码只用于 22 位证书编码的证书，请改用其他 profile",
            "only certificates with a code of 22 characters have signed QR codes: choose another profile",
        )


def _passphrase_env_is_a_name(draft: Draft) -> Iterator[Problem]:
    name = draft.table("qr").get("passphrase_env", "")
    if name and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        yield problem(
            ("qr", "passphrase_env"),
            "应为环境变量的名称（字母、数字、下划线），不是口令本身",
            "must be the name of an environment variable (letters, digits, _), not the passphrase",
        )


QR_RULES: tuple[Rule, ...] = (
    _profile_is_known,
    _qr_has_its_host,
    _signed_has_its_key,
    _passphrase_env_is_a_name,
)
