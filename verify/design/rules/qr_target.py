"""What a QR code (二维码) says: a banned wording, or an address that nobody filed."""

import re
from collections.abc import Iterator

from certgen.errors import Said
from certgen.standards.query_hosts import addresses_in, is_public_query
from certgen.standards.wording_matches import Standing, matches
from verify.design import clauses
from verify.design.case import Case
from verify.design.design import Channel
from verify.design.finding import Finding, Kind, Place
from verify.design.rule import Rule

_CODE = re.compile(r"[YS][0-9]{14}[0-9A-Z][0-9]{6}|[YS]?[×xX*0-9]{15,22}")


def _check(rule: Rule, case: Case) -> Iterator[Finding]:
    for code in case.design.codes:
        place = Place(code.page, (code.box,), code.text, 0, len(code.text), Channel.PAGE)
        for match in matches(code.text, case.names):
            if match.standing is Standing.STANDS:
                yield rule.finding(
                    Said(f"二维码内容含“{match.written}”", f"the QR code says {match.written}"),
                    Place(code.page, (code.box,), code.text, match.start, match.end),
                    clause=clauses.WORDS,
                    kind=Kind.ERROR,
                    read=match.written,
                )
        hosts = [host for _, _, host in addresses_in(code.text)]
        own = case.filing.qr_host.lower() if case.filing else ""
        strange = [host for host in hosts if not is_public_query(host) and host != own]
        if strange:
            yield rule.finding(
                Said(
                    f"二维码指向 {strange[0]}，不是官方查询网址，也不是备案的查询网址",
                    f"the QR code leads to {strange[0]}, neither an official query nor the agency's own",
                ),
                place,
            )
        elif not hosts and not _CODE.fullmatch(code.text.strip()):
            yield rule.finding(
                Said(
                    "二维码内容既不是网址也不是证书编号",
                    "the QR code says neither an address nor a certificate code",
                ),
                place,
            )


RULE = Rule(
    id="qr/target",
    said=Said("二维码内容需要说明", "what the QR code says"),
    clause=clauses.CONTENTS,
    kind=Kind.REVIEW,
    looks_at=Said("二维码的文字和网址", "text and address of the QR code"),
    passes=Said(
        "证书编号；官方及政府查询网址；机构配置中的 qr.host。通知未规定二维码内容",
        "the certificate code; official and government queries; the "
        "agency's own qr.host. No notice says what a QR code holds",
    ),
    decided_by="picture",
    check=_check,
    remedy=Said("请说明二维码指向何处", "explain where it leads"),
)
