"""Reserve: roster rows become records, records that can be printed get their numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from certgen.compose import Composer
from certgen.errors import LayoutError, MissingGlyphError, Said
from certgen.intake.photos import PhotoFolder, prepare
from certgen.intake.roster import Roster, Row, read
from certgen.issuing.forms import Forms
from certgen.issuing.run import Order, Run, Step, chunks
from certgen.model.finding import Finding, Severity
from certgen.model.record import Record
from certgen.registry.entries import Outcome, Reservation, Wanted

PLACEHOLDER = "S" + "0" * 21
"""As wide as any certificate code: the digits of a FangSong face are all half an em."""


_PLAIN: Mapping[str, Any] = {
    "name": "一",
    "identity_number": "0",
    "occupation": "一",
    "job": None,
    "print_number": None,
}
"""For each field that a clerk writes freely, a value that any face draws and any slot holds."""


def reserve(run: Run, roster: Roster, rows: Iterator[Row]) -> None:
    """Give every good row of the roster its number, a chunk a transaction; refuse the others with their findings."""
    run.account.findings += roster.findings
    for chunk in chunks(rows):
        run.watch(Step.RESERVE, run.account.rows, roster.last_row - roster.header_row)
        wanted: list[Wanted] = []
        for row in chunk:
            run.account.rows += 1
            one, findings = examine(row, roster, run.forms)
            run.account.findings += findings
            if one is None:
                run.account.refused += 1
            else:
                wanted.append(one)
        for one, answer in zip(wanted, run.register.reserve(run.job, wanted), strict=True):
            _note(run, one, answer)
    run.watch(Step.RESERVE, run.account.rows, run.account.rows)


def open_roster(order: Order, today: date) -> tuple[Roster, Iterator[Row]]:
    """The roster and its rows; a photo folder's own findings stand with the roster's."""
    photos = PhotoFolder(order.photos) if order.photos else None
    roster, rows = read(order.roster, order.agency, photos, today)
    return replace(roster, findings=(*roster.findings, *(photos.findings if photos else ()))), rows


def examine(row: Row, roster: Roster, forms: Forms) -> tuple[Wanted | None, tuple[Finding, ...]]:
    """What a row asks the register for, and everything found in it; None where the row is refused.

    The page is composed here already: a name that no face draws or that does not fit gets no number.
    """
    record, findings = row.record, row.findings
    if record is None:
        return None, findings
    photo = ""
    if record.photo is not None:
        prepared = prepare(record.photo)
        findings += tuple(replace(finding, place=row.place) for finding in prepared.findings)
        photo = prepared.sha256
    composer = forms.composer(record.branch)
    try:
        composer.values(record, PLACEHOLDER)
    except (MissingGlyphError, LayoutError) as problem:
        code = "font/missing-glyph" if isinstance(problem, MissingGlyphError) else "layout/overflow"
        place = replace(row.place, column=_column(record, composer, roster))
        findings += (Finding(code, Severity.ERROR, problem.said, place),)
    if any(finding.refuses for finding in findings):
        return None, findings
    site = forms.agency.site_of(record.site, record.branch)
    first = forms.agency.first_serial(site.id, record.issue_date.year, record.level)
    return Wanted(record, site.prefix, first, photo), findings


def _column(record: Record, composer: Composer, roster: Roster) -> str:
    """The column of the one value without which the page could be composed; '' where there are several."""
    for name, plain in _PLAIN.items():
        try:
            composer.values(replace(record, **{name: plain}), PLACEHOLDER)
        except (MissingGlyphError, LayoutError):
            continue
        return roster.columns.get(name, "")
    return ""


def _note(run: Run, wanted: Wanted, answer: Reservation) -> None:
    """Enter one answer of the register into the account."""
    account = run.account
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
