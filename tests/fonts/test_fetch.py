"""A whole fetch from a repository on disk, through the real apt-get, without a network."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from certgen.errors import FontError
from certgen.fonts import apt, fontset
from certgen.fonts.catalogue import OPEN_FACES, OpenFace
from certgen.fonts.faces import Origin
from certgen.fonts.fetch import FetchReport, fetch, recorded

from .builders import a_font

# No signature on a repository that a test made itself.
INSECURE = 'Acquire::AllowInsecureRepositories "1"; APT::Get::AllowUnauthenticated "1";\n'


@dataclass
class Shop:
    """A repository, a cache, and what was said."""

    repositories: tuple[apt.Repository, ...]
    cache: Path
    said: list[str]

    def fetch(self) -> FetchReport:
        self.said.clear()
        return fetch(self.cache, lambda said: self.said.append(said.en))


def a_package(folder: Path, name: str, faces: list[OpenFace]) -> str:
    """Build NAME.deb with these fonts, and return its entry in the list of packages."""
    root = folder / f"{name}.root"
    fonts = root / "usr/share/fonts"
    fonts.mkdir(parents=True)
    for face in faces:
        a_font(fonts / face.file, family=face.name, cubic=face.file.endswith(".otf"))
    (root / "DEBIAN").mkdir()
    control = f"Package: {name}\nVersion: 1:7-1\nArchitecture: all\nMaintainer: nobody\n"
    description = "Description: sample\n"
    (root / "DEBIAN/control").write_text(control + description, encoding="utf-8")
    deb = folder / f"{name}_7-1_all.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zgzip", "--build", str(root), str(deb)]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603  (our own files)
    data = deb.read_bytes()
    where = f"Filename: {deb.name}\nSize: {len(data)}\n"
    return control + where + f"SHA256: {hashlib.sha256(data).hexdigest()}\n" + description


def a_repository(folder: Path, faces: tuple[OpenFace, ...]) -> apt.Repository:
    """A repository of the packages that carry `faces`; the last alternative has the file."""
    lists = folder / "dists/sid/main/binary-all"
    lists.mkdir(parents=True)
    names = dict.fromkeys(package for face in faces for package in face.packages)
    entries = [
        a_package(folder, name, [face for face in faces if face.packages[-1] == name])
        for name in names
    ]
    packages = "\n".join(entries).encode()
    (lists / "Packages").write_bytes(packages)
    digest = hashlib.sha256(packages).hexdigest()
    release = (
        "Suite: sid\nCodename: sid\nComponents: main\nArchitectures: all\nSHA256:\n"
        f" {digest} {len(packages)} main/binary-all/Packages\n"
    )
    (folder / "dists/sid/Release").write_text(release, encoding="utf-8")
    return apt.Repository(f"copy:{folder}", "sid", ("main",), "")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    (tmp_path / "apt.conf").write_text(INSECURE, encoding="utf-8")
    monkeypatch.setenv("APT_CONFIG", str(tmp_path / "apt.conf"))
    monkeypatch.setenv("CERTGEN_FONT_CACHE", str(tmp_path / "cache"))
    shop = Shop((a_repository(tmp_path / "shop", OPEN_FACES),), tmp_path / "cache", [])
    monkeypatch.setattr(apt, "repositories", lambda: shop.repositories)
    monkeypatch.setattr(fontset, "system_folders", tuple)
    return shop


def test_everything_is_fetched_converted_recorded_and_served(shop: Shop) -> None:
    report = shop.fetch()
    files = {face.cached_file for face in OPEN_FACES}
    assert set(report.fetched) == files
    assert report.missing == ()
    for name, row in recorded(shop.cache).items():
        data = (shop.cache / name).read_bytes()
        assert row.sha256 == hashlib.sha256(data).hexdigest()
        assert (row.version, row.suite, row.origin) == ("1:7-1", "sid", "open")
        assert "glyf" in TTFont(shop.cache / name)
    assert any("is not the version known here" in said for said in shop.said)
    kai = fontset.load().faces["kai"]
    assert [face.family for face in kai] == ["FandolKai", "LXGW WenKai GB Lite", "BabelStone Han"]
    assert {face.origin for face in kai} == {Origin.OPEN}


def test_a_second_fetch_brings_only_what_is_missing(shop: Shop) -> None:
    shop.fetch()
    (shop.cache / "LiberationSerif-Regular.ttf").unlink()
    leftover = shop.cache / ".fetch" / "of a killed run"
    leftover.mkdir(parents=True)
    report = shop.fetch()
    assert report.fetched == ("LiberationSerif-Regular.ttf",)
    assert len(report.present) == len(OPEN_FACES) - 1
    assert not leftover.exists()
    shop.repositories = ()
    assert shop.fetch().fetched == ()
    assert shop.said == []


def test_an_unreachable_release_is_replaced_and_that_is_said(shop: Shop, tmp_path: Path) -> None:
    gone = apt.Repository(f"copy:{tmp_path}/gone", "newest", ("main",), "")
    shop.repositories = (gone, *shop.repositories)
    assert shop.fetch().missing == ()
    assert shop.said[0] == "fetching fonts from newest"
    assert "apt-get failed" in shop.said[1]
    assert shop.said[2].startswith("sid instead of newest")


def test_nothing_to_be_had_is_an_error_with_a_remedy(shop: Shop, tmp_path: Path) -> None:
    shop.repositories = (apt.Repository(f"copy:{tmp_path}/gone", "sid", ("main",), ""),)
    with pytest.raises(FontError, match="name a folder"):
        shop.fetch()


def test_a_poorer_release_gives_shorter_chains(shop: Shop, tmp_path: Path) -> None:
    old = tuple(face for face in OPEN_FACES if not face.file.startswith("LXGW"))
    shop.repositories = (a_repository(tmp_path / "old", old),)
    assert len(shop.fetch().missing) == 2
    assert "fewer rare characters can be set" in shop.said[-1]
    assert len(fontset.load().faces["fangsong"]) == 2


def test_a_damaged_record_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "fonts.json").write_text(json.dumps({"fonts": [{"file": 1}]}), encoding="utf-8")
    assert recorded(tmp_path) == {}
