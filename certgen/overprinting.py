"""How certificates get onto pre-printed sheets here (套打): the definitions that the agency file names.

sheets = loaded(agency)
SheetPrinter(register, forms, sheets, watch)
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from certgen.errors import InputError
from certgen.exchange.agency import Agency
from certgen.issuing.sheet_file import Loaded
from certgen.stock import reading
from certgen.stock.definition import Stock


def loaded(agency: Agency) -> Loaded:
    """Sheets and printer. `LayoutError` for a broken definition, `InputError` for two of one version."""
    return Loaded(by_version(agency.overprinting.stocks))


def by_version(paths: Iterable[Path]) -> Mapping[str, Stock]:
    """The definitions by their form version."""
    found: dict[str, Stock] = {}
    for path in paths:
        stock = reading.load(path)
        if stock.version in found:
            raise InputError(
                zh=f"有两份纸张定义的版次都是“{stock.version}”（{path.name}）：请改名或只留一份",
                en=f"two stock definitions are of version {stock.version!r} ({path.name}): rename or drop one",
            )
        found[stock.version] = stock
    return found
