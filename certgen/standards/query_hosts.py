"""Addresses in a text, and which hosts may stand on a certificate as a query (查询网址).

人社鉴发〔2021〕1号 二(一): the two national addresses, and a provincial one if the agency likes.
Hosts are compared whole: fourteen look-alikes of the national ones were closed in October 2022.

>>> [host for _, _, host in addresses_in("证书信息查询网址：http://jndj.osta.org.cn/ 和 WWW.Example.CN")]
['jndj.osta.org.cn', 'www.example.cn']
>>> is_public_query("jndj.osta.org.cn"), is_public_query("jndj.osta.com.cn")
(True, False)
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from certgen.standards.addresses import CERTIFICATE_QUERY, INSTITUTION_QUERY

CERTIFICATE_HOST = urlsplit(CERTIFICATE_QUERY).hostname or ""
"""Of the certificate query."""

INSTITUTION_HOST = urlsplit(INSTITUTION_QUERY).hostname or ""
"""Of the institution query."""

_GOVERNMENT = ".gov.cn"
_NATIONAL = ".osta.org.cn"  # the centre's portal and its provincial sites: ha.osta.org.cn
_ADDRESS = re.compile(
    r"(?:https?\s*[:：]\s*/\s*/\s*)?(?<![a-z0-9.\-])"
    r"((?:(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?|[\u4e00-\u9fff]{1,30})\.){1,8}"
    r"(?:com|cn|org|net|gov|edu|top|site|info|vip|cc|xyz|online|club|shop|wang|ltd|tech|中国|网址|公司|网络|政务)"
    r"(?:\.[a-z]{2})?)(?![a-z0-9\-])"
    r"(?:[:：][0-9]{2,5})?(?:/[!-~]*)?"
)
_WITH_SCHEME = re.compile(r"https?://([^\s/:?#，。；、）)<>]+)[^\s，。；）)<>]*", re.IGNORECASE)


def addresses_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and host (lower case) of every web address, with or without http."""
    lower = text.lower()
    if len(lower) != len(text):  # İ grows: nothing of ours has it
        lower = text
    covered = 0
    for found in sorted(
        [*_WITH_SCHEME.finditer(lower), *_ADDRESS.finditer(lower)],
        key=lambda m: (m.start(), -m.end()),
    ):
        if found.start() >= covered:
            covered = found.end()
            yield found.start(), found.end(), found.group(1).rsplit("@", 1)[-1].rstrip(".")


def is_public_query(host: str) -> bool:
    """Whether the host is the national one, one of its provincial sites or a government's."""
    return host.endswith((_NATIONAL, _GOVERNMENT)) and host.isascii()
