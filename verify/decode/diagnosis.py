"""Why nothing was read, as well as a picture lets it be told, and what to do about it.

Measured on the code itself where its grid was found: pixels a module, how much contrast is left between single
modules, whether more is left in one direction, glare, darkness, the edge of the picture. Otherwise on the whole.
"""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from PIL import Image

from certgen.errors import Said
from verify.decode.finders import marks
from verify.decode.gridfit import Numbers, mapped, spanned
from verify.decode.lattice import lattice
from verify.decode.picture import Picture
from verify.decode.planes import Plane, box_mean, plane, sampled
from verify.decode.reading import Corners, Diagnosis, Found, Reason

FINE = 4  # samples a module and direction

FEW_PIXELS = 1.8
"""Pixels a module below which only faultless pictures are read."""

DARK = 60  # grey level of paper, of 255
LOPSIDED = 0.42  # see `Measures.lopsided`
SOFT = 0.16
"""Where no edge rises by more than this share of black to white from pixel to pixel, nothing is sharp."""

SQUEEZED_SIDE = 1_600
"""Chat applications leave 1280 to 1440 pixels on the long side, some 1600."""

SAID = {
    Reason.NO_CODE: Said(
        "图中没有找到二维码。请让二维码完整入镜、对焦清楚后重拍，或输入证书编号",
        "no QR code was found in the picture. Take it again with the whole code in the frame and in "
        "focus, or type the certificate code",
    ),
    Reason.FEW_PIXELS: Said(
        "二维码太小：每个小格不足 2 个像素。请靠近二维码重拍，或发送原图，或输入证书编号",
        "the QR code is too small: fewer than 2 pixels to each of its squares. Go closer, or send the "
        "original, or only the QR code; or type the certificate code",
    ),
    Reason.BLURRED: Said(
        "二维码模糊（未对焦）。请点一下屏幕上的二维码对焦后重拍，或输入证书编号",
        "the QR code is out of focus. Tap on it on the screen, wait, and take it again; "
        "or type the certificate code",
    ),
    Reason.MOTION: Said(
        "拍摄时有晃动，二维码拖影。请把手机拿稳或靠在物体上重拍，或输入证书编号",
        "the camera moved and the QR code is smeared. Hold it still, or rest it on something, and take it "
        "again; or type the certificate code",
    ),
    Reason.GLARE: Said(
        "二维码上有反光。请换个角度、避开灯光或取下塑封套后重拍，或输入证书编号",
        "light is mirrored on the QR code. Take it from another angle, away from the lamp or out of its "
        "plastic; or type the certificate code",
    ),
    Reason.DARK: Said(
        "画面太暗。请在光线充足处重拍，或输入证书编号",
        "the picture is too dark. Take it again in good light, or type the certificate code",
    ),
    Reason.CUT_OFF: Said(
        "二维码没有拍全。请让二维码连同四周白边完整入镜后重拍，或输入证书编号",
        "part of the QR code is outside the picture. Take it again with the whole code and its white "
        "border; or type the certificate code",
    ),
    Reason.SQUEEZED: Said(
        "图片像是经聊天软件压缩过。请用“原图”发送，或只截取二维码部分发送，或输入证书编号",
        "the picture seems to have been shrunk by a chat application. Send the original, or only the QR "
        "code; or type the certificate code",
    ),
    Reason.OTHER_CODE: Said(
        "读到了二维码，但不是本核验工具认识的内容，见所列文字。可输入证书编号",
        "a QR code was read, but its text is none that is known here; it is shown. Type the certificate "
        "code",
    ),
    Reason.DAMAGED: Said(
        "二维码有污损、遮挡或折痕。请擦净、展平后重拍，或输入证书编号",
        "the QR code is stained, covered or creased. Clean and flatten it and take it again; or type the "
        "certificate code",
    ),
    Reason.OUT_OF_TIME: Said(
        "在限定时间内没有读完。请只截取二维码部分再试，或输入证书编号",
        "the time for one picture ran out. Cut out the QR code and try again, or type the certificate code",
    ),
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a code lies that could not be read."""

    corners: Corners  # of the symbol, in pixels of the upright picture
    version: int
    fit: float  # of its known modules; a certain one is above 0.6


@dataclass(frozen=True, slots=True)
class Measures:
    """What can be measured on a code that was seen. Shares are of the code's own black to white."""

    px: float  # pixels a module, in the direction that is shorter
    contrast: float  # between neighbouring modules; 1 is sharp
    lopsided: float  # gradients across and along: 1 is even, 0 all in one direction
    glare: float  # share of the code without dark where it is as bright as paper or brighter
    covered: float  # share of the code without contrast otherwise
    white: float  # grey level of the paper, 0 to 255
    outside: float  # share of the code beyond the picture's edge


def diagnose(
    picture: Picture, sighting: Sighting | None, found: tuple[Found, ...], *, out_of_time: bool
) -> tuple[Diagnosis, ...]:
    """The reasons, the likeliest first; there is always one."""
    reasons = list(_on_code(measured(picture, sighting))) if sighting else []
    if found:
        reasons.insert(0, Reason.OTHER_CODE)
    elif not reasons:
        reasons += _on_whole(picture)
    if _is_squeezed(picture) and not {Reason.GLARE, Reason.CUT_OFF} & set(reasons[:1]):
        reasons.append(Reason.SQUEEZED)
    if out_of_time:
        reasons.append(Reason.OUT_OF_TIME)
    return tuple(Diagnosis(reason, SAID[reason]) for reason in dict.fromkeys(reasons))


def measured(picture: Picture, sighting: Sighting) -> Measures:
    """Look at the code, drawn upright at `FINE` samples a module."""
    size = lattice(sighting.version).size
    corners = np.array(sighting.corners)
    seen, outside = _upright(picture, spanned(corners[None], size)[0], size)
    sides = np.hypot(*np.diff(corners, axis=0, append=corners[:1]).T)
    height = np.abs(_area(corners)) / max(float(sides.max()), 1e-6)
    low, high = (float(level) for level in np.percentile(seen, (8, 92)))
    middle = seen[FINE // 2 :: FINE, FINE // 2 :: FINE]
    steps = [np.abs(np.diff(middle, axis=axis)) for axis in (0, 1)]
    # Of sharp random modules half of all neighbours differ, by the whole range.
    contrast = 2 * float(np.mean([step.mean() for step in steps])) / max(high - low, 1.0)
    blocks = seen[: size // 5 * 5 * FINE, : size // 5 * 5 * FINE]
    blocks = blocks.reshape(size // 5, 5 * FINE, size // 5, 5 * FINE).swapaxes(1, 2)
    blocks = blocks.reshape(size // 5, size // 5, -1)
    spread = np.percentile(blocks, 92, axis=2) - np.percentile(blocks, 8, axis=2)
    level = np.median(blocks, axis=2)
    flat = spread < 0.3 * float(np.percentile(spread, 80))
    bright = level >= min(high, 250.0) - 0.1 * (high - low)
    return Measures(
        px=float(height) / size,
        contrast=contrast / max(1 - float(flat.mean()), 0.2),  # where there is any
        lopsided=_lopsided(seen),
        glare=float((flat & bright).mean()),
        covered=float((flat & ~bright).mean()),
        white=high,
        outside=outside,
    )


def _on_code(seen: Measures) -> list[Reason]:
    """Glare and missing parts first: they are certain where they show."""
    rows = (
        (Reason.CUT_OFF, seen.outside > 0.03),
        (Reason.GLARE, seen.glare > 0.08),
        (Reason.FEW_PIXELS, seen.px < FEW_PIXELS),
        (Reason.DARK, seen.white < DARK),
        (Reason.MOTION, seen.lopsided < LOPSIDED),
        (Reason.BLURRED, seen.contrast < 0.62),
        (Reason.DAMAGED, seen.covered > 0.05),
        (Reason.FEW_PIXELS, seen.px < 1.4 * FEW_PIXELS),
    )
    return [reason for reason, holds in rows if holds] or [Reason.DAMAGED]


def _on_whole(picture: Picture) -> list[Reason]:
    """Nothing was seen for certain: two corner marks and the edge, or the picture's own faults."""
    small = picture.grey.copy()
    small.thumbnail((900, 900))
    values = plane(small)
    if min(values.shape) < 16:
        return [Reason.NO_CODE]
    low, high = (float(level) for level in np.percentile(values, (1, 95)))
    if high < DARK:
        return [Reason.DARK, Reason.NO_CODE]
    if max(picture.grey.size) <= 2 * max(small.size):  # else the smaller copy is sharp again
        down, across = np.gradient(box_mean(values, 1))
        steepest = float(np.percentile(np.hypot(down, across), 99.7))
        if steepest < SOFT * (high - low):
            lopsided = _lopsided(values if max(small.size) < 400 else values[::2, ::2])
            return [Reason.MOTION if lopsided < LOPSIDED else Reason.BLURRED, Reason.NO_CODE]
    if _is_cut_off(small, values):
        return [Reason.CUT_OFF]
    # A scan is white all over; a lamp's mirror is whiter than the paper around it.
    blank = values >= 252
    paper = float(np.percentile(values[~blank], 90)) if not blank.all() else 255.0
    if 0.01 < float(blank.mean()) < 0.5 and paper < 235:
        return [Reason.GLARE, Reason.NO_CODE]
    return [Reason.NO_CODE]


def _is_cut_off(small: Image.Image, values: Plane) -> bool:
    """Whether two corner marks span a square that is patterned and reaches beyond the edge."""
    height, width = values.shape
    contrast = float(np.percentile(values, 95) - np.percentile(values, 2))
    seen = [mark for mark in marks(small) if mark.likeness > 0.55]
    for one, other in permutations(seen[:10], 2):
        side = np.array([other.x - one.x, other.y - one.y])
        unit = (one.unit + other.unit) / 2
        if max(one.unit, other.unit) > 1.4 * min(one.unit, other.unit):
            continue
        if not 14 * unit < float(np.hypot(*side)) < 90 * unit:
            continue
        inward = np.array([-side[1], side[0]])  # the square to the right of the way
        share = np.linspace(0.1, 0.9, 24)
        along, across = (grid.ravel() for grid in np.meshgrid(share, share))
        x = one.x + along * side[0] + across * inward[0]
        y = one.y + along * side[1] + across * inward[1]
        inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        if 0.15 < float(inside.mean()) < 0.93:
            found = sampled(values, x[inside], y[inside])
            if float(found.std()) > 0.3 * contrast:
                return True
    return False


def _is_squeezed(picture: Picture) -> bool:
    squeezed = picture.compression
    if squeezed is None or squeezed.has_camera:
        return False
    return 700 < max(picture.grey.size) <= SQUEEZED_SIDE and squeezed.quality <= 85


def _upright(picture: Picture, matrix: Numbers, size: int) -> tuple[Plane, float]:
    """The code's grey values row by row, and the share of it that lies beyond the edge."""
    line = (np.arange(size * FINE) + 0.5) / FINE
    across, down = np.meshgrid(line, line)
    x, y = mapped(matrix[None], across.ravel(), down.ravel())
    width, height = picture.grey.size
    beyond = (x < -1) | (y < -1) | (x > width) | (y > height)
    left, top = int(np.clip(x.min() - 2, 0, width - 2)), int(np.clip(y.min() - 2, 0, height - 2))
    right, bottom = (
        int(np.clip(x.max() + 3, left + 2, width)),
        int(np.clip(y.max() + 3, top + 2, height)),
    )
    part = plane(picture.grey.crop((left, top, right, bottom)))
    seen = sampled(part, x - left, y - top).reshape(size * FINE, size * FINE)
    return seen, float(beyond.mean())


def _lopsided(seen: Plane) -> float:
    """The weaker of the two main directions of change, as a share of the stronger: structure tensor."""
    calm = box_mean(seen, 1)
    down, across = np.gradient(calm)
    tensor = np.array(
        [[(across**2).mean(), (across * down).mean()], [(across * down).mean(), (down**2).mean()]]
    )
    weak, strong = np.linalg.eigvalsh(tensor)
    return float(weak / max(strong, 1e-9))


def _area(corners: Numbers) -> float:
    x, y = corners.T
    return 0.5 * float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
