"""A form as one layer of a page draws it: the data over a blank sheet, what the blank sheet has, or both.

The values are laid out in the boxes of the stock, at their official size: `SlotOverflowError` refuses the row.
"""

from collections.abc import Iterable

from certgen.compose import Composer
from certgen.exchange.agency import QrProfile
from certgen.fonts.fontset import Drawing, FontSet
from certgen.model.page import Page, Primitive, Seal
from certgen.model.record import Record
from certgen.stock.definition import FRONT, Key, Layer, Stock


class LayerOf:
    """One layer of one form. Without a stock the blank sheet has what every certificate shares."""

    def __init__(
        self,
        composer: Composer,
        branch: str | None,
        fonts: FontSet[Drawing],
        stock: Stock | None,
        layer: Layer,
    ) -> None:
        """`composer` lays out what was issued; `LayoutError` where the stock is for another form."""
        self._stock, self._layer = stock, layer
        self._seals = composer.agency.print_seals
        if stock is not None:
            official = composer.agency.qr is QrProfile.OFFICIAL
            stock.refuse_other(composer.layout, official_qr=official)
            composer = Composer(composer.agency, branch, fonts, stock.sides)
        self.composer = composer
        self.statics = self._kept(composer.statics, FRONT)
        """Of the front: the same on every sheet."""
        self.others = tuple(
            Page(page.layout, page.width, page.height, self._kept(page.items, side))
            for side, page in enumerate(composer.others, start=FRONT + 1)
        )
        """The sides behind it; without an item where the layer has nothing there."""

    def values(self, record: Record, code: str, qr: str = "") -> tuple[Primitive, ...]:
        """What belongs to one holder and to this layer."""
        return self._kept(self.composer.values(record, code, qr), FRONT)

    def _kept(self, items: Iterable[Primitive], side: int) -> tuple[Primitive, ...]:
        return tuple(item for item in items if self._has(item, side))

    def _has(self, item: Primitive, side: int) -> bool:
        if self._stock is None:
            stamped = isinstance(item, Seal) and not self._seals  # by hand
            wanted = self._layer is Layer.ALL or item.static is (self._layer is Layer.STATIC)
            return wanted and not stamped
        key = Key(side, item.slot)
        if isinstance(item, Seal) and not self._seals and self._stock.shows(key, Layer.DATA):
            return False
        return self._stock.shows(key, self._layer)
