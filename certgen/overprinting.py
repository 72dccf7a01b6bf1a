"""How certificates get onto pre-printed sheets here (套打): which definitions, which printer, and how that one misses.

    with desk(Path("agency.toml")) as (printer, findings):
        printer.run("20260601-01", request, Order.ROSTER, Path("sheets.pdf"))

Each call of `SheetPrinter` is one call of `certgen print`; the ledger itself is `Register.ledger`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from certgen.calibration import profiles
from certgen.calibration.profiles import Key
from certgen.errors import InputError, Said
from certgen.exchange import agency_file
from certgen.exchange.agency import Agency
from certgen.issuing.forms import Forms
from certgen.issuing.run import Watch
from certgen.issuing.sheet_file import Loaded
from certgen.issuing.sheets import SheetPrinter
from certgen.model.finding import Finding, Severity
from certgen.model.misplacement import Misplacement, Size
from certgen.papers import fonts_of, now
from certgen.registry.register import Register
from certgen.stock import reading
from certgen.stock.definition import Stock

SAME_SIZE = 0.5
"""mm: a profile of sheets that differ by more was measured on another size."""

_UNCALIBRATED = Finding(
    "print/not-calibrated",
    Severity.NOTE,
    Said(
        "没有写明打印机（机构配置 [print] printer 或 --printer），按原位打印，未作校准修正：见 certgen calibrate",
        "no printer is named ([print] printer in the agency file, or --printer): printed without a correction, see "
        "certgen calibrate",
    ),
)


@contextmanager
def opened(
    agency_path: Path, *, make: bool = False, clock: Callable[[], datetime] = now
) -> Iterator[tuple[Agency, Register]]:
    """The agency and its register. `InputError` where there is none yet, unless it may be made."""
    agency = agency_file.load(agency_path)
    if not agency.register.exists() and not make:
        raise InputError(zh="还没有台账", en="there is no register yet")
    with Register.open(agency.register, clock=clock) as register:
        yield agency, register


@contextmanager
def desk(
    agency_path: Path,
    key: Sequence[str] = (),
    *,
    selfcheck: str | None = "verify.selfcheck",
    clock: Callable[[], datetime] = now,
    watch: Watch = lambda _step, _done, _total: None,
) -> Iterator[tuple[SheetPrinter, Mapping[str, Finding]]]:
    """Somebody at a printer: its name, tray and paper in `key`, without them the agency file's usual one.

    What must be known about the printer is in the findings once something was printed. `InputError` where there is no
    register yet.
    """
    found: dict[str, Finding] = {}
    kept = agency_path.parent / profiles.FOLDER
    with opened(agency_path, clock=clock) as (agency, register):
        sheets = loaded(agency, profile_key(agency, *key), kept, clock(), found)
        plans = agency.register.with_suffix(".plans")
        forms = Forms(agency, fonts_of(agency), plans, signed=False)
        yield SheetPrinter(register, forms, sheets, watch, selfcheck), found


def profile_key(agency: Agency | None, printer: str = "", tray: str = "", paper: str = "") -> Key:
    """The names that a profile is kept by, without the form version. Without `printer`: the agency file's usual one."""
    if printer or agency is None:
        return Key(printer, tray, paper)
    usual = agency.overprinting
    return Key(usual.printer, tray or usual.tray, paper or usual.paper)


def loaded(
    agency: Agency, key: Key, folder: Path, now: datetime, found: dict[str, Finding]
) -> Loaded:
    """Sheets and printer. What its operator must know about its calibration comes into `found` as files are opened.

    `folder` holds the profiles. `LayoutError` for a broken definition, `InputError` for two of one version; opening a
    file raises `InputError` where the named printer was never measured on such sheets.
    """
    misses = partial(_misses, key, folder, now, found)
    return Loaded(by_version(agency.overprinting.stocks), misses)


def _misses(
    key: Key,
    folder: Path,
    now: datetime,
    found: dict[str, Finding],
    version: str,
    size: Size | None,
) -> Misplacement:
    if not key.printer:
        if size is not None:  # on plain sheets half a millimetre shows nowhere
            found[_UNCALIBRATED.code] = _UNCALIBRATED
        return Misplacement()
    profile = profiles.find(folder, key.printer, key.tray, key.paper, version, now)
    if missing := [one.said for one in profile.findings if one.severity is Severity.ERROR]:
        raise InputError(zh=missing[0].zh, en=missing[0].en)
    if size is not None and any(
        abs(one - other) > SAME_SIZE for one, other in zip(profile.sheet, size, strict=True)
    ):
        measured, wanted = (f"{width:g} × {height:g}" for width, height in (profile.sheet, size))
        raise InputError(
            zh=f"{key.in_('zh')}的校准是在 {measured} 毫米的纸上做的，这种纸是 {wanted} 毫米：请用这种纸重新校准",
            en=f"{key.in_('en')} was calibrated on sheets of {measured} mm, these have {wanted} mm: calibrate on these",
        )
    found |= {one.code: one for one in profile.findings}
    return profile.misplacement


def by_version(paths: Iterable[Path]) -> Mapping[str, Stock]:
    """The definitions by their form version."""
    stocks: dict[str, Stock] = {}
    for path in paths:
        stock = reading.load(path)
        if stock.version in stocks:
            raise InputError(
                zh=f"有两份纸张定义的版次都是“{stock.version}”（{path.name}）：请改名或只留一份",
                en=f"two stock definitions are of version {stock.version!r} ({path.name}): rename or drop one",
            )
        stocks[stock.version] = stock
    return stocks
