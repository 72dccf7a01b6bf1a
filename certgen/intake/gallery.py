"""The portraits of one batch beside each other: old ones, ones not on white, one picture for two people.

Ask it about each row once, in the order of the roster; it remembers what it has seen.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from certgen.errors import Said
from certgen.intake.cells import error, warning
from certgen.intake.photos import Prepared
from certgen.intake.portraits import GROUND_SHARE, Look, look_at
from certgen.model.finding import Finding, Place, Severity

_CLAUSE = "人社鉴发〔2021〕1号 三(一)"  # 本人近半年内一寸白底彩色免冠照片
_MONTHS = 6
_BANDS, _BAND_BITS = 5, 13
"""Hashes that differ in 4 bits at most agree in one of 5 bands: only those are compared."""


@dataclass(frozen=True, slots=True)
class _Seen:
    holder: str
    place: Place
    look: Look


class Gallery:
    """What was seen of the batch so far."""

    def __init__(self) -> None:
        self._by_digest: dict[str, tuple[str, Place]] = {}
        self._by_band: dict[tuple[int, int], list[_Seen]] = {}

    def findings(
        self, portrait: Prepared, holder: str, place: Place, issued: date
    ) -> tuple[Finding, ...]:
        """What there is to say about the portrait of this row.

        `holder` tells people apart: the identity number. Nobody's number gets into a finding. A
        portrait that was refused already has no more to say.
        """
        if not portrait.jpeg:
            return ()
        found: list[Finding] = []
        if portrait.taken and portrait.taken < _months_before(issued, _MONTHS):
            found.append(_old(portrait.taken, issued))
        first, first_place = self._by_digest.setdefault(portrait.sha256, (holder, place))
        if first != holder:
            found.append(_same(first_place))
        elif first_place is place:  # a person's second certificate bears the same portrait
            found += self._look(portrait, holder, place)
        return tuple(found)

    def _look(self, portrait: Prepared, holder: str, place: Place) -> list[Finding]:
        look = look_at(portrait.jpeg)
        if look is None:
            return [_damaged()]
        found = [] if look.white >= GROUND_SHARE else [_ground(look)]
        twin = self._twin(look, holder)
        if twin:
            found.append(_alike(twin.place))
        for band in _bands(look):
            self._by_band.setdefault(band, []).append(_Seen(holder, place, look))
        return found

    def _twin(self, look: Look, holder: str) -> _Seen | None:
        """The first portrait of somebody else that is probably the same picture."""
        near = (seen for band in _bands(look) for seen in self._by_band.get(band, ()))
        return next(
            (one for one in near if one.holder != holder and look.resembles(one.look)), None
        )


def _bands(look: Look) -> list[tuple[int, int]]:
    ones = (1 << _BAND_BITS) - 1
    return [(band, look.hash >> band * _BAND_BITS & ones) for band in range(_BANDS)]


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _old(taken: date, issued: date) -> Finding:
    return warning(
        "photo/old",
        zh=f"照片拍摄于 {taken}（相机记录），早于发证日期 {issued} 半年以上，应为近半年内的照片：请核对或更换",
        en=f"the camera says the photo was taken on {taken}, more than half a year before the issue "
        f"date {issued}: check or replace it",
        clause=_CLAUSE,
    )


def _ground(look: Look) -> Finding:
    red, green, blue = look.ground
    return warning(
        "photo/ground",
        zh=f"照片背景不像白底：取样处 {look.white:.0%} 为白色（至少 {GROUND_SHARE:.0%}），"
        f"背景色约为 RGB({red}, {green}, {blue})。请查看或更换",
        en=f"the ground of the photo does not look white: {look.white:.0%} of the sample is (at least "
        f"{GROUND_SHARE:.0%}), its colour is about RGB({red}, {green}, {blue}); look at it",
        clause=_CLAUSE,
    )


def _same(other: Place) -> Finding:
    return error(
        "photo/same",
        zh=f"此照片与另一人（{other.in_('zh')}）的照片是同一个文件，必有一张放错：请核对两人",
        en=f"this photo and that of another person ({other.in_('en')}) are the very same file, so one "
        "is wrong: check both",
        clause=_CLAUSE,
    )


def _alike(other: Place) -> Finding:
    said = Said(
        zh=f"此照片与另一人（{other.in_('zh')}）的照片几乎相同，可能是同一张：请用眼核对两人",
        en=f"this photo is nearly that of another person ({other.in_('en')}) and may be one picture: "
        "look at both",
    )
    return Finding("photo/alike", Severity.REVIEW, said, clause=_CLAUSE)


def _damaged() -> Finding:
    return error(
        "photo/unreadable",
        zh="照片像素数据已损坏，请换一张完好的照片",
        en="the pixels of the photo are damaged: give a sound one",
    )
