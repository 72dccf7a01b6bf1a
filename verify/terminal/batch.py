"""A batch in the terminal: a bar while it runs, and an account that adds up."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from verify.batch.results import UNREADABLE, Account
from verify.batch.run import Watch
from verify.verdict import Verdict

SHOWN_AT_MOST = 15

_COLOURS = {
    Verdict.VALID.value: "green",
    Verdict.INVALID.value: "red",
    Verdict.INDETERMINATE.value: "yellow",
    UNREADABLE: "magenta",
}


@contextmanager
def watching(lang: str) -> Iterator[Watch]:
    """A bar on stderr; silent where that is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("核验" if lang == "zh" else "verifying", total=None)

        def watch(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(name[-30:]))

        yield watch


def show(account: Account, lang: str) -> None:
    """Pages and rows by verdict, what to look at, and the files."""
    zh = lang == "zh"
    console = Console()
    if account.results:
        console.print(_sum("页" if zh else "pages", len(account.results), account.counts, lang))
    if account.rows:
        console.print(_sum("名单行" if zh else "rows", len(account.rows), account.row_counts, lang))
        with_page = len(account.rows) - account.without_page
        console.print(
            f"  其中有对应页 {with_page} + 无对应页 {account.without_page}"
            if zh
            else f"  of them with a page {with_page} + without {account.without_page}",
            style="dim",
        )
    table = Table.grid(padding=(0, 2, 0, 0))
    told = [one for one in account.results if one.verdict != Verdict.VALID]
    for one in told[:SHOWN_AT_MOST]:
        colour = _COLOURS[one.verdict]
        why = one.why[0].in_(lang) if one.why else ""
        table.add_row(escape(one.where), f"[{colour}]{_word(one.verdict, lang)}[/]", escape(why))
    for found in account.across[:SHOWN_AT_MOST]:
        table.add_row(
            escape("；".join(found.where[:3])), "[yellow]▲[/]", escape(found.said.in_(lang))
        )
    if table.row_count:
        console.print(table)
    rest = max(len(told) - SHOWN_AT_MOST, 0) + max(len(account.across) - SHOWN_AT_MOST, 0)
    if rest:
        console.print(
            f"……另有 {rest} 条，见文件" if zh else f"... and {rest} more, in the files", style="dim"
        )
    for file in account.files:
        console.print(file, style="dim", soft_wrap=True)


def _sum(what: str, total: int, counts: dict[str, int], lang: str) -> str:
    parts = " + ".join(
        f"[{_COLOURS[name]}]{_word(name, lang)} {count}[/]" for name, count in counts.items()
    )
    return f"{what} {total} = {parts}"


def _word(verdict: str, lang: str) -> str:
    if verdict == UNREADABLE:
        return "无法读取" if lang == "zh" else "unreadable"
    return Verdict(verdict).said.in_(lang)
