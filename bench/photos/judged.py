"""Three readers on the same picture, and what each made of it."""

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from PIL import Image

from bench.photos.symbols import is_ours
from verify.decode.qr import read_qr
from verify.decode.reader import read
from verify.decode.zbar import read_zbar

Accept = Callable[[str], bool]


def _zxing(data: bytes, accept: Accept) -> str | None:
    with Image.open(io.BytesIO(data)) as picture:
        return next(filter(accept, read_qr(picture.convert("L"))), None)


def _zbar(data: bytes, accept: Accept) -> str | None:
    with Image.open(io.BytesIO(data)) as picture:
        texts = [symbol.text for symbol in read_zbar(picture.convert("L")) if symbol.text]
    return next(filter(accept, texts), None)


def _pipeline(data: bytes, accept: Accept) -> str | None:
    return read(data, accept).text


READERS = {"zxing-cpp": _zxing, "zbar": _zbar, "certgen": _pipeline}


@dataclass
class Tally:
    """Right answers by reader and bin, times and mistakes."""

    right: dict[tuple[str, str], int] = field(default_factory=dict)  # (reader, bin)
    total: dict[str, int] = field(default_factory=dict)  # bin
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)  # reader
    wrong: dict[str, int] = field(
        default_factory=dict
    )  # reader: texts of our form that are not the truth

    def judge(
        self, data: bytes, truth: str | None, bins: Iterable[str], accept: Accept = is_ours
    ) -> None:
        """Let every reader have a try. `truth` None: nothing is there to be read."""
        for name in bins:
            self.total[name] = self.total.get(name, 0) + 1
        for reader, run in READERS.items():
            begun = time.process_time()
            text = run(data, accept)
            self.cpu_ms.setdefault(reader, []).append(1000 * (time.process_time() - begun))
            self.wrong[reader] = self.wrong.get(reader, 0) + (text is not None and text != truth)
            for name in bins:
                key = (reader, name)
                self.right[key] = self.right.get(key, 0) + (text is not None and text == truth)

    def table(self, bins: Iterable[str], heading: str) -> str:
        """Markdown: a row a bin, a column a reader."""
        rows = [
            f"| {heading} | pictures | {' | '.join(READERS)} |",
            "|---|" + "---|" * (1 + len(READERS)),
        ]
        for name in bins:
            cells = [self._cell(reader, name) for reader in READERS]
            rows.append(f"| {name} | {self.total.get(name, 0)} | {' | '.join(cells)} |")
        return "\n".join(rows)

    def costs(self) -> str:
        """Markdown: time and mistakes of each reader."""
        rows = [
            "| reader | median ms of CPU | mean | 95 of 100 below | largest | wrong texts |",
            "|---|---|---|---|---|---|",
        ]
        for reader, all_ms in self.cpu_ms.items():
            times = sorted(all_ms)
            at = [
                times[len(times) // 2],
                sum(times) / len(times),
                times[int(0.95 * len(times))],
                times[-1],
            ]
            cells = " | ".join(f"{ms:,.0f}" for ms in at)
            rows.append(f"| {reader} | {cells} | {self.wrong[reader]} |")
        return "\n".join(rows)

    def _cell(self, reader: str, name: str) -> str:
        right, total = self.right.get((reader, name), 0), self.total.get(name, 0)
        return f"{right} ({100 * right / total:.0f} %)" if total else "-"
