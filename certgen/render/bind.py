"""Bind (装订) finished PDF files behind each other, their pages as they are.

bind([pack, *specimens])       # one PDF: what the first says about itself holds for all
"""

import io
from collections.abc import Sequence

import pikepdf


def bind(files: Sequence[bytes]) -> bytes:
    """All pages of `files` in order. The same files give the same bytes."""
    first, *others = files
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as bound:
        for data in others:
            with pikepdf.open(io.BytesIO(data)) as file:
                bound.pages.extend(file.pages)
        bound.save(made, deterministic_id=True, fix_metadata_version=False)
    return made.getvalue()
