"""Messes that moved cells to a neighbour's row or column, and the columns that bear witness to it."""

from .base import number
from .paper import Fact, Line, Mess, Paper, all_of, cell
from .shapes import also, column


def slipped(field: str, first: str = "p3", *, up: bool = False) -> Mess:
    """From a person on, one column stands a row too low (a cell was inserted) or too high (deleted).

    Slipped down, the last value hangs below the end of the table, in a line of its own, 'p7'.
    """

    def moved(paper: Paper) -> Paper:
        keys = [line.key for line in paper.lines if line.counts]
        keys = keys[keys.index(first) :]
        values = [paper.line(key).cells[field] for key in keys]
        if up:
            values = [*values[1:], ""]
        else:
            values, paper = ["", *values], paper.below(Line({}, "p7"))
            keys.append("p7")
        for key, value in zip(keys, values, strict=True):
            paper = paper.written(key, **{field: value})
        return paper

    return moved


def _shifted(field: str, first: str = "p3", last: int = 7) -> Mess:
    """One error about the file, and every row from there on is refused."""
    rows = [f"p{i}" for i in range(int(first[1:]), last + 1)]
    return also(
        Fact("roster/shifted", first, field), *(Fact("row/shifted", p, field) for p in rows)
    )


_BIRTHS = {f"p{i}": "1990-06-15" for i in (1, 2, 3, 4, 6)} | {"p5": "1994年8月23日"}
_SEXES = {f"p{i}": "男" if i % 2 else "女" for i in (1, 2, 3, 4, 6)} | {"p5": "女"}
_OWN_BIRTHS = {f"p{i}": f"199{i}-06-15" for i in range(1, 7)}


def _born_apart(paper: Paper) -> Paper:
    """Everybody with a birthday of their own, in the number and in a column."""
    for key, day in _OWN_BIRTHS.items():
        own = number(int(key[1:]), day.replace("-", ""))
        paper = paper.written(key, identity_number=own, identity_type="居民身份证")
    return column("birth_date", "出生日期", _OWN_BIRTHS, at=3)(paper)


SLIPS: dict[str, Mess] = {
    "birth_dates_and_sexes_agree": all_of(
        column("birth_date", "出生日期", _BIRTHS, at=2), column("sex", "性别", _SEXES, at=1)
    ),
    "birth_date_is_anothers": all_of(
        column("birth_date", "出生年月日", _BIRTHS, at=2),
        cell("p3", "birth_date", "1990-06-16", "row/birth-date"),
    ),
    "sex_is_anothers": all_of(
        column("sex", "性别", _SEXES, at=1), cell("p3", "sex", "女", "row/sex")
    ),
    "name_and_number_swapped": all_of(
        cell("p3", "name", number(3)),
        cell("p3", "identity_number", "王样例"),
        also(Fact("row/swapped", "p3", "name")),
    ),
    "numbers_slipped_down": all_of(slipped("identity_number"), _shifted("identity_number")),
    "names_slipped_down": all_of(slipped("name"), _shifted("name")),
    "levels_slipped_down_from_the_first": all_of(slipped("level", "p1"), _shifted("level", "p1")),
    "numbers_slipped_up": all_of(
        slipped("identity_number", up=True),
        also(
            Fact("roster/short-column", "p6", "identity_number", refuses=False),
            Fact("identity/other-type", "p4", "identity_number", refuses=False),
            Fact("identity/shape", "p5", "identity_number"),
            Fact("identity/missing", "p6", "identity_number"),
        ),
    ),
    "birth_dates_slipped_down": all_of(
        _born_apart, slipped("birth_date"), _shifted("identity_number")
    ),
}
