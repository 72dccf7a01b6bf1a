"""Reads DOCX and PPTX: the text of every XML part, and the pages as LibreOffice lays them out, where it is there.

The drawn pages tell places and what is painted; the XML tells declared faces and all that is hidden. What
the XML shows and the drawn pages do not have is reported as undecided, never dropped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from certgen.errors import Said
from certgen.model.box import Box
from verify.design.design import (
    WHOLE_FILE,
    Channel,
    DesignPage,
    Format,
    Hiding,
    Joined,
    Painted,
    Run,
    Undecided,
)
from verify.design.extract.ooxml import (
    MM_PER_EMU,
    MM_PER_TWIP,
    Styles,
    Words,
    properties_of,
    styles_of,
    targets_of,
    words_of,
)
from verify.design.extract.parts import BLOCKS_A_PAGE, Head, Parts
from verify.design.extract.pdf import read_pdf
from verify.design.extract.safe_xml import local, parse
from verify.design.extract.safe_zip import Package, package
from verify.design.extract.unread import undecided
from verify.design.limits import Limits

_ON_PAGE = re.compile(r"word/(document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_SLIDE = re.compile(r"ppt/slides/slide([0-9]+)\.xml")
_A4 = (210.0, 297.0)


def read_office(path: Path, limits: Limits, rendition: Path | None = None) -> Parts:
    """The parts of the file at `path`; `rendition` is the PDF that LibreOffice made of it."""
    with package(path, limits) as opened:
        is_slides = any(name.startswith("ppt/") for name in opened.names)
        words = _all_words(opened)
        facts = properties_of(opened)
        beside = _beside(words, facts, opened)
        notes = list(_unread(opened))
        size = _slide_size(opened) if is_slides else _paper_size(opened)
    form = Format.PPTX if is_slides else Format.DOCX
    producer = next((v for k, v in facts.items() if k.endswith(" Application")), "")
    shown = [run for run in words if _is_on_page(run.part)]
    if rendition is None:
        notes.append(undecided("no-geometry", WHOLE_FILE))
        slides = max((run.slide for run in shown), default=1) or 1
        yield Head(form, slides, producer, tuple(beside), tuple(notes), facts)
        for number in range(1, slides + 1):
            of_page = [run for run in shown if run.slide in {0, number}]
            yield DesignPage(
                number,
                *size,
                runs=tuple(_runs(of_page, number, Channel.PAGE, Box(0, 0, *size))),
            )
        return
    pages = list(_drawn(rendition, limits, shown))
    drawn = _squeezed("".join(run.text for page in pages for run in page.runs))
    hidden = [
        run for run in shown if run.is_alt or (run.look.hiding and _squeezed(run.text) not in drawn)
    ]
    missing = list(_missing(shown, drawn))
    beside += _runs(hidden, WHOLE_FILE, Channel.PART, None, start=len(beside) + 1)
    beside += _runs(missing, WHOLE_FILE, Channel.PART, None, start=len(beside) + 1_000)
    yield Head(
        form,
        len(pages),
        producer,
        tuple(beside),
        tuple(notes),
        facts,
        (
            Said(
                "版面由 LibreOffice 排出，与 Word、WPS 可能略有出入",
                "laid out by LibreOffice, which may differ a little from Word or WPS",
            ),
        ),
        "LibreOffice",
        rendition.read_bytes(),
    )
    yield from pages


def _all_words(opened: Package) -> list[Words]:
    """The text of all XML parts that hold any, slide by slide."""
    styles = styles_of(opened)
    words: list[Words] = []
    first = 1
    for name in sorted(opened.names, key=_part_order):
        if not name.endswith(".xml") or name.startswith(("docProps/", "_rels", "[Content")):
            continue
        if PurePosixPath(name).name in {
            "styles.xml",
            "fontTable.xml",
            "theme1.xml",
            "numbering.xml",
        }:
            continue
        found = words_of(opened, name, styles if name.startswith("word/") else Styles(), first)
        first = max([first, *(run.paragraph + 1 for run in found)])
        slide = _SLIDE.fullmatch(name)
        if slide:
            hidden = parse(opened.read(name), name).get("show") in {"0", "false"}
            number = int(slide.group(1))
            found = [replace(run, slide=number) for run in found]
            if hidden:
                found = [_marked(run) for run in found]
        words += found
    return words


def _marked(run: Words) -> Words:
    hiding = (*run.look.hiding, Hiding.MARKED_HIDDEN)
    return replace(run, look=replace(run.look, hiding=tuple(dict.fromkeys(hiding))))


def _part_order(name: str) -> tuple[str, int, str]:
    number = re.search("([0-9]+)[.]xml$", name)
    return re.sub("[0-9]+", "", name), int(number.group(1)) if number else 0, name


def _is_on_page(part: str) -> bool:
    return bool(_ON_PAGE.fullmatch(part) or _SLIDE.fullmatch(part))


def _beside(words: Sequence[Words], facts: dict[str, str], opened: Package) -> list[Run]:
    """Text that stands on no page: properties, comments, notes, masters, link targets."""
    runs = [
        Run(text, WHOLE_FILE, Channel.METADATA, painted=Painted.UNPAINTED, where=where)
        for where, text in facts.items()
        if not where.endswith((" created", " modified", " Application", " AppVersion", " revision"))
        and not re.fullmatch(r"[0-9.:TZ-]+|true|false", text)
    ]
    runs += [
        Run(target, WHOLE_FILE, Channel.ADDRESS, painted=Painted.UNPAINTED, where=part)
        for part, target in targets_of(opened)
    ]
    runs = [replace(run, block=number) for number, run in enumerate(runs, start=1)]
    others = [run for run in words if not _is_on_page(run.part)]
    return runs + _runs(others, WHOLE_FILE, Channel.PART, None, start=len(runs) + 1)


def _runs(
    words: Sequence[Words], page: int, channel: Channel, paper: Box | None, start: int = 0
) -> list[Run]:
    """Words as runs; a paragraph is a block."""
    runs: list[Run] = []
    base = page * BLOCKS_A_PAGE + start
    before = (0, "")
    block = base
    for run in words:
        same = (run.paragraph, run.part) == before
        block += not same
        before = run.paragraph, run.part
        pieces = [piece for piece in re.split(r"([\n\t])", run.text) if piece]
        joined = Joined.SAME_LINE if same else Joined.FIRST
        for piece in pieces:
            if piece in "\n\t":
                joined = Joined.NEXT_LINE if piece == "\n" else Joined.SPACED
                continue
            runs.append(_run(run, piece, page, channel, block, joined, paper))
            joined = Joined.SAME_LINE
    return runs


def _run(
    words: Words,
    text: str,
    page: int,
    channel: Channel,
    block: int,
    joined: Joined,
    paper: Box | None,
) -> Run:
    hiding = words.look.hiding
    box = words.box
    if box is not None and paper is not None and box.overlap(paper) <= 0:
        hiding = (*hiding, Hiding.OFF_PAGE)
    is_note = "comments" in words.part
    is_beside = is_note or words.is_alt or words.part.startswith("ppt/notes")
    return Run(
        text,
        page,
        Channel.ANNOTATION if is_note else Channel.PART if words.is_alt else channel,
        (box,) * len(text) if box and page else (),
        words.look.face,
        words.look.size_pt,
        colour=words.look.colour,
        painted=Painted.UNPAINTED if hiding or is_beside else Painted.UNDECIDED,
        hiding=hiding,
        block=block,
        joined=joined,
        where=words.part,
    )


def _drawn(rendition: Path, limits: Limits, words: Sequence[Words]) -> Iterator[DesignPage]:
    """The pages of the PDF, with the faces that the document asked for: the drawing machine may lack them."""
    declared = [(_squeezed(run.text), run.look.face) for run in words if run.look.face]
    for part in read_pdf(rendition, limits):
        if isinstance(part, DesignPage):
            yield replace(
                part,
                runs=tuple(_with_face(run, declared) for run in part.runs),
                undecided=tuple(part.undecided),
            )


def _with_face(run: Run, declared: Sequence[tuple[str, str]]) -> Run:
    text = _squeezed(run.text)
    face = next((face for whole, face in declared if text and text in whole), "")
    return replace(run, face=face) if face else run


def _missing(words: Sequence[Words], drawn: str) -> Iterator[Words]:
    """What the XML declares as visible and no drawn page has."""
    for run in words:
        text = _squeezed(run.text)
        if (
            text
            and not (run.look.hiding or run.is_alt)
            and text not in drawn
            and not _in_pieces(text, drawn)
        ):
            yield run


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _in_pieces(text: str, drawn: str) -> bool:
    """Whether a text stands there in two pieces: broken over lines that are no block."""
    return any(text[:at] in drawn and text[at:] in drawn for at in range(1, len(text)))


def _unread(opened: Package) -> Iterator[Undecided]:
    """Parts that hold text in a form that is not read."""
    for name in opened.names:
        if "/embeddings/" in name or name.endswith((".rtf", ".mht", ".htm", ".html")):
            yield undecided("embedded", WHOLE_FILE, name=PurePosixPath(name).name)


def _paper_size(opened: Package) -> tuple[float, float]:
    """Width and height of the first section's paper."""
    root = (
        parse(opened.read("word/document.xml"), "word/document.xml")
        if ("word/document.xml" in opened)
        else None
    )
    for element in root.iter() if root is not None else ():
        if local(element.tag) == "pgSz":
            values = {local(key): value for key, value in element.attrib.items()}
            if values.get("w", "").isdecimal() and values.get("h", "").isdecimal():
                return int(values["w"]) * MM_PER_TWIP, int(values["h"]) * MM_PER_TWIP
    return _A4


def _slide_size(opened: Package) -> tuple[float, float]:
    if "ppt/presentation.xml" in opened:
        for element in parse(opened.read("ppt/presentation.xml"), "presentation").iter():
            if local(element.tag) == "sldSz":
                cx, cy = element.get("cx", ""), element.get("cy", "")
                if cx.isdecimal() and cy.isdecimal():
                    return int(cx) * MM_PER_EMU, int(cy) * MM_PER_EMU
    return 254.0, 190.5
