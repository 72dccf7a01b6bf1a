"""Pictures made to hurt: each ends soon, in one clear refusal or in an empty reading."""

import io
import random
import time
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image

from certgen.errors import InputError
from verify.decode import pages, picture
from verify.decode.crowd import is_crowded
from verify.decode.reader import read

MARK = np.full((9, 9), 255, np.uint8)
MARK[1:8, 1:8], MARK[2:7, 2:7], MARK[3:6, 3:6] = 0, 255, 0


def saved(kind: str) -> bytes:
    out = io.BytesIO()
    page = Image.new("RGB", (64, 48), "white")
    page.paste("black", (10, 10, 30, 30))
    page.save(out, kind)
    return out.getvalue()


def hurt(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(min(len(changed), 200))
        changed[place] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
    return bytes(changed[: chance.choice((len(changed), chance.randrange(len(changed)) + 1))])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"])
def test_damaged_files_are_refused_or_read_as_empty(kind: str) -> None:
    """A few of them here; any number by changing the range."""
    data = saved(kind)
    for seed in range(60):
        damaged = hurt(data, random.Random(seed))  # noqa: S311 - repeatable damage, no secret
        begun = time.monotonic()
        with suppress(InputError):
            assert read(damaged, lambda _: True, seconds=0.2).text is None
        assert time.monotonic() - begun < 20


def test_a_damaged_pdf_is_refused() -> None:
    for seed in range(40):
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "white").save(out, "PDF")
        damaged = hurt(out.getvalue(), random.Random(seed))  # noqa: S311
        with suppress(InputError):
            assert read(damaged, bool, seconds=0.2).text is None


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    tracemalloc.start()
    with pytest.raises(InputError, match="too large"):
        read(out.getvalue(), bool)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_too_many_pages_and_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    blank = Image.new("L", (30, 30), 255)
    blank.save(out, "TIFF", save_all=True, append_images=[blank] * 3)
    monkeypatch.setattr(pages, "PAGES", 3)
    with pytest.raises(InputError, match="4 pages"):
        list(pages.pages(out.getvalue()))
    monkeypatch.setattr(picture, "FILE_BYTES", 100)
    with pytest.raises(InputError, match="file is too large"):
        read(out.getvalue(), bool)


def test_a_page_that_draws_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "PDF")
    monkeypatch.setattr(pages, "PAGE_SECONDS", -1.0)
    with pytest.raises(InputError, match="too complex"):
        read(out.getvalue(), bool)


@pytest.mark.parametrize("unit", [1, 2])
def test_a_page_full_of_corner_marks_ends_when_the_time_is_up(unit: int) -> None:
    """zxing-cpp alone takes four seconds for 4 megapixels of them, and four times that for twice as many."""
    mark = np.kron(MARK, np.ones((unit, unit), np.uint8))
    crowd = Image.fromarray(np.tile(mark, (2400 // len(mark), 3000 // len(mark))))
    assert is_crowded(crowd)
    begun = time.process_time()
    reading = read(crowd, bool, seconds=1)
    assert reading.text is None
    assert time.process_time() - begun < 8


def test_a_page_of_print_is_no_crowd() -> None:
    page = Image.new("L", (2400, 1800), 250)
    for x in range(0, 2400, 30):
        page.paste(20, (x, 100 + x % 700, x + 17, 140 + x % 700))
    assert not is_crowded(page)
