"""The two query addresses every certificate prints (证书信息查询网址, 机构信息查询网址).

人社鉴发〔2021〕1号 二(一) and 附件 样式(一). The pages are free and public but ask for a slider and
two of name, identity number and code: no address leads to one certificate.
"""

from collections.abc import Mapping
from types import MappingProxyType

CERTIFICATE_QUERY = "http://jndj.osta.org.cn/"
"""Where anyone may look up a certificate."""

INSTITUTION_QUERY = "http://pjjg.osta.org.cn/"
"""Where anyone may look up an agency and what it may assess."""

MISREAD_HOSTS: Mapping[str, str] = MappingProxyType(
    {
        # 人社鉴发〔2019〕2号 附件2 and 人社鉴发〔2021〕1号 二(一), against 样式(一) of the latter.
        "pjgg.osta.org.cn": "pjjg.osta.org.cn",
        # 人社鉴发〔2021〕1号 附件 样式(二), against 样式(一); the first has https there.
        "mjdj.costa.org.cn": "jndj.osta.org.cn",
        "pjjg.costa.org.cn": "pjjg.osta.org.cn",
    }
)
"""Errata: hosts as circulating copies of the notices print them, to the host that is meant."""
