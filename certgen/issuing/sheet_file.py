"""What lies in the printer: which definition its sheets have, and how the printer misses on them.

Whoever prints onto sheets (`certgen.issuing.sheets`) opens its files here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from certgen.compose import Composer
from certgen.errors import LayoutError
from certgen.exchange.agency import QrProfile
from certgen.model.misplacement import Misplacement, Size
from certgen.render.overprint import SheetsFile
from certgen.stock.definition import FRONT, Key, Layer, Stock

Misses = Callable[[str, Size | None], Misplacement]
"""By form version, and the size of its sheets where a definition says it. May raise `InputError`."""


def _by_nothing(_version: str, _size: Size | None) -> Misplacement:
    return Misplacement()


@dataclass(frozen=True, slots=True)
class Loaded:
    """Sheets and printer. Without a definition of a form version everything is drawn, at the places of the layout."""

    stocks: Mapping[str, Stock] = field(default_factory=dict)  # by form version
    misses: Misses = _by_nothing

    def open(self, file: BinaryIO, title: str, made: datetime, version: str) -> SheetsFile:
        """A file of pages for sheets of that version."""
        stock = self.stocks.get(version)
        return SheetsFile(
            file,
            title,
            made,
            stock=stock,
            layer=Layer.DATA if stock else Layer.ALL,
            misplacement=self.misses(version, (stock.width, stock.height) if stock else None),
        )

    def prints(self, slot: str, version: str) -> bool:
        """Whether a slot of the front is printed onto sheets of that version."""
        stock = self.stocks.get(version)
        return stock is None or stock.shows(Key(FRONT, slot), Layer.DATA)

    def are_for(self, composer: Composer, version: str) -> bool:
        """Whether sheets of that version are for what this form makes: a branch has sheets of its own."""
        try:
            self.refuse_other(composer, version)
        except LayoutError:
            return False
        return True

    def refuse_other(self, composer: Composer, version: str) -> None:
        """`LayoutError` unless they are."""
        if stock := self.stocks.get(version):
            official = composer.agency.qr is QrProfile.OFFICIAL
            stock.refuse_other(composer.layout, official_qr=official)
