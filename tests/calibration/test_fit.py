"""Least squares: exact on exact readings, every sign what it says, and the reading that does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.calibration.fit import Reading, fit
from certgen.calibration.measuring import Measured, from_photo, from_readings
from certgen.errors import InputError
from certgen.exchange.calibration_sighting import EDGES, Sighting
from certgen.exchange.calibration_target import Corner, Target
from certgen.model.finding import Severity
from certgen.model.misplacement import Misplacement

A4 = Target(297, 210)
Pairs = dict[Corner, tuple[float, float]]
printers = st.builds(
    Misplacement,
    dx=st.floats(-4, 4),
    dy=st.floats(-4, 4),
    scale_x=st.floats(0.97, 1.02),
    scale_y=st.floats(0.97, 1.02),
    angle_deg=st.floats(-1.5, 1.5),
)


def read_from(printer: Misplacement, paper: tuple[float, float] = (297, 210)) -> Pairs:
    """What a perfect ruler reads at the four crosses."""
    pairs: Pairs = {}
    for corner in Corner:
        x, y = printer.lands(A4.cross(corner), A4.size)
        pairs[corner] = (
            paper[0] - x if corner.is_right else x,
            paper[1] - y if corner.is_bottom else y,
        )
    return pairs


def same(found: Misplacement, truth: Misplacement) -> bool:
    return (found.dx, found.dy, found.scale_x, found.scale_y, found.angle_deg) == pytest.approx(
        (truth.dx, truth.dy, truth.scale_x, truth.scale_y, truth.angle_deg), abs=1e-6
    )


@given(printers)
def test_exact_readings_give_the_printer_exactly(printer: Misplacement) -> None:
    found = from_readings(A4, read_from(printer), A4.size)
    assert same(found.printer, printer)
    assert found.residual < 1e-6


@given(printers, st.floats(-1.9, 1.9), st.floats(-1.5, 1.5))
def test_a_sheet_of_another_size_changes_nothing_once_it_is_measured(
    printer: Misplacement, wider: float, higher: float
) -> None:
    paper = (297 + wider, 210 + higher)
    assert same(from_readings(A4, read_from(printer, paper), paper).printer, printer)


@given(printers)
def test_edges_of_a_photograph_give_the_printer_exactly(printer: Misplacement) -> None:
    assert same(from_photo(sighting(printer)).printer, printer)


def sighting(printer: Misplacement, paper: tuple[float, float] = (297, 210)) -> Sighting:
    """Twelve places on each edge of the paper, as the target's own millimetres see them."""
    steps = [(at + 0.5) / 12 for at in range(12)]
    on = {
        "left": [(0.0, step * paper[1]) for step in steps],
        "top": [(step * paper[0], 0.0) for step in steps],
        "right": [(paper[0], step * paper[1]) for step in steps],
        "bottom": [(step * paper[0], paper[1]) for step in steps],
    }
    seen = {edge: tuple(printer.aim(spot, A4.size) for spot in on[edge]) for edge in EDGES}
    return Sighting(A4, seen, 0.005, 6.0)


def test_further_from_the_left_is_to_the_right_and_further_from_the_top_is_down() -> None:
    right = {corner: (19.0 if corner.is_right else 21.0, 20.0) for corner in Corner}
    down = {corner: (20.0, 19.0 if corner.is_bottom else 21.0) for corner in Corner}
    assert same(from_readings(A4, right, A4.size).printer, Misplacement(dx=1))
    assert same(from_readings(A4, down, A4.size).printer, Misplacement(dy=1))


def test_a_sheet_whose_right_side_hangs_lower_was_turned_clockwise() -> None:
    turned = from_readings(A4, read_from(Misplacement(angle_deg=0.5)), A4.size)
    assert turned.printer.angle_deg == pytest.approx(0.5)
    assert read_from(Misplacement(angle_deg=0.5))[Corner.TOP_RIGHT][1] > 20


