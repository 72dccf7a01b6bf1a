"""Rules for what an agency chooses in its file (机构配置): seals, key, QR, page, output, numbers.

The notices leave these open except where a clause is named.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from certgen.exchange.agency import AGENCY_SEAL, EMBOSSED_SEAL, PrintStandard, SealSide
from certgen.exchange.agency_draft import Draft, Rule, choice, problem, site_exists
from certgen.exchange.agency_shape import Problem
from certgen.exchange.qr_rules import QR_RULES
from certgen.exchange.toml_lines import KeyPath
from certgen.standards import seals
from certgen.standards.codes.national import MAX_SERIAL, Category
from certgen.standards.filling import SEAL_MAX_MM
from certgen.standards.levels import Level

FORMAT = 1
"""The only edition of the agency file so far. It changes when an old file would be read wrongly."""

SEAL_MIN_MM = 10.0  # our choice: below it the name in the ring cannot be read
FIRST_YEAR = 2019  # 人社鉴发〔2019〕2号: no code of this form is older
LAST_YEAR = 2099  # the code has two digits for the year


def _known_format(draft: Draft) -> Iterator[Problem]:
    if draft.data.get("format", FORMAT) != FORMAT:
        yield problem(
            ("format",), f"本版本只能读取格式 {FORMAT}", f"this version reads format {FORMAT} only"
        )


def _seals_fit_and_belong(draft: Draft) -> Iterator[Problem]:
    for owner, (path, seal) in draft.seals().items():
        if not SEAL_MIN_MM <= seal.get("diameter_mm", SEAL_MAX_MM) <= SEAL_MAX_MM:
            yield problem(
                (*path, "diameter_mm"),
                f"应为 {SEAL_MIN_MM:g} 至 {SEAL_MAX_MM:g} 毫米（国发〔1999〕25号）",
                f"must be {SEAL_MIN_MM:g} to {SEAL_MAX_MM:g} mm (国发〔1999〕25号)",
            )
        if path[1] == "branches" and owner not in draft.branch_ids():
            yield problem(
                path,
                "没有这个 id 的分支机构，请核对 [[branches]]",
                "no branch has this id; see [[branches]]",
            )


def _seals_say_the_filed_name(draft: Draft) -> Iterator[Problem]:
    """The wording is typed by whoever has the seal in hand: a picture is not read."""
    agency = draft.table("agency")
    names = {AGENCY_SEAL: agency.get("name", "")}
    names |= {row.get("id", ""): row.get("name", "") for _, row in draft.rows("branches")}
    for owner, (path, seal) in draft.seals().items():
        office, wording = seal.get("office", ""), seal.get("wording", "")
        if office and agency.get("category") == Category.SOCIAL:
            yield problem(
                (*path, "office"),
                f"只有用人单位（Y）的印章可由人事劳动保障工作机构代章（{seals.OFFICE_CLAUSE}），请删去",
                f"only an employer's (Y) seal may be its personnel office's ({seals.OFFICE_CLAUSE}): remove it",
            )
        bodies = names.values() if owner == EMBOSSED_SEAL else [names.get(owner, "")]
        right = [text for name in bodies for text in seals.allowed(name, office)]
        if wording and wording not in right:
            clause = seals.EMBOSSED_CLAUSE if owner == EMBOSSED_SEAL else seals.CLAUSE
            yield problem(
                (*path, "wording"),
                f"印章文字应与备案名称一致，为“{'”或“'.join(right)}”（{clause}）",
                f"the seal must say the filed name: {' or '.join(right)} ({clause})",
            )


def _embossed_seals_are_small(draft: Draft) -> Iterator[Problem]:
    path, seal = draft.seals().get(EMBOSSED_SEAL, ((), {}))
    low, high = seals.EMBOSSED_MIN_MM, seals.EMBOSSED_MAX_MM
    if seal and not low <= seal.get("diameter_mm", low) <= high:
        yield problem(
            (*path, "diameter_mm"),
            f"钢印应为 {low:g} 至 {high:g} 毫米（国发〔1999〕25号）",
            f"an embossed seal must be {low:g} to {high:g} mm (国发〔1999〕25号)",
        )


def _seals_are_there_to_draw(draft: Draft) -> Iterator[Problem]:
    is_drawn = draft.electronic or draft.flag("output", "print_seals")
    owners = draft.branch_ids() if is_drawn else []
    owners += [owner for owner in draft.signing_keys() if owner not in (AGENCY_SEAL, *owners)]
    if is_drawn or AGENCY_SEAL in draft.signing_keys():
        owners.insert(0, AGENCY_SEAL)
    for owner in owners:
        if owner not in draft.seals():
            step = ("agency",) if owner == AGENCY_SEAL else ("branches", owner)
            yield problem(
                ("seals", *step),
                "电子证书、签名和套印印章都需要印章图片：请填写 picture 和 diameter_mm",
                "electronic certificates, signatures and printed seals need the picture of the "
                "seal: give picture and diameter_mm",
            )


def _files_exist(draft: Draft) -> Iterator[Problem]:
    for path, name, exists in _named_files(draft):
        if name is not None and not _holds(exists, draft.folder / name):
            yield problem(
                path,
                f"找不到 {name}（相对于本文件所在的文件夹）",
                f"{name} is not there (counted from the folder of this file)",
            )


def _named_files(draft: Draft) -> Iterable[tuple[KeyPath, str | None, Callable[[Path], bool]]]:
    yield ("scope", "file"), draft.table("scope").get("file"), Path.is_file
    # The list of approval is not looked for here: each batch has its own, and brings it when issued.
    yield ("staff", "list"), draft.table("staff").get("list"), Path.is_file
    yield ("qr", "key"), draft.table("qr").get("key"), Path.is_file
    yield ("output", "print_profile"), draft.table("output").get("print_profile"), Path.is_file
    yield ("layout", "file"), draft.table("layout").get("file"), Path.is_file
    for at, row in enumerate(draft.table("print").get("stocks", [])):
        yield ("print", "stocks", at, "file"), row.get("file"), Path.is_file
    yield ("fonts", "folder"), draft.table("fonts").get("folder"), Path.is_dir
    for path, seal in draft.seals().values():
        yield (*path, "picture"), seal.get("picture"), Path.is_file


def _holds(exists: Callable[[Path], bool], path: Path) -> bool:
    try:
        return exists(path)
    except (OSError, ValueError):  # a name that no file can have
        return False


def _staff_is_an_employers(draft: Draft) -> Iterator[Problem]:
    if "staff" in draft.data and draft.table("agency").get("category") == Category.SOCIAL:
        yield problem(
            ("staff",),
            "职工名单只用于用人单位（Y）；社会培训评价组织（S）面向社会，请删去本段",
            "a staff list is for an employer (Y); a social assessment body (S) assesses the "
            "public: remove this section",
        )


def _layout_is_known(draft: Draft) -> Iterator[Problem]:
    layout = draft.table("layout")
    yield from choice(("layout", "seal_side"), layout.get("seal_side"), SealSide)
    address = layout.get("provincial_query", "")
    if address and not _is_web_address(address):
        yield problem(
            ("layout", "provincial_query"),
            "应为以 http:// 或 https:// 开头的网址，不含空格和中文",
            "must be a web address that begins with http:// or https://, in ASCII, without spaces",
        )


def _is_web_address(text: str) -> bool:
    if not re.fullmatch(r"https?://[!-~]+", text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # a bracket that opens no IPv6 address
        return False


def _output_makes_something(draft: Draft) -> Iterator[Problem]:
    if not draft.table("output").get("paper", True) and not draft.electronic:
        yield problem(
            ("output", "paper"),
            "纸质证书和电子证书都未启用，请至少启用一项",
            "neither paper nor electronic certificates are made; switch one on",
        )
    if not 0 <= draft.table("output").get("check_share", 0) <= 1:
        yield problem(
            ("output", "check_share"),
            "应为 0 至 1 之间的比例，如 0.05 即 5%",
            "must be a share between 0 and 1; 0.05 is 5 %",
        )


def _print_file_is_of_a_kind(draft: Draft) -> Iterator[Problem]:
    output = draft.table("output")
    yield from choice(("output", "print_standard"), output.get("print_standard"), PrintStandard)
    condition = output.get("print_condition", "")
    if condition and not re.fullmatch(r"[0-9A-Za-z ._-]{1,60}", condition):
        yield problem(
            ("output", "print_condition"),
            "应为登记的输出条件名称，如 FOGRA39、JC200103",
            "must be the registered name of a printing condition, such as FOGRA39 or JC200103",
        )
    if output.get("print_standard") == PrintStandard.X4 and not output.get("print_profile"):
        yield problem(
            ("output", "print_profile"),
            "PDF/X-4 需要印刷厂的 CMYK 特性文件（.icc）：请向印刷厂索取；没有时用 x1a",
            "PDF/X-4 needs the shop's CMYK profile (.icc): ask the shop for it; without one use x1a",
        )


def _register_is_a_file(draft: Draft) -> Iterator[Problem]:
    if "://" in (name := draft.table("numbers").get("register", "register.db")) or not name:
        yield problem(
            ("numbers", "register"),
            "应为本机上的文件名，如 register.db",
            "must name a file on this machine, such as register.db",
        )


def _mode_is_known(draft: Draft) -> Iterator[Problem]:
    if draft.table("numbers").get("mode", "allocate") not in {"allocate", "adopt"}:
        yield problem(
            ("numbers", "mode"),
            "应为 allocate（由本台账编号）或 adopt（沿用名册中的证书编号）",
            "must be allocate (this register gives the numbers) or adopt (the roster brings them)",
        )


def _first_serials_can_be_counted(draft: Draft) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for at, row in enumerate(draft.table("numbers").get("first", [])):
        path: KeyPath = ("numbers", "first", at)
        yield from site_exists((*path, "site"), row.get("site"), draft.site_ids())
        yield from _between((*path, "year"), row.get("year"), FIRST_YEAR, LAST_YEAR)
        yield from _between((*path, "level"), row.get("level"), min(Level), max(Level))
        yield from _between((*path, "serial"), row.get("serial"), 1, MAX_SERIAL)
        counter = (row.get("site"), row.get("year"), row.get("level"))
        if counter in seen and None not in counter:
            yield problem(
                path,
                "同一站点、年份、等级已有起始号，请只留一个",
                "this site, year and level has a first serial already; keep one",
            )
        seen.add(counter)


def _between(path: KeyPath, value: int | None, low: int, high: int) -> Iterator[Problem]:
    if value is not None and not low <= value <= high:
        yield problem(path, f"应为 {low:d} 至 {high:d}", f"must be {low:d} to {high:d}")


SETTING_RULES: tuple[Rule, ...] = (
    _known_format,
    _seals_fit_and_belong,
    _seals_say_the_filed_name,
    _embossed_seals_are_small,
    _seals_are_there_to_draw,
    _files_exist,
    _staff_is_an_employers,
    *QR_RULES,
    _layout_is_known,
    _output_makes_something,
    _print_file_is_of_a_kind,
    _register_is_a_file,
    _mode_is_known,
    _first_serials_can_be_counted,
)
"""In the order of the file."""
