"""What the clerk sees: progress, tables of findings, the closing account. Speaks Chinese or English."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from certgen.errors import Said
from certgen.exchange.fingerprints import lines
from certgen.issuing import handover
from certgen.issuing.lists import REFUSED
from certgen.issuing.run import Account, Step, Watch
from certgen.model.finding import Finding, Severity
from certgen.standards.codes.identify import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgen.api import CheckReport, Imported, Shown
    from certgen.fonts.report import FaceRow
    from certgen.issuing.countersigning import SignAccount
    from certgen.issuing.handing_back import BackAccount
    from certgen.registry.entries import Entry, Event
    from certgen.standards.codes.parts import Part

SHOWN_AT_MOST = 30

_STEPS = {
    Step.RESERVE: Said("核对与编号", "checking and numbering"),
    Step.QR: Said("二维码签名", "signing QR codes"),
    Step.PLAN: Said("准备字体与底版", "planning"),
    Step.RENDER: Said("制证", "making"),
    Step.CHECK: Said("自检", "checking files"),
    Step.RECORD: Said("登记", "recording"),
    Step.RELEASE: Said("发出", "releasing"),
    Step.PRINT: Said("打印文件", "print file"),
}
_COLOURS = {
    Severity.ERROR: "red",
    Severity.REVIEW: "magenta",
    Severity.WARNING: "yellow",
    Severity.NOTE: "dim",
}
_EVENTS = {
    "adopted": Said("沿用编号", "number adopted"),
    "imported": Said("导入", "imported"),
    "reserved": Said("编号", "numbered"),
    "corrected": Said("更正", "corrected"),
    "issued": Said("制证", "issued"),
    "countersigned": Said("分支机构签名", "signed by the branch"),
    "released": Said("发出", "released"),
    "void": Said("作废", "void"),
    "suspended": Said("暂停使用", "suspended"),
    "superseded": Said("已换发", "superseded"),
    "resumed": Said("恢复使用", "suspension lifted"),
    "reissued": Said("补发", "re-issued on paper"),
}
_STATES = {
    "pending": Said("待制证", "pending"),
    "issued": Said("已制证", "issued"),
    "void": Said("作废", "void"),
}


_ROWS = Said("名册", "rows")


@contextmanager
def watching(lang: str) -> Iterator[Watch]:
    """A progress bar on stderr with rate and time left; silent where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=None, rate="")
        seen: list[Step] = []

        def watch(step: Step, done: int, total: int) -> None:
            if not seen or seen[-1] is not step:
                main = step in {Step.RESERVE, Step.RENDER, Step.PRINT}
                if main and step not in seen:
                    progress.reset(task, total=total or None)
                seen.append(step)
            speed = progress.tasks[0].speed
            unit = "行/秒" if lang == "zh" else "rows/s"
            progress.update(
                task,
                description=_STEPS[step].in_(lang),
                completed=done,
                total=total or None,
                rate=f"{speed:,.0f} {unit}" if speed else "",
            )

        yield watch


def findings(found: Sequence[Finding], lang: str) -> None:
    """The findings as a table, the gravest first, at most thirty; the lists in the output folder have all."""
    if not found:
        return
    zh = lang == "zh"
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for head in ("位置", "说明", "依据") if zh else ("where", "what", "clause"):
        table.add_column(head, overflow="fold")
    order = list(Severity)
    ranked = sorted(found, key=lambda finding: order.index(finding.severity))
    for finding in ranked[:SHOWN_AT_MOST]:
        colour = _COLOURS[finding.severity]
        table.add_row(
            escape(finding.place.in_(lang)),
            f"[{colour}]{escape(finding.said.in_(lang))}[/] [dim]{finding.code}[/]",
            escape(finding.clause),
        )
    console = Console()
    console.print(table)
    rest = len(ranked) - SHOWN_AT_MOST
    if rest > 0:
        more = f"……另有 {rest} 条" if zh else f"... and {rest} more"
        codes = ", ".join(
            f"{code} x{count}" for code, count in Counter(f.code for f in ranked).most_common(6)
        )
        console.print(f"{more}  ({codes})", style="dim")


