import qrcode
from PIL import Image

from verify.decode.qr import read_qr


def picture(*texts: str) -> Image.Image:
    """The symbols side by side, each with its quiet zone."""
    symbols = [qrcode.make(text).get_image() for text in texts]
    sheet = Image.new("L", (sum(s.width for s in symbols), max(s.height for s in symbols)), 255)
    left = 0
    for symbol in symbols:
        sheet.paste(symbol, (left, 0))
        left += symbol.width
    return sheet


def test_a_symbol_is_read_to_the_letter() -> None:
    text = "https://agency.example/c/Y000041000001251000001#1230"
    assert read_qr(picture(text)) == (text,)


def test_control_characters_come_out_as_they_are() -> None:
    assert read_qr(picture("a\tb\x1dc")) == ("a\tb\x1dc",)


def test_all_symbols_of_a_picture_are_read() -> None:
    assert sorted(read_qr(picture("first", "second"))) == ["first", "second"]


def test_a_picture_without_a_symbol_gives_none() -> None:
    assert read_qr(Image.new("L", (300, 300), 255)) == ()
