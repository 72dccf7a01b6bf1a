"""Where fonts are kept between runs, and how a file gets there whole or not at all."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


def folder(environ: Mapping[str, str] = os.environ) -> Path:
    """$CERTGEN_FONT_CACHE, else the place this system has for caches."""
    if chosen := environ.get("CERTGEN_FONT_CACHE"):
        return Path(chosen)
    if sys.platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local) / "certgen" / "fonts"
    if shared := environ.get("XDG_CACHE_HOME"):
        return Path(shared) / "certgen" / "fonts"
    return Path.home() / ".cache" / "certgen" / "fonts"


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary file beside `target` that takes its place at the end, or vanishes on failure.

    A reader sees the old file or the new one, never half of one; two writers at once do no harm.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
