"""The card (核验卡) in the terminal: the verdict first, the fields large, then what was and was not checked."""

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from certgen.errors import Said
from verify.evidence import Axis, Evidence, Outcome
from verify.fields_shown import Shown, fields
from verify.report import Report
from verify.terminal.wrapping import wrap
from verify.verdict import Answer, Verdict

WIDTH = 100
"""Columns: wider lines are hard to read."""

_COLOURS = {Verdict.VALID: "green", Verdict.INVALID: "red", Verdict.INDETERMINATE: "yellow"}
_ANSWERS = {
    Answer.YES: ("✓", "green"),
    Answer.NO: ("✗", "red"),
    Answer.CANNOT_TELL: ("?", "yellow"),
}
_MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.SKIPPED: ("–", "yellow"),
    Outcome.ERROR: ("!", "red"),
}
AXES = {
    Axis.GRAMMAR: Said("编码与格式", "code and form"),
    Axis.DOCUMENT: Said("证书与签名", "document and signature"),
    Axis.REGISTER: Said("登记与状态", "register and status"),
}
_QUIET = range(101, 108)  # the seven parts of the code stand in a line of their own


def show(
    report: Report, lang: str, *, everything: bool = False, console: Console | None = None
) -> None:
    """Print the card; `everything` also shows the checks that passed, each on its line."""
    console = console or Console()
    width = min(console.width, WIDTH)
    inner = width - 4  # border and padding
    colour = _COLOURS[report.verdict]
    parts: list[RenderableType] = [
        _axes(report, lang),
        Text(),
        _fields(report, lang, inner),
    ]
    parts += [_hanging("▲ ", said, lang, inner, "bold yellow") for said in report.caveats]
    parts += [Text(), _evidence(report, lang, inner, everything=everything)]
    if report.advice:
        parts.append(Text())
    parts += [_hanging("→ ", said, lang, inner) for said in report.advice]
    foot = _foot(report)
    parts += [Text(), foot] if foot else []
    word = report.verdict.said.in_(lang)
    title = f"[bold {colour}] {word} [/]"
    if lang == "zh":
        title = f"[bold {colour}] {word} {report.verdict.value} [/]"
    width = min(console.width, WIDTH)
    console.print(
        Panel(Group(*parts), title=title, title_align="left", border_style=colour, width=width)
    )


def _hanging(mark: str, said: Said, lang: str, width: int, style: str = "") -> Text:
    lines = wrap(said.in_(lang), width - 2)
    return Text(mark + "\n  ".join(lines), style=style)


def _axes(report: Report, lang: str) -> RenderableType:
    line = Text()
    for axis, answer in report.judgement.answers.items():
        mark, colour = _ANSWERS[answer]
        if line:
            line.append("   ")
        line.append(f"{mark} ", style=f"bold {colour}")
        line.append(f"{AXES[axis].in_(lang)}{'：' if lang == 'zh' else ': '}")
        line.append(answer.said.in_(lang), style=f"bold {colour}")
    return line


def _fields(report: Report, lang: str, width: int) -> RenderableType:
    shown = fields(report)
    if not shown:
        return Text("\n".join(wrap(report.kind_said.in_(lang), width)), style="bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    labels = max(cell_len(one.label.in_(lang)) for one in shown)
    table.add_column(min_width=labels, style="dim")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for one in shown:
        table.add_row(one.label.in_(lang), _value(one), _origin(one, lang))
    return Group(table, *_parts(report, lang, width))


def _value(one: Shown) -> Text:
    return Text(one.value, style="bold" if one.trusted else "italic")


def _origin(one: Shown, lang: str) -> Text:
    zh = lang == "zh"
    if one.trusted:
        text = Text("已验证" if zh else "proven", style="green")
    else:
        text = Text("未验证" if zh else "not proven", style="yellow")
    text.append(f" {one.channel.said.in_(lang)}", style="dim")
    for channel, value in one.others:
        text.append(f"  ≠ {channel.said.in_(lang)} {value or '--'}", style="red")
    return text


def _parts(report: Report, lang: str, width: int) -> list[RenderableType]:
    if not report.parts:
        return [Text("\n".join(wrap(report.kind_said.in_(lang), width)), style="yellow")]
    told = " · ".join(f"{part.text} {part.meaning.in_(lang)}" for part in report.parts)
    return [Text(), Text("\n".join(wrap(told, width)), style="dim")]


def _evidence(report: Report, lang: str, width: int, *, everything: bool) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=1)
    table.add_column(justify="right", style="dim")
    table.add_column(overflow="fold")
    passed = [one for one in report.evidence if one.outcome is Outcome.PASSED]
    rest = [one for one in report.evidence if one.outcome is not Outcome.PASSED]
    if report.verdict is not Verdict.INDETERMINATE and not everything:
        rest = [one for one in rest if one.outcome is not Outcome.SKIPPED]
    for one in (*rest, *(passed if everything else _told(passed))):
        mark, colour = _MARKS[one.outcome]
        clause = f" {one.clause}" if one.clause else ""
        lines = wrap(one.said.in_(lang) + clause, width - 6)
        table.add_row(f"[bold {colour}]{mark}[/]", f"{one.number}", Text("\n".join(lines)))
    hidden = 0 if everything else len(passed) - len(_told(passed))
    if hidden:
        more = (
            f"另有 {hidden} 项通过（--all 全部列出）"
            if lang == "zh"
            else f"{hidden} more passed (--all)"
        )
        table.add_row("", "", f"[dim]{more}[/]")
    return table


def _told(passed: list[Evidence]) -> list[Evidence]:
    """Of what passed, what carries the verdict: signature, status, register, a person's record."""
    told = {
        "payload/signature",
        "payload/key",
        "pdf/signature",
        "pdf/signer",
        "page/compared",
        "status/standing",
        "register/entry",
        "register/facts",
        "official/recorded",
    }
    return [one for one in passed if one.check in told]


def _foot(report: Report) -> Text:
    subject, read = report.subject, report.read
    lines = []
    if subject.sha256:
        lines.append(f"{subject.name}  SHA-256 {subject.sha256[:16]}…")
    if read.stage:
        lines[-1:] = [f"{lines[-1]}  {read.stage} {read.ms:.0f} ms"] if lines else []
    for source in report.sources:
        number = f" No.{source.number}" if source.number is not None else ""
        dated = f" {source.dated}" + (f" – {source.expires}" if source.expires else "")
        lines.append(f"{source.kind}{number}  {source.issuer}{dated}")
    return Text("\n".join(lines), style="dim")
