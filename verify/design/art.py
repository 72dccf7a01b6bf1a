"""Pictures that may not stand on a certificate: a reviewer's own folder of emblems, flags and logos.

No picture of an emblem comes with this toolkit. A reviewer puts some into a folder
(`--forbidden-art`); the name of the subfolder says what they are: `emblem`, `flag`, `logo`. They are
compared by a perceptual hash (感知哈希) of 8 by 8 brightness steps, which survives scaling and recompression.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from certgen.errors import InputError

MOST = 500
"""Pictures of a folder that are read."""

ALIKE = 14
"""Of 64 + 64 bits: at most so many may differ."""

_SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif"}
_RULES = {
    "emblem": "marks/national-emblem",
    "flag": "marks/national-flag",
    "logo": "marks/government-logo",
}
_SIDE_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class ForbiddenArt:
    """One forbidden picture."""

    name: str
    rule: str  # the rule that its subfolder stands for
    print: int  # its perceptual hash


def load(folder: Path) -> tuple[ForbiddenArt, ...]:
    """The pictures of a folder and its subfolders. Raises `InputError` when there is none to read."""
    found = []
    for path in sorted(folder.rglob("*"))[: MOST * 4]:
        if path.suffix.lower() not in _SUFFIXES:
            continue
        rule = _RULES.get(path.parent.name.lower(), "marks/government-logo")
        try:
            with Image.open(path) as picture:
                if max(picture.size) > _SIDE_LIMIT:
                    continue
                found.append(ForbiddenArt(path.name, rule, fingerprint(picture)))
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
        if len(found) == MOST:
            break
    if not found:
        raise InputError(
            zh=f"{folder} 中没有可读的图片；请放入 PNG 或 JPEG，子文件夹 emblem、flag、logo 表示类别",
            en=f"no picture could be read in {folder}; put PNG or JPEG files there, in subfolders emblem, flag, logo",
        )
    return tuple(found)


def fingerprint(picture: Image.Image) -> int:
    """128 bits: brightness steps to the right and downwards, on white."""
    flat = picture.convert("RGBA")
    ground = Image.new("RGBA", flat.size, "white")
    ground.alpha_composite(flat)
    grey = ground.convert("L")
    box = ImageOps.invert(grey).point(lambda value: 255 if value > 12 else 0).getbbox()
    grey = grey.crop(box) if box else grey
    bits = 0
    for wide, high, step in ((9, 8, 1), (8, 9, 8)):
        small = grey.resize((wide, high), Image.Resampling.BOX)
        values = small.tobytes()  # one byte a pixel
        for row in range(8):
            for column in range(8):
                at = row * wide + column
                bits = bits << 1 | (values[at] + 2 < values[at + step])
    return bits


def alike(one: int, other: int) -> bool:
    """Whether two fingerprints belong to the same picture."""
    return (one ^ other).bit_count() <= ALIKE
