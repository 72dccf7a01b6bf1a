"""The public functions: what the command line does, for programs.

    from certgen import api
    account = api.issue(Path("agency.toml"), Path("roster.xlsx"), Path("out"), photos=Path("photos"), passphrase=b"…")
    assert account.adds_up

All paths are the caller's. Everything about a row is a `Finding`; what the caller must mend is a `CertgenError`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from certgen import batch
from certgen.errors import InputError
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.exchange.agency_template import SCOPE_NAME, TEMPLATE_NAME, scope_template, template
from certgen.exchange.cose import Signs
from certgen.intake import imported
from certgen.issuing import countersigning, handing_back, previewing
from certgen.issuing.dry_run import CheckReport, DryRun
from certgen.issuing.run import Account, Order, Step, Watch
from certgen.model.finding import Finding
from certgen.papers import (
    contact_sheet,
    fonts_of,
    give_back,
    now,
    proof_sheet,
    rare_names,
    restricted_wording,
    write_template,
)
from certgen.registry.entries import Entry, Event, ImportReport
from certgen.registry.ledger.values import Sheet
from certgen.registry.lock import holding, issuing
from certgen.registry.register import Register
from certgen.sign.opening import Passphrase, open_for_branch, open_signers
from certgen.sign.payload_opening import PayloadPassphrase, open_payload_key
from certgen.sign.signers import Signers
from certgen.standards.codes.identify import Identified, identify

SELFCHECK = "verify.selfcheck"
"""The reader that checks every file before it is released, by importable name."""

__all__ = [
    "Account",
    "CheckReport",
    "Imported",
    "Shown",
    "Step",
    "check",
    "contact_sheet",
    "fonts_of",
    "give_back",
    "hand_back",
    "import_numbers",
    "init",
    "issue",
    "now",
    "preview",
    "proof_sheet",
    "rare_names",
    "restricted_wording",
    "show",
    "sign_as",
    "void",
    "write_template",
]


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


def check(
    agency_path: Path,
    roster: Path,
    *,
    photos: Path | None = None,
    approved: Path | None = None,
    sheet: str | None = None,
    include_hidden: bool = False,
    clock: Callable[[], datetime] = now,
    watch: Watch = unwatched,
) -> CheckReport:
    """Read a roster, compose every page, compare with the register; write nothing anywhere.

    `photos` is a folder or a zip; `approved` stands in for the approval list that the agency file names; hidden and
    filtered rows are refused unless `include_hidden`.
    """
    agency = agency_file.load(agency_path)
    order = Order(
        agency,
        roster,
        Path(),
        photos,
        approved=approved,
        sheet=sheet,
        include_hidden=include_hidden,
    )
    with _register_if_any(agency, clock) as register:
        return DryRun(order, fonts_of(agency), register, clock).report(watch)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list of numbers issued elsewhere: rows = refused + imported + already + contradictions."""

    rows: int
    refused: int  # rows that could not be read
    report: ImportReport
    findings: tuple[Finding, ...]


def import_numbers(
    agency_path: Path,
    path: Path,
    *,
    sheet: str | None = None,
    clock: Callable[[], datetime] = now,
) -> Imported:
    """Take numbers issued elsewhere into the register. The same list again changes nothing."""
    agency = agency_file.load(agency_path)
    listed = imported.read(path, agency, clock().date(), sheet=sheet)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    with issuing(agency.register), Register.open(agency.register, clock=clock) as register:
        report = register.import_numbers(listed.rows, file=path.name, sha256=digest)
    findings = (*listed.findings, *report.contradictions, *report.remarks)
    return Imported(listed.total, listed.refused, report, findings)


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
    sheet: str | None = None,
    dpi: int = 150,
    clock: Callable[[], datetime] = now,
) -> bytes:
    """A PNG of the certificate of `row` (as Excel numbers it; None: the first good row).

    The page is the one that `issue` would make, under serial 000000, which is nobody's.
    """
    agency = agency_file.load(agency_path)
    order = Order(agency, roster, Path(), photos, sheet=sheet)
    return previewing.draw(order, fonts_of(agency), row, dpi=dpi, clock=clock)


def listing(
    agency_path: Path,
    roster: Path,
    *,
    row: int | None = None,
    sheet: str | None = None,
    clock: Callable[[], datetime] = now,
) -> str:
    """The page that `preview` draws, as JSON for the linter (页面清单). Holds what the row says."""
    agency = agency_file.load(agency_path)
    order = Order(agency, roster, Path(), None, sheet=sheet)
    return previewing.listed(order, fonts_of(agency), row, clock=clock)


