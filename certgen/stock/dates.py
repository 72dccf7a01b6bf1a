"""A date in three blanks: sheets that have 年 月 日 printed leave room before each for its number.

Every form that prints an issue date gets three more slots on a stock. They are `none` until a definition says
otherwise; then the whole date is `none` instead.
"""

from dataclasses import replace

from certgen.layouts.slots import Align, Anchor, Layout, Part, TextSlot

PARTS = ("issue_date.year", "issue_date.month", "issue_date.day")
WHOLE = frozenset({"issue_date.value", "issue_date.value.zh"})
"""The Chinese date as one value, in the layouts of the notices."""

_PLACES = ((0.0, 11.0), (14.0, 21.0), (24.0, 31.0))
"""From where the whole date begins, in mm: 2026 年 12 月 30 日 at 12 pt."""


def with_parts(layout: Layout) -> Layout:
    """The layout with the three slots behind its Chinese date."""
    texts: list[TextSlot] = []
    for text in layout.texts:
        texts.append(text)
        if text.id in WHOLE:
            texts += [_part(text, *one) for one in zip(PARTS, _PLACES, strict=True)]
    return replace(layout, texts=tuple(texts))


def _part(whole: TextSlot, key: str, place: tuple[float, float]) -> TextSlot:
    left = whole.x1 - _PLACES[-1][1] if whole.align is Align.RIGHT else whole.x0
    return replace(
        whole,
        id=key,
        parts=(Part(key, whole.parts[0].role, whole.parts[0].latin),),
        x0=left + place[0],
        x1=left + place[1],
        align=Align.CENTRE,
        anchor=Anchor.FIRST,
        optional=True,
    )
