from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from verify.fault import Fault
from verify.pdf_file import check_streams, open_sound

Make = Callable[..., Any]


def refusal(data: bytes, pages: int = 1) -> str:
    with pytest.raises(Fault) as fault:
        open_sound(BytesIO(data), data, pages)
    assert fault.value.said.zh
    return fault.value.said.en


def with_tail(data: bytes, tail: bytes) -> bytes:
    return data.rstrip(b"\r\n") + tail


@pytest.mark.parametrize("tail", [b"", b"\n", b"\r", b"\r\n"])
def test_a_file_may_end_with_one_line_end(make: Make, tail: bytes) -> None:
    data = with_tail(make(None).data, tail)
    open_sound(BytesIO(data), data, 1).close()


@pytest.mark.parametrize("tail", [b" ", b"\n\n", b"\n% more", b"\n\0", b"\n%%EOF\n\n"])
def test_bytes_behind_the_end_are_refused(make: Make, tail: bytes) -> None:
    assert "added at its end" in refusal(with_tail(make(None).data, tail))


def test_bytes_before_the_start_are_refused(make: Make) -> None:
    assert "does not start" in refusal(b"\n" + make(None).data)


@pytest.mark.parametrize("keep", [0, 4, 100, -2, -40])
def test_a_torn_file_is_refused(make: Make, keep: int) -> None:
    refusal(make(None).data[:keep])


def test_a_second_revision_is_refused(make: Make) -> None:
    data = make(None).data
    start = data.rindex(b"startxref")
    assert "revisions found: 2" in refusal(data + data[start:])


@pytest.mark.parametrize("key", [b"/Prev 15", b"/XRefStm 15"])
def test_a_table_that_names_another_is_refused(make: Make, key: bytes) -> None:
    data = make(None).data
    refusal(data.replace(b"/Root 1 0 R", b"/Root 1 0 R" + key))


def test_an_object_that_is_not_where_the_table_says_is_refused(make: Make) -> None:
    data = make(None).data
    offset = data.index(b"4 0 obj")
    refusal(data.replace(b"%010d 00000 n" % offset, b"%010d 00000 n" % (offset + 2)))


def test_a_wrong_number_of_pages_is_refused(make: Make) -> None:
    assert "pages found: 1; expected: 2" in refusal(make(None).data, pages=2)


def test_a_stream_that_does_not_decode_is_refused(make: Make) -> None:
    data = make(None).data.replace(b"BT /F 12 Tf", b"(((/F 12 Tf", 1)
    with open_sound(BytesIO(data), data, 1) as pdf, pytest.raises(Fault):
        check_streams(pdf)
