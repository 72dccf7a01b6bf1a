"""Rosters that are clean and still may not be issued: approval, filing, staff, words, numbers.

Each case adds to the agency file and puts lists beside it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .base import good_roster, person
from .forms import csv_bytes
from .paper import Fact, Mess, all_of, cell
from .shapes import again, also, column

_PEOPLE = tuple(line for line in good_roster().lines if line.counts)
_COLUMNS = {
    "name": "姓名",
    "identity_number": "身份证号",
    "occupation": "职业",
    "job": "工种",
    "level": "等级",
}
_APPROVAL = '[approval]\nlist = "approved.csv"\n'
_STAFF = '[staff]\nlist = "staff.csv"\n'
_SUSPENDED = """\
[[sites]]
id = "idle"
prefix = "Y000041001125"
filed_from = 2025-01-01
filed_until = 2028-12-31
suspended_from = 2026-03-01
suspended_until = 2026-03-31
"""
_SITES_SCOPE = "职业名称,工种/职业方向,等级,站点,起始日期,截止日期\n"


class Gate(NamedTuple):
    """What the agency has, what is wrong, and what is found in the lists besides."""

    agency: str
    files: Mapping[str, bytes]
    mess: Mess
    elsewhere: tuple[tuple[str, int | None, str], ...] = ()


def people(
    *, without: str = "", more: Sequence[Sequence[str]] = (), result: str = "", **changed: str
) -> bytes:
    """A list with everybody of the good roster but one; `changed` is about 'p3'."""
    table: list[list[str]] = [[*_COLUMNS.values(), "审核结果"] if result else [*_COLUMNS.values()]]
    for line in _PEOPLE:
        if line.key != without:
            cells = {**line.cells, **changed} if line.key == "p3" else line.cells
            passed = [result if line.key == "p3" else "通过"] if result else []
            table.append([*(str(cells[key]) for key in _COLUMNS), *passed])
    return csv_bytes([*table, *more])


def _approved(mess: Mess, *elsewhere: tuple[str, int | None, str], **changes: str) -> Gate:
    return Gate(_APPROVAL, {"approved.csv": people(**changes)}, mess, elsewhere)


def _refused(code: str, field: str = "identity_number", *keys: str) -> Mess:
    return also(*(Fact(code, key, field) for key in keys or ("p3",)))


_STRANGER = [str(person(9, "邻样例").cells[key]) for key in _COLUMNS]
_EVERYBODY = tuple(line.key for line in _PEOPLE)


def _code(key: str) -> str:
    """A right certificate code (证书编号) for the person."""
    level = {"p2": 5, "p6": 5}.get(key, 3)
    return f"Y00004100112326{level}{int(key[1:]):06}"


def _adopting(mess: Mess) -> Gate:
    """A platform assigns the numbers, and the roster brings one for everybody."""
    codes = column("code", "证书编号", {key: _code(key) for key in _EVERYBODY})
    return Gate('[numbers]\nmode = "adopt"\n', {}, all_of(codes, mess))


GATES: Mapping[str, Gate] = {
    "approved_all": _approved(all_of()),
    "approved_all_but_one": _approved(_refused("approval/not-approved"), without="p3"),
    "approved_for_another_level": _approved(
        _refused("approval/differs", "level"), level="四级/中级工"
    ),
    "approved_under_another_name": _approved(_refused("approval/differs", "name"), name="李样列"),
    "approved_not_passed": _approved(_refused("approval/not-passed"), result="不通过"),
    "approved_and_not_in_the_roster": Gate(
        _APPROVAL,
        {"approved.csv": people(more=[_STRANGER])},
        all_of(),
        (("approval/not-in-roster", 8, ""),),
    ),
    "approved_and_refused_for_its_name": _approved(
        cell("p3", "name", "", "name/missing"), ("approval/not-in-roster", 4, "")
    ),
    "approved_once_and_listed_twice": _approved(
        all_of(
            again("p3", "p7", batch="2026-2"),
            _refused("approval/used-twice", "identity_number", "p7"),
        )
    ),
    "staff_all_listed": Gate(_STAFF, {"staff.csv": people()}, all_of()),
    "staff_without_one": Gate(
        _STAFF, {"staff.csv": people(without="p3")}, _refused("staff/not-listed")
    ),
    "staff_under_another_name": Gate(
        _STAFF, {"staff.csv": people(name="李样列")}, _refused("staff/other-name", "name")
    ),
    "occupation_that_needs_a_licence": Gate(
        "",
        {},
        all_of(
            cell("p3", "job", ""), cell("p3", "occupation", "消防设施操作员", "occupation/access")
        ),
    ),
    "occupation_with_a_forbidden_word": Gate(
        "",
        {},
        all_of(
            cell("p3", "job", ""), cell("p3", "occupation", "国家电网维修工", "wording/state-name")
        ),
    ),
    "name_that_is_a_forbidden_word": Gate(
        "", {}, cell("p3", "name", "王国家", "wording/state-name", refuses=False)
    ),
    "scope_of_another_site": Gate(
        "",
        {
            "scope.csv": (
                _SITES_SCOPE
                + "车工,,5,main,,\n车工,数控车床,4、3,main,,\n焊工,电焊工,5-1,south,,\n"
            ).encode()
        },
        _refused("scope/other-site", "site", "p2"),
    ),
    "scope_that_has_ended": Gate(
        "",
        {
            "scope.csv": (
                _SITES_SCOPE + "车工,,5,,,\n车工,数控车床,4、3,,,\n焊工,电焊工,5-1,,,2026-03-14\n"
            ).encode()
        },
        _refused("scope/other-date", "issue_date", "p2"),
    ),
    "site_suspended": Gate(
        _SUSPENDED,
        {},
        all_of(
            *(cell(key, "site", "idle", "scope/suspended", at="issue_date") for key in ("p2", "p3"))
        ),
    ),
    "codes_adopted_all_right": _adopting(all_of()),
    "codes_adopted_one_missing": _adopting(cell("p3", "code", "", "code/missing")),
    "codes_adopted_one_too_short": _adopting(cell("p3", "code", _code("p3")[:-1], "code/form")),
    "codes_adopted_one_full_width": _adopting(
        cell("p3", "code", _code("p3")[:-1] + "３", "code/form")
    ),
    "codes_adopted_one_of_another_site": _adopting(
        cell("p3", "code", _code("p3").replace("1123", "1124"), "code/site")
    ),
    "codes_adopted_one_of_another_year": _adopting(
        cell("p3", "code", _code("p3").replace("1123263", "1123253"), "code/year")
    ),
    "codes_adopted_one_of_another_level": _adopting(
        cell("p3", "code", _code("p3").replace("1123263", "1123264"), "code/level")
    ),
    "codes_adopted_one_twice": _adopting(cell("p3", "code", _code("p1"), "code/duplicate")),
    "codes_adopted_slipped_by_a_row": _adopting(
        all_of(
            cell("p2", "code", _code("p3"), "code/level"),
            cell("p3", "code", _code("p2"), "code/level"),
        )
    ),
    "code_where_none_is_expected": Gate(
        "",
        {},
        all_of(
            column("code", "证书编号", {"p3": "Y000041001123263000001"}),
            _refused("code/unexpected", "code"),
        ),
    ),
}
