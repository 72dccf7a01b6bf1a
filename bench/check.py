"""Looks at a page before it is timed: the text, by another engine, and the QR code, from pixels."""

from pathlib import Path

import pypdfium2
import zxingcpp

from bench import baseline
from bench.baseline import Certificate


class PageError(Exception):
    """An engine's page does not say what the record says, so that its time would mean nothing."""


def check_page(file: Path, record: Certificate, engine: str) -> None:
    """Raise `PageError` unless title, seven values and both names stand on the page, and the QR."""
    with pypdfium2.PdfDocument(file) as document:
        page = document[0]
        text = "".join(page.get_textpage().get_text_bounded().split())
        picture = page.render(scale=200 / 72).to_pil()
    said = [str(dict(record)[key]) for key, _, _ in baseline.FIELDS]
    wanted = [baseline.TITLE, record["agency"], record["branch"], *said]
    for words in wanted:
        if "".join(words.split()) not in text:
            raise PageError(engine, words)
    if record["qr"] not in {code.text for code in zxingcpp.read_barcodes(picture)}:
        raise PageError(engine, record["qr"])