def issue(
    agency_path: Path,
    roster: Path,
    out: Path,
    *,
    photos: Path | None = None,
    approved: Path | None = None,
    sheet: str | None = None,
    include_hidden: bool = False,
    passphrase: Passphrase | None = None,
    signers: Signers | None = None,
    payload_passphrase: PayloadPassphrase | None = None,
    payload_signer: Signs | None = None,
    selfcheck: str | None = SELFCHECK,
    clock: Callable[[], datetime] = now,
    watch: Watch = unwatched,
) -> Account:
    """Issue a roster into `out`, or finish what an earlier call left undone.

    `passphrase` is asked for a key's passphrase where the agency file names one; `signers` stand in for its keys: a
    signing service of your own (`certgen.sign.signers.DocumentSigner`). `payload_passphrase` and `payload_signer` are
    the same for QR codes (`certgen.exchange.cose.Signs`). On return every row of the roster is in the
    account, and the lists `issued.csv` and `refused.csv` stand in the run's folder.
    """
    agency = agency_file.load(agency_path)
    signers = signers or open_signers(agency, passphrase, clock=clock)
    payload_signer = payload_signer or open_payload_key(agency, payload_passphrase)
    order = Order(
        agency,
        roster,
        out,
        photos,
        approved,
        sheet,
        include_hidden,
        signers,
        payload_signer,
        selfcheck,
    )
    return batch.issue(order, fonts_of(agency), clock=clock, watch=watch)


HANDOVER = "verify.handover"
"""The reader of what goes between two places, by importable name."""


def sign_as(
    agency_path: Path,
    branch: str,
    folder: Path,
    passphrase: Passphrase | None,
    *,
    clock: Callable[[], datetime] = now,
    watch: countersigning.Watch = lambda _done, _total: None,
) -> countersigning.SignAccount:
    """A branch signs in its own place what headquarters has sent; running again goes on.

    The folder holds the files and the signed list of them. Every file on the list is in the account: signed now, signed
    before, or refused with a finding; what differs from the list is left as it is.
    """
    agency = agency_file.load(agency_path)
    if branch not in agency.branch_keys:
        known = "、".join(agency.branch_keys) or "—"
        raise InputError(
            zh=f"机构配置中没有分支机构 {branch} 的密钥（[key.branches.{branch}]）；现有：{known}",
            en=f"the agency file has no key of branch {branch} ([key.branches.{branch}]); there are: {known}",
        )
    with holding(folder / ".certgen-sign.lock", lambda pid: _signing_now(folder, pid)):
        signers = open_for_branch(agency, branch, passphrase, clock=clock)
        work = countersigning.Countersigner(folder, agency, branch, signers, HANDOVER, clock)
        account = work.run(watch)
    account.findings[:0] = signers.warnings
    return account


def hand_back(
    agency_path: Path,
    branch: str,
    folder: Path,
    out: Path,
    *,
    clock: Callable[[], datetime] = now,
) -> handing_back.BackAccount:
    """Headquarters takes back what a branch has signed in its own place: files and register know it then.

    Running again changes nothing. Every file on the list is in the account.
    """
    agency = agency_file.load(agency_path)
    if branch not in agency.branches:
        raise InputError(
            zh=f"机构配置中没有分支机构 {branch}", en=f"the agency file has no branch {branch}"
        )
    with issuing(agency.register), Register.open(agency.register, clock=clock) as register:
        back = handing_back.HandBack(folder, agency, branch, register, out, HANDOVER, clock)
        return back.run()


def _signing_now(folder: Path, pid: str) -> InputError:
    return InputError(
        zh=f"另一个 certgen sign 正在处理 {folder}（进程 {pid or '未知'}），请等它结束",
        en=f"another certgen sign is at work on {folder} (pid {pid or 'unknown'}): wait for it to end",
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known about a code: what it is, what the register holds, what happened to it."""

    identified: Identified
    looked_up: bool = False  # whether there is a register to look into
    entry: Entry | None = None
    events: tuple[Event, ...] = ()
    sheets: tuple[Sheet, ...] = ()  # of paper, that it was printed on


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
            identified,
            looked_up=True,
            entry=register.find(known),
            events=register.events(known),
            sheets=register.ledger.of_certificate(known),
        )


def void(agency_path: Path, code: str, reason: str, *, clock: Callable[[], datetime] = now) -> None:
    """Take a number out of use for good, with the reason. Its row may then be issued another one."""
    with _register_if_any(agency_file.load(agency_path), clock) as register:
        if register is None:
            raise InputError(
                zh="还没有台账，没有可作废的编号", en="there is no register yet: nothing to void"
            )
        register.void(code, reason)
