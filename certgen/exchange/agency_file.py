"""Reads the agency file (机构配置): one TOML that says who issues, with which seals and keys.

Every problem is reported at once, with the line and the key, in Chinese and English:

    agency.toml:12  sites[0].prefix: …

The values are in `certgen.exchange.agency`, the keys in `agency_shape`, what they must obey in
`filing_rules` and `setting_rules`; `agency_template` is a file to start from.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from certgen.errors import AgencyFileError, InputError, Said
from certgen.exchange import scope_file
from certgen.exchange.agency import (
    AGENCY_SEAL,
    Agency,
    Branch,
    FirstSerial,
    KeyFile,
    Overprinting,
    PayloadKeyFile,
    PrintStandard,
    QrProfile,
    ScopeEntry,
    SealPicture,
    SealSide,
    SignatureLevel,
    SignaturePolicy,
    Site,
)
from certgen.exchange.agency_draft import Draft
from certgen.exchange.agency_shape import AGENCY_FILE, Problem, Tree, fit
from certgen.exchange.filing_rules import FILING_RULES
from certgen.exchange.form_rules import FORM_RULES
from certgen.exchange.key_rules import KEY_FILES, KEY_RULES
from certgen.exchange.setting_rules import SETTING_RULES
from certgen.exchange.toml_lines import line_of, lines_of, written
from certgen.standards.forms import FORMS, FormId
from certgen.standards.levels import Level

_CHINESE_MARKS = re.compile("[“”‘’＝，．【】［］｛｝＃]")
_TOML_PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")


LARGEST = 2_000_000
"""Bytes: a thousand branches with their keys have half a million."""


def load(path: Path) -> Agency:
    """The agency that the file at `path` describes; its paths count from the folder of the file.

    On success every field of `Agency` holds what its comment says, and every file named is there.
    Raises `AgencyFileError`, whose message has one line for each problem.
    """
    text = _read(path)
    data = _parse(path.name, text)
    fitted, misfits = fit(data, AGENCY_FILE)
    draft = Draft(fitted, path.parent)
    found = [*misfits, *_broken_rules(draft, misfits)]
    scope, scope_problems = _scope(draft)
    if found or scope_problems:
        raise _error([*_place(path.name, text, found), *scope_problems])
    return _agency(draft, scope)


def _broken_rules(draft: Draft, misfits: tuple[Problem, ...]) -> Iterable[Problem]:
    told = {problem.path for problem in misfits}
    for rule in (*FILING_RULES, *FORM_RULES, *SETTING_RULES, *KEY_RULES):
        yield from (problem for problem in rule(draft) if problem.path not in told)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise AgencyFileError(
            zh=f"无法读取机构配置 {path.name}：请检查路径，或用 certgen init 新建",
            en=f"cannot read the agency file {path.name}: check the path, or run certgen init",
        ) from error
    if len(data) > LARGEST:
        said = Said("文件过大，不是机构配置", "too large to be an agency file")
        raise _error([_at(path.name, 1, said)])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = Said("不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8; save the file as UTF-8")
        raise _error([_at(path.name, line, said)]) from error


def _parse(file: str, text: str) -> Tree:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        said = Said("括号嵌套过深", "brackets nested too deeply")
        raise _error([_at(file, 1, said)]) from error
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        raise _error([_syntax(file, text, str(error))]) from error


def _syntax(file: str, text: str, message: str) -> Said:
    lines = text.rstrip("\n").split("\n")
    place = _TOML_PLACE.search(message)
    line = int(place.group(1)) if place and place.group(1) else len(lines)
    reason = _TOML_PLACE.sub("", message)
    marks = "".join(dict.fromkeys(_CHINESE_MARKS.findall(lines[min(line, len(lines)) - 1])))
    if marks:
        zh, en = f"；请改用英文标点，本行有 {marks}", f"; type {marks} on this line as ASCII marks"
    else:
        zh, en = "；文字是否缺少引号或等号？", "; is a quote or an equals sign missing?"
    return _at(file, line, Said(f"TOML 语法错误（{reason}）{zh}", f"TOML syntax: {reason}{en}"))


def _scope(draft: Draft) -> tuple[tuple[ScopeEntry, ...], tuple[Said, ...]]:
    """The filed scope, and what is wrong with its file. A missing file is another rule's to say."""
    path = draft.folder / draft.table("scope").get("file", "")
    try:
        if not path.is_file():
            return (), ()
        return scope_file.read(path, draft.site_ids()), ()
    except InputError as error:
        return (), (error.said,)
    except (OSError, ValueError):  # a name that no file can have
        return (), ()


def _place(file: str, text: str, problems: Iterable[Problem]) -> list[Said]:
    lines = lines_of(text)
    placed = [(line_of(lines, problem.path), problem) for problem in problems]
    placed.sort(key=lambda pair: pair[0])
    return [
        _at(file, line, Said(*(f"{written(path)}: {sentence}" for sentence in said)))
        for line, (path, said) in placed
    ]


