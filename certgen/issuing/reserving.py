"""Reserve: roster rows become records, records that may and can be printed get their numbers."""

from collections.abc import Iterator

from certgen.errors import Said
from certgen.intake.roster import Row
from certgen.issuing.examining import Examiner
from certgen.issuing.run import Run, Step, chunks
from certgen.model.finding import Finding, Severity
from certgen.registry.answers import conflict_of, remarks
from certgen.registry.entries import Outcome, Reservation, Wanted


def reserve(run: Run, examiner: Examiner, rows: Iterator[Row]) -> None:
    """Give every good row of the roster its number, a chunk a transaction; refuse the others with their findings."""
    roster = examiner.roster
    run.account.findings += examiner.opening()
    for chunk in chunks(rows):
        run.watch(Step.RESERVE, run.account.rows, roster.last_row - roster.header_row)
        wanted: list[Wanted] = []
        for row in chunk:
            run.account.rows += 1
            one, findings = examiner.examine(row)
            run.account.findings += findings
            if one is None:
                run.account.refused += 1
            else:
                wanted.append(one)
        for one, answer in zip(wanted, run.register.reserve(run.job, wanted), strict=True):
            _note(run, one, answer)
    run.account.findings += examiner.closing()
    run.watch(Step.RESERVE, run.account.rows, run.account.rows)


def _note(run: Run, wanted: Wanted, answer: Reservation) -> None:
    """Enter one answer of the register into the account."""
    account = run.account
    account.findings += remarks(wanted, answer.earlier)
    refusal = refusal_of(wanted, answer)
    if refusal:
        account.refused += 1
        account.findings.append(refusal)
    elif answer.outcome is Outcome.ISSUED:
        account.already += 1
    else:
        run.wanted.add(str(answer.code))


def refusal_of(wanted: Wanted, answer: Reservation) -> Finding | None:
    """Why the register gives a row nothing; None where it does, or did before."""
    if answer.outcome is Outcome.TAKEN:
        return conflict_of(wanted, answer)
    if answer.outcome is Outcome.CHANGED:
        fields = ", ".join(answer.changed)
        said = Said(
            zh=f"此人此证已编号 {answer.code}，本行的 {fields} 与登记不同：已发证书不会被覆盖。"
            "请核对；确需更正时先作废原编号（certgen void）",
            en=f"this certificate has number {answer.code}, but {fields} of this row differ from the "
            "register: a certificate is never overwritten. Check the row, or void the number first "
            "(certgen void)",
        )
        return Finding("register/changed", Severity.ERROR, said, wanted.record.place)
    if answer.outcome is Outcome.EXHAUSTED:
        said = Said(
            zh=f"站点 {wanted.prefix} 本年度该等级的序列码 000001-999999 已用完，不能再编号",
            en=f"site {wanted.prefix} has used all serials 000001-999999 of this year and level",
        )
        clause = "人社鉴发〔2019〕2号 附件1 二(七)"
        return Finding("register/exhausted", Severity.ERROR, said, wanted.record.place, clause)
    return None
