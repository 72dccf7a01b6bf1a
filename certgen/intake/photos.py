"""Photos (照片): finds a holder's portrait in a folder and makes it fit the page.

One inch, in colour, on white, taken within half a year (人社鉴发〔2021〕1号 三(一)); 25 x 35 mm.
A portrait that already fits keeps its very bytes except its metadata, which may say where the
holder lives; every other picture is decoded, turned upright, cropped and saved anew.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from certgen.errors import InputError
from certgen.intake import jpeg
from certgen.intake.cells import Read, error, warning
from certgen.model.finding import Finding, Place
from certgen.standards.identity import tidy

_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_CLAUSE = "人社鉴发〔2021〕1号 二(一)"
_FILE_LIMIT = 20_000_000  # bytes; a camera's largest JPEG is about half of that
_SMALLEST = (295, 413)  # pixels: 25 x 35 mm at 300 dpi
_NUMBER_LIKE = re.compile(r"(?=[A-Za-z]*[0-9])[0-9A-Za-z]{5,}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A portrait ready for the page: a JPEG of 25:35 without metadata.

    `jpeg` is empty and the sizes are 0 when one of the findings refuses.
    """

    jpeg: bytes
    width: int  # pixels
    height: int
    sha256: str  # of `jpeg`, hexadecimal
    findings: tuple[Finding, ...]


class PhotoFolder:
    """The pictures of one folder, listed once; pictures in folders below it are not looked at."""

    def __init__(self, folder: Path) -> None:
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() in _SUFFIXES)
        except OSError as problem:
            raise InputError(
                zh=f"无法打开照片文件夹 {folder.name}：{problem.strerror}",
                en=f"cannot open the photo folder {folder.name}: {problem.strerror}",
            ) from problem
        self._by_number: dict[str, tuple[Path, ...]] = {}
        self._by_name: dict[str, tuple[Path, ...]] = {}
        for file in files:
            _append(self._by_number, tidy(file.stem), file)
            _append(self._by_name, file.name.casefold(), file)
            _append(self._by_name, file.stem.casefold(), file)
        self.findings = tuple(_duplicates(self._by_number))

    def find(self, identity_number: str) -> Path | None:
        """The photo named by this number, x or X; the first by name where there are several."""
        return next(iter(self.all_of(identity_number)), None)

    def all_of(self, identity_number: str) -> tuple[Path, ...]:
        """Every photo named by this number, in the order of their names."""
        return self._by_number.get(tidy(identity_number), ())

    def named(self, file_name: str) -> tuple[Path, ...]:
        """Every photo with this file name, which may lack its suffix."""
        return self._by_name.get(file_name.casefold(), ())


def photo_of(folder: PhotoFolder, file_name: str, number: str | None) -> Read[Path]:
    """The one photo of a row: by the file name it gives, else by its identity number."""
    if not (file_name or number):
        return Read(None)  # the missing number has a finding of its own
    found = folder.named(file_name) if file_name else folder.all_of(number or "")
    if len(found) == 1:
        return Read(found[0])
    if found:
        several = error(
            "photo/duplicate",
            zh="文件夹中有不止一张该持证人的照片，请只留一张",
            en="the folder has more than one photo for this holder: leave one",
        )
        return Read(None, (several,))
    wanted_zh = f"名为“{_safe(file_name)}”的照片" if file_name else "以该证件号码命名的照片"
    wanted_en = f"photo named '{_safe(file_name)}'" if file_name else "photo named by this number"
    missing = error(
        "photo/missing",
        zh=f"文件夹中没有{wanted_zh}（jpg、jpeg、png、webp），请补充",
        en=f"the folder has no {wanted_en} (jpg, jpeg, png, webp): add it",
        clause=_CLAUSE,
    )
    return Read(None, (missing,))


def prepare(path: Path) -> Prepared:
    """The photo as the page carries it. The same file gives the same bytes.

    A JPEG that fits is passed on without being decoded: damage inside its pixels is not seen here.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _FILE_LIMIT else None
    except OSError as problem:
        return _refused(path, _unreadable(problem.strerror or "I/O"))
    if data is None:
        return _refused(path, _too_large_file())
    cut = jpeg.without_metadata(data)
    if cut:
        return _prepared(path, cut, ())
    # Pillow is loaded only when a picture must be redrawn: a folder of fitting photos needs none.
    from certgen.intake.pictures import redraw  # noqa: PLC0415

    redrawn, findings = redraw(data)
    return _prepared(path, redrawn, findings) if redrawn else _refused(path, *findings)


def _prepared(path: Path, photo: jpeg.Jpeg, findings: tuple[Finding, ...]) -> Prepared:
    if photo.width < _SMALLEST[0] or photo.height < _SMALLEST[1]:
        findings += (_small(photo),)
    sha256 = hashlib.sha256(photo.data).hexdigest()
    return Prepared(photo.data, photo.width, photo.height, sha256, _placed(path, findings))


def _refused(path: Path, *findings: Finding) -> Prepared:
    return Prepared(b"", 0, 0, hashlib.sha256(b"").hexdigest(), _placed(path, findings))


def _placed(path: Path, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(replace(finding, place=Place(_safe(path.name))) for finding in findings)


def _append(index: dict[str, tuple[Path, ...]], key: str, file: Path) -> None:
    index[key] = (*index.get(key, ()), file)


def _duplicates(by_number: Mapping[str, tuple[Path, ...]]) -> Iterator[Finding]:
    for files in by_number.values():
        if len(files) > 1:
            listed = "、".join(_safe(file.name) for file in files)
            yield warning(
                "photo/duplicate",
                zh=f"几张照片同名：{listed}，请只留一张",
                en=f"photos of one name: {listed}; leave one",
            )


def _safe(file_name: str) -> str:
    """The file name without the identity number it may consist of: '***2X.jpg'."""
    return _NUMBER_LIKE.sub(lambda found: f"***{found.group()[-2:]}", file_name)


def _small(photo: jpeg.Jpeg) -> Finding:
    return warning(
        "photo/small",
        zh=f"照片裁切后只有 {photo.width}×{photo.height} 像素，"
        f"小于 {_SMALLEST[0]}×{_SMALLEST[1]}，打印会模糊",
        en=f"the photo has {photo.width}×{photo.height} pixels after cropping, less than "
        f"{_SMALLEST[0]}×{_SMALLEST[1]}: it will print blurred",
        clause="人社鉴发〔2021〕1号 三(一)",
    )


def _unreadable(reason: str) -> Finding:
    return error(
        "photo/unreadable",
        zh=f"无法读取照片文件：{reason}",
        en=f"cannot read the photo file: {reason}",
    )


def _too_large_file() -> Finding:
    return error(
        "photo/too-large",
        zh=f"照片文件超过 {_FILE_LIMIT // 1_000_000} MB，请换一张一寸照片",
        en=f"the photo file is over {_FILE_LIMIT // 1_000_000} MB: give a one-inch photo",
    )
