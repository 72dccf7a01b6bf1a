"""Writes the files of reviewed designs into a folder, each named after its design."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from certgen.errors import InputError
from verify.design.decisions import Reviewed
from verify.design.report.as_html import as_html, numbered
from verify.design.report.as_json import as_json
from verify.design.report.as_sarif import as_sarif
from verify.design.report.gallery import Gallery
from verify.design.report.letter import letter
from verify.design.report.marked import marked_copy
from verify.design.report.worksheet import as_worksheet

KINDS = ("html", "marked", "worksheet", "letter", "json", "sarif")


def write_all(
    folder: Path,
    reviews: Sequence[tuple[Path, Reviewed]],
    kinds: Sequence[str],
    lang: str,
    today: date,
    template: Path | None = None,
) -> list[Path]:
    """The files written. Raises `InputError` where the folder takes none."""
    stems = _stems([path for path, _ in reviews])
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for (path, review), stem in zip(reviews, stems, strict=True):
            gallery = Gallery(review.report.design)
            for kind in kinds:
                made = _made(kind, path, review, gallery, lang, today, template)
                if made is not None:
                    suffix, data = made
                    target = folder / f"{stem}{suffix}"
                    target.write_bytes(data)
                    written.append(target)
    except OSError as problem:
        raise InputError(
            zh=f"无法写入 {folder}：{problem.strerror}",
            en=f"cannot write to {folder}: {problem.strerror}",
        ) from problem
    return written


def _stems(paths: Sequence[Path]) -> list[str]:
    """Two designs of one name in two folders get a number."""
    seen: dict[str, int] = {}
    stems = []
    for path in paths:
        seen[path.stem] = seen.get(path.stem, 0) + 1
        stems.append(path.stem if seen[path.stem] == 1 else f"{path.stem}-{seen[path.stem]}")
    return stems


def _made(
    kind: str,
    path: Path,
    review: Reviewed,
    gallery: Gallery,
    lang: str,
    today: date,
    template: Path | None,
) -> tuple[str, bytes] | None:
    zh = lang == "zh"
    match kind:
        case "html":
            return ("-报告.html" if zh else "-report.html"), as_html(review, gallery, lang).encode()
        case "marked":
            data = marked_copy(review.report.design, path, numbered(review), gallery, lang)
            return None if data is None else (("-标注.pdf" if zh else "-marked.pdf"), data)
        case "worksheet":
            return ("-核对单.html" if zh else "-worksheet.html"), as_worksheet(
                review, gallery, lang
            ).encode()
        case "letter":
            data = letter(review, gallery, lang, today, template)
            return ("-复函.docx" if zh else "-letter.docx"), data
        case "json":
            return ".json", as_json([review]).encode()
        case _:
            return ".sarif", as_sarif([review]).encode()
