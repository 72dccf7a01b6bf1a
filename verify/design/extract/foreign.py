"""Reads what only LibreOffice opens (.doc, .wps, OpenDocument, CorelDRAW, Photoshop): the PDF that it makes of it."""

from dataclasses import replace
from pathlib import Path

from certgen.errors import InputError, Said
from verify.design.design import WHOLE_FILE, Format
from verify.design.extract.parts import Head, Parts
from verify.design.extract.pdf import read_pdf
from verify.design.extract.unread import undecided
from verify.design.limits import Limits

_NOTE = Said(
    "由 LibreOffice 转换后检查，隐藏内容可能与原文件不同，字体未检查：请对方提供 PDF",
    "checked as LibreOffice converts it; hidden contents may differ from the original, and faces are not "
    "judged: ask for a PDF",
)


def read_foreign(path: Path, limits: Limits, rendition: Path | None) -> Parts:
    """The parts of the PDF that LibreOffice made of `path`. What it left out is undecided."""
    if rendition is None:
        raise InputError(zh=f"{path.name} 没有转换", en=f"{path.name} was not converted")
    for part in read_pdf(rendition, limits):
        if isinstance(part, Head):
            yield replace(
                part,
                format=Format.CONVERTED,
                undecided=(*part.undecided, undecided("converted", WHOLE_FILE)),
                notes=(_NOTE,),
                converted_by="LibreOffice",
                rendition=rendition.read_bytes(),
            )
        else:
            # LibreOffice sets in a face of its own what this machine lacks, and the PDF names that one.
            yield replace(part, runs=tuple(replace(run, face="") for run in part.runs))