def _at(file: str, line: int, said: Said) -> Said:
    return Said(f"{file}:{line}  {said.zh}", f"{file}:{line}  {said.en}")


def _error(said: Iterable[Said]) -> AgencyFileError:
    zh, en = zip(*said, strict=True)
    return AgencyFileError(zh="\n".join(zh), en="\n".join(en))


def _agency(draft: Draft, scope: tuple[ScopeEntry, ...]) -> Agency:
    """The values, unchecked by now; a key that is not given keeps the default of `Agency`."""
    sites = (Site(**row) for _, row in draft.rows("sites"))
    branches = (Branch(**row) for _, row in draft.rows("branches"))
    folder = draft.folder
    given = {
        field: make(draft.table(table)[key])
        for table, key, field, make in _SETTINGS
        if key in draft.table(table)
    }
    keys = {owner: _key(folder, key) for owner, (_, key) in draft.signing_keys().items()}
    agency = Agency(
        **draft.table("agency"),
        sites={site.id: site for site in sites},
        branches={branch.id: branch for branch in branches},
        scope=scope,
        seals={owner: _seal(folder, seal) for owner, (_, seal) in draft.seals().items()},
        key=keys.pop(AGENCY_SEAL, None),
        branch_keys=keys,
        signatures=_signatures(folder, draft.table("key")),
        payload_key=_payload_key(folder, draft.table("qr")),
        sign_elsewhere=frozenset(draft.sign_elsewhere()),
        overprinting=_overprinting(folder, draft.table("print")),
        electronic=draft.electronic,
        **({"adopt_numbers": not FORMS[draft.form].allocates} | given),
    )
    return replace(
        agency,
        register=folder / agency.register,
        approved_list=agency.approved_list and folder / agency.approved_list,
        layout_file=agency.layout_file and folder / agency.layout_file,
        print_profile=agency.print_profile and folder / agency.print_profile,
        staff_list=agency.staff_list and folder / agency.staff_list,
        font_folder=agency.font_folder and folder / agency.font_folder,
    )


def _seal(folder: Path, seal: Tree) -> SealPicture:
    words = {name: seal[name] for name in ("wording", "office") if name in seal}
    return SealPicture(folder / seal["picture"], float(seal["diameter_mm"]), **words)


def _key(folder: Path, key: Tree) -> KeyFile:
    places = {name: folder / key[name] for name in KEY_FILES if name in key}
    words = {name: key[name] for name in ("token", "label", "passphrase_env") if name in key}
    return KeyFile(**places, **words)


def _payload_key(folder: Path, qr: Tree) -> PayloadKeyFile | None:
    if "key" not in qr:
        return None
    return PayloadKeyFile(folder / qr["key"], qr.get("passphrase_env", ""))


def _signatures(folder: Path, key: Tree) -> SignaturePolicy:
    places = {name: folder / key[name] for name in ("root", "crl", "timestamp_root") if name in key}
    words = {name: key[name] for name in ("ocsp_url", "timestamp_url") if name in key}
    return SignaturePolicy(SignatureLevel(key.get("level", SignatureLevel.B_B)), **places, **words)


def _overprinting(folder: Path, given: Tree) -> Overprinting:
    stocks = tuple(folder / row["file"] for row in given.get("stocks", ()))
    return Overprinting(stocks, **{name: given[name] for name in given if name != "stocks"})


def _first_serials(rows: Iterable[Tree]) -> tuple[FirstSerial, ...]:
    return tuple(FirstSerial(**row | {"level": Level(row["level"])}) for row in rows)


_SETTINGS: tuple[tuple[str, str, str, Callable[[Any], Any]], ...] = (
    # table, key, field of Agency, how its value is made
    ("qr", "profile", "qr", QrProfile),
    ("qr", "host", "qr_host", str),
    ("layout", "form", "form", FormId),
    ("layout", "file", "layout_file", Path),
    ("layout", "seal_side", "seal_side", SealSide),
    ("layout", "provincial_query", "provincial_query", str),
    ("layout", "print_number", "print_number", bool),
    ("output", "paper", "paper", bool),
    ("output", "print_seals", "print_seals", bool),
    ("output", "print_standard", "print_standard", PrintStandard),
    ("output", "print_condition", "print_condition", str),
    ("output", "print_profile", "print_profile", Path),
    ("output", "check_share", "check_share", float),
    ("numbers", "first", "first_serials", _first_serials),
    ("numbers", "register", "register", Path),
    ("numbers", "mode", "adopt_numbers", lambda mode: mode == "adopt"),
    ("approval", "list", "approved_list", Path),
    ("approval", "required", "approval_required", bool),
    ("staff", "list", "staff_list", Path),
    ("fonts", "folder", "font_folder", Path),
)
