"""Redraws a picture as a portrait for the page: upright, sRGB, 25:35, without metadata."""

import io
import warnings

from PIL import ExifTags, Image, ImageCms, ImageOps

from certgen.intake.cells import Read, error, warning
from certgen.intake.jpeg import PROPORTION, Jpeg, is_srgb, taken_on
from certgen.intake.portraits import Box, crop_around_face
from certgen.model.finding import Finding

_LARGEST = (590, 826)  # pixels: 25 x 35 mm at 600 dpi
_QUALITY = 92
_PIXEL_LIMIT = 60_000_000  # a camera's largest picture; a bomb of a few bytes claims far more
_CUT_AWAY = 0.10  # beyond this share of the picture, a crop in the middle may meet the head
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP")
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height


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


def reduced(jpeg: bytes, size: tuple[int, int]) -> Jpeg:
    """A prepared portrait with fewer pixels, for a sheet that shows many."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        picture.draft("RGB", size)
        return Jpeg(_saved(picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)), *size)


def _portrait(picture: Image.Image) -> Read[Jpeg]:
    taken = taken_on(picture.info.get("exif", b""))
    fits = _cut_away(*_upright_size(picture)) <= _CUT_AWAY
    if fits:
        # A JPEG is decoded at a half, a quarter or an eighth where that leaves enough.
        scale = _LARGEST[1] / min(picture.size)
        picture.draft(None, (int(picture.width * scale), int(picture.height * scale)))
    upright = _in_srgb(ImageOps.exif_transpose(picture))
    face = None if fits else crop_around_face(upright)
    box = face or _middle(*upright.size)
    size = _LARGEST if box.height > _LARGEST[1] else (box.width, box.height)
    portrait = upright.resize(size, Image.Resampling.LANCZOS, box=box)
    findings = () if fits else (_cropped(by_face=face is not None),)
    return Read(Jpeg(_saved(portrait), *size, taken), findings)


def _saved(portrait: Image.Image) -> bytes:
    portrait.info = {}  # else a comment of the source would be written again
    saved = io.BytesIO()
    portrait.save(saved, "JPEG", quality=_QUALITY)
    return saved.getvalue()


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    width, height = picture.size
    on_its_side = picture.getexif().get(ExifTags.Base.Orientation) in _ON_ITS_SIDE
    return (height, width) if on_its_side else (width, height)


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


def _middle(width: int, height: int) -> Box:
    """The largest 25:35 that the picture holds, in its middle."""
    across, down = PROPORTION
    kept = (
        min(width, max(1, height * across // down)),
        min(height, max(1, width * down // across)),
    )
    left, top = (width - kept[0]) // 2, (height - kept[1]) // 2
    return Box(left, top, left + kept[0], top + kept[1])


def _cut_away(width: int, height: int) -> float:
    """The share of the picture that a crop in the middle loses."""
    kept = _middle(width, height)
    return 1 - kept.width * kept.height / (width * height)


def _cropped(*, by_face: bool) -> Finding:
    where_zh = "按估计的头像位置" if by_face else "从中间"
    where_en = "around what looks like the face" if by_face else "in the middle"
    return warning(
        "photo/cropped",
        zh=f"照片比例与 25:35 相差较大，已{where_zh}裁切，请在照片核对单上查看头像是否完整",
        en=f"the photo is far from 25:35 and was cropped {where_en}: see the contact sheet, is the "
        "head whole?",
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
        zh="无法解码照片，请换一张完好的 JPEG、PNG、WebP 或 BMP 照片",
        en="the photo cannot be decoded: give a sound JPEG, PNG, WebP or BMP",
    )
