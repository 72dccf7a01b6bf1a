"""The photo folder of a batch: its files by number, by name and by file name, and who asked for them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

from certgen.intake.cells import note, warning
from certgen.intake.photo_files import PhotoFile, list_photos, placed, same_bytes
from certgen.intake.photo_names import Label, person_key, safe_name
from certgen.model.finding import Finding
from certgen.standards.identity import tidy

_SHOWN = 10  # names of photos in one finding


class PhotoFolder:
    """The pictures of one folder or zip, with the folders and zips in it, listed once."""

    def __init__(self, folder: Path) -> None:
        photos, findings = list_photos(folder)
        self._photos = {photo.path: photo for photo in photos}
        self._by_number = _indexed(photos, lambda photo: photo.label.numbers)
        self._by_person = _indexed(photos, lambda photo: (photo.label.person,))
        self._by_file_name = _indexed(photos, _file_names)
        self._copies = same_bytes(photos)
        self._claimed: set[Path] = set()
        self.findings = (*findings, *self._duplicates())

    def find(self, identity_number: str) -> Path | None:
        """The photo named by this number, x or X; the first by name where there are several."""
        return next(iter(self.all_of(identity_number)), None)

    def all_of(self, number: str) -> tuple[Path, ...]:
        """Every photo with this identity or admission number in its name, in the order of names."""
        return tuple(self._by_number.get(tidy(number), ()))

    def named(self, file_name: str) -> tuple[Path, ...]:
        """Every photo with this file name; its folders and its suffix may be left out."""
        name = PurePosixPath(file_name.replace("\\", "/")).as_posix()
        return tuple(self._by_file_name.get(name.casefold(), ()))

    def of_person(self, name: str) -> tuple[Path, ...]:
        """Every photo with this name and nobody's identity number in its name."""
        key = person_key(name)
        found = self._by_person.get(key, ()) if key else ()
        return tuple(path for path in found if not self.label(path).identities)

    def label(self, path: Path) -> Label:
        """What the name of this photo says."""
        return self._photos[path].label

    def copies(self, path: Path) -> tuple[Label, ...]:
        """What the names of the other files with the very same bytes say."""
        return tuple(copy.label for copy in self._copies.get(path, ()))

    def identity_numbers(self) -> frozenset[str]:
        """All identity numbers that photos are named by: candidates for a number that Excel cut."""
        return frozenset(
            number for photo in self._photos.values() for number in photo.label.identities
        )

    def claim(self, paths: Iterable[Path]) -> None:
        """Note that a row asked for these photos."""
        self._claimed.update(paths)

    def unclaimed(self) -> tuple[Path, ...]:
        """The photos that no row has asked for so far."""
        return tuple(path for path in self._photos if path not in self._claimed)

    def unclaimed_findings(self) -> tuple[Finding, ...]:
        """One note that names the photos nobody claims, the first ten; to be asked when all rows were read.

        The other way round, a row without a photo has a finding of its own (`photo/missing`).
        """
        names = [self._photos[path].within for path in self.unclaimed()]
        return (_nobodys(names),) if names else ()

    def _duplicates(self) -> list[Finding]:
        several = {
            number: self._by_number[number]
            for number in sorted(self.identity_numbers())
            if len(self._by_number[number]) > 1
        }
        return [
            placed(_same_number(len(paths)), self._photos[paths[0]].within)
            for paths in several.values()
        ]


def _indexed(
    photos: Iterable[PhotoFile], keys: Callable[[PhotoFile], Iterable[str]]
) -> dict[str, list[Path]]:
    index: dict[str, list[Path]] = {}
    for photo in photos:
        for key in keys(photo):
            index.setdefault(key, []).append(photo.path)
    return index


def _file_names(photo: PhotoFile) -> set[str]:
    """What a roster may call the file: with its folders or without, with its suffix or without."""
    within = PurePosixPath(photo.within)
    names = (within, within.with_suffix(""), PurePosixPath(within.name), PurePosixPath(within.stem))
    return {name.as_posix().casefold() for name in names}


def _same_number(count: int) -> Finding:
    return warning(
        "photo/duplicate",
        zh=f"有 {count} 张照片以同一证件号码命名，请只留一张",
        en=f"{count} photos are named by one identity number: leave one",
    )


def _nobodys(names: Sequence[str]) -> Finding:
    shown = [safe_name(name) for name in names[:_SHOWN]]
    more = len(names) - len(shown)
    rest_zh, rest_en = (f" 等（另 {more} 张）", f" and {more} more") if more else ("", "")
    return note(
        "photo/unclaimed",
        zh=f"有 {len(names)} 张照片在名册中没有对应的人：{'、'.join(shown)}{rest_zh}；"
        "请核对文件名，或移出文件夹",
        en=f"{len(names)} photo(s) match nobody in the roster: {', '.join(shown)}{rest_en}; "
        "check their names, or move them away",
    )
