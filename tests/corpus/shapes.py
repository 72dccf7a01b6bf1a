"""Messes of whole rows and columns: titles, totals, other columns, people twice, hidden rows."""

from collections.abc import Mapping
from dataclasses import replace

from certgen.intake.cells import Cell

from .base import HEADINGS, number, person
from .paper import HEADER, Fact, Line, Mess, Paper, all_of, cell, text

_ENGLISH = {
    "name": "Full name",
    "identity_type": "ID type",
    "identity_number": "ID No.",
    "occupation": "Occupation",
    "job": "Job",
    "level": "Skill level",
    "issue_date": "Issue date",
    "site": "Site",
    "branch": "Branch",
    "batch": "Batch",
}
_DECORATED = {
    "name": "姓　名*",
    "identity_type": "【必填】证件类型",
    "identity_number": "身份证\n号码（18位）：",
    "occupation": "*认定职业",
    "job": "工种／职业方向",
    "level": "申报 级别",
    "issue_date": "发证日期(年-月-日)",
}
_GROUPS = {"name": "考生信息", "occupation": "评价信息", "issue_date": "发证信息"}


def headed(headings: Mapping[str, str]) -> Mess:
    """Other words over the columns."""
    return lambda paper: paper.written(HEADER, **headings)


def order(*columns: str) -> Mess:
    """The columns in another order, or only some of them."""
    return lambda paper: replace(paper, columns=columns)


def without(column: str) -> Mess:
    """One column less."""
    return lambda paper: replace(paper, columns=tuple(c for c in paper.columns if c != column))


def column(key: str, heading: str, values: Mapping[str, Cell], at: int = 99) -> Mess:
    """One column more, with values by line; its place is counted from 0."""

    def added(paper: Paper) -> Paper:
        columns = (*paper.columns[:at], key, *paper.columns[at:])
        made = replace(paper, columns=columns).written(HEADER, **{key: heading})
        for line, value in values.items():
            made = made.written(line, **{key: value})
        return made

    return added


def titles(*words: str) -> Mess:
    """Lines over the header."""
    return lambda paper: paper.above(*map(text, words))


def rows_after(key: str, *lines: Line, facts: tuple[Fact, ...] = ()) -> Mess:
    """Lines under the line with this key."""
    return lambda paper: paper.under(key, *lines).said(*facts)


def aside(words: Mapping[str, Cell], code: str, after: str = "p6") -> Mess:
    """A line that is no person: it is passed over and said."""
    key = f"aside-{after}-{'-'.join(map(str, words.values()))}"
    return rows_after(after, Line(words, key), facts=(Fact(code, key, refuses=False),))


def hidden(*keys: str) -> Mess:
    """Rows that somebody hid; the form of the file must be one that can."""

    def hid(paper: Paper) -> Paper:
        lines = (replace(line, hidden=line.hidden or line.key in keys) for line in paper.lines)
        facts = (Fact("roster/hidden-row", key) for key in keys)
        return replace(paper, lines=tuple(lines)).said(*facts)

    return hid


def again(key: str, as_: str, **changes: Cell) -> Mess:
    """The same person once more at the end, changed as said."""
    return lambda paper: paper.below(Line({**paper.line(key).cells, **changes}, as_))


def also(*facts: Fact) -> Mess:
    """What a mess leads to."""
    return lambda paper: paper.said(*facts)


def short_line(key: str, *kept: str) -> Mess:
    """A row of which only some cells are there."""

    def cut(paper: Paper) -> Paper:
        cells = {field: paper.line(key).cells[field] for field in kept}
        return paper.swapped(key, Line(cells, key))

    return cut


