from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from certgen.fonts.catalogue import key
from certgen.fonts.scan import FaceFacts, Index, read

from .builders import a_font


@pytest.mark.parametrize(
    ("fs_type", "allowed"),
    [
        pytest.param(0, True, id="installable"),
        pytest.param(2, False, id="restricted licence"),
        pytest.param(4, True, id="preview and print"),
        pytest.param(8, True, id="editable"),
        pytest.param(12, True, id="preview and editable"),
        pytest.param(0x100, False, id="no subsetting"),
        pytest.param(0x200, False, id="bitmap only"),
        pytest.param(0x208, False, id="editable, bitmap only"),
    ],
)
def test_embedding_rights(tmp_path: Path, fs_type: int, allowed: bool) -> None:  # noqa: FBT001
    (facts,) = read(a_font(tmp_path / "a.ttf", fs_type=fs_type))
    assert facts.may_be_embedded is allowed


def test_names_count_in_every_language(tmp_path: Path) -> None:
    (facts,) = read(a_font(tmp_path / "a.ttf", family="KaiTi_GB2312", chinese="楷体_GB2312"))
    assert {key("楷体 GB2312"), key("kaiti-gb2312")} <= set(facts.keys)
    assert facts.family == "KaiTi_GB2312"


def test_a_macintosh_name_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = a_font(tmp_path / "a.ttf")
    with TTFont(path) as font:
        font["name"].setName("华文仿宋".encode("gb18030"), 1, 1, 25, 33)
        font.save(path)
    assert "华文仿宋" in read(path)[0].keys


@pytest.mark.parametrize("length", [0, 3, 11, 40, 200, 500])
def test_a_torn_file_is_no_font(tmp_path: Path, length: int) -> None:
    whole = a_font(tmp_path / "a.ttf").read_bytes()
    torn = tmp_path / "torn.ttf"
    torn.write_bytes(whole[:length])
    assert read(torn) == ()


def scanned(cache: Path, folder: Path) -> tuple[FaceFacts, ...]:
    index = Index(cache)
    found = index.faces(folder)
    index.save()
    return found


def test_a_scan_is_remembered_until_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, cache = tmp_path / "shelf", tmp_path / "cache"
    shelf.mkdir()
    path = a_font(shelf / "a.ttf", family="First")
    first = scanned(cache, shelf)
    with monkeypatch.context() as patch:
        patch.setattr("certgen.fonts.scan.read", lambda _path: pytest.fail("read again"))
        assert scanned(cache, shelf) == first
    a_font(path, family="The Second One")
    assert [facts.family for facts in scanned(cache, shelf)] == ["The Second One"]


@pytest.mark.parametrize("kept", ["", "[]", '{"form": 0, "files": {}}', "{"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, kept: str) -> None:
    a_font(tmp_path / "a.ttf")
    (tmp_path / "index.json").write_text(kept, encoding="utf-8")
    assert len(scanned(tmp_path, tmp_path)) == 1


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    a_font(tmp_path / "a.ttf")
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert len(scanned(tmp_path / "cache", tmp_path)) == 1


def test_folders_are_read_deep_only_if_asked(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    a_font(tmp_path / "deep" / "a.ttf")
    assert len(Index(tmp_path).faces(tmp_path)) == 1
    assert Index(tmp_path).faces(tmp_path, deep=False) == ()