def accounted(account: Account, lang: str) -> None:
    """The closing account: it adds up, and says where to look."""
    held = account.held
    parts = [
        (Said("本次发证", "issued now"), account.issued),
        (Said("以前已发", "issued before"), account.already),
        (Said("未发", "refused"), account.refused),
    ]
    _sum(account.rows, parts, lang)
    console = Console()
    if held:
        said = Said(
            f"其中 {held} 行已编号、未通过自检，编号保留",
            f"{held} of them keep their number after a failed self-check",
        )
        console.print(said.in_(lang), style="yellow")
    where = [str(account.folder), *(str(path) for path in account.prints)]
    if account.issued:
        console.print(("文件：" if lang == "zh" else "files: ") + escape("  ".join(where)))
    for branch, count in account.awaiting.items():
        listed = handover.outgoing(branch)
        said = Said(
            f"{count} 份等待分支机构 {branch} 签名：把 {account.folder} 整个交给它，由它运行 "
            f"certgen sign --as {branch}；清单 {listed} 的 SHA-256：{account.sent[branch]}",
            f"{count} wait for the signature of branch {branch}: send it the folder {account.folder}, "
            f"where it runs certgen sign --as {branch}; SHA-256 of {listed}: {account.sent[branch]}",
        )
        console.print(escape(said.in_(lang)), style="yellow", highlight=False)
    if account.refused:
        path = escape(str(account.folder / REFUSED))
        console.print(("未发原因：" if lang == "zh" else "reasons: ") + path)
    if account.qr_fingerprint:
        label = (
            "二维码签名密钥指纹（请写入移交单）"
            if lang == "zh"
            else "key of the QR codes, for the hand-over papers"
        )
        console.print(f"{label}: SHA-256")
        for line in lines(account.qr_fingerprint):
            console.print(f"  {line}", highlight=False)


def countersigned(account: "SignAccount", lang: str) -> None:
    """The account of a branch that has signed in its own place."""
    parts = [
        (Said("本次签名", "signed now"), account.signed),
        (Said("以前已签", "signed before"), account.already),
        (Said("未签", "refused"), account.refused),
    ]
    _sum(account.listed, parts, lang, Said("清单", "listed"))
    if account.result:
        said = Said(
            f"请把整个文件夹交回总部，由总部运行 certgen sign --hand-back；清单：{account.result}",
            f"send the whole folder back; headquarters runs certgen sign --hand-back. List: {account.result}",
        )
        Console().print(escape(said.in_(lang)), highlight=False)


def handed_back(account: "BackAccount", lang: str) -> None:
    """The account of headquarters that has taken back what a branch signed."""
    parts = [
        (Said("本次登记", "registered now"), account.registered),
        (Said("以前已登记", "registered before"), account.already),
        (Said("未收", "refused"), account.refused),
    ]
    _sum(account.listed, parts, lang, Said("清单", "listed"))


_SIGNING = Said("签名", "signing")


