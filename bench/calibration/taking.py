"""Prints a target with a known misplacement and photographs it: pdfium's raster, then light, lens and sensor."""

from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from bench.calibration.scene import Camera, Floats, Scene
from bench.photos import optics

PER_MM = 12  # pixels of a raster: 305 dpi
UNPRINTABLE = 4.2  # mm at every edge of the paper, as laser printers have it
INK = 0.05  # reflectance

Raster = NDArray[np.float32]
"""Reflectance, 0 to 1."""


def printed(pdf: Path, fine: int = 4) -> Raster:
    """The page as it was asked for, drawn by pdfium `fine` times finer: its shades of grey are coarse."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        width, height = (side / 72 * 25.4 * PER_MM for side in document[0].get_size())
        image = document[0].render(scale=fine * PER_MM * 25.4 / 72, grayscale=True).to_pil()
    finally:
        document.close()
    page = image.convert("L").resize((round(width), round(height)), Image.Resampling.BOX)
    return np.asarray(np.asarray(page, dtype=np.float32) / 255, dtype=np.float32)


def photograph(raster: Raster, scene: Scene) -> bytes:
    """The target on its paper, on its ground, as JPEG."""
    picture = developed(raster, scene)
    return optics.squeezed(picture, scene.jpeg)


def developed(raster: Raster, scene: Scene) -> Image.Image:
    """The same before it is squeezed."""
    rng = np.random.default_rng(scene.seed)
    camera = Camera(scene)
    light = np.empty((camera.height, camera.width, 1), dtype=np.float32)
    ground = _Ground(scene, rng)
    for top in range(0, camera.height, 256):  # by strips: memory
        rows = np.arange(top, min(top + 256, camera.height), dtype=np.float64)
        x, y = np.meshgrid(np.arange(camera.width, dtype=np.float64), rows)
        at_x, at_y = camera.paper_at(x, y)
        step = np.hypot(np.gradient(at_x, axis=1), np.gradient(at_y, axis=1))  # mm a pixel
        light[top : top + len(rows), :, 0] = _strip(raster, scene, ground, at_x, at_y, step)
    light = optics.blurred(light, optics.disk(scene.defocus, rng))
    if scene.motion:
        light = optics.blurred(light, optics.streak(scene.motion, rng))
    light = optics.lit(light, scene.uneven, rng)
    light = optics.exposed(light, scene.electrons, scene.level, rng)
    return optics.developed(light, rng, smooth=scene.smooth, sharpen=scene.sharpen)


def _strip(
    raster: Raster, scene: Scene, ground: "_Ground", x: Floats, y: Floats, step: Floats
) -> Floats:
    width, height = scene.paper
    inside = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    cover = np.clip(inside / step + 0.5, 0, 1)
    asked_x, asked_y = asked(scene, x, y)
    ink = 1 - _sampled(raster, asked_x * PER_MM - 0.5, asked_y * PER_MM - 0.5)
    ink *= np.clip((inside - UNPRINTABLE) / step + 0.5, 0, 1)
    sheet = scene.white * (1 - ink) + INK * ink
    return np.asarray(cover * sheet + (1 - cover) * ground.at(x, y, inside))


def asked(scene: Scene, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """What was asked for where the paper shows it at (x, y): `Misplacement.aim` for arrays."""
    printer = scene.printer
    right, down = x - scene.sheet[0] / 2 - printer.dx, y - scene.sheet[1] / 2 - printer.dy
    turn = np.radians(printer.angle_deg)
    cos, sin = np.cos(turn), np.sin(turn)
    return (
        scene.sheet[0] / 2 + (right * cos + down * sin) / printer.scale_x,
        scene.sheet[1] / 2 + (down * cos - right * sin) / printer.scale_y,
    )


def _sampled(raster: Raster, x: Floats, y: Floats) -> Floats:
    """Bilinear; white beyond the page."""
    height, width = raster.shape
    out = (x < 0) | (y < 0) | (x > width - 2) | (y > height - 2)
    x, y = np.clip(x, 0, width - 2), np.clip(y, 0, height - 2)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, down = x - left, y - top
    flat, start = raster.ravel(), top * width + left
    upper = flat[start] * (1 - right) + flat[start + 1] * right
    lower = flat[start + width] * (1 - right) + flat[start + width + 1] * right
    return np.where(out, 1.0, upper * (1 - down) + lower * down)


class _Ground:
    """What the sheet lies on: reflectance by place, and the shadow of the paper's own edge."""

    def __init__(self, scene: Scene, rng: np.random.Generator) -> None:
        self.scene = scene
        shapes = {"dark": (8, 8), "plain": (12, 12), "wood": (400, 24), "stone": (300, 300)}
        depth = {"dark": 0.1, "plain": 0.05, "wood": 0.35, "stone": 0.35}[scene.ground]
        rough = rng.uniform(1 - depth, 1 + depth, shapes[scene.ground]).astype(np.float32)
        grain = Image.fromarray(rough).resize((1200, 1200), Image.Resampling.BICUBIC)
        self.grain = np.asarray(grain)
        self.base = min(scene.shade, 0.08) if scene.ground == "dark" else scene.shade
        self.shadow = rng.uniform(0, 0.5), rng.uniform(0.4, 1.5)  # how dark, and mm

    def at(self, x: Floats, y: Floats, inside: Floats) -> Floats:
        """At places in millimetres; `inside` is negative out there."""
        column = np.clip((x + 200) * 1.4, 0, 1199).astype(np.intp)
        row = np.clip((y + 200) * 1.4, 0, 1199).astype(np.intp)
        dark, reach = self.shadow
        near = np.exp(np.minimum(inside, 0) / reach)
        return np.asarray(self.base * self.grain[row, column] * (1 - dark * near))
