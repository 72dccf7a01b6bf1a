"""A printer's error and its undoing are inverse, and every sign is what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.model.misplacement import Misplacement

A4 = (297.0, 210.0)
places = st.tuples(st.floats(0, 297), st.floats(0, 210))
printers = st.builds(
    Misplacement,
    dx=st.floats(-10, 10),
    dy=st.floats(-10, 10),
    scale_x=st.floats(0.9, 1.1),
    scale_y=st.floats(0.9, 1.1),
    angle_deg=st.floats(-5, 5),
)


@given(printers, places)
def test_what_is_aimed_lands_where_it_was_wanted(
    printer: Misplacement, place: tuple[float, float]
) -> None:
    assert printer.lands(printer.aim(place, A4), A4) == pytest.approx(place, abs=1e-9)


def test_a_positive_angle_turns_clockwise_on_the_sheet() -> None:
    right_of_the_middle = (248.5, 105.0)
    x, y = Misplacement(angle_deg=1.0).lands(right_of_the_middle, A4)
    assert (round(x, 3), round(y, 3)) == (248.485, 106.745)


def test_a_driver_that_shrinks_moves_everything_towards_the_middle() -> None:
    assert Misplacement(scale_x=0.97, scale_y=0.97).lands((48.5, 5.0), A4) == (51.5, 8.0)
