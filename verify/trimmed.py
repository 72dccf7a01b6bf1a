"""A print file as it looks when it is cut: without the bleed and the marks around its trim box."""

import io

import pikepdf


def trimmed(pdf: bytes) -> bytes:
    """The same pages with their trim box for paper. A file without one is left as it is."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            page.mediabox = page.cropbox = page.trimbox
        file.save(made, deterministic_id=True)
    return made.getvalue()
