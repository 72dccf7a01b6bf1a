"""What `certverify signatures` prints: a line a file, the reasons below it, and a table that adds up."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from certgen.errors import Said
from verify.checks.signed_pdf.report import Revocation, SignatureReport, Standing

UNSAFE = Said(
    zh="警告：不论由谁签名（仅供测量，不是核验）；只问文件在签名后是否被改动",
    en="WARNING: any signer is believed (to measure, never to verify); only changes after signing are looked for",
)

_NAMES = {
    Standing.ACCEPTED: Said("通过", "accepted"),
    Standing.CHANGED: Said("签名后被改动", "changed after signing"),
    Standing.UNREADABLE: Said("无法读取", "unreadable"),
    Standing.UNSIGNED: Said("未签名", "unsigned"),
    Standing.UNKNOWN_SIGNER: Said("签名人未知", "unknown signer"),
    Standing.NOT_OURS: Said("不是本类证书", "not ours"),
}
_NOT_CHECKED = Said("通过，吊销状态未查", "accepted, revocation not checked")
_MOST_REASONS = 3

_out = Console(soft_wrap=True, highlight=False)


def watched(files: Sequence[tuple[Path, str]], lang: str) -> Iterator[tuple[Path, str]]:
    """The files, with a bar where somebody watches."""
    words = "检查签名" if lang == "zh" else "examining"
    talk = Console(stderr=True)
    yield from track(files, words, console=talk, transient=True, disable=not talk.is_terminal)


def name_of(report: SignatureReport) -> Said:
    """Its standing in words; "not checked" is never plainly accepted."""
    if report.accepted and report.revocation is not Revocation.GOOD:
        return _NOT_CHECKED
    return _NAMES[report.standing]


def line(name: str, report: SignatureReport, lang: str) -> None:
    """One file."""
    _out.print(Text.assemble((name_of(report).in_(lang), _colour(report)), "  ", name))
    if report.accepted:
        _out.print(Text(f"    {_signed_by(report, lang)}", style="dim"))
    for reason in report.reasons[:_MOST_REASONS]:
        where = f"{reason.field}: " if reason.field else ""
        _out.print(Text(f"    [{reason.rule}] {where}{reason.said.in_(lang)}"))
    left = len(report.reasons) - _MOST_REASONS
    if left > 0:
        _out.print(f"    还有 {left} 条" if lang == "zh" else f"    and {left} more")


def _signed_by(report: SignatureReport, lang: str) -> str:
    zh = lang == "zh"
    names = ("；" if zh else "; ").join(seal.organisation or seal.signer for seal in report.seals)
    proved = [seal.proved for seal in report.seals]
    first = report.seals[0]
    if all(proved):
        at = f"{max(moment for moment in proved if moment):%Y-%m-%d %H:%M}"
        time = f"时间戳证明 {at} 前已签" if zh else f"signed by {at}, proved by a time stamp"
    else:
        stated = f"{first.stated:%Y-%m-%d %H:%M}" if first.stated else "?"
        time = (
            f"自称签于 {stated}（无可信时间）"
            if zh
            else f"says {stated} of itself (no trusted time)"
        )
    return f"{report.level}  {names}  {time}"


def _colour(report: SignatureReport) -> str:
    if not report.accepted:
        return "bold red" if report.standing is Standing.CHANGED else "red"
    return "green" if report.revocation is Revocation.GOOD else "yellow"


def summary(reports: Sequence[SignatureReport], lang: str) -> None:
    """How many of which, and all of them together."""
    zh = lang == "zh"
    counts: dict[Said, int] = {}
    for report in reports:
        counts[name_of(report)] = counts.get(name_of(report), 0) + 1
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for said in (_NAMES[Standing.ACCEPTED], _NOT_CHECKED, *list(_NAMES.values())[1:]):
        if said in counts:
            table.add_row(said.in_(lang), str(counts[said]))
    table.add_row("合计" if zh else "all", str(len(reports)), style="bold")
    _out.print()
    _out.print(table)
