"""The linter's report in a terminal: context with carets, page and millimetres, clause, what to do."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from certgen.errors import Said
from verify.design.decisions import Item, Reviewed
from verify.design.finding import Kind
from verify.design.report.against import Answer, Standing
from verify.design.report.as_html import numbered, verdict
from verify.design.report.words import clause_of, line_of, where, width_of
from verify.design.rule import Rule

_STYLES = {
    Kind.ERROR: "bold red",
    Kind.REVIEW: "yellow",
    Kind.UNDECIDED: "magenta",
    Kind.WARNING: "cyan",
    Kind.NOTE: "dim",
    Kind.EXEMPT: "green",
}
_STANDINGS = {
    Standing.MENDED: "green",
    Standing.NOT_MENDED: "bold red",
    Standing.CANNOT_TELL: "magenta",
    Standing.NEW: "yellow",
}
_COLUMNS = (Kind.ERROR, Kind.REVIEW, Kind.UNDECIDED, Kind.WARNING)


def report(review: Reviewed, lang: str, *, exempt: bool = True) -> None:
    """One design: a heading, every finding, what passes, and one line for the whole."""
    console = _console()
    source = review.report.design.source
    agency = review.report.filing.name if review.report.filing else _no_agency(lang)
    console.print(Text(f"{source.name}  {agency}  [{review.report.profile.id}]", style="bold"))
    for number, item in numbered(review):
        _item(console, number, item, lang)
    if exempt:
        for line in _exempt_lines(review.of(Kind.EXEMPT), lang):
            console.print(Text(f"  {Kind.EXEMPT.said.in_(lang)}  {line}", style="green"))
    for unused in review.unused:
        said = Said("未起作用的决定", "decision that closed nothing").in_(lang)
        console.print(
            Text(
                f"  {said}: {unused.decision.rule} {unused.decision.text}: {unused.said.in_(lang)}",
                style="yellow",
            )
        )
    console.print(Text(verdict(review)[0].in_(lang), style="bold"))


def _exempt_lines(items: Sequence[Item], lang: str) -> Iterator[str]:
    """What passes and why, each sentence once with its first place and how many more there are."""
    places: dict[tuple[str, str], list[str]] = {}
    for item in items:
        finding = item.finding
        clauses = f"{finding.clause} / {finding.also}" if finding.also else str(finding.clause)
        places.setdefault((finding.said.in_(lang), clauses), []).append(
            where(finding.place).in_(lang)
        )
    for (said, clauses), (first, *more) in places.items():
        others = Said(f"，另 {len(more)} 处", f", and {len(more)} more").in_(lang) if more else ""
        yield f"{said}  ({clauses}; {first}{others})"


def _no_agency(lang: str) -> str:
    return Said("（未提供评价机构）", "(no agency given)").in_(lang)


def _item(console: Console, number: int, item: Item, lang: str) -> None:
    finding, place = item.finding, item.finding.place
    head = Text(f"{number:>3} {item.kind.said.in_(lang)} ", style=_STYLES[item.kind])
    head.append(finding.said.in_(lang), style="default")
    head.append(f"  {finding.rule}", style="dim")
    console.print(head)
    console.print(Text(f"    {where(place).in_(lang)}", style="dim"))
    if place.context and place.end > place.start:
        line = line_of(place)
        console.print(Text(f"    {line.before}{line.span}{line.behind}"))
        console.print(
            Text(
                f"    {' ' * width_of(line.before)}{'^' * width_of(line.span)}",
                style=_STYLES[item.kind],
            )
        )
    console.print(
        Text(
            f"    {Said('依据', 'clause').in_(lang)} {clause_of(finding.clause).in_(lang)}",
            style="dim",
        )
    )
    console.print(Text(f"    → {finding.remedy.in_(lang)}"))
    if item.decision:
        console.print(Text(f"    ✓ {item.decision.said.in_(lang)}", style="green"))


def answers(found: Sequence[Answer], lang: str, *, aside: bool = False) -> None:
    """Point by point what became of the former letter; `aside` where stdout holds something else."""
    console = Console(highlight=False, soft_wrap=True, stderr=aside)
    console.print(Text(Said("对照上次意见", "Against the former report").in_(lang), style="bold"))
    for number, answer in enumerate(found, 1):
        line = Text(
            f"{number:>3} {answer.standing.said.in_(lang)}  ", style=_STANDINGS[answer.standing]
        )
        rule = (
            answer.now.finding.rule if answer.now else answer.former.rule if answer.former else ""
        )
        line.append(f"{answer.said.in_(lang)}  ", style="default")
        line.append(rule, style="dim")
        console.print(line)


def table(reviews: Sequence[Reviewed], lang: str) -> None:
    """Many designs: how many of each kind, and which rules, worst first."""
    console = _console()
    grid = Table(show_edge=False, pad_edge=False)
    grid.add_column(Said("文件", "file").in_(lang), overflow="fold")
    for kind in _COLUMNS:
        grid.add_column(kind.said.in_(lang), justify="right", style=_STYLES[kind])
    grid.add_column(Said("规则（处）", "rules (places)").in_(lang), overflow="fold")
    for review in sorted(reviews, key=lambda r: [-len(r.of(kind)) for kind in _COLUMNS]):
        counts = [str(len(review.of(kind)) or "") for kind in _COLUMNS]
        grid.add_row(review.report.design.source.name, *counts, _rules(review))
    console.print(grid)


def _rules(review: Reviewed) -> str:
    counts: dict[str, int] = {}
    for item in review.of(Kind.ERROR, Kind.REVIEW, Kind.UNDECIDED):
        counts[item.finding.rule] = counts.get(item.finding.rule, 0) + 1
    return "  ".join(f"{rule}×{n}" if n > 1 else rule for rule, n in counts.items())


def rule_page(rule: Rule, lang: str) -> None:
    """What one rule is: its clause in the words of the notice, what it looks at and lets pass."""
    console = _console()
    console.print(
        Text(f"{rule.id}  {rule.said.in_(lang)}  ({rule.kind.said.in_(lang)})", style="bold")
    )
    console.print(Text(clause_of(rule.clause).in_(lang)))
    if rule.clause.quote:
        console.print(Text(f"  “{rule.clause.quote}”"))
    for head, said in (
        (Said("检查", "looks at"), rule.looks_at),
        (Said("准许", "lets pass"), rule.passes),
        (Said("怎么办", "what to do"), rule.remedy),
    ):
        console.print(
            Text(f"{head.in_(lang)}: ", style="bold").append(said.in_(lang), style="default")
        )
    if not rule.sign_off:
        console.print(
            Text(Said("此项的不符合不能签核。", "Its errors cannot be signed off.").in_(lang))
        )


def rules_list(rules: Sequence[Rule], lang: str) -> None:
    """All rules, one a line."""
    grid = Table(show_edge=False, pad_edge=False, show_header=False)
    for rule in rules:
        grid.add_row(
            rule.id,
            Text(rule.kind.said.in_(lang), style=_STYLES[rule.kind]),
            rule.said.in_(lang),
            str(rule.clause),
        )
    _console().print(grid)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)
