"""The symbol fills the picture: thirteen conditions at a known number of pixels a module.

A module has `px` pixels where the camera looks at it straight; a tilt then shortens one direction, so that at
45° a module of 4 pixels is 2.8 wide. Lens blur is the diameter of the disk, motion the length of the path.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bench.photos import optics
from bench.photos.symbols import Symbol

MARGIN = 12  # modules of paper around: the quiet zone of 4, then print
PIXELS = (1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 8.0)


@dataclass(frozen=True, slots=True)
class View:
    """How a symbol is seen. Lengths in modules, angles in degrees."""

    tilt: tuple[float, float] = (0, 4)
    spin: tuple[float, float] = (-4, 4)
    defocus: tuple[float, float] = (0.1, 0.5)
    motion: tuple[float, float] = (0, 0)
    electrons: float = 3000  # at white; fewer is noisier
    level: float = 0.75  # where white paper comes to lie, in linear light
    uneven: float = 0.2
    glare: float = 0.0
    crease: float = 0.0
    seal: bool = False
    patch: float = 0.0  # share of the symbol's side
    jpeg: int = 88


CONDITIONS = {
    "clean": View(),
    "jpeg30": View(jpeg=30),
    "seal": View(seal=True),
    "patch": View(patch=0.18),
    "rot": View(spin=(0, 360)),
    "defocus": View(defocus=(1.6, 1.6)),
    "motion": View(motion=(1.8, 1.8)),
    "dark": View(electrons=40, level=0.12, uneven=0.5),
    "glare": View(glare=1.0, uneven=0.4),
    "crease": View(crease=1.0, uneven=0.4),
    "tilt": View(tilt=(45, 45), spin=(0, 360)),
    "combo": View(
        tilt=(30, 30), spin=(0, 360), defocus=(0.8, 0.9), motion=(0.8, 0.9), electrons=400, jpeg=50
    ),
    "hard": View(
        tilt=(30, 30),
        spin=(0, 360),
        defocus=(0.8, 0.9),
        motion=(0.8, 0.9),
        electrons=120,
        level=0.2,
        uneven=0.6,
        crease=1.0,
        jpeg=50,
    ),
}


def photograph(symbol: Symbol, px: float, view: View, rng: np.random.Generator) -> bytes:
    """One JPEG of the symbol under that view."""
    factor = 4 if px < 3 else 3 if px < 5 else 2
    fine = px * factor  # pixels a module before the sensor
    art = _paper(symbol, max(6, round(fine)), view, rng)
    side = int((1.5 * symbol.dark.shape[0] + 8) * px) * factor  # whichever way it is turned
    light = _seen(art, side, fine, symbol.dark.shape[0] + 2 * MARGIN, view, rng)
    light = _crossed(light, view.crease, fine, rng) if view.crease else light
    kernel = optics.disk(rng.uniform(*view.defocus) * fine, rng)
    light = optics.blurred(light, kernel)
    if view.motion[1]:
        light = optics.blurred(light, optics.streak(rng.uniform(*view.motion) * fine, rng))
    light = optics.lit(optics.binned(light, factor), view.uneven, rng)
    if view.glare:
        place = (rng.uniform(-0.5, 0.5), rng.uniform(-0.5, 0.5))
        light = optics.glared(
            light, rng.uniform(0.6, 1.6) * view.glare, rng.uniform(0.15, 0.4), place
        )
    light = optics.exposed(light, view.electrons, view.level, rng)
    smooth = 0.6 if view.electrons < 200 else 0.0
    sharpen = float(rng.choice([0.0, 0.4, 0.8]))
    picture = optics.developed(light, rng, smooth=smooth, sharpen=sharpen)
    return optics.squeezed(picture, view.jpeg)


def named(name: str) -> View:
    """The view of a condition."""
    return replace(CONDITIONS[name])


def _paper(symbol: Symbol, unit: int, view: View, rng: np.random.Generator) -> optics.Light:
    """The printed sheet around the symbol: ink, lines of text, perhaps dirt and a seal."""
    size = symbol.dark.shape[0] + 2 * MARGIN
    sheet = Image.new("RGB", (size * unit, size * unit), (250, 249, 245))
    ink = Image.fromarray(np.kron(symbol.dark, np.ones((unit, unit))) > 0)
    sheet.paste((28, 26, 30), (MARGIN * unit, MARGIN * unit), ink)
    draw = ImageDraw.Draw(sheet)
    for line in (2, size - 3):  # print beyond the quiet zone
        for place in range(2, size - 2, 2):
            if rng.random() < 0.6:
                draw.rectangle(
                    [place * unit, line * unit, (place + 1) * unit, (line + 2) * unit],
                    fill=(40, 40, 40),
                )
    inner = size - 2 * MARGIN
    if view.patch:
        wide = view.patch * inner * unit
        left, top = ((MARGIN + rng.uniform(0.3, 0.8 - view.patch) * inner) * unit for _ in "xy")
        shade = (200, 195, 180) if rng.random() < 0.5 else (60, 50, 40)
        draw.rectangle([left, top, left + wide, top + wide], fill=shade)
    if not view.seal:
        return _linear(sheet)
    ring = Image.new("L", sheet.size, 0)
    stroke = ImageDraw.Draw(ring)
    middle = [(MARGIN + rng.uniform(0, 1) * inner) * unit for _ in "xy"]
    reach = 0.66 * inner * unit
    box = [middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach]
    stroke.ellipse(box, outline=255, width=2 * unit)
    star = [
        (middle[0] + r * np.sin(k * np.pi / 5), middle[1] - r * np.cos(k * np.pi / 5))
        for k, r in enumerate([reach * 0.33, reach * 0.13] * 5)
    ]
    stroke.polygon(star, fill=255)
    light = _linear(sheet)
    stamp = np.asarray(ring, dtype=np.float32)[..., None] / 255 * 0.9
    red = np.array([0.75, 0.06, 0.07], dtype=np.float32)
    return np.asarray(light * (1 - stamp + stamp * red), dtype=np.float32)


def _linear(sheet: Image.Image) -> optics.Light:
    return np.asarray((np.asarray(sheet, dtype=np.float32) / 255) ** optics.GAMMA, dtype=np.float32)


def _seen(
    art: optics.Light, side: int, fine: float, modules: int, view: View, rng: np.random.Generator
) -> optics.Light:
    unit = art.shape[0] / modules
    tilt, spin = (np.radians(rng.uniform(*view.tilt)), np.radians(rng.uniform(*view.spin)))
    place = looking(tilt, rng.uniform(0, 2 * np.pi), spin, rng.uniform(2.5, 5) * modules)
    scale = np.diag([1 / fine, 1 / fine, 1]) @ _shift(-side / 2, -side / 2)
    to_art = (
        _shift(art.shape[1] / 2, art.shape[0] / 2)
        @ np.diag([unit, unit, 1])
        @ np.linalg.inv(place)
        @ scale
    )
    return warped(art, to_art, (side, side))


def looking(tilt: float, about: float, spin: float, distance: float) -> NDArray[np.float64]:
    """The plane of the paper as the camera sees it, both measured in modules from the middle."""
    turn = _turn(about) @ np.diag([1.0, np.cos(tilt), 1.0]) @ _turn(-about) @ _turn(spin)
    depth = np.array([0, np.sin(tilt) / distance, 0]) @ _turn(-about) @ _turn(spin)
    turn[2] = [depth[0], depth[1], 1]
    return turn


def warped(art: optics.Light, to_art: NDArray[np.float64], size: tuple[int, int]) -> optics.Light:
    """`art` seen through a homography from picture to art, paper everywhere beyond its edge."""
    data = (to_art / to_art[2, 2]).ravel()[:8]
    out = []
    for channel in range(art.shape[2]):
        plane = Image.fromarray(art[..., channel], "F")
        paper = float(np.median(art[0, :, channel]))  # or the table
        seen = plane.transform(
            size,
            Image.Transform.PERSPECTIVE,
            tuple(data),
            Image.Resampling.BICUBIC,
            fillcolor=paper,
        )
        out.append(np.asarray(seen))
    return np.clip(np.stack(out, axis=-1), 0, 1)


def _crossed(
    light: optics.Light, strength: float, fine: float, rng: np.random.Generator
) -> optics.Light:
    """A crease: a dark line with a bright flank, and the paper beyond it shifted and in other light."""
    height, width = light.shape[:2]
    turn = rng.uniform(0, np.pi)
    x, y = np.meshgrid(np.arange(width) - width / 2, np.arange(height) - height / 2)
    across = (x * np.cos(turn) + y * np.sin(turn)) / fine - rng.uniform(-12, 12)
    shift = rng.uniform(0.2, 0.5) * fine * strength
    moved = np.roll(light, (round(shift * np.sin(turn)), round(shift * np.cos(turn))), (0, 1))
    light = np.where((across > 0)[..., None], moved, light)
    shade = 1 - 0.7 * strength * np.exp(-((across / 0.35) ** 2))
    shade += 0.25 * strength * np.exp(-(((across - 1.2) / 0.8) ** 2))
    shade *= np.where(across > 0, 1 - rng.uniform(-0.25, 0.25) * strength, 1)
    return np.asarray(light * shade[..., None], dtype=np.float32)


def _turn(angle: float) -> NDArray[np.float64]:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])


def _shift(x: float, y: float) -> NDArray[np.float64]:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=float)
