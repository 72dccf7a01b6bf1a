"""Checks 301 and 302: the status list (状态清单): valid, void, superseded or suspended, as of the list's date.

What a list ended stays ended however old the list is; that a certificate is still in force, only a list that has
not expired can say.
"""

from collections.abc import Iterator

from certgen.errors import Said
from verify.checks.running import Stage
from verify.evidence import Axis, Check, Evidence
from verify.held import ListFacts, Status, StatusFacts
from verify.matter import Matter
from verify.reasons import Reason

STANDING = Check(301, "status/standing", Axis.REGISTER, Said("证书状态", "status"))
LIST_AGE = Check(
    302, "status/list-age", Axis.REGISTER, Said("状态清单是否过期", "age of the status list")
)


def look(matter: Matter) -> Iterator[Evidence]:
    """The status and the age of the list that says so."""
    facts = matter.status
    if facts is None or facts.source is None:
        yield _no_list(facts)
        return
    yield _standing(facts, facts.source)
    yield _age(facts.source)


def _no_list(facts: StatusFacts | None) -> Evidence:
    if facts is not None and facts.rolled_back:
        return STANDING.skipped(
            Reason.LIST_ROLLED_BACK,
            Said(
                "状态清单比以前见过的旧，不予采用",
                "the status list is older than one seen before: not used",
            ),
        )
    return STANDING.skipped(
        Reason.NO_LIST,
        Said(
            "没有该机构的状态清单，不知道证书是否已作废",
            "no status list of this agency: whether the certificate was voided is not known",
        ),
    )


def _standing(facts: StatusFacts, source: ListFacts) -> Evidence:
    dated, why = source.dated, f"：{facts.why}" if facts.why else ""
    because = f": {facts.why}" if facts.why else ""
    figures = {"dated": dated, "issuer": source.issuer}
    match facts.status:
        case Status.VALID:
            said = Said(
                f"截至 {dated} 未作废（{source.issuer}的状态清单）",
                f"not ended as of {dated} (status list of {source.issuer})",
            )
            return STANDING.passed(said, **figures)
        case Status.VOID:
            said = Said(
                f"{dated} 的状态清单：已作废{why}", f"void, by the list of {dated}{because}"
            )
            return STANDING.failed(Reason.VOID, said, **figures)
        case Status.SUPERSEDED:
            said = Said(
                f"{dated} 的状态清单：已被新证书取代{why}",
                f"superseded by a newer certificate, by the list of {dated}{because}",
            )
            return STANDING.failed(Reason.SUPERSEDED, said, **figures)
        case Status.SUSPENDED:
            said = Said(
                f"{dated} 的状态清单：暂停使用{why}", f"suspended, by the list of {dated}{because}"
            )
            return STANDING.failed(Reason.SUSPENDED, said, **figures)
        case Status.UNKNOWN:
            said = Said(
                f"{dated} 的状态清单不含这份证书，可能早于发证",
                f"the status list of {dated} does not cover this certificate; it may be older than it",
            )
            return STANDING.skipped(Reason.STATUS_UNKNOWN, said, **figures)


def _age(source: ListFacts) -> Evidence:
    if source.expired:
        return LIST_AGE.skipped(
            Reason.LIST_EXPIRED,
            Said(
                f"状态清单（{source.dated}）已于 {source.expires} 过期，不知道此后是否作废；请取较新的表",
                f"the status list of {source.dated} expired on {source.expires}: what happened since is "
                "not known; get a newer one",
            ),
        )
    return LIST_AGE.passed(
        Said(f"状态清单日期 {source.dated}，未过期", f"status list of {source.dated}, not expired")
    )


STAGES = (Stage(STANDING, look),)
