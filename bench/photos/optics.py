"""What glass, light, sensor and software do to a picture, one function each. Light is linear, white paper is 1."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Light = NDArray[np.float32]
"""Height x width x channels (1 or 3)."""

GAMMA = 2.2


def disk(diameter: float, rng: np.random.Generator) -> Light:
    """Defocus: an aperture of that diameter in pixels, slightly oval and never evenly lit."""
    grid, x, y = _grid(diameter)
    squash = rng.uniform(0.9, 1.1)
    radius = np.hypot(x * squash, y / squash)
    edge = np.clip((diameter / 2 - radius) * 2 + 0.5, 0, 1)
    return _unit(
        edge * (1 + rng.uniform(-0.3, 0.3) * (2 * radius / max(diameter, 1e-3)) ** 2) * grid
    )


def gauss(sigma: float) -> Light:
    """Blur of many small causes."""
    grid, x, y = _grid(6 * sigma)
    return _unit(np.exp(-(x**2 + y**2) / (2 * max(sigma, 1e-3) ** 2)) * grid)


def streak(length: float, rng: np.random.Generator) -> Light:
    """Motion during exposure: a path of that length in pixels, straight or a little bent, any direction."""
    grid, _, _ = _grid(length + 2)
    kernel = np.zeros_like(grid)
    turn, bend = rng.uniform(0, np.pi), rng.uniform(-0.25, 0.25) * rng.integers(0, 2)
    steps = np.linspace(-0.5, 0.5, max(3, int(8 * length) + 3))
    angle = turn + bend * steps * np.pi
    centre = kernel.shape[0] // 2
    for at_x, at_y in zip(
        length * steps * np.cos(angle) + centre,
        length * steps * np.sin(angle) + centre,
        strict=True,
    ):
        left, top = int(np.floor(at_x)), int(np.floor(at_y))
        right, down = at_x - left, at_y - top
        kernel[top, left] += (1 - right) * (1 - down)
        kernel[top, left + 1] += right * (1 - down)
        kernel[top + 1, left] += (1 - right) * down
        kernel[top + 1, left + 1] += right * down
    return _unit(kernel)


def blurred(light: Light, kernel: Light) -> Light:
    """The picture through the kernel, its border continued."""
    reach = kernel.shape[0] // 2
    wide = np.pad(light, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    if np.count_nonzero(kernel) <= 90:
        out = np.zeros_like(light)
        height, width = light.shape[:2]
        for y, x in np.argwhere(kernel):
            out += kernel[y, x] * wide[y : y + height, x : x + width]
        return out
    shape = wide.shape[:2]
    seen = np.fft.rfft2(wide, axes=(0, 1)) * np.fft.rfft2(kernel, shape)[..., None]
    whole = np.fft.irfft2(seen, shape, axes=(0, 1))
    return whole[2 * reach :, 2 * reach :].astype(np.float32)


def binned(light: Light, factor: int) -> Light:
    """The light that falls on each pixel of the sensor."""
    height, width = (side // factor * factor for side in light.shape[:2])
    blocks = light[:height, :width].reshape(height // factor, factor, width // factor, factor, -1)
    mean: Light = blocks.mean(axis=(1, 3), dtype=np.float32)
    return mean


def lit(light: Light, uneven: float, rng: np.random.Generator) -> Light:
    """A lamp to one side, the lens darker to the corners, sometimes the shadow of a hand."""
    x, y = _places(light)
    turn = rng.uniform(0, 2 * np.pi)
    lamp = 1 + uneven * 0.5 * (x * np.cos(turn) + y * np.sin(turn))
    lamp *= 1 - 0.15 * uneven * (x**2 + y**2)
    if rng.random() < uneven:
        across = x * np.cos(turn + 1.3) + y * np.sin(turn + 1.3) - rng.uniform(-0.4, 0.4)
        lamp *= 1 - 0.45 * uneven / (1 + np.exp(-across / rng.uniform(0.02, 0.2)))
    seen: Light = light * np.clip(lamp, 0.05, None)[..., None].astype(np.float32)
    return seen


def glared(light: Light, strength: float, spread: float, place: tuple[float, float]) -> Light:
    """A lamp mirrored in film or gloss: light added in an oval around `place` (-1 to 1)."""
    x, y = _places(light)
    spot = np.exp(-(((x - place[0]) / spread) ** 2) - ((y - place[1]) / (0.6 * spread)) ** 2)
    return light + (strength * spot)[..., None].astype(np.float32)


def exposed(light: Light, electrons: float, level: float, rng: np.random.Generator) -> Light:
    """The sensor: shot noise of `electrons` at white, read noise of four, white paper at `level`."""
    count = np.clip(light, 0, 1.6) * electrons
    noise = rng.standard_normal(light.shape, dtype=np.float32)
    count = count + noise * np.sqrt(count + 16)
    seen: Light = np.clip(count / electrons * level, 0, 1).astype(np.float32)
    return seen


def developed(
    light: Light, rng: np.random.Generator, *, smooth: float, sharpen: float
) -> Image.Image:
    """The telephone's software: noise smoothed, tone curve, white balance not quite right, sharpened."""
    tint = np.array([rng.uniform(0.94, 1.0), 1.0, rng.uniform(0.9, 1.0)], dtype=np.float32)
    tone = 255 * np.clip(light * tint, 0, 1) ** (1 / GAMMA)
    picture = Image.fromarray(tone.astype(np.uint8), "RGB")
    if smooth:
        picture = picture.filter(ImageFilter.GaussianBlur(smooth))
    if sharpen:
        picture = picture.filter(ImageFilter.UnsharpMask(1.5, int(100 * sharpen), 2))
    return picture


def squeezed(picture: Image.Image, quality: int) -> bytes:
    """As JPEG, colours at half resolution as everywhere."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def chatted(data: bytes, long_side: int, quality: int) -> bytes:
    """What a chat application makes of a photo: smaller and squeezed again, without EXIF."""
    with Image.open(io.BytesIO(data)) as picture:
        factor = min(1.0, long_side / max(picture.size))
        size = (round(picture.width * factor), round(picture.height * factor))
        small = picture.convert("RGB").resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return squeezed(small, quality)


def _grid(extent: float) -> tuple[Light, Light, Light]:
    reach = int(np.ceil(extent / 2)) + 1
    line = np.arange(-reach, reach + 1, dtype=np.float32)
    x, y = np.meshgrid(line, line)
    return np.ones_like(x), x, y


def _unit(kernel: Light) -> Light:
    total = kernel.sum()
    unit: Light = (kernel / total).astype(np.float32)
    return unit


def _places(light: Light) -> tuple[Light, Light]:
    height, width = light.shape[:2]
    x, y = np.meshgrid(
        np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)
    )
    return x, y
