"""A query address (查询网址) that is not the official one: look-alike hosts above all."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.addresses import CERTIFICATE_QUERY, INSTITUTION_QUERY, MISREAD_HOSTS
from certgen.standards.query_hosts import (
    CERTIFICATE_HOST,
    INSTITUTION_HOST,
    addresses_in,
    is_public_query,
)
from verify.design import clauses
from verify.design.case import Case
from verify.design.design import Channel
from verify.design.finding import Finding, Kind
from verify.design.rule import Rule, in_text
from verify.design.texts import Text

_LABEL = re.compile(
    "(机\\s*构|证\\s*书)?(?:信\\s*息)?查\\s*[询验][^:：\\n]{0,40}?[:：]?\\s*$|Information\\s*\\)?\\s*[:：]?\\s*$"
)
_PROVINCIAL = re.compile("省|自治区|市|兵团|Provincial", re.IGNORECASE)
_INSTITUTION = re.compile("机\\s*构|Assessment", re.IGNORECASE)
_QUERY_ROLES = {"certificate_query", "institution_query", "provincial_query", "query"}


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for text in (*case.shown, *(t for t in case.texts if t.channel is Channel.ADDRESS)):
        for start, end, host in addresses_in(text.text):
            before = text.text[:start]
            finding = _judged(
                rule, text, (start, end), host, before.rpartition("\n")[2] or before, case
            )
            if finding:
                yield finding


def _judged(  # noqa: PLR0911  (one line a case)
    rule: Rule, text: Text, span: tuple[int, int], host: str, before: str, case: Case
) -> Finding | None:
    if case.profile.measures == "special" and is_public_query(host):
        return None
    labelled = bool(_LABEL.search(before)) or (text.role or "").partition(".")[0] in _QUERY_ROLES
    provincial = bool(_PROVINCIAL.search(before)) or text.role == "provincial_query"
    right = INSTITUTION_HOST if _INSTITUTION.search(before) else CERTIFICATE_HOST
    meant = MISREAD_HOSTS.get(host)
    place = in_text(text, *span)
    if host in {CERTIFICATE_HOST, INSTITUTION_HOST}:
        if labelled and _LABEL.search(before) and not provincial and host != right:
            return rule.finding(
                Said(f"此处应为 {right}，写成了 {host}", f"{host} stands where {right} belongs"),
                place,
                remedy=_write(right),
            )
        return None
    if meant:
        return rule.finding(
            Said(
                f"{host} 是流传文本中的错误，应为 {meant}",
                f"{host} is an error of circulating copies for {meant}",
            ),
            place,
            remedy=_write(meant),
        )
    if provincial and is_public_query(host):
        return None
    own = (
        case.filing is not None
        and bool(case.filing.qr_host)
        and host == case.filing.qr_host.lower()
    )
    if labelled and not provincial and not own:
        return rule.finding(
            Said(
                f"查询网址为 {host}，不是官方网址 {right}",
                f"the query leads to {host}, not to {right}",
            ),
            place,
            remedy=_write(right),
        )
    if not is_public_query(host) and not own:
        return rule.finding(
            Said(
                f"出现网址 {host}，请说明用途", f"the address {host} stands here: what is it for?"
            ),
            place,
            kind=Kind.ERROR if _looks_official(host) else Kind.REVIEW,
            remedy=Said("说明用途，或删去", "explain it, or take it out"),
        )
    return None


def _looks_official(host: str) -> bool:
    """A look-alike of the national hosts: jndj.osta.com.cn, jndj-osta.org.cn."""
    return (
        any(part in host for part in ("osta", "jndj", "pjjg", "mohrss", "zscx"))
        or not host.isascii()
    )


def _write(host: str) -> Said:
    address = INSTITUTION_QUERY if host == INSTITUTION_HOST else CERTIFICATE_QUERY
    return Said(f"改为 {address}", f"write {address}")


RULE = Rule(
    id="link/other-query-address",
    said=Said("查询网址不是官方网址", "another query address"),
    clause=clauses.CONTENTS,
    kind=Kind.ERROR,
    looks_at=Said(
        "证书上和链接中的网址，按主机名逐字比较",
        "addresses on the page and behind links, host by host",
    ),
    passes=Said(
        "http、https，末尾斜线；标明省、市的 gov.cn 查询网址；机构自己的 qr.host",
        "http and https, a trailing slash; a gov.cn query that is labelled as provincial; the agency's own qr.host",
    ),
    decided_by="text",
    check=_check,
    remedy=Said("改为官方网址", "write the official address"),
)
