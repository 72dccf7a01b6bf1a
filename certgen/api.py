"""The public functions: what the command line does, for programs.

    from certgen import api
    account = api.issue(Path("agency.toml"), Path("roster.xlsx"), Path("out"), photos=Path("photos"), passphrase=b"…")
    assert account.adds_up

All paths are the caller's. Everything about a row is a `Finding`; what the caller must mend is a `CertgenError`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from certgen import batch
from certgen.errors import InputError, Said
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency, KeyFile
from certgen.exchange.agency_template import SCOPE_NAME, TEMPLATE_NAME, scope_template, template
from certgen.fonts import fontset
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.intake.photos import prepare
from certgen.intake.roster import Roster, Row
from certgen.issuing.forms import Forms
from certgen.issuing.reserving import examine, open_roster, refusal_of
from certgen.issuing.run import Account, Order, Step, Watch, chunks
from certgen.model.finding import Finding, Severity
from certgen.registry.entries import Entry, Event, Outcome, Wanted
from certgen.registry.register import Register
from certgen.render import preview as drawing
from certgen.render.plan import Usage, make_plan
from certgen.render.stamp import Portrait, Stamper
from certgen.sign.cms import Signer
from certgen.sign.keys import load_pkcs12
from certgen.standards.codes.identify import Identified, identify
from certgen.standards.codes.national import CertificateCode

SAMPLE_NAME = "样例"
"""Stands in the name of every sample certificate (samples/ca.py); what it signs says so on the page."""

SELFCHECK = "verify.selfcheck"
"""The reader that checks every file before it is released, by importable name."""

__all__ = [
    "Account",
    "CheckReport",
    "Shown",
    "Step",
    "check",
    "init",
    "issue",
    "preview",
    "show",
    "void",
]


def now() -> datetime:
    """The local time with its zone: the clock unless a caller gives another."""
    return datetime.now().astimezone()


def unwatched(_step: Step, _done: int, _total: int) -> None:
    """Watches nothing."""


def init(folder: Path, *, sample: bool = False) -> tuple[Path, ...]:
    """Write an agency file with comments and a scope file into `folder`; their paths. Never overwrites."""
    wanted = {
        folder / TEMPLATE_NAME: template(sample=sample),
        folder / SCOPE_NAME: scope_template(),
    }
    for path in wanted:
        if path.exists():
            raise InputError(
                zh=f"{path} 已存在，不会覆盖：请换一个文件夹，或先移走它",
                en=f"{path} exists and is not overwritten: choose another folder or move it away",
            )
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return tuple(wanted)


@dataclass(slots=True)
class CheckReport:
    """What a dry run found: rows = good + already issued + refused."""

    rows: int = 0
    good: int = 0
    already: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)


def check(
    agency_path: Path,
    roster: Path,
    *,
    photos: Path | None = None,
    clock: Callable[[], datetime] = now,
    watch: Watch = unwatched,
) -> CheckReport:
    """Read a roster, compose every page, compare with the register; write nothing anywhere."""
    agency = agency_file.load(agency_path)
    forms = Forms(agency, fonts_of(agency), Path(), signed=False)
    listed, rows = open_roster(Order(agency, roster, Path(), photos), clock().date())
    report = CheckReport(findings=list(listed.findings))
    with _register_if_any(agency, clock) as register:
        for chunk in chunks(rows):
            watch(Step.RESERVE, report.rows, listed.last_row - listed.header_row)
            _check_chunk(report, chunk, listed, forms, register)
        watch(Step.RESERVE, report.rows, report.rows)
    return report


def _check_chunk(
    report: CheckReport, chunk: list[Row], roster: Roster, forms: Forms, register: Register | None
) -> None:
    examined = [examine(row, roster, forms) for row in chunk]
    report.rows += len(chunk)
    report.findings += [finding for _, findings in examined for finding in findings]
    wanted = [one for one, _ in examined if one]
    answers = register.foresee(wanted) if register else []
    refusals = [refusal for refusal in map(refusal_of, wanted, answers) if refusal]
    already = sum(answer.outcome is Outcome.ISSUED for answer in answers)
    report.findings += refusals
    report.already += already
    report.refused += len(chunk) - len(wanted) + len(refusals)
    report.good += len(wanted) - len(refusals) - already


@contextmanager
def _register_if_any(agency: Agency, clock: Callable[[], datetime]) -> Iterator[Register | None]:
    """The register, if one was begun: looking must not make one."""
    if not agency.register.exists():
        yield None
        return
    with Register.open(agency.register, clock=clock) as register:
        yield register


def preview(
    agency_path: Path,
    roster: Path,
    *,
    row: int | None = None,
    photos: Path | None = None,
    dpi: int = 150,
    clock: Callable[[], datetime] = now,
) -> bytes:
    """A PNG of the certificate of `row` (as Excel numbers it; None: the first good row).

    The page is the one that `issue` would make, under serial 000000, which is nobody's.
    """
    agency = replace(agency_file.load(agency_path), electronic=True)
    fonts = fonts_of(agency)
    forms = Forms(agency, fonts, Path(), signed=False)
    wanted = _row_to_show(Order(agency, roster, Path(), photos), forms, row, clock)
    record = wanted.record
    issued = CertificateCode.build(wanted.prefix, record.issue_date.year, record.level, 1)
    code = f"{issued.counter}000000"
    composer = forms.composer(record.branch)
    usage = Usage()
    usage.add(composer.values(record, code))
    plan = make_plan(composer, record.branch, fonts, usage, signed=False)
    photo = prepare(record.photo) if record.photo else None
    portrait = Portrait(photo.jpeg, photo.width, photo.height) if photo else None
    pdf = Stamper(plan, composer, None).stamp(record, code, portrait, clock()).data
    return drawing.png(pdf, dpi=dpi)


def _row_to_show(
    order: Order, forms: Forms, row: int | None, clock: Callable[[], datetime]
) -> Wanted:
    roster, rows = open_roster(order, clock().date())
    for one in rows:
        if row is None or one.place.row == row:
            wanted, findings = examine(one, roster, forms)
            if wanted:
                return wanted
            if row is not None:
                why = [finding for finding in findings if finding.refuses]
                raise InputError(
                    zh=f"第 {row} 行不能制证：" + "；".join(finding.said.zh for finding in why),
                    en=f"row {row} cannot be issued: "
                    + "; ".join(finding.said.en for finding in why),
                )
    raise InputError(
        zh=f"名册中没有第 {row} 行" if row else "名册中没有一行可以制证：请先运行 certgen check",
        en=f"the roster has no row {row}"
        if row
        else "no row of the roster can be issued: run certgen check",
    )


def issue(
    agency_path: Path,
    roster: Path,
    out: Path,
    *,
    photos: Path | None = None,
    passphrase: Callable[[KeyFile], bytes] | None = None,
    selfcheck: str | None = SELFCHECK,
    clock: Callable[[], datetime] = now,
    watch: Watch = unwatched,
) -> Account:
    """Issue a roster into `out`, or finish what an earlier call left undone.

    `passphrase` is asked for the key's passphrase where the agency file names a key. On return every row of the
    roster is in the account, and the lists `issued.csv` and `refused.csv` stand in the run's folder.
    """
    agency = agency_file.load(agency_path)
    signer, warnings = _signer(agency, passphrase, clock)
    order = Order(agency, roster, out, photos, signer, warnings, selfcheck)
    return batch.issue(order, fonts_of(agency), clock=clock, watch=watch)


def _signer(
    agency: Agency, passphrase: Callable[[KeyFile], bytes] | None, clock: Callable[[], datetime]
) -> tuple[Signer | None, tuple[Finding, ...]]:
    """Who signs the electronic certificates, and what must be said about the key."""
    if not agency.electronic:
        return None, ()
    if agency.key is None:
        said = Said(
            zh="没有签名密钥：电子证书未签名，不能证明真伪",
            en="there is no signing key: the electronic certificates are unsigned and prove nothing",
        )
        return None, (Finding("key/none", Severity.WARNING, said),)
    if passphrase is None:
        raise InputError(
            zh="机构配置指定了签名密钥，但没有提供取得口令的方法",
            en="the agency file names a signing key, but no way to get its passphrase was given",
        )
    key = load_pkcs12(agency.key.pkcs12, passphrase(agency.key), today=clock())
    signer = Signer(key)
    if SAMPLE_NAME in signer.common_name and not agency.sample:
        raise InputError(
            zh="样例密钥只能签样例证书：请在机构配置 [agency] 中设 sample = true，或换用正式密钥",
            en="a sample key signs samples only: set sample = true under [agency], or use a real key",
        )
    return signer, key.warnings


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known about a code: what it is, what the register holds, what happened to it."""

    identified: Identified
    looked_up: bool = False  # whether there is a register to look into
    entry: Entry | None = None
    events: tuple[Event, ...] = ()


def show(agency_path: Path | None, code: str, *, clock: Callable[[], datetime] = now) -> Shown:
    """Explain a code; with an agency file, also look it up in the register."""
    identified = identify(code)
    if agency_path is None:
        return Shown(identified)
    known = str(identified.code) if identified.code else code
    with _register_if_any(agency_file.load(agency_path), clock) as register:
        if register is None:
            return Shown(identified)
        return Shown(
            identified, looked_up=True, entry=register.find(known), events=register.events(known)
        )


def void(agency_path: Path, code: str, reason: str, *, clock: Callable[[], datetime] = now) -> None:
    """Take a number out of use for good, with the reason. Its row may then be issued another one."""
    with _register_if_any(agency_file.load(agency_path), clock) as register:
        if register is None:
            raise InputError(
                zh="还没有登记库，没有可作废的编号", en="there is no register yet: nothing to void"
            )
        register.void(code, reason)


def fonts_of(agency: Agency | None, given: Path | None = None) -> FontSet[Face]:
    """The faces that would be used: a given folder's, the agency file's, this machine's, the fetched ones."""
    return fontset.load(given or (agency.font_folder if agency else None))
