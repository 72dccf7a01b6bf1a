"""The ring of a seal unrolled: what stands at the top comes to the middle, heads up; black type vanishes."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.design_samples.pages import seal_png
from verify.design.ring import unrolled


def a_ring(mark: tuple[int, int], colour: tuple[int, int, int] = (200, 20, 30)) -> Image.Image:
    """A white square of 400 pixels with a dot of 16 at `mark`."""
    picture = Image.new("RGB", (400, 400), "white")
    x, y = mark
    ImageDraw.Draw(picture).ellipse((x - 8, y - 8, x + 8, y + 8), fill=colour)
    return picture


def dark(strip: Image.Image) -> tuple[float, float]:
    """Where the ink of a strip lies: share of its length, share of its height."""
    rows, columns = np.nonzero(np.asarray(strip) < 140)
    return float(columns.mean()) / strip.width, float(rows.mean()) / strip.height


@pytest.mark.parametrize(
    ("mark", "along"),
    [((200, 50), 0.5), ((50, 200), 0.26), ((350, 200), 0.74)],
    ids=["top", "left", "right"],
)
def test_the_ring_is_cut_at_its_lowest_point_and_reads_clockwise(
    mark: tuple[int, int], along: float
) -> None:
    found, depth = dark(unrolled(a_ring(mark)))
    assert found == pytest.approx(along, abs=0.02)
    assert 0.3 < depth < 0.7


def test_what_is_nearer_the_edge_comes_to_the_head_of_the_strip() -> None:
    assert dark(unrolled(a_ring((200, 25))))[1] < 0.3
    assert dark(unrolled(a_ring((200, 75))))[1] > 0.7


def test_black_type_under_the_seal_is_left_out() -> None:
    strip = np.asarray(unrolled(a_ring((200, 50), (0, 0, 0))))
    assert strip.min() > 200


def test_a_drawn_seal_gives_a_strip_of_letters() -> None:
    seal = Image.open(io.BytesIO(seal_png())).convert("RGBA")
    ground = Image.new("RGBA", seal.size, (255, 255, 255, 255))
    strip = unrolled(Image.alpha_composite(ground, seal))
    assert strip.width > 8 * strip.height
    assert 0.05 < float((np.asarray(strip) < 140).mean()) < 0.4
