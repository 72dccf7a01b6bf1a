"""Which keys the agency file (机构配置) has and what kind of value each takes, as one table.

The check against it knows nothing of agencies: it drops what it cannot use, says why, and leaves
the rest for the rules, so that one reading reports every problem.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import Enum
from typing import Any, NamedTuple

from certgen.errors import Said
from certgen.exchange.toml_lines import KeyPath

Tree = dict[str, Any]
"""A TOML table as `tomllib` gives it."""


class Problem(NamedTuple):
    """What is wrong with one key and what to do about it."""

    path: KeyPath
    said: Said


class Kind(Enum):
    """A kind of value, in the words of a message."""

    TEXT = Said("加英文引号的文字", "text in quotes")
    FLAG = Said("true 或 false，不加引号", "true or false without quotes")
    WHOLE = Said("整数，不加引号", "a whole number without quotes")
    NUMBER = Said("数字，不加引号", "a number without quotes")
    DAY = Said("日期，如 2026-01-05，不加引号", "a date such as 2026-01-05 without quotes")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a fixed set of keys. A required key may be neither missing nor empty."""

    keys: "Mapping[str, Shape]"
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of tables: [[sites]], or [ { … }, { … } ]."""

    row: Table


@dataclass(frozen=True, slots=True)
class Named:
    """Tables under names that the file chooses."""

    table: Table


Shape = Kind | Table | Rows | Named

_SEAL = Table(
    {
        "picture": Kind.TEXT,
        "diameter_mm": Kind.NUMBER,
        "wording": Kind.TEXT,
        "office": Kind.TEXT,
    },
    frozenset({"picture", "diameter_mm"}),
)
_SITE = {"id": Kind.TEXT, "prefix": Kind.TEXT, "filed_from": Kind.DAY, "filed_until": Kind.DAY}
_SUSPENSION = {"suspended_from": Kind.DAY, "suspended_until": Kind.DAY}
_BRANCH = {"id": Kind.TEXT, "name": Kind.TEXT, "english_name": Kind.TEXT, "site": Kind.TEXT}
_FIRST = {"site": Kind.TEXT, "year": Kind.WHOLE, "level": Kind.WHOLE, "serial": Kind.WHOLE}
_KEY = {
    "pkcs12": Kind.TEXT,
    "pem": Kind.TEXT,
    "certificates": Kind.TEXT,
    "pkcs11": Kind.TEXT,
    "token": Kind.TEXT,
    "label": Kind.TEXT,
    "passphrase_env": Kind.TEXT,
}
_SIGNATURES = {
    "level": Kind.TEXT,
    "root": Kind.TEXT,
    "crl": Kind.TEXT,
    "ocsp_url": Kind.TEXT,
    "timestamp_url": Kind.TEXT,
    "timestamp_root": Kind.TEXT,
}

AGENCY_FILE = Table(
    {
        "format": Kind.WHOLE,
        "agency": Table(
            {
                "name": Kind.TEXT,
                "english_name": Kind.TEXT,
                "category": Kind.TEXT,
                "sample": Kind.FLAG,
                "technical_school": Kind.FLAG,
            },
            frozenset({"name", "english_name", "category"}),
        ),
        "sites": Rows(Table(_SITE | _SUSPENSION, frozenset(_SITE))),
        "branches": Rows(Table(_BRANCH, frozenset(_BRANCH))),
        "scope": Table({"file": Kind.TEXT}, frozenset({"file"})),
        "approval": Table({"list": Kind.TEXT, "required": Kind.FLAG}),
        "staff": Table({"list": Kind.TEXT}, frozenset({"list"})),
        "seals": Table({"agency": _SEAL, "embossed": _SEAL, "branches": Named(_SEAL)}),
        "key": Table(
            _KEY | _SIGNATURES | {"branches": Named(Table(_KEY | {"elsewhere": Kind.FLAG}))}
        ),
        "qr": Table(
            {
                "profile": Kind.TEXT,
                "host": Kind.TEXT,
                "key": Kind.TEXT,
                "passphrase_env": Kind.TEXT,
            }
        ),
        "layout": Table(
            {
                "form": Kind.TEXT,
                "file": Kind.TEXT,
                "seal_side": Kind.TEXT,
                "provincial_query": Kind.TEXT,
                "print_number": Kind.FLAG,
            }
        ),
        "output": Table(
            {
                "electronic": Kind.FLAG,
                "paper": Kind.FLAG,
                "print_seals": Kind.FLAG,
                "print_standard": Kind.TEXT,
                "print_condition": Kind.TEXT,
                "print_profile": Kind.TEXT,
                "check_share": Kind.NUMBER,
            }
        ),
        "print": Table(
            {
                "stocks": Rows(Table({"file": Kind.TEXT}, frozenset({"file"}))),
                "printer": Kind.TEXT,
                "tray": Kind.TEXT,
                "paper": Kind.TEXT,
            }
        ),
        "numbers": Table(
            {
                "register": Kind.TEXT,
                "mode": Kind.TEXT,
                "first": Rows(Table(_FIRST, frozenset(_FIRST))),
            }
        ),
        "fonts": Table({"folder": Kind.TEXT}, frozenset({"folder"})),
    },
    frozenset({"format", "agency", "sites"}),
)
"""The whole file. Whatever is not named here is an unknown key."""


def fit(value: Tree, shape: Table) -> tuple[Tree, tuple[Problem, ...]]:
    """The part of `value` that has the shape, array positions kept; a problem for all the rest."""
    problems: list[Problem] = []
    return _fit_table(value, shape, (), problems), tuple(problems)


def _fit_table(value: Tree, shape: Table, path: KeyPath, problems: list[Problem]) -> Tree:
    problems += _missing(value, shape, path)
    fitted: Tree = {}
    for key, item in value.items():
        here = (*path, key)
        if key not in shape.keys:
            problems.append(Problem(here, _unknown(key, shape.keys)))
        elif (good := _fit(item, shape.keys[key], here, problems)) is not None:
            fitted[key] = good
    return fitted


def _fit(value: object, shape: Shape, path: KeyPath, problems: list[Problem]) -> object:
    """What of `value` can be used, or None."""
    match shape, value:
        case Table(), dict():
            return _fit_table(value, shape, path, problems)
        case Named(table), dict():
            free = Table(dict.fromkeys(value, table))
            return _fit_table(value, free, path, problems)
        case Rows(row), list():
            fitted = [_fit(item, row, (*path, at), problems) for at, item in enumerate(value)]
            return [item or {} for item in fitted]  # an unusable row must not renumber the others
        case Kind(), _ if _is(shape, value):
            return value
    problems.append(Problem(path, _other_kind(shape)))
    return None


def _is(kind: Kind, value: object) -> bool:
    match kind:
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.DAY:
            return isinstance(value, date) and not isinstance(value, datetime)
        case Kind.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)


def _missing(value: Tree, shape: Table, path: KeyPath) -> Iterator[Problem]:
    for key in shape.keys:  # in the order of the documentation, not of a set
        if key in shape.required and value.get(key) in (None, "", []):
            said = Said("必填项缺失或为空，请填写", "required, but missing or empty; fill it in")
            yield Problem((*path, key), said)


def _unknown(key: str, known: Mapping[str, Shape]) -> Said:
    near = get_close_matches(key.lower(), known, n=1, cutoff=0.5) if len(key) <= 40 else []
    if near:
        return Said(f"没有这个键，是否应为 {near[0]}？", f"unknown key; did you mean {near[0]}?")
    names = ", ".join(known)
    return Said(f"没有这个键；此处可用：{names}", f"unknown key; known here: {names}")


def _other_kind(shape: Shape) -> Said:
    match shape:
        case Kind():
            return Said(f"应为{shape.value.zh}", f"must be {shape.value.en}")
        case Rows():
            return Said(
                "应为表的列表：[[…]] 或 [ { … } ]", "must be a list of tables: [[…]] or [ { … } ]"
            )
        case Table() | Named():
            return Said("应为表：[…] 或 { … }", "must be a table: […] or { … }")
