"""The layout of a form with its slots where a stock definition puts them. Type sizes and faces never change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from certgen.layouts.slots import Layout, PhotoSlot, QrSlot, RuleSlot, SealSlot, TextSlot
from certgen.model.page import Mm
from certgen.stock.definition import FRONT, Key, State

Picture = TypeVar("Picture", PhotoSlot, QrSlot, SealSlot)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a slot goes: to a place, or by a distance. None: as the layout has it."""

    x0: Mm | None = None  # of a text; of photo, QR code and seal their x
    x1: Mm | None = None
    y: Mm | None = None  # baseline of a text; y of photo, QR code and seal
    dx: Mm = 0.0
    dy: Mm = 0.0
    max_lines: int = 0  # fewer lines than the layout lets a value take; 0: as many


def placed(
    layout: Layout,
    side: int,
    states: Mapping[Key, State],
    moves: Mapping[Key, Move],
    size: tuple[Mm, Mm],
) -> Layout:
    """`layout` on a sheet of `size`: moved, and without what this stock does not have."""

    def kept(slot: str) -> bool:
        return states[Key(side, slot)] is not State.NONE

    def move(slot: str) -> Move:
        return moves.get(Key(side, slot), Move())

    front = side == FRONT
    photo, qr = (layout.photo, layout.qr) if front else (None, None)
    if photo:
        photo = _at(photo, move("photo"))
    if qr:
        qr = _at(qr, move("qr")) if kept("qr") else None
    seals = layout.seals if front else ()
    return replace(
        layout,
        width=size[0],
        height=size[1],
        texts=tuple(_text(one, move(one.id)) for one in layout.texts if kept(one.id)),
        rules=tuple(_rule(one, move(one.id)) for one in layout.rules if kept(one.id)),
        shapes=tuple(one for one in layout.shapes if kept(one.id)),
        photo=photo,
        qr=qr,
        seals=tuple(
            _at(one, move(f"seal.{one.owner}")) for one in seals if kept(f"seal.{one.owner}")
        ),
    )


def _text(slot: TextSlot, move: Move) -> TextSlot:
    """A moved slot stands where it is put: it follows no other any more, and its lowest line moves along."""
    if move == Move(max_lines=move.max_lines):
        return replace(slot, max_lines=move.max_lines or slot.max_lines)
    baseline = slot.baseline + move.dy if move.y is None else move.y
    return replace(
        slot,
        x0=slot.x0 + move.dx if move.x0 is None else move.x0,
        x1=slot.x1 + move.dx if move.x1 is None else move.x1,
        baseline=baseline,
        max_lines=move.max_lines or slot.max_lines,
        bottom=None if slot.bottom is None else slot.bottom + baseline - slot.baseline,
        after="",
        gap=0.0,
    )


def _rule(line: RuleSlot, move: Move) -> RuleSlot:
    return replace(line, x0=line.x0 + move.dx, x1=line.x1 + move.dx, y=line.y + move.dy)


def _at(slot: Picture, move: Move) -> Picture:
    x, y = slot.x if move.x0 is None else move.x0, slot.y if move.y is None else move.y
    return replace(slot, x=x, y=y)
