"""Files made to hurt the reader end with a sentence, in bounded time and memory."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from certgen.errors import InputError
from tests.design_samples import hostile
from verify.design.extract.pdf_graphics import MOST_GRAPHICS
from verify.design.limits import Limits
from verify.design.read import read

LIMITS = Limits(convert=False, seconds=6)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", sorted(hostile.REFUSED))
def test_it_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, name, hostile.REFUSED[name]())
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        read(path, limits=LIMITS)
    assert time.monotonic() - started < 30
    assert caught.value.said.zh
    assert "Traceback" not in caught.value.said.en


@pytest.mark.parametrize("name", sorted(hostile.ENDURED))
def test_it_is_read_or_refused_in_bounded_time(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, name, hostile.ENDURED[name]())
    started = time.monotonic()
    with suppress(InputError):
        read(path, limits=LIMITS)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("name", "data", "named"),
    [
        ("a.psd.zip", b"PK\x03\x04", "archive"),
        ("a.eps", b"%!PS-Adobe-3.0", "PostScript"),
        ("a.rar", b"Rar!\x1a\x07", "RAR"),
        ("a.txt", b"hello", "cannot be read"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_a_kind_that_is_not_read_says_what_to_ask_for(
    name: str, data: bytes, named: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=named):
        read(written(tmp_path, name, data))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.pdf"):
        read(tmp_path / "none.pdf")


def test_a_page_with_more_graphics_than_are_looked_at_is_undecided(tmp_path: Path) -> None:
    """An emblem among a thousand confetti must not come out clean."""
    page = canvas.Canvas(str(tmp_path / "confetti.pdf"), pagesize=(842, 595), invariant=1)
    for nth in range(MOST_GRAPHICS + 50):
        page.rect(10 + nth % 30 * 27, 10 + nth // 30 * 35, 9, 9, fill=1, stroke=0)
    page.save()
    (first,) = read(tmp_path / "confetti.pdf", limits=LIMITS).pages
    assert "too-many-graphics" in {note.reason for note in first.undecided}
    assert len(first.graphics) <= MOST_GRAPHICS