HEADERS: dict[str, Mess] = {
    "title_row": titles("2026年第一批职业技能等级认定花名册"),
    "titles_and_blank_row": titles("云禾样例机械有限公司", "填报日期：2026年3月", ""),
    "header_in_row_20": titles(*["说明"] * 19),
    "headings_in_english": headed(_ENGLISH),
    "headings_decorated": headed(_DECORATED),
    "headings_in_both_languages": headed(
        {"name": "姓名 Name", "level": "职业技能等级 Skill Level"}
    ),
    "columns_reversed": order(*reversed(HEADINGS)),
    "columns_only_needed": order(*list(HEADINGS)[:8]),
    "column_of_running_numbers": column("index", "序号", {f"p{i}": i for i in range(1, 7)}, at=0),
    "columns_unknown_among_known": all_of(
        column("phone", "联系电话", {"p1": "01012345678", "p3": "13800000000"}, at=1),
        column("remark", "备注", {"p2": "补考", "p6": "=1+1"}, at=5),
    ),
    "column_beyond_z": all_of(
        *(column(f"x{i}", f"附加{i}", {}, at=0) for i in range(28)),
        cell("p3", "name", "", "name/missing"),
    ),
    "header_over_two_rows": all_of(
        lambda paper: paper.above(Line(_GROUPS)), cell("p3", "level", "九级", "level/unknown")
    ),
    "twin_columns_agree": all_of(
        column("again", "身份证号", {f"p{i}": number(i) for i in (1, 2, 3, 4, 6)}),
        cell("p5", "again", "810000199408230021"),
        also(Fact("roster/duplicate-column", HEADER, "again", refuses=False)),
    ),
    "twin_columns_differ": all_of(
        column("again", "持证人姓名", {}),
        lambda paper: replace(
            paper,
            lines=tuple(
                replace(line, cells={**line.cells, "again": line.cells["name"]})
                if line.counts
                else line
                for line in paper.lines
            ),
        ),
        cell("p3", "again", "王样列"),
        also(
            Fact("roster/duplicate-column", HEADER, "again", refuses=False),
            Fact("roster/columns-differ", "p3", "name"),
        ),
    ),
}

ROWS: dict[str, Mess] = {
    "blank_rows_between": rows_after("p2", text(""), text(" "), text("　")),
    "rows_of_spaces_at_the_end": rows_after("p6", *[text(" ")] * 5),
    "person_twice": all_of(
        again("p3", "p7"), also(Fact("roster/duplicate", "p7", "identity_number"))
    ),
    "person_three_times": all_of(
        again("p3", "p7"),
        again("p3", "p8"),
        also(*(Fact("roster/duplicate", key, "identity_number") for key in ("p7", "p8"))),
    ),
    "person_twice_in_two_batches": again("p3", "p7", batch="2026-2"),
    "person_twice_at_two_levels": again("p3", "p7", level="四级/中级工"),
    "person_twice_once_full_width": all_of(
        again("p3", "p7", identity_number=number(3)[:17] + chr(ord(number(3)[17]) + 0xFEE0)),
        also(
            Fact("identity/tidied", "p7", "identity_number", refuses=False),
            Fact("roster/duplicate", "p7", "identity_number"),
        ),
    ),
    "one_number_two_names": all_of(
        again("p3", "p7", name="王样列", level="四级/中级工"),
        also(*(Fact("roster/other-name", key, "name") for key in ("p3", "p7"))),
    ),
    "rest_of_row_missing": all_of(
        short_line("p3", "name", "identity_type", "identity_number"),
        also(
            Fact("occupation/missing", "p3", "occupation"),
            Fact("level/missing", "p3", "level"),
            Fact("date/missing", "p3", "issue_date"),
            Fact("site/missing", "p3", "site"),
        ),
    ),
    "many_people": lambda paper: paper.below(
        *(person(serial, "样例多") for serial in range(7, 300))
    ),
}

ASIDES: dict[str, Mess] = {
    "total_row": aside({"name": "合计", "identity_number": "6人"}, "roster/total-row"),
    "total_row_spaced": aside({"name": "合　计", "level": "6"}, "roster/total-row"),
    "total_row_in_english": aside({"name": "Total: 6"}, "roster/total-row"),
    "subtotal_between_people": aside({"name": "小计", "job": "3"}, "roster/total-row", "p3"),
    "remark_below": aside({"name": "备注：以上人员均已合格"}, "roster/note-row"),
    "signatures_below": aside(
        {"name": "制表人：甲样例", "level": "审核：乙样例"}, "roster/note-row"
    ),
    "numbered_blank_row": all_of(
        column("index", "序号", {"p1": 1}, at=0), aside({"index": 7}, "roster/blank-row")
    ),
    "total_and_remark_below": all_of(
        aside({"name": "说明：照片另附"}, "roster/note-row"),
        aside({"name": "总计：6人"}, "roster/total-row"),
    ),
}

HIDDEN: dict[str, Mess] = {
    "one_row_hidden": hidden("p3"),
    "all_rows_but_one_hidden": hidden("p1", "p2", "p4", "p5", "p6"),
    "hidden_row_is_bad_too": all_of(hidden("p3"), cell("p3", "name", "", "name/missing")),
}