def test_the_worst_corner_is_named_in_millimetres() -> None:
    found = from_readings(A4, read_from(Misplacement(dx=3, dy=4)), A4.size)
    assert found.off_by() == pytest.approx(5)


def test_leverage_says_how_much_the_others_can_contradict() -> None:
    one = fit([Reading(20, 20, edge, 20.0) for edge in EDGES], A4.size, A4.size)
    assert all(0 <= share <= 1 + 1e-9 for share in one.leverage)


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("corner", list(Corner))
def test_a_misread_millimetre_is_refused_and_named(corner: Corner, at: int) -> None:
    read = read_from(Misplacement(0.4, -0.2, 1.001, 0.999, 0.1))
    pair = list(read[corner])
    pair[at] += 1.2
    read[corner] = (pair[0], pair[1])
    with pytest.raises(InputError) as refused:
        from_readings(A4, read, A4.size)
    edge = (("right" if corner.is_right else "left"), ("bottom" if corner.is_bottom else "top"))[at]
    assert f"at the {corner.replace('-', ' ')} to the {edge} edge" in str(refused.value)
    assert "Read it again" in str(refused.value)
    assert f"{pair[at]:g}" in refused.value.said.zh


@pytest.mark.parametrize("value", [0.0, -3.0, 45.0, float("nan"), float("inf")])
def test_an_impossible_reading_is_refused(value: float) -> None:
    read = read_from(Misplacement())
    read[Corner.TOP_RIGHT] = (20.0, value)
    with pytest.raises(InputError, match="at the top right is not possible"):
        from_readings(A4, read)


@pytest.mark.parametrize("paper", [(210.0, 297.0), (290.0, 210.0), (float("nan"), 210.0)])
def test_a_sheet_of_quite_another_size_is_refused(paper: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="width first"):
        from_readings(A4, read_from(Misplacement()), paper)


def codes(found: Measured) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in found.findings]


def test_a_page_that_the_driver_shrank_is_named_and_not_mistaken_for_a_machine() -> None:
    found = from_readings(A4, read_from(Misplacement(scale_x=0.97, scale_y=0.97)))
    assert codes(found) == [("calibration/driver-scale", Severity.ERROR)]
    assert "the driver shrinks the page to 97.0%: choose actual size" in found.findings[0].said.en
    assert "97.0%：请在打印对话框选“实际大小”" in found.findings[0].said.zh


def test_a_page_that_the_driver_stretched_one_way_is_named_with_both_scales() -> None:
    found = from_readings(A4, read_from(Misplacement(scale_x=1.02)), A4.size)
    assert "enlarges the page to 102.0% × 100.0%" in found.findings[0].said.en


def test_a_few_per_mille_are_the_machine_s_once_the_sheet_was_measured() -> None:
    printer = Misplacement(scale_x=0.997, scale_y=1.002)
    assert codes(from_readings(A4, read_from(printer), A4.size)) == []
    assert codes(from_readings(A4, read_from(printer))) == [
        ("calibration/paper-not-measured", Severity.REVIEW)
    ]


def test_a_sheet_that_is_a_millimetre_too_wide_is_not_taken_for_a_smaller_print() -> None:
    seen = sighting(Misplacement(), (298.0, 210.0))
    found = from_photo(seen)
    assert codes(found) == [("calibration/paper-not-measured", Severity.REVIEW)]
    assert "really about 298.0 x 210.0 mm" in found.findings[0].said.en
    assert same(from_photo(seen, (298.0, 210.0)).printer, Misplacement())


def test_edges_that_make_no_rectangle_are_refused() -> None:
    seen = sighting(Misplacement())
    bent = {**seen.edges, "right": tuple((x + y / 300, y) for x, y in seen.edges["right"])}
    with pytest.raises(InputError, match="not flat or not cut square"):
        from_photo(Sighting(A4, bent, 0.005, 6.0))


def test_a_shift_that_no_printer_makes_is_something_else() -> None:
    with pytest.raises(InputError, match="something else was taken for the paper's edge"):
        from_photo(sighting(Misplacement(dx=14)))