@contextmanager
def counting(lang: str, what: Said = _SIGNING) -> Iterator["Callable[[int, int], None]"]:
    """A plain progress bar on stderr, for work that is one kind of step."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(what.in_(lang), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def checked(report: "CheckReport", lang: str) -> None:
    """The account of a dry run."""
    parts = [
        (Said("可发证", "can be issued"), report.good),
        (Said("以前已发", "issued before"), report.already),
        (Said("不能发", "refused"), report.refused),
    ]
    _sum(report.rows, parts, lang)


def imported(taken: "Imported", lang: str) -> None:
    """The account of an import, and how far it moved each counter."""
    report = taken.report
    parts = [
        (Said("新导入", "imported"), report.imported),
        (Said("已在台账", "known already"), report.already),
        (Said("与台账矛盾", "contradicting"), len(report.contradictions)),
        (Said("不能读取", "unreadable"), taken.refused),
    ]
    _sum(taken.rows, parts, lang)
    for one in report.advanced:
        said = Said(
            f"{one.counter}：下一个序列码 {one.after + 1:06d}",
            f"{one.counter}: next serial {one.after + 1:06d}",
        )
        Console().print(said.in_(lang), highlight=False)


def _sum(rows: int, parts: Iterable[tuple[Said, int]], lang: str, what: Said = _ROWS) -> None:
    label = what.in_(lang)
    terms = " + ".join(f"{said.in_(lang)} {count}" for said, count in parts)
    Console().print(f"{label} {rows} = {terms}", style="bold", highlight=False)


def exit_code(found: Iterable[Finding], *, done: int) -> int:
    """0 nothing to report, 1 findings, 2 nothing could be done, 3 only review is left. Notes do not count."""
    severities = {finding.severity for finding in found} - {Severity.NOTE}
    if severities and not done:
        return 2
    if severities == {Severity.REVIEW}:
        return 3
    return 1 if severities else 0


def shown(about: "Shown", lang: str) -> int:
    """A code, part by part, and its history; the exit code."""
    console = Console()
    identified = about.identified
    console.print(escape(identified.said.in_(lang)), style="bold")
    if identified.code is not None:
        console.print(_parts(identified.code.explain(), lang))
    if about.entry is not None:
        _history(console, about.entry, about.events, lang)
    elif about.looked_up and identified.kind is DocumentKind.CERTIFICATE:
        said = Said("台账中没有这个编号", "the register has no such number")
        console.print(said.in_(lang), style="yellow")
        return 1
    return 2 if identified.kind is DocumentKind.UNKNOWN else 0


def _parts(parts: "Iterable[Part]", lang: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    zh = lang == "zh"
    for head in (
        ("位", "代码", "名称", "含义", "依据")
        if zh
        else ("place", "digits", "part", "meaning", "clause")
    ):
        table.add_column(head, overflow="fold")
    for part in parts:
        place = f"{part.first}-{part.last}" if part.last > part.first else str(part.first)
        table.add_row(place, part.text, part.name.in_(lang), part.meaning.in_(lang), part.clause)
    return table


def _history(console: Console, entry: "Entry", events: "Iterable[Event]", lang: str) -> None:
    record = entry.record
    state = _STATES[entry.state.value].in_(lang)
    facts = (
        record.name,
        record.occupation,
        record.level_written,
        str(record.issue_date),
        entry.void_reason,
    )
    console.print("  ".join((state, *filter(None, facts))), markup=False, highlight=False)
    for event in events:
        said = _EVENTS[event.what].in_(lang)
        detail = f"SHA-256 {event.detail[:16]}…" if event.what == "issued" else event.detail
        when = f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}"
        console.print(f"  {when}  {said}  {detail}".rstrip(), markup=False, highlight=False)


def faces(rows: "Iterable[FaceRow]", lang: str) -> None:
    """Which face serves which role."""
    zh = lang == "zh"
    listed = tuple(rows)
    table = Table(box=None, padding=(0, 2, 0, 0))
    heads = (
        ("角色", "顺序", "字体", "来源", "规范汉字", "累计", "SHA-256")
        if zh
        else ("role", "order", "face", "origin", "of 8,105", "in all", "SHA-256")
    )
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in listed:
        facts = (row.role, str(row.position), escape(row.family), row.origin.value)
        table.add_row(*facts, f"{row.covered:,}", f"{row.cumulative:,}", row.sha256)
    console = Console()
    console.print(table)
    for file, licence in dict.fromkeys((row.file, row.licence) for row in listed):
        console.print(f"{file}  {licence}".rstrip(), markup=False, highlight=False, soft_wrap=True)
