"""Where pages for pre-printed sheets are drawn: the interface, and the plain file without a stock definition.

Whoever prints onto sheets (`certgen.issuing.sheets`) opens its file by a `Draws`, once the sheets are taken.
"""

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO, Protocol

from certgen.compose import Composer
from certgen.exchange.agency import Agency
from certgen.model.record import Record
from certgen.render.paper import PrintFile
from certgen.render.plan import Plan
from certgen.render.press import Press
from certgen.render.stamp import Portrait


class SheetPages(Protocol):
    """A PDF being written, one page a sheet."""

    def add(
        self,
        plan: Plan,
        composer: Composer,
        record: Record,
        code: str,
        portrait: Portrait | None,
        *,
        qr: str = "",
        serial: str = "",
    ) -> bool:
        """Append the page of one certificate for the sheet with this serial; whether it needed a fallback face."""

    def finish(self) -> str:
        """Write what ends the file; the SHA-256 of the whole."""


Draws = Callable[[BinaryIO, str, datetime, str], SheetPages]
"""Opens a file for pages: where to, its title, when the job was opened, the form version of its sheets."""


class PlainSheets:
    """Pages as the print edition has them, without a check mark."""

    def __init__(self, file: BinaryIO, title: str, made: datetime, agency: Agency) -> None:
        self._pages = PrintFile(file, title, made, Press.of(agency))

    def add(
        self,
        plan: Plan,
        composer: Composer,
        record: Record,
        code: str,
        portrait: Portrait | None,
        *,
        qr: str = "",
        serial: str = "",  # noqa: ARG002  (a check mark needs to know where the sheet is free)
    ) -> bool:
        """Append one page."""
        return self._pages.add(plan, composer, record, code, portrait, qr=qr)

    def finish(self) -> str:
        """End the file."""
        return self._pages.finish()


def plain(agency: Agency) -> Draws:
    """Draws everything, at the places of the layout."""
    return lambda file, title, made, _stock: PlainSheets(file, title, made, agency)
