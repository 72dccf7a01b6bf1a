"""The frozen baseline as an engine of the benchmark: reportlab and qrcode, unsigned."""

from functools import partial
from pathlib import Path

from bench import baseline
from bench.baseline import Certificate, Fonts, Seals
from bench.data import Material
from bench.peers.engine import RenderOne


def setup(material: Material) -> RenderOne:
    """Register the faces."""
    return partial(render_one, material.seals, baseline.register_fonts(*material.faces))


def render_one(seals: Seals, fonts: Fonts, record: Certificate, photo: Path, out: Path) -> None:
    """One certificate as the baseline draws it."""
    baseline.render(record, photo, seals, fonts, out)
