"""The four QR codes of a calibration target in a picture: which sheet it is, which way it lies, about where."""

from collections import Counter
from collections.abc import Iterable

from PIL import Image, ImageFilter

from certgen.errors import InputError
from certgen.exchange.calibration_target import Corner, Target, recognise
from verify.decode.qr import see_qr
from verify.decode.reading import Corners

NEEDED = 3
"""One mark would do for a view; three make sure that what lies between them belongs to one sheet."""

_OWN = "CGT"
_SHARPENED = 9_000_000  # pixels: above it twice the size is no help
_WORDS = {
    Corner.TOP_LEFT: ("左上", "top left"),
    Corner.TOP_RIGHT: ("右上", "top right"),
    Corner.BOTTOM_RIGHT: ("右下", "bottom right"),
    Corner.BOTTOM_LEFT: ("左下", "bottom left"),
}

Seen = list[tuple[str, Corners]]


def find(picture: Image.Image) -> tuple[Target, dict[Corner, Corners]]:
    """The target and where its marks lie, in pixels. `InputError` names what is missing or too much."""
    seen = _seen(picture)
    if len(_ours(seen)) < NEEDED and picture.width * picture.height < _SHARPENED:
        seen = _merged(seen, _again(picture))
    found = _ours(seen)
    if not found:
        raise _nothing(seen)
    targets = Counter(target for target, _, _ in found)
    corners = Counter(corner for _, corner, _ in found)
    if len(targets) > 1 or max(corners.values()) > 1:
        raise InputError(
            zh="照片里有不止一张校准页：请只拍一张",
            en="more than one target is in the picture: photograph one alone",
        )
    places = {corner: place for _, corner, place in found}
    if len(places) < NEEDED:
        zh, en = _listed(corner for corner in Corner if corner not in places)
        raise InputError(
            zh=f"只读到 {len(places)} 个角上的二维码，{zh}没有读到：请拍清楚，四个角都不要遮挡、反光，照片不要缩小",
            en=f"only {len(places)} of the corner marks could be read, not {en}: take a sharper picture with all "
            "four corners free of glare and fingers, and do not shrink it",
        )
    return found[0][0], places


def _seen(picture: Image.Image) -> Seen:
    return [
        (symbol.text, symbol.corners) for symbol in see_qr(picture, unread=False) if symbol.text
    ]


def _again(picture: Image.Image) -> Seen:
    """Twice as large and sharpened: what a small or soft picture needs."""
    large = picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.BICUBIC)
    sharp = large.filter(ImageFilter.UnsharpMask(4, 200, 0))
    return [
        (text, tuple(((x - 0.5) / 2, (y - 0.5) / 2) for x, y in corners))
        for text, corners in _seen(sharp)
    ]


def _merged(one: Seen, other: Seen) -> Seen:
    """Both; a mark that both have counts once."""
    known = {text for text, _ in one}
    return one + [(text, corners) for text, corners in other if text not in known]


def _ours(seen: Seen) -> list[tuple[Target, Corner, Corners]]:
    return [(*known, corners) for text, corners in seen if (known := recognise(text))]


def _nothing(seen: Seen) -> InputError:
    if any(text.startswith(_OWN) for text, _ in seen):
        return InputError(
            zh="这张校准页是另一版本的 certgen 打印的：请用 certgen calibrate sheet 重新打印",
            en="this target was made by another version of certgen: print it again with certgen calibrate sheet",
        )
    return InputError(
        zh="没有找到校准页四角的二维码：请确认拍的是校准页，对焦清楚，四角都在照片内，用原图，不要经聊天软件压缩",
        en="none of the target's corner marks could be read: is it the target, in focus, with all four corners in the "
        "picture, and the original file?",
    )


def _listed(corners: Iterable[Corner]) -> tuple[str, str]:
    words = [_WORDS[corner] for corner in corners]
    return "、".join(zh for zh, _ in words), ", ".join(en for _, en in words)
