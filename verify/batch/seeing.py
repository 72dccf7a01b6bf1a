"""Reads page after page in a process of its own: a page that crashes its reader costs that page and no other.

for unit, seen in see(units, ocr=None): ...   # Seen, or the sentence that says why not
"""

from collections.abc import Iterator, Sequence

from certgen.errors import CertgenError, Said
from verify import bounded
from verify.batch.sources import Source, Unit, measured
from verify.decode.pages import count
from verify.reading import PDF_MEMORY, Seen, read_page

AT_ONCE = 10
"""Pages a process reads before the next one takes over: what it leaks is given back."""

PAGE_SECONDS = 45.0


def units_of(source: Source) -> tuple[Unit, ...] | Said:
    """The pages of one file, or why it cannot be read."""
    try:
        digest, size, pdf = measured(source)
        pages = bounded.call(_count, source, seconds=PAGE_SECONDS, memory=PDF_MEMORY)
    except CertgenError as problem:
        return problem.said
    except OSError as problem:
        return Said(f"无法读取：{problem.strerror}", f"cannot be read: {problem.strerror}")
    return tuple(Unit(source, n, pages, digest, size, pdf) for n in range(1, pages + 1))


def see(units: Sequence[Unit], *, ocr: bool | None) -> Iterator[tuple[Unit, Seen | Said]]:
    """Every unit in order with what was read. `ocr` None: only where no code was found otherwise."""
    left = list(units)
    while left:
        now, done = left[:AT_ONCE], 0
        try:
            for answer in bounded.stream(
                _see, now, ocr, seconds=PAGE_SECONDS * len(now), memory=PDF_MEMORY
            ):
                yield now[done], answer
                done += 1
        except CertgenError as problem:  # the reader died of this page: go on behind it
            yield now[done], problem.said
            done += 1
        left = left[max(done, 1) :]


def _count(source: Source) -> int:
    return count(source.content())


def _see(units: Sequence[Unit], ocr: bool | None) -> Iterator[Seen | Said]:  # noqa: FBT001 - for the child
    for unit in units:
        try:
            yield read_page(unit.source.content(), unit.page, pdf=unit.pdf, ocr=ocr)
        except CertgenError as problem:
            yield problem.said
