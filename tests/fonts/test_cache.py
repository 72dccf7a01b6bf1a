from pathlib import Path

import pytest

from certgen.fonts.cache import folder, replacing


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"CERTGEN_FONT_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, Path("/a")),
        ({"XDG_CACHE_HOME": "/b"}, Path("/b/certgen/fonts")),
        ({}, Path.home() / ".cache" / "certgen" / "fonts"),
    ],
)
def test_where_fonts_are_kept(environ: dict[str, str], expected: Path) -> None:
    assert folder(environ) == expected


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_text("old", encoding="utf-8")

    def fail() -> None:
        with replacing(target) as part:
            part.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]
