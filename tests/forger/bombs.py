"""PDF files that are small until somebody reads them."""

import zlib
from collections.abc import Sequence


def assembled(objects: Sequence[bytes]) -> bytes:
    """Objects 1, 2, 3 … as a file of one revision; the first is the catalog."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def bomb(size: int) -> bytes:
    """A page whose content is `size` blanks, a thousandth of that on disk."""
    engine = zlib.compressobj(9)
    packed = b"".join(engine.compress(b" " * 1_048_576) for _ in range(size >> 20)) + engine.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content])
