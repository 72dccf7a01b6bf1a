"""Photos (照片): finds a holder's portrait in a folder and makes it fit the page.

One inch, in colour, on white, taken within half a year (人社鉴发〔2021〕1号 三(一)); 25 x 35 mm.
A portrait that already fits keeps its very bytes except its metadata, which may say where the
holder lives; every other picture is decoded, turned upright, cropped and saved anew.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from certgen.errors import Said
from certgen.intake import jpeg
from certgen.intake.cells import Read, error, warning
from certgen.intake.photo_files import READ, load, placed
from certgen.intake.photo_folder import PhotoFolder
from certgen.intake.photo_names import Label, count_names, person_key, safe_name
from certgen.model.finding import Finding
from certgen.standards.identity import tidy

__all__ = ["Holder", "PhotoFolder", "Prepared", "count_names", "match", "prepare"]

_CLAUSE = "人社鉴发〔2021〕1号 二(一)"
_PHOTO_CLAUSE = "人社鉴发〔2021〕1号 三(一)"
_SMALLEST = (295, 413)  # pixels: 25 x 35 mm at 300 dpi
_USELESS = 0.6
"""Below this share of it (180 dpi on paper) no face can be compared with its bearer any more.

No notice counts pixels. Between the two the print is soft and the certificate still does its work:
a warning. A thumbnail out of a chat does not, and what is issued is not taken back: an error.
"""


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
    taken: date | None = None  # what the camera wrote, read before it was dropped


@dataclass(frozen=True, slots=True)
class Holder:
    """What a row says that may lead to its photo; '' where it does not say."""

    number: str = ""  # identity number (证件号码)
    admission_number: str = ""  # 准考证号
    name: str = ""
    file_name: str = ""  # in the roster's photo column


def match(folder: PhotoFolder, holder: Holder, names: Mapping[str, int]) -> Read[Path]:
    """The one photo of a row, which is thereby claimed.

    By the file name it gives; else by identity number, admission number, or a name that only one
    holder of the roster bears (`names`, from `count_names`) and only one photo. What contradicts the
    row is refused: a photo that bears another holder's number or name, or has the very bytes of one.
    """
    if not (holder.file_name or holder.number or holder.admission_number):
        return Read(None)  # the missing number has a finding of its own
    found = _candidates(folder, holder, names)
    folder.claim(found)
    if len(found) > 1:
        return Read(None, (_several(),))
    if not found:
        return Read(None, (_missing(folder, holder, names),))
    path = found[0]
    if _is_anothers(folder.label(path), holder, names):
        return Read(None, (_other_holder(),))
    if any(_is_anothers(copy, holder, names) for copy in folder.copies(path)):
        return Read(None, (_same_picture(),))
    return Read(path)


def _candidates(folder: PhotoFolder, holder: Holder, names: Mapping[str, int]) -> tuple[Path, ...]:
    if holder.file_name:
        return folder.named(holder.file_name)
    for number in filter(None, (holder.number, holder.admission_number)):
        if found := folder.all_of(number):
            return found
    return folder.of_person(holder.name) if names.get(person_key(holder.name)) == 1 else ()


def _is_anothers(label: Label, holder: Holder, names: Mapping[str, int]) -> bool:
    """Whether a file name points to somebody else: another number, or another name of the roster."""
    if label.identities:
        own = {tidy(holder.number), tidy(holder.admission_number)}
        if holder.number and own.isdisjoint(label.identities):
            return True
    own_name = person_key(holder.name)
    return bool(own_name and label.person in names and label.person not in {"", own_name})


def prepare(path: Path) -> Prepared:
    """The photo as the page carries it. The same file gives the same bytes.

    A JPEG that fits is passed on without being decoded: damage inside its pixels is not seen here.
    """
    data, findings = load(path)
    if data is None:
        return _refused(path, findings)
    photo: jpeg.Jpeg | None = jpeg.without_metadata(data)
    if photo is None:
        # Pillow is loaded only when a picture must be redrawn: a folder of fitting photos needs none.
        from certgen.intake.pictures import redraw  # noqa: PLC0415

        photo, findings = redraw(data)
    if photo is None:
        return _refused(path, findings)
    share = min(photo.width / _SMALLEST[0], photo.height / _SMALLEST[1])
    if share < _USELESS:
        return _refused(path, (*findings, _useless(photo)))
    if share < 1:
        findings += (_small(photo),)
    sha256 = hashlib.sha256(photo.data).hexdigest()
    findings = _at(path, findings)
    return Prepared(photo.data, photo.width, photo.height, sha256, findings, photo.taken)


def _refused(path: Path, findings: tuple[Finding, ...]) -> Prepared:
    return Prepared(b"", 0, 0, hashlib.sha256(b"").hexdigest(), _at(path, findings))


def _at(path: Path, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(placed(finding, path.name) for finding in findings)


def _missing(folder: PhotoFolder, holder: Holder, names: Mapping[str, int]) -> Finding:
    has_namesakes = names.get(person_key(holder.name), 0) > 1
    if has_namesakes and not holder.file_name and folder.of_person(holder.name):
        return _namesakes()
    name = safe_name(holder.file_name)
    wanted = Said(f"名为“{name}”的照片", f"photo named '{name}'")
    if not holder.file_name:
        wanted = Said("以该证件号码命名的照片", "photo named by this number")
    formats = [suffix.removeprefix(".") for suffix in READ]
    return error(
        "photo/missing",
        zh=f"文件夹中没有{wanted.zh}（{'、'.join(formats)}），请补充",
        en=f"the folder has no {wanted.en} ({', '.join(formats)}): add it",
        clause=_CLAUSE,
    )


def _several() -> Finding:
    return error(
        "photo/duplicate",
        zh="文件夹中有不止一张该持证人的照片，请只留一张",
        en="the folder has more than one photo for this holder: leave one",
    )


def _namesakes() -> Finding:
    return error(
        "photo/namesakes",
        zh="名册中有同名的人，不能按姓名配照片：请以证件号码命名照片",
        en="the roster has namesakes, so a name finds no photo: name it by identity number",
    )


def _other_holder() -> Finding:
    return error(
        "photo/other-holder",
        zh="照片文件名中的姓名或证件号码属于另一人，可能行列错位：请核对后改名",
        en="the name or number in the photo's file name is another person's, or rows have shifted: "
        "check and rename it",
    )


def _same_picture() -> Finding:
    return error(
        "photo/same",
        zh="此照片与另一人的照片是同一个文件，必有一张放错：请核对",
        en="this photo and another person's are the very same file, so one is wrong: check both",
    )


def _useless(photo: jpeg.Jpeg) -> Finding:
    return error(
        "photo/too-small",
        zh=f"照片只有 {photo.width}×{photo.height} 像素，不到 {_SMALLEST[0]}×{_SMALLEST[1]} 的六成，"
        "不能辨认本人：请换原图（微信请发送“原图”）",
        en=f"the photo has only {photo.width}×{photo.height} pixels, less than 60 % of "
        f"{_SMALLEST[0]}×{_SMALLEST[1]}: nobody can be recognised, give the original",
        clause=_PHOTO_CLAUSE,
    )


def _small(photo: jpeg.Jpeg) -> Finding:
    return warning(
        "photo/small",
        zh=f"照片裁切后只有 {photo.width}×{photo.height} 像素，"
        f"小于 {_SMALLEST[0]}×{_SMALLEST[1]}，打印会模糊",
        en=f"the photo has {photo.width}×{photo.height} pixels after cropping, less than "
        f"{_SMALLEST[0]}×{_SMALLEST[1]}: it will print blurred",
        clause=_PHOTO_CLAUSE,
    )
