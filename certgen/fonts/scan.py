"""Finds the fonts in folders and reads who they are: names, embedding right, kind of outline.

A Windows machine has hundreds of fonts, so what was read is kept in the cache folder, by path, time
and size.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from struct import unpack_from
from typing import Any

from certgen.fonts.cache import replacing
from certgen.fonts.catalogue import key
from certgen.fonts.sfnt import BrokenFontError, Sfnt, StructError, face_count, open_mapped

_SUFFIXES = {".ttf", ".ttc", ".otf", ".otc"}
_FORM = 1  # of the index file; another number throws the index away
_FAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY = 1, 4, 6, 16  # ids of the name table


@dataclass(frozen=True, slots=True)
class FaceFacts:
    """What the scan knows of one face."""

    path: str
    index: int  # in a collection
    family: str
    postscript_name: str
    keys: tuple[str, ...]  # every name it goes under, as `catalogue.key` writes it
    fs_type: int  # OS/2 fsType, the embedding rights (嵌入权限)
    upright: bool  # regular weight, not italic
    has_curves: bool  # PostScript outlines (CFF), to be converted

    @property
    def may_be_embedded(self) -> bool:
        """False for restricted licences (2), bitmaps only (0x200) and no subsets (0x100)."""
        return self.fs_type & 0x000F != 2 and not self.fs_type & 0x0300


def read(path: Path) -> tuple[FaceFacts, ...]:
    """The faces of one file that have outlines; none if it is broken or is not a font."""
    try:
        data = open_mapped(path)
        fonts = enumerate(Sfnt(data, index) for index in range(face_count(data)))
        return tuple(
            _facts(path, i, font) for i, font in fonts if b"glyf" in font or b"CFF " in font
        )
    except (OSError, ValueError, StructError, BrokenFontError):
        return ()


def _facts(path: Path, index: int, font: Sfnt) -> FaceFacts:
    names, head, os2 = font.names(), font.table(b"head"), font.table(b"OS/2")
    ids = (_TYPOGRAPHIC_FAMILY, _FAMILY, _FULL, _POSTSCRIPT)
    known = [name for which in ids for name in names.get(which, ())]
    weight, fs_type = unpack_from(">H2xH", os2, 4) if len(os2) >= 10 else (400, 0)
    return FaceFacts(
        path=str(path),
        index=index,
        family=known[0] if known else path.stem,
        postscript_name=names.get(_POSTSCRIPT, (path.stem,))[0],
        keys=tuple(dict.fromkeys(map(key, known))),
        fs_type=fs_type,
        # A family name covers bold and italic too: macStyle and the weight tell them apart.
        upright=not unpack_from(">H", head, 44)[0] & 3 and 250 < weight < 600,
        has_curves=b"CFF " in font,
    )


def system_folders(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where this operating system keeps fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(environ.get("LOCALAPPDATA", home))
        windows = Path(environ.get("WINDIR", "C:/Windows"))
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    if sys.platform == "darwin":
        system = Path("/System/Library")
        assets = sorted((system / "AssetsV2").glob("com_apple_MobileAsset_Font*"))
        return home / "Library/Fonts", Path("/Library/Fonts"), system / "Fonts", *assets
    shared = (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    return home / ".local/share/fonts", home / ".fonts", *shared


class Index:
    """What earlier scans read, kept in `index.json` of the cache folder."""

    def __init__(self, cache: Path) -> None:
        self._file = cache / "index.json"
        self._entries: dict[str, dict[str, Any]] = self._load()
        self._changed = False

    def _load(self) -> dict[str, dict[str, Any]]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            return dict(kept["files"]) if kept["form"] == _FORM else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def faces(self, folder: Path, *, deep: bool = True) -> tuple[FaceFacts, ...]:
        """The faces in a folder, in the order of their paths; none if there is no such folder."""
        return tuple(facts for path in _font_files(folder, deep=deep) for facts in self._of(path))

    def _of(self, path: Path) -> tuple[FaceFacts, ...]:
        return tuple(
            FaceFacts(**{**one, "keys": tuple(one["keys"])}) for one in self._entry(path)["faces"]
        )

    def _entry(self, path: Path) -> dict[str, Any]:
        stat = path.stat()
        stamp = [stat.st_mtime_ns, stat.st_size]
        entry = self._entries.get(str(path))
        if entry is None or entry["stamp"] != stamp:
            faces = [asdict(facts) for facts in read(path)]
            entry = self._entries[str(path)] = {"stamp": stamp, "faces": faces}
            self._changed = True
        return entry

    def sha256(self, path: Path) -> str:
        """Of the whole file; reckoned once, for the faces that are really used."""
        entry = self._entry(path)
        if "sha256" not in entry:
            with path.open("rb") as file:
                entry["sha256"] = file_digest(file, "sha256").hexdigest()
            self._changed = True
        return str(entry["sha256"])

    def save(self) -> None:
        """Keep what was read. If that cannot be written, the next start takes longer, no more."""
        if not self._changed:
            return
        files = {path: entry for path, entry in self._entries.items() if Path(path).exists()}
        text = json.dumps({"form": _FORM, "files": files}, ensure_ascii=False)
        try:
            with replacing(self._file) as part:
                part.write_text(text, encoding="utf-8")
        except OSError:
            return


def _font_files(folder: Path, *, deep: bool) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        if not deep:
            folders.clear()
        for file in sorted(files):
            path = Path(parent, file)
            if path.suffix.casefold() in _SUFFIXES and path.is_file():
                yield path
