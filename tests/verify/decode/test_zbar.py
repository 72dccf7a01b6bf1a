"""The traps of the second decoder."""

from types import SimpleNamespace

import pytest
import qrcode
from PIL import Image

from verify.decode import zbar
from verify.decode.zbar import read_zbar


def drawn(data: str | bytes) -> Image.Image:
    code = qrcode.QRCode(border=4, box_size=4)
    code.add_data(data)
    code.make()
    return code.make_image().get_image().convert("L")


def test_the_library_is_there() -> None:
    assert zbar.is_there()
    assert [symbol.text for symbol in read_zbar(drawn("https://agency.example/c/1"))] == [
        "https://agency.example/c/1"
    ]


@pytest.mark.parametrize("data", ["张婧".encode(), "张婧".encode("gbk"), bytes(range(128, 250))])
def test_what_is_not_ascii_may_have_been_changed_and_is_left_out(data: bytes) -> None:
    assert read_zbar(drawn(data)) == ()


def test_a_crash_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it does on structured append: '4294967295 is not a valid ZBarOrientation'."""

    def crash(*_: object, **__: object) -> None:
        message = "4294967295 is not a valid ZBarOrientation"
        raise ValueError(message)

    broken = SimpleNamespace(decode=crash, ZBarSymbol=SimpleNamespace(QRCODE=64))
    monkeypatch.setattr(zbar, "_pyzbar", lambda: broken)
    assert read_zbar(drawn("x")) == ()
