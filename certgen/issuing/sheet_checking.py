"""The self-check of a file of sheets: another engine reads back what each page must add to its sheet.

The checker is given by importable name ('verify.selfcheck'), as for every other file of a batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from certgen.compose import Composer, qr_text, value_texts
from certgen.errors import StorageError
from certgen.issuing.checking import is_drawn_by_lot, share_of
from certgen.issuing.sheet_file import Loaded
from certgen.model.finding import Finding
from certgen.model.record import Record
from certgen.registry.entries import Entry


@dataclass(frozen=True, slots=True)
class Front:
    """The page of one certificate in the file."""

    number: int  # from 0
    entry: Entry
    record: Record  # with the serial of its sheet
    composer: Composer
    rare: bool  # a fallback face was needed


class SheetChecker:
    """Checks files of sheets with that module; all pages below a thousand, else a share and every unusual one."""

    def __init__(self, module: str, loaded: Loaded) -> None:
        self._module, self._loaded = module, loaded

    def check(
        self, path: Path, sha256: str, pages: int, fronts: Sequence[Front], version: str
    ) -> None:
        """Raises `StorageError` for a file that is not what was meant."""
        if found := self._found(path, sha256, pages, fronts, version):
            zh, en = ("; ".join(one.said.in_(lang) for one in found[:3]) for lang in ("zh", "en"))
            raise StorageError(
                zh=f"打印文件未通过自检，没有发出，纸张仍为本任务保留：{zh}",
                en=f"the file failed its self-check and was not released; its sheets are kept for it: {en}",
            )

    def _found(
        self, path: Path, sha256: str, pages: int, fronts: Sequence[Front], version: str
    ) -> Sequence[Finding]:
        module = import_module(self._module)
        expected: list[Any] = [None] * pages
        for front in self._drawn(fronts):
            expected[front.number] = module.OnPage(*self._meant(front, version))
        return tuple(module.check_print(path, sha256, expected, for_press=False))

    def _drawn(self, fronts: Sequence[Front]) -> Iterator[Front]:
        share = share_of(len(fronts))
        for front in fronts:
            edge = front is fronts[0] or front is fronts[-1]
            if front.rare or edge or is_drawn_by_lot(front.entry.code, share):
                yield front

    def _meant(self, front: Front, version: str) -> tuple[tuple[str, ...], str | None]:
        """The values that the page has, and what its QR code says."""
        layout = front.composer.layout
        printed = {
            part.key
            for text in layout.texts
            if self._loaded.prints(text.id, version)
            for part in text.parts
        }
        texts = value_texts(front.record, front.entry.code)
        shown = tuple(text for key, text in texts.items() if text and key in printed)
        if layout.qr is None or not self._loaded.prints("qr", version):
            return shown, None
        return shown, qr_text(front.composer.agency, front.entry.code, front.entry.qr)
