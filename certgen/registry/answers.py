"""What the register's answers mean for the clerk: findings for numbers brought and people seen.

A number that contradicts the register (证书台账) refuses its row. That a holder was here before under
another name, or in a list without batch, is for somebody to look at and refuses nothing.
"""

from certgen.errors import Said
from certgen.model.finding import Finding, Place, Severity
from certgen.registry.entries import Conflict, Earlier, Reservation, Wanted, Why
from certgen.standards.codes.national import CLAUSE

_SERIAL_CLAUSE = f"{CLAUSE} 二(七)"


def conflict_of(wanted: Wanted, answer: Reservation) -> Finding | None:
    """Why the number that a row brings is refused; None unless the answer is TAKEN."""
    if answer.conflict is None:
        return None
    return conflict_finding(wanted, answer.conflict, answer.code or "", answer.place)


def conflict_finding(wanted: Wanted, conflict: Conflict, code: str, place: Place) -> Finding:
    """The refusal of a row whose number contradicts `code`, which was read at `place`."""
    match conflict:
        case Conflict.ANOTHERS:
            name, clause = "register/number-taken", _SERIAL_CLAUSE
            said = Said(
                f"证书编号 {code} 在台账中已属于另一张证书（{_where(place).zh}），"
                "一个编号只能用于一张证书；请核对两行，更正其一",
                f"code {code} belongs to another certificate in the register "
                f"({_where(place).en}), and a number is used once: compare the two rows",
            )
        case Conflict.HAS_ANOTHER:
            name, clause = "register/other-number", _SERIAL_CLAUSE
            said = Said(
                f"此人此证在台账中已有编号 {code}（{_where(place).zh}），本行却写 "
                f"{wanted.adopted}；请核对哪一个正确，确需更换时先作废原编号（certgen void）",
                f"this certificate has number {code} in the register ({_where(place).en}), the "
                f"row says {wanted.adopted}: check which is right, and void the old number "
                "(certgen void) only if it must be replaced",
            )
        case Conflict.VOID:
            name, clause = "register/void-number", ""  # our rule: 四(一) speaks of whole sites
            said = Said(
                f"证书编号 {code} 在台账中已作废，作废的编号不再使用；请向赋码平台取得新编号",
                f"code {code} is void in the register, and a void number is never used again: get "
                "a new one from the platform that assigns them",
            )
    return Finding(name, Severity.ERROR, said, wanted.record.place, clause)


def remarks(wanted: Wanted, earlier: tuple[Earlier, ...]) -> tuple[Finding, ...]:
    """What somebody should look at before the certificate goes out."""
    return tuple(_remark(wanted, one) for one in earlier)


def _remark(wanted: Wanted, earlier: Earlier) -> Finding:
    match earlier.why:
        case Why.OTHER_NAME:
            name = "register/other-name"
            said = Said(
                f"此证件号码在台账中曾以另一姓名登记（编号 {earlier.code}）；"
                "请对照证件核对姓名和号码，改名的请留存依据",
                f"the register has this identity number under another name (code {earlier.code}): "
                "compare name and number with the document, and keep proof of a change of name",
            )
        case Why.NO_BATCH:
            name = "register/imported-without-batch"
            said = Said(
                f"此人同一职业、工种、等级的证书已在别处核发（编号 {earlier.code}，导入时没有批次）；"
                "请核对本行是否为再次评价，如为同一张证书请删去本行",
                "a certificate of this holder for the same occupation, job and level was issued "
                f"elsewhere (code {earlier.code}, imported without batch): is this row a "
                "re-assessment? If it is the same certificate, delete the row",
            )
    return Finding(name, Severity.REVIEW, said, wanted.record.place)


def _where(place: Place) -> Said:
    """Where the other row was read."""
    return Said(place.in_("zh") or "出处不详", place.in_("en") or "place unknown")
