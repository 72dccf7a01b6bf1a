"""Messes of the photo folder: how portraits (照片) come out of phones, chats and school computers.

Every builder fills a folder with the photos of the good roster, spoils something, and says where
the photos are: that folder, or a zip.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw

from .base import good_roster, number
from .paper import Fact, Mess, all_of, cell

Photos = Callable[[Path], Path]

_PEOPLE = {
    line.key: (str(line.cells["name"]), str(line.cells["identity_number"]))
    for line in good_roster().lines
    if line.counts
}
_BAD = "p3"
_NAME, _NUMBER = _PEOPLE[_BAD]
_GROUND, _SKIN = (255, 255, 255), (236, 188, 160)


def portrait(
    seed: int,
    size: tuple[int, int] = (413, 579),
    form: str = "JPEG",
    exif: bytes = b"",
    ground: tuple[int, int, int] = _GROUND,
) -> bytes:
    """A face on white, drawn; another seed draws another face."""
    width, height = size
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    left, top = width * (24 + seed) // 100, height * (16 + seed) // 100
    draw.rectangle((0, height * 4 // 5, width, height), fill=(30 * seed % 200, 60, 90 + 20 * seed))
    draw.ellipse((left, top, width - left, height * (66 + seed) // 100), fill=_SKIN)
    draw.rectangle(
        (left, top, width - left, top + height * (4 + 3 * seed) // 100), fill=(20, 20, 20)
    )
    data = io.BytesIO()
    picture.save(data, form, exif=exif)
    return data.getvalue()


def _good(but: Mapping[str, bytes | None] | None = None) -> dict[str, bytes]:
    """A photo named by number for everybody, `but` other files by name; None takes one away."""
    files = {
        f"{number}.jpg": portrait(seed) for seed, (_, number) in enumerate(_PEOPLE.values(), 1)
    }
    changed: dict[str, bytes | None] = {**files, **(but or {})}
    return {name: data for name, data in changed.items() if data is not None}


def in_folder(files: Mapping[str, bytes]) -> Photos:
    """The files in a folder; names may lead into folders below it."""

    def fill(folder: Path) -> Path:
        for name, data in files.items():
            path = folder / "photos" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder / "photos"

    return fill


def in_zip(files: Mapping[str, bytes], encoding: str = "utf-8") -> Photos:
    """The files in a zip; with GB18030 as Chinese Windows packs it, names without the UTF-8 flag."""
    return lambda folder: _zip(folder / "照片.zip", files, encoding)


def _zip(path: Path, files: Mapping[str, bytes], encoding: str) -> Path:
    marks = {
        name: f"{'#' * (len(name.encode(encoding)) - 4)}{at:04}" for at, name in enumerate(files)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(marks[name], data)
    packed = out.getvalue()
    for name, mark in marks.items():
        packed = packed.replace(mark.encode(), name.encode(encoding))
    path.write_bytes(packed)
    return path


def _bad(*codes: str, field: str = "identity_number") -> Mess:
    """The row of 'p3' is refused for its photo."""
    return lambda paper: paper.said(*(Fact(code, _BAD, field) for code in codes))


def _told(*facts: Fact) -> Mess:
    return lambda paper: paper.said(*facts)


_OWN = f"{_NUMBER}.jpg"


def _exif(taken: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken  # Exif IFD, DateTimeOriginal
    return exif.tobytes()


PHOTOS: Mapping[str, tuple[Photos, Mess]] = {
    "photos_all_there": (in_folder(_good()), all_of()),
    "photos_in_folders_below": (
        in_folder({f"{at % 2}班/{name}": data for at, (name, data) in enumerate(_good().items())}),
        all_of(),
    ),
    "photos_in_a_zip": (in_zip(_good()), all_of()),
    "photos_in_a_gbk_zip_by_name": (
        in_zip({f"一班/{name}.jpg": portrait(at) for at, (name, _) in enumerate(_PEOPLE.values(), 1)},
               "gb18030"),
        all_of(),
    ),
    "photos_named_by_name_and_number": (
        in_folder({f"{at:02} {name}_{number}(1).JPG": portrait(at)
                   for at, (name, number) in enumerate(_PEOPLE.values(), 1)}),
        all_of(),
    ),
    "photos_as_png": (
        in_folder(_good({_OWN: None, f"{_NUMBER}.png": portrait(3, form="PNG")})),
        all_of(),
    ),
    "photo_with_lower_case_x": (
        in_folder({name.lower(): data for name, data in _good().items()}), all_of(),
    ),
    "photo_missing": (in_folder(_good({_OWN: None})), _bad("photo/missing")),
    "photo_missing_from_a_zip": (in_zip(_good({_OWN: None})), _bad("photo/missing")),
    "photos_two_of_one_person": (
        in_folder(_good({f"{_NUMBER}.png": portrait(9, form="PNG")})),
        all_of(_bad("photo/duplicate"), _told(Fact("photo/duplicate"))),
    ),
    "photo_is_empty": (in_folder(_good({_OWN: b""})), _bad("photo/unreadable", field="")),
    "photo_is_a_document": (
        in_folder(_good({_OWN: b"%PDF-1.7\n"})), _bad("photo/unreadable", field="")
    ),
    "photo_cut_in_half": (
        in_folder(_good({_OWN: portrait(3, (900, 900))[:3000]})), _bad("photo/unreadable", field="")
    ),
    "photo_is_a_thumbnail": (
        in_folder(_good({_OWN: portrait(3, (100, 140))})), _bad("photo/too-small", field="")
    ),
    "photo_a_little_small": (
        in_folder(_good({_OWN: portrait(3, (250, 350))})),
        _told(Fact("photo/small", _BAD, refuses=False)),
    ),
    "photo_file_of_21_megabytes": (
        in_folder(_good({_OWN: portrait(3) + bytes(20_000_000)})), _bad("photo/too-large", field="")
    ),
    "photo_in_a_format_of_phones": (
        in_folder(_good({_OWN: None, f"{_NUMBER}.heic": b"ftypheic"})),
        all_of(_bad("photo/missing"), _told(Fact("photo/format"))),
    ),
    "photo_bears_anothers_name": (
        in_folder(_good({_OWN: None, f"{_NUMBER}_{_PEOPLE['p1'][0]}.jpg": portrait(3)})),
        _bad("photo/other-holder"),
    ),
    "photo_copied_for_two_people": (
        in_folder(_good({_OWN: portrait(1)})),
        all_of(_bad("photo/same"), _told(Fact("photo/same", "p1", "identity_number"))),
    ),
    "photos_escaping_from_the_zip": (
        in_zip(_good({_OWN: None, f"../../{_NUMBER}.jpg": portrait(3)})),
        all_of(_bad("photo/missing"), _told(Fact("photo/archive"))),
    ),
    "photo_of_nobody_in_the_roster": (
        in_folder(_good({f"{number(77)}.jpg": portrait(8)})), _told(Fact("photo/unclaimed")),
    ),
    "photo_of_last_summer": (
        in_folder(_good({_OWN: portrait(3, exif=_exif("2025:07:01 10:00:00"))})),
        _told(Fact("photo/old", _BAD, refuses=False)),
    ),
    "photo_on_blue_ground": (
        in_folder(_good({_OWN: portrait(3, ground=(60, 110, 220))})),
        _told(Fact("photo/ground", _BAD, refuses=False)),
    ),
    "photo_and_number_damaged": (
        in_folder(_good()),
        all_of(
            cell(_BAD, "identity_number", "1.90000E+17", "identity/excel-damaged"),
            _told(Fact("photo/unclaimed")),
        ),
    ),
}  # fmt: skip
"""Name -> how the photos are given, and what is found."""
