"""The batch, as one page of prose.

    roster row → checked record → reserved number → signed QR code → plan
    → signed file → self-check → register → public name

Every step may be killed and run again: numbers stay with their rows, files are whole or absent, and what was stamped is
stamped again to the same bytes. A register has at most one open run (制证批次); running again continues it.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import file_digest

from certgen.errors import InputError
from certgen.fonts.faces import Face
from certgen.fonts.fontset import FontSet
from certgen.issuing import electronic, files, lists, payloads, printing
from certgen.issuing.checking import Checker
from certgen.issuing.examining import Earlier, Examiner, Opened
from certgen.issuing.forms import Forms
from certgen.issuing.planning import plan
from certgen.issuing.reserving import reserve
from certgen.issuing.run import Account, Order, Run, Watch
from certgen.issuing.sending import send
from certgen.registry.entries import State
from certgen.registry.lock import issuing
from certgen.registry.register import Register


def issue(
    order: Order, fonts: FontSet[Face], *, clock: Callable[[], datetime], watch: Watch
) -> Account:
    """Issue a roster, or finish what an earlier call left undone.

    `clock` gives the local time with its zone. Raises `InputError`, `RegisterError`, `StorageError`, `SigningError` or
    `FontError` for what the caller must mend; everything about a row is a finding in the account.
    """
    agency = order.agency
    _refuse_half_an_order(order)
    earlier = Earlier()
    opened = Opened(order, clock().date(), earlier)  # before a run is opened: it may be no roster
    with issuing(agency.register), Register.open(agency.register, clock=clock) as register:
        earlier.register = register
        folder = agency.register.with_suffix(".plans")
        forms = Forms(agency, fonts, folder, signed=order.signers.agency is not None)
        job = _open_job(register, order)
        account = Account(job=job, folder=order.out / job, findings=list(order.signers.warnings))
        run = Run(order, register, forms, clock, watch, job, account)

        if agency.electronic:
            electronic.finish_releases(run)
        reserve(run, Examiner(opened, forms), opened.rows)
        payloads.sign(run)
        plan(run)
        with Checker(order.selfcheck, agency, len(run.wanted)) as checker:
            if agency.electronic:
                electronic.make(run, checker)
            printed = printing.make(run, checker) if agency.paper else True
        files.tidy(run.folder)
        lists.write(run.folder, register.entries(job, state=State.ISSUED), account.findings)
        send(run)
        if printed:
            register.close_job(job)
        return account


def _open_job(register: Register, order: Order) -> str:
    """The run that is still open, whichever roster began it, else a new one."""
    open_jobs = register.open_jobs()
    if open_jobs:
        return open_jobs[-1].id
    with order.roster.open("rb") as file:
        return register.open_job(
            roster=order.roster.name, sha256=file_digest(file, "sha256").hexdigest()
        )


def _refuse_half_an_order(order: Order) -> None:
    """An electronic certificate needs its photo on the page; only paper can have one pasted."""
    if order.agency.electronic and order.photos is None:
        raise InputError(
            zh="电子证书必须印有照片：请用 --photos 指定照片文件夹，或在机构配置中设 output.electronic = false",
            en="an electronic certificate needs its photo: name the folder with --photos, "
            "or set output.electronic = false in the agency file",
        )
