"""Redraws a picture as a portrait for the page: upright, sRGB, 25:35, without metadata."""

import io
import warnings

from PIL import Image, ImageCms, ImageOps

from certgen.intake.cells import Read, error, warning
from certgen.intake.jpeg import PROPORTION, Jpeg, is_srgb
from certgen.model.finding import Finding

_LARGEST = (590, 826)  # pixels: 25 x 35 mm at 600 dpi
_QUALITY = 92
_PIXEL_LIMIT = 60_000_000  # a camera's largest picture; a bomb of a few bytes claims far more
_CUT_AWAY = 0.10  # beyond this share of the picture, the crop may have met the head
_FORMATS = ("JPEG", "PNG", "WEBP")


def redraw(data: bytes) -> Read[Jpeg]:
    """The portrait, or the finding that says why the picture cannot be used."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _PIXEL_LIMIT:
                    return Read(None, (_too_large(),))
                return _portrait(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Read(None, (_too_large(),))
    except Exception:  # noqa: BLE001 - a damaged picture makes Pillow raise nearly anything
        return Read(None, (_unreadable(),))


def _portrait(picture: Image.Image) -> Read[Jpeg]:
    findings: list[Finding] = []
    # A JPEG is decoded at a half, a quarter or an eighth where that leaves enough.
    scale = _LARGEST[1] / min(picture.size)
    picture.draft(None, (int(picture.width * scale), int(picture.height * scale)))
    upright = _in_srgb(ImageOps.exif_transpose(picture))
    width, height = _cropped_size(*upright.size)
    if 1 - width * height / (upright.width * upright.height) > _CUT_AWAY:
        findings.append(_cropped())
    left, top = (upright.width - width) // 2, (upright.height - height) // 2
    size = _LARGEST if height > _LARGEST[1] else (width, height)
    box = (left, top, left + width, top + height)
    portrait = upright.resize(size, Image.Resampling.LANCZOS, box=box)
    portrait.info = {}  # else a comment of the source would be written again
    saved = io.BytesIO()
    portrait.save(saved, "JPEG", quality=_QUALITY)
    return Read(Jpeg(saved.getvalue(), *size), tuple(findings))


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB in sRGB; what is transparent becomes white, the ground of these photos."""
    profile = picture.info.get("icc_profile")
    if profile and not is_srgb(profile):
        picture = _converted(picture, profile)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB by its profile; as it is when the profile itself is damaged."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    return changed or picture


def _cropped_size(width: int, height: int) -> tuple[int, int]:
    """The largest 25:35 that the picture holds."""
    across, down = PROPORTION
    if width * down > height * across:
        return max(1, height * across // down), height
    return width, max(1, width * down // across)


def _cropped() -> Finding:
    return warning(
        "photo/cropped",
        zh="照片比例与 25:35 相差较大，已从中间裁切，请查看头像是否完整",
        en="the photo is far from 25:35 and was cropped in the middle: is the head whole?",
        clause="人社鉴发〔2021〕1号 三(一)",
    )


def _too_large() -> Finding:
    return error(
        "photo/too-large",
        zh=f"照片超过 {_PIXEL_LIMIT // 1_000_000} 百万像素，可能是恶意文件，请换一张一寸照片",
        en=f"the photo has more than {_PIXEL_LIMIT // 1_000_000} million pixels and may be a bomb: "
        "give a one-inch photo",
    )


def _unreadable() -> Finding:
    return error(
        "photo/unreadable",
        zh="无法解码照片，请换一张完好的 JPEG、PNG 或 WebP 照片",
        en="the photo cannot be decoded: give a sound JPEG, PNG or WebP",
    )
